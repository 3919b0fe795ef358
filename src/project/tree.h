#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "project/complaints.h"

namespace candela::project {

/// A value of a YAML file and where it stands. Scalars are kept as text: what they mean is decided by the schema, not
/// by YAML's guesses, so that `name: no` is a name.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map };
  struct Key {
    std::string name;
    Mark mark;
  };

  Kind kind = Kind::null;
  bool quoted = false;  ///< scalars only; "40" in quotes is text, never a number
  Mark mark;
  std::string text;         ///< scalars only
  std::vector<Node> items;  ///< of a list, or the values of a map
  std::vector<Key> keys;    ///< of a map; keys[i] belongs to items[i]

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }

  /// The value of a map's key. nullptr when there is none or this is no map.
  const Node* find(std::string_view key) const;
  /// The text of the scalar under a key; empty when there is none.
  std::string_view text_of(std::string_view key) const;
  /// The items of the list under a key; empty when there is none.
  const std::vector<Node>& list_of(std::string_view key) const;
};

/// What the parser accepts at most. A project with 10 000 zones stays far below.
struct TreeLimits {
  std::size_t nodes = 1'000'000;
  std::size_t depth = 64;
  /// The parser keeps everything between brackets until they close, so one bracket could cost gigabytes.
  std::size_t bytes_in_one_value = 1024 * 1024;
};

/// Parses one file. Refused, with one complaint each: text that is not UTF-8 or holds control characters, broken YAML,
/// anchors, aliases and tags, a second document, and what is beyond the limits. Complained about, but parsed:
/// duplicate keys (the first one counts).
/// `nodes_left` is what may still be made, over all files; it is counted down.
std::optional<Node> parse(const File& file, std::uint32_t index, std::size_t& nodes_left, Complaints& complaints);

}  // namespace candela::project
