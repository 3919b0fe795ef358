#include "engine/delays.h"

#include <tuple>

namespace candela::engine {

Delays::Delays(std::size_t capacity) {
  entries_.reserve(capacity);
  free_.reserve(capacity);
  heap_.reserve(capacity);
}

Delays::Ticket Delays::add(MonoTime time, const DelayedCommand& command) {
  Ticket ticket = static_cast<Ticket>(entries_.size());
  if (free_.empty()) {
    entries_.emplace_back();
  } else {
    ticket = free_.back();
    free_.pop_back();
  }
  const auto place = static_cast<std::uint32_t>(heap_.size());
  entries_[ticket] = {time, next_order_++, place, command};
  heap_.push_back(ticket);
  sift(place);
  return ticket;
}

void Delays::remove(Ticket ticket) {
  const std::uint32_t place = entries_[ticket].place;
  const Ticket last = heap_.back();
  heap_.pop_back();
  free_.push_back(ticket);
  if (last == ticket) return;
  put(place, last);
  sift(place);
}

std::optional<MonoTime> Delays::next() const {
  if (heap_.empty()) return std::nullopt;
  return entries_[heap_.front()].time;
}

Delays::Due Delays::pop() {
  const Ticket first = heap_.front();
  const Due due{entries_[first].time, entries_[first].command};
  remove(first);
  return due;
}

bool Delays::earlier(Ticket a, Ticket b) const {
  const Entry& x = entries_[a];
  const Entry& y = entries_[b];
  return std::tie(x.time, x.order) < std::tie(y.time, y.order);
}

void Delays::put(std::uint32_t place, Ticket ticket) {
  heap_[place] = ticket;
  entries_[ticket].place = place;
}

/// Moves the entry up or down to where it belongs.
void Delays::sift(std::uint32_t place) {
  const Ticket ticket = heap_[place];
  while (place > 0 && earlier(ticket, heap_[(place - 1) / 2])) {
    put(place, heap_[(place - 1) / 2]);
    place = (place - 1) / 2;
  }
  const auto size = static_cast<std::uint32_t>(heap_.size());
  while (2 * place + 1 < size) {
    std::uint32_t child = 2 * place + 1;
    if (child + 1 < size && earlier(heap_[child + 1], heap_[child])) ++child;
    if (!earlier(heap_[child], ticket)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, ticket);
}

}  // namespace candela::engine
