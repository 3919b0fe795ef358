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

Content content_of(const News::Item& item, const View& view, const Project& known, MonoTime now) {
  switch (item.topic) {
    case Topic::zone_statuses: return zone_statuses(view, known_ids<ZoneId>(item.ids, known), now, Use::push);
    case Topic::area_statuses: return area_statuses(view, known_ids<AreaId>(item.ids, known), now, Use::push);
    case Topic::device_statuses: return device_statuses(view, known_ids<DeviceId>(item.ids, known));
    case Topic::occupancy_statuses: return occupancy_statuses(view, known_ids<OccupancyGroupId>(item.ids, known));
    case Topic::timeclock_statuses: return timeclock_statuses(view, known_ids<TimeclockId>(item.ids, known));
    case Topic::area_status: {
      const Area* const area = view.project()->find(AreaId{item.id});
      return area == nullptr ? Content() : area_status(view, *area, now, Use::push);
    }
    case Topic::led_status: return led_status(LedId{item.id}, view.led(LedId{item.id}));
    case Topic::timeclock_status: return timeclock_status(view, TimeclockId{item.id});
    case Topic::timeclock_event_status: return timeclock_event_status(view, TimeclockEventId{item.id});
    case Topic::away: return away_status(view.house().away);
    case Topic::load_shedding: return load_shedding_status(view.house().shed_percent);
    case Topic::emergency: return emergency_status(view.house().emergency);
    case Topic::button_event:
    case Topic::none: break;
  }
  return {};
}

}  // namespace

void News::take(const Change& change, const View& view) {
  std::visit(overloaded{
                 [&](const ZoneTargeted& it) { touch(Topic::zone_statuses, it.zone); },
                 [&](const ZoneTilted& it) { touch(Topic::zone_statuses, it.zone); },
                 [&](const ZoneColoured& it) { touch(Topic::zone_statuses, it.zone); },
                 [&](const LedChanged& it) { touch(Topic::led_status, it.led); },
                 [&](const SceneChanged& it) {
                   touch(Topic::area_status, it.area);
                   touch(Topic::area_statuses, it.area);
                 },
                 [&](const ButtonActed& it) { moves_.push_back(it); },
                 [&](const OccupancyChanged& it) {
                   touch(Topic::occupancy_statuses, it.group);
                   const OccupancyGroup* const group = view.project()->find(it.group);
                   if (group == nullptr) return;
                   touch(Topic::area_status, group->area);
                   touch(Topic::area_statuses, group->area);
                 },
                 [&](const TimeclockEnabled& it) {
                   touch(Topic::timeclock_status, it.timeclock);
                   touch(Topic::timeclock_statuses, it.timeclock);
                 },
                 [&](const TimeclockEventEnabled& it) { touch(Topic::timeclock_event_status, it.event); },
                 [&](const AwayChanged&) { touch(Topic::away); },
                 [&](const LoadShed&) { touch(Topic::load_shedding); },
                 [&](const EmergencyChanged&) { touch(Topic::emergency); },
                 [&](const PresenceChanged& it) {
                   touch(Topic::device_statuses, it.device);
                   // Whether the zones' statuses can be trusted depends on it.
                   for (const Zone& zone : view.project()->zones) {
                     const auto* const output = std::get_if<DeviceOutput>(&zone.output);
                     if (output != nullptr && output->device == it.device) touch(Topic::zone_statuses, zone.number);
                   }
                 },
                 [](const auto&) {},
             },
             change.what);
}

void News::settle() {
  for (const ButtonActed& it : moves_) {
    const bool same = !items_.empty() && items_.back().id == it.button.value;
    if (!same) items_.push_back({Topic::button_event, it.button.value, {}, {}, {}});
    items_.back().moves.push_back(it.move);
  }
  moves_.clear();
  sort_out(touched_);
  for (const auto& [topic, id] : touched_) {
    if (!is_list(topic)) {
      items_.push_back({topic, id, {}, {}, {}});
      continue;
    }
    if (items_.empty() || items_.back().topic != topic) items_.push_back({topic, 0, {}, {}, {}});
    items_.back().ids.push_back(id);
  }
  touched_.clear();
}

void News::clear() {
  touched_.clear();
  moves_.clear();
  items_.clear();
}

bool Subscriptions::add(Topic topic, std::uint32_t id, const Request& request, ProjectPtr known, MonoTime now) {
  if (all_.size() >= kCountMax) return false;
  newest_ = all_.emplace(
      Key{topic, is_list(topic) || is_of_house(topic) ? 0 : id},
      Subscription{std::string(request.url), Echo(request), std::move(known), now + kQuiet, false, {}, {}});
  return true;
}

void Subscriptions::remove(std::string_view url) {
  std::erase_if(all_, [&](const auto& entry) {
    const Subscription& subscription = entry.second;
    if (subscription.url != url) return false;
    if (subscription.held) --held_;
    return true;
  });
  newest_ = all_.end();
}

void Subscriptions::hold_rest(std::vector<std::uint32_t> ids) {
  if (newest_ != all_.end()) hold(newest_->second, {newest_->first.first, 0, std::move(ids), {}, {}});
}

void Subscriptions::tell(const News& news, const View& view, MonoTime now, std::string& out) {
  if (all_.empty()) return;
  for (const News::Item& item : news.items()) {
    const auto [begin, end] = all_.equal_range({item.topic, item.id});
    for (auto entry = begin; entry != end; ++entry) {
      Subscription& subscription = entry->second;
      if (subscription.held || now < subscription.quiet_until) {
        hold(subscription, item);
      } else {
        push(subscription, item, view, now, out);
      }
    }
  }
}

void Subscriptions::tell_held(const View& view, MonoTime now, std::string& out) {
  if (held_ == 0) return;
  for (auto& [key, subscription] : all_) {
    if (!subscription.held || now < subscription.quiet_until) continue;
    sort_out(subscription.held_ids);
    push(subscription,
         {key.first, key.second, std::move(subscription.held_ids), std::move(subscription.held_moves), {}}, view, now,
         out);
    subscription.held = false;
    --held_;
    subscription.held_ids = {};
    subscription.held_moves = {};
  }
}

std::optional<MonoTime> Subscriptions::next_held() const {
  std::optional<MonoTime> next;
  if (held_ == 0) return next;
  for (const auto& [key, subscription] : all_) {
    if (subscription.held && (!next || subscription.quiet_until < *next)) next = subscription.quiet_until;
  }
  return next;
}

void Subscriptions::hold(Subscription& subscription, const News::Item& item) {
  if (!subscription.held) ++held_;
  subscription.held = true;
  subscription.held_ids.insert(subscription.held_ids.end(), item.ids.begin(), item.ids.end());
  for (const ButtonMove move : item.moves) {
    if (subscription.held_moves.size() < kHeldMovesMax) subscription.held_moves.push_back(move);
  }
}

void Subscriptions::push(const Subscription& subscription, const News::Item& item, const View& view, MonoTime now,
                         std::string& out) {
  for (const ButtonMove move : item.moves) {
    append_push(out, Verb::update, subscription.echo, button_event(ButtonId{item.id}, move));
  }
  if (item.topic == Topic::button_event) return;
  const auto tell = [&](const Content& content) {
    if (!content.empty()) append_push(out, Verb::read, subscription.echo, content);
  };
  if (subscription.known != view.project()) return tell(content_of(item, view, *subscription.known, now));
  if (!item.content) item.content = content_of(item, view, *subscription.known, now);
  tell(*item.content);
}

}  // namespace candela::leap
