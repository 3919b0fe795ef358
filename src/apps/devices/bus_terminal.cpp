#include "apps/devices/bus_terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace candela::devices {
namespace {

using boost::system::error_code;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

int open_terminal() {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) fail("no pseudo-terminal");
  return terminal;
}

std::string other_end_of(int terminal) {
  std::array<char, 128> name{};
  if (::ptsname_r(terminal, name.data(), name.size()) != 0) fail("no pseudo-terminal");
  return name.data();
}

int open_raw(const std::string& path) {
  const int end = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (end < 0) fail("no pseudo-terminal");
  termios settings{};
  ::tcgetattr(end, &settings);
  ::cfmakeraw(&settings);
  ::tcsetattr(end, TCSANOW, &settings);
  return end;
}

}  // namespace

BusTerminal::BusTerminal(boost::asio::io_context& loop, const Clock& clock, SimulatedBus& bus)
    : clock_(clock), bus_(bus), terminal_(loop, open_terminal()), timer_(loop) {
  terminal_.non_blocking(true);
  path_ = other_end_of(terminal_.native_handle());
  other_end_ = open_raw(path_);
  read();
  arm();
}

BusTerminal::~BusTerminal() { ::close(other_end_); }

void BusTerminal::read() {
  terminal_.async_read_some(boost::asio::buffer(in_), [this](const error_code& failed, std::size_t size) {
    if (failed) return;
    bus_.receive({in_.data(), size}, clock_.now().mono);
    flush();
    read();
  });
}

void BusTerminal::flush() {
  while (!waits_for_room_ && !bus_.output().empty()) {
    error_code failed;
    const auto bytes = bus_.output();
    const std::size_t written = terminal_.write_some(boost::asio::buffer(bytes.data(), bytes.size()), failed);
    if (!failed) {
      bus_.consumed(written);
      continue;
    }
    waits_for_room_ = true;
    terminal_.async_wait(boost::asio::posix::stream_descriptor::wait_write, [this](const error_code& cancelled) {
      if (cancelled) return;
      waits_for_room_ = false;
      flush();
    });
  }
}

void BusTerminal::arm() {
  timer_.expires_after(bus_.next_wake() - clock_.now().mono);
  timer_.async_wait([this](const error_code& cancelled) {
    if (cancelled) return;
    bus_.wake(clock_.now().mono);
    // What nobody hears is gone, as on a wire; else the processor would find an old crowd of announcements.
    if (!is_heard()) bus_.consumed(bus_.output().size());
    flush();
    arm();
  });
}

bool BusTerminal::is_heard() const {
  int unread = 0;
  return ::ioctl(other_end_, FIONREAD, &unread) == 0 && unread == 0;
}

}  // namespace candela::devices
