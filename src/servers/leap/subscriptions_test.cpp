#include "servers/leap/subscriptions.h"

#include <gmock/gmock.h>

#include "servers/leap/service_fixture.h"

namespace candela::leap::test {
namespace {

using namespace std::chrono_literals;

class SubscriptionsTest : public ServiceTest {
 protected:
  /// Subscribes with the tag, and lets the quiet time pass unless told otherwise.
  void follow(std::string_view url, std::string_view tag, bool wait = true) {
    line(R"({"CommuniqueType":"SubscribeRequest","Header":{"Url":")" + std::string(url) + R"(","ClientTag":")" +
         std::string(tag) + "\"}}");
    if (wait) home_.clock.advance(Subscriptions::kQuiet);
  }
  void happen(const Change& change) { news_.take(change, home_.view); }
  /// What is pushed now about all that happened, a line each.
  std::vector<std::string> pushes() {
    std::string out;
    news_.settle();
    subscriptions_.tell(news_, home_.view, now(), out);
    subscriptions_.tell_held(home_.view, now(), out);
    news_.clear();
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < out.size();) {
      const std::size_t end = out.find("\r\n", start);
      lines.push_back(out.substr(start, end - start));
      start = end + 2;
    }
    return lines;
  }

  News news_;
};

TEST_F(SubscriptionsTest, all_zones_that_changed_come_in_one_push) {
  follow("/zone/status", "s");
  happen(home_.set_zone(ZoneId{1387}, 100));
  happen(home_.set_zone(ZoneId{816}, 20));
  happen(home_.set_zone(ZoneId{816}, 50, 5s));
  EXPECT_THAT(
      pushes(),
      testing::ElementsAre(
          R"({"CommuniqueType":"ReadResponse","Header":{"MessageBodyType":"MultipleZoneStatus","StatusCode":"200 OK",)"
          R"("Url":"/zone/status","ClientTag":"s"},"Body":{"ZoneStatuses":[)"
          R"({"href":"/zone/816/status","Level":50,"Zone":{"href":"/zone/816"},"StatusAccuracy":"Good"},)"
          R"({"href":"/zone/1387/status","Level":100,"SwitchedLevel":"On","Zone":{"href":"/zone/1387"},"StatusAccuracy":"Good"}]}})"));
  EXPECT_TRUE(pushes().empty());
}

TEST_F(SubscriptionsTest, scenes_leds_and_buttons_go_to_who_follows_them) {
  follow("/area/status", "a");
  follow("/area/804/status", "b");
  follow("/led/856/status", "c");
  follow("/button/861/status/event", "d");
  happen(home_.change(ButtonActed{ButtonId{861}, ButtonMove::press}));
  happen(home_.change(LedChanged{LedId{856}, LedState::on}));
  happen(home_.change(SceneChanged{AreaId{804}, SceneId{811}}));
  happen(home_.change(ButtonActed{ButtonId{861}, ButtonMove::release}));
  happen(home_.change(ButtonActed{ButtonId{862}, ButtonMove::press}));
  happen(home_.change(LedChanged{LedId{857}, LedState::on}));
  const std::string event =
      R"({"CommuniqueType":"UpdateResponse","Header":{"MessageBodyType":"OneButtonStatusEvent","StatusCode":"200 OK",)"
      R"("Url":"/button/861/status/event","ClientTag":"d"},"Body":{"ButtonStatus":{"Button":{"href":"/button/861"},)"
      R"("ButtonEvent":{"EventType":")";
  EXPECT_THAT(
      pushes(),
      testing::ElementsAre(
          event + "Press\"}}}}", event + "Release\"}}}}",
          R"({"CommuniqueType":"ReadResponse","Header":{"MessageBodyType":"OneLEDStatus","StatusCode":"200 OK",)"
          R"("Url":"/led/856/status","ClientTag":"c"},"Body":{"LEDStatus":{"href":"/led/856/status","LED":{"href":"/led/856"},"State":"On"}}})",
          R"({"CommuniqueType":"ReadResponse","Header":{"MessageBodyType":"OneAreaStatus","StatusCode":"200 OK",)"
          R"("Url":"/area/804/status","ClientTag":"b"},"Body":{"AreaStatus":{"href":"/area/804/status","OccupancyStatus":"Unknown","CurrentScene":{"href":"/areascene/811"}}}})",
          R"({"CommuniqueType":"ReadResponse","Header":{"MessageBodyType":"MultipleAreaStatus","StatusCode":"200 OK",)"
          R"("Url":"/area/status","ClientTag":"a"},"Body":{"AreaStatuses":[{"href":"/area/804/status","OccupancyStatus":"Unknown","CurrentScene":{"href":"/areascene/811"}}]}})"));
}

