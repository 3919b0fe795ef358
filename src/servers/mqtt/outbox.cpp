#include "servers/mqtt/outbox.h"

#include <utility>

namespace candela::servers::mqtt {

void Outbox::touch(Object object, MonoTime now) {
  if (!waiting_.insert(object).second) return;
  const auto last = last_told_.find(object);
  if (last == last_told_.end() || now - last->second >= kApart) {
    ready_.push_back(object);
  } else {
    later_.emplace(last->second + kApart, object);
  }
}

void Outbox::happened(Message message, MonoTime now) {
  if (happenings_.size() == kMostHappenings) {
    happenings_.pop_front();
    ++dropped_;
  }
  happenings_.push_back({std::move(message), now});
}

void Outbox::tell(std::vector<Message> documents) {
  for (Message& document : documents) documents_.push_back(std::move(document));
}

void Outbox::tell_again(std::string_view beginning) {
  std::erase_if(told_, [&](const auto& it) { return it.first.starts_with(beginning); });
}

std::optional<Message> Outbox::next(MonoTime now) {
  if (auto happening = next_happening(now)) return happening;
  if (auto document = next_news(documents_)) return document;
  while (true) {
    if (auto state = next_news(states_)) return state;
    while (!later_.empty() && later_.begin()->first <= now) {
      ready_.push_back(later_.begin()->second);
      later_.erase(later_.begin());
    }
    if (ready_.empty()) return std::nullopt;
    write_due(now);
  }
}

void Outbox::write_due(MonoTime now) {
  const Object object = ready_.front();
  ready_.pop_front();
  waiting_.erase(object);
  last_told_[object] = now;
  written_.clear();
  write_(object, written_);
  for (Message& message : written_) states_.push_back(std::move(message));
}

std::optional<Message> Outbox::next_happening(MonoTime now) {
  while (!happenings_.empty()) {
    Happening first = std::move(happenings_.front());
    happenings_.pop_front();
    if (now - first.at <= kLatest) return std::move(first.message);
    ++dropped_;
  }
  return std::nullopt;
}

/// The first that the broker does not have already.
std::optional<Message> Outbox::next_news(std::deque<Message>& queue) {
  while (!queue.empty()) {
    Message first = std::move(queue.front());
    queue.pop_front();
    if (first.payload.empty()) {
      told_.erase(first.topic);
      return first;
    }
    const std::size_t hash = std::hash<std::string>{}(first.payload);
    const auto [place, is_new] = told_.try_emplace(first.topic, hash);
    if (!is_new && place->second == hash) continue;
    place->second = hash;
    return first;
  }
  return std::nullopt;
}

std::optional<MonoTime> Outbox::next_due() const {
  return later_.empty() ? std::nullopt : std::optional(later_.begin()->first);
}

std::vector<std::string> Outbox::told_topics() const {
  std::vector<std::string> topics;
  topics.reserve(told_.size());
  for (const auto& [topic, hash] : told_) topics.push_back(topic);
  return topics;
}

void Outbox::clear() {
  happenings_.clear();
  documents_.clear();
  states_.clear();
  waiting_.clear();
  ready_.clear();
  later_.clear();
  last_told_.clear();
  told_.clear();
}

}  // namespace candela::servers::mqtt
