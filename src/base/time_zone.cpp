#include "base/time_zone.h"

#include <date/tz.h>

#include <algorithm>
#include <exception>
#include <fstream>

// ptz.h is of C++17: it says hh_mm_ss where both date's and, since C++20, the standard's are in scope. So the
// word is given a meaning of its own while that header is read.
namespace date {
template <class Span>
using hh_mm_ss_of_date = hh_mm_ss<Span>;
}
#define hh_mm_ss hh_mm_ss_of_date  // NOLINT(readability-identifier-naming): the name is the library's
#include <date/ptz.h>
#undef hh_mm_ss

namespace candela {
namespace {

using std::chrono::January;
using std::chrono::sys_days;
using std::chrono::year;

constexpr TimeZone::Utc kFirst = sys_days{year{1970} / January / 1};
/// The tables end in 2037 (the last year of 32 bits); what holds after that is their last line, a POSIX rule, which
/// date-tz 3.0.1 does not read.
constexpr TimeZone::Utc kEndOfTables = sys_days{year{2037} / January / 1};
constexpr TimeZone::Utc kLast = sys_days{year{2200} / January / 1};
/// No clock differs more from UTC than that.
constexpr std::chrono::hours kLargestOffset{26};

/// The rule that a zone's table ends with; empty when it has none.
std::string rule_of(const std::string& name) {
  std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
  std::string line;
  std::string last;
  while (std::getline(file, line)) last = line;
  return last;
}

/// Calls add(begin, offset) for each change of the zone's offset from `from` to `to`.
template <class Zone, class Add>
void walk(const Zone& zone, TimeZone::Utc from, TimeZone::Utc to, Add add) {
  TimeZone::Utc at = from;
  while (at < to) {
    const date::sys_info info = zone.get_info(at);
    add(at, info.offset);
    if (info.end <= at) return;
    at = info.end;
  }
}

}  // namespace

TimeZone::TimeZone(const std::string& name) {
  const auto add = [this](Utc begin, std::chrono::seconds offset) {
    if (ranges_.empty() || ranges_.back().offset != offset) ranges_.push_back({begin, offset});
  };
  try {
    const date::time_zone* zone = date::locate_zone(name);
    const std::string rule = rule_of(name);
    walk(*zone, kFirst, rule.empty() ? kLast : kEndOfTables, add);
    if (!rule.empty()) walk(Posix::time_zone(rule), kEndOfTables, kLast, add);
  } catch (const std::exception&) {
    // An unknown name, or a rule that the library cannot read: what is known so far holds.
  }
  if (ranges_.empty()) ranges_.push_back({kFirst, std::chrono::seconds::zero()});
}

std::vector<TimeZone::Range>::const_iterator TimeZone::range_at(Utc utc) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), utc,
                                      [](Utc moment, const Range& range) { return moment < range.begin; });
  return after == ranges_.begin() ? after : after - 1;
}

TimeZone::Utc TimeZone::first(Local local) const {
  const Utc as_utc{local.time_since_epoch()};
  auto range = range_at(as_utc - kLargestOffset);
  for (;; ++range) {
    const auto next = range + 1;
    const Utc utc = as_utc - range->offset;
    if (next == ranges_.end() || utc < next->begin) return std::max(utc, range == ranges_.begin() ? utc : range->begin);
  }
}

}  // namespace candela
