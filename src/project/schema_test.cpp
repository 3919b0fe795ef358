#include "project/schema.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "base/json.h"
#include "project/test_home.h"

namespace candela::project {
namespace {

Node tree_of(const std::string& text) {
  const File file{"test.yaml", text};
  Complaints complaints({&file, 1});
  std::size_t nodes = TreeLimits{}.nodes;
  auto tree = parse(file, 0, nodes, complaints);
  return tree ? std::move(*tree) : Node{};
}

std::string json_of(const std::string& text) { return to_text(to_json(tree_of(text))); }

std::size_t explanations(const Node& tree) {
  Complaints complaints({});
  explain_schema(tree, complaints);
  return complaints.count();
}

TEST(Schema, gives_scalars_their_types) {
  EXPECT_EQ(json_of("project: {name: no}"), R"({"project":{"name":"no"}})") << "YAML would make false of it";
  EXPECT_EQ(json_of("project: {name: 12}"), R"({"project":{"name":"12"}})");
  EXPECT_EQ(json_of("location: {latitude: 12, longitude: -0.5}"), R"({"location":{"latitude":12,"longitude":-0.5}})");
  EXPECT_EQ(json_of("location: {latitude: '12'}"), R"({"location":{"latitude":"12"}})") << "quotes make it a text";
  EXPECT_EQ(json_of("devices: [{serial: 0x10, at: [1, 2.5]}]"), R"({"devices":[{"serial":16,"at":[1,2.5]}]})");
  EXPECT_EQ(json_of("areas: [{zones: [{fade: 3s}, {fade: 3}]}]"),
            R"({"areas":[{"zones":[{"fade":"3s"},{"fade":3}]}]})");
  EXPECT_EQ(json_of("areas: [{scenes: [{zones: {a: 40, b: {level: 40}}}]}]"),
            R"({"areas":[{"scenes":[{"zones":{"a":40,"b":{"level":40}}}]}]})");
  EXPECT_EQ(json_of("project:"), R"({"project":null})");
  EXPECT_EQ(json_of("other: [1, yes]"), R"({"other":["1","yes"]})");
}

TEST(Schema, is_what_is_published) {
  const auto published = load_files(std::filesystem::path(CANDELA_SOURCE_DIR) / "schema" / "project.schema.json");
  ASSERT_TRUE(published);
  EXPECT_EQ(published->front().text, schema_text());
}

TEST(Schema, describes_every_key_for_editors) {
  const auto check = [](const auto& self, const boost::json::value& schema, const std::string& place) -> void {
    if (const auto* properties = schema.as_object().if_contains("properties")) {
      for (const auto& [key, rules] : properties->get_object()) {
        const auto& object = rules.as_object();
        const bool is_reference = object.contains("$ref");
        EXPECT_TRUE(is_reference || object.contains("description")) << place << "." << key;
        if (!is_reference) self(self, rules, place + "." + std::string(key));
      }
    }
  };
  check(check, schema_json(), "project file");
  for (const auto& [name, rules] : schema_json().at("definitions").as_object()) check(check, rules, name);
}

TEST(Schema, accepts_the_test_home) {
  const Node home = tree_of(std::string(kTestHome));
  EXPECT_TRUE(fits_schema(to_json(home), schema_json()));
  EXPECT_EQ(explanations(home), 0U);
}

/// All nodes of a tree, in an order that stays.
void collect(Node& node, std::vector<Node*>& all) {
  all.push_back(&node);
  for (Node& item : node.items) collect(item, all);
}

Node scalar(std::string text, bool quoted = false) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  node.quoted = quoted;
  return node;
}

/// One random change to a random place of a project: another value, a key renamed, removed or added.
void damage(Node& root) {
  std::vector<Node*> all;
  collect(root, all);
  Node& victim = *all[*rc::gen::inRange<std::size_t>(0, all.size())];
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      victim = scalar(
          *rc::gen::element<std::string>("", "x", "-1", "1.5", "101", "100000", "0x10", "true", "qs_wired", "1e300"),
          *rc::gen::arbitrary<bool>());
      break;
    case 1: victim = Node{}; break;
    case 2: {
      Node list;
      list.kind = Node::Kind::list;
      list.items.assign(*rc::gen::inRange<std::size_t>(0, 5), victim);
      victim = std::move(list);
      break;
    }
    case 3:
      if (!victim.keys.empty()) victim.keys[*rc::gen::inRange<std::size_t>(0, victim.keys.size())].name += "x";
      break;
    case 4:
      if (!victim.items.empty()) {
        const auto at = *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(victim.items.size()));
        victim.items.erase(victim.items.begin() + at);
        if (!victim.keys.empty()) victim.keys.erase(victim.keys.begin() + at);
      }
      break;
    default:
      if (victim.is_map()) {
        victim.keys.push_back({*rc::gen::element<std::string>("name", "fade", "level", "zones", "unknown"), {}});
        victim.items.push_back(scalar("5"));
        if (std::any_of(victim.keys.begin(), victim.keys.end() - 1,
                        [&](const Node::Key& key) { return key.name == victim.keys.back().name; })) {
          victim.keys.pop_back();  // a tree has no key twice
          victim.items.pop_back();
        }
      }
  }
}

RC_GTEST_PROP(Schema, is_explained_exactly_where_the_validator_objects, ()) {
  Node home = tree_of(std::string(kTestHome));
  const int changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) damage(home);
  const bool fits = fits_schema(to_json(home), schema_json());
  RC_CLASSIFY(fits);
  RC_ASSERT(fits == (explanations(home) == 0));
}

}  // namespace
}  // namespace candela::project
