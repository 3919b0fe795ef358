#pragma once

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

/// What came of an event, in order. Keeps its memory from one event to the next.
class Changes {
 public:
  void begin() { changes_.clear(); }
  void reserve(std::size_t count) { changes_.reserve(count); }
  template <class What>
  void add(const Moment& why, What what) {
    Change& change = changes_.emplace_back();  // in place: a press may tell of hundreds
    change.at = why.at;
    change.cause = why.cause;
    change.what.template emplace<What>(std::move(what));
  }
  const std::vector<Change>& all() const { return changes_; }
  /// Those after the first `count`. Not valid any more when one is added.
  std::span<const Change> since(std::size_t count) const { return std::span(changes_).subspan(count); }

 private:
  std::vector<Change> changes_;
};

}  // namespace candela::engine
