#include "store/history.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

#include "store/directory.h"
#include "store/history_book.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using store::Condition;
using store::HistoryBook;

constexpr const char* kFile = "history.db";
constexpr std::chrono::milliseconds kMaxRetryDelay = std::chrono::seconds(10);
/// What is left for everything else on a disk that gets full: this much, or this share of a small one.
constexpr std::uint64_t kReserve = std::uint64_t{16} << 20U;
constexpr std::uint64_t kReserveShare = 20;
constexpr std::chrono::days kAwayDays{14};

/// Why the disk is better left alone; empty if it is not.
std::string why_no_room(const fs::path& directory) {
  std::error_code unknown;
  const fs::space_info space = fs::space(directory, unknown);
  if (unknown || space.available > std::min<std::uint64_t>(kReserve, space.capacity / kReserveShare)) return {};
  return "the disk is nearly full: what happens is not kept in the history until there is room";
}

/// A thermostat tells its temperature again and again; only what it is set to is worth keeping.
class Settings {
 public:
  bool is_news(const Change& change) {
    const auto* climate = std::get_if<ClimateChanged>(&change.what);
    if (climate == nullptr) return true;
    ClimateChanged set = *climate;
    set.temperature = 0;
    const auto [known, is_new] = known_.try_emplace(climate->zone, set);
    const bool news = is_new || known->second != set;
    known->second = set;
    return news;
  }
  void clear() { known_.clear(); }

 private:
  std::unordered_map<ZoneId, ClimateChanged> known_;
};

class SqliteHistory final : public History {
 public:
  SqliteHistory(fs::path directory, Options options)
      : directory_(std::move(directory)), options_(options), retry_delay_(options.retry_delay) {
    writer_ = std::thread([this] { run(); });
  }

