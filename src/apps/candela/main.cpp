// candela: the command line of a running processor, and the checker of project files.

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>

#include "apps/candela/account_commands.h"
#include "apps/candela/commands.h"
#include "apps/candela/house_commands.h"
#include "apps/candela/plan.h"
#include "apps/candela/rehearsal_commands.h"
#include "apps/candela/token_commands.h"

namespace apps = candela::apps;

namespace {

std::filesystem::path default_state() {
  const char* given = std::getenv("CANDELA_STATE");
  return given != nullptr && *given != '\0' ? given : "/var/lib/candela";
}

/// All commands of the program; each stores what it was given and runs in the end.
class Commands {
 public:
  Commands() {
    app_.description("Talks to a running Candela processor, and checks project files.");
    app_.set_version_flag("--version", std::string("candela ") + CANDELA_VERSION);
    app_.add_option("--state", setting_.state, "State directory of the processor (or set CANDELA_STATE)")
        ->capture_default_str()
        ->type_name("DIR");
    app_.add_flag("--json", setting_.json, "Print JSON, for programs");
    app_.require_subcommand(1);
    app_.fallthrough();
    add_project_commands();
    add_rehearsal_commands();
    add_light_commands();
    house_.add_to(app_, setting_, [this](std::function<int()> command) { chosen_ = std::move(command); });
    add_client_commands();
    add_pair_command();
    accounts_.add_to(app_, setting_, [this](std::function<int()> command) { chosen_ = std::move(command); });
    tokens_.add_to(app_, setting_, [this](std::function<int()> command) { chosen_ = std::move(command); });
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? 0 : 2;
    }
    return chosen_();
  }

 private:
  CLI::App* add(CLI::App& parent, const char* name, const char* description, std::function<int()> command) {
    CLI::App* sub = parent.add_subcommand(name, description);
    sub->fallthrough();
    sub->callback([this, command = std::move(command)] { chosen_ = command; });
    return sub;
  }

  void add_project_commands() {
    add(app_, "check", "Check a project file or folder; needs no processor",
        [this] { return apps::check(setting_, file_); })
        ->add_option("FILE", file_, "Project file or folder")
        ->required();

    CLI::App* plan = add(app_, "plan", "Show what a transfer would change, old beside new",
                         [this] { return apps::plan(setting_, file_, against_); });
    plan->add_option("FILE", file_, "Project file or folder")->required();
    plan->add_option("--against", against_, "Compare with this project; needs no processor")->type_name("OLD_FILE");

    CLI::App* transfer = add(app_, "transfer", "Check a project, keep it and put it into force",
                             [this] { return apps::transfer(setting_, file_, note_); });
    transfer->add_option("FILE", file_, "Project file or folder")->required();
    transfer->add_option("--note", note_, "What this version is about, for `candela versions`")->type_name("TEXT");

    add(app_, "versions", "List the projects that were transferred", [this] { return apps::versions(setting_); });
    add(app_, "rollback", "Put an older version into force again",
        [this] { return apps::rollback(setting_, version_); })
        ->add_option("VERSION", version_, "Its number in `candela versions`")
        ->required();
  }

  void add_rehearsal_commands() {
    CLI::App* test = add(app_, "test", "Play scenarios in a home that need not be built yet",
                         [this] { return apps::test(setting_, test_); });
    test->add_option("FILE", test_.files, "The project, then scenarios; or scenarios that say their home")->required();
    test->add_option("--filter", test_.filter, "Only scenarios with this in their name")->type_name("TEXT");
    test->add_option("--junit", test_.junit, "Write JUnit XML too, for build servers")->type_name("OUT.xml");

    CLI::App* simulate =
        add(app_, "simulate", "Print what a home would do from one time to another; needs no processor",
            [this] { return apps::simulate(setting_, simulate_); });
    simulate->add_option("FILE", simulate_.project, "Project file or folder")->required();
    simulate->add_option("--from", simulate_.from, "Local time: 2026-12-03 or '2026-12-03 18:00'")
        ->required()
        ->type_name("T");
    simulate->add_option("--to", simulate_.to, "Local time, as --from")->required()->type_name("T");
    simulate->add_option("--events", simulate_.events, "What people do, in the lines of scenarios")
        ->type_name("SCRIPT");
    simulate->add_option("--seed", simulate_.seed, "People press buttons by chance, by this number")->type_name("N");
    simulate->add_option("--zone", simulate_.zone, "Only what happens to this zone")->type_name("Z");
    simulate->add_flag("--why", simulate_.why, "Say why each thing happens");
    simulate->add_flag("--all", simulate_.all, "LEDs and releases of buttons too");
    simulate->add_flag("--quiet", simulate_.quiet, "Only the summary");
  }

