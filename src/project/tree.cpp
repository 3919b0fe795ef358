#include "project/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_set>
#include <utility>

namespace candela::project {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Thrown out of the event handler to stop the parser; caught in parse().
struct Refused {};
/// Thrown out of the stream for the same purpose.
struct TooMuchInOneValue {};

/// The length of the UTF-8 sequence at the front of `text`; 0 = not UTF-8 (RFC 3629: shortest form, no surrogates).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !follows(1)) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) {
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    return follows(2) ? 3 : 0;
  }
  if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
  return follows(2) && follows(3) ? 4 : 0;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// Complains about the first byte that has no place in a text file.
bool is_clean_text(std::string_view text, std::uint32_t file, Complaints& complaints) {
  Mark mark{file, 1, 1};
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) {
      complaints.error(mark, "not-text", fmt::format("byte 0x{:02X} is not valid UTF-8", static_cast<unsigned char>(c)),
                       "save the file as UTF-8 text");
      return false;
    }
    if (is_control(c) && c != '\n' && c != '\r' && c != '\t') {
      complaints.error(mark, "not-text", fmt::format("control character 0x{:02X}", static_cast<unsigned char>(c)),
                       "remove it; a project file is plain text");
      return false;
    }
    at += length;
    if (c == '\n') {
      ++mark.line;
      mark.column = 1;
    } else {
      mark.column += static_cast<std::uint32_t>(length);
    }
  }
  return true;
}

/// Feeds the text to the parser in pieces, and stops feeding when the parser takes much and gives nothing.
class TextFeed final : public std::streambuf {
 public:
  explicit TextFeed(std::string_view text) : text_(text) {}

  /// The parser has made something of what it was given.
  void progressed() { last_progress_ = given_; }

 protected:
  int_type underflow() override {
    constexpr std::size_t kPiece = 4096;
    if (given_ == text_.size()) return traits_type::eof();
    if (given_ - last_progress_ > TreeLimits{}.bytes_in_one_value) throw TooMuchInOneValue{};
    const std::string_view piece = text_.substr(given_, kPiece);
    given_ += piece.size();
    char* begin = const_cast<char*>(piece.data());  // streambuf's interface; nothing is written
    setg(begin, begin, begin + piece.size());
    return traits_type::to_int_type(*begin);
  }

 private:
  const std::string_view text_;
  std::size_t given_ = 0;
  std::size_t last_progress_ = 0;
};

/// A few lines of them can stand for gigabytes, and no home needs them.
void complain_of_alias(Mark mark, Complaints& complaints) {
  complaints.error(mark, "yaml-alias", "anchors (&) and aliases (*) are not allowed",
                   "write the value out, or put it in quotes");
}

