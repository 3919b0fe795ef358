#include "store/directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/durable_file.h"

namespace candela::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMain = "candela.db";
constexpr const char* kCopy = "last-good.db";
/// What SQLite may keep beside each. A log goes before its database: left behind, it would be taken for the next one's.
constexpr const char* kBeside[] = {"-wal", "-journal", "-shm"};

/// The newest level of each zone out of the other book goes into the good one, which may be older in this. Of what has
/// no time of its own the other knows the newest, unless it is `behind`.
void salvage(LiveState left, bool behind, Book& book) {
  const LiveState known = book.live();
  LiveState newer;
  for (const SavedState::Zone& zone : left.zones.rows()) {
    const SavedState::Zone* here = known.zones.find(zone.zone.value);
    if (here == nullptr || here->start <= zone.start) newer.zones.put(zone.zone.value, zone);
  }
  if (!behind) {
    newer.leds = std::move(left.leds);
    newer.rows = std::move(left.rows);
  }
  // Not fatal: the next change of a level will meet the same trouble and tell it.
  if (!newer.empty()) static_cast<void>(book.write(nullptr, newer));
}

Result<std::unique_ptr<Book>> open_fresh(const fs::path& file, Book::Journal journal) {
  Book::Opening opening = Book::open(file, journal);
  if (!opening.book) return Error{"cannot use " + file.string() + ": " + opening.reason};
  return std::move(opening.book);
}

/// Nothing that can be read: begin anew, and say what that means if there was something once.
Outcome begin_anew(const fs::path& directory, const Book::Opening& main, const Book::Opening& copy, Directory& opened) {
  for (const auto& [name, opening] : {std::pair(kMain, &main), std::pair(kCopy, &copy)}) {
    const auto moved = put_away(directory / name);
    if (!moved) return moved.error();
    if (moved->empty()) continue;
    opened.warnings.push_back(std::string(name) + " is damaged (" + opening->reason + ") and was set aside as " +
                              *moved + ".");
  }
  if (!opened.warnings.empty()) {
    opened.warnings.push_back(
        "No good copy was found: the projects, clients and levels that were kept here are lost, the processor begins "
        "anew. Transfer the project and add the clients again.");
  }
  if (const Outcome made = Book::create(directory / kMain); !made) return made.error();
  auto book = open_fresh(directory / kMain, Book::Journal::write_ahead);
  if (!book) return book.error();
  opened.main = std::move(*book);
  return done();
}

/// candela.db is damaged, missing or behind: the copy takes its place.
Outcome restore_main(const fs::path& directory, Book::Opening main, Book& copy, Directory& opened) {
  const bool behind = main.book != nullptr;
  LiveState left = behind ? main.book->live() : std::move(main.salvage);
  main.book.reset();
  const auto moved = put_away(directory / kMain);
  if (!moved) return moved.error();
  const std::string what = behind                                 ? "had lost its last changes"
                           : main.condition == Condition::missing ? "was missing"
                                                                  : "is damaged (" + main.reason + ")";
  opened.warnings.push_back(std::string(kMain) + " " + what +
                            (moved->empty() ? "" : " and was set aside as " + *moved) +
                            "; the processor goes on with its last good copy. Projects, clients and settings are all "
                            "there; levels of zones may be older than they were.");
  if (const Outcome copied = copy.copy_to(directory / kMain); !copied) return copied.error();
  auto book = open_fresh(directory / kMain, Book::Journal::write_ahead);
  if (!book) return book.error();
  opened.main = std::move(*book);
  salvage(std::move(left), behind, *opened.main);
  return done();
}

/// The copy follows the main book from here on; if it cannot, the processor works without it and says so.
void follow(const fs::path& directory, Book::Opening copy, Directory& opened) {
  if (copy.book && copy.book->sequence() == opened.main->sequence()) {
    opened.copy = std::move(copy.book);
    return;
  }
  if (copy.condition == Condition::damaged) {
    opened.warnings.push_back(std::string(kCopy) + " is damaged (" + copy.reason + ") and was made again from " +
                              kMain + "; nothing is lost.");
  }
  copy.book.reset();
  auto renewed = renew_copy(*opened.main, directory);
  if (renewed) {
    opened.copy = std::move(*renewed);
  } else {
    opened.trouble = renewed.error().message;
  }
}

}  // namespace

