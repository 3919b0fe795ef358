#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/view.h"
#include "servers/leap/resources.h"

namespace candela::leap {

/// What happened since the last turn of the loop, for pushes: what changed is looked up when they are written.
class News {
 public:
  void take(const Change& change, const View& view);
  /// The zone's level has moved on.
  void add_zone(ZoneId zone) { zones_.push_back(zone); }
  /// Sorts, and drops what is there twice; button moves keep their order.
  void settle();
  void clear();
  bool empty() const;

  const std::vector<ZoneId>& zones() const { return zones_; }
  const std::vector<AreaId>& areas() const { return areas_; }
  const std::vector<LedId>& leds() const { return leds_; }
  const std::vector<DeviceId>& devices() const { return devices_; }
  const std::vector<ButtonActed>& moves() const { return moves_; }

 private:
  std::vector<ZoneId> zones_;
  std::vector<AreaId> areas_;
  std::vector<LedId> leds_;
  std::vector<DeviceId> devices_;
  std::vector<ButtonActed> moves_;
};

/// What one client follows. Each push repeats the url and tag of its subscription.
/// A push that comes sooner than kQuiet after the answer to the subscription is held back: clients lose it otherwise
/// (leap.md §6 Q1). Of states the newest is told then, of button moves all.
class Subscriptions {
 public:
  static constexpr std::chrono::milliseconds kQuiet{50};
  /// A house of 1000 buttons with LEDs needs 2003.
  static constexpr std::size_t kCountMax = 8192;
  static constexpr std::size_t kHeldMovesMax = 64;

  /// `known` is the project the client has been told: it is never sent a zone or area it cannot know of (clients break
  /// on those, leap.md §6 Q4). False when there are too many.
  [[nodiscard]] bool add(Topic topic, std::uint32_t id, const Request& request, ProjectPtr known, MonoTime now);
  void remove(std::string_view url);
  std::size_t count() const { return all_.size(); }

  /// The list that answers the last added subscription was too long for one line: the rest comes as a push.
  void hold_rest(std::vector<std::uint32_t> ids);

  /// Appends the pushes about the news.
  void tell(const News& news, const View& view, MonoTime now, std::string& out);
  /// Appends what was held back and may go by now.
  void tell_held(const View& view, MonoTime now, std::string& out);
  /// When tell_held() has something to do.
  std::optional<MonoTime> next_held() const;

 private:
  struct Subscription {
    std::string url;
    Echo echo;
    ProjectPtr known;
    MonoTime quiet_until{};
    bool held = false;
    std::vector<std::uint32_t> held_ids;
    std::vector<ButtonMove> held_moves;
  };
  using Key = std::pair<Topic, std::uint32_t>;
  using Table = std::multimap<Key, Subscription>;
  /// What there is to tell about a subscription's topic.
  struct Item {
    std::span<const std::uint32_t> ids{};
    std::span<const ButtonMove> moves{};
  };

  void tell_all(Key key, const Item& item, const View& view, MonoTime now, std::string& out);
  static void hold(Subscription& subscription, const Item& item);
  static void push(const Key& key, const Subscription& subscription, const Item& item, const View& view, MonoTime now,
                   std::string& out);

  Table all_;
  Table::iterator newest_ = all_.end();
};

}  // namespace candela::leap
