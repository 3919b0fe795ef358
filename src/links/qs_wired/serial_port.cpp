#include "links/qs_wired/serial_port.h"

// The kernel's own termios, because the C library's knows only the classic rates, and 62 500 is not one. The two can't
// be included together.
#include <asm/termbits.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace candela::links {
namespace {

termios2 raw_8n1(termios2 settings, std::uint32_t baud) {
  settings.c_iflag = IGNBRK;
  settings.c_oflag = 0;
  settings.c_lflag = 0;
  settings.c_cflag = CS8 | CREAD | CLOCAL | BOTHER | (BOTHER << IBSHIFT);
  settings.c_ispeed = settings.c_ospeed = baud;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  return settings;
}

Error failure(const std::string& path, int error) {
  return {path + ": " + std::error_code(error, std::generic_category()).message()};
}

}  // namespace

Result<int> open_serial_port(const std::string& path, std::uint32_t baud) {
  const int port = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (port < 0) return failure(path, errno);
  termios2 settings{};
  bool set = ::ioctl(port, TCGETS2, &settings) == 0;
  if (set) {
    settings = raw_8n1(settings, baud);
    set = ::ioctl(port, TCSETS2, &settings) == 0;
  }
  if (!set) {
    const int error = errno;
    ::close(port);
    return failure(path, error);
  }
  return port;
}

}  // namespace candela::links
