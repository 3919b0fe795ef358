#include <algorithm>
#include <array>

#include "base/json.h"
#include "model/names.h"
#include "servers/house_document.h"
#include "servers/house_words.h"
#include "servers/mqtt/handlers.h"
#include "servers/mqtt/payload.h"

namespace candela::servers::mqtt {
namespace {

constexpr std::string_view kNone = "none";

// ----------------------------------------------------------------------------------------------- areas and scenes

bool write_scene(const Sight& sight, const Area& area, std::string& payload) {
  if (area.scenes.empty()) return false;
  const Scene* const scene = sight.view.project()->find(sight.view.scene(area.number));
  payload = scene == nullptr ? kNone : std::string_view(scene->id);
  return true;
}

/// By its whole id ("hall.evening") or by its id within the area ("evening").
Result<Orders> read_scene(const Sight& sight, const Area& area, std::string_view payload) {
  for (const SceneId id : area.scenes) {
    const Scene* const scene = sight.view.project()->find(id);
    if (scene == nullptr) continue;
    const bool is_short = scene->id.size() == area.id.size() + 1 + payload.size() && scene->id.starts_with(area.id) &&
                          scene->id.ends_with(payload);
    if (is_short || scene->id == payload) return order(ActivateScene{id});
  }
  return Error{"this area has no such scene"};
}

Result<Orders> read_area_level(const Sight& /*sight*/, const Area& area, std::string_view payload) {
  const auto wanted = read_level_order(payload);
  if (!wanted) return wanted.error();
  return order(SetArea{area.number, wanted->level, wanted->fade, wanted->delay});
}

Result<Orders> read_area_move(const Sight& /*sight*/, const Area& area, std::string_view payload) {
  const auto movement = read_movement(payload);
  if (!movement) return movement.error();
  return order(MoveArea{area.number, *movement});
}

template <class Command>
Result<Orders> read_scene_command(const Sight& /*sight*/, const Scene& scene, std::string_view payload) {
  if (payload != "ON") return Error{"it has to be ON"};
  return order(Command{scene.number});
}

// ------------------------------------------------------------------------------------------- what runs and is enabled

template <class Program>
bool write_running(const Sight& sight, const Program& program, std::string& payload) {
  payload = on_or_off(sight.view.is_running(program.number));
  return true;
}

template <class Program>
bool write_enabled(const Sight& sight, const Program& program, std::string& payload) {
  payload = on_or_off(sight.view.is_enabled(program.number));
  return true;
}

Result<Orders> run_sequence(const Sight& /*sight*/, const Sequence& sequence, std::string_view payload) {
  const auto control = read_control(payload);
  if (!control) return control.error();
  return order(ControlSequence{sequence.number, *control});
}

Result<Orders> run_show(const Sight& /*sight*/, const NaturalShow& show, std::string_view payload) {
  const auto control = read_control(payload);
  if (!control) return control.error();
  return order(ControlShow{show.number, *control});
}

Result<Orders> enable_facade(const Sight& /*sight*/, const Facade& facade, std::string_view payload) {
  const auto control = read_control(payload);
  if (!control) return control.error();
  return order(ControlFacade{facade.number, *control});
}

/// A timeclock or one of its events.
template <class Command, class Program>
Result<Orders> enable(const Sight& sight, const Program& program, std::string_view payload) {
  const auto enabled = read_on_or_off(payload, sight.view.is_enabled(program.number));
  if (!enabled) return enabled.error();
  return order(Command{program.number, *enabled});
}

Result<Orders> run_event(const Sight& /*sight*/, const TimeclockEvent& event, std::string_view payload) {
  if (payload != "ON") return Error{"it has to be ON"};
  return order(RunTimeclockEvent{event.number});
}

bool write_wanted(const Sight& sight, const Facade& facade, std::string& payload) {
  const auto wanted = sight.view.wanted(facade.number);
  payload = wanted ? number(wanted->percent()) : std::string(kNone);
  return true;
}

bool write_elsewhere(const Sight& sight, const Facade& facade, std::string& payload) {
  payload = to_text(facade_document(facade, sight.view).at("elsewhere"));
  return true;
}

// ---------------------------------------------------------------------------------------------- variables and people

bool write_variable(const Sight& sight, const Variable& variable, std::string& payload) {
  const std::size_t state = sight.view.variable(variable.number);
  if (state >= variable.states.size()) return false;
  payload = variable.states[state];
  return true;
}

Result<Orders> set_variable(const Sight& /*sight*/, const Variable& variable, std::string_view payload) {
  const auto found = std::find(variable.states.begin(), variable.states.end(), payload);
  if (found == variable.states.end()) return Error{"the variable has no such state"};
  return order(SetVariable{variable.number, static_cast<std::uint8_t>(found - variable.states.begin())});
}

bool write_occupancy(const Sight& sight, const OccupancyGroup& group, std::string& payload) {
  payload = word(sight.view.occupancy(group.number));
  return true;
}

bool write_occupancy_mode(const Sight& sight, const OccupancyGroup& group, std::string& payload) {
  payload = word(sight.view.occupancy_mode(group.number));
  return true;
}

Result<Orders> set_occupancy_mode(const Sight& /*sight*/, const OccupancyGroup& group, std::string_view payload) {
  const auto mode = read_occupancy_mode(payload);
  if (!mode) return mode.error();
  return order(SetOccupancyMode{group.number, *mode});
}

constexpr auto kEnableTimeclock = enable<EnableTimeclock, Timeclock>;
constexpr auto kEnableEvent = enable<EnableTimeclockEvent, TimeclockEvent>;

constexpr std::array<Row, 17> kRows{{
    {Kind::area, "scene", write_for<AreaId, write_scene>, read_for<AreaId, read_scene>},
    {Kind::area, "level", nullptr, read_for<AreaId, read_area_level>},
    {Kind::area, "move", nullptr, read_for<AreaId, read_area_move>},
    {Kind::scene, "recall", nullptr, read_for<SceneId, read_scene_command<ActivateScene>>},
    {Kind::scene, "save", nullptr, read_for<SceneId, read_scene_command<SaveScene>>},
    {Kind::variable, "state", write_for<VariableId, write_variable>, read_for<VariableId, set_variable>},
    {Kind::sequence, "running", write_for<SequenceId, write_running<Sequence>>, read_for<SequenceId, run_sequence>},
    {Kind::show, "running", write_for<ShowId, write_running<NaturalShow>>, read_for<ShowId, run_show>},
    {Kind::timeclock, "enabled", write_for<TimeclockId, write_enabled<Timeclock>>,
     read_for<TimeclockId, kEnableTimeclock>},
    {Kind::timeclock_event, "enabled", write_for<TimeclockEventId, write_enabled<TimeclockEvent>>,
     read_for<TimeclockEventId, kEnableEvent>},
    {Kind::timeclock_event, "event", nullptr, nullptr, true},
    {Kind::timeclock_event, "run", nullptr, read_for<TimeclockEventId, run_event>},
    {Kind::occupancy, "state", write_for<OccupancyGroupId, write_occupancy>},
    {Kind::occupancy, "mode", write_for<OccupancyGroupId, write_occupancy_mode>,
     read_for<OccupancyGroupId, set_occupancy_mode>},
    {Kind::facade, "enabled", write_for<FacadeId, write_enabled<Facade>>, read_for<FacadeId, enable_facade>},
    {Kind::facade, "wanted", write_for<FacadeId, write_wanted>},
    {Kind::facade, "elsewhere", write_for<FacadeId, write_elsewhere>},
}};

}  // namespace

std::span<const Row> program_rows() { return kRows; }

}  // namespace candela::servers::mqtt
