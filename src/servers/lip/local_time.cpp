#include "servers/lip/local_time.h"

#include <fmt/format.h>

namespace candela::lip {
namespace {

std::chrono::seconds offset(const servers::Context& context, UtcTime at) {
  return context.administration.utc_offset(context.view.project()->location.time_zone, at);
}
std::chrono::sys_seconds local(const servers::Context& context, UtcTime at) {
  return std::chrono::floor<std::chrono::seconds>(at) + offset(context, at);
}

}  // namespace

std::string date_text(const servers::Context& context, UtcTime at) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(local(context, at)));
  return fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     static_cast<int>(date.year()));
}

std::string time_text(const servers::Context& context, UtcTime at) {
  const auto time = local(context, at);
  const std::chrono::hh_mm_ss parts(time - std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{:02}:{:02}:{:02}", parts.hours().count(), parts.minutes().count(), parts.seconds().count());
}

std::string zone_text(const servers::Context& context, UtcTime at) {
  const std::chrono::hh_mm_ss parts(offset(context, at));
  return fmt::format("{}{}:{:02}", parts.is_negative() ? '-' : '+', parts.hours().count(), parts.minutes().count());
}

std::optional<std::string> sun_text(const servers::Context& context, bool sunrise) {
  const UtcTime now = context.clock.now().utc;
  const auto sun = context.administration.sun_of(context.view.project()->location, now);
  const auto& moment = sunrise ? sun.sunrise : sun.sunset;
  return moment ? std::optional(time_text(context, *moment)) : std::nullopt;
}

}  // namespace candela::lip
