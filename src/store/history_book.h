#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "store/book.h"
#include "store/history.h"

namespace candela::store {

/// The file of the history. Used by one thread; locked while it is open.
class HistoryBook {
 public:
  struct Opening {
    std::unique_ptr<HistoryBook> book;  ///< for Condition::good only
    Condition condition = Condition::good;
    std::string reason;  ///< why it is not good
  };
  /// Opens it, or makes an empty one. One of a newer format counts as damaged: it is not worth keeping a house dark
  /// for.
  static Opening open(const std::filesystem::path& file);

  /// Writes all or nothing.
  Outcome write(std::span<const Happening> happenings);
  Result<std::vector<Happening>> find(const HistoryQuery& query);
  /// Drops the oldest beyond the limits, in steps; `by_age` = the age counts too. False when there is more to drop.
  Result<bool> forget(const History::Limits& limits, bool by_age);
  /// Whether the file turned out to be damaged in what was done last.
  bool is_damaged() const { return damaged_; }

 private:
  explicit HistoryBook(const std::filesystem::path& file);

  template <class Work>
  auto guarded(const char* what, const Work& work) -> Result<decltype(work())>;
  void make_tables();
  struct Insertions;
  std::int64_t text_id(Insertions& into, std::int64_t period, const std::string& text);
  void put(Insertions& into, const Happening& happening);
  std::uint64_t bytes_used();
  std::optional<UtcTime> age_limit(const History::Limits& limits);
  int drop_oldest(std::optional<UtcTime> before);

  SQLite::Database database_;
  bool damaged_ = false;
  /// The texts of one period, as far as they were used lately.
  std::unordered_map<std::string, std::int64_t> texts_;
  std::int64_t texts_period_ = 0;
};

}  // namespace candela::store
