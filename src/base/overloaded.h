#pragma once

namespace candela {

/// One function object out of several, for std::visit.
template <class... Cases>
struct overloaded : Cases... {
  using Cases::operator()...;
};
/// g++ deduces this by itself, clang 14 (fuzz targets, clang-tidy) does not.
template <class... Cases>
overloaded(Cases...) -> overloaded<Cases...>;

}  // namespace candela