Result<std::string> put_away(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : kBeside) {
    const fs::path beside = file.string() + suffix;
    if (!fs::exists(beside, ignored)) continue;
    if (const auto moved = set_aside(beside); !moved) return moved.error();
  }
  if (!fs::exists(file, ignored)) return std::string();
  const auto moved = set_aside(file);
  if (!moved) return moved.error();
  return moved->filename().string();
}

Result<Directory> open_directory(const fs::path& directory) {
  Book::Opening main = Book::open(directory / kMain, Book::Journal::write_ahead);
  if (main.condition == Condition::busy) return Error{directory.string() + " is in use by another processor"};
  Book::Opening copy = Book::open(directory / kCopy, Book::Journal::rollback);
  for (const Book::Opening* it : {&main, &copy}) {
    if (it->condition == Condition::newer) return Error{it->reason};
    if (it->condition == Condition::busy) return Error{directory.string() + " is in use by another processor"};
  }

  Directory opened;
  Outcome outcome = done();
  if (main.condition == Condition::unwritable) {
    outcome = Error{"cannot use " + (directory / kMain).string() + ": " + main.reason};
  } else if (main.book && !(copy.book && copy.book->sequence() > main.book->sequence())) {
    opened.main = std::move(main.book);
  } else if (copy.book) {
    outcome = restore_main(directory, std::move(main), *copy.book, opened);
  } else if (copy.condition == Condition::unwritable) {
    outcome = Error{"cannot use " + (directory / kCopy).string() + ": " + copy.reason};
  } else {
    outcome = begin_anew(directory, main, copy, opened);
    copy = {};
  }
  if (outcome) {
    follow(directory, std::move(copy), opened);
  } else {
    opened.trouble = outcome.error().message;
  }
  return opened;
}

Result<std::unique_ptr<Book>> renew_copy(Book& main, const fs::path& directory) {
  const fs::path file = directory / kCopy;
  Book::Opening old = Book::open(file, Book::Journal::rollback);
  old.book.reset();
  if (old.condition == Condition::damaged) {
    if (const auto moved = put_away(file); !moved) return moved.error();
  }
  if (const Outcome copied = main.copy_to(file); !copied) return copied.error();
  return open_fresh(file, Book::Journal::rollback);
}

std::string why_unwritable(const fs::path& directory) {
  const auto refused = [](const fs::path& path) {
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0
               ? std::string()
               : path.string() + " cannot be written: " + std::generic_category().message(errno);
  };
  std::error_code ignored;
  if (std::string why = refused(directory); !why.empty()) return why;
  for (const char* name : {kMain, kCopy}) {
    if (!fs::exists(directory / name, ignored)) continue;
    if (std::string why = refused(directory / name); !why.empty()) return why;
  }
  return {};
}

Result<std::unique_ptr<PrivateCopy>> PrivateCopy::make(const fs::path& directory) {
  std::error_code error;
  std::string pattern = (fs::temp_directory_path(error) / "candela-memory-XXXXXX").string();
  if (error || ::mkdtemp(pattern.data()) == nullptr) return Error{"no private copy can be made in " + pattern};
  std::unique_ptr<PrivateCopy> made(new PrivateCopy(pattern));
  bool any = false;
  for (const char* name : {kMain, kCopy}) {
    for (const char* suffix : {"", "-wal", "-journal"}) {
      const std::string file = std::string(name) + suffix;
      if (!fs::exists(directory / file, error)) continue;
      fs::copy_file(directory / file, made->path_ / file, error);
      if (error) return Error{"cannot read " + (directory / file).string() + ": " + error.message()};
      fs::permissions(made->path_ / file, fs::perms::owner_read | fs::perms::owner_write, error);
      any = true;
    }
  }
  if (!any) return Error{"and nothing is kept in it"};
  return made;
}

PrivateCopy::~PrivateCopy() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace candela::store
