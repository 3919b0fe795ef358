#include "apps/candela/account_commands.h"

#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <iostream>
#include <utility>

#include "apps/candela/asking.h"
#include "base/json.h"
#include "base/result.h"
#include "security/passwords.h"

namespace candela::apps {
namespace {

namespace json = boost::json;

/// The terminal shows nothing of what is typed while this lives.
class Silence {
 public:
  Silence() : on_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!on_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (!on_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputs("\n", stderr);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  const bool on_terminal_;
};

Result<std::string> ask_password(const char* question) {
  if (::isatty(STDIN_FILENO) != 0) std::fputs(question, stderr);
  const Silence silence;
  std::string line;
  if (!std::getline(std::cin, line)) return Error{"a password is expected on standard input"};
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

/// From a person: twice. From a program: the first line of standard input.
Result<std::string> read_password() {
  auto password = ask_password("password: ");
  if (!password) return password;
  if (const Outcome good = check_password(*password); !good) return good.error();
  if (::isatty(STDIN_FILENO) == 0) return password;
  const auto again = ask_password("once more: ");
  if (!again || *again != *password) return Error{"the two are not the same"};
  return password;
}

void show(const json::value& accounts) {
  bool any = false;
  for (const json::value& account : accounts.as_array()) {
    std::string uses;
    for (const json::value& use : account.at("uses").as_array()) {
      uses += (uses.empty() ? "" : ", ") + std::string(use.as_string());
    }
    fmt::print("{:24} {:8} {:9} \"{}\" since {}{}\n", text(account, "name"), text(account, "role"), uses,
               text(account, "prompt"), text(account, "added").substr(0, 10),
               account.at("removed").as_bool() ? "  removed" : "");
    any = true;
  }
  if (!any) fmt::print("no accounts yet; `candela account add NAME --lip` (or --leap) makes one\n");
}

}  // namespace

void AccountCommands::add_to(CLI::App& app, const Setting& setting, const Choose& choose) {
  setting_ = &setting;
  CLI::App* account = app.add_subcommand("account", "Names and passwords, for programs that know nothing better");
  account->require_subcommand(1);
  account->fallthrough();
  const auto command = [&](const char* name, const char* description, int (AccountCommands::*run)()) {
    CLI::App* sub = account->add_subcommand(name, description);
    sub->fallthrough();
    sub->callback([this, choose, run] { choose([this, run] { return (this->*run)(); }); });
    return sub;
  };
  CLI::App* added =
      command("add", "Make one; the password is asked for, or read from standard input", &AccountCommands::add);
  added->add_option("NAME", name_, "What it logs in as")->required();
  added->add_flag("--lip", lip_, "For LIP (telnet)");
  added->add_flag("--leap", leap_, "For LEAP, if candelad runs with --leap-login");
  added
      ->add_option("--prompt", prompt_, "What LIP prompts with: QNET, GNET or another word, by what the client expects")
      ->capture_default_str()
      ->type_name("WORD");
  added->add_option("--role", role_, "monitor (look) or control (and set lights)")
      ->capture_default_str()
      ->type_name("ROLE")
      ->check(CLI::IsMember({"monitor", "control", "admin"}));
  added->add_flag("--generate", generate_, "Make up a password and print it, once");
  command("list", "Show all accounts", &AccountCommands::list);
  command("remove", "Shut an account out, at once", &AccountCommands::remove)
      ->add_option("NAME", name_, "Its name in `candela account list`")
      ->required();
}

int AccountCommands::add() {
  auto password = generate_ ? Result<std::string>(random_password()) : read_password();
  if (!password) return fail(password.error().message);
  const json::object request{
      {"command", "account add"}, {"name", name_},        {"role", role_}, {"lip", lip_}, {"leap", leap_},
      {"prompt", prompt_ + "> "}, {"password", *password}};
  return ask(*setting_, request, [&](const json::value&) {
    fmt::print("{} may log in\n", name_);
    if (generate_) fmt::print("password: {}\n", *password);
  });
}

int AccountCommands::list() { return ask(*setting_, {{"command", "account list"}}, show); }

int AccountCommands::remove() {
  return ask(*setting_, {{"command", "account remove"}, {"name", name_}},
             [&](const json::value&) { fmt::print("{} is shut out\n", name_); });
}

}  // namespace candela::apps
