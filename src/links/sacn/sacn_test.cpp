#include "links/sacn/sacn.h"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/udp.hpp>
#include <utility>
#include <vector>

#include "links/sacn/pacing.h"

namespace candela::links {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::udp;

constexpr GatewayId kGateway{50};
constexpr sacn::Cid kCid = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/// A driver whose packets come to a socket of this test by unicast over the loopback interface. Sending there is done
/// when send returns, so what was sent can be read at once and what cannot be read was not sent.
class SacnDriverTest : public ::testing::Test {
 protected:
  SacnDriverTest() : receiver_(loop_, udp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
    receiver_.non_blocking(true);
    view_.apply(activated(project()));
    driver_ = make_sacn(loop_, clock_, view_, kGateway, kCid, receiver_.local_endpoint().port());
  }

  /// A home with the gateway and one zone on slot 1; tests vary it.
  static std::shared_ptr<Project> project() {
    auto project = std::make_shared<Project>();
    project->name = "Villa";
    Gateway gateway;
    gateway.number = kGateway;
    gateway.name = "Garden";
    gateway.sacn = {7, 120, "127.0.0.1", ""};
    project->gateways.push_back(gateway);
    Zone zone;
    zone.number = ZoneId{2};
    zone.output = DmxOutput{kGateway, 1, false};
    project->zones.push_back(zone);
    project->build_index();
    return project;
  }

  Change activated(ProjectPtr project) const { return {clock_.now(), {}, ProjectActivated{std::move(project)}}; }

  void bring(const Change& change) {
    view_.apply(change);
    driver_->on_changes({&change, 1});
  }
  void set(double percent, Duration fade = {}) {
    const MonoTime now = clock_.now().mono;
    const Level from = view_.level(ZoneId{2}, now);
    bring({clock_.now(), {}, ZoneTargeted{ZoneId{2}, {from, Level::from_percent(percent), now, fade}, false}});
  }

  struct Received {
    sacn::DataPacket packet;  ///< without name and slots, whose bytes are gone
    int slot = 0;             ///< the value of slot 1
  };

  /// Moves the clock to the next frame and runs the driver until its packet is there.
  void next_frame() {
    clock_.advance(Pacing::kFrame);
    loop_.restart();
    collect();
    const std::size_t before = inbox_.size();
    while (inbox_.size() == before) {
      ASSERT_NE(loop_.run_one_for(5s), 0u) << "no packet is due";
      collect();
    }
  }

  /// What came since the last call.
  std::vector<Received> received() {
    collect();
    return std::exchange(inbox_, {});
  }
  std::vector<int> received_slots() {
    std::vector<int> slots;
    for (const Received& each : received()) slots.push_back(each.slot);
    return slots;
  }

 private:
  void collect() {
    std::array<std::uint8_t, 2000> buffer;
    boost::system::error_code error;
    for (;;) {
      const std::size_t size = receiver_.receive(boost::asio::buffer(buffer), 0, error);
      if (error) return;
      const auto packet = sacn::decode(std::span(buffer).first(size));
      ASSERT_TRUE(packet) << packet.error().message;
      ASSERT_EQ(packet->slots.size(), 512u);
      ASSERT_EQ(packet->source_name, "Villa, Garden");
      inbox_.push_back({*packet, packet->slots[0]});
      inbox_.back().packet.slots = {};
      inbox_.back().packet.source_name = {};
    }
  }

  std::vector<Received> inbox_;

