#include "protocols/qs/outbox.h"

#include <algorithm>

namespace candela::qs {

void Outbox::reset(std::size_t count) {
  entries_.assign(count, Entry{});
  queue_.assign(count, 0);
  queue_head_ = queue_size_ = 0;
  flight_head_ = flight_count_ = 0;
}

void Outbox::put(Index item) {
  Entry& entry = entries_[item];
  entry.state = State::waiting;
  entry.attempts = 0;
  enqueue(item);
}

void Outbox::cancel(Index item) { entries_[item].state = State::settled; }

void Outbox::enqueue(Index item) {
  if (entries_[item].queued) return;
  entries_[item].queued = true;
  queue_[(queue_head_ + queue_size_++) % queue_.size()] = item;
}

std::optional<Outbox::Letter> Outbox::take(MonoTime now) {
  drop_settled_flights();
  const std::size_t window = std::clamp<std::size_t>(settings_.window, 1, kMaxWindow);
  while (queue_size_ > 0 && flight_count_ < window) {
    const Index item = queue_[queue_head_];
    queue_head_ = (queue_head_ + 1) % queue_.size();
    --queue_size_;
    Entry& entry = entries_[item];
    entry.queued = false;
    if (entry.state != State::waiting) continue;
    entry.state = State::under_way;
    entry.sequence = next_sequence();
    ++entry.attempts;
    const Letter letter{item, entry.sequence};
    flights_[(flight_head_ + flight_count_++) % kMaxWindow] = {letter, now};
    return letter;
  }
  return std::nullopt;
}

std::optional<Outbox::Index> Outbox::acknowledge(std::uint8_t sequence) {
  for (std::size_t i = 0; i < flight_count_; ++i) {
    const Letter& letter = flights_[(flight_head_ + i) % kMaxWindow].letter;
    if (letter.sequence != sequence || !matters(letter)) continue;
    const Index item = letter.item;
    entries_[item].state = State::settled;
    drop_settled_flights();
    return item;
  }
  return std::nullopt;
}

void Outbox::expire(MonoTime now) {
  while (flight_count_ > 0 && flights_[flight_head_].sent + settings_.ack_timeout <= now) {
    const Letter letter = flights_[flight_head_].letter;
    const bool mattered = matters(letter);
    flight_head_ = (flight_head_ + 1) % kMaxWindow;
    --flight_count_;
    if (!mattered) continue;
    Entry& entry = entries_[letter.item];
    if (entry.attempts >= settings_.attempts) {
      entry.state = State::failed;
    } else {
      entry.state = State::waiting;
      enqueue(letter.item);
    }
  }
  drop_settled_flights();
}

std::optional<MonoTime> Outbox::next_expiry() const {
  if (flight_count_ == 0) return std::nullopt;
  return flights_[flight_head_].sent + settings_.ack_timeout;
}

std::uint8_t Outbox::next_sequence() {
  if (++sequence_ == 0) ++sequence_;
  return sequence_;
}

bool Outbox::matters(const Letter& letter) const {
  const Entry& entry = entries_[letter.item];
  return entry.state == State::under_way && entry.sequence == letter.sequence;
}

void Outbox::drop_settled_flights() {
  while (flight_count_ > 0 && !matters(flights_[flight_head_].letter)) {
    flight_head_ = (flight_head_ + 1) % kMaxWindow;
    --flight_count_;
  }
}

}  // namespace candela::qs
