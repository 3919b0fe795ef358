#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/client.h"
#include "model/saved_state.h"
#include "model/story.h"

namespace candela {

/// What happened in the house and why, over restarts: a SQLite database of its own, `history.db`, with one connection
/// that belongs to a thread of its own. It can be lost without harm, so it gives way to everything else: it is written
/// within a second or so, without waiting for the disk; when the disk has little room left it is not written, and
/// nothing but the history stops. A damaged one is set aside and a new one begun.
/// All functions may be called from any thread and return at once.
class History {
 public:
  /// What is older, or more, goes: the oldest first, some thousands at a time.
  struct Limits {
    std::chrono::days age{400};  ///< counted back from the newest; not while nobody vouches for the time
    std::uint64_t bytes = std::uint64_t{256} << 20U;
    friend bool operator==(const Limits&, const Limits&) = default;
  };
  struct Options {
    Limits limits;
    std::chrono::milliseconds delay{1000};        ///< from the first change to its writing
    std::chrono::milliseconds retry_delay{1000};  ///< after trouble with the disk; doubles up to 10 s
  };
  /// Changes that wait to be written: as if a full home changed six times in a second. What comes when they are this
  /// many is left out; the history then says how much.
  static constexpr std::size_t kMaxWaiting = 4096;
  /// Questions that wait at once; more are refused, on the caller's thread.
  static constexpr std::size_t kMaxQuestions = 64;
  /// The most that one question is answered with, whatever it asks for.
  static constexpr std::uint32_t kMaxFound = 100'000;

  /// Never fails: trouble is told through on_trouble().
  static std::unique_ptr<History> open(const std::filesystem::path& directory, Options options);
  static std::unique_ptr<History> open(const std::filesystem::path& directory) { return open(directory, Options()); }

  virtual ~History() = default;  ///< writes what waits, if it can, then closes

  /// Keeps what is worth telling later, in the words of the project in force (the last ProjectActivated noted; before
  /// the first one nothing can be told). Never blocks, never fails.
  virtual void note(std::span<const Change> changes) = 0;
  /// What is no change of the house. Never blocks, never fails.
  virtual void tell(Happening happening) = 0;
  /// How a client is called from now on.
  virtual void know(const Client& client) = 0;
  /// Answers on the history's thread, with all that was noted before.
  virtual void find(HistoryQuery query, std::function<void(Result<std::vector<Happening>>)> done) = 0;
  virtual void limit(Limits limits) = 0;
  /// `trouble`: a sentence when the history cannot be written, and an empty one when it can again. `warning`: what was
  /// lost, once. Both on the history's thread.
  virtual void on_trouble(std::function<void(std::string)> trouble, std::function<void(std::string)> warning) = 0;
};

/// When people set the zones of the project's away settings, in the 14 days before `now`, oldest first: what away
/// repeats. Waits for the answer; only at start.
std::vector<SavedState::Switching> switchings(History& history, const Project& project, UtcTime now);

}  // namespace candela
