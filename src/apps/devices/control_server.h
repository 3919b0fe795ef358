#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace candela::devices {

/// Listens on a Unix socket for lines and answers each with a line. A line longer than 4 KiB ends its connection.
class ControlServer {
 public:
  using Answer = std::function<std::string(std::string_view line)>;

  /// Takes the place of a socket that is left over there. Throws boost::system::system_error when it cannot listen.
  ControlServer(boost::asio::io_context& loop, const std::filesystem::path& path, Answer answer);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  void accept();

  const std::filesystem::path path_;
  const Answer answer_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
};

}  // namespace candela::devices
