#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocols/qs/master.h"
#include "protocols/qs/test_bytes.h"

namespace candela::qs {

using namespace std::chrono_literals;
inline constexpr std::uint32_t kDimmer = 0x00C10001;
inline constexpr std::uint32_t kKeypad = 0x00C10002;
inline constexpr std::uint16_t kLink = 7;

/// The devices of the tests, as plain as can be: two dimmed outputs at address 1 and two buttons at address 2.
/// What the master writes goes straight to them, their answers straight back.
class QsMaster : public testing::Test, public Listener {
 protected:
  QsMaster() {
    // Levels and LEDs that were acknowledged, by serial and component.
    master_.set_devices(kTable, now_);
  }

  void on_button(std::size_t device, std::uint8_t position, ButtonMove move) override {
    heard_.push_back("button " + std::to_string(device) + "." + std::to_string(position) + " " +
                     std::to_string(static_cast<int>(move)));
  }
  void on_level(std::size_t device, std::uint8_t output, Level level) override {
    heard_.push_back("level " + std::to_string(device) + "." + std::to_string(output) + " " +
                     std::to_string(level.whole_percent()));
  }
  void on_tilt(std::size_t device, std::uint8_t output, Level tilt) override {
    heard_.push_back("tilt " + std::to_string(device) + "." + std::to_string(output) + " " +
                     std::to_string(tilt.whole_percent()));
  }
  void on_occupancy(std::size_t device, bool occupied) override {
    heard_.push_back((occupied ? "occupied " : "vacant ") + std::to_string(device));
  }
  void on_light(std::size_t device, std::uint16_t lux) override {
    heard_.push_back("light " + std::to_string(device) + " " + std::to_string(lux));
  }
  void on_contact(std::size_t device, std::uint8_t position, bool closed, bool moved) override {
    heard_.push_back((closed ? "closed " : "open ") + std::to_string(device) + "." + std::to_string(position) +
                     (moved ? " moved" : ""));
  }
  void on_presence(std::size_t device, bool present, DeviceFault fault) override {
    const char* faults[] = {"", " silent", " duplicate"};
    heard_.push_back((present ? "present " : "lost ") + std::to_string(device) + faults[static_cast<int>(fault)]);
  }
  void on_link_fault(LinkFault fault) override { heard_.push_back("fault " + std::to_string(static_cast<int>(fault))); }

  /// Carries bytes to and fro until nobody has anything to say.
  void settle() {
    while (!master_.output().empty()) {
      std::span<const std::uint8_t> bytes = master_.output();
      while (const auto packet = decoder_.next(bytes)) on_master_packet(*packet);
      master_.consumed(master_.output().size(), now_);
      const auto answer = std::exchange(answer_, {});
      master_.receive(answer, now_);
    }
  }

  void on_master_packet(const Packet& packet) {
    const auto header = *parse_header(packet);
    EXPECT_EQ(header.link, kLink);
    ItemReader items(packet);
    const auto command = parse_command(*items.next());
    ASSERT_TRUE(command);
    written_.push_back(*command);
    if (command->code == code::kStatusRequest) return answer_round(header.sequence);
    if (silent_.contains(command->object) || deaf_ > 0) {
      --deaf_;
      return;
    }
    if (const auto level = as_go_to_level(*command)) levels_[level->component] = *level;
    say(to_packet(Ack{.sequence = header.sequence}));
  }

  void answer_round(std::uint8_t sequence) {
    ++rounds_;
    if (!silent_.contains(kDimmer)) {
      for (int i = 0; i < answers_; ++i) say(dimmer_status(sequence));
    }
    if (!silent_.contains(kKeypad)) say(status(2, sequence, {{0, StatusReport::kKeypad, 0, 0}}));
  }

  Packet dimmer_status(std::uint8_t sequence) {
    const auto level = [this](std::uint16_t output) {
      return StatusReport::Entry{static_cast<std::uint8_t>(output), StatusReport::kOutput, StatusReport::kLevel,
                                 to_level8(levels_[output].level)};
    };
    return status(1, sequence, {level(0), level(1)});
  }

  static Packet status(std::uint8_t address, std::uint8_t sequence,
                       std::initializer_list<StatusReport::Entry> entries) {
    StatusReport report;
    for (const auto& entry : entries) report.add(entry);
    PacketWriter writer(Header{.type = 0x80, .sequence = sequence, .link = kLink, .source = address});
    EXPECT_TRUE(writer.add(report));
    return writer.finish();
  }

  void say(const Packet& packet) {
    const auto frame = test::frame(packet);
    answer_.insert(answer_.end(), frame.begin(), frame.end());
  }

  void press(std::uint16_t component, ButtonMove move) {
    PacketWriter writer(Header{.type = 0x88, .serial = kKeypad});
    EXPECT_TRUE(writer.add(ButtonEvent{component, to_action(move), std::nullopt}));
    master_.receive(test::frame(writer.finish()), now_);
  }

  void start() {
    master_.open(now_);
    settle();
    heard_.clear();
    written_.clear();
  }

  /// Time passes, stopping wherever the master wants to act.
  void pass(Duration time) {
    const MonoTime end = now_ + time;
    while (master_.next_wake() <= end) {
      now_ = std::max(now_, master_.next_wake());
      master_.wake(now_);
      settle();
    }
    now_ = end;
  }

  Fade to(double percent, Duration fade = 0s) const { return {Level::off(), Level::from_percent(percent), now_, fade}; }
  /// What was heard since the last time.
  std::vector<std::string> heard() { return std::exchange(heard_, {}); }
  /// The levels written since the last time, as "output: percent over seconds".
  std::vector<std::string> written_levels() {
    std::vector<std::string> out;
    for (const Command& command : std::exchange(written_, {})) {
      if (const auto level = as_go_to_level(command)) {
        out.push_back(std::to_string(level->component + 1) + ": " + std::to_string(level->level.whole_percent()) +
                      " in " + std::to_string(level->fade.count() / 1000) + " ms");
      }
    }
    return out;
  }

  using Strings = std::vector<std::string>;
  static constexpr DeviceEntry kTable[] = {{kDimmer, 1, 2, 0}, {kKeypad, 2, 0, 0b110}};

  MonoTime now_{1h};
  Decoder decoder_;
  std::vector<std::uint8_t> answer_;
  std::vector<Command> written_;
  std::vector<std::string> heard_;
  std::map<std::uint16_t, GoToLevel> levels_;
  std::set<std::uint32_t> silent_;
  int deaf_ = 0;     ///< so many messages are lost
  int answers_ = 1;  ///< how often the dimmer answers a request
  int rounds_ = 0;
  Master master_{{.link = kLink}, *this};
};

}  // namespace candela::qs
