#include "runtime/server_side.h"

#include <spdlog/spdlog.h>

#include "servers/leap/compatibility.h"
#include "servers/lip/project_xml.h"

namespace candela::runtime {

ServerSide::ServerSide(const Settings& settings, boost::asio::io_context& loop, const Clock& clock,
                       ChangeQueue& changes, EventSink& events, servers::Administration& administration,
                       const servers::Identity& identity, const ClientList& clients, CertificateAuthority* authority,
                       PairingWindow& pairing_window)
    : queue_(changes),
      context_{loop,           view_,
               events,         clock,
               administration, identity,
               attempts_,      settings.pairing_port && authority != nullptr ? &pairing_window : nullptr},
      announces_(settings.announce),
      listen_(settings.listen) {
  take_changes();
  admin_ = std::make_unique<servers::AdminServer>(context_, settings.admin_socket);
  if (settings.leap_port && authority != nullptr) {
    leap_ = std::make_unique<servers::LeapServer>(context_, clients, *authority,
                                                  servers::Endpoint{settings.listen, *settings.leap_port},
                                                  servers::LeapOptions{.logins = settings.leap_login, .limits = {}});
  }
  if (settings.pairing_port && authority != nullptr) {
    pairing_ = std::make_unique<servers::PairingServer>(context_, pairing_window, *authority,
                                                        servers::Endpoint{settings.listen, *settings.pairing_port},
                                                        settings.pairing_certificate);
  }
  if (settings.http_port) {
    http_ = std::make_unique<servers::HttpServer>(
        context_, settings.page, servers::Endpoint{"127.0.0.1", *settings.http_port}, settings.http_open_role);
  }
  if (settings.api_port && authority != nullptr) {
    // One certificate serves LEAP and the API, so it is for the addresses of both.
    api_ = std::make_unique<servers::HttpServer>(
        context_, *authority, servers::server_names(identity, {settings.listen, settings.api_listen}),
        servers::Endpoint{settings.api_listen, *settings.api_port});
  }
  if (settings.lip_port) make_lip(settings);
  if (settings.mqtt) mqtt_ = std::make_unique<servers::mqtt::MqttServer>(context_, *settings.mqtt);
}

ServerSide::~ServerSide() = default;

void ServerSide::make_lip(const Settings& settings) {
  lip_ = std::make_unique<servers::LipServer>(context_, servers::Endpoint{settings.lip_listen, *settings.lip_port});
  const servers::http::Document xml{lip::kProjectXmlPath, "text/xml; charset=utf-8",
                                    [this] { return lip::project_xml(context_); }};
  if (http_) http_->publish(xml);
  if (settings.lip_xml_port) {
    lip_xml_ = std::make_unique<servers::HttpServer>(context_, xml,
                                                     servers::Endpoint{settings.lip_listen, *settings.lip_xml_port});
  }
}

std::vector<std::string> ServerSide::start() {
  std::vector<std::string> failures;
  const auto begin = [&failures](auto& server) {
    if (!server) return;
    if (const Outcome started = server->start(); !started) {
      failures.push_back(started.error().message);
      server.reset();
    }
  };
  begin(admin_);
  begin(leap_);
  begin(pairing_);
  begin(http_);
  begin(api_);
  begin(lip_);
  begin(lip_xml_);
  begin(mqtt_);
  if (announces_) announce();
  return failures;
}

/// Programs of this machine need no announcement, and others cannot reach loopback.
void ServerSide::announce() {
  namespace discovery = servers::discovery;
  const std::vector<discovery::Reachable> places = discovery::reachable_at(listen_);
  const std::vector<candela::Processor>& processors = view_.project()->processors;
  if (places.empty() || processors.empty() || (!leap_ && !pairing_)) return;
  std::vector<std::string> addresses;
  for (const discovery::Reachable& place : places) addresses.push_back(place.address);
  announcer_ = std::make_unique<discovery::Announcer>(
      discovery::announcement_of(context_.identity, {leap_port(), pairing_port()}, std::move(addresses),
                                 leap::compatibility::processor_class(processors.front().model), places.front().mac));
}

void ServerSide::stop() {
  announcer_.reset();
  if (mqtt_) mqtt_->stop();
  if (lip_xml_) lip_xml_->stop();
  if (lip_) lip_->stop();
  if (api_) api_->stop();
  if (http_) http_->stop();
  if (pairing_) pairing_->stop();
  if (leap_) leap_->stop();
  if (admin_) admin_->stop();
}

void ServerSide::take_changes() {
  queue_.take(batch_);
  if (batch_.lost_button_actions > 0) {
    spdlog::error("the servers fell behind: {} button actions were not told to clients", batch_.lost_button_actions);
  }
  if (batch_.changes.empty()) return;
  view_.apply(batch_.changes);
  look_for_pairing_button();
  if (leap_) leap_->on_changes(batch_.changes);
  if (http_) http_->on_changes(batch_.changes);
  if (api_) api_->on_changes(batch_.changes);
  if (lip_) lip_->on_changes(batch_.changes);
  if (mqtt_) mqtt_->on_changes(batch_.changes);
  if (admin_) admin_->on_changes(batch_.changes);
}

void ServerSide::look_for_pairing_button() {
  const candela::Settings& settings = view_.project()->settings;
  if (context_.pairing == nullptr || !settings.pairing_button) return;
  for (const Change& change : batch_.changes) {
    const auto* const acted = std::get_if<ButtonActed>(&change.what);
    if (acted == nullptr || acted->button != settings.pairing_button || acted->move != ButtonMove::hold) continue;
    // A program that presses buttons must not let in others: it takes a hand on the wall.
    if (change.cause.source.kind != Source::Kind::device) continue;
    spdlog::info("pairing: opened by its button");
    context_.pairing->open({settings.pairing_role, {}, PairingWindow::kLasts}, context_.clock.now().mono);
  }
}

void ServerSide::end_sessions_of(ClientId client) {
  if (leap_) leap_->end_sessions_of(client);
  if (lip_) lip_->end_sessions_of(client);
  if (http_) http_->end_sessions_of(client);
  if (api_) api_->end_sessions_of(client);
}

std::vector<std::string> ServerSide::edited_scenes() const {
  std::vector<std::string> ids;
  for (const Scene& scene : view_.project()->scenes) {
    if (view_.scene_edit(scene.number) != nullptr) ids.push_back(scene.id);
  }
  return ids;
}

std::optional<std::uint16_t> ServerSide::leap_port() const {
  return leap_ ? std::optional(leap_->port()) : std::nullopt;
}
std::optional<std::uint16_t> ServerSide::pairing_port() const {
  return pairing_ ? std::optional(pairing_->port()) : std::nullopt;
}
std::optional<std::uint16_t> ServerSide::http_port() const {
  return http_ ? std::optional(http_->port()) : std::nullopt;
}

std::optional<std::uint16_t> ServerSide::api_port() const { return api_ ? std::optional(api_->port()) : std::nullopt; }
std::optional<std::uint16_t> ServerSide::lip_port() const { return lip_ ? std::optional(lip_->port()) : std::nullopt; }
std::optional<std::uint16_t> ServerSide::lip_xml_port() const {
  return lip_xml_ ? std::optional(lip_xml_->port()) : std::nullopt;
}

}  // namespace candela::runtime
