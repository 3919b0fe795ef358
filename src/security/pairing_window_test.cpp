#include "security/pairing_window.h"

#include <gtest/gtest.h>

namespace candela {
namespace {

using namespace std::chrono_literals;
using End = PairingWindow::End;

constexpr MonoTime kNow{1h};

TEST(PairingWindow, OpensForAWhile) {
  PairingWindow window;
  EXPECT_FALSE(window.is_open());
  EXPECT_EQ(window.end(), End::never_opened);
  window.open({Role::monitor, "tablet", 60s}, kNow);
  EXPECT_TRUE(window.is_open());
  window.look_at(kNow + 59s);
  EXPECT_TRUE(window.is_open());
  window.look_at(kNow + 60s);
  EXPECT_EQ(window.end(), End::timed_out);
}

TEST(PairingWindow, LetsOneProgramIn) {
  PairingWindow window;
  EXPECT_FALSE(window.begin());
  window.open({}, kNow);
  EXPECT_TRUE(window.begin());
  EXPECT_FALSE(window.begin());
  window.failed();
  EXPECT_TRUE(window.begin());
  window.paired("hub");
  EXPECT_FALSE(window.begin());
  EXPECT_FALSE(window.is_open());
  EXPECT_EQ(window.end(), End::paired);
  EXPECT_EQ(window.last_paired(), "hub");
}

TEST(PairingWindow, CountsWhoAsksWhileItIsClosedUntilAPersonOpensIt) {
  std::vector<std::uint32_t> kept;
  PairingWindow window(PairingWindow::kRefusedMax - 2, [&](std::uint32_t count) { kept.push_back(count); });
  window.refuse();
  EXPECT_FALSE(window.is_locked());
  window.refuse();
  EXPECT_TRUE(window.is_locked());
  window.refuse();
  window.open({}, kNow);
  EXPECT_FALSE(window.is_locked());
  EXPECT_EQ(kept, (std::vector<std::uint32_t>{PairingWindow::kRefusedMax - 1, PairingWindow::kRefusedMax, 0}));
}

TEST(PairingWindow, ClosesWhenTooMuchNonsenseComes) {
  PairingWindow window;
  window.open({}, kNow);
  for (int i = 0; i < PairingWindow::kWrongMax; ++i) {
    EXPECT_TRUE(window.is_open());
    window.refuse();
  }
  EXPECT_EQ(window.end(), End::too_many_wrong);
  EXPECT_EQ(window.refused(), 0u);
}

TEST(PairingWindow, TellsOfOpeningAndClosing) {
  PairingWindow window;
  int told = 0;
  int closed = 0;
  window.on_change([&] { ++told; });
  window.when_closed([&] { ++closed; });
  EXPECT_EQ(closed, 1);
  window.open({}, kNow);
  window.when_closed([&] { ++closed; });
  EXPECT_EQ(closed, 1);
  window.close();
  window.close();
  EXPECT_EQ(told, 2);
  EXPECT_EQ(closed, 2);
}

TEST(PairingWindow, StaysOpenNoLongerThanAnHour) {
  PairingWindow window;
  window.open({Role::control, "", 48h}, kNow);
  EXPECT_EQ(window.until(), kNow + PairingWindow::kLastsMax);
}

}  // namespace
}  // namespace candela
