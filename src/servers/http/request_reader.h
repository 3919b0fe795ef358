#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "servers/http/message.h"

namespace candela::servers::http {

/// Turns bytes into one HTTP/1.x request. Does no I/O; give it the same reader's leftover bytes for the next request.
class RequestReader {
 public:
  static constexpr std::size_t kMaxHeader = 16 * 1024;
  static constexpr std::size_t kMaxBody = 16 * 1024;

  RequestReader();
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  enum class Progress { need_more, complete, failed };

  /// Takes bytes and says how many of them it used up; those not used must be given again, with more behind them.
  /// Keeps at most kMaxHeader + kMaxBody bytes.
  Progress feed(std::string_view bytes, std::size_t& used);

  /// REQUIRES: complete.
  Request request() const;
  /// What to answer to bytes that are no request. REQUIRES: failed.
  Response failure() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela::servers::http
