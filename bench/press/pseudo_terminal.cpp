#include "press/pseudo_terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace candela::bench {
namespace {

/// The value of a system call that must not fail.
int must(int result, const char* what) {
  if (result >= 0) return result;
  std::perror(what);
  std::exit(1);
}

}  // namespace

PseudoTerminal::PseudoTerminal() : near_(must(posix_openpt(O_RDWR | O_NOCTTY), "posix_openpt")) {
  must(grantpt(near_), "grantpt");
  must(unlockpt(near_), "unlockpt");
  port_ = ptsname(near_);
  far_ = must(open(port_.c_str(), O_RDWR | O_NOCTTY), port_.c_str());
  termios raw{};
  must(tcgetattr(far_, &raw), "tcgetattr");
  cfmakeraw(&raw);
  must(tcsetattr(far_, TCSANOW, &raw), "tcsetattr");
}

PseudoTerminal::~PseudoTerminal() {
  close(near_);
  close(far_);
}

void PseudoTerminal::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const int written = must(static_cast<int>(::write(near_, bytes.data(), bytes.size())), "write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

std::size_t PseudoTerminal::read(std::span<std::uint8_t> into, int timeout_ms) {
  pollfd readable{near_, POLLIN, 0};
  if (must(poll(&readable, 1, timeout_ms), "poll") == 0) return 0;
  return static_cast<std::size_t>(must(static_cast<int>(::read(near_, into.data(), into.size())), "read"));
}

}  // namespace candela::bench
