#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/fwd.hpp>

#include "servers/requests/request.h"

namespace candela::servers::requests {

// Requests of administrators: who may connect, and which project runs. What is answered is durable. Roles are
// "monitor", "control" and "admin".

// Programs known by their keys.
/// {"name", "role"} -> {"client", "key", "certificate", "ca"}
boost::asio::awaitable<Answer> add_client(const boost::json::object& request, const Asking& asking);
/// [{"name", "role", "added", "revoked", "fingerprint"}]
Answer list_clients(const boost::json::object& request, const Asking& asking);
/// {"name"}
boost::asio::awaitable<Answer> revoke_client(const boost::json::object& request, const Asking& asking);

// Names and passwords.
/// {"name", "role", "password", "lip", "prompt"} -> the account
boost::asio::awaitable<Answer> add_account(const boost::json::object& request, const Asking& asking);
/// [{"name", "role", "uses", "prompt", "added", "removed"}]
Answer list_accounts(const boost::json::object& request, const Asking& asking);
/// {"name"}
boost::asio::awaitable<Answer> remove_account(const boost::json::object& request, const Asking& asking);

// Tokens of the HTTP API.
/// {"name", "role" (control), "expires_in_days" (never)} -> the token as in the list, and "token": shown this once
boost::asio::awaitable<Answer> add_token(const boost::json::object& request, const Asking& asking);
/// [{"name", "role", "added", "expires", "last_used", "removed"}]; last_used is a day.
Answer list_tokens(const boost::json::object& request, const Asking& asking);
/// {"name"}
boost::asio::awaitable<Answer> remove_token(const boost::json::object& request, const Asking& asking);

/// {"do": "open", "role", "name", "seconds"}, {"do": "close"}, {"do": "wait"} until it is closed, or nothing -> how the
/// pairing window is.
boost::asio::awaitable<Answer> pair(const boost::json::object& request, const Asking& asking);

// The project. {"files": [{"name", "text"}], "note"}
/// -> {"errors", "warnings"}
boost::asio::awaitable<Answer> check(const boost::json::object& request, const Asking& asking);
/// -> what a transfer would change ("Plan" of schema/api.yaml)
boost::asio::awaitable<Answer> plan(const boost::json::object& request, const Asking& asking);
/// -> {"version", "warnings"}
boost::asio::awaitable<Answer> transfer(const boost::json::object& request, const Asking& asking);
/// [{"version", "saved", "project", "note", "active"}]
boost::asio::awaitable<Answer> versions(const boost::json::object& request, const Asking& asking);
/// {"version" (the one in force)} -> {"files", "edited_scenes"}
boost::asio::awaitable<Answer> read_version(const boost::json::object& request, const Asking& asking);
/// {"version"} -> {"version", "warnings"}
boost::asio::awaitable<Answer> roll_back(const boost::json::object& request, const Asking& asking);

/// {"days", "megabytes"}: how much of the history is kept; kept itself over restarts.
boost::asio::awaitable<Answer> limit_history(const boost::json::object& request, const Asking& asking);

}  // namespace candela::servers::requests
