#include "engine/delays.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace candela::engine {
namespace {

MonoTime at(int seconds) { return MonoTime{std::chrono::seconds(seconds)}; }
DelayedCommand of(Slot zone) { return {.step = {.zone = zone}}; }

std::vector<Slot> drain(Delays& delays) {
  std::vector<Slot> order;
  while (delays.next()) order.push_back(delays.pop().command.step.zone);
  return order;
}

TEST(Delays, OfOneTimeComeInTheOrderOfAdding) {
  Delays delays(4);
  const Delays::Ticket first = delays.add(at(5), of(2));
  delays.add(at(5), of(0));
  delays.add(at(1), of(3));
  delays.remove(first);
  delays.add(at(5), of(1));
  delays.add(at(5), of(2));
  EXPECT_EQ(drain(delays), (std::vector<Slot>{3, 0, 1, 2}));
}

TEST(Delays, RemovedDoNotCome) {
  Delays delays(2);
  const Delays::Ticket early = delays.add(at(1), of(0));
  const Delays::Ticket late = delays.add(at(2), of(1));
  delays.remove(early);
  EXPECT_EQ(delays.next(), at(2));
  delays.remove(late);
  EXPECT_EQ(delays.next(), std::nullopt);
}

RC_GTEST_PROP(Delays, EqualAPlainListThatIsSorted, (const std::vector<std::pair<std::uint8_t, bool>>& commands)) {
  struct Waiting {
    MonoTime time;
    Slot zone;
    Delays::Ticket ticket;
  };
  Delays delays(0);
  std::vector<Waiting> list;  // in the order of adding
  for (Slot zone = 0; zone < commands.size(); ++zone) {
    const auto& [choice, removes] = commands[zone];
    if (removes && !list.empty()) {
      const auto gone = list.begin() + choice % list.size();
      delays.remove(gone->ticket);
      list.erase(gone);
    } else {
      list.push_back({at(choice % 8), zone, delays.add(at(choice % 8), of(zone))});
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  std::vector<Slot> expected;
  expected.reserve(list.size());
  for (const Waiting& it : list) expected.push_back(it.zone);
  RC_ASSERT(drain(delays) == expected);
}

}  // namespace
}  // namespace candela::engine
