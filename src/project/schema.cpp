#include "project/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "project/values.h"

namespace candela::embedded {
extern const std::string_view kProjectSchema;
}

namespace candela::project {
namespace {

namespace json = boost::json;

/// What the schema says about one place: its rules, and the words nearest to that place.
struct Rules {
  const json::object* object = nullptr;
  std::string_view title;
  std::string_view description;

  const json::value* find(std::string_view keyword) const { return object ? object->if_contains(keyword) : nullptr; }
  std::optional<double> number(std::string_view keyword) const {
    const json::value* value = find(keyword);
    return value ? std::optional(value->to_number<double>()) : std::nullopt;
  }
  bool allows(std::string_view type) const;
};

std::string_view word(const json::value* value) {
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

/// Follows references. Words beside a reference are more to the point than those of what it refers to.
Rules rules_of(const json::value& schema) {
  constexpr std::string_view kDefinitions = "#/definitions/";
  Rules rules;
  const json::value* at = &schema;
  while (at != nullptr && at->is_object()) {
    rules.object = &at->get_object();
    if (rules.title.empty()) rules.title = word(rules.find("title"));
    if (rules.description.empty()) rules.description = word(rules.find("description"));
    const std::string_view reference = word(rules.find("$ref"));
    if (!reference.starts_with(kDefinitions)) break;
    at = schema_json().at("definitions").get_object().if_contains(reference.substr(kDefinitions.size()));
  }
  return rules;
}

bool Rules::allows(std::string_view type) const {
  const json::value* types = find("type");
  if (types == nullptr) return true;
  if (types->is_string()) return types->get_string() == type;
  const json::array& all = types->get_array();
  return std::any_of(all.begin(), all.end(), [&](const json::value& it) { return it == json::value(type); });
}

/// The rules for the value of a map's key; without an object when the key is not known.
Rules member_rules(const Rules& map, std::string_view key) {
  if (const json::value* properties = map.find("properties")) {
    if (const json::value* member = properties->get_object().if_contains(key)) return rules_of(*member);
  }
  const json::value* others = map.find("additionalProperties");
  return others != nullptr && others->is_object() ? rules_of(*others) : Rules{};
}

Rules item_rules(const Rules& list) {
  const json::value* items = list.find("items");
  return items != nullptr ? rules_of(*items) : Rules{};
}

json::value scalar_value(const Node& node, const Rules& rules) {
  if (node.kind == Node::Kind::null) return nullptr;
  if (!node.quoted && rules.object != nullptr && rules.find("type") != nullptr) {
    const bool number = rules.allows("number");
    if (number || rules.allows("integer")) {
      if (const auto whole = parse_whole(node.text)) return *whole;
    }
    if (number) {
      if (const auto value = parse_number(node.text)) return *value;
    }
    if (rules.allows("boolean") && (node.text == "true" || node.text == "false")) return node.text == "true";
  }
  return json::value(node.text);
}

json::value to_json(const Node& node, const Rules& rules) {
  switch (node.kind) {
    case Node::Kind::list: {
      json::array array;
      array.reserve(node.items.size());
      const Rules of_items = item_rules(rules);
      for (const Node& item : node.items) array.push_back(to_json(item, of_items));
      return array;
    }
    case Node::Kind::map: {
      json::object object;
      object.reserve(node.items.size());
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        object.emplace(node.keys[i].name, to_json(node.items[i], member_rules(rules, node.keys[i].name)));
      }
      return object;
    }
    default: return scalar_value(node, rules);
  }
}

/// Says in words where a tree does not fit the schema.
class Explainer {
 public:
  explicit Explainer(Complaints& complaints) : complaints_(complaints) {}

  /// `label` is how the place is called: 'fade', or an item of 'zones'.
  void explain(const Node& node, const Rules& rules, const std::string& label) {
    if (complaints_.full()) return;
    if (!has_right_type(node, rules)) {
      complain_of_type(node, rules, label);
    } else if (node.is_map()) {
      explain_map(node, rules);
    } else if (node.is_list()) {
      explain_list(node, rules, label);
    } else {
      explain_scalar(node, rules, label);
    }
  }

 private:
  static bool has_right_type(const Node& node, const Rules& rules) {
    if (node.is_map()) return rules.allows("object");
    if (node.is_list()) return rules.allows("array");
    const json::value value = scalar_value(node, rules);
    if (value.is_int64()) return rules.allows("integer") || rules.allows("number");
    if (value.is_double()) return rules.allows("number");
    if (value.is_bool()) return rules.allows("boolean");
    return rules.allows(value.is_null() ? "null" : "string");
  }

  static std::string expected(const Rules& rules) {
    constexpr std::string_view kWords[][2] = {{"integer", "a whole number"}, {"number", "a number"},
                                              {"boolean", "true or false"},  {"string", "a text"},
                                              {"array", "a list"},           {"object", "a section with keys"}};
    std::vector<std::string_view> words;
    for (const auto& [type, name] : kWords) {
      if (rules.allows(type)) words.push_back(name);
    }
    return alternatives(words);
  }

  void complain_of_type(const Node& node, const Rules& rules, const std::string& label) {
    std::string found;
    if (node.is_map()) {
      found = "a section with keys";
    } else if (node.is_list()) {
      found = "a list";
    } else if (node.is_scalar()) {
      found = node.quoted ? fmt::format("the quoted text \"{}\"", node.text) : fmt::format("'{}'", node.text);
    } else {
      found = "nothing";
    }
    complaints_.error(node.mark, "wrong-type", fmt::format("{} must be {}, not {}", label, expected(rules), found),
                      std::string(rules.description));
  }

