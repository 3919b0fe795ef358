#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <memory>

#include "model/ports.h"

namespace candela::servers {

/// The buttons that a client holds down. A tap is released by itself; whatever happens to the client, everything is
/// released in the end. Releases that the full queue does not take are tried again until it does.
class PressedButtons {
 public:
  /// Between press and release of a tap (observed, leap.md §3.5.3).
  static constexpr std::chrono::milliseconds kTap{15};

  PressedButtons(boost::asio::any_io_executor executor, EventSink& events, Source source);
  ~PressedButtons();
  PressedButtons(const PressedButtons&) = delete;
  PressedButtons& operator=(const PressedButtons&) = delete;

  /// False when the processor's queue is full; then nothing happens.
  bool press(ButtonId button);
  /// Releasing a button that is not pressed is told to the house all the same: some other client may hold it.
  bool release(ButtonId button);
  bool tap(ButtonId button);

 private:
  class Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace candela::servers
