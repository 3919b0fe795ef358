#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "engine/occupancy_fixture.h"

namespace candela::engine {
namespace {

/// The same rules second by second, with counters in place of times, for groups of which some have parents.
class Naive {
 public:
  struct Group {
    int parent = -1;
    int timeout = 0;
    int word = 0;  ///< 0 nothing, 1 somebody, 2 nobody
    int linger_left = 0;
    int quiet_for = 0;
    int hold_left = 0;
    Occupancy state = kUnknown;
  };
  explicit Naive(std::vector<Group> groups) : groups_(std::move(groups)) {}

  void second_passes() {
    for (Group& group : groups_) {
      if (group.linger_left > 0) --group.linger_left;
      if (group.hold_left > 0) --group.hold_left;
      ++group.quiet_for;
    }
    settle(false);
  }
  void hear(const std::vector<int>& words) {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      Group& group = groups_[i];
      if (group.word == words[i]) continue;
      group.linger_left = group.word == 1 && words[i] == 2 ? group.timeout : 0;
      group.quiet_for = 0;
      group.word = words[i];
    }
    settle(true);
  }
  Occupancy state(std::size_t group) const { return groups_[group].state; }

 private:
  int quiet_for(std::size_t i) const {
    int shortest = groups_[i].word == 2 ? groups_[i].quiet_for : 1'000'000;
    for (std::size_t child = i + 1; child < groups_.size(); ++child) {
      if (groups_[child].parent == static_cast<int>(i)) shortest = std::min(shortest, quiet_for(child));
    }
    return shortest;
  }
  bool a_child_is_in_use(std::size_t i) const {
    return std::any_of(groups_.begin(), groups_.end(), [&](const Group& child) {
      return child.parent == static_cast<int>(i) && is_in_use(child.state);
    });
  }
  Occupancy weigh(std::size_t i) const {
    std::map<Occupancy, int> children;
    for (const Group& child : groups_) {
      if (child.parent == static_cast<int>(i)) ++children[child.state];
    }
    const Group& group = groups_[i];
    const int in_use = children[kOccupied] + children[kPartial];
    if (group.word == 1 || group.linger_left > 0) return kOccupied;
    if (in_use > 0) return children[kUnoccupied] + children[kPartial] > 0 ? kPartial : kOccupied;
    if (group.word == 0 && children[kUnoccupied] == 0) return kUnknown;
    return quiet_for(i) >= group.timeout && group.hold_left == 0 ? kUnoccupied : group.state;
  }
  void settle(bool by_event) {
    for (std::size_t i = groups_.size(); i-- > 0;) {
      Group& group = groups_[i];
      const Occupancy state = weigh(i);
      const bool in_use = group.word == 1 || group.linger_left > 0 || a_child_is_in_use(i);
      if (in_use || state == kUnknown) group.hold_left = 0;
      if (by_event && state == kUnoccupied && is_in_use(group.state) && group.timeout > 0) {
        group.hold_left = group.timeout;
        continue;
      }
      if (state != group.state) group.hold_left = 0;
      group.state = state;
    }
  }

  std::vector<Group> groups_;
};

class Random : public OccupancyTest {
 public:
  void TestBody() override {}

  void check(const std::vector<std::array<std::uint8_t, 3>>& steps) {
    for (int i = 0; i < 5; ++i) sensors_.push_back(add_sensor());
    add_group({sensors_[0]}, seconds(7));
    add_group({}, seconds(3), number(0));
    add_group({sensors_[1], sensors_[2]}, seconds(5), number(1));
    add_group({sensors_[3]}, seconds(0), number(1));
    add_group({sensors_[4]}, seconds(11));
    begin();
    Naive naive({{-1, 7}, {0, 3}, {1, 5}, {1, 0}, {-1, 11}});
    for (const auto& [pause, sensor, what] : steps) {
      for (int i = 0; i < pause % 8; ++i) {
        wait(seconds(1));
        naive.second_passes();
        compare(naive);
      }
      act(sensor % 5, what % 6);
      naive.hear({word(0), 0, joined(word(1), word(2)), word(3), word(4)});
      compare(naive);
    }
  }

 private:
  void act(std::size_t sensor, int what) {
    if (what <= 3) says(sensors_[sensor], what % 2 == 0);
    if (what <= 3) words_[sensor] = what % 2 == 0 ? 1 : 2;
    if (what == 4) lose(sensors_[sensor]);
    if (what == 4) words_[sensor] = 0;
    if (what == 5) enabled_[sensor] = !enabled_[sensor];
    if (what == 5) enable(sensors_[sensor], enabled_[sensor]);
  }
  int word(std::size_t sensor) const { return enabled_[sensor] ? words_[sensor] : 0; }
  static int joined(int a, int b) {
    if (a == 1 || b == 1) return 1;
    return std::max(a, b);
  }
  void compare(const Naive& naive) {
    for (Slot slot = 0; slot < 5; ++slot) RC_ASSERT(groups_.state(slot) == naive.state(slot));
  }

  std::vector<DeviceId> sensors_;
  std::array<int, 5> words_{};
  std::array<bool, 5> enabled_{true, true, true, true, true};
};

RC_GTEST_PROP(OccupancyProperty, EqualsCountingSecondBySecond,
              (const std::vector<std::array<std::uint8_t, 3>>& steps)) {
  Random().check(steps);
}

/// Two groups behind an open wall are what one group with all their sensors is.
RC_GTEST_PROP(OccupancyProperty, AnOpenWallMakesOneGroup, (const std::vector<std::pair<std::uint8_t, bool>>& steps)) {
  class Home : public OccupancyTest {
   public:
    void TestBody() override {}
    void check(const std::vector<std::pair<std::uint8_t, bool>>& steps) {
      const std::array sensors = {add_sensor(), add_sensor()};
      add_group({sensors[0], sensors[1]}, seconds(9));
      add_group({sensors[0]}, seconds(9));
      add_group({sensors[1]}, seconds(4));
      const ButtonId wall = add_wall({1, 2});
      begin();
      contact(wall, false);
      for (const auto& [pause, occupied] : steps) {
        wait(seconds(pause / 2 % 16));
        says(sensors.at(pause % 2), occupied);
        RC_ASSERT(groups_.state(1) == groups_.state(0));
        RC_ASSERT(groups_.state(2) == groups_.state(0));
      }
    }
  };
  Home().check(steps);
}

}  // namespace
}  // namespace candela::engine
