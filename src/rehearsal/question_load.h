#pragma once

#include "rehearsal/question.h"

namespace candela::rehearsal {

/// Whether a load is as it shall be in what is no level (colour, tilt, set points, speed), or a facade that moves some.
/// REQUIRES: the check is of such a kind.
Result<Answer> ask_load(const Check& check, const Home& home);

/// People read whole percents, and dimmers of 8 bits cannot say more.
bool is_same(Level a, Level b);
Answer plain(bool so, bool negated, std::string found);

}  // namespace candela::rehearsal
