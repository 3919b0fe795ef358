#include "store/history_book.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "store/rows.h"

namespace candela::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kHistoryFormat = 1;
/// Sentences repeat (the same button is pressed every day), so each is kept once for every such period of time, and
/// goes with the last happening of that period.
constexpr std::int64_t kPeriod = std::chrono::milliseconds(std::chrono::days(30)).count();
constexpr std::size_t kMaxTextsAtHand = 2048;
constexpr int kDropAtOnce = 2000;
constexpr int kDropsInARow = 8;

constexpr const char* kTables = R"sql(
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  period INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (period, text)
) STRICT;
CREATE TABLE happenings (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,        -- UTC, milliseconds since 1970
  kind INTEGER NOT NULL,        -- Happening::Kind
  object INTEGER NOT NULL,
  area INTEGER NOT NULL,
  text INTEGER NOT NULL,        -- id in texts
  reason INTEGER NOT NULL,      -- id in texts
  by_doer INTEGER NOT NULL,
  by_people INTEGER NOT NULL,
  from_level INTEGER NOT NULL,  -- 0 to 65279 (0xFEFF)
  to_level INTEGER NOT NULL,
  duration INTEGER NOT NULL     -- microseconds
) STRICT;
CREATE INDEX happenings_by_time ON happenings (time);
CREATE INDEX happenings_by_object ON happenings (object, time);
)sql";

std::int64_t period_of(UtcTime time) { return to_number(time) / kPeriod; }

/// The query as SQL; what is bound to it comes in the same order.
std::string statement_for(const HistoryQuery& query) {
  std::string sql =
      "SELECT number, time, kind, object, area, texts.text, reasons.text, by_doer, by_people, from_level, to_level, "
      "duration FROM happenings JOIN texts ON texts.id = happenings.text "
      "JOIN texts AS reasons ON reasons.id = happenings.reason WHERE 1";
  if (query.object) sql += " AND object = ?";
  if (query.kind) sql += " AND kind = ?";
  if (query.from) sql += " AND time >= ?";
  if (query.to) sql += " AND time <= ?";
  if (query.by_people) sql += " AND by_people = 1";
  if (!query.areas.empty()) {
    sql += " AND area IN (";
    for (std::size_t i = 0; i < query.areas.size(); ++i) sql += i == 0 ? "?" : ",?";
    sql += ")";
  }
  return sql + " ORDER BY time DESC, number DESC LIMIT ?";
}

void bind(SQLite::Statement& statement, const HistoryQuery& query) {
  int place = 1;
  if (query.object) statement.bind(place++, *query.object);
  if (query.kind) statement.bind(place++, static_cast<std::int64_t>(*query.kind));
  if (query.from) statement.bind(place++, to_number(*query.from));
  if (query.to) statement.bind(place++, to_number(*query.to));
  for (const AreaId area : query.areas) statement.bind(place++, area.value);
  statement.bind(place, std::min(query.limit, History::kMaxFound));
}

Happening happening_of(SQLite::Statement& row) {
  Happening it;
  it.number = row.getColumn(0).getInt64();
  it.time = to_time(row.getColumn(1).getInt64());
  it.kind = static_cast<Happening::Kind>(row.getColumn(2).getInt());
  it.object = number_of(row.getColumn(3));
  it.area = AreaId{number_of(row.getColumn(4))};
  it.text = text_of(row.getColumn(5));
  it.reason = text_of(row.getColumn(6));
  it.by_doer = row.getColumn(7).getInt() != 0;
  it.by_people = row.getColumn(8).getInt() != 0;
  it.fade = {Level::from_raw(number_of(row.getColumn(9))),
             Level::from_raw(number_of(row.getColumn(10))),
             {},
             Duration(row.getColumn(11).getInt64())};
  return it;
}

}  // namespace

HistoryBook::HistoryBook(const fs::path& file)
    : database_(file.string(),
                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOFOLLOW | SQLite::OPEN_NOMUTEX) {}

HistoryBook::Opening HistoryBook::open(const fs::path& file) {
  Opening opening;
  try {
    std::unique_ptr<HistoryBook> book(new HistoryBook(file));
    std::error_code ignored;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
    book->make_tables();
    opening.book = std::move(book);
  } catch (const SQLite::Exception& error) {
    opening.condition = condition_for(error);
    opening.reason = words_for(error);
  }
  return opening;
}

void HistoryBook::make_tables() {
  sqlite3_db_config(database_.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database_.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  database_.exec("PRAGMA auto_vacuum = INCREMENTAL");
  database_.exec("PRAGMA locking_mode = EXCLUSIVE");
  database_.exec("PRAGMA journal_mode = WAL");
  // The file is whole after a power cut, and the last happenings may be missing.
  database_.exec("PRAGMA synchronous = NORMAL");
  database_.exec("PRAGMA cell_size_check = ON");
  database_.exec("PRAGMA wal_autocheckpoint = 256");
  database_.exec("PRAGMA journal_size_limit = 1048576");
  database_.exec("BEGIN IMMEDIATE");
  const std::int64_t format = database_.execAndGet("PRAGMA user_version").getInt64();
  if (format == 0) {
    database_.exec(kTables);
    database_.exec("PRAGMA user_version = " + std::to_string(kHistoryFormat));
  }
  database_.exec("COMMIT");
  if (sqlite3_db_readonly(database_.getHandle(), "main") != 0) {
    throw SQLite::Exception("the disk is read-only", SQLITE_CANTOPEN);
  }
  if (format != 0 && format != kHistoryFormat) throw SQLite::Exception("it has an unknown format", SQLITE_CORRUPT);
}

template <class Work>
auto HistoryBook::guarded(const char* what, const Work& work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    damaged_ = condition_for(error) == Condition::damaged;
    return Error{std::string(what) + ": " + words_for(error)};
  }
}

