#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "project/complaints.h"
#include "project/tree.h"

namespace candela::project {

enum class ObjectKind : std::uint8_t {
  area,
  zone,
  scene,
  processor,
  link,
  gateway,
  device,
  button,
  variable,
  mode,
  sequence,
  holidays,
  timeclock,
  timeclock_event,
  partition,
  show,
  facade
};
/// "zone"
std::string_view word_for(ObjectKind kind);
/// "a zone", "an area", "a set of holidays"
std::string one(ObjectKind kind);

/// All ids of a project. They are one space, so that an id alone says what is meant.
class Names {
 public:
  struct Named {
    ObjectKind kind = ObjectKind::area;
    std::uint32_t index = 0;  ///< in the project's list of that kind
    Mark mark;
  };

  explicit Names(Complaints& complaints) : complaints_(complaints) {}

  /// False when the id is taken, which is complained about.
  bool declare(std::string_view id, Named named);
  /// Complains about a text that may not be an id. Such an object is built all the same, so that what refers to it is
  /// not complained about as well.
  void check_form(std::string_view id, Mark mark);

  /// What an id stands for. nullptr, and a complaint, when it is nothing or not of this kind.
  const Named* resolve(std::string_view id, ObjectKind kind, Mark mark);
  const Named* find(std::string_view id) const;
  /// Complains that an id is not known, and suggests one of this kind.
  void complain_of_unknown(std::string_view id, ObjectKind kind, Mark mark);

 private:
  std::unordered_map<std::string, Named> named_;
  Complaints& complaints_;
  /// Looking for the nearest id costs time on a large project; after this many misses it is left.
  int suggestions_left_ = 50;
};

}  // namespace candela::project
