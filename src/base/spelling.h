#pragma once

#include <span>
#include <string_view>

namespace candela {

/// The known word that is nearest to a misspelt one; empty when nothing is near. Up to a third of its letters may be
/// wrong, three at most.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace candela
