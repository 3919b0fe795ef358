#include <array>

#include "servers/mqtt/handlers.h"
#include "servers/mqtt/payload.h"

namespace candela::servers::mqtt {
namespace {

bool write_mode(const Sight& sight, std::uint32_t /*object*/, std::string& payload) {
  const Mode* const mode = sight.view.project()->find(sight.view.house().mode);
  if (mode == nullptr) return false;
  payload = mode->id;
  return true;
}

Result<Orders> read_mode(const Sight& sight, std::uint32_t /*object*/, std::string_view payload) {
  const Mode* const mode = sight.view.project()->find_mode(payload);
  if (mode == nullptr) return Error{"this home has no such mode"};
  return order(SetMode{mode->number});
}

bool write_night(const Sight& sight, std::uint32_t /*object*/, std::string& payload) {
  if (!sight.view.project()->day_night) return false;
  payload = on_or_off(sight.view.house().night);
  return true;
}

template <bool View::HouseState::*member>
bool write_flag(const Sight& sight, std::uint32_t /*object*/, std::string& payload) {
  payload = on_or_off(sight.view.house().*member);
  return true;
}

template <bool View::HouseState::*member, class Command>
Result<Orders> read_flag(const Sight& sight, std::uint32_t /*object*/, std::string_view payload) {
  const auto on = read_on_or_off(payload, sight.view.house().*member);
  if (!on) return on.error();
  return order(Command{*on});
}

bool write_shed(const Sight& sight, std::uint32_t /*object*/, std::string& payload) {
  payload = std::to_string(sight.view.house().shed_percent);
  return true;
}

Result<Orders> read_shed(const Sight& /*sight*/, std::uint32_t /*object*/, std::string_view payload) {
  const auto share = read_level(payload);
  if (!share) return share.error();
  return order(ShedLoad{static_cast<std::uint8_t>(share->whole_percent())});
}

using House = View::HouseState;

constexpr std::array<Row, 6> kRows{{
    {Kind::house, "mode", write_mode, read_mode},
    {Kind::house, "night", write_night},
    {Kind::house, "away", write_flag<&House::away>, read_flag<&House::away, SetAway>},
    {Kind::house, "emergency", write_flag<&House::emergency>, read_flag<&House::emergency, SetEmergency>},
    {Kind::house, "shed_percent", write_shed, read_shed},
    {Kind::house, "clock_trusted", write_flag<&House::clock_trusted>},
}};

}  // namespace

std::span<const Row> house_rows() { return kRows; }

}  // namespace candela::servers::mqtt
