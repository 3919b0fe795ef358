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
  /// Of a request that may have a long body: a whole project (16 MiB) as escaped JSON fits.
  static constexpr std::size_t kMaxLongBody = std::size_t{48} * 1024 * 1024;

  RequestReader();
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// `long_body`: the header is there, and says that more than kMaxBody comes; told once. Whoever feeds on without
  /// allow_long_body() gets `failed`.
  enum class Progress { need_more, long_body, complete, failed };

  /// Takes bytes and says how many of them it used up; those not used must be given again, with more behind them.
  /// Keeps at most kMaxHeader + kMaxBody bytes, or kMaxLongBody where it was allowed.
  Progress feed(std::string_view bytes, std::size_t& used);

  void allow_long_body();
  /// REQUIRES: complete; or long_body, then it has no body yet.
  Request request() const;
  /// What to answer to bytes that are no request. REQUIRES: failed.
  Response failure() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace candela::servers::http
