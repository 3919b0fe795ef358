#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "store/checksum.h"
#include "store/live_state.h"
#include "store/store.h"

namespace candela::store {

struct NewVersion {
  Store::Version version;  ///< number 0 = the next
  Numbering numbering;
};
struct Setting {
  std::string name;
  std::string value;
};
/// What is durable before it is acknowledged.
using Record = std::variant<NewVersion, Client, Setting, Account, Token>;

enum class Condition {
  good,
  missing,
  damaged,     ///< and not to be trusted in anything but single rows of the live state
  newer,       ///< written by a newer Candela
  busy,        ///< another process has it open
  unwritable,  ///< disk full, read-only, failing
};

/// One database file: the processor has two, the one it works with and its last good copy. Used by one thread.
/// It is locked for as long as it is open, so that no second connection can touch it (dependencies.md §3: SQLite's
/// WAL-reset bug needs two).
class Book {
 public:
  /// A write-ahead log costs one sync for a commit. A rollback journal costs more, but nothing is left beside the file.
  enum class Journal { write_ahead, rollback };
  struct Opening {
    std::unique_ptr<Book> book;  ///< for Condition::good only
    Condition condition = Condition::missing;
    std::string reason;  ///< why it is not good
    LiveState salvage;   ///< what can still be read of the live state in a damaged one
  };

  /// Opens, migrates to the newest format and checks every byte that matters.
  static Opening open(const std::filesystem::path& file, Journal journal);
  /// Makes an empty one; it is there whole or not at all.
  static Outcome create(const std::filesystem::path& file);

  /// Counts the records ever written. Of two books of the same processor the one with the higher sequence knows more.
  std::int64_t sequence() const { return sequence_; }

  /// Why a record cannot be taken, whatever the state of the disk; empty if it can.
  std::string objection(const Record& record);
  /// Writes all of it in one transaction, or nothing. `record` may be nullptr.
  Outcome write(const Record* record, const LiveState& live);

  Outcome read(Store::Contents& contents);
  LiveState live();  ///< rows whose checksum does not hold are left out
  Result<Store::Version> version(std::uint32_t number);
  Result<std::vector<Store::VersionInfo>> versions();

  /// Makes `file` a whole copy of this; a file of that name is replaced at the very end.
  Outcome copy_to(const std::filesystem::path& file);

 private:
  /// The digest and sequence that a transaction leads to; they become ours when it is committed.
  struct Totals {
    std::int64_t sequence;
    Digest digest;
  };

  explicit Book(const std::filesystem::path& file);

  void configure(Journal journal);
  std::int64_t read_meta();
  void migrate(std::int64_t format, const std::filesystem::path& file);
  std::string damage();
  std::size_t read_live(LiveState& live);
  Digest digest_of_rows();
  Digest version_hash(const Store::VersionInfo& info);
  Store::Version load_version(std::uint32_t number);
  std::vector<Store::VersionInfo> load_versions();
  std::uint32_t last_version();

  void put(const NewVersion& record, Totals& totals);
  void put(const Client& client, Totals& totals);
  void put(const Setting& setting, Totals& totals);
  void put(const Account& account, Totals& totals);
  void put(const Token& token, Totals& totals);
  void put_numbers(const Numbering& numbering, Totals& totals);
  std::int64_t put_text(const std::string& text, Totals& totals);
  void put(const LiveState& live);
  void put(const StateRow& row);
  void forget_all_but(const Project& project);
  void put_meta(const Totals& totals, std::int64_t format);

  template <class Work>
  void transact(const Work& work) {
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

  SQLite::Database database_;
  std::int64_t sequence_ = 0;
  Digest digest_{};
};

}  // namespace candela::store
