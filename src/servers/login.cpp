#include "servers/login.h"

#include <utility>

#include "servers/ask.h"

namespace candela::servers {

boost::asio::awaitable<std::optional<Account>> log_in(const Context& context, Refusals& refusals, Login login) {
  if (!context.attempts.may_try(login.address, context.clock.now().mono)) {
    refusals.tell(login.address, "too many wrong passwords");
    co_return std::nullopt;
  }
  // Counted before it is known: else whoever guesses on many connections at once would not be held up.
  const Duration wait = context.attempts.failed(login.address, context.clock.now().mono);
  auto account = co_await ask<Account>([&](auto answered) {
    context.administration.check_login(std::move(login.credentials), login.use, std::move(answered));
  });
  if (!account) {
    refusals.tell_guess(login.address, wait);
    co_return std::nullopt;
  }
  context.attempts.succeeded(login.address);
  co_return std::move(*account);
}

}  // namespace candela::servers
