#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candela::leap {

/// The `?where=` of a read: a list's items that have one of these values (leap.md §3.1.3).
class Filter {
 public:
  /// Lets everything through.
  Filter() = default;
  /// Reads `where=Field:value|Other.field:"value"`, percent-encoded or not. Nothing if it is not of that form.
  static std::optional<Filter> parse(std::string_view query);

  bool matches(const boost::json::object& item) const;

 private:
  struct Term {
    std::vector<std::string> path;
    std::string value;
  };
  std::vector<Term> terms_;  ///< one of them has to hold; none = everything does
};

}  // namespace candela::leap
