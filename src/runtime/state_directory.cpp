#include "runtime/state_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/value.hpp>

#include "base/durable_file.h"
#include "base/json.h"

namespace candela::runtime {

namespace fs = std::filesystem;

Result<std::unique_ptr<StateDirectory>> StateDirectory::open(fs::path path) {
  std::error_code failed;
  if (!fs::exists(path, failed)) {
    fs::create_directories(path, failed);
    if (failed) return Error{"the state directory " + path.string() + " cannot be made: " + failed.message()};
    fs::permissions(path, fs::perms::owner_all, failed);
  }
  if (!fs::is_directory(path, failed)) return Error{path.string() + " is no directory"};
  path = fs::absolute(path);
  const int lock = ::open((path / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  // Not flock(2): a child that was just forked holds such a lock too, and would keep the directory when we are killed.
  struct flock all {};
  all.l_type = F_WRLCK;
  if (lock >= 0 && ::fcntl(lock, F_SETLK, &all) != 0) {
    ::close(lock);
    return Error{"another candelad runs on " + path.string() + "; stop it first or use another --state"};
  }
  return std::unique_ptr<StateDirectory>(new StateDirectory(std::move(path), lock));
}

StateDirectory::~StateDirectory() {
  if (lock_ >= 0) ::close(lock_);
}

Outcome StateDirectory::write_endpoints(const boost::json::value& endpoints) const {
  return write_durably(path_ / "endpoints.json", to_text(endpoints) + "\n", 0644);
}

void StateDirectory::remove_endpoints() const {
  std::error_code ignored;
  fs::remove(path_ / "endpoints.json", ignored);
}

Outcome StateDirectory::write_active_project(const std::vector<project::File>& files) const {
  std::error_code failed;
  fs::remove_all(active_project(), failed);
  fs::create_directories(active_project(), failed);
  if (failed) return Error{active_project().string() + " cannot be written: " + failed.message()};
  for (const project::File& file : files) {
    Outcome written = write_durably(active_project() / fs::path(file.name).filename(), file.text, 0600);
    if (!written) return written;
  }
  return done();
}

}  // namespace candela::runtime
