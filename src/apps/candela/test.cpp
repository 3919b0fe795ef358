// candela test: plays scenarios in a home that is not built yet.

#include <fmt/core.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>

#include "apps/candela/project_reading.h"
#include "apps/candela/rehearsal_commands.h"
#include "base/json.h"
#include "rehearsal/report.h"

namespace candela::apps {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

bool is_scenario(const fs::path& file) { return file.extension() == ".scenario"; }

/// Plays files one after the other; a project that several name is read once.
class Tester {
 public:
  Tester(fs::path project, std::string filter) : project_(std::move(project)), filter_(std::move(filter)) {}

  rehearsal::FileReport test(const fs::path& file) {
    rehearsal::FileReport report{file.string(), {}, {}};
    const auto text = read_text(file);
    if (!text) {
      report.problems.push_back({0, text.error().message});
      return report;
    }
    auto scenarios = rehearsal::read_scenarios(*text);
    report.problems = std::move(scenarios.problems);
    if (!report.problems.empty()) return report;
    const auto home = home_of(scenarios, file);
    if (!home) {
      report.problems.push_back({1, home.error().message});
      return report;
    }
    const rehearsal::Actor actor([&](const std::string& name) { return load(file.parent_path() / name); });
    for (const rehearsal::Scenario& scenario : scenarios.scenarios) {
      if (scenario.name.find(filter_) == std::string::npos) continue;
      report.verdicts.push_back(rehearsal::rehearse(scenario, *home, actor));
    }
    return report;
  }

 private:
  Result<ProjectPtr> home_of(const rehearsal::ScenarioFile& scenarios, const fs::path& file) {
    if (!project_.empty()) return load(project_);
    if (scenarios.home.empty()) {
      return Error{"which home is this for? Add 'home: FILE', or call `candela test PROJECT SCENARIO...`"};
    }
    return load(file.parent_path() / scenarios.home);
  }

  Result<ProjectPtr> load(const fs::path& file) {
    const auto known = projects_.find(file);
    if (known != projects_.end()) return known->second;
    auto project = read_project(file, numbering_);
    if (project) projects_.emplace(file, *project);
    return project;
  }

  const fs::path project_;
  const std::string filter_;
  Numbering numbering_;
  std::map<fs::path, ProjectPtr> projects_;
};

json::object to_json(const rehearsal::FileReport& report) {
  json::array problems;
  for (const auto& problem : report.problems)
    problems.push_back({{"line", problem.line}, {"message", problem.message}});
  json::array scenarios;
  for (const rehearsal::Verdict& verdict : report.verdicts) {
    json::object it{{"name", verdict.name}, {"line", verdict.line}, {"passed", verdict.passed()}};
    if (verdict.failure) {
      it["failure"] = {{"line", verdict.failure->line},         {"step", verdict.failure->step},
                       {"expected", verdict.failure->expected}, {"found", verdict.failure->found},
                       {"because", verdict.failure->because},   {"time", verdict.failure->when}};
    }
    scenarios.emplace_back(std::move(it));
  }
  return {{"file", report.file}, {"problems", std::move(problems)}, {"scenarios", std::move(scenarios)}};
}

int fail(const std::string& reason) {
  fmt::print(stderr, "candela: {}\n", reason);
  return 1;
}

void print(const Setting& setting, const std::vector<rehearsal::FileReport>& reports) {
  const rehearsal::Totals all = rehearsal::totals(reports);
  if (setting.json) {
    json::array files;
    for (const auto& report : reports) files.emplace_back(to_json(report));
    fmt::print("{}\n",
               to_text(json::object{{"passed", all.passed}, {"failed", all.failed}, {"files", std::move(files)}}));
    return;
  }
  for (const auto& report : reports) fmt::print("{}", rehearsal::text(report));
  fmt::print("{} passed, {} failed\n", all.passed, all.failed);
}

}  // namespace

int test(const Setting& setting, const TestRequest& request) {
  std::vector<fs::path> scenarios = request.files;
  fs::path project;
  if (!is_scenario(scenarios.front())) {
    project = scenarios.front();
    scenarios.erase(scenarios.begin());
    Numbering numbering;
    const auto readable = read_project(project, numbering);
    if (!readable) return fail(readable.error().message);
  }
  if (scenarios.empty()) return fail("no scenario was named: candela test PROJECT SCENARIO...");

  Tester tester(project, request.filter);
  std::vector<rehearsal::FileReport> reports;
  for (const fs::path& file : scenarios) reports.push_back(tester.test(file));
  print(setting, reports);
  if (!request.junit.empty()) {
    std::ofstream stream(request.junit, std::ios::binary);
    stream << rehearsal::junit_xml(reports);
    if (!stream.flush()) return fail(request.junit.string() + " cannot be written");
  }
  const rehearsal::Totals all = rehearsal::totals(reports);
  if (all.passed + all.failed == 0) return fail("no scenario has '" + request.filter + "' in its name");
  return all.failed == 0 ? 0 : 1;
}

}  // namespace candela::apps
