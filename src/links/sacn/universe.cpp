#include "links/sacn/universe.h"

#include <algorithm>

#include "base/colour_math.h"

namespace candela::links {
namespace {

std::uint32_t scaled(Level output, std::uint32_t full) {
  return (output.raw() * full + Level::kFullRaw / 2) / Level::kFullRaw;
}

std::size_t channel_count(DmxOutput::Channels channels) {
  switch (channels) {
    case DmxOutput::Channels::intensity: return 1;
    case DmxOutput::Channels::warm_cool: return 2;
    case DmxOutput::Channels::rgb: return 3;
    case DmxOutput::Channels::rgbw: return 4;
  }
  return 1;
}

}  // namespace

std::uint8_t to_8_bit(Level output) { return static_cast<std::uint8_t>(scaled(output, 0xff)); }
std::uint16_t to_16_bit(Level output) { return static_cast<std::uint16_t>(scaled(output, 0xffff)); }

void Universe::bind(const Project& project, GatewayId gateway) {
  bindings_.clear();
  for (const Zone& zone : project.zones) {
    bind(zone, zone.output, gateway);
    for (const Output& further : zone.also) bind(zone, further, gateway);
  }
  std::stable_sort(bindings_.begin(), bindings_.end(), [](const auto& a, const auto& b) { return a.zone < b.zone; });
}

void Universe::bind(const Zone& zone, const Output& bound, GatewayId gateway) {
  const auto* output = std::get_if<DmxOutput>(&bound);
  if (output == nullptr || output->gateway != gateway) return;
  const std::size_t slot = output->slot - std::size_t{1};
  const std::size_t width = output->sixteen_bit ? 2 : 1;
  // The reader of projects refuses such slots; here they would be another's memory.
  if (slot >= slots_.size() || slot + width * channel_count(output->channels) > slots_.size()) return;
  bindings_.push_back({zone.number, Tuning(zone), slot, output->sixteen_bit, output->channels, zone.warmest,
                       zone.coolest, std::nullopt});
  if (zone.load == LoadType::warm_dim || has_colour(zone.load)) bindings_.back().coloured = zone;
}

bool Universe::Binding::moving(const View::ZoneState& state, MonoTime now) const {
  if (!tuning.knows_only_off_and_full() && state.fade.moving(now)) return true;
  const bool turns = state.colour_from != state.colour && now < state.colour_start + state.colour_duration;
  return turns && channels != DmxOutput::Channels::intensity;
}

Level Universe::Binding::level(const Fade& fade, MonoTime now) const {
  return tuning.knows_only_off_and_full() ? fade.to : fade.at(now);
}

Colour Universe::Binding::colour(const View::ZoneState& state, MonoTime now) const {
  const Duration done = std::max(now - state.colour_start, Duration::zero());
  const Colour colour = between(state.colour_from, state.colour, done.count(), state.colour_duration.count());
  return coloured ? seen_colour(*coloured, level(state.fade, now), colour) : colour;
}

void Universe::Binding::fill(Slots& slots, const View::ZoneState& state, MonoTime now) const {
  const Level output = tuning.output(level(state.fade, now));
  switch (channels) {
    case DmxOutput::Channels::intensity: return put(slots, std::array{output});
    case DmxOutput::Channels::warm_cool: return put(slots, mix_warm_cool(output, colour(state, now), warmest, coolest));
    case DmxOutput::Channels::rgb: return put(slots, mix_rgb(output, colour(state, now)));
    case DmxOutput::Channels::rgbw: return put(slots, mix_rgbw(output, colour(state, now)));
  }
}

void Universe::Binding::put(Slots& slots, std::span<const Level> values) const {
  std::size_t next = slot;
  for (const Level each : values) {
    if (sixteen_bit) {
      const std::uint16_t value = to_16_bit(each);
      slots[next++] = static_cast<std::uint8_t>(value >> 8);
      slots[next++] = static_cast<std::uint8_t>(value);
    } else {
      slots[next++] = to_8_bit(each);
    }
  }
}

bool Universe::is_bound(ZoneId zone) const {
  const auto place = std::lower_bound(bindings_.begin(), bindings_.end(), zone,
                                      [](const Binding& binding, ZoneId id) { return binding.zone < id; });
  return place != bindings_.end() && place->zone == zone;
}

bool Universe::concerned_by(std::span<const Change> changes) const {
  return std::any_of(changes.begin(), changes.end(), [this](const Change& change) {
    if (const auto* it = std::get_if<ZoneTargeted>(&change.what)) return is_bound(it->zone);
    const auto* coloured = std::get_if<ZoneColoured>(&change.what);
    return coloured != nullptr && is_bound(coloured->zone);
  });
}

Universe::Sample Universe::sample(const View& view, MonoTime now) {
  Sample sample;
  Slots fresh{};
  for (const Binding& binding : bindings_) {
    const View::ZoneState& zone = view.zone(binding.zone);
    sample.moving |= binding.moving(zone, now);
    binding.fill(fresh, zone, now);
  }
  sample.changed = fresh != slots_;
  slots_ = fresh;
  return sample;
}

}  // namespace candela::links
