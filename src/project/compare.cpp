#include "project/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "project/compare_facts.h"

namespace candela::project {
namespace {

using What = Difference::What;
using Key = std::pair<std::string, std::string>;

/// Values longer than this are shown as what goes and what comes.
constexpr std::size_t kLongValue = 100;

std::vector<std::string> items_of(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const std::size_t end = list.find(", ");
    items.emplace_back(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 2);
  }
  return items;
}

/// The items of one list that the other has not.
std::string only_in(const std::vector<std::string>& list, const std::vector<std::string>& other) {
  std::string only;
  for (const std::string& item : list) {
    if (std::find(other.begin(), other.end(), item) != other.end()) continue;
    only += (only.empty() ? "" : ", ") + item;
  }
  return only;
}

std::string change_text(const std::string& was, const std::string& now) {
  if (was.empty()) return "is now " + now;
  if (now.empty()) return "was " + was + ", now not set";
  if (was.size() + now.size() <= 2 * kLongValue) return "was " + was + ", now " + now;
  const std::string goes = only_in(items_of(was), items_of(now));
  const std::string comes = only_in(items_of(now), items_of(was));
  if (goes.empty() && comes.empty()) return "has another order";
  if (goes.empty()) return "now also " + comes;
  if (comes.empty()) return "no longer " + goes;
  return "in place of " + goes + ", now " + comes;
}

class Comparer {
 public:
  Comparer(const Project& old, const Project& now) : old_(describe_all(old)), now_(describe_all(now)) {
    for (const Described& it : old_) old_by_id_.emplace(Key{it.kind, it.id}, &it);
    for (const Described& it : now_) now_by_id_.emplace(Key{it.kind, it.id}, &it);
  }

  std::vector<Difference> differences() {
    for (const Described& it : old_) {
      if (now_by_id_.count({it.kind, it.id}) == 0) add(What::removed, it, {}, {}, {});
    }
    for (const Described& it : now_) {
      const auto before = old_by_id_.find({it.kind, it.id});
      if (before == old_by_id_.end()) {
        add(What::added, it, {}, {}, {});
      } else {
        compare(*before->second, it);
      }
    }
    return std::move(differences_);
  }

 private:
  void compare(const Described& old, const Described& now) {
    if (old.name != now.name) add(What::renamed, old, {}, old.name, now.name);
    for (const Fact& fact : old.facts) {
      const std::string value = value_of(now.facts, fact.aspect);
      if (value != fact.value) add(What::changed, now, fact.aspect, fact.value, value);
    }
    for (const Fact& fact : now.facts) {
      if (value_of(old.facts, fact.aspect).empty()) add(What::changed, now, fact.aspect, {}, fact.value);
    }
  }

  static std::string value_of(const Facts& facts, const std::string& aspect) {
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& it) { return it.aspect == aspect; });
    return found == facts.end() ? std::string() : found->value;
  }

  void add(What what, const Described& object, std::string aspect, std::string was, std::string now) {
    differences_.push_back(
        {what, object.kind, object.id, object.full_name, std::move(aspect), std::move(was), std::move(now)});
  }

  const std::vector<Described> old_;
  const std::vector<Described> now_;
  std::map<Key, const Described*> old_by_id_;
  std::map<Key, const Described*> now_by_id_;
  std::vector<Difference> differences_;
};

/// Those whose drivers begin anew: the runtime leaves alone what is equal.
template <class Object>
void append_restarts(const std::vector<Object>& old, const std::vector<Object>& now,
                     std::vector<std::string>& restarts) {
  for (const Object& it : now) {
    const auto before = std::find_if(old.begin(), old.end(), [&](const Object& other) { return other.id == it.id; });
    if (before != old.end() && !(*before == it)) restarts.push_back(it.id);
  }
}

std::string plural(const std::string& kind, std::size_t count) {
  if (count == 1) return kind;
  if (kind == "set of holidays") return "sets of holidays";
  return kind + "s";
}

}  // namespace

std::string Difference::text() const {
  std::string object = kind == "project"  ? std::string("the project")
                       : kind == "button" ? fmt::format("{} ({})", name, id)
                                          : fmt::format("{} {} ({})", kind, name, id);
  switch (what) {
    case What::added: return object + ": added";
    case What::removed: return object + ": removed";
    case What::renamed: return object + ": the name was " + was + ", now " + now;
    case What::changed: return object + ": " + aspect + " " + change_text(was, now);
  }
  return object;
}

std::string Comparison::summary() const {
  constexpr std::pair<What, const char*> kWords[] = {
      {What::added, "added"}, {What::removed, "removed"}, {What::renamed, "renamed"}, {What::changed, "changed"}};
  std::string text;
  for (const auto& [what, word] : kWords) {
    std::vector<std::string> kinds;
    std::map<std::string, std::size_t> counts;
    const Difference* last = nullptr;
    for (const Difference& it : differences) {
      if (it.what != what) continue;
      // Several aspects of one object are one object.
      if (last != nullptr && last->kind == it.kind && last->id == it.id) continue;
      last = &it;
      if (counts[it.kind]++ == 0) kinds.push_back(it.kind);
    }
    for (const std::string& kind : kinds) {
      if (!text.empty()) text += ", ";
      text += kind == "project" ? fmt::format("the project {}", word)
                                : fmt::format("{} {} {}", counts[kind], plural(kind, counts[kind]), word);
    }
  }
  return text.empty() ? "nothing changes" : text;
}

Comparison compare(const Project& old, const Project& now) {
  Comparison comparison;
  comparison.differences = Comparer(old, now).differences();
  append_restarts(old.links, now.links, comparison.restarts);
  append_restarts(old.gateways, now.gateways, comparison.restarts);
  return comparison;
}

}  // namespace candela::project
