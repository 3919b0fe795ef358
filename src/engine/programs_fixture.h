#pragma once

#include <utility>
#include <vector>

#include "engine/engine_fixture.h"

// For the tests of programs: short words for what they are made of.

namespace candela::engine {

using Programs = EngineTest;

inline Preset to(ZoneId zone, double level) { return {{{zone, percent(level), {}, {}}}, {}}; }
inline Preset doing(std::vector<Action> actions) { return {{}, {}, std::move(actions)}; }

inline Condition is(Condition::Kind kind, std::uint32_t object, std::uint8_t state = 0) {
  Condition condition;
  condition.kind = kind;
  condition.object = object;
  condition.state = state;
  return condition;
}
inline Condition level_of(ZoneId zone, Condition::Comparison comparison, double value) {
  Condition condition = is(Condition::Kind::zone, zone.value);
  condition.comparison = comparison;
  condition.level = percent(value);
  return condition;
}
inline Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

}  // namespace candela::engine
