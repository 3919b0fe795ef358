#pragma once

namespace candela {

/// The calling thread goes before others, as far as the system allows a program that (root, or CAP_SYS_NICE, or
/// LimitNICE= of its service); where it does not, nothing changes.
void go_before_others();

}  // namespace candela
