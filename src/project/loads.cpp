#include "project/loads.h"

#include <algorithm>
#include <array>
#include <utility>

#include "project/values.h"

namespace candela::project {
namespace {

constexpr std::array<std::pair<std::string_view, LoadType>, 11> kLoads{{{"dimmed", LoadType::dimmed},
                                                                        {"switched", LoadType::switched},
                                                                        {"fan", LoadType::fan},
                                                                        {"shade", LoadType::shade},
                                                                        {"tilting_shade", LoadType::tilting_shade},
                                                                        {"contact", LoadType::contact},
                                                                        {"pulsed_contact", LoadType::pulsed_contact},
                                                                        {"white_tuning", LoadType::white_tuning},
                                                                        {"spectrum", LoadType::spectrum},
                                                                        {"warm_dim", LoadType::warm_dim},
                                                                        {"climate", LoadType::climate}}};

constexpr std::array<std::pair<std::string_view, Channels>, 4> kChannels{{{"intensity", Channels::intensity},
                                                                          {"warm_cool", Channels::warm_cool},
                                                                          {"rgb", Channels::rgb},
                                                                          {"rgbw", Channels::rgbw}}};

template <class Rows>
auto value_of(const Rows& rows, std::string_view word) {
  using Value = decltype(rows.front().second);
  const auto* const row = std::find_if(rows.begin(), rows.end(), [&](const auto& it) { return it.first == word; });
  return row == rows.end() ? std::optional<Value>() : std::optional<Value>(row->second);
}
template <class Rows, class Value>
std::string_view word_of(const Rows& rows, Value value) {
  const auto* const row = std::find_if(rows.begin(), rows.end(), [&](const auto& it) { return it.second == value; });
  return row == rows.end() ? std::string_view() : row->first;
}

}  // namespace

std::optional<LoadType> load_named(std::string_view word) { return value_of(kLoads, word); }
std::string_view word_for(LoadType load) { return word_of(kLoads, load); }
std::string words_for(const std::vector<LoadType>& loads) {
  std::vector<std::string_view> words;
  for (const LoadType load : loads) words.push_back(word_for(load));
  return alternatives(words);
}

std::optional<Channels> channels_named(std::string_view word) { return value_of(kChannels, word); }
std::string_view word_for(Channels channels) { return word_of(kChannels, channels); }

std::size_t channel_count(Channels channels) {
  switch (channels) {
    case Channels::intensity: return 1;
    case Channels::warm_cool: return 2;
    case Channels::rgb: return 3;
    case Channels::rgbw: return 4;
  }
  return 1;
}

Channels usual_channels(LoadType load) {
  if (load == LoadType::spectrum) return Channels::rgb;
  if (load == LoadType::white_tuning || load == LoadType::warm_dim) return Channels::warm_cool;
  return Channels::intensity;
}

bool can_show(Channels channels, LoadType load) {
  const bool is_colourful = channels == Channels::rgb || channels == Channels::rgbw;
  switch (load) {
    case LoadType::dimmed:
    case LoadType::switched: return channels == Channels::intensity;
    case LoadType::white_tuning:
    case LoadType::warm_dim: return channels == Channels::warm_cool || is_colourful;
    case LoadType::spectrum: return is_colourful;
    default: return false;
  }
}

std::size_t slot_count(const DmxOutput& output) {
  return channel_count(output.channels) * (output.sixteen_bit ? 2 : 1);
}

}  // namespace candela::project
