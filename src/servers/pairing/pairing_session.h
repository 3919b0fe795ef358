#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <string>

#include "protocols/leap/pairing_message.h"
#include "servers/pairing/pairing_server.h"

namespace candela::servers::pairing {

/// What the sessions of a pairing server share.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual boost::asio::ssl::context& tls() = 0;
  virtual const Context& context() const = 0;
  virtual PairingWindow& window() = 0;
  virtual const PairingLimits& limits() const = 0;
  virtual std::string root_pem() const = 0;
  virtual void refused(const std::string& who, const std::string& why) = 0;
  virtual void ended(class Session& session) = 0;
};

/// One program that would like a certificate. Nothing is sent to it before the window is open.
class Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, std::shared_ptr<SessionHost> host);

  void start();
  /// Closes the connection at once.
  void end();
  /// The window was opened.
  void tell_opened();

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> answer(std::string_view line);
  void refuse(const leap::PairingRequest& request, std::string_view status, std::string_view why);
  void end_after(std::chrono::milliseconds time);
  void write(std::string line);
  void write_next();

  std::shared_ptr<SessionHost> host_;
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
  std::string peer_;
  boost::asio::steady_timer timer_;
  bool ready_ = false;  ///< the handshake is done
  bool told_ = false;   ///< that the window is open
  bool ended_ = false;
  bool writing_ = false;
  std::list<std::string> lines_;  ///< to be written, each in one piece
};

}  // namespace candela::servers::pairing
