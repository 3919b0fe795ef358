#include "apps/candela/socket_client.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>

#include "base/json.h"

namespace candela::apps {

namespace json = boost::json;

Result<SocketClient> SocketClient::connect(const std::filesystem::path& state) {
  const std::string path = (state / "admin.sock").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return Error{"the path " + path + " is too long for a socket"};
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);

  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return Error{std::string("no socket: ") + std::strerror(errno)};
  SocketClient client(fd);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return Error{"no processor answers at " + path + " (" + std::strerror(errno) +
                 "); is candelad running, and is --state the same directory?"};
  }
  return client;
}

SocketClient::~SocketClient() {
  if (fd_ >= 0) ::close(fd_);
}

Result<json::value> SocketClient::ask(const json::object& request) {
  const std::string line = to_text(request) + "\n";
  for (std::size_t sent = 0; sent < line.size();) {
    const ssize_t count = ::send(fd_, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Error{"the processor closed the connection"};
    sent += static_cast<std::size_t>(count);
  }
  auto answer = next_line();
  if (!answer) return answer.error();
  boost::system::error_code broken;
  const json::value value = json::parse(*answer, broken);
  if (broken || !value.is_object()) return Error{"the processor's answer is not understood"};
  const json::object& object = value.get_object();
  if (const json::value* ok = object.if_contains("ok"); ok != nullptr && *ok == true) return object.at("result");
  const json::value* error = object.if_contains("error");
  return Error{error != nullptr && error->is_string() ? std::string(error->get_string()) : "the processor refused"};
}

Result<std::string> SocketClient::next_line() {
  for (;;) {
    if (const std::size_t end = input_.find('\n'); end != std::string::npos) {
      std::string line = input_.substr(0, end);
      input_.erase(0, end + 1);
      return line;
    }
    std::array<char, 65536> chunk{};
    const ssize_t count = ::recv(fd_, chunk.data(), chunk.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Error{"the processor closed the connection"};
    input_.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace candela::apps
