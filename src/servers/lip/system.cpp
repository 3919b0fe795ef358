#include <fmt/format.h>

#include "protocols/lip/report.h"
#include "servers/lip/call.h"
#include "servers/lip/components.h"
#include "servers/lip/local_time.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kTime = 1;
constexpr std::uint32_t kDate = 2;
constexpr std::uint32_t kPlace = 4;
constexpr std::uint32_t kZone = 5;
constexpr std::uint32_t kSunset = 6;
constexpr std::uint32_t kSunrise = 7;
constexpr std::uint32_t kVersion = 8;

constexpr std::uint32_t kAll = 0;
constexpr std::uint32_t kBySerial = 1;
constexpr std::uint32_t kById = 3;

/// What an integration id stands for, as "KIND,serial"; empty when it stands for nothing.
std::string meaning_of(const Project& project, std::uint32_t id) {
  const auto kind = [](std::string_view word) { return std::string(word) + ",00000000"; };
  if (id == kHouse) return kind("MODE");
  if (const Device* const device = project.find(DeviceId{id})) return fmt::format("DEVICE,{:08X}", device->serial);
  if (const Zone* const zone = project.find(ZoneId{id}))
    return kind(zone->load == LoadType::climate ? "HVAC" : "OUTPUT");
  if (project.find(AreaId{id}) != nullptr) return kind("AREA");
  if (project.find(TimeclockId{id}) != nullptr) return kind("TIMECLOCK");
  if (project.find(VariableId{id}) != nullptr) return kind("SYSVAR");
  if (project.find(FacadeId{id}) != nullptr) return kind("SHADEGRP");
  return {};
}

void tell_meaning(Call& call, std::uint32_t id) {
  const std::string meaning = meaning_of(call.project(), id);
  if (!meaning.empty()) call.out += line_of("INTEGRATIONID", kById, id, meaning);
}

Fault tell_all(Call& call) {
  const Project& project = call.project();
  const auto tell = [&](const auto& objects) {
    for (const auto& object : objects) tell_meaning(call, object.number.value);
  };
  tell_meaning(call, kHouse);
  tell(project.areas);
  tell(project.zones);
  tell(project.devices);
  tell(project.timeclocks);
  tell(project.variables);
  tell(project.facades);
  return Fault::none;
}

}  // namespace

std::pair<std::string, std::string> project_stamp(const servers::Context& context) {
  const UtcTime saved = context.administration.health().project_saved;
  return {date_text(context, saved), time_text(context, saved)};
}

Fault system(Call& call) {
  const UtcTime now = call.context.clock.now().utc;
  const auto say = [&](const std::string& text) {
    call.out += fmt::format("~SYSTEM,{},{}\r\n", call.command.action, text);
    return Fault::none;
  };
  switch (call.command.action) {
    case kTime: return say(time_text(call.context, now));
    case kDate: return say(date_text(call.context, now));
    case kPlace: {
      const Location& place = call.project().location;
      return say(fmt::format("{:.2f},{:.2f}", place.latitude, place.longitude));
    }
    case kZone: return say(zone_text(call.context, now));
    case kSunset:
    case kSunrise: {
      const auto time = sun_text(call.context, call.command.action == kSunrise);
      return time ? say(*time) : Fault::range;
    }
    case kVersion:
      call.out += fmt::format("OS Firmware Revision = {}\r\n", call.context.identity.version);
      return Fault::none;
    default: {
      const auto [date, time] = project_stamp(call.context);
      call.out += fmt::format("~SYSTEM,{},{}\r\n", date, time);
      return Fault::none;
    }
  }
}

Fault monitoring(Call& call) {
  Monitoring& monitoring = call.caller.monitoring;
  const std::uint32_t type = call.values.whole(0);
  if (!call.is_query()) monitoring.set(type, call.values.whole(1) == 1);
  call.out += line_of("MONITORING", type, monitoring.is_on(type) ? 1 : 2);
  return Fault::none;
}

Fault integration_id(Call& call) {
  if (call.command.action == kAll) return tell_all(call);
  if (call.command.action == kById) {
    const std::size_t before = call.out.size();
    tell_meaning(call, call.values.whole(0));
    return call.out.size() == before ? Fault::object : Fault::none;
  }
  const std::uint32_t serial = call.values.whole(0);
  for (const Device& device : call.project().devices) {
    if (device.serial != serial || device.is_virtual() || serial == 0) continue;
    call.out += fmt::format("~INTEGRATIONID,{},{:08X},{}\r\n", kBySerial, serial, device.number.value);
    return Fault::none;
  }
  return Fault::object;
}

Fault ethernet(Call& call) {
  call.out += fmt::format("~ETHERNET,0,{}\r\n", call.caller.local_address);
  return Fault::none;
}

Fault help(Call& call) {
  const std::string text = help(call.command.texts[0], call.command.texts[1]);
  if (text.empty()) return Fault::command;
  call.out += text;
  return Fault::none;
}

}  // namespace candela::lip
