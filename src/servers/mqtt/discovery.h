#pragma once

#include <string>
#include <vector>

#include "model/project.h"
#include "servers/context.h"
#include "servers/mqtt/settings.h"
#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt {

/// What Home Assistant is told of the home, a retained document for each entity, by its MQTT discovery. Each area and
/// each keypad is a device there; what belongs to the whole house is with the processor. With Settings::read_only there
/// is nothing in it that could be operated.
std::vector<Message> discovery(const Project& project, const Identity& identity, const Settings& settings);

/// All discovery topics of this processor, as a filter and as their beginning.
std::string discovery_filter(const Identity& identity, const Settings& settings);
/// True for a topic that the filter finds.
bool is_discovery_topic(std::string_view topic, const Identity& identity, const Settings& settings);

}  // namespace candela::servers::mqtt
