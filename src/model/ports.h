#pragma once

#include <span>

#include "model/change.h"
#include "model/event.h"

namespace candela {

/// Where events go in. Links and servers hold one; the runtime puts the engine behind it.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// False when the queue is full: the event is not taken, and the asker must hear so.
  [[nodiscard]] virtual bool submit(Event event) = 0;
};

/// Where changes come out. Called on the consumer's own thread, in order, after the consumer's View has them.
class ChangeSink {
 public:
  virtual ~ChangeSink() = default;
  virtual void on_changes(std::span<const Change> changes) = 0;
};

}  // namespace candela
