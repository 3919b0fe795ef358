#include "base/json.h"

#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace candela {
namespace {

void write(const boost::json::value& value, std::string& out) {
  switch (value.kind()) {
    case boost::json::kind::object: {
      out += '{';
      bool first = true;
      for (const auto& member : value.get_object()) {
        if (!first) out += ',';
        first = false;
        out += boost::json::serialize(member.key());
        out += ':';
        write(member.value(), out);
      }
      out += '}';
      break;
    }
    case boost::json::kind::array: {
      out += '[';
      bool first = true;
      for (const auto& item : value.get_array()) {
        if (!first) out += ',';
        first = false;
        write(item, out);
      }
      out += ']';
      break;
    }
    case boost::json::kind::double_: {
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.begin(), digits.end(), value.get_double());
      out.append(digits.begin(), end.ptr);
      break;
    }
    default: out += boost::json::serialize(value);
  }
}

}  // namespace

std::string to_text(const boost::json::value& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace candela