  void add_light_commands() {
    add(app_, "status", "Show the processor, its links and every zone", [this] { return apps::status(setting_); });

    CLI::App* set =
        add(app_, "set", "Set a zone's level", [this] { return apps::set(setting_, zone_, level_, fade_); });
    set->add_option("ZONE", zone_, "Id of the zone")->required();
    set->add_option("LEVEL", level_, "Percent, 0 to 100")->required()->check(CLI::Range(0.0, 100.0));
    set->add_option("--fade", fade_, "Seconds; without it the zone's own fade")
        ->type_name("S")
        ->check(CLI::NonNegativeNumber);

    CLI::App* press =
        add(app_, "press", "Press and release a button", [this] { return apps::press(setting_, button_, hold_); });
    press->add_option("BUTTON", button_, "Id of the button, such as hall-keypad.1")->required();
    press->add_option("--hold", hold_, "Seconds between press and release")
        ->type_name("S")
        ->check(CLI::Range(0.0, 3600.0));

    add(app_, "activate", "Recall an area's scene", [this] { return apps::activate(setting_, scene_); })
        ->add_option("SCENE", scene_, "Id of the scene, such as hall.evening")
        ->required();
    add(app_, "watch", "Print what happens and why, as it happens", [this] { return apps::watch(setting_); });
    add_history_commands();
  }

  void add_history_commands() {
    CLI::App* explain = add(app_, "explain", "Say why a zone is as it is, or was",
                            [this] { return apps::explain(setting_, zone_, at_, last_); });
    explain->add_option("ZONE", zone_, "Id of the zone")->required();
    explain->add_option("--at", at_, "Then and not now: '19:00', 'yesterday 23:10', '2026-12-03 18:00'")
        ->type_name("T");
    explain->add_option("--last", last_, "Over how many of its changes")->type_name("N")->check(CLI::PositiveNumber);

    CLI::App* history =
        add(app_, "history", "Print what happened and why", [this] { return apps::history(setting_, history_); });
    history->add_option("--zone", history_.zone, "Only this zone")->type_name("Z");
    history->add_option("--area", history_.area, "Only this area and those in it")->type_name("A");
    history->add_option("--kind", history_.kind, "Only this kind: 'access' tells who was let in and by whom")
        ->type_name("K");
    history->add_option("--from", history_.from, "Local time, as for explain")->type_name("T");
    history->add_option("--to", history_.to, "Local time, as for explain")->type_name("T");
    history->add_option("--limit", history_.limit, "The newest N only (100)")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    history->add_option("--keep-days", history_.keep_days, "From now on keep it for so long (400)")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    history->add_option("--keep-megabytes", history_.keep_megabytes, "From now on keep so much of it (256)")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
  }

  void add_pair_command() {
    CLI::App* pair = add(app_, "pair", "Let one program get its certificate by itself, as a button on the box would",
                         [this] { return apps::pair(setting_, pair_); });
    pair->add_option("--seconds", pair_.seconds, "How long it may take; 180 when it is not said")
        ->check(CLI::Range(1, 3600))
        ->type_name("N");
    pair->add_option("--role", pair_.role, "What it may do")
        ->capture_default_str()
        ->check(CLI::IsMember({"monitor", "control", "admin"}))
        ->type_name("ROLE");
    pair->add_option("--name", pair_.name, "What to call it; as it calls itself when it is not said")
        ->type_name("NAME");
    pair->add_flag("!--no-wait", pair_.wait, "Do not wait for it");
    pair->add_flag("--close", pair_.close, "Close the window again");
  }

  void add_client_commands() {
    CLI::App* client = app_.add_subcommand("client", "Programs that may connect");
    client->require_subcommand(1);
    client->fallthrough();
    CLI::App* added = add(*client, "add", "Let a program connect: writes key.pem, cert.pem and ca.pem",
                          [this] { return apps::client_add(setting_, client_, role_, out_); });
    added->add_option("NAME", client_, "What to call it")->required();
    added->add_option("--role", role_, "monitor (look), control (and set lights) or admin (and administer)")
        ->capture_default_str()
        ->type_name("ROLE")
        ->check(CLI::IsMember({"monitor", "control", "admin"}));
    added->add_option("--out", out_, "Directory for the files; NAME if not given")->type_name("DIR");
    add(*client, "list", "Show all clients", [this] { return apps::client_list(setting_); });
    add(*client, "revoke", "Shut a client out, at once", [this] { return apps::client_revoke(setting_, client_); })
        ->add_option("NAME", client_, "Its name in `candela client list`")
        ->required();
  }

  CLI::App app_;
  std::function<int()> chosen_;
  apps::Setting setting_{default_state(), false};
  apps::PairWish pair_;
  std::string file_, against_, note_, zone_, button_, scene_, client_, role_ = "control", out_;
  apps::TestRequest test_;
  apps::SimulateRequest simulate_;
  std::string at_;
  std::optional<std::uint32_t> last_;
  apps::HistoryWish history_;
  apps::HouseCommands house_;
  apps::AccountCommands accounts_;
  apps::TokenCommands tokens_;
  double level_ = 0;
  double hold_ = 0;
  std::optional<double> fade_;
  std::uint32_t version_ = 0;
};

}  // namespace

int main(int argc, char** argv) { return Commands().run(argc, argv); }
