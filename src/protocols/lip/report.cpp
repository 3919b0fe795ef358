#include "protocols/lip/report.h"

#include <fmt/format.h>

namespace candela::lip {

std::string error_line(Fault fault) { return fmt::format("~ERROR,{}\r\n", static_cast<int>(fault)); }

std::string line_of(std::string_view verb, std::uint32_t first, std::uint32_t second) {
  return fmt::format("~{},{},{}\r\n", verb, first, second);
}
std::string line_of(std::string_view verb, std::uint32_t first, std::uint32_t second, std::uint32_t third) {
  return fmt::format("~{},{},{},{}\r\n", verb, first, second, third);
}
std::string line_of(std::string_view verb, std::uint32_t first, std::uint32_t second, std::string_view text) {
  return fmt::format("~{},{},{},{}\r\n", verb, first, second, text);
}

std::string output_line(std::uint32_t id, Level level) {
  std::string text;
  append_level(text, level);
  return line_of("OUTPUT", id, 1, text);
}
std::string tilt_line(std::uint32_t id, Level tilt) {
  std::string text;
  append_level(text, tilt);
  return line_of("OUTPUT", id, 9, text);
}
std::string device_line(std::uint32_t id, std::uint32_t component, std::uint32_t action) {
  return line_of("DEVICE", id, component, action);
}
std::string led_line(std::uint32_t id, std::uint32_t component, LedState state) {
  return fmt::format("~DEVICE,{},{},9,{}\r\n", id, component, static_cast<unsigned>(state));
}

}  // namespace candela::lip
