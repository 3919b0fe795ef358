// Any text as a time: it is refused, or means a moment that reads back as the same.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "servers/requests/when.h"

using candela::UtcTime;
using candela::servers::requests::local_text;
using candela::servers::requests::read_when;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const UtcTime now(std::chrono::hours(500'000));
  const auto offset = [](UtcTime) { return std::chrono::seconds(5400); };
  const auto read = read_when(text, now, offset);
  if (!read) return 0;
  const auto again = read_when(local_text(*read, offset), now, offset);
  // Local time may be of the year after the last or before the first one, which is not read.
  if (again && *again != std::chrono::floor<std::chrono::seconds>(*read)) std::abort();
  return 0;
}
