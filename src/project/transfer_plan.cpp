#include "project/transfer_plan.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

namespace candela::project {
namespace {

namespace json = boost::json;

std::string complaints_of(const Reading& reading, Complaint::Severity severity) {
  std::string text;
  for (const Complaint& it : reading.complaints) {
    if (it.severity == severity) text += (text.empty() ? "" : "\n") + it.text();
  }
  return text;
}

/// Scenes that were edited while running keep that until the project says something else of them.
std::vector<std::string> replaced_edits(const std::vector<std::string>& edited, const Comparison& comparison) {
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

}  // namespace

Result<TransferPlan> plan_transfer(const InForce& old, const std::vector<File>& files) {
  Numbering numbering;
  const Reading before = read(old.files, numbering);
  if (!before.project) {
    return Error{"the project in force cannot be read by this version of candela:\n" +
                 complaints_of(before, Complaint::Severity::error)};
  }
  const Reading after = read(files, numbering);
  if (!after.project) return Error{"the project is refused:\n" + complaints_of(after, Complaint::Severity::error)};
  TransferPlan plan{compare(*before.project, *after.project), {}, {}};
  plan.replaced_edits = replaced_edits(old.edited_scenes, plan.comparison);
  for (const Complaint& it : after.complaints) plan.warnings.push_back(it.text());
  return plan;
}

json::object to_json(const TransferPlan& plan) {
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
  return {{"summary", plan.comparison.summary()},
          {"differences", std::move(differences)},
          {"restarts", strings(plan.comparison.restarts)},
          {"replaced_edits", strings(plan.replaced_edits)},
          {"warnings", strings(plan.warnings)}};
}

}  // namespace candela::project
