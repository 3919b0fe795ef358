#include "security/twin_file.h"

#include <sys/stat.h>

#include <system_error>

#include "base/durable_file.h"

namespace candela {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kMode = 0600;
/// Keys and certificates are about 1 KiB.
constexpr std::size_t kMaxSize = 65536;

bool there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(file, ignored));
}

/// Somebody may have copied the files with a wider mode.
void close_to_others(const fs::path& file, std::vector<std::string>& warnings) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || (status.st_mode & 077) == 0) return;
  const bool closed = ::chmod(file.c_str(), kMode) == 0;
  warnings.push_back(file.string() + " could be read by others" + (closed ? "; it is closed now." : " and still can."));
}

}  // namespace

bool TwinFile::exists() const { return there(path_) || there(copy()); }

Result<std::string> TwinFile::read() {
  auto first = read_file(path_, kMaxSize);
  auto second = read_file(copy(), kMaxSize);
  const bool first_good = first && good_(*first);
  const bool second_good = second && good_(*second);
  if (!first_good && !second_good) {
    return Error{path_.string() + (there(path_) ? " is damaged" : " is missing") + " and " +
                 copy().filename().string() + (there(copy()) ? " is damaged" : " is missing") + " too"};
  }
  if (!first_good) mend(path_, copy(), *second);
  if (!second_good || (first_good && *first != *second)) mend(copy(), path_, *first);
  for (const fs::path& file : {path_, copy()}) close_to_others(file, warnings_);
  return first_good ? first : second;
}

void TwinFile::mend(const fs::path& file, const fs::path& from, std::string_view text) {
  std::string what = file.string() + " was missing";
  if (there(file)) {
    const auto aside = set_aside(file);
    what = file.string() + " was damaged" + (aside ? " and set aside as " + aside->filename().string() : std::string());
  }
  const Outcome written = write_durably(file, text, kMode);
  warnings_.push_back(what + (written ? "; it was made again from " + from.filename().string() + "."
                                      : "; it cannot be made again: " + written.error().message));
}

Outcome TwinFile::write(std::string_view text) const {
  if (Outcome written = write_durably(path_, text, kMode); !written) return written;
  return write_durably(copy(), text, kMode);
}

void TwinFile::discard() {
  for (const fs::path& file : {path_, copy()}) {
    if (there(file)) static_cast<void>(set_aside(file));
  }
}

}  // namespace candela
