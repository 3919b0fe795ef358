#include "engine/delays.h"

#include <tuple>

namespace candela::engine {

Delays::Delays(std::size_t zone_count) : entries_(zone_count) { heap_.reserve(zone_count); }

void Delays::set(Slot zone, MonoTime time, const DelayedCommand& command) {
  cancel(zone);
  Entry& entry = entries_[zone];
  entry.time = time;
  entry.order = next_order_++;
  entry.command = command;
  heap_.push_back(zone);
  put(static_cast<std::uint32_t>(heap_.size() - 1), zone);
  sift(entry.place);
}

void Delays::cancel(Slot zone) {
  if (entries_[zone].place != kNoSlot) remove(entries_[zone].place);
}

std::optional<MonoTime> Delays::next() const {
  if (heap_.empty()) return std::nullopt;
  return entries_[heap_.front()].time;
}

Delays::Due Delays::pop() {
  const Slot zone = heap_.front();
  const Due due{entries_[zone].time, zone, entries_[zone].command};
  remove(0);
  return due;
}

bool Delays::earlier(Slot a, Slot b) const {
  const Entry& x = entries_[a];
  const Entry& y = entries_[b];
  return std::tie(x.time, x.order) < std::tie(y.time, y.order);
}

void Delays::put(std::uint32_t place, Slot zone) {
  heap_[place] = zone;
  entries_[zone].place = place;
}

/// Moves the entry up or down to where it belongs.
void Delays::sift(std::uint32_t place) {
  const Slot zone = heap_[place];
  while (place > 0 && earlier(zone, heap_[(place - 1) / 2])) {
    put(place, heap_[(place - 1) / 2]);
    place = (place - 1) / 2;
  }
  const auto size = static_cast<std::uint32_t>(heap_.size());
  while (2 * place + 1 < size) {
    std::uint32_t child = 2 * place + 1;
    if (child + 1 < size && earlier(heap_[child + 1], heap_[child])) ++child;
    if (!earlier(heap_[child], zone)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, zone);
}

void Delays::remove(std::uint32_t place) {
  entries_[heap_[place]].place = kNoSlot;
  const Slot last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  put(place, last);
  sift(place);
}

}  // namespace candela::engine
