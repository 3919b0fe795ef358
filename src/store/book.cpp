#include "store/book.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <cstring>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "base/durable_file.h"
#include "base/overloaded.h"
#include "store/format.h"

namespace candela::store {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kMode = 0600;

std::int64_t to_number(UtcTime time) { return time.time_since_epoch().count(); }
UtcTime to_time(std::int64_t milliseconds) { return UtcTime(std::chrono::milliseconds(milliseconds)); }

std::string text_of(const SQLite::Column& column) {
  const char* text = column.getText();
  return {text, static_cast<std::size_t>(column.getBytes())};
}
std::uint32_t number_of(const SQLite::Column& column) { return column.getUInt(); }

void bind_digest(SQLite::Statement& statement, int index, const Digest& digest) {
  statement.bind(index, digest.data(), static_cast<int>(digest.size()));
}
std::optional<Digest> digest_of(const SQLite::Column& column) {
  Digest digest;
  if (column.getBytes() != static_cast<int>(digest.size())) return std::nullopt;
  std::memcpy(digest.data(), column.getBlob(), digest.size());
  return digest;
}

Digest hash_of(const Client& client) {
  return RowHash("client")
      .add(client.number.value)
      .add(client.name)
      .add(static_cast<std::int64_t>(client.role))
      .add(client.key_fingerprint)
      .add(client.certificate)
      .add(to_number(client.added))
      .add(static_cast<std::int64_t>(client.revoked))
      .digest();
}
Digest hash_of(const Setting& setting) { return RowHash("setting").add(setting.name).add(setting.value).digest(); }
Digest hash_of_number(std::string_view key, std::uint32_t number) {
  return RowHash("number").add(key).add(number).digest();
}
Digest hash_of_text(std::int64_t id, const Digest& text) { return RowHash("text").add(id).add(text).digest(); }

std::int64_t checksum_of(const SavedState::Zone& zone) {
  return RowHash("zone")
      .add(zone.zone.value)
      .add(zone.from.raw())
      .add(zone.to.raw())
      .add(to_number(zone.start))
      .add(zone.duration.count())
      .checksum();
}
std::int64_t checksum_of(const SavedState::Led& led) {
  return RowHash("led").add(led.led.value).add(static_cast<std::int64_t>(led.state)).checksum();
}
std::int64_t checksum_of_meta(std::int64_t format, std::int64_t sequence, const Digest& digest) {
  return RowHash("meta").add(format).add(sequence).add(digest).checksum();
}

Client client_of(SQLite::Statement& row) {
  Client client;
  client.number = ClientId{number_of(row.getColumn(0))};
  client.name = text_of(row.getColumn(1));
  client.role = static_cast<Role>(row.getColumn(2).getInt());
  client.key_fingerprint = text_of(row.getColumn(3));
  client.certificate = text_of(row.getColumn(4));
  client.added = to_time(row.getColumn(5).getInt64());
  client.revoked = row.getColumn(6).getInt() != 0;
  return client;
}

/// What went wrong with the disk, in words; SQLite's own where there are none better.
std::string words_for(const SQLite::Exception& error) {
  switch (error.getErrorCode() & 0xff) {
    case SQLITE_FULL: return "the disk is full";
    case SQLITE_READONLY: return "the disk is read-only";
    case SQLITE_IOERR: return std::string("the disk failed (") + error.what() + ")";
    default: return error.what();
  }
}

Condition condition_for(const SQLite::Exception& error) {
  switch (error.getErrorCode() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Condition::busy;
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: return Condition::unwritable;
    case SQLITE_IOERR: {
      const int detail = error.getExtendedErrorCode();
      const bool reading = detail == SQLITE_IOERR_READ || detail == SQLITE_IOERR_SHORT_READ ||
                           detail == SQLITE_IOERR_CORRUPTFS || detail == SQLITE_IOERR_DATA;
      return reading ? Condition::damaged : Condition::unwritable;
    }
    default: return Condition::damaged;
  }
}

/// Away with what an earlier attempt may have left.
void clear_way(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal"}) fs::remove(file.string() + suffix, ignored);
}

/// Runs what may throw; `what` begins the sentence when it does.
template <class Work>
auto guarded(const char* what, const Work& work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    return Error{std::string(what) + ": " + words_for(error)};
  } catch (const std::exception& error) {
    return Error{std::string(what) + ": " + error.what()};
  }
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
    opening.salvage = book->state();
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

/// What is not as it was written; empty if all is well.
std::string Book::damage() {
  SQLite::Statement check(database_, "PRAGMA quick_check(1)");
  if (!check.executeStep()) return "it cannot be checked";
  if (std::string said = text_of(check.getColumn(0)); said != "ok") return said;
  if (digest_of_rows() != digest_) return "its contents are not what was written";
  std::size_t rows = 0;
  for (const char* table : {"SELECT count(*) FROM zones", "SELECT count(*) FROM leds"}) {
    rows += database_.execAndGet(table).getUInt();
  }
  const SavedState good = state();
  return good.zones.size() + good.leds.size() == rows ? "" : "the level of a zone is not what was written";
}

Digest Book::digest_of_rows() {
  Digest sum{};
  SQLite::Statement texts(database_, "SELECT id, sha256, text FROM texts");
  while (texts.executeStep()) {
    const SQLite::Column text = texts.getColumn(2);
    const Digest real = sha256({static_cast<const char*>(text.getBlob()), static_cast<std::size_t>(text.getBytes())});
    toggle(sum, hash_of_text(texts.getColumn(0).getInt64(), real));
    if (digest_of(texts.getColumn(1)) != real) throw SQLite::Exception("a project text is damaged", SQLITE_CORRUPT);
  }
  for (const Store::VersionInfo& info : load_versions()) toggle(sum, version_hash(info));
  SQLite::Statement clients(database_, "SELECT * FROM clients");
  while (clients.executeStep()) toggle(sum, hash_of(client_of(clients)));
  SQLite::Statement settings(database_, "SELECT name, value FROM settings");
  while (settings.executeStep()) {
    toggle(sum, hash_of(Setting{text_of(settings.getColumn(0)), text_of(settings.getColumn(1))}));
  }
  SQLite::Statement numbers(database_, "SELECT key, number FROM numbers");
  while (numbers.executeStep()) {
    toggle(sum, hash_of_number(text_of(numbers.getColumn(0)), number_of(numbers.getColumn(1))));
  }
  return sum;
}

/// A version with the names of its files and which texts they have; the texts have hashes of their own.
Digest Book::version_hash(const Store::VersionInfo& info) {
  RowHash hash("version");
  hash.add(info.number).add(to_number(info.saved)).add(info.note).add(info.project_name);
  SQLite::Statement files(database_, "SELECT position, name, text FROM files WHERE version = ? ORDER BY position");
  files.bind(1, info.number);
  while (files.executeStep()) {
    hash.add(files.getColumn(0).getInt64()).add(text_of(files.getColumn(1))).add(files.getColumn(2).getInt64());
  }
  return hash.digest();
}

template <class Work>
void Book::transact(const Work& work) {
  database_.exec("BEGIN IMMEDIATE");
  try {
    work();
    database_.exec("COMMIT");
  } catch (...) {
    // SQLite may have rolled back by itself; tryExec does not throw if so.
    database_.tryExec("ROLLBACK");
    throw;
  }
}

std::string Book::objection(const Record& record) {
  const auto* added = std::get_if<NewVersion>(&record);
  if (added == nullptr) return {};
  const auto objections = guarded("the project cannot be kept", [&]() -> std::string {
    const std::uint32_t last = last_version();
    if (added->version.number != 0 && added->version.number <= last) {
      return "version " + std::to_string(added->version.number) + " is already there: the last is " +
             std::to_string(last);
    }
    SQLite::Statement kept(database_, "SELECT key, number FROM numbers");
    const auto& given = added->numbering.all();
    while (kept.executeStep()) {
      const std::string key = text_of(kept.getColumn(0));
      const auto found = given.find(key);
      if (found == given.end() || found->second != number_of(kept.getColumn(1))) {
        return "the number of " + key + " may not change: clients know it";
      }
    }
    return {};
  });
  return objections ? *objections : objections.error().message;
}

Outcome Book::write(const Record* record, const Levels& levels) {
  return guarded("not saved", [&] {
    Totals totals{sequence_, digest_};
    transact([&] {
      put(levels);
      if (record == nullptr) return;
      ++totals.sequence;
      std::visit([&](const auto& it) { put(it, totals); }, *record);
      put_meta(totals, kFormat);
    });
    sequence_ = totals.sequence;
    digest_ = totals.digest;
    return std::monostate();
  });
}

void Book::put(const NewVersion& record, Totals& totals) {
  const Store::Version& version = record.version;
  Store::VersionInfo info{version.number, version.saved, version.note, version.project_name, true};
  if (info.number == 0) info.number = last_version() + 1;
  SQLite::Statement row(database_, "INSERT INTO versions VALUES (?, ?, ?, ?)");
  row.bind(1, info.number);
  row.bind(2, to_number(info.saved));
  row.bind(3, info.note);
  row.bind(4, info.project_name);
  row.exec();
  SQLite::Statement file(database_, "INSERT INTO files VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < version.files.size(); ++i) {
    file.bind(1, info.number);
    file.bind(2, static_cast<std::int64_t>(i));
    file.bind(3, version.files[i].name);
    file.bind(4, put_text(version.files[i].text, totals));
    file.exec();
    file.reset();
  }
  toggle(totals.digest, version_hash(info));
  put_numbers(record.numbering, totals);
}

std::int64_t Book::put_text(const std::string& text, Totals& totals) {
  const Digest hash = sha256(text);
  SQLite::Statement known(database_, "SELECT id FROM texts WHERE sha256 = ?");
  bind_digest(known, 1, hash);
  if (known.executeStep()) return known.getColumn(0).getInt64();
  SQLite::Statement row(database_, "INSERT INTO texts (sha256, text) VALUES (?, ?)");
  bind_digest(row, 1, hash);
  row.bind(2, text.data(), static_cast<int>(text.size()));
  row.exec();
  const std::int64_t id = database_.getLastInsertRowid();
  toggle(totals.digest, hash_of_text(id, hash));
  return id;
}

void Book::put_numbers(const Numbering& numbering, Totals& totals) {
  SQLite::Statement row(database_, "INSERT INTO numbers VALUES (?, ?) ON CONFLICT DO NOTHING");
  for (const auto& [key, number] : numbering.all()) {
    row.bind(1, key);
    row.bind(2, number);
    if (row.exec() == 1) toggle(totals.digest, hash_of_number(key, number));
    row.reset();
  }
}

void Book::put(const Client& client, Totals& totals) {
  SQLite::Statement old(database_, "SELECT * FROM clients WHERE number = ?");
  old.bind(1, client.number.value);
  if (old.executeStep()) toggle(totals.digest, hash_of(client_of(old)));
  old.reset();
  SQLite::Statement row(database_, "INSERT OR REPLACE INTO clients VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, client.number.value);
  row.bind(2, client.name);
  row.bind(3, static_cast<std::int64_t>(client.role));
  row.bind(4, client.key_fingerprint);
  row.bind(5, client.certificate);
  row.bind(6, to_number(client.added));
  row.bind(7, static_cast<std::int64_t>(client.revoked));
  row.exec();
  toggle(totals.digest, hash_of(client));
}

void Book::put(const Setting& setting, Totals& totals) {
  SQLite::Statement old(database_, "SELECT value FROM settings WHERE name = ?");
  old.bind(1, setting.name);
  if (old.executeStep()) toggle(totals.digest, hash_of(Setting{setting.name, text_of(old.getColumn(0))}));
  old.reset();
  SQLite::Statement row(database_, "INSERT OR REPLACE INTO settings VALUES (?, ?)");
  row.bind(1, setting.name);
  row.bind(2, setting.value);
  row.exec();
  toggle(totals.digest, hash_of(setting));
}

void Book::put(const Levels& levels) {
  SQLite::Statement zones(database_, "INSERT OR REPLACE INTO zones VALUES (?, ?, ?, ?, ?, ?)");
  for (const SavedState::Zone& zone : levels.zones.rows()) {
    zones.bind(1, zone.zone.value);
    zones.bind(2, static_cast<std::int64_t>(zone.from.raw()));
    zones.bind(3, static_cast<std::int64_t>(zone.to.raw()));
    zones.bind(4, to_number(zone.start));
    zones.bind(5, static_cast<std::int64_t>(zone.duration.count()));
    zones.bind(6, checksum_of(zone));
    zones.exec();
    zones.reset();
  }
  SQLite::Statement leds(database_, "INSERT OR REPLACE INTO leds VALUES (?, ?, ?)");
  for (const SavedState::Led& led : levels.leds.rows()) {
    leds.bind(1, led.led.value);
    leds.bind(2, static_cast<std::int64_t>(led.state));
    leds.bind(3, checksum_of(led));
    leds.exec();
    leds.reset();
  }
}

void Book::put_meta(const Totals& totals, std::int64_t format) {
  SQLite::Statement row(database_, "UPDATE meta SET format = ?, sequence = ?, digest = ?, checksum = ?");
  row.bind(1, format);
  row.bind(2, totals.sequence);
  bind_digest(row, 3, totals.digest);
  row.bind(4, checksum_of_meta(format, totals.sequence, totals.digest));
  row.exec();
}

Outcome Book::read(Store::Contents& contents) {
  return guarded("the memory cannot be read", [&] {
    if (const std::uint32_t last = last_version(); last != 0) contents.active = load_version(last);
    SQLite::Statement numbers(database_, "SELECT key, number FROM numbers");
    while (numbers.executeStep()) {
      contents.numbering.restore(text_of(numbers.getColumn(0)), number_of(numbers.getColumn(1)));
    }
    SQLite::Statement clients(database_, "SELECT * FROM clients ORDER BY number");
    while (clients.executeStep()) contents.clients.push_back(client_of(clients));
    SQLite::Statement settings(database_, "SELECT name, value FROM settings");
    while (settings.executeStep()) {
      contents.settings.emplace_back(text_of(settings.getColumn(0)), text_of(settings.getColumn(1)));
    }
    contents.state = state();
    return std::monostate();
  });
}

SavedState Book::state() {
  SavedState state;
  try {
    SQLite::Statement zones(database_, "SELECT zone, from_level, to_level, start, duration, checksum FROM zones");
    while (zones.executeStep()) {
      const SavedState::Zone zone{ZoneId{number_of(zones.getColumn(0))}, Level::from_raw(number_of(zones.getColumn(1))),
                                  Level::from_raw(number_of(zones.getColumn(2))),
                                  to_time(zones.getColumn(3).getInt64()), Duration(zones.getColumn(4).getInt64())};
      if (checksum_of(zone) == zones.getColumn(5).getInt64()) state.zones.push_back(zone);
    }
    SQLite::Statement leds(database_, "SELECT led, state, checksum FROM leds");
    while (leds.executeStep()) {
      const SavedState::Led led{LedId{number_of(leds.getColumn(0))}, static_cast<LedState>(leds.getColumn(1).getInt())};
      if (checksum_of(led) == leds.getColumn(2).getInt64()) state.leds.push_back(led);
    }
  } catch (const SQLite::Exception&) {
    // A page is damaged: what was read before it holds.
  }
  return state;
}

std::uint32_t Book::last_version() {
  return database_.execAndGet("SELECT coalesce(max(number), 0) FROM versions").getUInt();
}

Result<Store::Version> Book::version(std::uint32_t number) {
  return guarded("the version cannot be read", [&] { return load_version(number); });
}

Store::Version Book::load_version(std::uint32_t number) {
  SQLite::Statement row(database_, "SELECT saved, note, project_name FROM versions WHERE number = ?");
  row.bind(1, number);
  if (!row.executeStep()) throw std::runtime_error("there is no version " + std::to_string(number));
  Store::Version version{
      number, to_time(row.getColumn(0).getInt64()), text_of(row.getColumn(1)), text_of(row.getColumn(2)), {}};
  SQLite::Statement files(database_,
                          "SELECT files.name, texts.text FROM files JOIN texts ON texts.id = files.text "
                          "WHERE version = ? ORDER BY position");
  files.bind(1, number);
  while (files.executeStep()) {
    version.files.push_back({text_of(files.getColumn(0)), text_of(files.getColumn(1))});
  }
  return version;
}

Result<std::vector<Store::VersionInfo>> Book::versions() {
  return guarded("the versions cannot be read", [&] { return load_versions(); });
}

std::vector<Store::VersionInfo> Book::load_versions() {
  std::vector<Store::VersionInfo> infos;
  SQLite::Statement rows(database_, "SELECT number, saved, note, project_name FROM versions ORDER BY number");
  while (rows.executeStep()) {
    infos.push_back({number_of(rows.getColumn(0)), to_time(rows.getColumn(1).getInt64()), text_of(rows.getColumn(2)),
                     text_of(rows.getColumn(3)), false});
  }
  if (!infos.empty()) infos.back().active = true;
  return infos;
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
