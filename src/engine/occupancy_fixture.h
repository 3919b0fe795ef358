#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/home_builder.h"
#include "engine/occupancy.h"

namespace candela::engine {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Runs = OccupancyGroups::Runs;
using Transition = OccupancyGroups::Transition;
inline constexpr Occupancy kUnknown = Occupancy::unknown;
inline constexpr Occupancy kOccupied = Occupancy::occupied;
inline constexpr Occupancy kUnoccupied = Occupancy::unoccupied;
inline constexpr Occupancy kPartial = Occupancy::partial;

class OccupancyTest : public testing::Test {
 protected:
  DeviceId add_sensor() {
    Device sensor;
    sensor.number = DeviceId{next_++};
    sensor.id = "sensor-" + std::to_string(sensor.number.value);
    sensor.senses_occupancy = true;
    home_.project().devices.push_back(sensor);
    return sensor.number;
  }
  ButtonId add_contact() {
    const ButtonId contact = home_.add_button({});
    home_.project().buttons.back().contact = true;
    return contact;
  }
  /// A group in an area of its own.
  Slot add_group(std::vector<DeviceId> sensors, Duration timeout = minutes(5), OccupancyGroupId parent = {}) {
    OccupancyGroup group;
    group.number = OccupancyGroupId{next_++};
    group.id = "group-" + std::to_string(group.number.value);
    group.area = home_.add_area(group.id + "-area", home_.home());
    group.parent = parent;
    group.sensors = std::move(sensors);
    group.timeout = timeout;
    home_.project().occupancy_groups.push_back(group);
    return static_cast<Slot>(home_.project().occupancy_groups.size() - 1);
  }
  ButtonId add_wall(const std::vector<Slot>& groups) {
    Partition wall;
    wall.contact = add_contact();
    for (const Slot slot : groups) wall.areas.push_back(group(slot).area);
    home_.project().partitions.push_back(wall);
    return wall.contact;
  }
  OccupancyGroup& group(Slot slot) { return home_.project().occupancy_groups[slot]; }
  OccupancyGroupId number(Slot slot) { return group(slot).number; }

  void begin() { groups_ = OccupancyGroups(home_.build()); }

  OccupancyGroups::Transitions says(DeviceId sensor, bool occupied) {
    out_.clear();
    groups_.sensor_reported(sensor, occupied, now_, out_);
    return out_;
  }
  OccupancyGroups::Transitions contact(ButtonId button, bool closed) {
    out_.clear();
    groups_.contact_reported(button, closed, now_, out_);
    return out_;
  }
  OccupancyGroups::Transitions lose(DeviceId device) {
    out_.clear();
    groups_.lost(device, now_, out_);
    return out_;
  }
  OccupancyGroups::Transitions enable(DeviceId sensor, bool enabled) {
    out_.clear();
    groups_.enable_sensor(sensor, enabled, now_, out_);
    return out_;
  }
  /// What becomes due meanwhile happens at its own time.
  OccupancyGroups::Transitions wait(Duration time) {
    out_.clear();
    const MonoTime end = now_ + time;
    while (groups_.next_due() && *groups_.next_due() <= end) {
      EXPECT_GT(*groups_.next_due(), now_);
      now_ = *groups_.next_due();
      groups_.advance(now_, out_);
    }
    now_ = end;
    return out_;
  }
  /// The home as it is now becomes the project.
  OccupancyGroups::Transitions transfer() {
    OccupancyGroups fresh(home_.build());
    out_.clear();
    fresh.carry_over(groups_, now_, out_);
    groups_ = std::move(fresh);
    return out_;
  }

  HomeBuilder home_;
  OccupancyGroups groups_;
  MonoTime now_{std::chrono::hours(1)};

 private:
  OccupancyGroups::Transitions out_;
  std::uint32_t next_ = 10'000;  // HomeBuilder counts from below
};

inline constexpr std::array kModes = {OccupancyMode::automatic, OccupancyMode::vacancy,
                                      OccupancyMode::automatic_low_light, OccupancyMode::disabled};

inline Runs allowed(OccupancyMode mode, Runs runs) {
  if (mode == OccupancyMode::disabled) return Runs::nothing;
  return mode == OccupancyMode::vacancy && runs == Runs::occupied ? Runs::nothing : runs;
}

}  // namespace candela::engine
