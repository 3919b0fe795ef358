#include "servers/lip/lip_server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <vector>

#include "servers/lip/session.h"
#include "servers/listener.h"

namespace candela::servers {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using lip::Session;

}  // namespace

class LipServer::Impl final : public lip::SessionHost, public std::enable_shared_from_this<Impl> {
 public:
  Impl(const Context& context, Endpoint endpoint, LipLimits limits)
      : context_(context),
        endpoint_(std::move(endpoint)),
        limits_(limits),
        service_(context_),
        refusals_("LIP", context_.clock),
        listener_(context.loop, [this](tcp::socket socket) { take(std::move(socket)); }),
        watch_timer_(context.loop),
        due_timer_(context.loop) {}

  Outcome start();
  void stop();
  std::uint16_t port() const { return listener_.port(); }
  void end_sessions_of(ClientId account);
  void on_changes(std::span<const Change> changes);

  const Context& context() const override { return context_; }
  const LipLimits& limits() const override { return limits_; }
  lip::Service& service() override { return service_; }
  bool admits() const override { return count(true) < limits_.sessions; }
  Refusals& refusals() override { return refusals_; }
  void tell(std::span<const lip::Report> reports) override;
  void wait_for_due() override;
  void ended(Session& session) override;

 private:
  using Sessions = std::list<std::shared_ptr<Session>>;

  void take(tcp::socket socket);
  void make_room_for_stranger();
  void watch();
  std::size_t count(bool logged_in) const;

  const Context context_;
  const Endpoint endpoint_;
  const LipLimits limits_;
  lip::Service service_;
  Refusals refusals_;
  Listener listener_;
  bool stopped_ = false;

  Sessions sessions_;  ///< the oldest first
  asio::steady_timer watch_timer_;
  bool watching_ = false;
  asio::steady_timer due_timer_;
  std::optional<MonoTime> due_;  ///< what the timer waits for
};

Outcome LipServer::Impl::start() { return listener_.start(endpoint_, "LIP"); }

void LipServer::Impl::take(tcp::socket socket) {
  const std::string who = address_of(socket);
  if (!admits()) return refusals_.tell(who, "too many clients");
  if (!context_.attempts.may_try(who, context_.clock.now().mono))
    return refusals_.tell(who, "too many wrong passwords");
  make_room_for_stranger();
  sessions_.push_back(std::make_shared<Session>(std::move(socket), shared_from_this()));
  sessions_.back()->start();
  if (!watching_) watch();
}

std::size_t LipServer::Impl::count(bool logged_in) const {
  return static_cast<std::size_t>(std::count_if(
      sessions_.begin(), sessions_.end(),
      [&](const std::shared_ptr<Session>& session) { return session->account().has_value() == logged_in; }));
}

void LipServer::Impl::make_room_for_stranger() {
  if (count(false) < limits_.strangers) return;
  const std::shared_ptr<Session> oldest = *std::find_if(
      sessions_.begin(), sessions_.end(), [](const std::shared_ptr<Session>& session) { return !session->account(); });
  refusals_.tell("the oldest unknown connection", "too many connections that do not log in");
  oldest->end("refused");
}

void LipServer::Impl::ended(Session& session) {
  std::erase_if(sessions_, [&](const std::shared_ptr<Session>& it) { return it.get() == &session; });
}

void LipServer::Impl::watch() {
  const MonoTime now = context_.clock.now().mono;
  const Sessions all = sessions_;
  for (const auto& session : all) session->watch(now);
  watching_ = !sessions_.empty() && !stopped_;
  if (!watching_) return;
  watch_timer_.expires_after(limits_.watch);
  watch_timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (!error) self->watch();
  });
}

void LipServer::Impl::on_changes(std::span<const Change> changes) {
  std::vector<lip::Report> reports;
  for (const Change& change : changes) service_.on_change(change, reports);
  tell(reports);
  wait_for_due();
}

void LipServer::Impl::tell(std::span<const lip::Report> reports) {
  if (reports.empty()) return;
  const Sessions all = sessions_;
  for (const auto& session : all) session->tell(reports);
}

void LipServer::Impl::wait_for_due() {
  const auto next = service_.next_due();
  if (stopped_ || !next || (due_ && *due_ <= *next)) return;
  due_ = next;
  due_timer_.expires_after(std::max(*next - context_.clock.now().mono, Duration::zero()));
  due_timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (error || self->stopped_) return;
    self->due_.reset();
    std::vector<lip::Report> reports;
    self->service_.catch_up(reports);
    self->tell(reports);
    self->wait_for_due();
  });
}

void LipServer::Impl::end_sessions_of(ClientId account) {
  const Sessions all = sessions_;
  for (const auto& session : all) {
    if (session->account() == account) session->end("its account was removed");
  }
}

void LipServer::Impl::stop() {
  stopped_ = true;
  listener_.stop();
  watch_timer_.cancel();
  due_timer_.cancel();
  const Sessions all = sessions_;
  for (const auto& session : all) session->end("the processor stops");
}

LipServer::LipServer(const Context& context, Endpoint endpoint, LipLimits limits)
    : impl_(std::make_shared<Impl>(context, std::move(endpoint), limits)) {}
LipServer::~LipServer() { stop(); }
Outcome LipServer::start() { return impl_->start(); }
std::uint16_t LipServer::port() const { return impl_->port(); }
void LipServer::stop() { impl_->stop(); }
void LipServer::end_sessions_of(ClientId account) { impl_->end_sessions_of(account); }
void LipServer::on_changes(std::span<const Change> changes) { impl_->on_changes(changes); }

}  // namespace candela::servers
