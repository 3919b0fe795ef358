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
  /// What there is to tell about one topic.
  struct Item {
    Topic topic = Topic::none;
    std::uint32_t id = 0;            ///< of the object; 0 for lists and for what the house has one of
    std::vector<std::uint32_t> ids;  ///< lists only: the objects that changed, each once
    std::vector<ButtonMove> moves;   ///< button events only, in order
    /// What is pushed to all that know the whole of today's project, written when the first of them is told.
    mutable std::optional<Content> content;
  };

  void take(const Change& change, const View& view);
  /// The zone's level has moved on.
  void add_zone(ZoneId zone) { touch(Topic::zone_statuses, zone); }
  /// Makes the items of what was taken.
  void settle();
  void clear();
  bool empty() const { return touched_.empty() && moves_.empty() && items_.empty(); }
  const std::vector<Item>& items() const { return items_; }

 private:
  template <class Id>
  void touch(Topic topic, Id id) {
    touched_.emplace_back(topic, id.value);
  }
  void touch(Topic topic) { touched_.emplace_back(topic, 0); }

  std::vector<std::pair<Topic, std::uint32_t>> touched_;
  std::vector<ButtonActed> moves_;
  std::vector<Item> items_;
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

  void hold(Subscription& subscription, const News::Item& item);
  static void push(const Subscription& subscription, const News::Item& item, const View& view, MonoTime now,
                   std::string& out);

  Table all_;
  std::size_t held_ = 0;  ///< how many of them hold something back
  Table::iterator newest_ = all_.end();
};

}  // namespace candela::leap
