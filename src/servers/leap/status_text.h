#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

/// Pieces of the JSON text of a status. Members end with a comma, which close_object() takes back.
namespace candela::leap {

void append_number(std::string& out, std::uint32_t number);
/// "key":{"href":"/kind/number"} without a comma.
void append_href(std::string& out, std::string_view key, std::string_view kind, std::uint32_t number);
/// {"href":"/kind/number/status",
void open_status(std::string& out, std::string_view kind, std::uint32_t number);
/// "key":"word", with a word that needs no escapes.
void append_member(std::string& out, std::string_view key, std::string_view word);
/// "key":number, REQUIRES: number >= 0.
void append_member(std::string& out, std::string_view key, std::integral auto number);
void close_object(std::string& out);

namespace detail {
void append_key(std::string& out, std::string_view key);
}

void append_member(std::string& out, std::string_view key, std::integral auto number) {
  detail::append_key(out, key);
  append_number(out, static_cast<std::uint32_t>(number));
  out += ',';
}

}  // namespace candela::leap