 protected:
  boost::asio::io_context loop_;
  ManualClock clock_;
  View view_;
  udp::socket receiver_;
  std::unique_ptr<Driver> driver_;
};

TEST_F(SacnDriverTest, SendsTheLevelsAtTheStart) {
  set(100);
  EXPECT_TRUE(received().empty()) << "nothing before start()";
  driver_->start();
  const auto packets = received();
  ASSERT_EQ(packets.size(), 1u);
  EXPECT_EQ(packets[0].slot, 255);
  EXPECT_EQ(packets[0].packet.cid, kCid);
  EXPECT_EQ(packets[0].packet.universe, 7);
  EXPECT_EQ(packets[0].packet.priority, 120);
  EXPECT_FALSE(packets[0].packet.terminated);
}

TEST_F(SacnDriverTest, AChangeGoesOutAtOnceAndTwiceMore) {
  driver_->start();
  clock_.advance(1s);
  received();
  set(50);
  EXPECT_EQ(received_slots(), std::vector{127});
  next_frame();
  next_frame();
  EXPECT_EQ(received_slots(), (std::vector{127, 127}));
}

TEST_F(SacnDriverTest, AFadeIsSampledAtEveryFrame) {
  driver_->start();
  clock_.advance(1s);
  received();
  set(100, 4 * Pacing::kFrame);
  for (int frame = 0; frame < 6; ++frame) next_frame();
  EXPECT_EQ(received_slots(), (std::vector{0, 64, 127, 191, 255, 255, 255}));
}

TEST_F(SacnDriverTest, SaysGoodByeThreeTimesWithRisingNumbers) {
  driver_->start();
  next_frame();
  driver_->stop();
  const auto packets = received();
  ASSERT_EQ(packets.size(), 5u);
  for (std::size_t i = 2; i < 5; ++i) {
    EXPECT_TRUE(packets[i].packet.terminated);
    EXPECT_EQ(packets[i].packet.sequence, packets[i - 1].packet.sequence + 1);
  }
  set(100);
  EXPECT_TRUE(received().empty()) << "nothing after stop()";
}

TEST_F(SacnDriverTest, WithoutZonesItIsSilent) {
  auto bare = project();
  bare->zones.clear();
  bare->build_index();
  view_.apply(activated(bare));
  driver_->start();
  driver_->stop();
  EXPECT_TRUE(received().empty());
}

TEST_F(SacnDriverTest, ATransferMovesABindingWithoutEndingTheStream) {
  set(100);
  driver_->start();
  received();
  clock_.advance(1s);
  auto moved = project();
  std::get<DmxOutput>(moved->zones[0].output).slot = 9;
  bring(activated(moved));
  const auto packets = received();
  ASSERT_EQ(packets.size(), 1u);
  EXPECT_EQ(packets[0].slot, 0);
  EXPECT_FALSE(packets[0].packet.terminated);
}

TEST_F(SacnDriverTest, ATransferToAnotherUniverseEndsTheOldStream) {
  driver_->start();
  received();
  auto moved = project();
  moved->gateways[0].sacn.universe = 8;
  bring(activated(moved));
  const auto packets = received();
  ASSERT_EQ(packets.size(), 4u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(packets[i].packet.universe, 7);
    EXPECT_TRUE(packets[i].packet.terminated);
  }
  EXPECT_EQ(packets[3].packet.universe, 8);
  EXPECT_FALSE(packets[3].packet.terminated);
}

TEST_F(SacnDriverTest, ATransferThatUnbindsTheLastZoneEndsTheStream) {
  driver_->start();
  received();
  auto bare = project();
  bare->zones.clear();
  bare->build_index();
  bring(activated(bare));
  EXPECT_EQ(received().size(), 3u);
  clock_.advance(10s);
  EXPECT_EQ(loop_.poll(), 1u) << "only the cancelled timer";
  EXPECT_TRUE(received().empty());
}

TEST_F(SacnDriverTest, AnUnreachableNetworkIsTriedAgain) {
  auto unreachable = project();
  unreachable->gateways[0].sacn.destination = "";
  unreachable->gateways[0].sacn.interface = "192.0.2.1";  // documentation address: no interface has it
  view_.apply(activated(unreachable));
  driver_->start();
  clock_.advance(Pacing::kFrame);
  loop_.run_one();  // the second attempt
  EXPECT_TRUE(received().empty());
  clock_.advance(Pacing::kFrame);
  bring(activated(project()));
  EXPECT_EQ(received().size(), 1u);
}

TEST_F(SacnDriverTest, MayBeDestroyedWhileItsTimerIsDue) {
  driver_->start();
  driver_.reset();
  loop_.run();
}

}  // namespace
}  // namespace candela::links
