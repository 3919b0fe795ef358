#include "servers/leap/subscriptions.h"

#include <algorithm>

#include "base/overloaded.h"
#include "servers/leap/statuses.h"

namespace candela::leap {
namespace {

template <class Id>
void sort_out(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

template <class Id>
std::vector<std::uint32_t> numbers(const std::vector<Id>& ids) {
  std::vector<std::uint32_t> values;
  values.reserve(ids.size());
  for (const Id id : ids) values.push_back(id.value);
  return values;
}

/// Those that both the client and the project know.
template <class Id>
std::vector<Id> known_ids(std::span<const std::uint32_t> numbers, const Project& known) {
  std::vector<Id> ids;
  ids.reserve(numbers.size());
  for (const std::uint32_t number : numbers) {
    if (known.find(Id{number}) != nullptr) ids.push_back(Id{number});
  }
  return ids;
}

}  // namespace

void News::take(const Change& change, const View& view) {
  std::visit(overloaded{
                 [&](const ZoneTargeted& it) { zones_.push_back(it.zone); },
                 [&](const LedChanged& it) { leds_.push_back(it.led); },
                 [&](const SceneChanged& it) { areas_.push_back(it.area); },
                 [&](const ButtonActed& it) { moves_.push_back(it); },
                 [&](const PresenceChanged& it) {
                   devices_.push_back(it.device);
                   // Whether the zones' statuses can be trusted depends on it.
                   for (const Zone& zone : view.project()->zones) {
                     const auto* const output = std::get_if<DeviceOutput>(&zone.output);
                     if (output != nullptr && output->device == it.device) zones_.push_back(zone.number);
                   }
                 },
                 [](const auto&) {},
             },
             change.what);
}

void News::settle() {
  sort_out(zones_);
  sort_out(areas_);
  sort_out(leds_);
  sort_out(devices_);
}

void News::clear() {
  zones_.clear();
  areas_.clear();
  leds_.clear();
  devices_.clear();
  moves_.clear();
}

bool News::empty() const {
  return zones_.empty() && areas_.empty() && leds_.empty() && devices_.empty() && moves_.empty();
}

bool Subscriptions::add(Topic topic, std::uint32_t id, const Request& request, ProjectPtr known, MonoTime now) {
  if (all_.size() >= kCountMax) return false;
  newest_ = all_.emplace(
      Key{topic, id},
      Subscription{std::string(request.url), Echo(request), std::move(known), now + kQuiet, false, {}, {}});
  return true;
}

void Subscriptions::remove(std::string_view url) {
  std::erase_if(all_, [&](const auto& entry) { return entry.second.url == url; });
  newest_ = all_.end();
}

void Subscriptions::hold_rest(std::vector<std::uint32_t> ids) {
  if (newest_ != all_.end()) hold(newest_->second, {ids, {}});
}

void Subscriptions::tell(const News& news, const View& view, MonoTime now, std::string& out) {
  if (all_.empty()) return;
  // Buttons first: whoever follows them shall hear of the press before its consequences.
  for (const ButtonActed& it : news.moves()) {
    tell_all({Topic::button_event, it.button.value}, {{}, std::span(&it.move, 1)}, view, now, out);
  }
  const auto tell_list = [&](Topic topic, const auto& ids) {
    if (!ids.empty()) tell_all({topic, 0}, {numbers(ids), {}}, view, now, out);
  };
  tell_list(Topic::zone_statuses, news.zones());
  for (const LedId it : news.leds()) tell_all({Topic::led_status, it.value}, {}, view, now, out);
  for (const AreaId it : news.areas()) tell_all({Topic::area_status, it.value}, {}, view, now, out);
  tell_list(Topic::area_statuses, news.areas());
  tell_list(Topic::device_statuses, news.devices());
}

void Subscriptions::tell_all(Key key, const Item& item, const View& view, MonoTime now, std::string& out) {
  const auto [begin, end] = all_.equal_range(key);
  for (auto entry = begin; entry != end; ++entry) {
    Subscription& subscription = entry->second;
    if (subscription.held || now < subscription.quiet_until) {
      hold(subscription, item);
    } else {
      push(key, subscription, item, view, now, out);
    }
  }
}

void Subscriptions::tell_held(const View& view, MonoTime now, std::string& out) {
  for (auto& [key, subscription] : all_) {
    if (!subscription.held || now < subscription.quiet_until) continue;
    sort_out(subscription.held_ids);
    push(key, subscription, {subscription.held_ids, subscription.held_moves}, view, now, out);
    subscription.held = false;
    subscription.held_ids = {};
    subscription.held_moves = {};
  }
}

std::optional<MonoTime> Subscriptions::next_held() const {
  std::optional<MonoTime> next;
  for (const auto& [key, subscription] : all_) {
    if (subscription.held && (!next || subscription.quiet_until < *next)) next = subscription.quiet_until;
  }
  return next;
}

void Subscriptions::hold(Subscription& subscription, const Item& item) {
  subscription.held = true;
  subscription.held_ids.insert(subscription.held_ids.end(), item.ids.begin(), item.ids.end());
  for (const ButtonMove move : item.moves) {
    if (subscription.held_moves.size() < kHeldMovesMax) subscription.held_moves.push_back(move);
  }
}

void Subscriptions::push(const Key& key, const Subscription& subscription, const Item& item, const View& view,
                         MonoTime now, std::string& out) {
  const auto [topic, id] = key;
  const auto tell = [&](const Content& content, Verb as) {
    if (!content.empty()) append_push(out, as, subscription.echo, content);
  };
  std::string text;
  switch (topic) {
    case Topic::zone_statuses:
      return tell(zone_statuses(view, known_ids<ZoneId>(item.ids, *subscription.known), now, Use::push), Verb::read);
    case Topic::area_statuses:
      return tell(area_statuses(view, known_ids<AreaId>(item.ids, *subscription.known), now, Use::push), Verb::read);
    case Topic::device_statuses:
      return tell(device_statuses(view, known_ids<DeviceId>(item.ids, *subscription.known)), Verb::read);
    case Topic::area_status:
      if (const Area* const area = view.project()->find(AreaId{id})) {
        append_area_status(text, view, *area, now, Use::push);
        tell(Content::one("OneAreaStatus", "AreaStatus", std::move(text)), Verb::read);
      }
      return;
    case Topic::led_status:
      append_led_status(text, view, LedId{id});
      return tell(Content::one("OneLEDStatus", "LEDStatus", std::move(text)), Verb::read);
    case Topic::button_event:
      for (const ButtonMove move : item.moves) tell(button_event(ButtonId{id}, move), Verb::update);
      return;
    case Topic::none: return;
  }
}

}  // namespace candela::leap
