#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "project/project_file.h"

namespace candela::project {

/// A place in the files that are read. Compact, because every value of a project keeps one.
struct Mark {
  std::uint32_t file = 0;    ///< index into the files
  std::uint32_t line = 0;    ///< from 1; 0 = the file as a whole
  std::uint32_t column = 0;  ///< in bytes, from 1
};

/// Collects what is wrong. Beyond kMax errors, and kMax warnings, only their number is kept, so that a hostile file
/// costs little.
class Complaints {
 public:
  static constexpr std::size_t kMax = 1000;

  /// `files` are what the marks point into; they must outlive this.
  explicit Complaints(std::span<const File> files) : files_(files) {}

  void error(Mark mark, std::string_view rule, std::string message, std::string remedy) {
    add(Complaint::Severity::error, mark, rule, std::move(message), std::move(remedy));
  }
  void warning(Mark mark, std::string_view rule, std::string message, std::string remedy) {
    add(Complaint::Severity::warning, mark, rule, std::move(message), std::move(remedy));
  }

  /// All so far, those that are not kept included.
  std::size_t count() const { return errors_ + warnings_; }
  bool has_errors() const { return errors_ > 0; }
  /// True when no more errors are kept, so that there is little point in looking further.
  bool full() const { return errors_ >= kMax; }

  /// All of them, in the order of the files. Columns are turned from bytes into characters.
  std::vector<Complaint> take();

  /// "villa.yaml:12", to speak of another place.
  std::string place(Mark mark) const;

 private:
  struct Entry {
    Mark mark;
    Complaint complaint;
  };
  void add(Complaint::Severity severity, Mark mark, std::string_view rule, std::string message, std::string remedy);

  const std::span<const File> files_;
  std::vector<Entry> entries_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

}  // namespace candela::project
