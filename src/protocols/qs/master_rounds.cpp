#include <algorithm>
#include <numeric>

#include "protocols/qs/master.h"

/// Who is there, and what is wrong with the link: the part of the master that goes round by round.
namespace candela::qs {
namespace {

constexpr std::uint8_t kMissedRounds = 2;
constexpr std::uint8_t kTwiceRounds = 2;
constexpr int kCorruptedFrames = 3;
constexpr int kReversedStarts = 2;
constexpr std::uint8_t kRequestType = 0x80;

int sum(std::span<const std::uint8_t> counts) { return std::accumulate(counts.begin(), counts.end(), 0); }

}  // namespace

void Master::wake(MonoTime now) {
  outbox_.expire(now);
  if (!judged_ && missing_ > 0 && now >= round_began_ + settings_.answer_time) judge_round();
  if (now >= next_round_) begin_round(now);
  pump(now);
}

MonoTime Master::next_wake() const {
  MonoTime next = next_round_;
  if (!judged_ && missing_ > 0) next = std::min(next, round_began_ + settings_.answer_time);
  if (const auto expiry = outbox_.next_expiry()) next = std::min(next, *expiry);
  return next;
}

void Master::begin_round(MonoTime now) {
  if (!judged_) judge_round();
  fault_round_ = (fault_round_ + 1) % kFaultRounds;
  errors_[fault_round_] = decoder_.errors();
  reversed_[fault_round_] = decoder_.reversed();
  decoder_.clear_counts();
  update_fault();

  missing_ = 0;
  for (Device& device : table_.devices) {
    device.expected = device.presence != Presence::lost;
    device.answered.reset();
    device.twice = false;
    if (device.expected) ++missing_;
  }
  judged_ = false;
  round_began_ = now;
  next_round_ += settings_.round;
  if (next_round_ <= now) next_round_ = now + settings_.round;
  round_sequence_ = outbox_.next_sequence();
  if (open_) write(status_request(), kRequestType, round_sequence_);
}

void Master::judge_round() {
  judged_ = true;
  for (std::size_t i = 0; i < table_.devices.size(); ++i) {
    Device& device = table_.devices[i];
    if (device.expected && ++device.missed >= kMissedRounds) {
      device.presence = Presence::lost;
      device.fault = DeviceFault::silent;
      device.twice_rounds = 0;
      device.missed = 0;
      forget_senses(device);
      listener_.on_presence(i, false, DeviceFault::silent);
    } else if (!device.expected) {
      judge_duplicate(i);
    }
  }
  update_fault();
}

void Master::judge_duplicate(std::size_t device) {
  Device& it = table_.devices[device];
  if (it.presence != Presence::present) return;
  const bool is_fault = it.fault == DeviceFault::duplicate_address;
  if (it.twice) {
    it.twice_rounds = std::min<std::uint8_t>(static_cast<std::uint8_t>(it.twice_rounds + 1), kTwiceRounds);
  } else if (it.twice_rounds > 0) {
    --it.twice_rounds;
  }
  if (!is_fault && it.twice_rounds == kTwiceRounds) {
    it.fault = DeviceFault::duplicate_address;
    listener_.on_presence(device, true, it.fault);
  } else if (is_fault && it.twice_rounds == 0) {
    it.fault = DeviceFault::none;
    listener_.on_presence(device, true, it.fault);
  }
}

void Master::update_fault() {
  const int errors = sum(errors_) + decoder_.errors();
  const int reversed = sum(reversed_) + decoder_.reversed();
  const bool nobody = !table_.devices.empty() && std::ranges::all_of(table_.devices, [](const Device& it) {
    return it.presence == Presence::lost;
  });
  // A fault ends only when its signs are all gone, so that one at the edge is not told again and again.
  LinkFault fault = LinkFault::none;
  if (reversed >= (fault_ == LinkFault::reversed_pair ? 1 : kReversedStarts)) {
    fault = LinkFault::reversed_pair;
  } else if (nobody) {
    fault = LinkFault::no_devices;
  } else if (errors >= (fault_ == LinkFault::corrupted_frames ? 1 : kCorruptedFrames)) {
    fault = LinkFault::corrupted_frames;
  }
  if (fault == fault_) return;
  fault_ = fault;
  listener_.on_link_fault(fault);
}

void Master::heard(std::size_t device) {
  Device& it = table_.devices[device];
  it.missed = 0;
  if (std::exchange(it.expected, false)) --missing_;
  if (it.presence == Presence::present) return;
  it.presence = Presence::present;
  it.fault = DeviceFault::none;
  tell_everything(device);
  listener_.on_presence(device, true, DeviceFault::none);
  update_fault();
}

}  // namespace candela::qs
