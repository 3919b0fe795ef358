#include "servers/house_words.h"

#include <array>
#include <string>

namespace candela::servers {
namespace {

template <class State>
struct Word {
  State state;
  std::string_view text;
};

constexpr std::array<Word<Occupancy>, 4> kOccupancies{{{Occupancy::unknown, "unknown"},
                                                       {Occupancy::occupied, "occupied"},
                                                       {Occupancy::unoccupied, "unoccupied"},
                                                       {Occupancy::partial, "partial"}}};
constexpr std::array<Word<OccupancyMode>, 4> kOccupancyModes{
    {{OccupancyMode::automatic, "automatic"},
     {OccupancyMode::vacancy, "vacancy"},
     {OccupancyMode::automatic_low_light, "automatic_low_light"},
     {OccupancyMode::disabled, "disabled"}}};
constexpr std::array<Word<ClimateMode>, 4> kClimateModes{{{ClimateMode::off, "off"},
                                                          {ClimateMode::heat, "heat"},
                                                          {ClimateMode::cool, "cool"},
                                                          {ClimateMode::automatic, "automatic"}}};
constexpr std::array<Word<LoadType>, 11> kLoads{{{LoadType::dimmed, "dimmed"},
                                                 {LoadType::switched, "switched"},
                                                 {LoadType::fan, "fan"},
                                                 {LoadType::shade, "shade"},
                                                 {LoadType::tilting_shade, "tilting_shade"},
                                                 {LoadType::contact, "contact"},
                                                 {LoadType::pulsed_contact, "pulsed_contact"},
                                                 {LoadType::white_tuning, "white_tuning"},
                                                 {LoadType::spectrum, "spectrum"},
                                                 {LoadType::warm_dim, "warm_dim"},
                                                 {LoadType::climate, "climate"}}};
using How = TimeclockEventPassed::How;
constexpr std::array<Word<How>, 5> kHows{{{How::ran, "ran"},
                                          {How::ran_late, "ran_late"},
                                          {How::by_command, "by_command"},
                                          {How::missed, "missed"},
                                          {How::no_sun, "no_sun"}}};

template <class State, std::size_t count>
std::string_view find(const std::array<Word<State>, count>& words, State state) {
  for (const Word<State>& it : words) {
    if (it.state == state) return it.text;
  }
  return "";
}

template <class State, std::size_t count>
Result<State> read(const std::array<Word<State>, count>& words, std::string_view text) {
  std::string all;
  for (const Word<State>& it : words) {
    if (it.text == text) return it.state;
    all.append(all.empty() ? "" : ", ").append(it.text);
  }
  return Error{"there is no mode \"" + std::string(text) + "\"; it is one of " + all};
}

}  // namespace

std::string_view word(Occupancy state) { return find(kOccupancies, state); }
std::string_view word(OccupancyMode mode) { return find(kOccupancyModes, mode); }
std::string_view word(ClimateMode mode) { return find(kClimateModes, mode); }
std::string_view word(LoadType load) { return find(kLoads, load); }
std::string_view word(How how) { return find(kHows, how); }

Result<OccupancyMode> read_occupancy_mode(std::string_view text) { return read(kOccupancyModes, text); }
Result<ClimateMode> read_climate_mode(std::string_view text) { return read(kClimateModes, text); }

}  // namespace candela::servers
