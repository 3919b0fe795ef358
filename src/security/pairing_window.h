#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/client.h"

namespace candela {

/// When a program may be given a certificate, and with which rights. A person opens the window: at the processor, or
/// with a button that the project names. The first program that is let in closes it again. Requests that come while it
/// is closed are counted, over restarts too, until a person opens it: after kRefusedMax nobody is talked to any more.
/// A value of the server thread.
class PairingWindow {
 public:
  static constexpr std::chrono::seconds kLasts{180};  ///< what client programs wait for at most (leap.md §2.5)
  static constexpr std::chrono::seconds kLastsMax{3600};
  static constexpr std::uint32_t kRefusedMax = 20;
  /// Requests in one opening that cannot be understood; then it closes.
  static constexpr int kWrongMax = 5;

  struct Opening {
    Role role = Role::control;
    std::string name;  ///< for the client; empty = as it calls itself
    std::chrono::seconds lasts = kLasts;
  };
  /// How the last opening ended.
  enum class End : std::uint8_t { never_opened, still_open, paired, timed_out, closed, too_many_wrong };

  /// `refused` is the count so far; `counted` is told of every new one, to keep it.
  explicit PairingWindow(std::uint32_t refused = 0, std::function<void(std::uint32_t)> counted = {})
      : refused_(refused), counted_(std::move(counted)) {}

  void open(Opening opening, MonoTime now);
  /// Closes it if its time is over.
  void look_at(MonoTime now);
  void close(End end = End::closed);
  /// A program shall be let in: false when the window is closed, or another program is being let in.
  [[nodiscard]] bool begin();
  /// It was given its certificate under this name.
  void paired(std::string name);
  /// It was not: the next one may try.
  void failed();
  /// A request came that could not be granted: the window is closed, or the request makes no sense.
  void refuse();

  bool is_open() const { return end_ == End::still_open; }
  bool is_locked() const { return !is_open() && refused_ >= kRefusedMax; }
  const Opening& opening() const { return opening_; }
  MonoTime until() const { return until_; }
  End end() const { return end_; }
  const std::string& last_paired() const { return last_paired_; }
  std::uint32_t refused() const { return refused_; }

  /// Called at every opening and closing.
  void on_change(std::function<void()> listener) { listeners_.push_back(std::move(listener)); }
  /// Called once, when the window closes; at once if it is closed.
  void when_closed(std::function<void()> waiter);

 private:
  void tell();
  void count(std::uint32_t refused);

  std::uint32_t refused_;
  std::function<void(std::uint32_t)> counted_;
  Opening opening_;
  MonoTime until_{};
  End end_ = End::never_opened;
  int wrong_ = 0;
  bool letting_in_ = false;
  std::string last_paired_;
  std::vector<std::function<void()>> listeners_;
  std::vector<std::function<void()>> waiters_;
};

}  // namespace candela
