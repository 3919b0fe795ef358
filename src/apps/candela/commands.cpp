#include "apps/candela/commands.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <thread>

#include "apps/candela/asking.h"
#include "apps/candela/house_text.h"
#include "apps/candela/plan.h"
#include "apps/candela/socket_client.h"
#include "base/durable_file.h"
#include "base/json.h"
#include "project/project_file.h"

namespace candela::apps {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

json::object to_json(const project::Complaint& complaint) {
  const bool is_error = complaint.severity == project::Complaint::Severity::error;
  return {{"severity", is_error ? "error" : "warning"},
          {"file", complaint.file},
          {"line", complaint.line},
          {"column", complaint.column},
          {"rule", complaint.rule},
          {"message", complaint.message},
          {"remedy", complaint.remedy}};
}

/// "14:03:07" out of an ISO time.
std::string time_of_day(const std::string& iso) { return iso.size() >= 19 ? iso.substr(11, 8) : iso; }

void show_zone(const json::value& zone) {
  constexpr int kBarWidth = 20;
  const std::string extras = extras_text(zone);
  if (zone.as_object().contains("climate")) {
    fmt::print("    {:32} {}\n", text(zone, "id"), extras);
    return;
  }
  const double level = zone.at("level").to_number<double>();
  std::string bar(static_cast<std::size_t>(std::lround(level * kBarWidth / 100)), '#');
  bar.resize(kBarWidth, '.');
  const std::string target = fmt::format("{:g}", zone.at("target").to_number<double>());
  fmt::print("    {:32} [{}] {:6.4g} %{}{}\n", text(zone, "id"), bar, level,
             zone.at("fading").as_bool() ? " -> " + target + " %" : "", extras.empty() ? "" : ", " + extras);
}

void show_status(const json::value& status) {
  const json::value& project = status.at("project");
  fmt::print("{} (project version {}), candelad {}\n", text(project, "name"),
             project.at("version").to_number<std::uint32_t>(), text(status, "version"));
  for (const json::value& warning : status.at("warnings").as_array()) {
    fmt::print("  warning: {}\n", std::string(warning.as_string()));
  }
  show_house(status);
  for (const json::value& link : status.at("links").as_array()) {
    const std::string fault = text(link, "fault");
    fmt::print("  link {}: {}\n", text(link, "id"), fault == "none" ? "ok" : fault);
  }
  for (const json::value& device : status.at("devices").as_array()) {
    if (text(device, "presence") != "silent" && text(device, "fault") == "none") continue;
    fmt::print("  device {}: {}\n", text(device, "id"),
               text(device, "fault") == "none" ? text(device, "presence") : text(device, "fault"));
  }
  for (const json::value& area : status.at("areas").as_array()) {
    bool headed = false;
    for (const json::value& zone : status.at("zones").as_array()) {
      if (zone.at("area") != area.at("id")) continue;
      if (!headed) {
        fmt::print("  {}{}\n", text(area, "name"),
                   area.at("scene").is_null() ? "" : "  (scene " + text(area, "scene") + ")");
      }
      headed = true;
      show_zone(zone);
    }
  }
}

void show_report(const json::value& report) {
  for (const json::value& warning : report.at("warnings").as_array()) {
    fmt::print("{}\n", std::string(warning.as_string()));
  }
  fmt::print("in force as version {}\n", report.at("version").to_number<std::uint32_t>());
}

/// Puts another project into force, after saying what that will change. That this cannot be said (the project in force
/// is of a newer format, or none is kept) does not stand in the way.
int change_project(const Setting& setting, SocketClient& client, const Result<project::TransferPlan>& plan,
                   const json::object& request) {
  if (plan && !setting.json) print_plan(*plan, true);
  auto result = client.ask(request);
  if (!result) return fail(result.error().message);
  if (!plan) fmt::print(stderr, "candela: what changed is not known: {}\n", plan.error().message);
  if (setting.json) {
    if (plan) result->as_object()["summary"] = plan->comparison.summary();
    fmt::print("{}\n", to_text(*result));
  } else {
    show_report(*result);
  }
  return 0;
}

Outcome write_identity(const fs::path& out, const json::value& issued) {
  std::error_code failed;
  fs::create_directories(out, failed);
  if (failed) return Error{out.string() + " cannot be made: " + failed.message()};
  struct {
    const char* name;
    const char* key;
    mode_t mode;
  } constexpr kFiles[] = {{"key.pem", "key", 0600}, {"cert.pem", "certificate", 0644}, {"ca.pem", "ca", 0644}};
  for (const auto& file : kFiles) {
    Outcome written = write_durably(out / file.name, text(issued, file.key), file.mode);
    if (!written) return written;
  }
  return done();
}

}  // namespace

int check(const Setting& setting, const fs::path& file) {
  const auto files = project::load_files(file);
  if (!files) return fail(files.error().message);
  Numbering numbering;
  const project::Reading reading = project::read(*files, numbering);
  if (setting.json) {
    json::array complaints;
    for (const auto& complaint : reading.complaints) complaints.emplace_back(to_json(complaint));
    fmt::print("{}\n",
               to_text(json::object{{"ok", reading.project.has_value()}, {"complaints", std::move(complaints)}}));
    return reading.project ? 0 : 1;
  }
  for (const auto& complaint : reading.complaints) fmt::print(stderr, "{}\n", complaint.text());
  if (!reading.project) return 1;
  const Project& project = *reading.project;
  fmt::print("{}: {} is fine: {} areas, {} zones, {} devices, {} buttons\n", file.string(), project.name,
             project.areas.size() - 1, project.zones.size(), project.devices.size(), project.buttons.size());
  return 0;
}

int status(const Setting& setting) { return ask(setting, {{"command", "status"}}, show_status); }

