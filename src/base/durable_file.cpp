#include "base/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <system_error>
#include <vector>

namespace candela {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeptAside = 3;

Error failure(const std::string& what, const fs::path& file) {
  return Error{what + " " + file.string() + ": " + std::generic_category().message(errno)};
}

/// A file descriptor that is closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  explicit operator bool() const { return number_ >= 0; }
  int get() const { return number_; }

 private:
  int number_;
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Outcome sync_directory(const fs::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || ::fsync(opened.get()) != 0) return failure("cannot sync", directory);
  return done();
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

std::string date_of(const fs::path& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0) return "unknown";
  std::tm parts{};
  ::gmtime_r(&status.st_mtim.tv_sec, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S-", &parts);
  const std::string microseconds = std::to_string(1'000'000 + status.st_mtim.tv_nsec / 1000);
  return text.data() + microseconds.substr(1);
}

/// The dates in the names sort as the files' ages do. The newest guest stays in any case.
void drop_oldest(const fs::path& file, const fs::path& newest) {
  const std::string prefix = file.filename().string() + ".damaged-";
  std::vector<fs::path> kept;
  std::error_code ignored;
  for (fs::directory_iterator it(folder_of(file), ignored), end; !ignored && it != end; it.increment(ignored)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with(prefix) && name != newest.filename()) kept.push_back(it->path());
  }
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i + kKeptAside < kept.size() + 1; ++i) fs::remove_all(kept[i], ignored);
}

}  // namespace

Outcome write_durably(const fs::path& file, std::string_view text, mode_t mode) {
  const fs::path fresh = file.string() + ".new";
  {
    const Descriptor opened(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!opened) return failure("cannot write", fresh);
    if (::fchmod(opened.get(), mode) != 0 || !write_all(opened.get(), text)) {
      Error error = failure("cannot write", fresh);
      ::unlink(fresh.c_str());
      return error;
    }
  }
  return move_durably(fresh, file, mode);
}

Outcome move_durably(const fs::path& from, const fs::path& to, mode_t mode) {
  {
    const Descriptor opened(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!opened || ::fchmod(opened.get(), mode) != 0 || ::fsync(opened.get()) != 0) {
      Error error = failure("cannot sync", from);
      ::unlink(from.c_str());
      return error;
    }
  }
  if (::rename(from.c_str(), to.c_str()) != 0) {
    Error error = failure("cannot write", to);
    ::unlink(from.c_str());
    return error;
  }
  return sync_directory(folder_of(to));
}

Result<std::string> read_file(const fs::path& file, std::size_t limit) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened) return failure("cannot read", file);
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t count = ::read(opened.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failure("cannot read", file);
    if (count == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > limit) return Error{file.string() + " is larger than " + std::to_string(limit) + " bytes"};
  }
}

Result<fs::path> set_aside(const fs::path& file) {
  const std::string stem = file.string() + ".damaged-" + date_of(file);
  fs::path aside = stem;
  std::error_code ignored;
  for (int i = 2; fs::exists(fs::symlink_status(aside, ignored)); ++i) aside = stem + "-" + std::to_string(i);
  if (::rename(file.c_str(), aside.c_str()) != 0) return failure("cannot set aside", file);
  if (const Outcome synced = sync_directory(folder_of(file)); !synced) return synced.error();
  drop_oldest(file, aside);
  return aside;
}

}  // namespace candela
