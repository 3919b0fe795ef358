#include "protocols/leap/line_buffer.h"

#include <algorithm>
#include <cstring>

namespace candela::leap {

std::span<char> LineBuffer::space() {
  if (begin_ > 0) {
    std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
              bytes_.begin() + static_cast<std::ptrdiff_t>(filled_), bytes_.begin());
    searched_ -= begin_;
    filled_ -= begin_;
    begin_ = 0;
  }
  if (filled_ == 0 && bytes_.size() > kUsual) bytes_ = std::vector<char>();
  if (bytes_.size() - filled_ < kUsual / 2) {
    bytes_.resize(std::clamp(bytes_.size() * 2, kUsual, kLineMax));
  }
  return std::span(bytes_).subspan(filled_);
}

std::optional<std::string_view> LineBuffer::next() {
  if (searched_ == filled_) return std::nullopt;
  const char* const start = bytes_.data() + begin_;
  const auto* const end = static_cast<const char*>(std::memchr(bytes_.data() + searched_, '\n', filled_ - searched_));
  if (end == nullptr) {
    searched_ = filled_;
    return std::nullopt;
  }
  std::string_view line(start, static_cast<std::size_t>(end - start));
  begin_ = searched_ = static_cast<std::size_t>(end - bytes_.data()) + 1;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace candela::leap
