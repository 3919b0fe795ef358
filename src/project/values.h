#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/schedule.h"
#include "project/tree.h"

namespace candela::project {

/// How the values of a project file are written. All of these return nothing for text of another form.

/// "3s", "1.5s", "250ms", "1m30s", "2h", or plain seconds; at most 24 hours.
std::optional<Duration> parse_duration(std::string_view text);
/// "22:00", "6:30", "22:00:30", or the sun's event with or without an offset of at most 12 hours: "sunset",
/// "sunset-0:20", "dawn + 1h", "sunrise+1h30m".
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
/// A decimal number; no infinities.
std::optional<double> parse_number(std::string_view text);
/// A whole number, decimal or hexadecimal with 0x.
std::optional<std::int64_t> parse_whole(std::string_view text);
/// a-z, 0-9, - and _, beginning with a letter or a digit, at most 64 characters.
bool is_id(std::string_view text);
/// Four numbers from 0 to 255 with dots between them.
bool is_ipv4(std::string_view text);

/// The value of a plain scalar under a key of a map; nothing when there is none, it is of another form, or outside.
std::optional<double> number_of(const Node& map, std::string_view key);
/// `true` or `false`.
std::optional<bool> flag_of(const Node& map, std::string_view key);
std::optional<std::int64_t> whole_of(const Node& map, std::string_view key, std::int64_t lowest, std::int64_t highest);

/// "; did you mean 'name'?" for a misspelt word, or empty when nothing is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);
/// "a, b or c"
std::string alternatives(std::span<const std::string_view> words);

}  // namespace candela::project
