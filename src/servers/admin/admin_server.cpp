#include "servers/admin/admin_server.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <unordered_set>

#include "base/json.h"
#include "servers/admin/commands.h"

namespace candela::servers {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Socket = asio::local::stream_protocol::socket;

/// A whole project (16 MiB) as escaped JSON fits.
constexpr std::size_t kMaxLine = 48U << 20U;
/// A watcher that is further behind than this is cut off.
constexpr std::size_t kMaxWaiting = 1U << 20U;
constexpr std::size_t kMaxSessions = 64;
constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

json::object refusal(const std::string& reason) { return {{"ok", false}, {"error", reason}}; }

/// One connection. Answers and feed lines leave through one queue, in order.
class Session {
 public:
  Session(Socket socket, const Context& context)
      : socket_(std::move(socket)),
        context_(context),
        pressed_(context.loop.get_executor(), context.events, admin::kCommandSource) {}

  asio::awaitable<void> serve() {
    std::string input;
    for (;;) {
      const auto [failed, length] =
          co_await asio::async_read_until(socket_, asio::dynamic_buffer(input, kMaxLine), '\n', kNoThrow);
      if (failed) co_return;
      const std::string line = input.substr(0, length);
      input.erase(0, length);
      if (!co_await say(to_text(co_await answer(line)) + "\n")) co_return;
    }
  }

  void feed(const std::string& lines) {
    if (!watching_ || !socket_.is_open()) return;
    if (waiting_.size() + lines.size() > kMaxWaiting) {
      spdlog::warn("a `candela watch` does not keep up and is cut off");
      close();
      return;
    }
    waiting_ += lines;
    if (!writing_) asio::co_spawn(socket_.get_executor(), write_waiting(), asio::detached);
  }

  bool watching() const { return watching_; }
  void keep_alive_by(std::weak_ptr<Session> self) { self_ = std::move(self); }
  void close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  asio::awaitable<json::object> answer(const std::string& line) {
    boost::system::error_code broken;
    const json::value request = json::parse(line, broken);
    if (broken || !request.is_object()) co_return refusal("a request is a JSON object on a line of its own");
    if (const json::value* command = request.get_object().if_contains("command"); command && *command == "watch") {
      watching_ = true;
      co_return json::object{{"ok", true}, {"result", nullptr}};
    }
    const auto result = co_await admin::carry_out(request.get_object(), context_, pressed_);
    if (!result) co_return refusal(result.error().message);
    co_return json::object{{"ok", true}, {"result", *result}};
  }

  asio::awaitable<bool> say(std::string text) {
    if (writing_) {
      waiting_ += text;
      co_return true;
    }
    writing_ = true;
    const auto [failed, count] = co_await asio::async_write(socket_, asio::buffer(text), kNoThrow);
    writing_ = false;
    if (!failed && !waiting_.empty()) co_await write_waiting();
    co_return !failed;
  }

  asio::awaitable<void> write_waiting() {
    const auto alive = self_.lock();
    if (!alive || writing_) co_return;
    writing_ = true;
    while (!waiting_.empty()) {
      const std::string now = std::exchange(waiting_, {});
      const auto [failed, count] = co_await asio::async_write(socket_, asio::buffer(now), kNoThrow);
      if (failed) break;
    }
    writing_ = false;
  }

  Socket socket_;
  const Context& context_;
  PressedButtons pressed_;
  std::weak_ptr<Session> self_;
  bool watching_ = false;
  bool writing_ = false;
  std::string waiting_;
};

}  // namespace

class AdminServer::Impl : public std::enable_shared_from_this<AdminServer::Impl> {
 public:
  Impl(const Context& context, std::filesystem::path path)
      : context_(context), path_(std::move(path)), acceptor_(context.loop) {}

  Outcome start() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    boost::system::error_code failed;
    const asio::local::stream_protocol::endpoint endpoint(path_.string());
    const mode_t before = ::umask(0177);  // the socket must never be open to others, not even for a moment
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    ::umask(before);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed) return Error{"the command socket " + path_.string() + " cannot be made: " + failed.message()};
    asio::co_spawn(context_.loop, accept(shared_from_this()), asio::detached);
    return done();
  }

  void stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& session : sessions_) session->close();
    std::error_code gone;
    std::filesystem::remove(path_, gone);
  }

  void on_changes(std::span<const Change> changes) {
    bool watched = false;
    for (const auto& session : sessions_) watched = watched || session->watching();
    if (!watched) return;
    std::string lines;
    for (const Change& change : changes) {
      const json::value entry = admin::feed_entry(change, context_);
      if (!entry.is_null()) lines += to_text(entry) + "\n";
    }
    const auto sessions = sessions_;
    for (const auto& session : sessions) session->feed(lines);
  }

 private:
  static asio::awaitable<void> accept(std::shared_ptr<Impl> self) {
    for (;;) {
      auto [failed, socket] = co_await self->acceptor_.async_accept(kNoThrow);
      if (failed == asio::error::operation_aborted || !self->acceptor_.is_open()) co_return;
      if (failed) {  // out of file descriptors, most likely: trying again at once would only spin
        asio::steady_timer pause(self->context_.loop, std::chrono::milliseconds(100));
        co_await pause.async_wait(kNoThrow);
        continue;
      }
      if (self->sessions_.size() >= kMaxSessions) continue;
      const auto session = std::make_shared<Session>(std::move(socket), self->context_);
      session->keep_alive_by(session);
      self->sessions_.insert(session);
      asio::co_spawn(self->context_.loop, run(self, session), asio::detached);
    }
  }

  static asio::awaitable<void> run(std::shared_ptr<Impl> self, std::shared_ptr<Session> session) {
    co_await session->serve();
    self->sessions_.erase(session);
  }

  const Context& context_;
  const std::filesystem::path path_;
  asio::local::stream_protocol::acceptor acceptor_;
  std::unordered_set<std::shared_ptr<Session>> sessions_;
};

AdminServer::AdminServer(const Context& context, std::filesystem::path socket)
    : impl_(std::make_shared<Impl>(context, std::move(socket))) {}
AdminServer::~AdminServer() { stop(); }
Outcome AdminServer::start() { return impl_->start(); }
void AdminServer::stop() { impl_->stop(); }
void AdminServer::on_changes(std::span<const Change> changes) { impl_->on_changes(changes); }

}  // namespace candela::servers
