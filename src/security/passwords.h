#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace candela {

inline constexpr std::size_t kPasswordMin = 8;
inline constexpr std::size_t kPasswordMax = 128;

/// Why a password cannot be taken: too short, too long, characters that no keyboard has. Nothing is said of its guess-
/// ability: some clients have theirs built in.
Outcome check_password(std::string_view password);

/// An argon2id hash with its own salt and costs, as text ("$argon2id$v=19$m=65536,t=2,p=1$..."). Takes 64 MiB and about
/// 60 ms: not for a thread that others wait on. The error is that there is not enough memory.
Result<std::string> hash_password(std::string_view password);

/// Whether the password has this hash. Takes as long as hash_password, whatever the answer; a hash that is no hash has
/// no password, and is found out just as slowly.
bool has_password(const std::string& hash, std::string_view password);

/// 128 random bits in letters and digits that are not mistaken for one another.
std::string random_password();

}  // namespace candela
