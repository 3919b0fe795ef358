#include "apps/candela/plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/json.h"

namespace candela::apps {
namespace {

namespace json = boost::json;
using project::Complaint;
using project::Difference;
using project::File;

int fail(const std::string& reason) {
  fmt::print(stderr, "candela: {}\n", reason);
  return 1;
}

/// A project as it is in force, and the scenes that were edited since.
struct InForce {
  std::vector<File> files;
  std::vector<std::string> edited_scenes;
};

Result<InForce> ask_for_version(SocketClient& client, std::uint32_t version) {
  const auto answer = client.ask({{"command", "project"}, {"version", version}});
  if (!answer) return answer.error();
  InForce in_force;
  for (const json::value& it : answer->at("files").as_array()) {
    in_force.files.push_back({std::string(it.at("name").as_string()), std::string(it.at("text").as_string())});
  }
  for (const json::value& it : answer->at("edited_scenes").as_array())
    in_force.edited_scenes.emplace_back(it.as_string());
  return in_force;
}

std::string complaints_of(const project::Reading& reading, Complaint::Severity severity) {
  std::string text;
  for (const Complaint& it : reading.complaints) {
    if (it.severity == severity) text += (text.empty() ? "" : "\n") + it.text();
  }
  return text;
}

/// Scenes that were edited while running keep that until the project says something else of them.
std::vector<std::string> replaced_edits(const std::vector<std::string>& edited, const project::Comparison& comparison) {
  std::vector<std::string> replaced;
  for (const std::string& scene : edited) {
    const bool changes =
        std::any_of(comparison.differences.begin(), comparison.differences.end(), [&](const Difference& it) {
          return it.kind == "scene" && it.id == scene && it.what != Difference::What::renamed;
        });
    if (changes) replaced.push_back(scene);
  }
  return replaced;
}

Result<Plan> make_plan(const InForce& old, const std::vector<File>& files) {
  Numbering numbering;
  const project::Reading before = project::read(old.files, numbering);
  if (!before.project) {
    return Error{"the project in force cannot be read by this version of candela:\n" +
                 complaints_of(before, Complaint::Severity::error)};
  }
  const project::Reading after = project::read(files, numbering);
  if (!after.project) return Error{"the project is refused:\n" + complaints_of(after, Complaint::Severity::error)};
  Plan plan{project::compare(*before.project, *after.project), {}, {}};
  plan.replaced_edits = replaced_edits(old.edited_scenes, plan.comparison);
  for (const Complaint& it : after.complaints) plan.warnings.push_back(it.text());
  return plan;
}

const char* word(Difference::What what) {
  switch (what) {
    case Difference::What::added: return "added";
    case Difference::What::removed: return "removed";
    case Difference::What::renamed: return "renamed";
    case Difference::What::changed: return "changed";
  }
  return "";
}

json::array strings(const std::vector<std::string>& list) {
  json::array array;
  for (const std::string& it : list) array.emplace_back(it);
  return array;
}

json::object to_json(const Plan& plan) {
  json::array differences;
  for (const Difference& it : plan.comparison.differences) {
    differences.push_back({{"what", word(it.what)},
                           {"kind", it.kind},
                           {"id", it.id},
                           {"name", it.name},
                           {"aspect", it.aspect},
                           {"was", it.was},
                           {"now", it.now},
                           {"text", it.text()}});
  }
  return {{"summary", plan.summary()},
          {"differences", std::move(differences)},
          {"restarts", strings(plan.comparison.restarts)},
          {"replaced_edits", strings(plan.replaced_edits)},
          {"warnings", strings(plan.warnings)}};
}

Result<Plan> plan_from(const Setting& setting, const std::vector<File>& files, const std::filesystem::path& against) {
  if (!against.empty()) {
    auto old = project::load_files(against);
    if (!old) return old.error();
    return make_plan({std::move(*old), {}}, files);
  }
  auto client = SocketClient::connect(setting.state);
  if (!client) return Error{client.error().message + "; or compare with a file: candela plan FILE --against OLD_FILE"};
  return plan_transfer(*client, files);
}

}  // namespace

std::string Plan::summary() const { return comparison.summary(); }

Result<Plan> plan_transfer(SocketClient& client, const std::vector<File>& files) {
  const auto in_force = ask_for_version(client, 0);
  if (!in_force) return in_force.error();
  return make_plan(*in_force, files);
}

Result<Plan> plan_rollback(SocketClient& client, std::uint32_t version) {
  const auto wanted = ask_for_version(client, version);
  if (!wanted) return wanted.error();
  return plan_transfer(client, wanted->files);
}

void print_plan(const Plan& plan, bool is_short) {
  if (!is_short) {
    for (const std::string& warning : plan.warnings) fmt::print("{}\n", warning);
    for (const Difference& it : plan.comparison.differences) fmt::print("{}\n", it.text());
  }
  for (const std::string& scene : plan.replaced_edits) {
    fmt::print("scene {}: what was changed while it ran is replaced\n", scene);
  }
  for (const std::string& link : plan.comparison.restarts) fmt::print("{}: its driver begins anew\n", link);
  fmt::print("{}\n", plan.summary());
}

int plan(const Setting& setting, const std::filesystem::path& file, const std::filesystem::path& against) {
  const auto files = project::load_files(file);
  if (!files) return fail(files.error().message);
  const auto plan = plan_from(setting, *files, against);
  if (!plan) return fail(plan.error().message);
  if (setting.json) {
    fmt::print("{}\n", to_text(to_json(*plan)));
  } else {
    print_plan(*plan, false);
  }
  return 0;
}

}  // namespace candela::apps
