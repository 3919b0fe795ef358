#include "store/live_state.h"

#include <algorithm>
#include <charconv>

#include "base/overloaded.h"
#include "model/people.h"

namespace candela::store {
namespace {

constexpr std::size_t kAssignmentValues = 11;
constexpr std::int64_t kNoTilt = -1;

/// How many values a row of the kind has; a scene has its assignments instead.
std::size_t value_count(StateKind kind) {
  switch (kind) {
    case StateKind::colour: return 5;
    case StateKind::climate: return 3;
    case StateKind::scene: return 0;
    default: return 1;
  }
}

void append(std::string& text, std::int64_t value) {
  if (!text.empty() && text.back() != ';') text += ' ';
  text += std::to_string(value);
}

/// Reads numbers with blanks between; false unless there are exactly as many as there is room for.
template <std::size_t size>
bool read_numbers(std::string_view text, std::array<std::int64_t, size>& values, std::size_t count) {
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && (at == end || *at++ != ' ')) return false;
    const auto read = std::from_chars(at, end, values[i]);
    if (read.ec != std::errc()) return false;
    at = read.ptr;
  }
  return at == end;
}

std::array<std::int64_t, 5> values_of(const Colour& colour) {
  return {static_cast<std::int64_t>(colour.kind), colour.vibrancy, colour.kelvin, colour.x, colour.y};
}
Colour colour_of(const std::int64_t* values) {
  Colour colour;
  colour.kind = static_cast<Colour::Kind>(values[0]);
  colour.vibrancy = static_cast<std::int8_t>(values[1]);
  colour.kelvin = static_cast<std::uint16_t>(values[2]);
  colour.x = static_cast<std::uint16_t>(values[3]);
  colour.y = static_cast<std::uint16_t>(values[4]);
  return colour;
}

std::string scene_text(const std::vector<Assignment>& assignments) {
  std::string text;
  for (const Assignment& it : assignments) {
    if (!text.empty()) text += ';';
    append(text, it.zone.value);
    append(text, it.level.raw());
    append(text, it.fade.count());
    append(text, it.delay.count());
    append(text, static_cast<std::int64_t>(it.keeps_level));
    append(text, it.tilt ? it.tilt->raw() : kNoTilt);
    for (const std::int64_t value : values_of(it.colour)) append(text, value);
  }
  // Such a scene sets nothing, which is not the same as being as the project says.
  return text.empty() ? ";" : text;
}

Assignment assignment_of(const std::array<std::int64_t, kAssignmentValues>& values) {
  Assignment it;
  it.zone = ZoneId{static_cast<std::uint32_t>(values[0])};
  it.level = Level::from_raw(static_cast<std::uint32_t>(values[1]));
  it.fade = Duration(values[2]);
  it.delay = Duration(values[3]);
  it.keeps_level = values[4] != 0;
  if (values[5] != kNoTilt) it.tilt = Level::from_raw(static_cast<std::uint32_t>(values[5]));
  it.colour = colour_of(&values[6]);
  return it;
}

std::shared_ptr<const std::vector<Assignment>> read_scene(std::string_view text) {
  auto scene = std::make_shared<std::vector<Assignment>>();
  if (text == ";") return scene;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    std::array<std::int64_t, kAssignmentValues> values{};
    if (!read_numbers(part, values, values.size())) return nullptr;
    scene->push_back(assignment_of(values));
  }
  return scene;
}

StateRow row(StateKind kind, std::uint32_t number, std::int64_t value) { return {kind, number, {value}}; }

SavedState::TimeclockEventState& event_in(SavedState& saved, std::uint32_t number) {
  auto& events = saved.timeclock_events;
  const auto found =
      std::find_if(events.begin(), events.end(), [&](const auto& it) { return it.event.value == number; });
  if (found != events.end()) return *found;
  return events.emplace_back(SavedState::TimeclockEventState{TimeclockEventId{number}, {}, {}});
}

void put_house(const StateRow& row, SavedState& saved) {
  const std::int64_t value = row.values[0];
  switch (row.kind) {
    case StateKind::mode: saved.mode = ModeId{static_cast<std::uint32_t>(value)}; break;
    case StateKind::away: saved.away = value != 0; break;
    case StateKind::emergency: saved.emergency = value != 0; break;
    case StateKind::shed: saved.shed_percent = static_cast<std::uint8_t>(value); break;
    case StateKind::alive: saved.last_alive = UtcTime(std::chrono::milliseconds(value)); break;
    default: break;
  }
}

