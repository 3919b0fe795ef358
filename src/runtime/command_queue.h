#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

#include "model/ports.h"

namespace candela::runtime {

/// Carries what clients ask for from the server thread to the core thread, in order, and never makes a client wait.
/// At the bound what is outdated goes first: of each zone, and of each LED, only the newest command stays. Everything
/// else, button actions above all, keeps its order; should there still be no room, the command is refused, and whoever
/// gave it hears so.
class CommandQueue final : public EventSink {
 public:
  /// `wake` is called on the submitting thread when the queue stops being empty.
  CommandQueue(std::size_t bound, std::function<void()> wake) : bound_(bound), wake_(std::move(wake)) {}

  bool submit(Event event) override;
  std::size_t size() const;
  /// Moves everything that waits into `events`, whose old contents go.
  void take(std::vector<Event>& events);

 private:
  const std::size_t bound_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::vector<Event> waiting_;
};

}  // namespace candela::runtime
