#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/project.h"

namespace candela::project {

/// The load of this name in project files and the catalogue, such as "white_tuning".
std::optional<LoadType> load_named(std::string_view word);
std::string_view word_for(LoadType load);
/// "dimmed or switched"
std::string words_for(const std::vector<LoadType>& loads);

using Channels = DmxOutput::Channels;
std::optional<Channels> channels_named(std::string_view word);
std::string_view word_for(Channels channels);
/// How many values of 8 or 16 bits each.
std::size_t channel_count(Channels channels);
/// What a load of this kind has when nothing is written.
Channels usual_channels(LoadType load);
bool can_show(Channels channels, LoadType load);
/// DMX slots from the first one on.
std::size_t slot_count(const DmxOutput& output);

}  // namespace candela::project
