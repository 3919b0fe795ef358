#include "links/simulated/devices_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <csignal>
#include <system_error>
#include <utility>

extern char** environ;

namespace candela::links {
namespace {

using boost::system::error_code;

constexpr Duration kFirstRetry = std::chrono::milliseconds(100);
constexpr Duration kLastRetry = std::chrono::seconds(5);
constexpr int kPatienceMs = 500;

struct Child {
  int pid = -1;
  int input = -1;    ///< our end of its standard input
  int output = -1;   ///< our end of its standard output
  int process = -1;  ///< readable when it has ended
};

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) ends_[0] = ends_[1] = -1;
  }
  ~Pipe() {
    for (const int end : ends_) {
      if (end >= 0) ::close(end);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  explicit operator bool() const { return ends_[0] >= 0; }
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  int release_reader() { return std::exchange(ends_[0], -1); }
  int release_writer() { return std::exchange(ends_[1], -1); }

 private:
  int ends_[2];
};

/// Its own process group, so that a Ctrl-C in the terminal leaves it to us; no blocked or ignored signals.
int spawn(const std::string& program, char* const* arguments, int input, int output) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, program.c_str(), &files, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (failed == 0) return pid;
  errno = failed;
  return -1;
}

/// pid < 0 and errno tell a failure.
Child launch_child(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  Pipe input;
  Pipe output;
  if (!input || !output) return {};
  const int pid = spawn(program, argv.data(), input.reader(), output.writer());
  if (pid < 0) return {};
  // By system call: Debian 12's C library has no function for it.
  const auto process = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  return {pid, input.release_writer(), output.release_reader(), process};
}

}  // namespace

DevicesProcess::DevicesProcess(boost::asio::io_context& loop, Settings settings)
    : settings_(std::move(settings)),
      input_(loop),
      output_(loop),
      process_(loop),
      retry_timer_(loop),
      retry_after_(kFirstRetry) {}

DevicesProcess::~DevicesProcess() { stop(); }

template <class Handler>
auto DevicesProcess::guarded(Handler handler) {
  return [handler = std::move(handler), generation = std::weak_ptr<int>(generation_), mine = *generation_](
             const error_code& failed, auto... result) mutable {
    const auto present = generation.lock();
    if (present && *present == mine && failed != boost::asio::error::operation_aborted) handler(failed, result...);
  };
}

void DevicesProcess::start() { launch(); }

void DevicesProcess::stop() {
  ++*generation_;
  retry_timer_.cancel();
  end_child();
}

void DevicesProcess::restart() {
  stop();
  retry_after_ = kFirstRetry;
  launch();
}

void DevicesProcess::launch() {
  const Child child = launch_child(settings_.program, settings_.arguments);
  if (child.pid < 0) {
    spdlog::error("cannot start {}: {}", settings_.program, std::error_code(errno, std::generic_category()).message());
    return retry_later();
  }
  pid_ = child.pid;
  input_.assign(child.input);
  output_.assign(child.output);
  error_code failed;
  if (child.process >= 0) process_.assign(child.process, failed);
  await_ready();
  await_end();
}

void DevicesProcess::await_ready() {
  output_.async_read_some(boost::asio::buffer(line_), guarded([this](const error_code& failed, std::size_t size) {
                            if (failed) return;
                            if (std::find(line_.begin(), line_.begin() + size, '\n') == line_.begin() + size) {
                              return await_ready();
                            }
                            retry_after_ = kFirstRetry;
                            settings_.on_ready();
                          }));
}

void DevicesProcess::await_end() {
  auto ended = guarded([this](const error_code&) {
    spdlog::warn("{} ended; it is started again", settings_.program);
    ++*generation_;
    end_child();
    retry_later();
    settings_.on_ended();
  });
  process_.async_wait(boost::asio::posix::stream_descriptor::wait_read, std::move(ended));
}

void DevicesProcess::end_child() {
  error_code ignored;
  input_.close(ignored);
  output_.close(ignored);
  if (pid_ >= 0) {
    pollfd end{process_.native_handle(), POLLIN, 0};
    ::kill(pid_, SIGTERM);
    if (::poll(&end, 1, kPatienceMs) != 1) ::kill(pid_, SIGKILL);
    ::waitpid(std::exchange(pid_, -1), nullptr, 0);
  }
  process_.close(ignored);
}

void DevicesProcess::retry_later() {
  retry_timer_.expires_after(retry_after_);
  retry_after_ = std::min(retry_after_ * 2, kLastRetry);
  retry_timer_.async_wait(guarded([this](const error_code&) { launch(); }));
}

}  // namespace candela::links
