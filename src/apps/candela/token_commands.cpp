#include "apps/candela/token_commands.h"

#include <fmt/core.h>

#include <boost/json.hpp>
#include <utility>

#include "apps/candela/asking.h"

namespace candela::apps {
namespace {

namespace json = boost::json;

constexpr std::size_t kDateLength = 10;

/// A day, or what to say where there is none.
std::string day(const json::value& token, std::string_view key, const char* otherwise) {
  return token.at(key).is_null() ? otherwise : text(token, key).substr(0, kDateLength);
}

void show(const json::value& tokens) {
  for (const json::value& token : tokens.as_array()) {
    fmt::print("{:24} {:8} since {}  last used {:10}  expires {}{}\n", text(token, "name"), text(token, "role"),
               day(token, "added", ""), day(token, "last_used", "never"), day(token, "expires", "never"),
               token.at("removed").as_bool() ? "  removed" : "");
  }
  if (tokens.as_array().empty()) fmt::print("no tokens yet; `candela token add NAME` makes one\n");
}

}  // namespace

void TokenCommands::add_to(CLI::App& app, const Setting& setting, const Choose& choose) {
  setting_ = &setting;
  CLI::App* token = app.add_subcommand("token", "What lets programs use the HTTP API");
  token->require_subcommand(1);
  token->fallthrough();
  const auto command = [&](const char* name, const char* description, int (TokenCommands::*run)()) {
    CLI::App* sub = token->add_subcommand(name, description);
    sub->fallthrough();
    sub->callback([this, choose, run] { choose([this, run] { return (this->*run)(); }); });
    return sub;
  };
  CLI::App* added = command("add", "Make one and print it, this once", &TokenCommands::add);
  added->add_option("NAME", name_, "What to call the program that gets it")->required();
  added->add_option("--role", role_, "monitor (look), control (and set lights) or admin (and administer)")
      ->capture_default_str()
      ->type_name("ROLE")
      ->check(CLI::IsMember({"monitor", "control", "admin"}));
  added->add_option("--expires", days_, "Days until it counts no more; without it, never")
      ->type_name("DAYS")
      ->check(CLI::PositiveNumber);
  command("list", "Show all tokens, but not what they are", &TokenCommands::list);
  command("remove", "Shut out whoever has it, at once", &TokenCommands::remove)
      ->add_option("NAME", name_, "Its name in `candela token list`")
      ->required();
}

int TokenCommands::add() {
  json::object request{{"command", "token add"}, {"name", name_}, {"role", role_}};
  if (days_) request["expires_in_days"] = *days_;
  // Nothing but the token on standard output, so that a script can keep it.
  return ask(*setting_, request, [&](const json::value& token) { fmt::print("{}\n", text(token, "token")); });
}

int TokenCommands::list() { return ask(*setting_, {{"command", "token list"}}, show); }

int TokenCommands::remove() {
  return ask(*setting_, {{"command", "token remove"}, {"name", name_}},
             [&](const json::value&) { fmt::print("{} is shut out\n", name_); });
}

}  // namespace candela::apps
