#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "model/ports.h"
#include "runtime/change_queue.h"
#include "security/certificate_authority.h"
#include "security/client_list.h"
#include "servers/admin/admin_server.h"
#include "servers/context.h"
#include "servers/discovery/announcer.h"
#include "servers/http/http_server.h"
#include "servers/leap/leap_server.h"
#include "servers/lip/lip_server.h"
#include "servers/mqtt/mqtt_server.h"
#include "servers/pairing/pairing_server.h"

namespace candela::runtime {

/// The server thread's side: the servers, and the view that they read.
class ServerSide {
 public:
  struct Settings {
    std::string listen = "127.0.0.1";
    std::optional<std::uint16_t> leap_port;     ///< none = no LEAP
    bool leap_login = false;                    ///< clients without a certificate may log in
    std::optional<std::uint16_t> pairing_port;  ///< none = no pairing
    servers::PairingCertificate pairing_certificate;
    bool announce = true;                    ///< in the network, what can be reached from it
    std::optional<std::uint16_t> http_port;  ///< none = no page
    std::optional<Role> http_open_role;      ///< of requests there without a token; none = they get nothing
    std::string api_listen;
    std::optional<std::uint16_t> api_port;  ///< none = the network has no HTTP API
    std::string lip_listen = "127.0.0.1";
    std::optional<std::uint16_t> lip_port;      ///< none = no LIP
    std::optional<std::uint16_t> lip_xml_port;  ///< none = its XML is only beside the page
    std::filesystem::path page;
    std::filesystem::path admin_socket;
    std::optional<servers::mqtt::Settings> mqtt;  ///< none = no broker
  };

  /// `authority` may be null: then there is no LEAP. The changes that wait in the queue are taken at once, so that the
  /// view holds a project before any server reads it.
  ServerSide(const Settings& settings, boost::asio::io_context& loop, const Clock& clock, ChangeQueue& changes,
             EventSink& events, servers::Administration& administration, const servers::Identity& identity,
             const ClientList& clients, CertificateAuthority* authority, PairingWindow& pairing_window);
  ~ServerSide();

  /// Starts every server that it can; says what failed, a sentence each.
  std::vector<std::string> start();
  void stop();
  /// Takes what waits in the queue of changes; on the server thread.
  void take_changes();
  void end_sessions_of(ClientId client);
  /// The ids of the scenes that were edited while running.
  std::vector<std::string> edited_scenes() const;

  std::optional<std::uint16_t> leap_port() const;
  std::optional<std::uint16_t> pairing_port() const;
  std::optional<std::uint16_t> http_port() const;
  std::optional<std::uint16_t> api_port() const;
  std::optional<std::uint16_t> lip_port() const;
  std::optional<std::uint16_t> lip_xml_port() const;

 private:
  void announce();
  void look_for_pairing_button();
  void make_lip(const Settings& settings);

  ChangeQueue& queue_;
  ChangeQueue::Batch batch_;
  View view_;
  AttemptLimiter attempts_;
  servers::Context context_;
  std::unique_ptr<servers::AdminServer> admin_;
  std::unique_ptr<servers::LeapServer> leap_;
  std::unique_ptr<servers::PairingServer> pairing_;
  std::unique_ptr<servers::HttpServer> http_;
  std::unique_ptr<servers::HttpServer> api_;
  std::unique_ptr<servers::LipServer> lip_;
  std::unique_ptr<servers::HttpServer> lip_xml_;
  std::unique_ptr<servers::mqtt::MqttServer> mqtt_;
  const bool announces_;
  const std::string listen_;
  std::unique_ptr<servers::discovery::Announcer> announcer_;
};

}  // namespace candela::runtime
