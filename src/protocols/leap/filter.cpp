#include "protocols/leap/filter.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace candela::leap {
namespace {

constexpr std::size_t kTermsMax = 64;
constexpr std::size_t kDepthMax = 8;

std::optional<std::string> decode_percents(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned char byte = 0;
    if (i + 2 >= text.size()) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
    if (error != std::errc() || end != text.data() + i + 3) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

/// Cuts at a separator, but not within quotes.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] != separator || quoted) continue;
    parts.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

/// A value as a filter writes it: strings without quotes, everything else as in JSON.
std::string plain(const boost::json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  return boost::json::serialize(value);
}

}  // namespace

std::optional<Filter> Filter::parse(std::string_view query) {
  constexpr std::string_view kWhere = "where=";
  if (!query.starts_with(kWhere)) return std::nullopt;
  const auto text = decode_percents(query.substr(kWhere.size()));
  if (!text) return std::nullopt;
  Filter filter;
  for (const std::string_view part : split(*text, '|')) {
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos || colon == 0 || filter.terms_.size() == kTermsMax) return std::nullopt;
    Term term;
    for (const std::string_view name : split(part.substr(0, colon), '.')) term.path.emplace_back(name);
    if (term.path.size() > kDepthMax) return std::nullopt;
    std::string_view value = part.substr(colon + 1);
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
    term.value = value;
    filter.terms_.push_back(std::move(term));
  }
  return filter;
}

bool Filter::matches(const boost::json::object& item) const {
  return terms_.empty() || std::any_of(terms_.begin(), terms_.end(), [&](const Term& term) {
           const boost::json::object* object = &item;
           const boost::json::value* value = nullptr;
           for (const std::string& name : term.path) {
             if (object == nullptr) return false;
             value = object->if_contains(name);
             if (value == nullptr) return false;
             object = value->if_object();
           }
           return plain(*value) == term.value;
         });
}

}  // namespace candela::leap