/// Builds the tree out of the parser's events and stops the parser at the first thing that is refused.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::uint32_t file, TextFeed& feed, std::size_t& nodes_left, Complaints& complaints)
      : file_(file), feed_(feed), nodes_left_(nodes_left), complaints_(complaints) {}

  Node take() { return std::move(root_); }
  /// Where the last event was.
  Mark last() const { return last_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      refuse(at(mark), "one-document", "a second document begins here",
             "remove the line ---; a file holds one document");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check_plain(mark, "", anchor);
    Node node;
    node.mark = at(mark);
    add(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_alias(mark); }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuse_alias(mark); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_plain(mark, tag, anchor);
    if (std::any_of(value.begin(), value.end(), is_control)) {
      refuse(at(mark), "not-text", "a text holds a line break or another control character", "write it on one line");
    }
    Node node;
    node.kind = Node::Kind::scalar;
    node.quoted = tag == "!";
    node.mark = at(mark);
    node.text = value;
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_plain(mark, tag, anchor);
    open(Node::Kind::list, mark);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_plain(mark, tag, anchor);
    open(Node::Kind::map, mark);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is not complete yet.
  struct Open {
    Node node;
    bool has_key = false;                   ///< a map's key waits for its value
    bool drop_value = false;                ///< the key was a duplicate
    std::unordered_set<std::string> names;  ///< of the keys, once there are too many to look through
  };

  Mark at(const YAML::Mark& mark) const {
    return {file_, static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }

  [[noreturn]] void refuse(Mark mark, std::string_view rule, std::string message, std::string remedy) {
    complaints_.error(mark, rule, std::move(message), std::move(remedy));
    throw Refused{};
  }
  [[noreturn]] void refuse_alias(const YAML::Mark& mark) {
    complain_of_alias(at(mark), complaints_);
    throw Refused{};
  }
  /// Plain scalars come with the tag "?", quoted ones with "!", collections with "?" or none.
  void check_plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    feed_.progressed();
    last_ = at(mark);
    if (anchor != 0) refuse_alias(mark);
    if (!tag.empty() && tag != "?" && tag != "!") {
      refuse(at(mark), "yaml-tag", "tags (!) are not allowed", "remove the tag, or put the value in quotes");
    }
    if (nodes_left_ == 0) {
      refuse({file_, 0, 0}, "too-large", fmt::format("more than {} values", TreeLimits{}.nodes),
             "split the project; no system is that large");
    }
    --nodes_left_;
  }

  void open(Node::Kind kind, const YAML::Mark& mark) {
    if (stack_.size() >= TreeLimits{}.depth) {
      refuse(at(mark), "too-deep", fmt::format("more than {} levels of nesting", TreeLimits{}.depth),
             "look for brackets that are not closed");
    }
    if (expects_key()) refuse_key(at(mark));
    Open opened;
    opened.node.kind = kind;
    opened.node.mark = at(mark);
    stack_.push_back(std::move(opened));
  }
  void close() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(node));
  }

  bool expects_key() const { return !stack_.empty() && stack_.back().node.is_map() && !stack_.back().has_key; }
  [[noreturn]] void refuse_key(Mark mark) {
    refuse(mark, "yaml-syntax", "a list, a section or nothing cannot be a key",
           "write key: value, and look for a bracket that is not closed");
  }

  void add(Node node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (!parent.node.is_map()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      add_key(parent, node);
    } else {
      parent.has_key = false;
      if (!std::exchange(parent.drop_value, false)) parent.node.items.push_back(std::move(node));
    }
  }
  static bool is_duplicate(Open& map, const std::string& name) {
    constexpr std::size_t kFewKeys = 16;
    const std::vector<Node::Key>& keys = map.node.keys;
    if (keys.size() < kFewKeys) {
      return std::any_of(keys.begin(), keys.end(), [&](const Node::Key& key) { return key.name == name; });
    }
    if (map.names.empty()) {
      for (const Node::Key& key : keys) map.names.insert(key.name);
    }
    return !map.names.insert(name).second;
  }
  void add_key(Open& map, Node& key) {
    if (!key.is_scalar()) refuse_key(key.mark);
    map.has_key = true;
    if (is_duplicate(map, key.text)) {
      complaints_.error(key.mark, "duplicate-key", fmt::format("'{}' is written twice here", key.text),
                        "keep one of them");
      map.drop_value = true;
      return;
    }
    map.node.keys.push_back({std::move(key.text), key.mark});
  }

  const std::uint32_t file_;
  TextFeed& feed_;
  std::size_t& nodes_left_;
  Complaints& complaints_;
  Mark last_{file_, 1, 1};
  Node root_;
  std::vector<Open> stack_;
  int documents_ = 0;
};

void complain_of_syntax(const YAML::Exception& problem, std::uint32_t file, Complaints& complaints) {
  Mark mark{file, 0, 0};
  if (!problem.mark.is_null()) {
    mark.line = static_cast<std::uint32_t>(problem.mark.line + 1);
    mark.column = static_cast<std::uint32_t>(problem.mark.column + 1);
  }
  // The parser looks an alias up before it tells the builder of it.
  if (problem.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
    complain_of_alias(mark, complaints);
  } else {
    complaints.error(mark, "yaml-syntax", "not valid YAML: " + problem.msg,
                     "check indentation, colons, quotes and brackets here and just above");
  }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].name == key) return &items[i];
  }
  return nullptr;
}

std::string_view Node::text_of(std::string_view key) const {
  const Node* node = find(key);
  return node != nullptr && node->is_scalar() ? std::string_view(node->text) : std::string_view();
}

const std::vector<Node>& Node::list_of(std::string_view key) const {
  static const std::vector<Node> nothing;
  const Node* node = find(key);
  return node != nullptr && node->is_list() ? node->items : nothing;
}

std::optional<Node> parse(const File& file, std::uint32_t index, std::size_t& nodes_left, Complaints& complaints) {
  std::string_view text = file.text;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!is_clean_text(text, index, complaints)) return std::nullopt;
  TextFeed feed(text);
  TreeBuilder builder(index, feed, nodes_left, complaints);
  try {
    std::istream stream(&feed);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const Refused&) {
  } catch (const TooMuchInOneValue&) {
    complaints.error(builder.last(), "too-large",
                     fmt::format("what follows here goes on for more than {} KiB without an end",
                                 TreeLimits{}.bytes_in_one_value / 1024),
                     "look for a bracket or quote that is not closed");
  } catch (const YAML::Exception& problem) {
    complain_of_syntax(problem, index, complaints);
  }
  return std::nullopt;
}

}  // namespace candela::project