/// Prepared once for all that is written together.
struct HistoryBook::Insertions {
  explicit Insertions(SQLite::Database& database)
      : text(database, "INSERT INTO texts (period, text) VALUES (?, ?) ON CONFLICT DO NOTHING"),
        known_text(database, "SELECT id FROM texts WHERE period = ? AND text = ?"),
        happening(database, "INSERT INTO happenings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  SQLite::Statement text;
  SQLite::Statement known_text;
  SQLite::Statement happening;
};

Outcome HistoryBook::write(std::span<const Happening> happenings) {
  return guarded("the history is not written", [&] {
    database_.exec("BEGIN IMMEDIATE");
    try {
      Insertions into(database_);
      for (const Happening& happening : happenings) put(into, happening);
      database_.exec("COMMIT");
    } catch (...) {
      texts_.clear();
      database_.tryExec("ROLLBACK");
      throw;
    }
    return std::monostate();
  });
}

std::int64_t HistoryBook::text_id(Insertions& into, std::int64_t period, const std::string& text) {
  if (period != texts_period_ || texts_.size() >= kMaxTextsAtHand) texts_.clear();
  texts_period_ = period;
  if (const auto at_hand = texts_.find(text); at_hand != texts_.end()) return at_hand->second;
  into.text.reset();
  into.text.bind(1, period);
  into.text.bind(2, text);
  into.text.exec();
  into.known_text.bind(1, period);
  into.known_text.bind(2, text);
  into.known_text.executeStep();
  const std::int64_t id = into.known_text.getColumn(0).getInt64();
  into.known_text.reset();
  texts_.emplace(text, id);
  return id;
}

void HistoryBook::put(Insertions& into, const Happening& it) {
  const std::int64_t period = period_of(it.time);
  const std::int64_t text = text_id(into, period, it.text);
  const std::int64_t reason = text_id(into, period, it.reason);
  into.happening.reset();
  int place = 1;
  for (const std::int64_t value :
       {to_number(it.time), static_cast<std::int64_t>(it.kind), static_cast<std::int64_t>(it.object),
        static_cast<std::int64_t>(it.area.value), text, reason, static_cast<std::int64_t>(it.by_doer),
        static_cast<std::int64_t>(it.by_people), static_cast<std::int64_t>(it.fade.from.raw()),
        static_cast<std::int64_t>(it.fade.to.raw()), static_cast<std::int64_t>(it.fade.duration.count())}) {
    into.happening.bind(place++, value);
  }
  into.happening.exec();
}

Result<std::vector<Happening>> HistoryBook::find(const HistoryQuery& query) {
  return guarded("the history cannot be read", [&] {
    std::vector<Happening> found;
    SQLite::Statement rows(database_, statement_for(query));
    bind(rows, query);
    while (rows.executeStep()) found.push_back(happening_of(rows));
    return found;
  });
}

std::uint64_t HistoryBook::bytes_used() {
  const std::int64_t pages = database_.execAndGet("PRAGMA page_count").getInt64();
  const std::int64_t unused = database_.execAndGet("PRAGMA freelist_count").getInt64();
  return static_cast<std::uint64_t>(pages - unused) *
         static_cast<std::uint64_t>(database_.execAndGet("PRAGMA page_size").getInt64());
}

std::optional<UtcTime> HistoryBook::age_limit(const History::Limits& limits) {
  const std::int64_t newest = database_.execAndGet("SELECT coalesce(max(time), 0) FROM happenings").getInt64();
  const UtcTime before = to_time(newest) - limits.age;
  const std::int64_t oldest = database_.execAndGet("SELECT coalesce(min(time), 0) FROM happenings").getInt64();
  return to_time(oldest) < before ? std::optional(before) : std::nullopt;
}

int HistoryBook::drop_oldest(std::optional<UtcTime> before) {
  database_.exec("BEGIN IMMEDIATE");
  try {
    SQLite::Statement gone(database_,
                           "DELETE FROM happenings WHERE number IN (SELECT number FROM happenings WHERE time < ? ORDER "
                           "BY time LIMIT ?)");
    gone.bind(1, before ? to_number(*before) : INT64_MAX);
    gone.bind(2, kDropAtOnce);
    const int dropped = gone.exec();
    SQLite::Statement texts(database_,
                            "DELETE FROM texts WHERE period < (SELECT coalesce(min(time), 0) FROM happenings) / ?");
    texts.bind(1, kPeriod);
    texts.exec();
    database_.exec("COMMIT");
    return dropped;
  } catch (...) {
    database_.tryExec("ROLLBACK");
    throw;
  }
}

Result<bool> HistoryBook::forget(const History::Limits& limits, bool by_age) {
  return guarded("the history is not shortened", [&] {
    for (int i = 0; i < kDropsInARow; ++i) {
      const bool too_much = bytes_used() > limits.bytes;
      const std::optional<UtcTime> before = by_age && !too_much ? age_limit(limits) : std::nullopt;
      if (!too_much && !before) return true;
      texts_.clear();
      if (drop_oldest(before) == 0) return true;
      database_.exec("PRAGMA incremental_vacuum(512)");
    }
    return false;
  });
}

}  // namespace candela::store
