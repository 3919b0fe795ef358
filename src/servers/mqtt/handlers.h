#pragma once

#include <utility>

#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt {

/// A row's function for objects of one type: looks the object up and hands it over.
template <class Id, auto function>
bool write_for(const Sight& sight, std::uint32_t object, std::string& payload) {
  const auto* const found = sight.view.project()->find(Id{object});
  return found != nullptr && function(sight, *found, payload);
}
template <class Id, auto function>
Result<Orders> read_for(const Sight& sight, std::uint32_t object, std::string_view payload) {
  return function(sight, *sight.view.project()->find(Id{object}), payload);
}

inline Orders order(decltype(Event::what) what) {
  Orders orders;
  orders.events.push_back(std::move(what));
  return orders;
}

}  // namespace candela::servers::mqtt
