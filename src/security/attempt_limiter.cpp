#include "security/attempt_limiter.h"

#include <algorithm>

namespace candela {

bool AttemptLimiter::may_try(const std::string& address, MonoTime now) const {
  const auto found = failures_.find(address);
  return found == failures_.end() || now >= found->second.until;
}

Duration AttemptLimiter::failed(const std::string& address, MonoTime now) {
  std::erase_if(failures_, [&](const auto& it) { return now - it.second.last >= kForgotten; });
  if (failures_.size() >= kAddresses && !failures_.contains(address)) {
    failures_.erase(std::min_element(failures_.begin(), failures_.end(),
                                     [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
  }
  Failures& it = failures_[address];
  it.last = now;
  if (++it.count <= kFree) return {};
  Duration wait = kFirstWait;
  for (int i = kFree + 1; i < it.count && wait < kLongestWait; ++i) wait *= 2;
  wait = std::min(wait, kLongestWait);
  it.until = now + wait;
  return wait;
}

}  // namespace candela
