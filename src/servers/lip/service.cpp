#include "servers/lip/service.h"

#include <algorithm>

#include "protocols/lip/report.h"
#include "servers/lip/components.h"

namespace candela::lip {
namespace {

bool is_output(const Project& project, std::uint32_t id) {
  const Zone* const zone = project.find(ZoneId{id});
  return zone != nullptr && zone->load != LoadType::climate;
}
bool is_climate(const Project& project, std::uint32_t id) {
  const Zone* const zone = project.find(ZoneId{id});
  return zone != nullptr && zone->load == LoadType::climate;
}
/// Areas that hold other areas are not commanded as one (lip.md §5.3).
bool is_room(const Project& project, std::uint32_t id) {
  const Area* const area = project.find(AreaId{id});
  return area != nullptr && area->children.empty();
}

/// Whether the id is that of an object that the verb is for.
bool exists(const Project& project, const Command& command) {
  const std::uint32_t id = command.id;
  switch (command.verb) {
    case Verb::output: return is_output(project, id);
    case Verb::device: return project.find(DeviceId{id}) != nullptr;
    case Verb::area: return is_room(project, id);
    case Verb::group: return project.find(AreaId{id}) != nullptr;
    case Verb::shade_group: return !shades_of(project, id).empty();
    case Verb::climate: return is_climate(project, id);
    case Verb::timeclock: return project.find(TimeclockId{id}) != nullptr;
    case Verb::variable: return project.find(VariableId{id}) != nullptr;
    case Verb::mode: return id == kHouse;
    default: return true;
  }
}

using Handler = Fault (*)(Call&);

Handler handler_of(Verb verb) {
  switch (verb) {
    case Verb::output: return output;
    case Verb::device: return device;
    case Verb::area: return area;
    case Verb::group: return group;
    case Verb::shade_group: return shade_group;
    case Verb::climate: return climate;
    case Verb::timeclock: return timeclock;
    case Verb::variable: return variable;
    case Verb::mode: return mode;
    case Verb::system: return system;
    case Verb::monitoring: return monitoring;
    case Verb::integration_id: return integration_id;
    case Verb::ethernet: return ethernet;
    case Verb::help: return help;
    case Verb::reset: break;
  }
  return [](Call&) { return Fault::action; };
}

/// Commands that change something, but for what the session itself is told.
bool changes_house(const Command& command) { return !command.is_query() && command.verb != Verb::monitoring; }

}  // namespace

Answer Service::answer(std::string_view line, bool too_long, Caller& caller) {
  Answer answer;
  const Command command = parse(line);
  Fault fault = command.fault;
  if (too_long) {
    fault = Fault::malformed;
  } else if (command.kind == Command::Kind::logout) {
    answer.leaves = true;
  } else if (command.kind == Command::Kind::operation) {
    fault = carry_out(command, caller, answer);
  }
  if (fault != Fault::none) answer.text = error_line(fault);
  if (!caller.monitoring.is_on(Monitor::reply)) answer.text.clear();
  return answer;
}

Fault Service::carry_out(const Command& command, Caller& caller, Answer& answer) {
  if (!context_.view.project() || !exists(*context_.view.project(), command)) return Fault::object;
  const Completed completed = complete(command);
  if (completed.action == nullptr) return completed.fault;
  if (changes_house(command) && caller.account.role == Role::monitor) return Fault::action;
  Call call{context_,    effects_,   reporter_.closed_contacts(), caller, command, completed.values,
            answer.text, answer.told};
  const Fault fault = handler_of(command.verb)(call);
  answer.acts = fault == Fault::none && changes_house(command);
  return fault;
}

std::optional<MonoTime> Service::next_due() const {
  const auto one = effects_.next_due();
  const auto other = reporter_.next_due();
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

void Service::catch_up(std::vector<Report>& reports) {
  const MonoTime now = context_.clock.now().mono;
  for (Event& event : effects_.take_due(now)) {
    // A full queue leaves a flash out; the next one comes.
    static_cast<void>(context_.events.submit(std::move(event)));
  }
  reporter_.catch_up(now, reports);
}

}  // namespace candela::lip
