#pragma once

// What can be asked of the processor, whichever server it comes by: a request is a JSON object, its answer JSON too.

#include <boost/asio/awaitable.hpp>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/describe.h"
#include "model/event.h"
#include "servers/ask.h"
#include "servers/context.h"

namespace candela::servers::requests {

/// What a request stands on: the server's context, and who asks.
struct Asking : Context {
  Source source;
};

/// Why a request was not carried out, in words, and of which kind that is, for protocols that tell kinds apart.
struct Refusal {
  enum class Kind : std::uint8_t {
    wrong,     ///< what was said makes no sense
    unknown,   ///< it names something that is not there
    conflict,  ///< not as things stand
    busy,      ///< not now: the processor's queue is full
    failed,    ///< the processor could not
  };
  Kind kind = Kind::wrong;
  std::string message;
};

/// A value, or why there is none.
template <class T>
class [[nodiscard]] Reply {
 public:
  Reply(T value) : state_(std::move(value)) {}
  Reply(Refusal refusal) : state_(std::move(refusal)) {}
  /// What is wrong with the request.
  Reply(Error error) : state_(Refusal{Refusal::Kind::wrong, std::move(error.message)}) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  /// REQUIRES: there is a value.
  T& operator*() { return *std::get_if<T>(&state_); }
  const T& operator*() const { return *std::get_if<T>(&state_); }
  T* operator->() { return std::get_if<T>(&state_); }
  const T* operator->() const { return std::get_if<T>(&state_); }
  /// REQUIRES: there is no value.
  const Refusal& error() const { return *std::get_if<Refusal>(&state_); }

 private:
  std::variant<T, Refusal> state_;
};
using Answer = Reply<boost::json::value>;

/// Empty when it is not there or no text.
std::string text_of(const boost::json::object& request, std::string_view key);
std::optional<double> number_of(const boost::json::object& request, std::string_view key);
/// Whether it is there and true.
bool flag_of(const boost::json::object& request, std::string_view key);
/// "level" in percent, and "fade" in seconds if it is said.
struct LevelAndFade {
  Level level;
  std::optional<Duration> fade;
};
Result<LevelAndFade> read_level(const boost::json::object& request);
Result<std::optional<Duration>> read_fade(const boost::json::object& request);
/// "direction": raise, lower or stop.
Result<Movement> read_direction(const boost::json::object& request);
ClientNames client_names(const Context& context);
Refusal no_such(std::string_view kind, const std::string& id);
/// The same, with what the project has: the nearest of the known ids, or all where they are few.
Refusal no_such(std::string_view kind, const std::string& id, const std::vector<std::string_view>& known);
/// The object of that id.
template <class Object>
Reply<const Object*> look_up(const std::vector<Object>& objects, std::string_view kind, const std::string& id) {
  std::vector<std::string_view> ids;
  for (const Object& object : objects) {
    if (object.id == id) return &object;
    ids.push_back(object.id);
  }
  return no_such(kind, id, ids);
}
Refusal busy();
/// What the processor itself could not do.
Refusal failed(const Error& error);
/// Asks the house for it; the refusal says that the processor is busy.
Answer submit(decltype(Event::what) what, const Asking& asking);

}  // namespace candela::servers::requests
