#pragma once

#include <boost/json/fwd.hpp>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace candela::apps {

/// A connection to a running processor: requests out, answers in, a JSON object a line each. Blocking.
class SocketClient {
 public:
  /// Connects to the processor of a state directory. The error says how to start one.
  static Result<SocketClient> connect(const std::filesystem::path& state);
  SocketClient(SocketClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), input_(std::move(other.input_)) {}
  ~SocketClient();

  /// Asks and waits; the result of the answer, or why there is none.
  Result<boost::json::value> ask(const boost::json::object& request);
  /// The next line that the processor sends, for `watch`.
  Result<std::string> next_line();

 private:
  explicit SocketClient(int fd) : fd_(fd) {}

  int fd_;
  std::string input_;
};

}  // namespace candela::apps
