#pragma once

namespace candela {

/// One function object out of several, for std::visit.
template <class... Cases>
struct overloaded : Cases... {
  using Cases::operator()...;
};

}  // namespace candela
