#include <algorithm>

#include "protocols/lip/report.h"
#include "servers/lip/call.h"
#include "servers/lip/components.h"
#include "servers/lip/local_time.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kMode = 1;
constexpr std::uint32_t kSunrise = 2;
constexpr std::uint32_t kSunset = 3;
constexpr std::uint32_t kRun = 5;

const TimeclockEvent* event_of(const Call& call, std::uint32_t index) {
  for (const TimeclockEvent& event : call.project().timeclock_events) {
    if (event.timeclock.value == call.id() && --index == 0) return &event;
  }
  return nullptr;
}

Fault set_mode(Call& call) {
  const auto& modes = call.project().modes;
  const std::uint32_t index = call.values.whole(0);
  if (modes.empty() && index == 1) return Fault::none;
  if (index > modes.size()) return Fault::range;
  return call.submit(SetMode{modes[index - 1].number});
}

}  // namespace

std::uint32_t mode_index(const View& view) {
  const auto& modes = view.project()->modes;
  const auto found =
      std::find_if(modes.begin(), modes.end(), [&](const Mode& it) { return it.number == view.house().mode; });
  return found == modes.end() ? 1 : static_cast<std::uint32_t>(found - modes.begin()) + 1;
}

Fault timeclock(Call& call) {
  const std::uint32_t action = call.command.action;
  if (action == kMode && !call.is_query()) return set_mode(call);
  if (action == kMode) {
    call.out += line_of("TIMECLOCK", call.id(), kMode, mode_index(call.view()));
    return Fault::none;
  }
  if (action == kSunrise || action == kSunset) {
    const auto time = sun_text(call.context, action == kSunrise);
    if (!time) return Fault::range;
    call.out += line_of("TIMECLOCK", call.id(), action, std::string_view(*time).substr(0, 5));
    return Fault::none;
  }
  const TimeclockEvent* const event = event_of(call, call.values.whole(0));
  if (event == nullptr) return Fault::range;
  if (action == kRun) return call.submit(RunTimeclockEvent{event->number});
  return call.submit(EnableTimeclockEvent{event->number, call.values.whole(1) == 1});
}

Fault variable(Call& call) {
  const Variable& variable = *call.project().find(VariableId{call.id()});
  if (call.is_query()) {
    call.out += line_of("SYSVAR", call.id(), 1, call.view().variable(variable.number) + 1U);
    return Fault::none;
  }
  const std::uint32_t state = call.values.whole(0);
  if (state > variable.states.size()) return Fault::range;
  return call.submit(SetVariable{variable.number, static_cast<std::uint8_t>(state - 1)});
}

Fault mode(Call& call) {
  if (!call.is_query()) return set_mode(call);
  call.out += line_of("MODE", call.id(), 1, mode_index(call.view()));
  return Fault::none;
}

}  // namespace candela::lip
