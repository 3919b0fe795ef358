#include "protocols/lip/outbox.h"

#include <utility>

namespace candela::lip {

std::optional<MonoTime> Outbox::due() const {
  if (!text_.empty()) return MonoTime::min();
  if (!prompts_.empty()) return last_ == Kind::text ? sent_ + kGap : MonoTime::min();
  if (!events_.empty()) return last_ == Kind::prompt ? sent_ + kGap : MonoTime::min();
  return std::nullopt;
}

std::optional<std::string> Outbox::take(MonoTime now) {
  const auto when = due();
  if (!when || *when > now) return std::nullopt;
  sent_ = now;
  if (!text_.empty()) {
    last_ = Kind::text;
    return std::exchange(text_, {});
  }
  if (!prompts_.empty()) {
    last_ = Kind::prompt;
    return std::exchange(prompts_, {});
  }
  last_ = Kind::text;
  return std::exchange(events_, {});
}

}  // namespace candela::lip
