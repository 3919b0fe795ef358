#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt {

/// What waits for the broker. Of a state only that it is to be told: what it is, is looked up when the broker takes it,
/// so however slow that is, what waits is no more than the project has objects. What happened (presses) goes first and
/// is dropped when it is old: acted on later, it would do harm.
class Outbox {
 public:
  /// From one telling of an object's states to the next. What changes faster (a slider) is told as it is then.
  static constexpr Duration kApart = std::chrono::milliseconds(100);
  /// What happened is not told any more after this time, and only the newest so many wait.
  static constexpr Duration kLatest = std::chrono::seconds(5);
  static constexpr std::size_t kMostHappenings = 256;

  using Write = std::function<void(Object, std::vector<Message>&)>;
  explicit Outbox(Write write) : write_(std::move(write)) {}

  /// The object's states are to be told.
  void touch(Object object, MonoTime now);
  /// Something happened; told once.
  void happened(Message message, MonoTime now);
  /// These are to be told as they are, after what waits of this kind; what the broker has already is left out.
  void tell(std::vector<Message> documents);
  /// Forgets the documents that wait.
  void drop_documents() { documents_.clear(); }
  /// The topics beginning with this are told again although the broker has them.
  void tell_again(std::string_view beginning);

  /// The next for the broker, if anything is due.
  std::optional<Message> next(MonoTime now);
  /// When something will be due that is not yet.
  std::optional<MonoTime> next_due() const;
  /// The retained topics that the broker has of us.
  std::vector<std::string> told_topics() const;
  /// How many happenings were dropped since the last call.
  std::size_t take_dropped() { return std::exchange(dropped_, 0); }
  /// As new: the broker is another one, or has forgotten everything.
  void clear();

 private:
  struct Happening {
    Message message;
    MonoTime at;
  };

  std::optional<Message> next_happening(MonoTime now);
  std::optional<Message> next_news(std::deque<Message>& queue);
  void write_due(MonoTime now);

  const Write write_;
  std::deque<Happening> happenings_;
  std::deque<Message> documents_;
  std::deque<Message> states_;  ///< of the object that was looked up last
  std::vector<Message> written_;
  std::set<Object> waiting_;  ///< everything in ready_ and later_
  std::deque<Object> ready_;
  std::multimap<MonoTime, Object> later_;
  std::map<Object, MonoTime> last_told_;
  std::unordered_map<std::string, std::size_t> told_;  ///< topic -> hash of the payload
  std::size_t dropped_ = 0;
};

}  // namespace candela::servers::mqtt
