#include "servers/leap/leap_server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <vector>

#include "servers/leap/session.h"
#include "servers/leap/statuses.h"
#include "servers/listener.h"

namespace candela::servers {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using leap::Session;

/// How often clients hear where a zone is that is being raised or lowered (observed, leap.md §3.1.6).
constexpr std::chrono::seconds kRampPush{1};

}  // namespace

class LeapServer::Impl final : public leap::SessionHost, public std::enable_shared_from_this<Impl> {
 public:
  Impl(const Context& context, const ClientList& clients, CertificateAuthority& authority, Endpoint endpoint,
       LeapOptions options)
      : context_(context),
        clients_(clients),
        endpoint_(std::move(endpoint)),
        tls_(context_.clock,
             [this, &authority,
              certificates = options.logins ? leap::Certificates::optional : leap::Certificates::required] {
               return leap::make_tls(authority, clients_, server_names(context_.identity, {endpoint_.address}),
                                     certificates);
             }),
        options_(options),
        service_(context_),
        refusals_("LEAP", context_.clock),
        listener_(context.loop, [this](tcp::socket socket) { take(std::move(socket)); }),
        watch_timer_(context.loop),
        ramp_timer_(context.loop) {}

  Outcome start();
  void stop();
  std::uint16_t port() const { return listener_.port(); }
  void end_sessions_of(ClientId client);
  void on_changes(std::span<const Change> changes);

  asio::ssl::context& tls() override { return tls_.get(); }
  const ClientList& clients() const override { return clients_; }
  const Context& context() const override { return context_; }
  const LeapLimits& limits() const override { return options_.limits; }
  bool takes_logins() const override { return options_.logins; }
  leap::Service& service() override { return service_; }
  leap::RequestParser& parser() override { return parser_; }
  bool admits() const override;
  Refusals& refusals() override { return refusals_; }
  void follows(Session& session) override { followers_.push_back(session.shared_from_this()); }
  void ended(Session& session) override;

 private:
  using Sessions = std::vector<std::shared_ptr<Session>>;

  void take(tcp::socket socket);
  void make_room_for_stranger();
  void watch();
  void tell_news();
  void follow_ramps();

  const Context context_;
  const ClientList& clients_;
  const Endpoint endpoint_;
  LastingTls tls_;
  const LeapOptions options_;
  leap::Service service_;
  leap::RequestParser parser_;
  Refusals refusals_;
  Listener listener_;
  bool stopped_ = false;

  Sessions sessions_;   ///< the oldest first
  Sessions followers_;  ///< those that are told the news
  asio::steady_timer watch_timer_;
  bool watching_ = false;

  leap::News news_;
  bool news_posted_ = false;
  std::vector<ZoneId> ramping_;
  asio::steady_timer ramp_timer_;
  bool ramp_timer_runs_ = false;
};

Outcome LeapServer::Impl::start() {
  if (Outcome secured = tls_.start(); !secured) return secured;
  if (Outcome listens = listener_.start(endpoint_, "LEAP"); !listens) return listens;
  service_.listens_at({endpoint_.address, listener_.port()});
  return done();
}

void LeapServer::Impl::take(tcp::socket socket) {
  make_room_for_stranger();
  sessions_.push_back(std::make_shared<Session>(std::move(socket), shared_from_this()));
  sessions_.back()->start();
  if (!watching_) watch();
}

void LeapServer::Impl::make_room_for_stranger() {
  const auto is_stranger = [](const std::shared_ptr<Session>& session) { return !session->client(); };
  const auto strangers = std::count_if(sessions_.begin(), sessions_.end(), is_stranger);
  if (static_cast<std::size_t>(strangers) < options_.limits.strangers) return;
  const std::shared_ptr<Session> oldest = *std::find_if(sessions_.begin(), sessions_.end(), is_stranger);
  refusals_.tell("the oldest unknown connection", "too many connections without a certificate");
  oldest->end("refused");
}

bool LeapServer::Impl::admits() const {
  const auto known = std::count_if(sessions_.begin(), sessions_.end(),
                                   [](const std::shared_ptr<Session>& session) { return session->client(); });
  return static_cast<std::size_t>(known) < options_.limits.sessions;
}

void LeapServer::Impl::ended(Session& session) {
  for (Sessions* list : {&sessions_, &followers_}) {
    std::erase_if(*list, [&](const std::shared_ptr<Session>& it) { return it.get() == &session; });
  }
}

void LeapServer::Impl::watch() {
  const MonoTime now = context_.clock.now().mono;
  const Sessions all = sessions_;
  for (const auto& session : all) session->watch(now);
  watching_ = !sessions_.empty() && !stopped_;
  if (!watching_) return;
  watch_timer_.expires_after(options_.limits.watch);
  watch_timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (!error) self->watch();
  });
}

void LeapServer::Impl::on_changes(std::span<const Change> changes) {
  const MonoTime now = context_.clock.now().mono;
  for (const Change& change : changes) {
    if (std::holds_alternative<ProjectActivated>(change.what)) service_.project_changed();
    const auto* const targeted = std::get_if<ZoneTargeted>(&change.what);
    if (targeted != nullptr && leap::is_ramping(context_.view, targeted->zone, now)) ramping_.push_back(targeted->zone);
    if (!followers_.empty()) news_.take(change, context_.view);
  }
  if (!ramping_.empty()) follow_ramps();
  if (news_.empty() || news_posted_) return;
  // What else happens in this turn of the loop goes into the same pushes, and answers go before pushes.
  news_posted_ = true;
  asio::post(context_.loop, [self = shared_from_this()] { self->tell_news(); });
}

void LeapServer::Impl::tell_news() {
  news_posted_ = false;
  if (stopped_) return;
  news_.settle();
  const Sessions all = followers_;  // one that is told may end
  for (const auto& session : all) session->tell(news_);
  news_.clear();
}

void LeapServer::Impl::follow_ramps() {
  if (ramp_timer_runs_) return;
  ramp_timer_runs_ = true;
  ramp_timer_.expires_after(kRampPush);
  ramp_timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    self->ramp_timer_runs_ = false;
    if (error || self->stopped_) return;
    for (const ZoneId zone : self->ramping_) self->news_.add_zone(zone);
    const MonoTime now = self->context_.clock.now().mono;
    std::erase_if(self->ramping_, [&](ZoneId zone) { return !leap::is_ramping(self->context_.view, zone, now); });
    self->tell_news();
    if (!self->ramping_.empty()) self->follow_ramps();
  });
}

void LeapServer::Impl::end_sessions_of(ClientId client) {
  const Sessions all = sessions_;
  for (const auto& session : all) {
    if (session->client() == client) session->end("it was revoked");
  }
}

void LeapServer::Impl::stop() {
  stopped_ = true;
  listener_.stop();
  watch_timer_.cancel();
  ramp_timer_.cancel();
  const Sessions all = sessions_;
  for (const auto& session : all) session->end("the processor stops");
}

LeapServer::LeapServer(const Context& context, const ClientList& clients, CertificateAuthority& authority,
                       Endpoint endpoint, LeapOptions options)
    : impl_(std::make_shared<Impl>(context, clients, authority, std::move(endpoint), options)) {}
LeapServer::~LeapServer() { stop(); }
Outcome LeapServer::start() { return impl_->start(); }
std::uint16_t LeapServer::port() const { return impl_->port(); }
void LeapServer::stop() { impl_->stop(); }
void LeapServer::end_sessions_of(ClientId client) { impl_->end_sessions_of(client); }
void LeapServer::on_changes(std::span<const Change> changes) { impl_->on_changes(changes); }

}  // namespace candela::servers
