#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace candela {

/// The offsets of one time zone, by the system's own tables. All that knows of the time zone library is in its .cpp, so
/// that std::chrono::time_zone can replace it when the compiler has one.
class TimeZone {
 public:
  using Utc = std::chrono::sys_seconds;
  using Local = std::chrono::local_seconds;

  /// Reads the table: slow, and it allocates; nothing after it does. A zone the system does not know counts as UTC.
  /// Offsets are known from 1970 to 2200; before and after, the first and the last one hold.
  explicit TimeZone(const std::string& name);

  /// What to add to UTC to have local time.
  std::chrono::seconds offset(Utc utc) const { return range_at(utc)->offset; }

  /// The first moment at which the local clock shows that time. When it never does, because clocks went forward over
  /// it: the moment at which they went.
  Utc first(Local local) const;

 private:
  struct Range {
    Utc begin;
    std::chrono::seconds offset;
  };

  std::vector<Range>::const_iterator range_at(Utc utc) const;

  std::vector<Range> ranges_;  ///< in order of time; the first reaches back for ever, the last on for ever
};

}  // namespace candela
