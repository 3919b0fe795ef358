#include "servers/mqtt/mqtt_server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <set>
#include <utility>

#include "model/words.h"
#include "servers/house_words.h"
#include "servers/listener.h"
#include "servers/mqtt/broker_connection.h"
#include "servers/mqtt/discovery.h"
#include "servers/mqtt/held_buttons.h"
#include "servers/mqtt/leftovers.h"
#include "servers/mqtt/moving_zones.h"
#include "servers/mqtt/outbox.h"
#include "servers/mqtt/touched.h"

namespace candela::servers::mqtt {
namespace {

namespace asio = boost::asio;

/// How long after a connecting the broker's retained messages of us may come.
constexpr std::chrono::seconds kLooking{5};
constexpr auto kExpirySeconds =
    static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(Outbox::kLatest).count());

std::string status_topic(const Settings& settings) { return settings.prefix + "/status"; }
std::string birth_topic(const Settings& settings) { return settings.discovery_prefix + "/status"; }

MqttSession::Login login_of(const Identity& identity, const Settings& settings) {
  return {fmt::format("candela-{:08x}", identity.serial), settings.user, {}, status_topic(settings), "offline"};
}

/// Whoever may publish can put anything into a topic; the log shall stay readable.
std::string shown(std::string_view topic) {
  constexpr std::size_t kShown = 160;
  std::string text(topic.substr(0, kShown));
  std::replace_if(
      text.begin(), text.end(), [](char it) { return static_cast<unsigned char>(it) < ' ' || it == '\x7F'; }, '?');
  return text;
}

}  // namespace

class MqttServer::Impl final : public BrokerConnection::Handler, public std::enable_shared_from_this<Impl> {
 public:
  Impl(const Context& context, Settings settings)
      : context_(context),
        settings_(std::move(settings)),
        outbox_([this](Object object, std::vector<Message>& into) {
          write_states(sight(), settings_.prefix, object, into);
        }),
        leftovers_(context_.identity, settings_),
        held_(context_),
        refusals_("MQTT", context_.clock),
        timer_(context_.loop),
        looking_timer_(context_.loop),
        connection_(context_, settings_, login_of(context_.identity, settings_), *this) {}

  Outcome start() { return connection_.start(); }
  void stop();
  void on_changes(std::span<const Change> changes);

  void on_accepted() override;
  void on_ended() override;
  void on_message(const Message& message) override;
  void on_room() override { send(); }

 private:
  Sight sight() const { return {context_.view, context_.clock.now().mono, contacts_}; }
  const Project& project() const { return *context_.view.project(); }

  void listen();
  std::vector<Message> documents() const;
  std::set<std::string> all_topics(const std::vector<Message>& documents) const;
  void tell_everything();
  void clear_leftovers();
  void follow(const Change& change);
  void happened(Kind kind, std::string_view id, std::string_view what);
  void obey(const Message& message);
  void send();
  void catch_up();
  void wait_for_due();

  const Context context_;
  const Settings settings_;
  Contacts contacts_;
  MovingZones moving_;
  Outbox outbox_;
  Leftovers leftovers_;
  HeldButtons held_;
  Refusals refusals_;
  asio::steady_timer timer_;
  asio::steady_timer looking_timer_;
  bool is_up_ = false;
  BrokerConnection connection_;
};

void MqttServer::Impl::stop() {
  connection_.stop();
  on_ended();
  timer_.cancel();
}

// ------------------------------------------------------------------------------------------------------- the broker

void MqttServer::Impl::on_accepted() {
  is_up_ = true;
  outbox_.clear();
  listen();
  tell_everything();
  send();
}

void MqttServer::Impl::on_ended() {
  is_up_ = false;
  outbox_.clear();
  held_.release_all();
  looking_timer_.cancel();
}

/// Commands that the broker kept are not sent to us: what somebody wanted last month is not wanted now.
void MqttServer::Impl::listen() {
  connection_.subscribe(settings_.prefix + "/+/+/+/set", MqttSession::Past::none);
  connection_.subscribe(topic_of(settings_.prefix, Kind::house, {}, "+/set"), MqttSession::Past::none);
  if (settings_.discovery) connection_.subscribe(birth_topic(settings_), MqttSession::Past::none);
  leftovers_.begin();
  for (const std::string& filter : leftovers_.filters()) {
    connection_.subscribe(filter, MqttSession::Past::retained);
  }
  looking_timer_.expires_after(kLooking);
  looking_timer_.async_wait([self = shared_from_this()](const boost::system::error_code& cancelled) {
    if (!cancelled && self->is_up_) self->clear_leftovers();
  });
}

std::vector<Message> MqttServer::Impl::documents() const {
  std::vector<Message> all{{status_topic(settings_), "online"},
                           {processor_topic(settings_), processor_document(context_.identity)}};
  if (!settings_.discovery) return all;
  for (Message& it : discovery(project(), context_.identity, settings_)) all.push_back(std::move(it));
  return all;
}

std::set<std::string> MqttServer::Impl::all_topics(const std::vector<Message>& documents) const {
  std::set<std::string> topics;
  std::vector<Message> written;
  for_each(project(), [&](Object object, std::string_view) {
    written.clear();
    write_states(sight(), settings_.prefix, object, written);
    for (Message& it : written) topics.insert(std::move(it.topic));
  });
  for (const Message& it : documents) topics.insert(it.topic);
  return topics;
}