  void explain_map(const Node& node, const Rules& rules) {
    const std::string what = rules.title.empty() ? "section" : std::string(rules.title);
    if (const json::value* required = rules.find("required")) {
      for (const json::value& key : required->get_array()) {
        if (node.find(key.get_string()) == nullptr) complain_of_missing(node, rules, what, word(&key));
      }
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (complaints_.full()) return;
      const Node::Key& key = node.keys[i];
      const Rules of_member = member_rules(rules, key.name);
      if (of_member.object == nullptr) {
        complain_of_unknown(key, rules, what);
      } else {
        explain(node.items[i], of_member, fmt::format("'{}'", key.name));
      }
    }
  }

  void complain_of_missing(const Node& node, const Rules& rules, const std::string& what, std::string_view key) {
    const std::string id(node.text_of("id"));
    complaints_.error(node.mark, "missing-key",
                      fmt::format("this {}{} has no '{}'", what, id.empty() ? "" : " '" + id + "'", key),
                      fmt::format("add '{}'. {}", key, member_rules(rules, key).description));
  }

  static std::string_view article(std::string_view word) { return word.find_first_of("aeio") == 0 ? "an" : "a"; }

  void complain_of_unknown(const Node::Key& key, const Rules& rules, const std::string& what) {
    std::vector<std::string_view> known;
    if (const json::value* properties = rules.find("properties")) {
      for (const auto& member : properties->get_object()) known.emplace_back(member.key());
    }
    const std::string near = did_you_mean(key.name, known);
    complaints_.error(key.mark, "unknown-key", fmt::format("{} {} has no key '{}'", article(what), what, key.name),
                      near.empty() ? "its keys are " + alternatives(known) : near);
  }

  void explain_list(const Node& node, const Rules& rules, const std::string& label) {
    check_length(node, rules, label, node.items.size(), "minItems", "maxItems", "items");
    const Rules of_items = item_rules(rules);
    if (of_items.object == nullptr) return;
    const std::string item_label = "an item of " + label;
    for (const Node& item : node.items) explain(item, of_items, item_label);
  }

  void explain_scalar(const Node& node, const Rules& rules, const std::string& label) {
    const json::value value = scalar_value(node, rules);
    if (const json::value* words = rules.find("enum")) {
      const json::array& all = words->get_array();
      if (std::find(all.begin(), all.end(), value) == all.end()) complain_of_word(node, rules, label, all);
    }
    if (value.is_string()) {
      const auto characters = static_cast<std::size_t>(
          std::count_if(node.text.begin(), node.text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
      check_length(node, rules, label, characters, "minLength", "maxLength", "characters");
    } else if (value.is_number()) {
      check_range(node, rules, label, value.to_number<double>());
    }
  }

  void complain_of_word(const Node& node, const Rules& rules, const std::string& label, const json::array& words) {
    std::vector<std::string> texts;
    for (const json::value& it : words) texts.push_back(it.is_string() ? std::string(word(&it)) : json::serialize(it));
    const std::vector<std::string_view> known(texts.begin(), texts.end());
    const std::string near = did_you_mean(node.text, known);
    complaints_.error(node.mark, "unknown-word",
                      fmt::format("{} must be {}, not '{}'", label, alternatives(known), node.text),
                      near.empty() ? std::string(rules.description) : near);
  }

  void check_length(const Node& node, const Rules& rules, const std::string& label, std::size_t length,
                    std::string_view least_keyword, std::string_view most_keyword, std::string_view unit) {
    const double least = rules.number(least_keyword).value_or(0);
    const auto most = rules.number(most_keyword);
    const auto count = static_cast<double>(length);
    if (count < least) {
      complaints_.error(node.mark, "wrong-length", fmt::format("{} needs at least {} {}", label, least, unit),
                        std::string(rules.description));
    } else if (most && count > *most) {
      complaints_.error(node.mark, "wrong-length", fmt::format("{} has more than {} {}", label, *most, unit),
                        std::string(rules.description));
    }
  }

  void check_range(const Node& node, const Rules& rules, const std::string& label, double value) {
    const auto least = rules.number("minimum");
    const auto most = rules.number("maximum");
    if ((!least || value >= *least) && (!most || value <= *most)) return;
    complaints_.error(
        node.mark, "out-of-range",
        fmt::format("{} must be from {} to {}, not {}", label, least.value_or(0), most.value_or(0), node.text),
        std::string(rules.description));
  }

  Complaints& complaints_;
};

}  // namespace

const json::value& schema_json() {
  static const json::value schema = json::parse(embedded::kProjectSchema);
  return schema;
}

json::value to_json(const Node& root) { return to_json(root, rules_of(schema_json())); }

void explain_schema(const Node& root, Complaints& complaints) {
  Explainer(complaints).explain(root, rules_of(schema_json()), "the project");
}

void check_schema(const Node& root, Complaints& complaints) {
  if (fits_schema(to_json(root), schema_json())) return;
  const std::size_t before = complaints.count();
  explain_schema(root, complaints);
  if (complaints.count() == before) {
    // The two judges differ: refuse, even if nobody can say where.
    complaints.error({root.mark.file, 0, 0}, "schema", "the file does not fit the schema",
                     "check it with schema/project.schema.json in an editor, and report this");
  }
}

std::string_view schema_text() { return embedded::kProjectSchema; }

}  // namespace candela::project
