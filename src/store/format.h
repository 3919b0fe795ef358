#pragma once

#include <array>
#include <cstdint>

namespace candela::store {

/// The steps from an empty file to the newest format: step N makes format N out of format N-1. A step that was
/// released is never changed. The table `meta` stays as it is in all formats, so that any Candela can read which
/// format a file has.
inline constexpr std::array kFormatSteps = {
    // 1: projects, clients, settings, numbers, levels.
    R"sql(
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  format INTEGER NOT NULL,
  sequence INTEGER NOT NULL,  -- counts the durable transactions, for ever
  digest BLOB NOT NULL,       -- over all rows of versions, files, texts, clients, settings, numbers
  checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE versions (
  number INTEGER PRIMARY KEY,  -- the highest is the active one
  saved INTEGER NOT NULL,      -- UTC, milliseconds since 1970
  note TEXT NOT NULL,
  project_name TEXT NOT NULL
) STRICT;
CREATE TABLE files (
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  text INTEGER NOT NULL,  -- id in texts
  PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (  -- each text once, however many versions have it
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL,
  text BLOB NOT NULL
) STRICT;
CREATE TABLE clients (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role INTEGER NOT NULL,  -- 0 monitor, 1 control, 2 admin
  key_fingerprint TEXT NOT NULL,
  certificate TEXT NOT NULL,
  added INTEGER NOT NULL,  -- UTC, milliseconds since 1970
  revoked INTEGER NOT NULL
) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE numbers (key TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE zones (
  zone INTEGER PRIMARY KEY,
  from_level INTEGER NOT NULL,  -- 0 to 65279 (0xFEFF)
  to_level INTEGER NOT NULL,
  start INTEGER NOT NULL,     -- of the fade: UTC, milliseconds since 1970
  duration INTEGER NOT NULL,  -- of the fade: microseconds
  checksum INTEGER NOT NULL
) STRICT;
)sql",
    // 2: LEDs that clients set.
    R"sql(
CREATE TABLE leds (led INTEGER PRIMARY KEY, state INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
)sql",
    // 3: everything else that a house is in the middle of: variables, modes, edited scenes, timeclocks...
    R"sql(
CREATE TABLE state (
  kind INTEGER NOT NULL,    -- StateKind
  number INTEGER NOT NULL,  -- of the object; 0 = the whole house
  value TEXT NOT NULL,      -- whole numbers; what each means says live_state.cpp
  checksum INTEGER NOT NULL,
  PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;
)sql",
    // 4: who may log in with a name and a password.
    R"sql(
CREATE TABLE accounts (
  number INTEGER PRIMARY KEY,  -- of one space with clients
  name TEXT NOT NULL,
  role INTEGER NOT NULL,  -- 0 monitor, 1 control, 2 admin
  password_hash TEXT NOT NULL,
  uses INTEGER NOT NULL,  -- bit 0 LIP, bit 1 LEAP
  prompt TEXT NOT NULL,
  added INTEGER NOT NULL,  -- UTC, milliseconds since 1970
  removed INTEGER NOT NULL
) STRICT;
)sql",
    // 5: what lets programs use the HTTP API.
    R"sql(
CREATE TABLE tokens (
  number INTEGER PRIMARY KEY,  -- of one space with clients
  name TEXT NOT NULL,
  role INTEGER NOT NULL,  -- 0 monitor, 1 control, 2 admin
  hash TEXT NOT NULL,     -- SHA-256, hex
  added INTEGER NOT NULL,      -- UTC, milliseconds since 1970
  expires INTEGER NOT NULL,    -- the same; 0 = never
  last_used INTEGER NOT NULL,  -- the same, of the day's beginning; 0 = not yet
  removed INTEGER NOT NULL
) STRICT;
)sql",
};

inline constexpr std::int64_t kFormat = kFormatSteps.size();

}  // namespace candela::store
