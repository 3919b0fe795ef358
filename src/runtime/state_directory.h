#pragma once

#include <boost/json/fwd.hpp>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "project/project_file.h"

namespace candela::runtime {

/// The directory that holds everything a processor remembers, and where others find it. One processor at a time: it is
/// locked while this object lives.
class StateDirectory {
 public:
  /// Makes the directory (mode 0700) if it is not there. Fails when another processor runs on it or it cannot be made;
  /// a directory that can only be read is taken, without a lock.
  static Result<std::unique_ptr<StateDirectory>> open(std::filesystem::path path);
  ~StateDirectory();
  StateDirectory(const StateDirectory&) = delete;
  StateDirectory& operator=(const StateDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path admin_socket() const { return path_ / "admin.sock"; }
  std::filesystem::path keys() const { return path_ / "keys"; }
  /// The files of the active project, for people and for candela-devices to read.
  std::filesystem::path active_project() const { return path_ / "active-project"; }

  /// Tells others where the servers are (endpoints.json), all at once or not at all.
  Outcome write_endpoints(const boost::json::value& endpoints) const;
  void remove_endpoints() const;
  Outcome write_active_project(const std::vector<project::File>& files) const;

 private:
  StateDirectory(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  const std::filesystem::path path_;
  const int lock_;  ///< file descriptor, -1 = none
};

}  // namespace candela::runtime
