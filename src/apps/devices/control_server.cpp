#include "apps/devices/control_server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <memory>

namespace candela::devices {
namespace {

using boost::system::error_code;
using Protocol = boost::asio::local::stream_protocol;

constexpr std::size_t kMaxLine = 4096;

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Protocol::socket socket, const ControlServer::Answer& answer) : socket_(std::move(socket)), answer_(answer) {}

  void read() {
    boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(in_, kMaxLine), '\n',
                                  [self = shared_from_this()](const error_code& failed, std::size_t size) {
                                    if (!failed) self->answer(size);
                                  });
  }

 private:
  void answer(std::size_t size) {
    out_ = answer_(std::string_view(in_).substr(0, size - 1)) + '\n';
    in_.erase(0, size);
    boost::asio::async_write(socket_, boost::asio::buffer(out_),
                             [self = shared_from_this()](const error_code& failed, std::size_t) {
                               if (!failed) self->read();
                             });
  }

  Protocol::socket socket_;
  const ControlServer::Answer& answer_;
  std::string in_;
  std::string out_;
};

Protocol::endpoint claim(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_socket(path, ignored)) std::filesystem::remove(path, ignored);
  return Protocol::endpoint(path.string());
}

}  // namespace

ControlServer::ControlServer(boost::asio::io_context& loop, const std::filesystem::path& path, Answer answer)
    : path_(path), answer_(std::move(answer)), acceptor_(loop, claim(path)) {
  accept();
}

ControlServer::~ControlServer() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void ControlServer::accept() {
  acceptor_.async_accept([this](const error_code& failed, Protocol::socket socket) {
    if (failed) return;
    std::make_shared<Session>(std::move(socket), answer_)->read();
    accept();
  });
}

}  // namespace candela::devices
