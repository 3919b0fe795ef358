#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "model/change.h"

namespace candela::engine {

/// When and why something is done.
struct Moment {
  Now at;
  Cause cause;

  Moment then(CauseStep::Kind kind, std::uint32_t object = 0) const { return {at, cause.then(kind, object)}; }
};

/// What came of an event, in order. Keeps its memory from one event to the next: old changes lie there until new ones
/// are written over them, since a press may tell of hundreds.
class Changes {
 public:
  void begin() { next_ = changes_.data(); }
  void reserve(std::size_t count) {
    if (changes_.size() < count) resize(count);
  }
  template <class What>
  void add(const Moment& why, What&& what) {
    if (next_ == changes_.data() + changes_.size()) resize(2 * changes_.size() + 1);
    Change& change = *next_++;
    change.at = why.at;
    change.cause = why.cause;
    if (auto* old = std::get_if<What>(&change.what)) {
      std::destroy_at(old);
      std::construct_at(old, std::forward<What>(what));  // only written, of what is plain values
    } else {
      change.what = std::forward<What>(what);
    }
  }
  std::span<const Change> all() const { return {changes_.data(), next_}; }
  /// Those after the first `count`. Not valid any more when one is added.
  std::span<const Change> since(std::size_t count) const { return all().subspan(count); }

 private:
  [[gnu::noinline]] void resize(std::size_t size) {
    const auto count = next_ - changes_.data();
    changes_.resize(size);
    next_ = changes_.data() + count;
  }

  std::vector<Change> changes_;
  Change* next_ = changes_.data();
};

}  // namespace candela::engine
