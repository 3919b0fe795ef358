#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/leap/line_buffer.h"
#include "servers/leap/leap_server.h"
#include "servers/leap/service.h"
#include "servers/leap/tls.h"
#include "servers/listener.h"

namespace candela::leap {

/// What the sessions of a server share.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual boost::asio::ssl::context& tls() = 0;
  virtual const ClientList& clients() const = 0;
  virtual const servers::Context& context() const = 0;
  virtual const servers::LeapLimits& limits() const = 0;
  virtual bool takes_logins() const = 0;
  virtual Service& service() = 0;
  virtual RequestParser& parser() = 0;
  /// Whether there is room for one more client.
  virtual bool admits() const = 0;
  virtual servers::Refusals& refusals() = 0;
  /// The session follows something from now on: it is told the news.
  virtual void follows(class Session& session) = 0;
  virtual void ended(Session& session) = 0;
};

/// One connection. Requests are answered strictly in order; pushes go between answers.
/// Before the peer has sent a byte there is nothing but the socket, before its certificate is accepted nothing but TLS.
/// Where logins are taken, a peer without a certificate may only log in until it has.
class Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionHost> host);

  void start();
  /// Closes the connection at once.
  void end(std::string_view reason);
  /// Sends what the client follows.
  void tell(const News& news);
  /// Ends the session if the peer has been too slow with anything.
  void watch(MonoTime now);

  /// Nothing until the client, or its account, is known.
  std::optional<ClientId> client() const { return is_known() ? std::optional(caller_->client) : std::nullopt; }

 private:
  boost::asio::awaitable<void> run();
  /// The handshake, and who it is. False when the session has ended.
  boost::asio::awaitable<bool> admit();
  bool is_known() const { return caller_ && caller_->role; }
  /// Who it is from now on. Without a role it is a stranger that may log in.
  void know(std::string name, ClientId client, std::optional<Role> role);
  boost::asio::awaitable<void> serve();
  /// Until enough of what waits has been written.
  boost::asio::awaitable<void> wait_for_room();
  /// Takes what the peer still sends, so that it can read the last answer before the connection is gone.
  boost::asio::awaitable<void> linger();
  /// The same for the TLS alert that says why it is refused.
  boost::asio::awaitable<void> linger_refused();
  void answer(const Request& request);
  /// Answers a login. `line` is the request's text.
  boost::asio::awaitable<void> log_in(std::string_view line);
  Answer judge_login(const Request& request, const std::optional<Account>& account);
  /// No stranger may ask for much, or at length.
  void bound_stranger();
  /// What waits is the last that is said.
  void finish(std::string_view why);
  void write();
  void written(const boost::system::error_code& error);
  void wait_for_held();
  MonoTime now() const { return host_->context().clock.now().mono; }
  std::string who() const;

  std::shared_ptr<SessionHost> host_;
  boost::asio::ip::tcp::socket socket_;  ///< until the stream has it
  std::optional<Stream> stream_;
  std::string peer_;
  std::string name_;  ///< the client's, once known

  std::optional<PressedButtons> pressed_;
  std::optional<Caller> caller_;
  Subscriptions subscriptions_;
  boost::asio::steady_timer held_timer_;
  bool held_timer_runs_ = false;

  LineBuffer lines_;
  std::string waiting_;             ///< to be written next
  std::string writing_;             ///< being written
  boost::asio::steady_timer room_;  ///< cancelled when there is room for answers again
  int bad_lines_ = 0;
  int strange_lines_ = 0;  ///< of a peer that has not logged in
  int wrong_logins_ = 0;
  bool ended_ = false;
  bool waits_for_room_ = false;
  bool follows_ = false;    ///< has subscribed to something
  bool refused_ = false;    ///< in its handshake, and the log knows
  bool finishing_ = false;  ///< closes when everything is written
  MonoTime began_;
  MonoTime heard_;
  MonoTime write_began_{};
};

}  // namespace candela::leap
