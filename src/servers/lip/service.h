#pragma once

#include <string_view>
#include <vector>

#include "servers/lip/call.h"
#include "servers/lip/reporter.h"

namespace candela::lip {

/// What a line of a client leads to.
struct Answer {
  std::string text;          ///< for the asker; lines with their ends
  std::vector<Report> told;  ///< for everybody
  bool acts = false;         ///< the house was asked for something, and will have something to tell
  bool leaves = false;       ///< the client wants to go
};

/// Answers the commands of all sessions, and makes the reports of what happens. No sockets.
class Service {
 public:
  explicit Service(const servers::Context& context) : context_(context), reporter_(context_) {}

  Answer answer(std::string_view line, bool too_long, Caller& caller);
  /// The view already holds the change.
  void on_change(const Change& change, std::vector<Report>& reports) { reporter_.on_change(change, effects_, reports); }

  /// When catch_up() has something to do.
  std::optional<MonoTime> next_due() const;
  /// Goes on with what flashes, and reports where zones have arrived.
  void catch_up(std::vector<Report>& reports);

 private:
  Fault carry_out(const Command& command, Caller& caller, Answer& answer);

  const servers::Context& context_;
  Effects effects_;
  Reporter reporter_;
};

}  // namespace candela::lip
