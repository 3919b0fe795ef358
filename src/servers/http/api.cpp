#include "servers/http/api.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "base/json.h"
#include "security/client_list.h"
#include "servers/http/api_description.h"
#include "servers/http/home_document.h"
#include "servers/http/request_members.h"
#include "servers/http/state_document.h"
#include "servers/pressed_buttons.h"
#include "servers/requests/commands.h"

namespace candela::servers::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using requests::Refusal;

Response without_content(int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response refuse_method(const std::vector<std::string_view>& methods) {
  std::string allowed;
  for (const std::string_view method : methods) allowed.append(allowed.empty() ? "" : ", ").append(method);
  Response refused = problem(405, "this address knows " + allowed);
  refused.headers.emplace_back("Allow", std::move(allowed));
  return refused;
}

Response refuse_role(const Operation& operation, const Caller& caller) {
  const std::string needs = "this needs the role " + std::string(to_word(operation.least));
  return caller.has_token() ? problem(403, needs) : unauthorised(needs + ", and so a token");
}

/// What the command answered, as the operation tells it.
Response told(const Operation& operation, json::value value) {
  switch (operation.reply) {
    case Reply::told: return json_response(to_text(value));
    case Reply::one: return json_response(to_text(value.as_array().at(0)));
    case Reply::done: return without_content(204);
    case Reply::made: {
      Response made = json_response(to_text(value));
      made.status = 201;
      return made;
    }
    case Reply::taken: break;
  }
  if (value.is_null()) return without_content(202);
  // It told how things are, because nothing was asked of it.
  return problem(400, "the body has to say what is wanted: " + std::string(operation.members));
}

}  // namespace

Response problem(const Refusal& refusal) {
  using Kind = Refusal::Kind;
  switch (refusal.kind) {
    case Kind::wrong: return problem(400, refusal.message);
    case Kind::unknown: return problem(404, refusal.message);
    case Kind::conflict: return problem(409, refusal.message);
    case Kind::busy: return problem(503, refusal.message);
    case Kind::failed: break;
  }
  return problem(500, refusal.message);
}

bool Api::takes_long_body(const Request& request, const Caller& caller) {
  if (!request.path.starts_with("/api/")) return false;
  const Found found = find_operation(request.method, request.path);
  return found.operation != nullptr && found.operation->long_body && caller.may(found.operation->least);
}

asio::awaitable<Response> Api::answer(const Request& request, const Peer& peer) {
  const Found found = find_operation(request.method, request.path);
  if (found.methods.empty()) {
    co_return problem(404, "the API has nothing at this address; /api/openapi.yaml lists what it has");
  }
  if (found.operation == nullptr) co_return refuse_method(found.methods);
  const Operation& operation = *found.operation;
  if (!peer.caller.may(operation.least)) co_return refuse_role(operation, peer.caller);
  if (!context_.view.project()) co_return problem(503, "the processor has no project yet");
  auto members = members_of(request, operation);
  if (auto* refused = std::get_if<Response>(&members)) co_return std::move(*refused);
  Call call{operation, found.id, peer, std::move(std::get<json::object>(members))};
  if (operation.special != Special::none) co_return co_await carry_out_special(std::move(call));
  co_return co_await carry_out(std::move(call));
}

asio::awaitable<Response> Api::carry_out(Call call) {
  if (!call.operation.id.empty()) {
    json::value& id = call.members[call.operation.id];
    id = call.id;
    if (call.operation.id == "version") id = number_or_text(call.id);
  }
  const requests::Asking asking{context_, call.peer.caller.source};
  auto answer = co_await requests::carry_out(*requests::find_command(call.operation.command), call.members, asking);
  co_return answer ? told(call.operation, *std::move(answer)) : problem(answer.error());
}

asio::awaitable<Response> Api::carry_out_special(Call call) {
  const Project& project = *context_.view.project();
  switch (call.operation.special) {
    case Special::home: co_return json_response(to_text(home_document(project, context_.identity.version)));
    case Special::state: co_return json_response(to_text(state_document(context_.view, context_.clock.now().mono)));
    case Special::feed: co_return json_response(to_text(json::object{{"entries", feed_.newest(Feed::kMaxEntries)}}));
    case Special::description: co_return api_description();
    case Special::zone: co_return read_zone(call.id);
    case Special::press:
    case Special::release: {
      const auto refused = move_button(call.id, call.operation.special == Special::press, call.peer);
      co_return refused ? problem(*refused) : without_content(202);
    }
    case Special::tap: co_return co_await hold(call, PressedButtons::kTap);
    case Special::hold: {
      const auto seconds = requests::number_of(call.members, "seconds");
      if (!seconds || !(*seconds > 0 && *seconds <= to_seconds(kLongestHold))) {
        co_return problem(400, "\"seconds\" has to be a number above 0, at most 60");
      }
      co_return co_await hold(call, from_seconds(*seconds));
    }
    case Special::live:
    case Special::none: break;
  }
  Response response = problem(426, "live changes come over a WebSocket");
  response.headers.emplace_back("Upgrade", "websocket");
  co_return response;
}

/// Answered when the finger is gone again. When the connection ends before, so does the press.
asio::awaitable<Response> Api::hold(const Call& call, Duration duration) {
  if (const auto refused = move_button(call.id, true, call.peer)) co_return problem(*refused);
  asio::steady_timer timer(context_.loop, duration);
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (closed_) co_return problem(503, "the processor stops");
  const auto refused = move_button(call.id, false, call.peer);
  // The connection lets go of what the full queue did not take; somebody else may have been faster.
  co_return refused && refused->kind == Refusal::Kind::busy ? problem(*refused) : without_content(202);
}

Response Api::read_zone(const std::string& id) {
  const auto zone = requests::look_up(context_.view.project()->zones, "zone", id);
  if (!zone) return problem(zone.error());
  json::object document = zone_state(**zone, context_.view, context_.clock.now().mono);
  document["because"] = feed_.because(context_.view.zone((*zone)->number).cause, *context_.view.project());
  return json_response(to_text(document));
}

std::string Api::hear(const LiveRequest& request, const Peer& peer) {
  using Kind = LiveRequest::Kind;
  const auto refused = [](std::string_view button, std::string_view why) {
    return to_text(json::object{{"type", "refused"}, {"button", button}, {"detail", why}});
  };
  if (request.kind != Kind::press && request.kind != Kind::release) return refused({}, request.object);
  if (!peer.caller.may(Role::control)) return refused(request.object, "this needs the role control");
  if (!context_.view.project()) return refused({}, "the processor has no project yet");
  const auto refusal = move_button(request.object, request.kind == Kind::press, peer);
  return refusal ? refused(request.object, refusal->message) : std::string();
}

std::optional<Refusal> Api::move_button(const std::string& id, bool press, const Peer& peer) {
  const auto button = requests::look_up(context_.view.project()->buttons, "button", id);
  if (!button) return button.error();
  const ButtonId number = (*button)->number;
  const Source source = peer.caller.source;
  switch (press ? held_.press(number, peer.holder, source) : held_.release(number, source)) {
    case HeldButtons::Answer::done: return std::nullopt;
    case HeldButtons::Answer::held_already:
      return Refusal{Refusal::Kind::conflict, "somebody holds this button down already"};
    case HeldButtons::Answer::not_held: return Refusal{Refusal::Kind::conflict, "this button is not held down"};
    case HeldButtons::Answer::busy: break;
  }
  return requests::busy();
}

}  // namespace candela::servers::http
