#include "protocols/lip/outbox.h"

#include <algorithm>
#include <utility>

namespace candela::lip {

void Outbox::add(Kind kind, std::string_view bytes) {
  if (bytes.empty()) return;
  if (!segments_.empty()) segments_.back().latest = MonoTime::min();
  const bool goes_on = !segments_.empty() && kind == Kind::text && segments_.back().kind == kind;
  if (!goes_on) segments_.push_back({kind, {}});
  segments_.back().bytes += bytes;
  size_ += bytes.size();
}

void Outbox::prompt(std::string_view text, MonoTime latest) {
  add(Kind::prompt, text);
  segments_.back().latest = latest;
}

void Outbox::event(std::string_view text, MonoTime now) {
  if (segments_.empty() || segments_.back().kind != Kind::prompt || segments_.back().latest <= now) {
    return add(Kind::text, text);
  }
  Segment waiting = std::move(segments_.back());
  segments_.pop_back();
  size_ -= waiting.bytes.size();
  add(Kind::text, text);
  // What comes in the same moment belongs to it too.
  prompt(waiting.bytes, std::min(waiting.latest, now + kGap));
}

void Outbox::drop_prompts() {
  const std::deque<Segment> all = std::exchange(segments_, {});
  size_ = 0;
  for (const Segment& it : all) {
    if (it.kind == Kind::text) add(it.kind, it.bytes);
  }
}

std::optional<MonoTime> Outbox::due() const {
  if (segments_.empty()) return std::nullopt;
  const Segment& next = segments_.front();
  const bool needs_gap = last_ != Kind::none && last_ != next.kind;
  return needs_gap ? std::max(sent_ + kGap, next.latest) : next.latest;
}

std::optional<std::string> Outbox::take(MonoTime now) {
  const auto when = due();
  if (!when || *when > now) return std::nullopt;
  Segment segment = std::move(segments_.front());
  segments_.pop_front();
  size_ -= segment.bytes.size();
  last_ = segment.kind;
  sent_ = now;
  return std::move(segment.bytes);
}

}  // namespace candela::lip