  ~SqliteHistory() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    writer_.join();
  }

  void note(std::span<const Change> changes) override {
    {
      const std::lock_guard lock(mutex_);
      const bool was_empty = waiting_.empty();
      for (const Change& change : changes) {
        if (std::holds_alternative<LedChanged>(change.what)) continue;
        // A project is never left out: all that follows is told in its words.
        if (waiting_.size() < kMaxWaiting || std::holds_alternative<ProjectActivated>(change.what)) {
          waiting_.push_back(change);
        } else {
          ++left_out_;
        }
      }
      if (!was_empty || waiting_.empty()) return;
    }
    wake_.notify_one();
  }

  void tell(Happening happening) override {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_happenings_.size() >= kMaxWaiting) {
        ++left_out_;
      } else {
        waiting_happenings_.push_back(std::move(happening));
      }
    }
    wake_.notify_one();
  }

  void know(const Client& client) override {
    const std::lock_guard lock(mutex_);
    clients_[client.number] = client.name;
  }

  void find(HistoryQuery query, std::function<void(Result<std::vector<Happening>>)> done) override {
    const bool taken = submit([this, query = std::move(query), done] {
      work_off();
      if (!book_) return done(Error{"there is no history: " + trouble_});
      auto found = book_->find(query);
      if (!found && book_->is_damaged()) begin_anew(found.error().message);
      done(std::move(found));
    });
    if (!taken) done(Error{"too many ask for the history at once; try again"});
  }

  void limit(Limits limits) override {
    const std::lock_guard lock(mutex_);
    options_.limits = limits;
  }

  void on_trouble(std::function<void(std::string)> trouble, std::function<void(std::string)> warning) override {
    submit([this, trouble = std::move(trouble), warning = std::move(warning)] {
      tell_trouble_ = trouble;
      tell_warning_ = warning;
      if (!trouble_.empty()) tell_trouble_(trouble_);
      for (const std::string& untold : untold_warnings_) tell_warning_(untold);
      untold_warnings_.clear();
    });
  }

 private:
  using Job = std::function<void()>;

  bool submit(Job job) {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() >= kMaxQuestions) return false;
      jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
  }

  // What follows runs on the history's thread.

  void run() {
    open();
    std::unique_lock lock(mutex_);
    const auto urgent = [this] { return stopping_ || !jobs_.empty(); };
    for (;;) {
      if (trouble_.empty() && !more_to_forget_) {
        wake_.wait(lock, [&] { return urgent() || !waiting_.empty() || !waiting_happenings_.empty(); });
        wake_.wait_for(lock, options_.delay, urgent);
      } else {
        wake_.wait_for(lock, trouble_.empty() ? options_.delay : retry_delay_, urgent);
      }
      const bool last = stopping_ && jobs_.empty();
      Job job;
      if (!jobs_.empty()) {
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      lock.unlock();
      if (job) {
        job();
      } else {
        work_off();
      }
      lock.lock();
      if (last) return;
    }
  }

  /// Tells what waits and writes it. When it cannot be written it waits on, as far as there is room.
  void work_off() {
    take();
    if (!book_) open();
    if (!book_) return;
    if (std::string why = why_no_room(directory_); !why.empty()) return settle(std::move(why));
    if (!told_.empty()) {
      if (const Outcome written = book_->write(told_); !written) return fail(written.error().message);
      told_.clear();
    }
    const auto enough = book_->forget(limits(), time_is_trusted_);
    if (!enough) return fail(enough.error().message);
    more_to_forget_ = !*enough;
    settle({});
  }

  void take() {
    std::size_t left_out = 0;
    std::vector<Happening> happenings;
    {
      const std::lock_guard lock(mutex_);
      taken_.swap(waiting_);
      happenings.swap(waiting_happenings_);
      left_out = std::exchange(left_out_, 0);
    }
    for (const Change& change : taken_) tell_change(change);
    std::move(happenings.begin(), happenings.end(), std::back_inserter(told_));
    if (left_out > 0 && !told_.empty()) tell_gap(told_.back().time, left_out);
    taken_.clear();
    if (told_.size() > 2 * kMaxWaiting) {
      const std::size_t surplus = told_.size() - kMaxWaiting;
      told_.erase(told_.begin(), told_.begin() + static_cast<std::ptrdiff_t>(surplus));
      tell_gap(told_.front().time, surplus);
    }
  }

  void tell_change(const Change& change) {
    if (const auto* activated = std::get_if<ProjectActivated>(&change.what)) {
      project_ = activated->project;
      settings_.clear();
    }
    if (const auto* clock = std::get_if<ClockChanged>(&change.what)) time_is_trusted_ = clock->trusted;
    if (!project_ || !settings_.is_news(change)) return;
    auto told = happening(change, *project_, [this](ClientId id) { return client_name(id); });
    if (told) told_.push_back(std::move(*told));
  }

  void tell_gap(UtcTime time, std::size_t count) {
    Happening gap;
    gap.time = time;
    gap.kind = Happening::Kind::gap;
    gap.text = std::to_string(count) + " happenings were not kept";
    gap.reason = "they could not be written in time";
    told_.push_back(std::move(gap));
  }

  std::string client_name(ClientId id) {
    const std::lock_guard lock(mutex_);
    const auto found = clients_.find(id);
    return found == clients_.end() ? "number " + std::to_string(id.value) : found->second;
  }

  Limits limits() {
    const std::lock_guard lock(mutex_);
    return options_.limits;
  }

  void open() {
    if (std::string why = store::why_unwritable(directory_); !why.empty()) {
      return settle("the history is not written: " + why);
    }
    HistoryBook::Opening opening = HistoryBook::open(directory_ / kFile);
    if (opening.condition == Condition::damaged) return begin_anew(opening.reason);
    book_ = std::move(opening.book);
    settle(book_ ? std::string() : "the history cannot be used: " + opening.reason);
  }

  /// A damaged file is kept for people to look at, but only the last one: it may be large.
  void begin_anew(const std::string& reason) {
    book_.reset();
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(directory_, ignored)) {
      if (entry.path().filename().string().starts_with(std::string(kFile) + ".damaged-")) {
        fs::remove(entry.path(), ignored);
      }
    }
    const auto moved = store::put_away(directory_ / kFile);
    if (!moved) return settle("the history is damaged and in the way: " + moved.error().message);
    warn(std::string(kFile) + " is damaged (" + reason + ") and was set aside as " + *moved +
         "; the history begins anew.");
    HistoryBook::Opening opening = HistoryBook::open(directory_ / kFile);
    book_ = std::move(opening.book);
    settle(book_ ? std::string() : "the history cannot be used: " + opening.reason);
  }

  void fail(const std::string& reason) {
    if (book_->is_damaged()) {
      begin_anew(reason);
    } else {
      settle(reason);
    }
  }

  /// Each trouble is told once, and its end.
  void settle(std::string trouble) {
    retry_delay_ = trouble.empty() ? options_.retry_delay : std::min(retry_delay_ * 2, kMaxRetryDelay);
    if (trouble == trouble_) return;
    trouble_ = std::move(trouble);
    if (tell_trouble_) tell_trouble_(trouble_);
  }

  void warn(std::string sentence) {
    if (tell_warning_) return tell_warning_(std::move(sentence));
    untold_warnings_.push_back(std::move(sentence));
  }

  const fs::path directory_;

  std::mutex mutex_;
  std::condition_variable wake_;
  Options options_;
  std::deque<Job> jobs_;
  std::vector<Change> waiting_;
  std::vector<Happening> waiting_happenings_;
  std::size_t left_out_ = 0;
  std::unordered_map<ClientId, std::string> clients_;
  bool stopping_ = false;

  // Of the history's thread.
  std::chrono::milliseconds retry_delay_;
  std::unique_ptr<HistoryBook> book_;
  std::vector<Change> taken_;
  std::vector<Happening> told_;  ///< and not yet written
  ProjectPtr project_;
  Settings settings_;
  bool time_is_trusted_ = true;
  bool more_to_forget_ = false;
  std::string trouble_;
  std::function<void(std::string)> tell_trouble_;
  std::function<void(std::string)> tell_warning_;
  std::vector<std::string> untold_warnings_;

  std::thread writer_;
};

}  // namespace

std::unique_ptr<History> History::open(const fs::path& directory, Options options) {
  std::error_code ignored;
  fs::create_directories(directory, ignored);
  return std::make_unique<SqliteHistory>(directory, options);
}

std::vector<SavedState::Switching> switchings(History& history, const Project& project, UtcTime now) {
  HistoryQuery query;
  query.kind = Happening::Kind::zone;
  query.from = now - kAwayDays;
  query.by_people = true;
  query.limit = History::kMaxFound;
  auto promise = std::make_shared<std::promise<std::vector<Happening>>>();
  history.find(query, [promise](Result<std::vector<Happening>> found) {
    promise->set_value(found ? std::move(*found) : std::vector<Happening>());
  });
  const std::vector<Happening> found = promise->get_future().get();
  std::vector<SavedState::Switching> switchings;
  for (auto it = found.rbegin(); it != found.rend(); ++it) {
    const ZoneId zone{it->object};
    if (std::find(project.away.zones.begin(), project.away.zones.end(), zone) == project.away.zones.end()) continue;
    switchings.push_back({zone, it->fade.to, it->time});
  }
  return switchings;
}

}  // namespace candela
