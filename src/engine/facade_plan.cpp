#include "engine/facade_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace candela::engine {
namespace {

/// Shades may move at every step.
constexpr std::chrono::minutes kStep{10};
/// Near its rise, and along the wall, the sun comes and goes within a step.
constexpr std::chrono::minutes kLook{1};
/// The longest local day there is has 25 hours; whatever the clock does, a plan has its bound.
constexpr std::size_t kMostSteps = 26 * 6;

constexpr int kFullPercent = 100;
/// A move shall win at least this: in percent times steps, a tenth of the window for an hour.
constexpr int kWorthAMove = 60;
/// More than a whole day of closed shades costs: the sun too deep in one step weighs more than any view.
constexpr int kTooDeep = 100'000;

UtcTime midnight(const Almanac& almanac, std::int32_t date) {
  return almanac.moment(date, TimeOfDay{}).value_or(UtcTime{});
}

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

int percent_of(Level level) { return level.whole_percent(); }

/// How far shades may be open during each step of the day, and which moves make the most of that.
class Choice {
 public:
  /// `limits` go on behind the `steps` of the day, since its last move holds until the next day's first may come.
  Choice(std::vector<int> limits, std::size_t steps, std::size_t apart, std::size_t most_moves)
      : limits_(std::move(limits)), steps_(steps), apart_(apart), most_moves_(most_moves), sums_(steps + 1) {
    for (std::size_t i = 0; i < steps_; ++i) sums_[i + 1] = sums_[i] + limits_[i];
    tail_ = *std::min_element(limits_.begin() + static_cast<std::ptrdiff_t>(steps_), limits_.end());
    weigh_all();
  }

  struct Move {
    std::size_t step = 0;
    int percent = 0;
  };
  std::vector<Move> moves(int before, std::size_t earliest) const {
    std::vector<Move> chosen;
    std::size_t step = first_move(before, earliest);
    for (std::size_t left = most_moves_; step < steps_ && left > 0; --left) {
      const Way& way = at(left - 1, step);
      chosen.push_back({step, way.percent});
      step = way.next;
    }
    return chosen;
  }

 private:
  /// The best that can be done from a move on.
  struct Way {
    int cost = std::numeric_limits<int>::max();
    int percent = 0;       ///< of this move
    std::size_t next = 0;  ///< the step of the next move; steps_ = none
  };

  Way& at(std::size_t further_moves, std::size_t step) { return ways_[further_moves * steps_ + step]; }
  const Way& at(std::size_t further_moves, std::size_t step) const { return ways_[further_moves * steps_ + step]; }

  void weigh_all() {
    ways_.resize(most_moves_ * steps_);
    for (std::size_t further = 0; further < most_moves_; ++further) {
      for (std::size_t step = 0; step < steps_; ++step) at(further, step) = weigh(further, step);
    }
  }

  /// The level of a move is the lowest limit until the next; what is lost is all that the limits allow above it.
  Way weigh(std::size_t further, std::size_t step) const {
    Way best;
    int low = kFullPercent;
    for (std::size_t next = step + 1; next <= steps_; ++next) {
      const bool is_last = next == steps_;
      low = std::min(low, limits_[next - 1]);
      if (is_last) low = std::min(low, tail_);
      if (!is_last && (further == 0 || next - step < apart_)) continue;
      const int lost = sums_[next] - sums_[step] - low * static_cast<int>(next - step);
      const int cost = kWorthAMove + lost + (is_last ? 0 : at(further - 1, next).cost);
      if (cost < best.cost) best = {cost, low, next};
    }
    return best;
  }

  /// steps_ = best not to move at all.
  std::size_t first_move(int before, std::size_t earliest) const {
    std::size_t best = steps_;
    int best_cost = std::numeric_limits<int>::max();
    int waited = 0;
    for (std::size_t step = 0; step < steps_; ++step) {
      if (step >= earliest && waited + at(most_moves_ - 1, step).cost < best_cost) {
        best = step;
        best_cost = waited + at(most_moves_ - 1, step).cost;
      }
      waited += before > limits_[step] ? kTooDeep : limits_[step] - before;
    }
    return waited <= best_cost ? steps_ : best;
  }

  std::vector<int> limits_;
  std::size_t steps_;
  std::size_t apart_;
  std::size_t most_moves_;
  std::vector<int> sums_;  ///< of the limits before a step
  int tail_ = 0;           ///< the lowest limit behind the day's steps
  std::vector<Way> ways_;  ///< by further moves and step
};

/// Rounded up.
std::size_t steps_in(std::chrono::milliseconds time) {
  if (time <= std::chrono::milliseconds::zero()) return 0;
  const auto steps = static_cast<std::size_t>((time + kStep - std::chrono::milliseconds(1)) / kStep);
  return std::min(steps, kMostSteps);
}

}  // namespace

std::optional<int> highest_opening(const Facade& facade, const SunPosition& sun) {
  const double towards = std::cos(radians(sun.azimuth - facade.azimuth));
  constexpr double kAlongTheWall = 1e-6;
  if (sun.elevation < facade.lowest_elevation || towards < kAlongTheWall) return std::nullopt;
  const double profile = std::max(0.0, std::tan(radians(sun.elevation)) / towards);
  const double height = facade.surface + facade.depth * profile;
  const double share = (height - facade.sill) / (facade.head - facade.sill);
  return static_cast<int>(kFullPercent * std::clamp(share, 0.0, 1.0));
}

namespace {

/// For the step that begins then.
int limit_of(const Facade& facade, const Almanac& almanac, UtcTime begin) {
  int limit = percent_of(facade.open);
  for (UtcTime at = begin; at <= begin + kStep; at += kLook) {
    const auto highest = highest_opening(facade, {almanac.sun_elevation(at), almanac.sun_azimuth(at)});
    limit = std::min(limit, highest.value_or(kFullPercent));
  }
  return limit;
}

}  // namespace

FacadeDay plan_day(const Facade& facade, const Almanac& almanac, std::int32_t date, Level before,
                   std::optional<UtcTime> earliest) {
  const UtcTime begin = midnight(almanac, date);
  FacadeDay day{date, midnight(almanac, date + 1), before, {}};
  const std::size_t steps = steps_in(day.end - begin);
  if (steps == 0) return day;
  const auto apart_time = std::chrono::duration_cast<std::chrono::milliseconds>(facade.apart);
  const std::size_t apart = std::max<std::size_t>(steps_in(apart_time), 1);
  std::vector<int> limits;
  for (std::size_t i = 0; i < steps + apart; ++i) {
    limits.push_back(limit_of(facade, almanac, begin + static_cast<int>(i) * kStep));
  }
  const Choice choice(std::move(limits), steps, apart, std::max<std::size_t>(facade.most_moves, 1));
  const std::size_t first = earliest ? steps_in(*earliest - begin) : 0;
  for (const auto& [step, percent] : choice.moves(percent_of(before), first)) {
    day.moves.push_back({begin + static_cast<int>(step) * kStep, Level::from_percent(percent)});
  }
  return day;
}

}  // namespace candela::engine