TEST_F(SubscriptionsTest, nothing_is_pushed_right_after_the_answer_and_nothing_is_lost) {
  follow("/zone/status", "z", false);
  follow("/button/861/status/event", "b", false);
  happen(home_.set_zone(ZoneId{816}, 20));
  happen(home_.change(ButtonActed{ButtonId{861}, ButtonMove::press}));
  EXPECT_TRUE(pushes().empty());
  EXPECT_EQ(subscriptions_.next_held(), now() + Subscriptions::kQuiet);
  happen(home_.set_zone(ZoneId{816}, 30));
  happen(home_.change(ButtonActed{ButtonId{861}, ButtonMove::release}));
  home_.clock.advance(Subscriptions::kQuiet - 1ms);
  EXPECT_TRUE(pushes().empty());

  home_.clock.advance(1ms);
  const auto lines = pushes();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], testing::HasSubstr("Press"));
  EXPECT_THAT(lines[1], testing::HasSubstr("Release"));
  EXPECT_THAT(lines[2], testing::HasSubstr("\"Level\":30,"));
  EXPECT_EQ(subscriptions_.next_held(), std::nullopt);
}

TEST_F(SubscriptionsTest, both_tags_of_a_url_are_told_until_it_is_unsubscribed) {
  follow("/zone/status", "one");
  follow("/zone/status", "two");
  happen(home_.set_zone(ZoneId{816}, 20));
  EXPECT_EQ(pushes().size(), 2u);
  EXPECT_EQ(ask("Unsubscribe", "/zone/status"), "204 NoContent");
  happen(home_.set_zone(ZoneId{816}, 30));
  EXPECT_TRUE(pushes().empty());
}

TEST_F(SubscriptionsTest, who_sends_no_tag_gets_pushes_without_one) {
  line(R"({"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status"}})");
  home_.clock.advance(Subscriptions::kQuiet);
  happen(home_.set_zone(ZoneId{816}, 20));
  const auto lines = pushes();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], testing::HasSubstr(R"("Url":"/zone/status"})"));
}

TEST_F(SubscriptionsTest, a_snapshot_can_be_declined) {
  EXPECT_EQ(
      line(
          R"({"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","Directives":{"SuppressMessageBody":true}}})"),
      R"({"CommuniqueType":"SubscribeResponse","Header":{"StatusCode":"204 NoContent","Url":"/zone/status"}})");
  EXPECT_EQ(subscriptions_.count(), 1u);
}

TEST_F(SubscriptionsTest, zones_of_a_new_project_are_not_pushed_to_clients_that_cannot_know_them) {
  follow("/zone/status", "old");
  auto larger = std::make_shared<Project>(*home_.view.project());
  larger->zones.push_back(zone(2000, "new", "New", AreaId{805}, LoadType::dimmed, DeviceId{900}, 4));
  larger->build_index();
  happen(home_.change(ProjectActivated{larger}));
  service_.project_changed();
  happen(home_.set_zone(ZoneId{2000}, 20));
  EXPECT_TRUE(pushes().empty());
  follow("/zone/status", "new");
  happen(home_.set_zone(ZoneId{2000}, 30));
  const auto lines = pushes();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], testing::HasSubstr(R"("ClientTag":"new")"));
}

TEST_F(SubscriptionsTest, a_device_that_goes_makes_its_zones_doubtful) {
  follow("/zone/status", "z");
  follow("/device/status", "d");
  happen(home_.change(PresenceChanged{DeviceId{900}, false, DeviceFault::silent}));
  const auto lines = pushes();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[0], testing::HasSubstr(R"("StatusAccuracy":"Bad")"));
  EXPECT_THAT(lines[1], testing::HasSubstr(R"("Availability":"Unavailable")"));
}

TEST_F(SubscriptionsTest, a_snapshot_of_a_large_house_goes_on_in_pushes) {
  auto large = std::make_shared<Project>(*home_.view.project());
  for (std::uint32_t i = 0; i < 3204; ++i) {
    large->zones.push_back(
        zone(10000 + i, "z" + std::to_string(i), "Zone", AreaId{805}, LoadType::dimmed, DeviceId{900}, 4));
  }
  large->build_index();
  home_.change(ProjectActivated{large});
  service_.project_changed();

  const auto count = [](std::string_view text) {
    EXPECT_LT(text.size(), 200u * 1024);
    return boost::json::parse(text).at("Body").at("ZoneStatuses").as_array().size();
  };
  std::size_t zones =
      count(line(R"({"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","ClientTag":"s"}})"));
  EXPECT_LT(zones, 3207u);
  EXPECT_TRUE(pushes().empty());
  home_.clock.advance(Subscriptions::kQuiet);
  for (const std::string& push : pushes()) zones += count(push);
  EXPECT_EQ(zones, 3207u);
}

TEST_F(SubscriptionsTest, there_is_a_bound_to_subscriptions) {
  for (std::size_t i = 0; i < Subscriptions::kCountMax; ++i) follow("/button/861/status/event", "b");
  EXPECT_EQ(status("Subscribe", "/zone/status"), "400");
  EXPECT_EQ(subscriptions_.count(), Subscriptions::kCountMax);
}

}  // namespace
}  // namespace candela::leap::test
