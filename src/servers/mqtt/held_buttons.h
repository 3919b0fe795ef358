#pragma once

#include <map>
#include <optional>

#include "servers/context.h"
#include "servers/mqtt/topic_table.h"
#include "servers/pressed_buttons.h"

namespace candela::servers::mqtt {

/// The buttons that are held down by way of the broker. Nobody can tell when the program that pressed one has died, so
/// each is let go after a while, and all of them when the broker is lost.
class HeldButtons {
 public:
  static constexpr Duration kLongest = std::chrono::seconds(10);

  explicit HeldButtons(const Context& context) : context_(context) {}

  /// False when the processor has too much to do; then nothing happens.
  bool move(const Press& press);
  void release_all();
  /// Lets go of those whose time is over.
  void catch_up();
  std::optional<MonoTime> next_due() const;

 private:
  PressedButtons& pressed();

  const Context& context_;
  std::optional<PressedButtons> pressed_;
  std::map<ButtonId, MonoTime> until_;
};

}  // namespace candela::servers::mqtt