void MqttServer::Impl::tell_everything() {
  std::vector<Message> all = documents();
  const std::set<std::string> topics = all_topics(all);
  for (std::string& topic : outbox_.told_topics()) {
    if (!topics.contains(topic)) all.push_back({std::move(topic), {}});
  }
  outbox_.drop_documents();
  outbox_.tell(std::move(all));
  const MonoTime now = context_.clock.now().mono;
  for_each(project(), [&](Object object, std::string_view) { outbox_.touch(object, now); });
}

void MqttServer::Impl::clear_leftovers() {
  for (const std::string& filter : leftovers_.filters()) connection_.unsubscribe(filter);
  std::vector<Message> gone;
  for (std::string& topic : leftovers_.end(all_topics(documents()))) gone.push_back({std::move(topic), {}});
  if (!leftovers_.stranger().empty()) {
    spdlog::warn(
        "MQTT: the processor {} has published under {}/ too; if it still does, one of the two needs another "
        "--mqtt-prefix",
        leftovers_.stranger(), settings_.prefix);
  }
  outbox_.tell(std::move(gone));
  send();
}

void MqttServer::Impl::on_message(const Message& message) {
  if (message.retained) return leftovers_.found(message);
  if (settings_.discovery && message.topic == birth_topic(settings_)) {
    if (message.payload != "online") return;
    outbox_.tell_again(settings_.discovery_prefix + "/");
    tell_everything();
    return send();
  }
  if (message.topic.ends_with("/set")) obey(message);
}

void MqttServer::Impl::obey(const Message& message) {
  const auto refuse = [&](std::string_view why) { refusals_.tell(shown(message.topic), why); };
  if (settings_.read_only) return refuse("MQTT may only look (--mqtt-read-only)");
  const auto orders = read_command(sight(), settings_.prefix, message.topic, message.payload);
  if (!orders) return refuse(orders.error().message);
  bool taken = true;
  for (const auto& what : orders->events) {
    taken = taken && context_.events.submit({Source{Source::Kind::mqtt, {}}, what});
  }
  if (orders->press) taken = held_.move(*orders->press);
  if (!taken) refuse("the processor has too much to do right now");
  wait_for_due();
}

// -------------------------------------------------------------------------------------------------------- the house

void MqttServer::Impl::on_changes(std::span<const Change> changes) {
  std::set<Object> touched;
  bool is_new_project = false;
  for (const Change& change : changes) {
    is_new_project = is_new_project || std::holds_alternative<ProjectActivated>(change.what);
    follow(change);
    note(change, project(), touched);
  }
  if (is_new_project) {
    std::erase_if(contacts_, [this](const auto& it) { return project().find(it.first) == nullptr; });
  }
  if (is_up_) {
    if (is_new_project) tell_everything();
    const MonoTime now = context_.clock.now().mono;
    for (const Object object : touched) outbox_.touch(object, now);
  }
  send();
}

void MqttServer::Impl::follow(const Change& change) {
  if (const auto* const it = std::get_if<ZoneTargeted>(&change.what)) {
    const Zone* const zone = project().find(it->zone);
    if (zone != nullptr) moving_.note(*zone, context_.view, context_.clock.now().mono);
  } else if (const auto* const acted = std::get_if<ButtonActed>(&change.what)) {
    const Button* const button = project().find(acted->button);
    if (button == nullptr) return;
    if (button->contact) {
      contacts_[button->number] = acted->move != ButtonMove::release;
    } else {
      happened(Kind::button, button->id, word(acted->move));
    }
  } else if (const auto* const passed = std::get_if<TimeclockEventPassed>(&change.what)) {
    const TimeclockEvent* const event = project().find(passed->event);
    if (event != nullptr) happened(Kind::timeclock_event, event->id, word(passed->how));
  }
}

void MqttServer::Impl::happened(Kind kind, std::string_view id, std::string_view what) {
  if (!is_up_ || !is_topic_word(id)) return;
  outbox_.happened({topic_of(settings_.prefix, kind, id, "event"), std::string(what), false},
                   context_.clock.now().mono);
}

void MqttServer::Impl::send() {
  const MonoTime now = context_.clock.now().mono;
  while (connection_.has_room()) {
    const auto message = outbox_.next(now);
    if (!message) break;
    connection_.publish(*message, message->retained ? 0 : kExpirySeconds);
  }
  if (const std::size_t dropped = outbox_.take_dropped(); dropped > 0) {
    spdlog::warn("MQTT: the broker is too slow; {} presses and other events were not told", dropped);
  }
  wait_for_due();
}

void MqttServer::Impl::catch_up() {
  held_.catch_up();
  const MonoTime now = context_.clock.now().mono;
  for (const ZoneId zone : moving_.due(context_.view, now)) {
    if (is_up_) outbox_.touch({Kind::zone, zone.value}, now);
  }
  send();
}

void MqttServer::Impl::wait_for_due() {
  std::optional<MonoTime> first = held_.next_due();
  for (const auto& other : {moving_.next_due(), connection_.has_room() ? outbox_.next_due() : std::nullopt}) {
    if (other && (!first || *other < *first)) first = other;
  }
  if (!first) return;
  timer_.expires_after(std::max(*first - context_.clock.now().mono, Duration::zero()));
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& cancelled) {
    if (!cancelled) self->catch_up();
  });
}

MqttServer::MqttServer(const Context& context, Settings settings)
    : impl_(std::make_shared<Impl>(context, std::move(settings))) {}
MqttServer::~MqttServer() { stop(); }
Outcome MqttServer::start() { return impl_->start(); }
void MqttServer::stop() { impl_->stop(); }
void MqttServer::on_changes(std::span<const Change> changes) { impl_->on_changes(changes); }

}  // namespace candela::servers::mqtt
