#include "engine/delays.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace candela::engine {
namespace {

MonoTime at(int seconds) { return MonoTime{std::chrono::seconds(seconds)}; }

TEST(Delays, OfOneTimeComeInTheOrderOfSetting) {
  Delays delays(4);
  delays.set(2, at(5), {});
  delays.set(0, at(5), {});
  delays.set(3, at(1), {});
  delays.set(1, at(5), {});
  delays.set(2, at(5), {});  // set anew: behind the others
  std::vector<Slot> order;
  while (delays.next()) order.push_back(delays.pop().zone);
  EXPECT_EQ(order, (std::vector<Slot>{3, 0, 1, 2}));
}

TEST(Delays, CancelledDoNotCome) {
  Delays delays(2);
  delays.set(0, at(1), {});
  delays.set(1, at(2), {});
  delays.cancel(0);
  delays.cancel(0);
  EXPECT_EQ(delays.next(), at(2));
  delays.cancel(1);
  EXPECT_EQ(delays.next(), std::nullopt);
}

RC_GTEST_PROP(Delays, EqualAPlainListThatIsSorted,
              (const std::vector<std::tuple<std::uint8_t, std::uint8_t, bool>>& commands)) {
  constexpr Slot kZones = 16;
  Delays delays(kZones);
  std::vector<std::pair<int, Slot>> list;  // in the order of setting
  for (const auto& [choice, time, cancels] : commands) {
    const Slot zone = choice % kZones;
    std::erase_if(list, [&](const auto& it) { return it.second == zone; });
    if (cancels) {
      delays.cancel(zone);
    } else {
      delays.set(zone, at(time % 8), {});
      list.emplace_back(time % 8, zone);
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [time, zone] : list) {
    RC_ASSERT(delays.next() == at(time));
    RC_ASSERT(delays.pop().zone == zone);
  }
  RC_ASSERT(!delays.next());
}

}  // namespace
}  // namespace candela::engine
