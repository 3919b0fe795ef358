#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/change.h"
#include "model/client.h"
#include "model/numbering.h"
#include "model/saved_state.h"

namespace candela {

/// The processor's memory over power failures: one SQLite database, one connection, one writer thread.
/// What a callback reports as saved survives a power cut at any instant. Levels are batched: at most 100 ms behind.
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
    std::vector<std::pair<std::string, std::string>> settings;  ///< name, value: "serial", "sacn_cid"...
    /// What was found damaged and what was done about it, a sentence each, to be said loudly.
    std::vector<std::string> warnings;
  };
  /// Called on the writer thread when the thing is durable, or could not be made so.
  using Saved = std::function<void(Outcome)>;

  struct Options {
    std::chrono::milliseconds level_delay{100};
  };

  /// Opens or makes the database in `directory`. A damaged one is set aside and the last good copy used; only a
  /// directory that cannot be used at all is an error. The processor runs its lights without a store if it must.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Contents& contents,
                                             Options options);
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, Contents& contents) {
    return open(directory, contents, Options());
  }

  virtual ~Store() = default;  ///< writes what waits, then closes

  /// Adds a version, makes it the active one and keeps the numbering, in one transaction.
  virtual void save_version(Version version, Numbering numbering, Saved saved) = 0;
  /// Makes an older version the active one again (as a new version number with the old files).
  virtual void read_version(std::uint32_t number, std::function<void(Result<Version>)> done) = 0;
  virtual void list_versions(std::function<void(Result<std::vector<VersionInfo>>)> done) = 0;
  virtual void save_client(Client client, Saved saved) = 0;
  virtual void save_setting(std::string name, std::string value, Saved saved) = 0;
  /// Takes what must be remembered out of the changes (levels, LEDs that clients set). Newest per zone wins; never
  /// blocks, never fails: trouble is told through `on_trouble`, and again when it is over.
  virtual void note(std::span<const Change> changes) = 0;
  /// Called on the writer thread with a sentence when writing fails (disk full, read-only), and with an empty string
  /// when it works again.
  virtual void on_trouble(std::function<void(std::string)> told) = 0;
};

}  // namespace candela
