#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>

#include "security/client_list.h"
#include "servers/requests/administration.h"

namespace candela::servers::requests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

std::string_view word(PairingWindow::End end) {
  using End = PairingWindow::End;
  switch (end) {
    case End::never_opened: return "never opened";
    case End::still_open: return "open";
    case End::paired: return "paired";
    case End::timed_out: return "timed out";
    case End::closed: return "closed";
    case End::too_many_wrong: return "too many wrong requests";
  }
  return "";
}

json::value pairing_state(const PairingWindow& window, const Asking& asking) {
  json::object state{{"state", word(window.end())},
                     {"open", window.is_open()},
                     {"locked", window.is_locked()},
                     {"refused", window.refused()}};
  if (window.is_open()) {
    state["role"] = to_word(window.opening().role);
    state["seconds_left"] = to_seconds(window.until() - asking.clock.now().mono);
  }
  if (!window.last_paired().empty()) state["client"] = window.last_paired();
  return state;
}

bool is_client(const std::string& name, const Asking& asking) {
  const std::vector<Client> clients = asking.administration.clients();
  return std::any_of(clients.begin(), clients.end(),
                     [&](const Client& client) { return client.name == name && !client.revoked; });
}

}  // namespace

asio::awaitable<Answer> pair(const json::object& request, const Asking& asking) {
  if (asking.pairing == nullptr)
    co_return Refusal{Refusal::Kind::conflict, "pairing is not served; start candelad with --pairing-port"};
  PairingWindow& window = *asking.pairing;
  const std::string what = text_of(request, "do");
  if (what == "open") {
    PairingWindow::Opening opening;
    opening.name = text_of(request, "name");
    const double seconds = number_of(request, "seconds").value_or(static_cast<double>(PairingWindow::kLasts.count()));
    if (!(seconds >= 1 && seconds <= static_cast<double>(PairingWindow::kLastsMax.count()))) {
      co_return Error{"the seconds must be a number from 1 to 3600"};
    }
    opening.lasts = std::chrono::seconds(static_cast<int>(seconds));
    if (!from_word(text_of(request, "role"), opening.role)) {
      co_return Error{"the role must be monitor, control or admin"};
    }
    if (!opening.name.empty() && is_client(opening.name, asking)) {
      co_return Refusal{Refusal::Kind::conflict,
                        "there is a client \"" + opening.name + "\" already; revoke it first or choose another name"};
    }
    spdlog::info("pairing: open for {} s, as {}", opening.lasts.count(), to_word(opening.role));
    window.open(std::move(opening), asking.clock.now().mono);
  } else if (what == "close") {
    window.close();
  } else if (what == "wait") {
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [&window](auto handler) {
          const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          window.when_closed([shared] { std::move (*shared)(); });
        },
        asio::use_awaitable);
  }
  co_return pairing_state(window, asking);
}

}  // namespace candela::servers::requests
