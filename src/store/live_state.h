#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/change.h"
#include "model/saved_state.h"
#include "store/newest.h"

namespace candela::store {

/// What a row of the table `state` tells. The numbers are in files: none is ever changed or used again.
enum class StateKind : std::uint8_t {
  tilt = 1,
  colour = 2,
  climate = 3,
  variable = 4,
  scene = 5,
  timeclock = 6,
  event_enabled = 7,
  event_done = 8,
  occupancy_mode = 9,
  sensor = 10,
  show = 11,
  lit_by_away = 17,
  facade = 18,
  group_in_use = 19,
  // Of the whole house; their number is 0.
  mode = 12,
  away = 13,
  emergency = 14,
  shed = 15,
  alive = 16,
};
inline constexpr std::size_t kStateKinds = 19;

struct StateRow {
  StateKind kind = StateKind::tilt;
  std::uint32_t number = 0;              ///< of the object
  std::array<std::int64_t, 5> values{};  ///< as many as the kind has, the rest is 0
  std::shared_ptr<const std::vector<Assignment>> scene = nullptr;

  /// It says what holds anyhow (the scene is as in the project, the show is stopped, away did not light it): no row is
  /// needed for that.
  bool is_needless() const;
  friend bool operator==(const StateRow& a, const StateRow& b);
};

/// The row's values as the file has them: whole numbers with blanks between, a scene's assignments with semicolons.
std::string value_text(const StateRow& row);
/// The other way round; nothing for what no Candela up to this one has written.
std::optional<StateRow> read_row(std::int64_t kind, std::uint32_t number, std::string_view text);

/// What is remembered of the running house and may lag a little: of everything the newest.
struct LiveState {
  Newest<SavedState::Zone> zones;
  Newest<SavedState::Led> leds;
  std::array<Newest<StateRow>, kStateKinds> rows;  ///< by kind, from 1
  /// What it does not have is forgotten, or the memory would grow with every object there ever was.
  ProjectPtr project;

  Newest<StateRow>& of(StateKind kind) { return rows[static_cast<std::size_t>(kind) - 1]; }
  const Newest<StateRow>& of(StateKind kind) const { return rows[static_cast<std::size_t>(kind) - 1]; }
  void put(const StateRow& row) { of(row.kind).put(row.number, row); }

  bool empty() const;
  void clear();
  void put_all(const LiveState& newer);
  void put_back(const LiveState& older);
};

SavedState to_saved(const LiveState& live);

/// What is worth keeping while a project holds: the state of what it has. A zone that has become another load has lost
/// the look of the load before for good, as in the engine.
class Remembered {
 public:
  /// The project has to live as long.
  explicit Remembered(const Project& project);

  bool has(std::uint32_t object) const { return numbers_.contains(object); }
  bool has(StateKind kind, std::uint32_t object) const;

 private:
  const Project& project_;
  std::unordered_set<std::uint32_t> numbers_;
};

/// A client has set something that is to stay so (a mode, a variable, an edited scene), not only a light.
bool is_setting(const Change& change);

/// Takes what must be remembered out of the changes.
class Observer {
 public:
  void note(const Change& change, LiveState& into);

 private:
  void note_row(const StateRow& row, LiveState& into);
  bool is_kept(VariableId variable) const;
  std::optional<StateRow> row_of(const Change& change) const;

  ProjectPtr project_;
  /// What was noted last: a state that is told again (a thermostat's with each new temperature) need not be written.
  LiveState last_;
};

}  // namespace candela::store
