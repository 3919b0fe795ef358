#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/account.h"
#include "model/change.h"
#include "model/client.h"
#include "model/numbering.h"
#include "model/saved_state.h"
#include "model/token.h"

namespace candela {

/// The processor's memory over power failures: a SQLite database with its last good copy, each with one connection,
/// both owned by one writer thread. What a callback reports as saved is in both files and survives a power cut at any
/// instant and any one damaged byte. Levels and the other live state are batched: at most 100 ms behind. What a client
/// sets to stay so (modes, variables, edited scenes) is written at once if nothing was written in the last 100 ms. All
/// functions may be called from any thread and return at once.
class Store {
 public:
  struct File {
    std::string name;
    std::string text;
    friend bool operator==(const File&, const File&) = default;
  };
  /// A project as it was transferred. Versions count up from 1 and are never changed.
  struct Version {
    std::uint32_t number = 0;
    UtcTime saved{};
    std::string note;
    std::string project_name;
    std::vector<File> files;
  };
  struct VersionInfo {
    std::uint32_t number = 0;
    UtcTime saved{};
    std::string note;
    std::string project_name;
    bool active = false;
  };
  /// Everything that is remembered, read once at start.
  struct Contents {
    std::optional<Version> active;  ///< none in a new state directory
    Numbering numbering;
    SavedState state;
    std::vector<Client> clients;
    std::vector<Account> accounts;
    std::vector<Token> tokens;
    std::vector<std::pair<std::string, std::string>> settings;  ///< name, value: "serial", "sacn_cid"...
    /// What was found damaged and what was done about it, a sentence each, to be said loudly.
    std::vector<std::string> warnings;
  };
  /// Called on the writer thread when the thing is durable, or could not be made so.
  using Saved = std::function<void(Outcome)>;

  struct Options {
    std::chrono::milliseconds level_delay{100};
    /// After trouble with the disk; doubles up to a minute.
    std::chrono::milliseconds retry_delay{1000};
    /// Tells when the processor was last known to run (SavedState::last_alive). Null = that is not remembered.
    const Clock* clock = nullptr;
    /// The moment is written with everything else that is, at a clean stop, and otherwise this often: all that an idle
    /// house writes (see docs/decisions/store.md for what it costs). 0 = never by itself.
    std::chrono::milliseconds alive_interval{std::chrono::minutes(1)};
  };
  /// Jobs that wait for the writer at once. What comes when they are this many is refused, on the caller's thread.
  static constexpr std::size_t kMaxJobs = 256;

  /// Opens or makes the database in `directory`. A damaged one is set aside and the last good copy used. One that
  /// cannot be written is read, and everything but saving works: save functions answer with the reason, and it is tried
  /// again from time to time. Errors: nothing there to read or to write, a newer format, in use by another processor.
  /// The processor runs its lights without a store if it must.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Contents& contents,
                                             Options options);
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Contents& contents) {
    return open(directory, contents, Options());
  }

  virtual ~Store() = default;  ///< writes what waits, then closes

  /// Adds a version, makes it the active one and keeps the numbering, in one transaction. The version's number has to
  /// be above all others; 0 takes the next. Refused when the numbering lacks or changes a number once given.
  virtual void save_version(Version version, Numbering numbering, Saved saved) = 0;
  /// Reads an older version, to be saved again as a new one with the old files.
  virtual void read_version(std::uint32_t number, std::function<void(Result<Version>)> done) = 0;
  virtual void list_versions(std::function<void(Result<std::vector<VersionInfo>>)> done) = 0;
  /// Adds the client or replaces the one of its number.
  virtual void save_client(Client client, Saved saved) = 0;
  /// Adds the account or replaces the one of its number.
  virtual void save_account(Account account, Saved saved) = 0;
  /// Adds the token or replaces the one of its number.
  virtual void save_token(Token token, Saved saved) = 0;
  virtual void save_setting(std::string name, std::string value, Saved saved) = 0;
  /// Takes what must be remembered out of the changes: everything of SavedState. The newest of each object wins; what
  /// an activated project no longer has is forgotten. Never blocks, never fails: trouble is told through `on_trouble`,
  /// and again when it is over.
  virtual void note(std::span<const Change> changes) = 0;
  /// Called on the writer thread with a sentence when writing fails (disk full, read-only), and with an empty string
  /// when it works again.
  virtual void on_trouble(std::function<void(std::string)> told) = 0;
};

}  // namespace candela
