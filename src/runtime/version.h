#pragma once

namespace candela::runtime {

inline constexpr const char* kVersion = CANDELA_VERSION;

}  // namespace candela::runtime
