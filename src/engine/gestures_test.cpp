#include "engine/gestures.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace candela::engine {
namespace {

using namespace std::chrono_literals;

/// What is done to a button in order: "p" press, "r" release, "h" and "t" a hold and a double tap that the device told
/// itself, "." a tenth of a second.
struct Row {
  const char* done;
  /// What is decided, in order: "P" press, "R" release, "H" hold, "E" hold release, "D" double tap; "." as above.
  const char* nothing_slower;
  const char* hold;
  const char* double_tap;
  const char* both;
};

// Hold time 0.5 s, tap time 0.3 s. Each row stands for a way through the states, sensible ones and others.
constexpr Row kRows[] = {
    {"p.r", "P.R", ".P", "...P", "...P"},
    {"pr", "PR", "P", "...P", "...P"},
    {"p......r", "P......R", ".....H.E", "...P...R", ".....H.E"},
    {"p.r.p.r", "P.R.P.R", ".P..P", "..D", "..D"},
    {"p.r.p......r", "P.R.P......R", ".P......H.E", "..D", "..D"},
    {"p.r...p.r", "P.R...P.R", ".P....P", "...P....P", "...P....P"},
    {"p....r", "P....R", "....P", "...P.R", "....P"},
    // Out of order
    {"r", "R", "R", "R", "R"},
    {"rr", "RR", "RR", "RR", "RR"},
    {"pp", "PP", ".....H", "...P", ".....H"},
    {"p.p.r", "P.P.R", "..P", "....P", "....P"},
    {"p.rr", "P.RR", ".PR", "...P", "...P"},
    {"p......p.r", "P......P.R", ".....H.E.P", "...P......P", ".....H.E...P"},
    // A device that tells them itself
    {"h", "", "H", "", "H"},
    {"hh", "", "H", "", "H"},
    {"hr", "R", "HE", "R", "HE"},
    {"p.h.r", "P..R", ".H.E", "...P", ".H.E"},
    {"p......h.r", "P.......R", ".....H..E", "...P....R", ".....H..E"},
    {"t", "", "", "D", "D"},
    {"p.r.t", "P.R", ".P", "..D", "..D"},
    {"p.t.r", "P..R", "..P", ".D.R", ".D.R"},
};

class Play {
 public:
  explicit Play(Gestures::Slower slower) : slower_(slower) {}

  std::string all(const std::string& done) {
    for (const char move : done + "..........") {
      if (move == '.') {
        pass_time();
      } else {
        decided(gestures_.move(0, slower_, moves(move), now_, {}));
      }
    }
    EXPECT_EQ(gestures_.next_due(), std::nullopt) << "everything is decided in the end";
    return text_.substr(0, text_.find_last_not_of('.') + 1);
  }

 private:
  static ButtonMove moves(char move) {
    switch (move) {
      case 'p': return ButtonMove::press;
      case 'r': return ButtonMove::release;
      case 'h': return ButtonMove::hold;
      default: return ButtonMove::multi_tap;
    }
  }
  void pass_time() {
    now_ += 100ms;
    text_ += '.';
    while (gestures_.next_due() && *gestures_.next_due() <= now_) {
      EXPECT_EQ(*gestures_.next_due(), now_);
      decided(gestures_.fire(now_).gesture);
    }
  }
  void decided(std::optional<Gesture> gesture) {
    if (gesture) text_ += "PRHED"[static_cast<int>(*gesture)];
  }

  Gestures::Slower slower_;
  Gestures gestures_{1, {500ms, 300ms}};
  MonoTime now_{1s};
  std::string text_;
};

TEST(GesturesTest, EveryWayThroughItsStates) {
  for (const Row& row : kRows) {
    EXPECT_EQ(Play({}).all(row.done), row.nothing_slower) << row.done;
    EXPECT_EQ(Play({.hold = true}).all(row.done), row.hold) << row.done;
    EXPECT_EQ(Play({.double_tap = true}).all(row.done), row.double_tap) << row.done;
    EXPECT_EQ(Play({.hold = true, .double_tap = true}).all(row.done), row.both) << row.done;
  }
}

TEST(GesturesTest, ButtonsDoNotDisturbEachOther) {
  Gestures gestures(2, {500ms, 300ms});
  const MonoTime begin{1s};
  EXPECT_FALSE(gestures.move(0, {.hold = true}, ButtonMove::press, begin, {}));
  EXPECT_FALSE(gestures.move(1, {.hold = true}, ButtonMove::press, begin + 100ms, {}));
  EXPECT_EQ(gestures.move(0, {.hold = true}, ButtonMove::release, begin + 200ms, {}), Gesture::press);
  EXPECT_EQ(gestures.next_due(), begin + 600ms);
  const auto due = gestures.fire(begin + 600ms);
  EXPECT_EQ(due.button, 1U);
  EXPECT_EQ(due.gesture, Gesture::hold);
}

TEST(GesturesTest, AForgottenButtonBeginsAnew) {
  Gestures gestures(1, {500ms, 300ms});
  EXPECT_FALSE(gestures.move(0, {.hold = true}, ButtonMove::press, MonoTime{1s}, {}));
  gestures.forget(0);
  EXPECT_FALSE(gestures.next_due());
  EXPECT_FALSE(gestures.move(0, {.hold = true}, ButtonMove::press, MonoTime{2s}, {}));
  EXPECT_EQ(gestures.next_due(), MonoTime{2500ms});
}

}  // namespace
}  // namespace candela::engine
