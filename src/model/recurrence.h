#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candela {

/// Recurrence rules of iCalendar (RFC 5545 RRULE, with the RSCALE of RFC 7529), such as
/// "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH". Of the language only what is about whole dates is taken: no rule by hour, minute
/// or second. Dates are days since 1970-01-01.

/// Longer rules are not taken.
inline constexpr std::size_t kLongestRule = 256;

/// From where a rule counts that has no beginning of its own: 1 January 2000.
inline constexpr std::int32_t kRuleEpoch = 10957;

/// What is wrong with the rule, as the end of a sentence that begins with it; nothing when it is good. A rule that
/// never has a date is wrong too. Costs some milliseconds at most, whatever the text.
std::optional<std::string> complaint_about_rule(std::string_view rule);

/// Whether the rule's dates depend on the date it counts from ("every second week", "five times").
/// REQUIRES: there is no complaint about the rule.
bool needs_beginning(std::string_view rule);

/// The rule's dates in from..to (`to` left out), rising, when it counts from `begin`. A rule that there is a complaint
/// about has none. Costs a few microseconds a date.
std::vector<std::int32_t> dates_of_rule(std::string_view rule, std::int32_t begin, std::int32_t from, std::int32_t to);

}  // namespace candela
