#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace candela::lip {

/// What is to be sent to one client, and when. Clients tell text from prompts by the segment it comes in: some throw
/// away whatever shares one with a prompt, others know one prompt before a line but not two (lip.md §2.4). So there are
/// 2 ms between text and a prompt, either way, each prompt follows the answer to its line, and what a command brings
/// about counts as its answer if it comes soon.
class Outbox {
 public:
  static constexpr Duration kGap = std::chrono::milliseconds(2);

  /// For that long the prompt of a command waits for what the command brings about.
  static constexpr Duration kPatience = std::chrono::milliseconds(50);

  /// Lines with their ends, after all that was put in before.
  void answer(std::string_view text) { add(Kind::text, text); }
  /// Lines about something that happened: before a prompt that waits for such.
  void event(std::string_view text, MonoTime now);
  /// `latest`: until then it waits for an event, unless something else is put in before.
  void prompt(std::string_view text, MonoTime latest = MonoTime::min());
  void drop_prompts();

  /// The next bytes to write, as one segment; nothing when nothing is due. After they are written, call sent().
  std::optional<std::string> take(MonoTime now);
  void sent(MonoTime now) { sent_ = now; }
  /// When take() will have something; in the past when it has. Nothing when nothing waits.
  std::optional<MonoTime> due() const;
  std::size_t size() const { return size_; }

 private:
  enum class Kind : std::uint8_t { none, text, prompt };
  struct Segment {
    Kind kind;
    std::string bytes;
    MonoTime latest = MonoTime::min();  ///< of a prompt that waits
  };

  void add(Kind kind, std::string_view bytes);

  std::deque<Segment> segments_;  ///< text between prompts is one
  std::size_t size_ = 0;
  Kind last_ = Kind::none;  ///< what was sent last
  MonoTime sent_{};         ///< and when
};

}  // namespace candela::lip
