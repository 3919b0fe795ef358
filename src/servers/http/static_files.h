#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "servers/http/message.h"

namespace candela::servers::http {

/// The files of the page, read once: what was not in the folder at the start cannot be asked for, so no path in a
/// request ever reaches the file system.
class StaticFiles {
 public:
  static constexpr std::size_t kMaxBytes = 32 * 1024 * 1024;
  static constexpr std::size_t kMaxFiles = 1000;

  StaticFiles() = default;
  /// Errors: no index.html in the folder (the page was not built), unreadable, larger than the bounds.
  static Result<StaticFiles> load(const std::filesystem::path& directory);

  /// Answers GET and HEAD of a file; "/" is index.html. 404 otherwise.
  Response answer(const Request& request) const;

 private:
  struct File {
    std::shared_ptr<const std::string> content;
    std::string content_type;
    std::string tag;     ///< changes when the content does
    bool named_by_hash;  ///< never changes under this name
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace candela::servers::http