void put(const StateRow& row, SavedState& saved) {
  const auto& values = row.values;
  switch (row.kind) {
    case StateKind::tilt:
      saved.tilts.push_back({ZoneId{row.number}, Level::from_raw(static_cast<std::uint32_t>(values[0]))});
      break;
    case StateKind::colour: saved.colours.push_back({ZoneId{row.number}, colour_of(values.data())}); break;
    case StateKind::climate:
      saved.climates.push_back({ZoneId{row.number}, static_cast<ClimateMode>(values[0]),
                                static_cast<std::int16_t>(values[1]), static_cast<std::int16_t>(values[2])});
      break;
    case StateKind::variable:
      saved.variables.push_back({VariableId{row.number}, static_cast<std::uint8_t>(values[0])});
      break;
    case StateKind::scene: saved.scene_edits.push_back({SceneId{row.number}, *row.scene}); break;
    case StateKind::timeclock: saved.timeclocks.push_back({TimeclockId{row.number}, values[0] != 0}); break;
    case StateKind::event_enabled: event_in(saved, row.number).enabled = values[0] != 0; break;
    case StateKind::event_done: event_in(saved, row.number).done = static_cast<std::int32_t>(values[0]); break;
    case StateKind::occupancy_mode:
      saved.occupancy.push_back({OccupancyGroupId{row.number}, static_cast<OccupancyMode>(values[0])});
      break;
    case StateKind::group_in_use: saved.groups_in_use.push_back({OccupancyGroupId{row.number}, values[0] != 0}); break;
    case StateKind::sensor: saved.sensors.push_back({DeviceId{row.number}, values[0] != 0}); break;
    case StateKind::show: saved.shows.push_back(ShowId{row.number}); break;
    case StateKind::facade: saved.facades.push_back({FacadeId{row.number}, values[0] != 0}); break;
    case StateKind::lit_by_away: saved.lit_by_away.push_back(ZoneId{row.number}); break;
    default: put_house(row, saved);
  }
}

bool set_by_client(const Cause& cause) {
  return cause.step_count > 0 && cause.steps[cause.step_count - 1U].kind == CauseStep::Kind::led_commanded;
}

}  // namespace

bool StateRow::is_needless() const {
  if (kind == StateKind::scene) return !scene;
  return (kind == StateKind::show || kind == StateKind::lit_by_away) && values[0] == 0;
}

bool operator==(const StateRow& a, const StateRow& b) {
  const bool same_scene = a.scene && b.scene ? *a.scene == *b.scene : a.scene == b.scene;
  return a.kind == b.kind && a.number == b.number && a.values == b.values && same_scene;
}

std::string value_text(const StateRow& row) {
  if (row.kind == StateKind::scene) return row.scene ? scene_text(*row.scene) : std::string();
  std::string text;
  for (std::size_t i = 0; i < value_count(row.kind); ++i) append(text, row.values[i]);
  return text;
}

std::optional<StateRow> read_row(std::int64_t kind, std::uint32_t number, std::string_view text) {
  if (kind < 1 || kind > static_cast<std::int64_t>(kStateKinds)) return std::nullopt;
  StateRow row{static_cast<StateKind>(kind), number};
  if (row.kind == StateKind::scene) {
    row.scene = read_scene(text);
    return row.scene ? std::optional(row) : std::nullopt;
  }
  if (!read_numbers(text, row.values, value_count(row.kind))) return std::nullopt;
  return row;
}

bool LiveState::empty() const {
  return zones.empty() && leds.empty() && !project &&
         std::all_of(rows.begin(), rows.end(), [](const auto& kind) { return kind.empty(); });
}

void LiveState::clear() {
  zones.clear();
  leds.clear();
  for (auto& kind : rows) kind.clear();
  project = nullptr;
}

void LiveState::put_all(const LiveState& newer) {
  zones.put_all(newer.zones);
  leds.put_all(newer.leds);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].put_all(newer.rows[i]);
  if (newer.project) project = newer.project;
}

void LiveState::put_back(const LiveState& older) {
  zones.put_back(older.zones);
  leds.put_back(older.leds);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].put_back(older.rows[i]);
  if (!project) project = older.project;
}

SavedState to_saved(const LiveState& live) {
  SavedState saved;
  saved.zones = live.zones.rows();
  saved.leds = live.leds.rows();
  for (const auto& kind : live.rows) {
    for (const StateRow& row : kind.rows()) {
      if (!row.is_needless()) put(row, saved);
    }
  }
  return saved;
}

Remembered::Remembered(const Project& project) : project_(project) {
  const auto add = [&](const auto& objects) {
    for (const auto& object : objects) numbers_.insert(object.number.value);
  };
  add(project.zones);
  add(project.scenes);
  add(project.timeclocks);
  add(project.timeclock_events);
  add(project.occupancy_groups);
  add(project.devices);
  add(project.shows);
  add(project.facades);
  for (const Button& button : project.buttons) numbers_.insert(button.led.value);
  for (const Variable& variable : project.variables) {
    if (variable.kept) numbers_.insert(variable.number.value);
  }
}

bool Remembered::has(StateKind kind, std::uint32_t object) const {
  const Zone* zone = project_.find(ZoneId{object});
  if (zone == nullptr) return has(object);
  switch (kind) {
    case StateKind::tilt: return zone->load == LoadType::tilting_shade;
    case StateKind::colour: return has_colour(zone->load);
    case StateKind::climate: return zone->load == LoadType::climate;
    default: return true;
  }
}

