#include <boost/json.hpp>

#include "model/words.h"
#include "servers/requests/administration.h"

namespace candela::servers::requests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

Answer report(const Result<TransferReport>& result) {
  if (!result) return result.error();
  json::array warnings;
  for (const std::string& warning : result->warnings) warnings.emplace_back(warning);
  return json::value{{"version", result->version}, {"warnings", std::move(warnings)}};
}

Result<std::vector<ProjectFile>> files_of(const json::object& request) {
  const Error missing{"the project's files are needed: \"files\", each with \"name\" and \"text\""};
  const json::value* given = request.if_contains("files");
  if (given == nullptr || !given->is_array()) return missing;
  std::vector<ProjectFile> files;
  for (const json::value& file : given->get_array()) {
    if (!file.is_object()) return missing;
    files.push_back({text_of(file.get_object(), "name"), text_of(file.get_object(), "text")});
  }
  return files;
}

/// {"version": number} as a version there may be; 0 is the one in force.
std::optional<std::uint32_t> version_of(const json::object& request) {
  constexpr double kMax = 4e9;
  const double version = number_of(request, "version").value_or(0);
  if (!(version >= 0 && version <= kMax)) return std::nullopt;
  return static_cast<std::uint32_t>(version);
}
const Error kNoVersion{"the version must be a number that `candela versions` lists"};

asio::awaitable<Reply<std::vector<ProjectVersion>>> kept(const Asking& asking) {
  auto list = co_await ask<std::vector<ProjectVersion>>(
      [&](auto answered) { asking.administration.versions(std::move(answered)); });
  if (!list) co_return failed(list.error());
  co_return *std::move(list);
}

/// Nothing if there is this version.
asio::awaitable<std::optional<Refusal>> missing(std::uint32_t version, const Asking& asking) {
  const auto list = co_await kept(asking);
  if (!list) co_return list.error();
  for (const ProjectVersion& it : *list) {
    if (it.version == version) co_return std::nullopt;
  }
  co_return Refusal{Refusal::Kind::unknown,
                    "there is no such version " + std::to_string(version) + "; `candela versions` lists them"};
}

}  // namespace

asio::awaitable<Answer> check(const json::object& request, const Asking& asking) {
  auto files = files_of(request);
  if (!files) co_return files.error();
  const auto report = co_await ask<CheckReport>(
      [&](auto answered) { asking.administration.check(*std::move(files), std::move(answered)); });
  if (!report) co_return report.error();
  const auto lines = [](const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); };
  co_return json::value{{"errors", lines(report->errors)}, {"warnings", lines(report->warnings)}};
}

asio::awaitable<Answer> plan(const json::object& request, const Asking& asking) {
  auto files = files_of(request);
  if (!files) co_return files.error();
  auto planned = co_await ask<json::object>(
      [&](auto answered) { asking.administration.plan(*std::move(files), std::move(answered)); });
  if (!planned) co_return planned.error();
  co_return json::value(*std::move(planned));
}

asio::awaitable<Answer> transfer(const json::object& request, const Asking& asking) {
  auto files = files_of(request);
  if (!files) co_return files.error();
  co_return report(co_await ask<TransferReport>([&](auto answered) {
    asking.administration.transfer(*std::move(files), text_of(request, "note"), std::move(answered));
  }));
}

asio::awaitable<Answer> roll_back(const json::object& request, const Asking& asking) {
  const auto version = version_of(request);
  if (!version || *version == 0) co_return kNoVersion;
  if (auto refusal = co_await missing(*version, asking)) co_return *std::move(refusal);
  co_return report(co_await ask<TransferReport>(
      [&](auto answered) { asking.administration.rollback(*version, std::move(answered)); }));
}

/// The files of a version, and what was changed in its scenes while it ran: what a plan compares with.
asio::awaitable<Answer> read_version(const json::object& request, const Asking& asking) {
  const auto version = version_of(request);
  if (!version) co_return kNoVersion;
  if (*version != 0) {
    if (auto refusal = co_await missing(*version, asking)) co_return *std::move(refusal);
  }
  const auto kept = co_await ask<std::vector<ProjectFile>>(
      [&](auto answered) { asking.administration.read_version(*version, std::move(answered)); });
  if (!kept) co_return failed(kept.error());
  json::array files;
  for (const ProjectFile& file : *kept) files.push_back({{"name", file.name}, {"text", file.text}});
  json::array edited;
  for (const Scene& scene : asking.view.project()->scenes) {
    if (asking.view.scene_edit(scene.number) != nullptr) edited.emplace_back(scene.id);
  }
  co_return json::value{{"files", std::move(files)}, {"edited_scenes", std::move(edited)}};
}

asio::awaitable<Answer> versions(const json::object&, const Asking& asking) {
  const auto list = co_await kept(asking);
  if (!list) co_return list.error();
  json::array versions;
  for (const ProjectVersion& version : *list) {
    versions.push_back({{"version", version.version},
                        {"saved", iso_text(version.saved)},
                        {"project", version.project_name},
                        {"note", version.note},
                        {"active", version.active}});
  }
  co_return json::value(std::move(versions));
}

}  // namespace candela::servers::requests
