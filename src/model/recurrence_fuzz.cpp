// Any text as a recurrence rule: no crash, no end of time, no date outside of the window.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "model/recurrence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view rule(reinterpret_cast<const char*>(data), size);
  constexpr std::int32_t kFrom = 20454;  // 2026-01-01
  constexpr std::int32_t kDays = 366;
  const bool is_good = !candela::complaint_about_rule(rule);
  const auto dates = candela::dates_of_rule(rule, candela::kRuleEpoch, kFrom, kFrom + kDays);
  if (is_good) candela::needs_beginning(rule);
  if (dates.size() > kDays) std::abort();
  for (const std::int32_t date : dates) {
    if (date < kFrom || date >= kFrom + kDays) std::abort();
  }
  return 0;
}
