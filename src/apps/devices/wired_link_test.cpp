#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <functional>

#include "apps/devices/bus_terminal.h"
#include "apps/devices/commands.h"
#include "links/qs_wired/qs_wired.h"
#include "model/small_home.h"
#include "runtime/machine_clock.h"

/// The driver and simulated devices on a real pseudo-terminal. Nothing here waits for time to pass but for what the
/// other side does; how silence and faults play out in time is tested without a terminal.
namespace candela::devices {
namespace {

using namespace std::chrono_literals;

ProjectPtr home() {
  Project home = testing::small_home();
  home.devices[0].serial = 0x00C10001;
  home.devices[1].serial = 0x00C10002;
  home.zones[0].trims.high = Level::from_percent(80);
  return std::make_shared<const Project>(std::move(home));
}

class WiredLinkTest : public ::testing::Test, public EventSink {
 protected:
  WiredLinkTest()
      : name_(std::filesystem::path(::testing::TempDir()) / ("candela-wired-" + std::to_string(::getpid()))) {
    std::filesystem::remove(name_);
    driver_ = links::make_qs_wired(loop_, clock_, view_, *this, LinkId{7}, name_.string());
  }
  ~WiredLinkTest() override {
    driver_->stop();
    std::filesystem::remove(name_);
  }

  bool submit(Event event) override {
    if (full_) return false;
    events_.push_back(event);
    if (on_event_) on_event_(event);
    return true;
  }

  void plug_in() {
    bus_ = std::make_unique<SimulatedBus>(*view_.project(), LinkId{7}, clock_.now().mono);
    terminal_ = std::make_unique<BusTerminal>(loop_, clock_, *bus_);
    std::filesystem::remove(name_);
    std::filesystem::create_symlink(terminal_->path(), name_);
  }

  bool run_until(const std::function<bool()>& condition) {
    loop_.restart();
    boost::asio::steady_timer limit(loop_, 20s);
    bool late = false;
    limit.async_wait([&](const boost::system::error_code& cancelled) {
      // Called after run_until() has returned when the condition came first.
      if (!cancelled) late = true;
    });
    while (!condition() && !late) loop_.run_one();
    return condition();
  }

  template <class What>
  const What* last() const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
      if (const auto* what = std::get_if<What>(&event->what)) return what;
    }
    return nullptr;
  }
  bool is_present(DeviceId device) const {
    return std::ranges::any_of(events_, [&](const Event& event) {
      const auto* it = std::get_if<PresenceReported>(&event.what);
      return it != nullptr && it->device == device && it->present;
    });
  }

  void change(auto what) {
    const Change change{clock_.now(), Cause{}, what};
    view_.apply(change);
    driver_->on_changes({&change, 1});
  }
  void set(ZoneId zone, double percent, bool reported = false) {
    change(ZoneTargeted{zone, Fade::still(Level::from_percent(percent), clock_.now().mono), reported});
  }
  std::string say(std::string_view line) {
    std::string answer = execute(*bus_, line, clock_.now().mono);
    terminal_->flush();
    return answer;
  }
  double output(int number) {
    const auto state = boost::json::parse(say("state"));
    return state.at_pointer("/devices/0/outputs/" + std::to_string(number - 1) + "/level").to_number<double>();
  }
  std::string led() {
    const auto state = boost::json::parse(say("state"));
    const auto& leds = state.at_pointer("/devices/1/leds").as_array();
    return leds.empty() ? "" : std::string(leds[0].at("state").as_string());
  }

  void start() {
    plug_in();
    driver_->start();
    ASSERT_TRUE(run_until([&] { return is_present({8}) && is_present({9}); }));
  }

  const std::filesystem::path name_;
  const runtime::MachineClock clock_;
  boost::asio::io_context loop_;
  View view_{home()};
  bool full_ = false;
  std::vector<Event> events_;
  std::function<void(const Event&)> on_event_;
  std::unique_ptr<SimulatedBus> bus_;
  std::unique_ptr<BusTerminal> terminal_;
  std::unique_ptr<links::Driver> driver_;
};

TEST_F(WiredLinkTest, FindsTheDevicesAndTellsThemWhatIsSo) {
  view_.apply(
      Change{clock_.now(), {}, ZoneTargeted{{5}, Fade::still(Level::from_percent(40), clock_.now().mono), false}});
  view_.apply(Change{clock_.now(), {}, LedChanged{{13}, LedState::on}});
  start();
  EXPECT_TRUE(run_until([&] { return output(2) == 40 && led() == "on"; }));
  EXPECT_EQ(last<LinkReported>(), nullptr);
}

TEST_F(WiredLinkTest, APressComesInAndALevelGoesOutThroughItsTrims) {
  start();
  on_event_ = [&](const Event& event) {
    // As the engine would, in the midst of the press.
    if (std::holds_alternative<ButtonMoved>(event.what)) set({4}, 100);
  };
  say("press hall-keypad.1");
  EXPECT_TRUE(run_until([&] { return output(1) == 80; }));
  EXPECT_EQ(last<ButtonMoved>()->button, ButtonId{12});
  EXPECT_EQ(last<ButtonMoved>()->move, ButtonMove::press);
  EXPECT_EQ(last<LevelReported>(), nullptr);
}

TEST_F(WiredLinkTest, APaddleIsReportedThroughItsTrimsAndNotEchoed) {
  start();
  say("level dimmer.1 40");
  ASSERT_TRUE(run_until([&] { return last<LevelReported>() != nullptr; }));
  EXPECT_EQ(last<LevelReported>()->zone, ZoneId{4});
  EXPECT_NEAR(last<LevelReported>()->level.percent(), 50, 0.5);
  set({4}, last<LevelReported>()->level.percent(), true);
  say("press hall-keypad.1");
  ASSERT_TRUE(run_until([&] { return last<ButtonMoved>() != nullptr; }));
  EXPECT_EQ(output(1), 40);
}

