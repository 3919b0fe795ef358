#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "model/change.h"
#include "model/event.h"

namespace candela::simulation {

std::string_view name_of(const Event& event);

/// How much of each kind happened, so that nobody can think that what never happened was tested.
struct Tally {
  static constexpr std::size_t kEvents = std::variant_size_v<decltype(Event::what)>;
  static constexpr std::size_t kChanges = std::variant_size_v<decltype(Change::what)>;
  static constexpr std::size_t kCauses = static_cast<std::size_t>(CauseStep::Kind::facade_moved) + 1;

  std::array<std::uint64_t, kEvents> events{};
  std::array<std::uint64_t, kChanges> changes{};
  std::array<std::uint64_t, kCauses> causes{};  ///< by their last step
  std::array<std::uint64_t, 5> passed{};        ///< timeclock events, by TimeclockEventPassed::How
  std::uint64_t jumps = 0;
  std::uint64_t restarts = 0;
  std::uint64_t probe_delays = 0;
  std::uint64_t groups_found_as_they_were = 0;

  void note(const Change& change);
  /// The counts, some lines.
  std::string text() const;
  /// What never happened; empty = nothing is missing.
  std::string missing() const;
};

}  // namespace candela::simulation
