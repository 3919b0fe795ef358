#include <array>
#include <utility>

#include "store/format.h"
#include "store/rows.h"

namespace candela::store {

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

Outcome Book::write(const Record* record, const LiveState& live) {
  return guarded("not saved", [&] {
    Totals totals{sequence_, digest_};
    transact([&] {
      put(live);
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

void Book::put(const Account& account, Totals& totals) {
  SQLite::Statement old(database_, "SELECT * FROM accounts WHERE number = ?");
  old.bind(1, account.number.value);
  if (old.executeStep()) toggle(totals.digest, hash_of(account_of(old)));
  old.reset();
  SQLite::Statement row(database_, "INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, account.number.value);
  row.bind(2, account.name);
  row.bind(3, static_cast<std::int64_t>(account.role));
  row.bind(4, account.password_hash);
  row.bind(5, uses_of(account));
  row.bind(6, account.prompt);
  row.bind(7, to_number(account.added));
  row.bind(8, static_cast<std::int64_t>(account.removed));
  row.exec();
  toggle(totals.digest, hash_of(account));
}

void Book::put(const Token& token, Totals& totals) {
  SQLite::Statement old(database_, "SELECT * FROM tokens WHERE number = ?");
  old.bind(1, token.number.value);
  if (old.executeStep()) toggle(totals.digest, hash_of(token_of(old)));
  old.reset();
  SQLite::Statement row(database_, "INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, token.number.value);
  row.bind(2, token.name);
  row.bind(3, static_cast<std::int64_t>(token.role));
  row.bind(4, token.hash);
  row.bind(5, to_number(token.added));
  row.bind(6, to_number(token.expires));
  row.bind(7, to_number(token.last_used));
  row.bind(8, static_cast<std::int64_t>(token.removed));
  row.exec();
  toggle(totals.digest, hash_of(token));
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

void Book::put(const LiveState& live) {
  SQLite::Statement zones(database_, "INSERT OR REPLACE INTO zones VALUES (?, ?, ?, ?, ?, ?)");
  for (const SavedState::Zone& zone : live.zones.rows()) {
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
  for (const SavedState::Led& led : live.leds.rows()) {
    leds.bind(1, led.led.value);
    leds.bind(2, static_cast<std::int64_t>(led.state));
    leds.bind(3, checksum_of(led));
    leds.exec();
    leds.reset();
  }
  for (const auto& kind : live.rows) {
    for (const StateRow& row : kind.rows()) put(row);
  }
  if (live.project) forget_all_but(*live.project);
}

void Book::put(const StateRow& state) {
  const auto kind = static_cast<std::int64_t>(state.kind);
  if (state.is_needless()) {
    SQLite::Statement gone(database_, "DELETE FROM state WHERE kind = ? AND number = ?");
    gone.bind(1, kind);
    gone.bind(2, state.number);
    gone.exec();
    return;
  }
  const std::string value = value_text(state);
  SQLite::Statement row(database_, "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?)");
  row.bind(1, kind);
  row.bind(2, state.number);
  row.bind(3, value);
  row.bind(4, checksum_of_state(kind, state.number, value));
  row.exec();
}

void Book::forget_all_but(const Project& project) {
  const Remembered remembered(project);
  const auto forget = [&](const char* all, const char* one, const auto& is_kept) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> gone;
    SQLite::Statement rows(database_, all);
    while (rows.executeStep()) {
      const std::pair key(rows.getColumn(0).getInt64(), number_of(rows.getColumn(1)));
      if (!is_kept(key.first, key.second)) gone.push_back(key);
    }
    rows.reset();
    SQLite::Statement row(database_, one);
    for (const auto& [kind, number] : gone) {
      row.bind(1, kind);
      row.bind(2, number);
      row.exec();
      row.reset();
    }
  };
  const auto has_object = [&](std::int64_t /*kind*/, std::uint32_t number) { return remembered.has(number); };
  forget("SELECT 0, zone FROM zones", "DELETE FROM zones WHERE 0 = ? AND zone = ?", has_object);
  forget("SELECT 0, led FROM leds", "DELETE FROM leds WHERE 0 = ? AND led = ?", has_object);
  forget("SELECT kind, number FROM state WHERE number <> 0", "DELETE FROM state WHERE kind = ? AND number = ?",
         [&](std::int64_t kind, std::uint32_t number) { return remembered.has(static_cast<StateKind>(kind), number); });
}

void Book::put_meta(const Totals& totals, std::int64_t format) {
  SQLite::Statement row(database_, "UPDATE meta SET format = ?, sequence = ?, digest = ?, checksum = ?");
  row.bind(1, format);
  row.bind(2, totals.sequence);
  bind_digest(row, 3, totals.digest);
  row.bind(4, checksum_of_meta(format, totals.sequence, totals.digest));
  row.exec();
}

}  // namespace candela::store