bool is_setting(const Change& change) {
  if (!is_program(change.cause.source)) return false;
  return std::visit(overloaded{
                        [](const VariableChanged&) { return true; },
                        [](const ModeChanged&) { return true; },
                        [](const SceneEdited&) { return true; },
                        [](const TimeclockEnabled&) { return true; },
                        [](const TimeclockEventEnabled&) { return true; },
                        [](const OccupancyModeChanged&) { return true; },
                        [](const SensorEnabled&) { return true; },
                        [](const ShowChanged&) { return true; },
                        [](const FacadeChanged&) { return true; },
                        [](const AwayChanged&) { return true; },
                        [](const ClimateChanged&) { return true; },
                        [](const EmergencyChanged&) { return true; },
                        [](const LoadShed&) { return true; },
                        [](const auto&) { return false; },
                    },
                    change.what);
}

void Observer::note(const Change& change, LiveState& into) {
  if (const auto* zone = std::get_if<ZoneTargeted>(&change.what)) {
    const auto age = std::chrono::floor<std::chrono::milliseconds>(change.at.mono - zone->fade.start);
    into.zones.put(zone->zone.value,
                   {zone->zone, zone->fade.from, zone->fade.to, change.at.utc - age, zone->fade.duration});
    const bool lit_by_away = is_doing_of_away(change.cause) && zone->fade.to.is_on();
    note_row(row(StateKind::lit_by_away, zone->zone.value, static_cast<std::int64_t>(lit_by_away)), into);
  } else if (const auto* led = std::get_if<LedChanged>(&change.what)) {
    if (set_by_client(change.cause)) into.leds.put(led->led.value, {led->led, led->state});
  } else if (const auto* activated = std::get_if<ProjectActivated>(&change.what)) {
    project_ = activated->project;
    into.project = project_;
    last_.clear();  // what is forgotten now must be written if it ever comes back
  } else if (const auto kept = row_of(change)) {
    note_row(*kept, into);
  }
}

void Observer::note_row(const StateRow& row, LiveState& into) {
  const StateRow* last = last_.of(row.kind).find(row.number);
  if (last != nullptr && *last == row) return;
  last_.put(row);
  into.put(row);
}

bool Observer::is_kept(VariableId id) const {
  const Variable* variable = project_ ? project_->find(id) : nullptr;
  return variable != nullptr && variable->kept;
}

std::optional<StateRow> Observer::row_of(const Change& change) const {
  using Kind = StateKind;
  using Row = std::optional<StateRow>;
  return std::visit(
      overloaded{
          [](const ZoneTilted& it) -> Row { return row(Kind::tilt, it.zone.value, it.fade.to.raw()); },
          [](const ZoneColoured& it) -> Row {
            return StateRow{Kind::colour, it.zone.value, values_of(it.to)};
          },
          [](const ClimateChanged& it) -> Row {
            return StateRow{Kind::climate, it.zone.value, {static_cast<std::int64_t>(it.mode), it.heat_to, it.cool_to}};
          },
          [this](const VariableChanged& it) -> Row {
            if (!is_kept(it.variable)) return std::nullopt;
            return row(Kind::variable, it.variable.value, it.state);
          },
          [](const SceneEdited& it) -> Row {
            return StateRow{Kind::scene, it.scene.value, {}, it.assignments};
          },
          [](const TimeclockEnabled& it) -> Row {
            return row(Kind::timeclock, it.timeclock.value, static_cast<std::int64_t>(it.enabled));
          },
          [](const TimeclockEventEnabled& it) -> Row {
            return row(Kind::event_enabled, it.event.value, static_cast<std::int64_t>(it.enabled));
          },
          [](const TimeclockEventPassed& it) -> Row {
            // Who runs an event by hand at noon still wants it in the evening.
            if (it.how == TimeclockEventPassed::How::by_command) return std::nullopt;
            return row(Kind::event_done, it.event.value, it.date);
          },
          [](const OccupancyModeChanged& it) -> Row {
            return row(Kind::occupancy_mode, it.group.value, static_cast<std::int64_t>(it.mode));
          },
          [](const OccupancyChanged& it) -> Row {
            // What is not known any more was last known otherwise, and that is what counts after a restart.
            if (it.state == Occupancy::unknown) return std::nullopt;
            return row(Kind::group_in_use, it.group.value, static_cast<std::int64_t>(is_in_use(it.state)));
          },
          [](const SensorEnabled& it) -> Row {
            return row(Kind::sensor, it.sensor.value, static_cast<std::int64_t>(it.enabled));
          },
          [](const ShowChanged& it) -> Row {
            return row(Kind::show, it.show.value, static_cast<std::int64_t>(it.running));
          },
          [](const FacadeChanged& it) -> Row {
            return row(Kind::facade, it.facade.value, static_cast<std::int64_t>(it.enabled));
          },
          [](const ModeChanged& it) -> Row { return row(Kind::mode, 0, it.mode.value); },
          [](const AwayChanged& it) -> Row { return row(Kind::away, 0, static_cast<std::int64_t>(it.away)); },
          [](const EmergencyChanged& it) -> Row {
            return row(Kind::emergency, 0, static_cast<std::int64_t>(it.emergency));
          },
          [](const LoadShed& it) -> Row { return row(Kind::shed, 0, it.percent); },
          [](const auto&) -> Row { return std::nullopt; },
      },
      change.what);
}

}  // namespace candela::store
