#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocols/lip/line_reader.h"
#include "protocols/lip/login.h"
#include "protocols/lip/outbox.h"
#include "servers/lip/lip_server.h"
#include "servers/lip/service.h"
#include "servers/listener.h"

namespace candela::lip {

/// What the sessions of a server share.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual const servers::Context& context() const = 0;
  virtual const servers::LipLimits& limits() const = 0;
  virtual Service& service() = 0;
  /// Whether there is room for one more client.
  virtual bool admits() const = 0;
  virtual servers::Refusals& refusals() = 0;
  virtual void tell(std::span<const Report> reports) = 0;
  /// Something may have begun that is due later.
  virtual void wait_for_due() = 0;
  virtual void ended(class Session& session) = 0;
};

/// One connection. Lines are answered strictly in order.
class Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionHost> host);

  void start();
  /// Closes the connection at once.
  void end(std::string_view reason);
  /// Sends what the client follows.
  void tell(std::span<const Report> reports);
  /// Ends the session if the peer has been too slow with anything.
  void watch(MonoTime now);

  /// Nothing until it has logged in.
  std::optional<ClientId> account() const { return caller_ ? std::optional(caller_->account.number) : std::nullopt; }

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> take_lines(std::string_view bytes);
  boost::asio::awaitable<void> take_login(std::string_view line);
  void admit(Account account);
  void refuse();
  void take_command(const LineReader::Line& line);
  void write();
  void written(const boost::system::error_code& error);
  MonoTime now() const { return host_->context().clock.now().mono; }
  std::string who() const;

  std::shared_ptr<SessionHost> host_;
  boost::asio::ip::tcp::socket socket_;
  const std::string peer_;

  std::optional<servers::PressedButtons> pressed_;
  std::optional<Caller> caller_;
  std::optional<Login> login_{std::in_place};  ///< until the client is known

  LineReader lines_;
  Outbox outbox_;
  std::string writing_;
  boost::asio::steady_timer gap_;   ///< between text and prompts
  boost::asio::steady_timer room_;  ///< cancelled when there is room for answers
  bool ended_ = false;
  bool finishing_ = false;  ///< closes when everything is written
  MonoTime began_;
  MonoTime write_began_{};
};

}  // namespace candela::lip
