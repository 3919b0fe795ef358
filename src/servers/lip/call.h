#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/account.h"
#include "protocols/lip/command.h"
#include "protocols/lip/monitoring.h"
#include "servers/context.h"
#include "servers/lip/effects.h"
#include "servers/pressed_buttons.h"

namespace candela::lip {

/// Something to tell to every session that follows one of its types.
struct Report {
  Monitor type;
  std::string text;  ///< lines with their ends
  Monitor also;      ///< the same as `type` where there is one only

  Report(Monitor its_type, std::string its_text, std::optional<Monitor> its_other = {})
      : type(its_type), text(std::move(its_text)), also(its_other.value_or(its_type)) {}
  bool is_for(const Monitoring& monitoring) const { return monitoring.is_on(type) || monitoring.is_on(also); }
};

/// Who asks: what the server knows of a session.
struct Caller {
  Account account;
  servers::PressedButtons& pressed;
  std::string local_address;  ///< that the client connected to
  Monitoring monitoring;

  Source source() const { return {Source::Kind::client, account.number}; }
};

/// One command on its way through its handler.
struct Call {
  const servers::Context& context;
  Effects& effects;
  const std::vector<ButtonId>& closed_contacts;
  Caller& caller;
  const Command& command;
  const Values& values;
  std::string& out;           ///< the answer, for the asker alone
  std::vector<Report>& told;  ///< for everybody, the asker too

  const View& view() const { return context.view; }
  const Project& project() const { return *context.view.project(); }
  MonoTime now() const { return context.clock.now().mono; }
  bool is_query() const { return command.is_query(); }
  std::uint32_t id() const { return command.id; }
  std::optional<Duration> time(std::size_t field) const {
    return values.has(field) ? std::optional(values.time(field)) : std::nullopt;
  }
  /// Asks the house for it. A full queue is told as Fault::command: "not now" is not in the language.
  Fault submit(decltype(Event::what) what) const {
    return context.events.submit({caller.source(), std::move(what)}) ? Fault::none : Fault::command;
  }
};

// Each carries out the commands of one verb; the object is known to exist.
Fault output(Call& call);
Fault device(Call& call);
Fault area(Call& call);
Fault group(Call& call);
Fault shade_group(Call& call);
Fault climate(Call& call);
Fault timeclock(Call& call);
Fault variable(Call& call);
Fault mode(Call& call);
Fault system(Call& call);
Fault monitoring(Call& call);
Fault integration_id(Call& call);
Fault ethernet(Call& call);
Fault help(Call& call);

// What the handlers and the reports share.

/// 3 occupied, 4 unoccupied, 255 unknown.
std::uint32_t occupancy_code(const View& view, const Area& area);
/// From 1, as clients count the modes of the house; a home without modes has the one.
std::uint32_t mode_index(const View& view);
/// ~HVAC lines of everything that can be asked of a thermostat.
std::string climate_lines(const View& view, ZoneId zone);
Level shade_group_level(const View& view, const std::vector<ZoneId>& shades, MonoTime now);
/// The project's time stamp as "MM/DD/YYYY" and "HH:MM:SS", local time: what tells clients whether to read it anew.
std::pair<std::string, std::string> project_stamp(const servers::Context& context);

}  // namespace candela::lip
