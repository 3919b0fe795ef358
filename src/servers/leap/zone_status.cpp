#include <array>
#include <charconv>

#include "base/colour_math.h"
#include "model/tuning.h"
#include "servers/leap/status_text.h"
#include "servers/leap/statuses.h"

namespace candela::leap {
namespace {

constexpr double kXyScale = 10'000;

/// "key":0.4571, with as many places as a colour has.
void append_fraction(std::string& out, std::string_view key, std::uint16_t ten_thousandths) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), ten_thousandths / kXyScale).ptr;
  detail::append_key(out, key);
  out.append(digits.data(), end);
  out += ',';
}

void append_point(std::string& out, const Colour& colour) {
  const Colour point = as_xy(colour);
  out += R"("XYTuningLevel":{)";
  append_fraction(out, "X", point.x);
  append_fraction(out, "Y", point.y);
  close_object(out);
  const HueSaturation shown = to_hue_saturation(colour);
  out += R"(,"HSVTuningLevel":{)";
  append_member(out, "Hue", std::lround(shown.hue));
  append_member(out, "Saturation", std::lround(shown.saturation));
  close_object(out);
  out += ',';
}

/// Either a white or a point, never both: clients take the first they find. An empty CurveDimming says that warm
/// dimming is off; without it some clients would keep it on (leap.md §4.1).
void append_colour(std::string& out, const Zone& zone, const Look& look) {
  const bool warm_dims = zone.load == LoadType::warm_dim || look.colour.kind == Colour::Kind::warm_dim;
  if (!warm_dims && !look.colour) return;
  if (zone.load == LoadType::spectrum) {
    append_member(out, "Vibrancy", look.colour.vibrancy == Colour::kAutomatic ? 0 : look.colour.vibrancy);
  }
  out += R"("ColorTuningStatus":{)";
  if (warm_dims) {
    if (zone.load == LoadType::spectrum) append_point(out, seen_colour(zone, look.level, look.colour));
    out += R"("CurveDimming":{"Curve":{"href":"/curve/1"}}},)";
    return;
  }
  if (look.colour.kind == Colour::Kind::white) {
    out += R"("WhiteTuningLevel":{"Kelvin":)";
    append_number(out, look.colour.kelvin);
    out += "},";
  } else {
    append_point(out, look.colour);
  }
  out += R"("CurveDimming":{}},)";
}

}  // namespace

bool is_ramping(const View& view, ZoneId zone, MonoTime now) {
  const View::ZoneState& state = view.zone(zone);
  if (state.cause.step_count == 0 || !state.fade.moving(now)) return false;
  switch (state.cause.steps[state.cause.step_count - 1].kind) {
    case CauseStep::Kind::raise_started:
    case CauseStep::Kind::lower_started:
    case CauseStep::Kind::zone_raised:
    case CauseStep::Kind::zone_lowered: return true;
    default: return false;
  }
}

Level shown_level(const View& view, ZoneId zone, MonoTime now) {
  const Fade& fade = view.zone(zone).fade;
  return is_ramping(view, zone, now) ? fade.at(now) : fade.to;
}

bool is_confirmed(const View& view, const Zone& zone) {
  const auto* const output = std::get_if<DeviceOutput>(&zone.output);
  if (output == nullptr) return true;
  const View::DeviceState& device = view.device(output->device);
  return device.present || !device.known;
}

bool is_light(const Zone& zone) { return is_dimmed(zone.load) || zone.load == LoadType::switched; }

Look look_of(const View& view, const Zone& zone, MonoTime now) {
  const View::ZoneState& state = view.zone(zone.number);
  return {shown_level(view, zone.number, now), state.tilt.to, state.colour};
}

std::string_view fan_speed(Level level) {
  const int percent = level.whole_percent();
  constexpr int kSteps = 4;
  constexpr std::array<std::string_view, kSteps + 1> kSpeeds{"Off", "Low", "Medium", "MediumHigh", "High"};
  return kSpeeds[static_cast<std::size_t>((percent * kSteps + 99) / 100)];
}

void append_zone_status(std::string& out, const View& view, const Zone& zone, const Look& look, Use use) {
  const bool on = look.level.is_on();
  open_status(out, "zone", zone.number.value);
  switch (zone.load) {
    case LoadType::switched:
      out += on ? R"("Level":100,"SwitchedLevel":"On",)" : R"("Level":0,"SwitchedLevel":"Off",)";
      break;
    case LoadType::contact:
    case LoadType::pulsed_contact:
      out += on ? R"("Level":100,"CCOLevel":"Closed",)" : R"("Level":0,"CCOLevel":"Open",)";
      break;
    case LoadType::climate: break;
    default: append_member(out, "Level", look.level.whole_percent());
  }
  // Clients forget speed and tilt that are not repeated in every push (leap.md §6 Q3).
  if (zone.load == LoadType::fan) append_member(out, "FanSpeed", fan_speed(look.level));
  if (zone.load == LoadType::tilting_shade) append_member(out, "Tilt", look.tilt.whole_percent());
  append_colour(out, zone, look);
  append_href(out, "Zone", "zone", zone.number.value);
  out += ',';
  const bool confirmed = is_confirmed(view, zone);
  append_member(out, "StatusAccuracy", confirmed ? "Good" : "Bad");
  if (use == Use::snapshot) append_member(out, "ZoneLockState", "Unlocked");
  if (use == Use::command) append_member(out, "Availability", confirmed ? "Available" : "Unavailable");
  close_object(out);
}

}  // namespace candela::leap
