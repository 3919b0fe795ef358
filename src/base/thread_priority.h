#pragma once

namespace candela {

/// The calling thread goes before all others: it runs as soon as it wakes up, whatever the machine does meanwhile, and
/// must therefore never run for long. As far as the system allows a program that (root, CAP_SYS_NICE, or LimitRTPRIO=
/// of its service); where it does not, nothing changes. Threads and programs that it starts are not among the first.
void go_before_others();

}  // namespace candela
