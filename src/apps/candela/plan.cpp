#include "apps/candela/plan.h"

#include <fmt/core.h>

#include <boost/json.hpp>
#include <utility>

#include "base/json.h"

namespace candela::apps {
namespace {

namespace json = boost::json;
using project::Difference;
using project::File;
using project::InForce;

int fail(const std::string& reason) {
  fmt::print(stderr, "candela: {}\n", reason);
  return 1;
}

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

Result<project::TransferPlan> plan_from(const Setting& setting, const std::vector<File>& files,
                                        const std::filesystem::path& against) {
  if (!against.empty()) {
    auto old = project::load_files(against);
    if (!old) return old.error();
    return project::plan_transfer({std::move(*old), {}}, files);
  }
  auto client = SocketClient::connect(setting.state);
  if (!client) return Error{client.error().message + "; or compare with a file: candela plan FILE --against OLD_FILE"};
  return plan_transfer(*client, files);
}

}  // namespace

Result<project::TransferPlan> plan_transfer(SocketClient& client, const std::vector<File>& files) {
  const auto in_force = ask_for_version(client, 0);
  if (!in_force) return in_force.error();
  return project::plan_transfer(*in_force, files);
}

Result<project::TransferPlan> plan_rollback(SocketClient& client, std::uint32_t version) {
  const auto wanted = ask_for_version(client, version);
  if (!wanted) return wanted.error();
  return plan_transfer(client, wanted->files);
}

void print_plan(const project::TransferPlan& plan, bool is_short) {
  if (!is_short) {
    for (const std::string& warning : plan.warnings) fmt::print("{}\n", warning);
    for (const Difference& it : plan.comparison.differences) fmt::print("{}\n", it.text());
  }
  for (const std::string& scene : plan.replaced_edits) {
    fmt::print("scene {}: what was changed while it ran is replaced\n", scene);
  }
  for (const std::string& link : plan.comparison.restarts) fmt::print("{}: its driver begins anew\n", link);
  fmt::print("{}\n", plan.comparison.summary());
}

int plan(const Setting& setting, const std::filesystem::path& file, const std::filesystem::path& against) {
  const auto files = project::load_files(file);
  if (!files) return fail(files.error().message);
  const auto plan = plan_from(setting, *files, against);
  if (!plan) return fail(plan.error().message);
  if (setting.json) {
    fmt::print("{}\n", to_text(project::to_json(*plan)));
  } else {
    print_plan(*plan, false);
  }
  return 0;
}

}  // namespace candela::apps
