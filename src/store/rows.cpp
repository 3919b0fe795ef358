#include "store/rows.h"

#include <sqlite3.h>

#include <cstring>

namespace candela::store {

std::string text_of(const SQLite::Column& column) {
  const char* text = column.getText();
  return {text, static_cast<std::size_t>(column.getBytes())};
}

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
Digest hash_of(const Account& account) {
  return RowHash("account")
      .add(account.number.value)
      .add(account.name)
      .add(static_cast<std::int64_t>(account.role))
      .add(account.password_hash)
      .add(uses_of(account))
      .add(account.prompt)
      .add(to_number(account.added))
      .add(static_cast<std::int64_t>(account.removed))
      .digest();
}
Digest hash_of(const Token& token) {
  return RowHash("token")
      .add(token.number.value)
      .add(token.name)
      .add(static_cast<std::int64_t>(token.role))
      .add(token.hash)
      .add(to_number(token.added))
      .add(to_number(token.expires))
      .add(to_number(token.last_used))
      .add(static_cast<std::int64_t>(token.removed))
      .digest();
}
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
std::int64_t checksum_of_state(std::int64_t kind, std::uint32_t number, std::string_view value) {
  return RowHash("state").add(kind).add(number).add(value).checksum();
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

Account account_of(SQLite::Statement& row) {
  const std::int64_t uses = row.getColumn(4).getInt64();
  Account account;
  account.number = ClientId{number_of(row.getColumn(0))};
  account.name = text_of(row.getColumn(1));
  account.role = static_cast<Role>(row.getColumn(2).getInt());
  account.password_hash = text_of(row.getColumn(3));
  account.lip = (uses & kLipUse) != 0;
  account.leap = (uses & kLeapUse) != 0;
  account.prompt = text_of(row.getColumn(5));
  account.added = to_time(row.getColumn(6).getInt64());
  account.removed = row.getColumn(7).getInt() != 0;
  return account;
}

Token token_of(SQLite::Statement& row) {
  Token token;
  token.number = ClientId{number_of(row.getColumn(0))};
  token.name = text_of(row.getColumn(1));
  token.role = static_cast<Role>(row.getColumn(2).getInt());
  token.hash = text_of(row.getColumn(3));
  token.added = to_time(row.getColumn(4).getInt64());
  token.expires = to_optional_time(row.getColumn(5).getInt64());
  token.last_used = to_optional_time(row.getColumn(6).getInt64());
  token.removed = row.getColumn(7).getInt() != 0;
  return token;
}

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

}  // namespace candela::store
