#include "rehearsal/play.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/clock.h"
#include "engine/engine.h"
#include "model/view.h"
#include "project/project_file.h"
#include "rehearsal/home.h"
#include "rehearsal/wording.h"
#include "rehearsal/words.h"

namespace candela::rehearsal {
namespace {

using Lines = std::vector<std::string>;

/// Something in a script that cannot be played; stays within this file.
struct Unplayable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The processor, which can lose its power, and a person with a script.
class Player {
 public:
  explicit Player(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Lines power_on(const std::string& project_file) {
    project_ = read(project_file);
    return power_on();
  }

  void go_to(Duration at) { clock_.advance(begin_ + at - clock_.now().mono); }

  Lines run(const std::string& command) {
    Words words(command);
    const std::string verb = words.take();
    if (verb == "power") return words.take_if("off") ? power_off() : restart();
    if (verb == "look") return look(words);
    return send(event_of(verb, words));
  }

 private:
  ProjectPtr read(const std::string& name) {
    const auto files = project::load_files(folder_ / name);
    if (!files) throw Unplayable(files.error().message);
    project::Reading reading = project::read(*files, numbering_);
    std::string complaints;
    for (const auto& complaint : reading.complaints) complaints += "\n  " + complaint.text();
    if (!reading.project) throw Unplayable(name + " is refused:" + complaints);
    return std::make_shared<const Project>(std::move(*reading.project));
  }

  Lines send(const Event& event) {
    const auto changes = engine_.on(event, clock_.now());
    view_.apply(changes);
    const std::string wrong = engine_.inconsistency();
    if (!wrong.empty()) throw Unplayable("LEDs and scenes do not follow from the levels: " + wrong);
    check_view();
    return outcome(changes, *view_.project(), begin_, clock_.now().mono);
  }

  void check_view() const {
    const MonoTime now = clock_.now().mono;
    for (const Zone& zone : view_.project()->zones) {
      if (view_.level(zone.number, now) != engine_.level(zone.number, now)) {
        throw Unplayable("the view has another level of " + zone.id);
      }
    }
  }

  Lines power_off() {
    saved_ = remembered(view_, clock_.now());
    return {};
  }

  /// The machine's own clock begins anew; only calendar time goes on.
  Lines restart() {
    const Now before = clock_.now();
    const MonoTime after_boot{std::chrono::seconds(7)};
    begin_ += after_boot - before.mono;
    clock_.set({after_boot, before.utc});
    return power_on();
  }

  Lines power_on() {
    engine_ = Engine(std::exchange(saved_, {}));
    view_ = View(project_);
    return send({{}, ActivateProject{project_}});
  }

  Lines look(Words& words) const {
    Lines lines;
    while (!words.done()) {
      const std::string id = words.take();
      const Level level = engine_.level(zone(id), clock_.now().mono);
      lines.push_back(fmt::format("{} is at {}", id, percent_text(level)));
    }
    return lines;
  }

  Event event_of(const std::string& verb, Words& words) {
    const Source person{Source::Kind::device, {}};
    const Source asked{Source::Kind::command, {}};
    constexpr std::array kMoves{std::pair{"press", ButtonMove::press}, std::pair{"release", ButtonMove::release},
                                std::pair{"hold", ButtonMove::hold}, std::pair{"tap", ButtonMove::multi_tap}};
    for (const auto& [word, move] : kMoves) {
      if (verb == word) return {person, ButtonMoved{button(words.take()), move}};
    }
    constexpr std::array kMovements{std::pair{"raise", Movement::raise}, std::pair{"lower", Movement::lower},
                                    std::pair{"stop", Movement::stop}};
    for (const auto& [word, movement] : kMovements) {
      if (verb != word) continue;
      if (words.take_if("area")) return {asked, MoveArea{area(words.take()), movement}};
      return {asked, MoveZone{zone(words.take()), movement}};
    }
    if (verb == "set" && words.take_if("area")) return {asked, set_area(words)};
    if (verb == "set") return {asked, set_zone(words)};
    if (verb == "recall") return {asked, ActivateScene{scene(words.take())}};
    if (verb == "led") return {asked, set_led(words)};
    if (verb == "report") return {person, report(words)};
    if (verb == "device") return {person, presence(words)};
    if (verb == "link") return {person, link_state(words)};
    if (verb == "transfer") return {asked, transfer(words)};
    if (verb == "wait") return {{}, TimePassed{}};
    throw Unplayable("unknown command '" + verb + "'");
  }

  /// "to 40 % [over 3 s] [after 5 s]"
  template <class Command>
  void take_target(Words& words, Command& command) {
    words.take_if("to");
    command.level = level(words);
    if (words.take_if("over")) command.fade = time(words);
    if (words.take_if("after")) command.delay = time(words);
    if (!words.done()) throw Unplayable("what is '" + words.rest() + "'?");
  }

  SetZone set_zone(Words& words) {
    SetZone command{zone(words.take()), {}, {}, {}};
    take_target(words, command);
    return command;
  }

  SetArea set_area(Words& words) {
    SetArea command{area(words.take()), {}, {}, {}};
    take_target(words, command);
    return command;
  }

  SetLed set_led(Words& words) const {
    SetLed command{object(view_.project()->find_button(words.take()))->led};
    const std::string state = words.take();
    constexpr std::array kStates{std::pair{"off", LedState::off}, std::pair{"on", LedState::on},
                                 std::pair{"flash", LedState::flash}, std::pair{"rapid_flash", LedState::rapid_flash}};
    for (const auto& [word, led] : kStates) {
      if (state == word) command.state = led;
    }
    return command;
  }

  LevelReported report(Words& words) const {
    const ZoneId reporter = zone(words.take());
    words.take_if("at");
    return {reporter, level(words)};
  }

  PresenceReported presence(Words& words) const {
    const DeviceId device = object(view_.project()->find_device(words.take()))->number;
    if (words.take_if("silent")) return {device, false, DeviceFault::silent};
    if (words.take_if("duplicate_address")) return {device, true, DeviceFault::duplicate_address};
    return {device, true, DeviceFault::none};
  }

  LinkReported link_state(Words& words) const {
    const LinkId link = object(view_.project()->find_link(words.take()))->number;
    if (words.take_if("reversed_pair")) return {link, LinkFault::reversed_pair};
    if (words.take_if("no_devices")) return {link, LinkFault::no_devices};
    return {link, LinkFault::none};
  }

  ActivateProject transfer(Words& words) {
    project_ = read(words.take());
    return {project_};
  }

  template <class Object>
  static const Object* object(const Object* found) {
    if (found == nullptr) throw Unplayable("the project has nothing of that id");
    return found;
  }
  ZoneId zone(const std::string& id) const { return object(view_.project()->find_zone(id))->number; }
  AreaId area(const std::string& id) const { return object(view_.project()->find_area(id))->number; }
  SceneId scene(const std::string& id) const { return object(view_.project()->find_scene(id))->number; }
  ButtonId button(const std::string& id) const { return object(view_.project()->find_button(id))->number; }
  static Level level(Words& words) {
    const auto level = words.take_level();
    if (!level) throw Unplayable("a level is written as '40 %'");
    return *level;
  }
  static Duration time(Words& words) {
    const auto time = words.take_time();
    if (!time) throw Unplayable("a time is written as '3 s'");
    return *time;
  }

  const std::filesystem::path folder_;
  ManualClock clock_;
  MonoTime begin_ = clock_.now().mono;  ///< of the scenario
  Numbering numbering_;
  ProjectPtr project_;
  SavedState saved_;
  Engine engine_;
  View view_;
};

}  // namespace

Result<std::vector<Lines>> play(const Script& script, const std::filesystem::path& folder) {
  std::vector<Lines> outcomes;
  int line = 1;
  try {
    Player player(folder);
    player.power_on(script.project);
    for (const ScriptStep& step : script.steps) {
      line = step.line;
      player.go_to(step.at);
      outcomes.push_back(player.run(step.command));
    }
  } catch (const Unplayable& problem) {
    return Error{fmt::format("{}: {}", line, problem.what())};
  }
  return outcomes;
}

}  // namespace candela::rehearsal
