#include "links/simulated/devices_process.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>

namespace candela::links {
namespace {

/// The program of these tests is a shell script; time passes only as long as it takes to start it.
class DevicesProcessTest : public testing::Test {
 protected:
  DevicesProcess::Settings shell(const std::string& script) {
    return {"/bin/sh", {"-c", script}, [this] { ++ready_; }, [this] { ++ended_; }};
  }

  template <class Condition>
  bool run_until(Condition condition) {
    loop_.restart();
    boost::asio::steady_timer limit(loop_, std::chrono::seconds(20));
    bool late = false;
    limit.async_wait([&](const boost::system::error_code& cancelled) {
      // Called after run_until() has returned when the condition came first.
      if (!cancelled) late = true;
    });
    while (!condition() && !late) loop_.run_one();
    return condition();
  }

  boost::asio::io_context loop_;
  int ready_ = 0;
  int ended_ = 0;
};

TEST_F(DevicesProcessTest, SaysWhenItIsReadyAndEndsWithItsInput) {
  DevicesProcess process(loop_, shell("echo here; read line"));
  process.start();
  EXPECT_TRUE(run_until([&] { return ready_ == 1; }));
  process.stop();
  EXPECT_EQ(ended_, 0);
}

TEST_F(DevicesProcessTest, IsStartedAgainWhenItEnds) {
  DevicesProcess process(loop_, shell("echo here"));
  process.start();
  EXPECT_TRUE(run_until([&] { return ready_ >= 2 && ended_ >= 2; }));
  process.stop();
}

TEST_F(DevicesProcessTest, AMissingProgramIsTriedAgain) {
  const std::string program = testing::TempDir() + "candela_devices_process_test";
  std::filesystem::remove(program);
  DevicesProcess process(loop_, {program, {}, [this] { ++ready_; }, [this] { ++ended_; }});
  process.start();
  {
    std::ofstream script(program + ".new");
    script << "#!/bin/sh\necho here\nread line\n";
  }
  std::filesystem::permissions(program + ".new", std::filesystem::perms::owner_all);
  std::filesystem::rename(program + ".new", program);
  EXPECT_TRUE(run_until([&] { return ready_ == 1; }));
  process.stop();
  std::filesystem::remove(program);
}

TEST_F(DevicesProcessTest, IsEndedByForceWhenItDoesNotGo) {
  DevicesProcess process(loop_, shell("trap '' TERM; echo here; while :; do read line || sleep 10; done"));
  process.start();
  EXPECT_TRUE(run_until([&] { return ready_ == 1; }));
  process.stop();
}

TEST_F(DevicesProcessTest, RestartGivesANewOne) {
  DevicesProcess process(loop_, shell("echo here; read line"));
  process.start();
  EXPECT_TRUE(run_until([&] { return ready_ == 1; }));
  process.restart();
  EXPECT_TRUE(run_until([&] { return ready_ == 2; }));
  EXPECT_EQ(ended_, 0);
}

}  // namespace
}  // namespace candela::links
