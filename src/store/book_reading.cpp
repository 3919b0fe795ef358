#include <sqlite3.h>

#include <stdexcept>

#include "store/rows.h"

namespace candela::store {

/// What is not as it was written; empty if all is well.
std::string Book::damage() {
  SQLite::Statement check(database_, "PRAGMA quick_check(1)");
  if (!check.executeStep()) return "it cannot be checked";
  if (std::string said = text_of(check.getColumn(0)); said != "ok") return said;
  if (digest_of_rows() != digest_) return "its contents are not what was written";
  std::size_t rows = 0;
  for (const char* count : {"SELECT count(*) FROM zones", "SELECT count(*) FROM leds", "SELECT count(*) FROM state"}) {
    rows += database_.execAndGet(count).getUInt();
  }
  LiveState live;
  return read_live(live) == rows ? "" : "a level or state is not what was written";
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
  SQLite::Statement accounts(database_, "SELECT * FROM accounts");
  while (accounts.executeStep()) toggle(sum, hash_of(account_of(accounts)));
  SQLite::Statement tokens(database_, "SELECT * FROM tokens");
  while (tokens.executeStep()) toggle(sum, hash_of(token_of(tokens)));
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

Outcome Book::read(Store::Contents& contents) {
  return guarded("the memory cannot be read", [&] {
    if (const std::uint32_t last = last_version(); last != 0) contents.active = load_version(last);
    SQLite::Statement numbers(database_, "SELECT key, number FROM numbers");
    while (numbers.executeStep()) {
      contents.numbering.restore(text_of(numbers.getColumn(0)), number_of(numbers.getColumn(1)));
    }
    SQLite::Statement clients(database_, "SELECT * FROM clients ORDER BY number");
    while (clients.executeStep()) contents.clients.push_back(client_of(clients));
    SQLite::Statement accounts(database_, "SELECT * FROM accounts ORDER BY number");
    while (accounts.executeStep()) contents.accounts.push_back(account_of(accounts));
    SQLite::Statement tokens(database_, "SELECT * FROM tokens ORDER BY number");
    while (tokens.executeStep()) contents.tokens.push_back(token_of(tokens));
    SQLite::Statement settings(database_, "SELECT name, value FROM settings");
    while (settings.executeStep()) {
      contents.settings.emplace_back(text_of(settings.getColumn(0)), text_of(settings.getColumn(1)));
    }
    contents.state = to_saved(live());
    return std::monostate();
  });
}

LiveState Book::live() {
  LiveState live;
  read_live(live);
  return live;
}

/// Returns how many rows are as they were written; those only are in `live`.
std::size_t Book::read_live(LiveState& live) {
  std::size_t intact = 0;
  try {
    SQLite::Statement zones(database_, "SELECT zone, from_level, to_level, start, duration, checksum FROM zones");
    while (zones.executeStep()) {
      const SavedState::Zone zone{ZoneId{number_of(zones.getColumn(0))}, Level::from_raw(number_of(zones.getColumn(1))),
                                  Level::from_raw(number_of(zones.getColumn(2))),
                                  to_time(zones.getColumn(3).getInt64()), Duration(zones.getColumn(4).getInt64())};
      if (checksum_of(zone) != zones.getColumn(5).getInt64()) continue;
      live.zones.put(zone.zone.value, zone);
      ++intact;
    }
    SQLite::Statement leds(database_, "SELECT led, state, checksum FROM leds");
    while (leds.executeStep()) {
      const SavedState::Led led{LedId{number_of(leds.getColumn(0))}, static_cast<LedState>(leds.getColumn(1).getInt())};
      if (checksum_of(led) != leds.getColumn(2).getInt64()) continue;
      live.leds.put(led.led.value, led);
      ++intact;
    }
    SQLite::Statement states(database_, "SELECT kind, number, value, checksum FROM state");
    while (states.executeStep()) {
      const std::int64_t kind = states.getColumn(0).getInt64();
      const std::uint32_t number = number_of(states.getColumn(1));
      const std::string value = text_of(states.getColumn(2));
      if (checksum_of_state(kind, number, value) != states.getColumn(3).getInt64()) continue;
      if (const auto row = read_row(kind, number, value)) live.put(*row);
      ++intact;
    }
  } catch (const SQLite::Exception&) {
    // A page is damaged: what was read before it holds.
  }
  return intact;
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

}  // namespace candela::store
