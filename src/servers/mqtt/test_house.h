#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "servers/lip/test_house.h"
#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt::testing {

/// The house of the LIP tests, with lamps that have a colour, shown to a broker.
class House {
 public:
  House() {
    Project home = *lip::test::house();
    home.zones.push_back(lip::test::zone(41, "White", LoadType::white_tuning));
    home.zones.push_back(lip::test::zone(42, "Strip", LoadType::spectrum));
    for (Zone& it : home.zones) it.id = lower(it.name);
    home.build_index();
    happens(ProjectActivated{std::make_shared<const Project>(std::move(home))});
  }

  void happens(decltype(Change::what) what) {
    surroundings.view.apply(Change{surroundings.clock.now(), {}, std::move(what)});
  }
  void set(std::uint32_t zone, double percent, Duration duration = {}) {
    const MonoTime now = surroundings.clock.now().mono;
    const Level from = surroundings.view.level(ZoneId{zone}, now);
    happens(ZoneTargeted{ZoneId{zone}, {from, Level::from_percent(percent), now, duration}, false});
  }
  const Project& project() const { return *surroundings.view.project(); }
  Sight sight() const { return {surroundings.view, surroundings.clock.now().mono, contacts}; }

  /// What is told on a topic below candela/; "-" = it does not exist.
  std::string told(const std::string& topic) const {
    const std::string whole = "candela/" + topic;
    const auto parts = read_topic("candela", whole);
    const auto object = parts ? find(project(), parts->kind, parts->id) : std::nullopt;
    if (!object) return "-";
    std::vector<Message> all;
    write_states(sight(), "candela", *object, all);
    for (const Message& it : all) {
      if (it.topic == whole) return it.payload;
    }
    return "-";
  }

  /// What a command asks for in words, or why it is refused.
  std::string ask(const std::string& topic, std::string_view payload) const {
    const auto orders = read_command(sight(), "candela", "candela/" + topic + "/set", payload);
    if (!orders) return "refused: " + orders.error().message;
    std::string all;
    for (const auto& what : orders->events) {
      all += (all.empty() ? "" : "; ") + lip::test::ServiceTest::text_of(Event{{}, what});
    }
    if (orders->press) {
      constexpr std::array kHow{"press ", "release ", "tap "};
      all += kHow.at(static_cast<std::size_t>(orders->press->how)) + std::to_string(orders->press->button.value);
    }
    return all;
  }

  lip::test::Surroundings surroundings;
  Contacts contacts;

 private:
  static std::string lower(std::string text) {
    for (char& it : text) it = static_cast<char>(std::tolower(static_cast<unsigned char>(it)));
    return text;
  }
};

}  // namespace candela::servers::mqtt::testing
