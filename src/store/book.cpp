#include "store/book.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <system_error>
#include <utility>

#include "base/durable_file.h"
#include "store/format.h"
#include "store/rows.h"

namespace candela::store {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kMode = 0600;

/// Away with what an earlier attempt may have left.
void clear_way(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal"}) fs::remove(file.string() + suffix, ignored);
}

}  // namespace

Book::Book(const fs::path& file)
    : database_(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOFOLLOW | SQLite::OPEN_NOMUTEX) {}

Book::Opening Book::open(const fs::path& file, Journal journal) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {nullptr, Condition::missing, file.filename().string() + " is missing", {}};
  Opening opening;
  std::unique_ptr<Book> book;
  try {
    book.reset(new Book(file));
    book->configure(journal);
    const std::int64_t format = book->read_meta();
    if (format > kFormat) {
      return {nullptr,
              Condition::newer,
              file.string() + " was written by a newer Candela (format " + std::to_string(format) +
                  "; this one knows formats up to " + std::to_string(kFormat) +
                  "): install that version again, or give another state directory",
              {}};
    }
    if (format < kFormat) book->migrate(format, file);
    opening.reason = book->damage();
    opening.condition = opening.reason.empty() ? Condition::good : Condition::damaged;
  } catch (const SQLite::Exception& error) {
    opening.condition = condition_for(error);
    opening.reason = words_for(error);
  }
  if (opening.condition == Condition::good) {
    opening.book = std::move(book);
  } else if (opening.condition == Condition::damaged && book) {
    opening.salvage = book->live();
  }
  return opening;
}

Outcome Book::create(const fs::path& file) {
  const fs::path fresh = file.string() + ".new";
  auto made = guarded("cannot make the database", [&] {
    clear_way(fresh);
    SQLite::Database database(fresh.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOFOLLOW);
    database.exec("PRAGMA journal_mode = MEMORY");
    for (const char* step : kFormatSteps) database.exec(step);
    SQLite::Statement meta(database, "INSERT INTO meta VALUES (1, ?, 0, ?, ?)");
    meta.bind(1, kFormat);
    bind_digest(meta, 2, Digest{});
    meta.bind(3, checksum_of_meta(kFormat, 0, Digest{}));
    meta.exec();
    return std::monostate();
  });
  if (!made) {
    clear_way(fresh);
    return made;
  }
  return move_durably(fresh, file, kMode);
}

void Book::configure(Journal journal) {
  sqlite3* handle = database_.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  database_.exec("PRAGMA locking_mode = EXCLUSIVE");
  database_.exec(journal == Journal::write_ahead ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
  database_.exec("PRAGMA synchronous = FULL");
  database_.exec("PRAGMA cell_size_check = ON");
  database_.exec("PRAGMA journal_size_limit = 4194304");
  // Takes the lock.
  database_.exec("BEGIN IMMEDIATE");
  database_.exec("ROLLBACK");
  // The directory was seen to be writable, so it is the header that forbids it, wrongly.
  if (sqlite3_db_readonly(handle, "main") != 0) throw SQLite::Exception("its header is damaged", SQLITE_CORRUPT);
}

/// Returns the format.
std::int64_t Book::read_meta() {
  SQLite::Statement row(database_, "SELECT format, sequence, digest, checksum FROM meta WHERE id = 1");
  const auto damaged = [] { return SQLite::Exception("its first row is damaged", SQLITE_CORRUPT); };
  if (!row.executeStep()) throw damaged();
  const std::int64_t format = row.getColumn(0).getInt64();
  sequence_ = row.getColumn(1).getInt64();
  const auto digest = digest_of(row.getColumn(2));
  if (!digest || checksum_of_meta(format, sequence_, *digest) != row.getColumn(3).getInt64()) throw damaged();
  digest_ = *digest;
  return format;
}

void Book::migrate(std::int64_t format, const fs::path& file) {
  // The old Candela may be wanted back.
  if (const Outcome kept = copy_to(file.string() + ".format-" + std::to_string(format)); !kept) {
    throw SQLite::Exception(kept.error().message, SQLITE_FULL);
  }
  transact([&] {
    for (std::int64_t step = format; step < kFormat; ++step) {
      database_.exec(kFormatSteps[static_cast<std::size_t>(step)]);
    }
    put_meta({sequence_, digest_}, kFormat);
  });
}

Outcome Book::copy_to(const fs::path& file) {
  const fs::path fresh = file.string() + ".new";
  clear_way(fresh);
  auto copied = guarded("cannot copy the database", [&] {
    // Goes through every row, so nothing of this file's layout is carried over.
    SQLite::Statement copy(database_, "VACUUM INTO ?");
    copy.bind(1, fresh.string());
    copy.exec();
    return std::monostate();
  });
  if (!copied) {
    clear_way(fresh);
    return copied;
  }
  return move_durably(fresh, file, kMode);
}

}  // namespace candela::store
