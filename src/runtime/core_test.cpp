#include "runtime/core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "model/small_home.h"

namespace candela::runtime {
namespace {

using ::testing::ElementsAre;

/// Writes down what it is told; answers a zone change with an event of its own when `answer` is set.
class FakeDriver final : public links::Driver {
 public:
  FakeDriver(std::vector<std::string>& log, std::string name, EventSink& events)
      : log_(log), name_(std::move(name)), events_(events) {}

  void start() override { log_.push_back("start " + name_); }
  void stop() override { log_.push_back("stop " + name_); }
  void on_changes(std::span<const Change> changes) override {
    for (const Change& change : changes) {
      const auto* zone = std::get_if<ZoneTargeted>(&change.what);
      if (zone == nullptr) continue;
      log_.push_back(name_ + " zone " + std::to_string(zone->zone.value));
      if (zone->zone == ZoneId{4}) {
        EXPECT_TRUE(events_.submit({{Source::Kind::device, {}}, LevelReported{{5}, Level::full()}}));
        log_.push_back(name_ + " answered");
      }
    }
  }

 private:
  std::vector<std::string>& log_;
  const std::string name_;
  EventSink& events_;
};

class FakeDrivers final : public DriverFactory {
 public:
  std::unique_ptr<links::Driver> make(const Link& link, const View&, EventSink& events) override {
    return std::make_unique<FakeDriver>(log, link.id, events);
  }
  std::unique_ptr<links::Driver> make(const candela::Gateway&, const View&, EventSink&) override { return nullptr; }

  std::vector<std::string> log;
};

class CoreTest : public ::testing::Test {
 protected:
  void activate(Project home) { core_.activate(std::make_shared<const Project>(std::move(home))); }
  std::vector<std::string> log() { return std::exchange(drivers_.log, {}); }

  boost::asio::io_context loop_;
  ManualClock clock_;
  FakeDrivers drivers_;
  ChangeQueue changes_{1000, [] {}};
  Core core_{{loop_, clock_, drivers_, changes_, nullptr}, {}};
};

TEST_F(CoreTest, EventsOfALinkWaitUntilTheFirstIsHandled) {
  activate(testing::small_home());
  log();
  core_.submit({{}, SetZone{{4}, Level::full(), Duration::zero()}});
  EXPECT_THAT(log(), ElementsAre("wired zone 4", "wired answered", "wired zone 5"));
}

TEST_F(CoreTest, LinksThatStayTheSameGoOnWithoutAPause) {
  activate(testing::small_home());
  EXPECT_THAT(log(), ElementsAre("start wired"));
  activate(testing::small_home());
  EXPECT_THAT(log(), ElementsAre());
}

TEST_F(CoreTest, LinksThatChangedStartAnew) {
  activate(testing::small_home());
  log();
  Project home = testing::small_home();
  home.links[0].port = "/dev/ttyUSB0";
  activate(home);
  EXPECT_THAT(log(), ElementsAre("stop wired", "start wired"));
}

TEST_F(CoreTest, DelaysEndByTheTimer) {
  activate(testing::small_home());
  log();
  core_.submit({{}, SetZone{{5}, Level::full(), Duration::zero(), std::chrono::milliseconds(5)}});
  EXPECT_THAT(log(), ElementsAre());
  clock_.advance(std::chrono::milliseconds(5));
  loop_.run_one();
  EXPECT_THAT(log(), ElementsAre("wired zone 5"));
}

}  // namespace
}  // namespace candela::runtime
