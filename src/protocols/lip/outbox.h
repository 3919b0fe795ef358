#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace candela::lip {

/// What is to be sent to one client, and when. Clients tell text from prompts by the segment it comes in: some throw
/// away whatever shares one with a prompt (lip.md §2.4), so between text and a prompt, either way, there are 2 ms.
/// Answers go before the prompts of their lines, and events never push a prompt ahead of themselves.
class Outbox {
 public:
  static constexpr Duration kGap = std::chrono::milliseconds(2);

  /// What was asked for: goes at once, with everything that waits but prompts.
  void answer(std::string_view text) {
    text_ += events_;
    events_.clear();
    text_ += text;
  }
  /// What happened by itself: goes at once, unless a prompt waits or was sent just now.
  void event(std::string_view text) { events_ += text; }
  void prompt(std::string_view text) { prompts_ += text; }
  void drop_prompts() { prompts_.clear(); }

  /// The next bytes to write, as one segment; nothing when nothing is due. After they are written, call sent().
  std::optional<std::string> take(MonoTime now);
  void sent(MonoTime now) { sent_ = now; }
  /// When take() will have something; in the past when it has. Nothing when nothing waits.
  std::optional<MonoTime> due() const;
  std::size_t size() const { return text_.size() + events_.size() + prompts_.size(); }

 private:
  enum class Kind { none, text, prompt };

  std::string text_;
  std::string events_;
  std::string prompts_;
  Kind last_ = Kind::none;  ///< what was sent last
  MonoTime sent_{};         ///< and when
};

}  // namespace candela::lip
