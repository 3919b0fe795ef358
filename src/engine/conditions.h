#pragma once

#include <optional>

#include "model/condition.h"
#include "model/project.h"

namespace candela::engine {

class House;

/// Whether a condition looks at where a zone is now or where it is going.
enum class LevelsOf : std::uint8_t { now, targets };

/// Whether it holds at this moment. What names an object the project does not have does not hold.
bool holds(const Condition& condition, const House& house, Now now, LevelsOf levels);

/// Calls `visit` with every leaf of the condition.
template <class Visit>
void for_each_leaf(const Condition& condition, const Visit& visit) {
  if (condition.parts.empty()) visit(condition);
  for (const Condition& part : condition.parts) for_each_leaf(part, visit);
}

/// Whether time alone can make it true or false.
bool depends_on_time(const Condition& condition);
/// When time alone may next make it true or false, a year ahead at most; nothing when it does not depend on time.
std::optional<UtcTime> next_turn(const Condition& condition, const House& house, UtcTime now);

}  // namespace candela::engine
