#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace candela::project {

/// How days are written in a project file. All of these return nothing for text of another form.

/// "2026-12-24", a day that there is; years 2000 to 2199.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
/// "12-24"; "02-29" is a day of leap years.
std::optional<std::chrono::month_day> parse_day_of_year(std::string_view text);
/// "mon", or from one to another, over Sunday when need be: "mon-fri", "fri-mon". The mask of Schedule::weekdays.
std::optional<std::uint8_t> parse_weekdays(std::string_view text);

}  // namespace candela::project
