#include "project/project_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "project/draft.h"
#include "project/schema.h"
#include "project/tree.h"

namespace candela::project {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = 16 * 1024 * 1024;
constexpr std::size_t kMaxFiles = 256;
constexpr std::string_view kFormat = "1";

/// Appends to `files`; `bytes_left` is counted down.
Outcome load_file(const fs::path& path, std::size_t& bytes_left, std::vector<File>& files) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Error{fmt::format("{}: cannot be read", path.string())};
  File file{path.filename().string(), {}};
  // In pieces, because a device or pipe has no size to ask for, and perhaps no end.
  std::array<char, 64 * 1024> piece{};
  while (stream.read(piece.data(), piece.size()), stream.gcount() > 0) {
    const auto size = static_cast<std::size_t>(stream.gcount());
    if (size > bytes_left) {
      return Error{fmt::format("{}: project files may have {} MiB in all", path.string(), kMaxBytes / (1024 * 1024))};
    }
    bytes_left -= size;
    file.text.append(piece.data(), size);
  }
  if (stream.bad()) return Error{fmt::format("{}: cannot be read", path.string())};
  files.push_back(std::move(file));
  return done();
}

Result<std::vector<fs::path>> files_in(const fs::path& folder) {
  std::error_code problem;
  std::vector<fs::path> paths;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    const fs::path& path = entry->path();
    const bool is_hidden = path.filename().string().starts_with('.');
    if (!is_hidden && path.extension() == ".yaml" && entry->is_regular_file(problem)) paths.push_back(path);
    if (paths.size() > kMaxFiles)
      return Error{fmt::format("{}: more than {} project files", folder.string(), kMaxFiles)};
  }
  if (problem) return Error{fmt::format("{}: {}", folder.string(), problem.message())};
  if (paths.empty()) return Error{fmt::format("{}: no file *.yaml in this folder", folder.string())};
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Lists that several files may have a part of.
bool is_shared_list(std::string_view key) {
  constexpr std::array<std::string_view, 12> kShared{"processors", "devices",    "areas",         "holidays",
                                                     "timeclocks", "partitions", "shows",         "variables",
                                                     "modes",      "sequences",  "shared_scenes", "facades"};
  return std::find(kShared.begin(), kShared.end(), key) != kShared.end();
}

/// All files as one tree.
class Merger {
 public:
  explicit Merger(Complaints& complaints) : complaints_(complaints) { whole_.kind = Node::Kind::map; }

  Node take() { return std::move(whole_); }

  void add(Node part) {
    for (std::size_t i = 0; i < part.items.size(); ++i) add_section(part.keys[i], part.items[i]);
  }

 private:
  void add_section(Node::Key& key, Node& section) {
    const auto [place, is_new] = places_.try_emplace(key.name, whole_.keys.size());
    if (is_new) {
      whole_.keys.push_back(std::move(key));
      whole_.items.push_back(std::move(section));
      return;
    }
    Node& there = whole_.items[place->second];
    if (is_shared_list(key.name) && there.is_list() && section.is_list()) {
      std::move(section.items.begin(), section.items.end(), std::back_inserter(there.items));
    } else if (key.name != "candela" || there.text != section.text) {
      complaints_.error(key.mark, "duplicate-section", fmt::format("'{}' is in two files", key.name),
                        "keep it in one of them");
    }
  }

  Complaints& complaints_;
  Node whole_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// Nothing when one of the files cannot be parsed.
std::optional<Node> parse_all(const std::vector<File>& files, Complaints& complaints) {
  Merger merger(complaints);
  std::size_t nodes_left = TreeLimits{}.nodes;
  bool complete = true;
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    auto part = parse(files[i], i, nodes_left, complaints);
    if (!part) {
      complete = false;
    } else if (!part->is_map()) {
      complaints.error({i, 0, 0}, "not-a-project",
                       part->kind == Node::Kind::null ? "the file is empty" : "this is not a project file",
                       "begin with the line candela: 1; projects/ holds examples");
      complete = false;
    } else {
      merger.add(std::move(*part));
    }
  }
  if (!complete) return std::nullopt;
  return merger.take();
}

/// Files of a format that is not known would only give misleading complaints.
bool has_known_format(const Node& root, Complaints& complaints) {
  const Node* format = root.find("candela");
  if (format == nullptr || (format->is_scalar() && !format->quoted && format->text == kFormat)) return true;
  complaints.error(format->mark, "format-version",
                   fmt::format("this file has the format '{}', and this Candela reads {}", format->text, kFormat),
                   "write candela: 1, or use the Candela that the file was written for");
  return false;
}

bool has_right_size(const std::vector<File>& files, Complaints& complaints) {
  std::size_t bytes = 0;
  for (const File& file : files) bytes += file.text.size();
  if (!files.empty() && files.size() <= kMaxFiles && bytes <= kMaxBytes) return true;
  complaints.error(
      {}, files.empty() ? "not-a-project" : "too-large",
      files.empty() ? std::string("there is no file")
                    : fmt::format("{} files with {} MiB", files.size(), bytes / (1024 * 1024)),
      fmt::format("a project has at most {} files with {} MiB in all", kMaxFiles, kMaxBytes / (1024 * 1024)));
  return false;
}

std::size_t count_zones(const Node& area) {
  std::size_t count = area.list_of("zones").size();
  for (const Node& child : area.list_of("areas")) count += count_zones(child);
  return count;
}

/// Checked before anything else is, so that a hostile file gets one line and not one for each of its zones.
bool fits_a_system(const Node& root, Complaints& complaints) {
  const std::size_t zones = count_zones(root);
  const std::size_t limit = catalogue().system.zones.limit;
  if (zones <= limit) return true;
  complaints.error({}, "system-capacity",
                   fmt::format("the project has {} zones, and a system has at most {}", zones, limit),
                   "split the project into two systems");
  return false;
}

std::optional<Project> read_all(const std::vector<File>& files, Numbering& numbering, Complaints& complaints) {
  if (!has_right_size(files, complaints)) return std::nullopt;
  const auto root = parse_all(files, complaints);
  if (!root || !has_known_format(*root, complaints) || !fits_a_system(*root, complaints)) return std::nullopt;
  check_schema(*root, complaints);

  Numbering numbers = numbering;
  Draft draft = build(*root, catalogue(), numbers, complaints);
  draft.project.build_index();
  give_addresses(draft, catalogue(), complaints);
  check_limits(draft, catalogue(), complaints);
  check_outputs(draft, catalogue(), complaints);
  check_plan(draft, complaints);
  check_loops(draft, complaints);
  if (complaints.has_errors()) return std::nullopt;
  numbering = std::move(numbers);
  return std::move(draft.project);
}

}  // namespace

Result<std::vector<File>> load_files(const fs::path& path) {
  std::error_code problem;
  std::vector<fs::path> paths{path};
  if (fs::is_directory(path, problem)) {
    auto found = files_in(path);
    if (!found) return found.error();
    paths = std::move(*found);
  } else if (!fs::exists(path, problem)) {
    return Error{fmt::format("{}: there is no such file or folder", path.string())};
  }
  std::vector<File> files;
  std::size_t bytes_left = kMaxBytes;
  for (const fs::path& it : paths) {
    if (const auto outcome = load_file(it, bytes_left, files); !outcome) return outcome.error();
  }
  return files;
}

Reading read(const std::vector<File>& files, Numbering& numbering) {
  Complaints complaints(files);
  Reading reading;
  reading.project = read_all(files, numbering, complaints);
  reading.complaints = complaints.take();
  return reading;
}

}  // namespace candela::project
