#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/ports.h"

namespace candela::servers::http {

/// Who holds a button down. A finger that leaves a keypad always lets go; a browser may crash, so each press belongs to
/// the connection it came over, and ends with it: no lamp ramps for ever.
class HeldButtons {
 public:
  using Holder = std::uint64_t;
  enum class Answer { done, held_already, not_held, busy };

  explicit HeldButtons(EventSink& events) : events_(events) {}

  /// `held_already`: some connection holds it; `busy`: the processor's queue is full.
  Answer press(ButtonId button, Holder holder, Source source);
  /// Anybody may release: a program that answers each request over a new connection could not otherwise.
  Answer release(ButtonId button, Source source);
  /// The holder's connection is gone. Releases what it held; what the full queue does not take waits for retry().
  void let_go(Holder holder);
  void let_go_all();

  /// Tries again what waits. True when nothing waits any more.
  bool retry();
  bool waits() const { return !waiting_.empty(); }

 private:
  bool submit(ButtonId button, ButtonMove move, Source source);

  struct Hold {
    Holder holder = 0;
    Source source;
  };

  EventSink& events_;
  std::map<ButtonId, Hold> held_;
  std::vector<std::pair<ButtonId, Source>> waiting_;
};

}  // namespace candela::servers::http
