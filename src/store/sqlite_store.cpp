#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "store/book.h"
#include "store/directory.h"
#include "store/store.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using store::Directory;
using store::LiveState;
using store::PrivateCopy;
using store::Record;

constexpr std::chrono::milliseconds kMaxRetryDelay = std::chrono::minutes(1);

class SqliteStore final : public Store {
 public:
  SqliteStore(fs::path path, Directory directory, std::unique_ptr<PrivateCopy> private_copy, std::string trouble,
              Options options, std::optional<UtcTime> last_alive)
      : path_(std::move(path)),
        options_(options),
        retry_delay_(options.retry_delay),
        private_copy_(std::move(private_copy)),
        directory_(std::move(directory)),
        unsaved_because_(std::move(trouble)),
        last_alive_(last_alive) {
    healthy_ = unsaved_because_.empty() && directory_.copy != nullptr;
    writer_ = std::thread([this] { run(); });
  }

  ~SqliteStore() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    writer_.join();
  }

  void save_version(Version version, Numbering numbering, Saved saved) override {
    save(store::NewVersion{std::move(version), std::move(numbering)}, saved);
  }
  void save_client(Client client, Saved saved) override { save(std::move(client), saved); }
  void save_account(Account account, Saved saved) override { save(std::move(account), saved); }
  void save_token(Token token, Saved saved) override { save(std::move(token), saved); }
  void save_setting(std::string name, std::string value, Saved saved) override {
    save(store::Setting{std::move(name), std::move(value)}, saved);
  }

  void read_version(std::uint32_t number, std::function<void(Result<Version>)> done) override {
    submit([this, number, done] { done(directory_.main->version(number)); },
           [done](Error error) { done(std::move(error)); });
  }
  void list_versions(std::function<void(Result<std::vector<VersionInfo>>)> done) override {
    submit([this, done] { done(directory_.main->versions()); }, [done](Error error) { done(std::move(error)); });
  }

  void note(std::span<const Change> changes) override {
    {
      const std::lock_guard lock(mutex_);
      const bool was_empty = pending_.empty();
      const bool had_setting = setting_waits_;
      for (const Change& change : changes) {
        observer_.note(change, pending_);
        setting_waits_ = setting_waits_ || store::is_setting(change);
        if (const auto* clock = std::get_if<ClockChanged>(&change.what)) vouched_ = clock->trusted;
      }
      if (pending_.empty() || (!was_empty && setting_waits_ == had_setting)) return;
    }
    wake_.notify_one();
  }

  void on_trouble(std::function<void(std::string)> told) override {
    submit(
        [this, told] {
          told_ = told;
          told_trouble_.clear();
          tell();
        },
        [told](const Error& error) { told(error.message); });
  }

 private:
  using Job = std::function<void()>;

  void save(Record record, const Saved& saved) {
    submit([this, record = std::move(record), saved] { saved(write_record(record)); },
           [saved](Error error) { saved(std::move(error)); });
  }

  void submit(Job job, const std::function<void(Error)>& refuse) {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() < kMaxJobs) {
        jobs_.push_back(std::move(job));
        job = nullptr;
      }
    }
    if (job) {
      refuse(Error{"not saved: " + std::to_string(kMaxJobs) + " other requests wait for the disk; try again later"});
    } else {
      wake_.notify_one();
    }
  }

  // What follows runs on the writer thread.

  void run() {
    std::unique_lock lock(mutex_);
    const auto urgent = [this] { return stopping_ || !jobs_.empty(); };
    for (;;) {
      if (healthy_) {
        if (wait_for_work(lock)) gather(lock);
      } else {
        wake_.wait_for(lock, retry_delay_, urgent);
      }
      const bool last = stopping_ && jobs_.empty();
      Job job;
      if (!jobs_.empty()) {
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      lock.unlock();
      if (job) job();
      // Also after a job, or a client that asks in a loop could keep levels waiting. After trouble only when it is
      // time.
      if (!job || healthy_) work_off();
      lock.lock();
      if (last) return;
    }
  }

  /// One write for all that changes in the next 100 ms. A setting does not wait for others, unless one was just hurried
  /// along: a client that sets in a loop costs the disk at most twice what one that dims does.
  void gather(std::unique_lock<std::mutex>& lock) {
    hurried_ = wake_.wait_for(lock, options_.level_delay,
                              [this] { return stopping_ || !jobs_.empty() || (setting_waits_ && !hurried_); });
  }

  /// False when nothing came before it is time to say that the processor is alive.
  bool wait_for_work(std::unique_lock<std::mutex>& lock) {
    const auto work = [this] { return stopping_ || !jobs_.empty() || !pending_.empty(); };
    if (options_.clock != nullptr && options_.alive_interval.count() > 0) {
      return wake_.wait_for(lock, options_.alive_interval, work);
    }
    wake_.wait(lock, work);
    return true;
  }

  /// Everything that waits to be written, but records: levels, and after trouble a lost directory or copy.
  void work_off() {
    if (private_copy_) return_to_directory();
    if (!private_copy_) {
      take_live(stopping());
      settle(writing_.empty() ? done() : directory_.main->write(nullptr, writing_));
      if (!directory_.copy) renew_copy();
    }
    if (stopping() && directory_.copy && !ahead_of_copy_.empty()) follow(nullptr);
    judge();
  }

  Outcome write_record(const Record& record) {
    if (private_copy_) return_to_directory();
    if (private_copy_) return Error{"not saved: " + unsaved_because_};
    if (std::string why = directory_.main->objection(record); !why.empty()) return Error{std::move(why)};
    take_live(true);
    Outcome outcome = directory_.main->write(&record, writing_);
    settle(outcome);
    if (outcome) {
      if (directory_.copy) {
        follow(&record);
      } else {
        renew_copy();
      }
    }
    judge();
    return outcome;
  }

  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  /// `anyhow` = something will be written even if nothing waits.
  void take_live(bool anyhow) {
    writing_.clear();
    std::optional<bool> vouched;
    {
      const std::lock_guard lock(mutex_);
      std::swap(writing_, pending_);
      setting_waits_ = false;
      vouched = vouched_;
    }
    if (options_.clock != nullptr) say_alive(options_.clock->now(), anyhow || !writing_.empty(), vouched);
  }

  /// Not while nobody vouches for the time; and until somebody does, it does not go back: an earlier time would be that
  /// of a clock that lost its power, and the very thing by which this is noticed.
  void say_alive(Now now, bool writes, std::optional<bool> vouched) {
    const bool due = options_.alive_interval.count() > 0 && now.mono - alive_said_ >= options_.alive_interval;
    if (!writes && !due) return;
    alive_said_ = now.mono;
    if (vouched == false || (!vouched && last_alive_ && now.utc < *last_alive_)) return;
    last_alive_ = now.utc;
    writing_.put({store::StateKind::alive, 0, {now.utc.time_since_epoch().count()}});
  }

  /// What could not be written waits on, unless something newer is there already.
  void settle(const Outcome& outcome) {
    if (outcome) {
      unsaved_because_.clear();
      ahead_of_copy_.put_all(writing_);
    } else {
      unsaved_because_ = outcome.error().message;
      const std::lock_guard lock(mutex_);
      pending_.put_back(writing_);
    }
    writing_.clear();
  }

  /// The copy does what the main book just did. It is closed on trouble, and made again as a whole.
  void follow(const Record* record) {
    const Outcome outcome = directory_.copy->write(record, ahead_of_copy_);
    if (outcome && directory_.copy->sequence() == directory_.main->sequence()) {
      ahead_of_copy_.clear();
      return;
    }
    directory_.copy.reset();
    renew_copy();
  }

  void renew_copy() {
    auto renewed = store::renew_copy(*directory_.main, path_);
    directory_.trouble = renewed ? "" : "the last good copy is behind: " + renewed.error().message;
    if (!renewed) return;
    directory_.copy = std::move(*renewed);
    ahead_of_copy_.clear();
  }

  /// From the private copy back to the real directory, once that can be written.
  void return_to_directory() {
    if (std::string why = store::why_unwritable(path_); !why.empty()) {
      unsaved_because_ = std::move(why);
      return;
    }
    auto opened = store::open_directory(path_);
    if (!opened || !opened->main) {
      unsaved_because_ = opened ? opened->trouble : opened.error().message;
      return;
    }
    directory_ = std::move(*opened);
    private_copy_.reset();
    unsaved_because_.clear();
  }

  void judge() {
    healthy_ = unsaved_because_.empty() && directory_.copy != nullptr;
    retry_delay_ = healthy_ ? options_.retry_delay : std::min(retry_delay_ * 2, kMaxRetryDelay);
    tell();
  }

  /// Each trouble once, and its end.
  void tell() {
    const std::string& trouble = unsaved_because_.empty() ? directory_.trouble : unsaved_because_;
    if (!told_ || trouble == told_trouble_) return;
    told_trouble_ = trouble;
    told_(trouble);
  }

  const fs::path path_;
  const Options options_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  LiveState pending_;
  bool setting_waits_ = false;
  store::Observer observer_;
  std::optional<bool> vouched_;  ///< whether the time is trusted; none = nobody has said
  bool stopping_ = false;

  // Of the writer thread.
  bool healthy_ = true;
  std::chrono::milliseconds retry_delay_;
  std::unique_ptr<PrivateCopy> private_copy_;  ///< while the directory cannot be written
  Directory directory_;
  LiveState writing_;
  LiveState ahead_of_copy_;  ///< what only the main book has
  std::string unsaved_because_;
  bool hurried_ = false;  ///< the last write did not wait for others
  std::optional<UtcTime> last_alive_;
  MonoTime alive_said_{};
  std::function<void(std::string)> told_;
  std::string told_trouble_;

  std::thread writer_;
};

