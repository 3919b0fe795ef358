#pragma once

#include <string_view>
#include <variant>

#include "servers/requests/request.h"

namespace candela::servers::requests {

/// A request by the word that the `candela` command and the HTTP API's table of operations have for it.
struct Command {
  using Now = Answer (*)(const boost::json::object&, const Asking&);
  using Later = boost::asio::awaitable<Answer> (*)(const boost::json::object&, const Asking&);

  /// What the history keeps when it is done: none = nothing, as most do no more than the house tells by itself.
  using Record = std::string (*)(const boost::json::object&);

  std::string_view word;
  std::variant<Now, Later> run;
  Record record = nullptr;
};

/// nullptr: there is no such command.
const Command* find_command(std::string_view word);

/// Carries it out. Both must outlive the answer.
boost::asio::awaitable<Answer> carry_out(const Command& command, const boost::json::object& request,
                                         const Asking& asking);

}  // namespace candela::servers::requests
