#include "servers/leap/status_text.h"

#include <array>
#include <charconv>

namespace candela::leap {

void detail::append_key(std::string& out, std::string_view key) {
  out += '"';
  out += key;
  out += "\":";
}

void append_number(std::string& out, std::uint32_t number) {
  std::array<char, 12> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void append_href(std::string& out, std::string_view key, std::string_view kind, std::uint32_t number) {
  detail::append_key(out, key);
  out += R"({"href":"/)";
  out += kind;
  out += '/';
  append_number(out, number);
  out += R"("})";
}

void open_status(std::string& out, std::string_view kind, std::uint32_t number) {
  out += R"({"href":"/)";
  out += kind;
  out += '/';
  append_number(out, number);
  out += R"(/status",)";
}

void append_member(std::string& out, std::string_view key, std::string_view word) {
  detail::append_key(out, key);
  out += '"';
  out += word;
  out += "\",";
}

void close_object(std::string& out) {
  if (out.ends_with(',')) out.pop_back();
  out += '}';
}

}  // namespace candela::leap