int set(const Setting& setting, const std::string& zone, double level, std::optional<double> fade) {
  json::object request{{"command", "set"}, {"zone", zone}, {"level", level}};
  if (fade) request["fade"] = *fade;
  return ask(setting, request);
}

int press(const Setting& setting, const std::string& button, double hold_seconds) {
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  auto pressed = client->ask({{"command", "press"}, {"button", button}});
  if (!pressed) return fail(pressed.error().message);
  std::this_thread::sleep_for(std::chrono::duration<double>(hold_seconds));
  // Should this program be ended while it holds, the processor releases the button.
  const auto released = client->ask({{"command", "release"}, {"button", button}});
  if (!released) return fail(released.error().message);
  if (setting.json) fmt::print("null\n");
  return 0;
}

int activate(const Setting& setting, const std::string& scene) {
  return ask(setting, {{"command", "activate"}, {"scene", scene}});
}

int watch(const Setting& setting) {
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  const auto watching = client->ask({{"command", "watch"}});
  if (!watching) return fail(watching.error().message);
  for (;;) {
    const auto line = client->next_line();
    if (!line) return fail(line.error().message);
    if (setting.json) {
      fmt::print("{}\n", *line);
    } else {
      const json::value entry = json::parse(*line);
      fmt::print("{}  {}  ({})\n", time_of_day(text(entry, "time")), text(entry, "text"), text(entry, "because"));
    }
    std::fflush(stdout);
  }
}

int explain(const Setting& setting, const std::string& zone, const std::string& at, std::optional<std::uint32_t> last) {
  json::object request{{"command", "explain"}, {"zone", zone}, {"at", at}};
  if (last) request["last"] = *last;
  return ask(setting, request, [](const json::value& it) { fmt::print("{}\n", text(it, "story")); });
}

int history(const Setting& setting, const HistoryWish& wish) {
  if (wish.keep_days || wish.keep_megabytes) {
    json::object limits{{"command", "history limit"}};
    if (wish.keep_days) limits["days"] = *wish.keep_days;
    if (wish.keep_megabytes) limits["megabytes"] = *wish.keep_megabytes;
    return ask(setting, limits);
  }
  json::object request{{"command", "history"}, {"zone", wish.zone}, {"area", wish.area},
                       {"kind", wish.kind},    {"from", wish.from}, {"to", wish.to}};
  if (wish.limit) request["limit"] = *wish.limit;
  return ask(setting, request, [](const json::value& found) {
    const json::array& events = found.as_array();
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
      fmt::print("{}  {}  ({})\n", text(*it, "local"), text(*it, "text"), text(*it, "because"));
    }
  });
}

int client_add(const Setting& setting, const std::string& name, const std::string& role, fs::path out) {
  if (out.empty()) out = name;
  // A key that is there may be in use by another client: it is never written over.
  if (fs::exists(out / "key.pem")) return fail((out / "key.pem").string() + " is there already; choose another --out");
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  const auto issued = client->ask({{"command", "client add"}, {"name", name}, {"role", role}});
  if (!issued) return fail(issued.error().message);
  const Outcome written = write_identity(out, *issued);
  if (!written) {
    const auto revoked = client->ask({{"command", "client revoke"}, {"name", name}});
    return fail(written.error().message + (revoked ? "" : "; the client \"" + name + "\" is on the list all the same"));
  }
  if (setting.json) {
    fmt::print("{}\n", to_text(json::object{{"client", issued->at("client")}, {"out", out.string()}}));
  } else {
    fmt::print("{} may connect as {}: key.pem, cert.pem and ca.pem are in {}\n", name, role, out.string());
  }
  return 0;
}

int client_list(const Setting& setting) {
  return ask(setting, {{"command", "client list"}}, [](const json::value& clients) {
    if (clients.as_array().empty()) fmt::print("no clients yet; `candela client add NAME` makes one\n");
    for (const json::value& client : clients.as_array()) {
      fmt::print("{:24} {:8} since {}{}\n", text(client, "name"), text(client, "role"),
                 text(client, "added").substr(0, 10), client.at("revoked").as_bool() ? "  revoked" : "");
    }
  });
}

int client_revoke(const Setting& setting, const std::string& name) {
  return ask(setting, {{"command", "client revoke"}, {"name", name}},
             [&](const json::value&) { fmt::print("{} is shut out\n", name); });
}

int transfer(const Setting& setting, const fs::path& file, const std::string& note) {
  const auto files = project::load_files(file);
  if (!files) return fail(files.error().message);
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  const auto plan = plan_transfer(*client, *files);
  json::array sent;
  for (const project::File& it : *files) sent.push_back({{"name", it.name}, {"text", it.text}});
  std::string default_note = "from " + file.filename().string();
  if (plan) default_note += ": " + plan->comparison.summary();
  return change_project(
      setting, *client, plan,
      {{"command", "transfer"}, {"files", std::move(sent)}, {"note", note.empty() ? default_note : note}});
}

int versions(const Setting& setting) {
  return ask(setting, {{"command", "versions"}}, [](const json::value& list) {
    for (const json::value& it : list.as_array()) {
      fmt::print("{} {:4}  {}  {}: {}\n", it.at("active").as_bool() ? "*" : " ",
                 it.at("version").to_number<std::uint32_t>(), text(it, "saved").substr(0, 19), text(it, "project"),
                 text(it, "note"));
    }
  });
}

int rollback(const Setting& setting, std::uint32_t version) {
  auto client = SocketClient::connect(setting.state);
  if (!client) return fail(client.error().message);
  const auto plan = plan_rollback(*client, version);
  return change_project(setting, *client, plan, {{"command", "rollback"}, {"version", version}});
}

}  // namespace candela::apps
