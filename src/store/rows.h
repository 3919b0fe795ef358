#pragma once

// How what the book keeps becomes columns and back; for the book's own files only.

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "store/book.h"

namespace candela::store {

inline std::int64_t to_number(UtcTime time) { return time.time_since_epoch().count(); }
inline UtcTime to_time(std::int64_t milliseconds) { return UtcTime(std::chrono::milliseconds(milliseconds)); }

/// A moment that may not be there: 0 = none.
inline std::int64_t to_number(const std::optional<UtcTime>& time) { return time ? to_number(*time) : 0; }
inline std::optional<UtcTime> to_optional_time(std::int64_t milliseconds) {
  return milliseconds == 0 ? std::nullopt : std::optional(to_time(milliseconds));
}

std::string text_of(const SQLite::Column& column);
inline std::uint32_t number_of(const SQLite::Column& column) { return column.getUInt(); }

inline constexpr std::int64_t kLipUse = 1;
inline constexpr std::int64_t kLeapUse = 2;
inline std::int64_t uses_of(const Account& account) {
  return (account.lip ? kLipUse : 0) + (account.leap ? kLeapUse : 0);
}

void bind_digest(SQLite::Statement& statement, int index, const Digest& digest);
std::optional<Digest> digest_of(const SQLite::Column& column);

Digest hash_of(const Client& client);
Digest hash_of(const Setting& setting);
Digest hash_of(const Account& account);
Digest hash_of(const Token& token);
Digest hash_of_number(std::string_view key, std::uint32_t number);
Digest hash_of_text(std::int64_t id, const Digest& text);

std::int64_t checksum_of(const SavedState::Zone& zone);
std::int64_t checksum_of(const SavedState::Led& led);
std::int64_t checksum_of_state(std::int64_t kind, std::uint32_t number, std::string_view value);
std::int64_t checksum_of_meta(std::int64_t format, std::int64_t sequence, const Digest& digest);

/// Of a row of SELECT * FROM clients.
Client client_of(SQLite::Statement& row);
/// Of a row of SELECT * FROM accounts.
Account account_of(SQLite::Statement& row);
/// Of a row of SELECT * FROM tokens.
Token token_of(SQLite::Statement& row);

/// What went wrong with the disk, in words; SQLite's own where there are none better.
std::string words_for(const SQLite::Exception& error);
Condition condition_for(const SQLite::Exception& error);

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

}  // namespace candela::store
