// A whole session, as bytes: what a client sends, cut into lines, each parsed and answered by the service of a small
// house; between them the house changes and time goes on. A line that begins with '!' is no client's but says what
// happens next:
//   !role monitor|control|admin|none   who asks; none = has not logged in
//   !zone PERCENT   !button MOVE   !scene   !project   !away   what changes
//   !time MILLISECONDS
// Whatever comes in: each request has one answer, a line of JSON with its url and tag; what is pushed goes to
// subscriptions and names what the house has; who may not command changes nothing, and who has not logged in hears
// nothing of the house.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <set>

#include "protocols/leap/line_buffer.h"
#include "servers/leap/login.h"
#include "servers/leap/subscriptions.h"
#include "servers/leap/test_home.h"

namespace {

namespace json = boost::json;
using namespace candela;
using namespace candela::leap;

void require(bool condition) {
  if (!condition) std::abort();
}

std::uint32_t number_in(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view text_of(const json::object& object, std::string_view key) {
  const json::value* const value = object.if_contains(key);
  return value == nullptr ? std::string_view() : std::string_view(value->as_string());
}

/// One line out, which has to be what every line has to be.
json::object checked(std::string_view line) {
  require(line.size() < kLineMax && line.ends_with("\r\n") && line.find('\n') == line.size() - 1);
  json::object whole = json::parse(line.substr(0, line.size() - 2)).as_object();
  const json::object& header = whole.at("Header").as_object();
  require(header.contains("MessageBodyType") == whole.contains("Body"));
  const bool exception = whole.at("CommuniqueType") == "ExceptionResponse";
  require(exception == (text_of(header, "StatusCode") >= "300"));
  return whole;
}

class Session {
 public:
  void take(std::string_view bytes) {
    while (!bytes.empty() && !lines_.too_long()) {
      const auto space = lines_.space();
      // In pieces of changing length, as a network brings them.
      const std::size_t count = std::min({space.size(), bytes.size(), 1 + bytes.size() % 61});
      std::copy_n(bytes.begin(), count, space.begin());
      lines_.wrote(count);
      bytes.remove_prefix(count);
      while (const auto line = lines_.next()) take_line(*line);
    }
  }

 private:
  void take_line(std::string_view line) {
    if (line.starts_with('!')) {
      happen(line.substr(1));
      tell();
    } else {
      answer(line);
    }
  }

  void answer(std::string_view line) {
    const Request request = parser_.parse(line);
    const std::size_t events = home_.events.events.size();
    std::string out;
    if (asks_to_log_in(request)) {
      const auto credentials = read_login(request);
      const Answer answer = credentials ? logged_in(request, credentials->name) : login_refused();
      append_answer(out, request, answer.status, answer.content);
    } else {
      service_.answer(request, caller_, subscriptions_, now(), out);
    }
    check_answer(request, out);
    if (caller_.role.value_or(Role::monitor) == Role::monitor) require(home_.events.events.size() == events);
    if (!caller_.role) require(subscriptions_.count() == subscribed_);
    subscribed_ = subscriptions_.count();
    if (home_.events.events.size() > kEventsMax) home_.events.events.clear();
  }

  void check_answer(const Request& request, const std::string& out) {
    const json::object whole = checked(out);
    const json::object& header = whole.at("Header").as_object();
    require(text_of(header, "Url") == request.url);
    require(header.contains("ClientTag") == request.tag.has_value());
    if (request.tag) require(text_of(header, "ClientTag") == *request.tag);
    const json::value* const body = whole.if_contains("Body");
    if (!caller_.role && body != nullptr && !asks_to_log_in(request)) {
      require(json::serialize(*body).find("Foyer") == std::string::npos);
    }
    if (request.verb == Verb::subscribe) urls_.insert(std::string(request.url));
  }

  void happen(std::string_view what) {
    const std::size_t space = std::min(what.find(' '), what.size());
    const std::string_view kind = what.substr(0, space);
    const std::string_view rest = what.substr(std::min(space + 1, what.size()));
    if (kind == "role") become(rest);
    if (kind == "time") home_.clock.advance(std::chrono::milliseconds(number_in(rest) % kLongest));
    if (kind == "zone") note(home_.set_zone(zones()[number_in(rest) % 3], number_in(rest) % 101));
    if (kind == "button") note(home_.change(ButtonActed{ButtonId{861}, static_cast<ButtonMove>(number_in(rest) % 4)}));
    if (kind == "scene")
      note(home_.change(SceneChanged{AreaId{804}, number_in(rest) % 2 == 1 ? SceneId{811} : SceneId{}}));
    if (kind == "away") note(home_.change(AwayChanged{number_in(rest) % 2 == 1}));
    if (kind == "project") {
      service_.project_changed();
      note(home_.change(ProjectActivated{test::house()}));
    }
  }

  void become(std::string_view role) {
    constexpr std::pair<std::string_view, Role> kRoles[] = {
        {"monitor", Role::monitor}, {"control", Role::control}, {"admin", Role::admin}};
    caller_.role.reset();
    for (const auto& [name, it] : kRoles) {
      if (role == name) caller_.role = it;
    }
  }

  static std::array<ZoneId, 3> zones() { return {ZoneId{816}, ZoneId{817}, ZoneId{1387}}; }
  void note(const Change& change) { news_.take(change, home_.view); }

  void tell() {
    news_.settle();
    std::string out;
    subscriptions_.tell(news_, home_.view, now(), out);
    subscriptions_.tell_held(home_.view, now(), out);
    news_.clear();
    std::string_view rest = out;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n') + 1;
      require(end > 0);
      check_push(rest.substr(0, end));
      rest.remove_prefix(end);
    }
  }

  void check_push(std::string_view line) {
    const json::object whole = checked(line);
    require(urls_.contains(std::string(text_of(whole.at("Header").as_object(), "Url"))));
    const json::object& body = whole.at("Body").as_object();
    if (const json::value* const statuses = body.if_contains("ZoneStatuses")) {
      for (const json::value& it : statuses->as_array()) {
        const std::string_view zone = it.at("Zone").at("href").as_string();
        require(zone == "/zone/816" || zone == "/zone/817" || zone == "/zone/1387");
      }
    }
  }

  MonoTime now() const { return home_.clock.now().mono; }

  static constexpr std::uint32_t kLongest = 600'000;
  static constexpr std::size_t kEventsMax = 1000;

  test::Surroundings home_;
  PressedButtons pressed_{home_.loop.get_executor(), home_.events, Source{Source::Kind::client, ClientId{1}}};
  Caller caller_{ClientId{1}, Role::control, pressed_};
  Subscriptions subscriptions_;
  std::size_t subscribed_ = 0;
  RequestParser parser_;
  Service service_{home_.context};
  News news_;
  LineBuffer lines_;
  std::set<std::string> urls_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Session().take({reinterpret_cast<const char*>(data), size});
  return 0;
}
