#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace candela::leap {

/// The longest line either side may send, its end included (leap.md §1.3: clients read lines up to 2^18 bytes).
inline constexpr std::size_t kLineMax = std::size_t{256} * 1024;

/// Cuts what arrives on a connection into lines. A line ends with "\n" or "\r\n".
/// Memory: nothing at first, then as much as the longest line needs, at most kLineMax; given back after a long line.
class LineBuffer {
 public:
  /// Where the next bytes go; never empty unless too_long(). Views from next() end here.
  std::span<char> space();
  /// REQUIRES: `count` bytes were put at the front of space().
  void wrote(std::size_t count) { filled_ += count; }

  /// The next complete line without its end; nothing when more bytes are needed. Valid until space() is called.
  std::optional<std::string_view> next();

  /// Bytes of what next() has not given yet.
  std::size_t waiting() const { return filled_ - begin_; }
  /// True when a line is longer than kLineMax. Nothing can follow: the connection has to end.
  bool too_long() const { return filled_ - begin_ >= kLineMax && searched_ == filled_; }

 private:
  static constexpr std::size_t kUsual = 4096;

  std::vector<char> bytes_;
  std::size_t begin_ = 0;     ///< of the line that is being read
  std::size_t searched_ = 0;  ///< no line end before this
  std::size_t filled_ = 0;
};

}  // namespace candela::leap