TEST_F(WiredLinkTest, LedsFollow) {
  start();
  change(LedChanged{{13}, LedState::rapid_flash});
  EXPECT_TRUE(run_until([&] { return led() == "rapid_flash"; }));
}

TEST_F(WiredLinkTest, SensorsAndWatchedContactsAreEvents) {
  Project home = *view_.project();
  home.devices[1].senses_occupancy = home.devices[1].senses_light = true;
  home.devices[1].buttons.insert(home.devices[1].buttons.end(), {{15}, {16}});
  home.buttons.push_back({.number = {15}, .id = "hall-keypad.2", .keypad = {9}, .position = 2, .contact = true});
  home.buttons.push_back({.number = {16}, .id = "hall-keypad.3", .keypad = {9}, .position = 3, .contact = true});
  home.partitions.push_back({.id = "wall", .contact = {15}});
  home.build_index();
  view_ = View(std::make_shared<const Project>(std::move(home)));
  start();
  // How a wall is, is known from the start; what a button's contact is then is no press.
  ASSERT_TRUE(run_until([&] { return last<OccupancyReported>() != nullptr && last<ButtonMoved>() != nullptr; }));
  EXPECT_EQ(last<ButtonMoved>()->button, ButtonId{15});
  EXPECT_EQ(last<ButtonMoved>()->move, ButtonMove::release);
  EXPECT_FALSE(last<OccupancyReported>()->occupied);
  say("occupied hall-keypad");
  say("lux hall-keypad 260");
  say("close hall-keypad.3");
  ASSERT_TRUE(run_until([&] { return last<LightReported>() && last<ButtonMoved>()->button == ButtonId{16}; }));
  EXPECT_TRUE(last<OccupancyReported>()->occupied);
  EXPECT_EQ(last<OccupancyReported>()->sensor, DeviceId{9});
  EXPECT_EQ(last<LightReported>()->lux, 260);
  EXPECT_EQ(last<ButtonMoved>()->move, ButtonMove::press);
}

TEST_F(WiredLinkTest, SlatsTurnBothWays) {
  Project home = *view_.project();
  home.zones[0].load = LoadType::tilting_shade;
  home.build_index();
  view_ = View(std::make_shared<const Project>(std::move(home)));
  start();
  const auto tilt = [&] {
    return boost::json::parse(say("state")).at_pointer("/devices/0/outputs/0/tilt").to_number<double>();
  };
  change(ZoneTilted{{4}, Fade::still(Level::from_percent(40), clock_.now().mono), false});
  ASSERT_TRUE(run_until([&] { return tilt() == 40; }));
  say("tilt dimmer.1 90");
  ASSERT_TRUE(run_until([&] { return last<TiltReported>() != nullptr; }));
  EXPECT_EQ(last<TiltReported>()->zone, ZoneId{4});
  EXPECT_NEAR(last<TiltReported>()->tilt.percent(), 90, 0.5);
}

TEST_F(WiredLinkTest, AMissingPortIsReportedAndTriedAgain) {
  driver_->start();
  ASSERT_TRUE(run_until([&] { return last<LinkReported>() != nullptr; }));
  EXPECT_EQ(last<LinkReported>()->fault, LinkFault::port_closed);
  plug_in();
  EXPECT_TRUE(run_until([&] { return is_present({8}) && last<LinkReported>()->fault == LinkFault::none; }));
}

TEST_F(WiredLinkTest, APortThatIsLostComesBackWithItsLevels) {
  start();
  set({5}, 70);
  terminal_.reset();
  ASSERT_TRUE(run_until([&] { return last<LinkReported>() != nullptr; }));
  EXPECT_EQ(last<LinkReported>()->fault, LinkFault::port_closed);
  plug_in();
  EXPECT_TRUE(run_until([&] { return output(2) == 70; }));
  EXPECT_EQ(last<LinkReported>()->fault, LinkFault::none);
}

TEST_F(WiredLinkTest, ANewProjectKeepsWhoIsThere) {
  start();
  set({5}, 70);
  Project changed = *view_.project();
  std::swap(std::get<DeviceOutput>(changed.zones[0].output).output,
            std::get<DeviceOutput>(changed.zones[1].output).output);
  events_.clear();
  change(ProjectActivated{std::make_shared<const Project>(std::move(changed))});
  EXPECT_TRUE(run_until([&] { return output(1) == 70; }));
  EXPECT_EQ(last<PresenceReported>(), nullptr);
}

TEST_F(WiredLinkTest, EventsThatFindNoRoomComeLaterInTheirOrder) {
  start();
  full_ = true;
  say("tap hall-keypad.1");
  ASSERT_TRUE(run_until([&] { return terminal_ != nullptr && bus_->output().empty(); }));
  say("level dimmer.2 10");
  full_ = false;
  events_.clear();
  ASSERT_TRUE(run_until([&] { return last<LevelReported>() != nullptr; }));
  std::vector<ButtonMove> moves;
  for (const Event& event : events_) {
    if (const auto* it = std::get_if<ButtonMoved>(&event.what)) moves.push_back(it->move);
  }
  EXPECT_EQ(moves, (std::vector{ButtonMove::press, ButtonMove::release}));
}

TEST_F(WiredLinkTest, StopsAtAnyTime) {
  start();
  driver_->stop();
  set({5}, 70);
  driver_->start();
  EXPECT_TRUE(run_until([&] { return output(2) == 70; }));
  driver_.reset();
  loop_.poll();
  driver_ = links::make_qs_wired(loop_, clock_, view_, *this, LinkId{7}, name_.string());
}

}  // namespace
}  // namespace candela::devices