/// What is there, read from a copy, when `why` it cannot be written.
Result<std::unique_ptr<PrivateCopy>> read_only(const fs::path& path, const std::string& why, Directory& directory) {
  auto copy = PrivateCopy::make(path);
  if (!copy) return Error{why + ", " + copy.error().message};
  auto opened = store::open_directory((*copy)->path());
  if (!opened) return opened.error();
  if (!opened->main) return Error{why + ", " + opened->trouble};
  directory = std::move(*opened);
  directory.warnings.push_back(why + ": the processor runs with what is kept there, but changes are not saved.");
  return copy;
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const fs::path& directory, Contents& contents, Options options) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error && !fs::is_directory(directory)) {
    return Error{"cannot make the state directory " + directory.string() + ": " + error.message()};
  }
  Directory opened;
  std::unique_ptr<PrivateCopy> private_copy;
  std::string trouble = store::why_unwritable(directory);
  if (trouble.empty()) {
    auto real = store::open_directory(directory);
    if (!real) return real.error();
    if (!real->main) trouble = real->trouble;
    opened = std::move(*real);
  }
  if (!trouble.empty()) {
    auto read = read_only(directory, trouble, opened);
    if (!read) return read.error();
    private_copy = std::move(*read);
  }
  if (const Outcome read = opened.main->read(contents); !read) return read.error();
  contents.warnings = opened.warnings;
  std::unique_ptr<Store> store = std::make_unique<SqliteStore>(directory, std::move(opened), std::move(private_copy),
                                                               std::move(trouble), options, contents.state.last_alive);
  return store;
}

}  // namespace candela
