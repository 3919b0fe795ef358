#include "project/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "project/values.h"

namespace candela::project {

std::string_view word_for(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::area: return "area";
    case ObjectKind::zone: return "zone";
    case ObjectKind::scene: return "scene";
    case ObjectKind::processor: return "processor";
    case ObjectKind::link: return "link";
    case ObjectKind::gateway: return "gateway";
    case ObjectKind::device: return "device";
    case ObjectKind::button: return "button";
    case ObjectKind::variable: return "variable";
    case ObjectKind::mode: return "mode";
    case ObjectKind::sequence: return "sequence";
    case ObjectKind::timeclock: return "timeclock";
    case ObjectKind::timeclock_event: return "timeclock event";
    case ObjectKind::holidays: return "set of holidays";
    case ObjectKind::partition: return "partition";
    case ObjectKind::show: return "natural show";
    case ObjectKind::facade: return "facade";
  }
  return "";
}

std::string one(ObjectKind kind) {
  const std::string_view word = word_for(kind);
  return fmt::format("{} {}", word.starts_with('a') || word.starts_with('o') ? "an" : "a", word);
}

bool Names::declare(std::string_view id, Named named) {
  const auto [entry, is_new] = named_.try_emplace(std::string(id), named);
  if (is_new) return true;
  const Named& first = entry->second;
  const std::string where = first.mark.line > 0 ? fmt::format(" ({})", complaints_.place(first.mark)) : std::string();
  complaints_.error(named.mark, "duplicate-id",
                    fmt::format("the id '{}' is already that of {}{}", id, one(first.kind), where),
                    "give each object of the project an id of its own");
  return false;
}

void Names::check_form(std::string_view id, Mark mark) {
  if (is_id(id)) return;
  complaints_.error(mark, "bad-id", fmt::format("'{}' cannot be an id", id),
                    "use a-z, 0-9, - and _, beginning with a letter or a digit, such as hall-ceiling");
}

const Names::Named* Names::find(std::string_view id) const {
  const auto found = named_.find(std::string(id));
  return found == named_.end() ? nullptr : &found->second;
}

const Names::Named* Names::resolve(std::string_view id, ObjectKind kind, Mark mark) {
  const Named* named = find(id);
  if (named == nullptr) {
    complain_of_unknown(id, kind, mark);
  } else if (named->kind != kind) {
    complaints_.error(mark, "unknown-reference",
                      fmt::format("'{}' is {}, and {} is needed here", id, one(named->kind), one(kind)),
                      fmt::format("write the id of {}", one(kind)));
    return nullptr;
  }
  return named;
}

void Names::complain_of_unknown(std::string_view id, ObjectKind kind, Mark mark) {
  std::string remedy;
  if (suggestions_left_-- > 0) {
    std::vector<std::string_view> known;
    for (const auto& [name, named] : named_) {
      if (named.kind == kind) known.emplace_back(name);
    }
    std::sort(known.begin(), known.end());
    remedy = did_you_mean(id, known);
  }
  if (remedy.empty()) remedy = fmt::format("add it, or write the id of {} that is there", one(kind));
  complaints_.error(mark, "unknown-reference", fmt::format("there is no {} '{}'", word_for(kind), id),
                    std::move(remedy));
}

}  // namespace candela::project
