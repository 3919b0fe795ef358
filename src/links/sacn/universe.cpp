#include "links/sacn/universe.h"

#include <algorithm>

namespace candela::links {
namespace {

std::uint32_t scaled(Level output, std::uint32_t full) {
  return (output.raw() * full + Level::kFullRaw / 2) / Level::kFullRaw;
}

}  // namespace

std::uint8_t to_8_bit(Level output) { return static_cast<std::uint8_t>(scaled(output, 0xff)); }
std::uint16_t to_16_bit(Level output) { return static_cast<std::uint16_t>(scaled(output, 0xffff)); }

void Universe::bind(const Project& project, GatewayId gateway) {
  bindings_.clear();
  for (const Zone& zone : project.zones) {
    const auto* output = std::get_if<DmxOutput>(&zone.output);
    if (output == nullptr || output->gateway != gateway) continue;
    const std::size_t slot = output->slot - std::size_t{1};
    const std::size_t last = slot + (output->sixteen_bit ? 1 : 0);
    // The reader of projects refuses such slots; here they would be another's memory.
    if (last >= slots_.size()) continue;
    bindings_.push_back({zone.number, zone.trims, slot, output->sixteen_bit, zone.load == LoadType::switched});
  }
  std::sort(bindings_.begin(), bindings_.end(), [](const auto& a, const auto& b) { return a.zone < b.zone; });
}

Level Universe::Binding::output(const Fade& fade, MonoTime now) const {
  if (switched) return fade.to.is_on() ? Level::full() : Level::off();
  return trims.output(fade.at(now));
}

bool Universe::is_bound(ZoneId zone) const {
  const auto place = std::lower_bound(bindings_.begin(), bindings_.end(), zone,
                                      [](const Binding& binding, ZoneId id) { return binding.zone < id; });
  return place != bindings_.end() && place->zone == zone;
}

bool Universe::concerned_by(std::span<const Change> changes) const {
  return std::any_of(changes.begin(), changes.end(), [this](const Change& change) {
    const auto* targeted = std::get_if<ZoneTargeted>(&change.what);
    return targeted != nullptr && is_bound(targeted->zone);
  });
}

Universe::Sample Universe::sample(const View& view, MonoTime now) {
  Sample sample;
  Slots fresh{};
  for (const Binding& binding : bindings_) {
    const Fade& fade = view.zone(binding.zone).fade;
    sample.moving |= binding.moving(fade, now);
    const Level output = binding.output(fade, now);
    if (binding.sixteen_bit) {
      const std::uint16_t value = to_16_bit(output);
      fresh[binding.slot] = static_cast<std::uint8_t>(value >> 8);
      fresh[binding.slot + 1] = static_cast<std::uint8_t>(value);
    } else {
      fresh[binding.slot] = to_8_bit(output);
    }
  }
  sample.changed = fresh != slots_;
  slots_ = fresh;
  return sample;
}

}  // namespace candela::links
