#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace candela {

/// A small file that must not be lost, kept twice: NAME and NAME.copy, both of mode 0600.
class TwinFile {
 public:
  /// `good` tells whether a text is whole; `warnings` gets a sentence for each repair.
  TwinFile(std::filesystem::path path, std::function<bool(std::string_view)> good, std::vector<std::string>& warnings)
      : path_(std::move(path)), good_(std::move(good)), warnings_(warnings) {}

  bool exists() const;
  /// The text. A damaged or missing one of the two is replaced by the other; the damaged one is set aside.
  /// Error: neither is good; both are left as they are.
  Result<std::string> read();
  /// Replaces both.
  Outcome write(std::string_view text) const;
  /// Sets both aside, if they are there.
  void discard();

 private:
  std::filesystem::path copy() const { return path_.string() + ".copy"; }
  void mend(const std::filesystem::path& file, const std::filesystem::path& from, std::string_view text);

  std::filesystem::path path_;
  std::function<bool(std::string_view)> good_;
  std::vector<std::string>& warnings_;
};

}  // namespace candela
