#pragma once

#include <vector>

#include "dice.h"
#include "model/project.h"

namespace candela::simulation {

/// Zones and an event that no program knows of, so that a test can say exactly what they have to do.
struct Probes {
  AreaId area;
  std::vector<ZoneId> zones;
  TimeclockEventId event;  ///< every day at noon, in every mode
};

/// A home with some of everything, and later versions of it: what a transfer brings.
struct RandomHouse {
  std::vector<ProjectPtr> versions;
  Probes probes;
};

RandomHouse random_house(Dice& dice);

}  // namespace candela::simulation
