#include "servers/http/site.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>
#include <vector>

#include "base/json.h"
#include "servers/http/connection.h"
#include "servers/http/home_document.h"
#include "servers/http/live_session.h"
#include "servers/http/origin_check.h"
#include "servers/http/state_document.h"

namespace candela::servers::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t kFeedOfSnapshot = 100;
constexpr std::chrono::milliseconds kReleaseRetry{20};

ClientNames names_from(const Administration& administration) {
  return [&administration](ClientId number) { return administration.name_of(number); };
}

bool activates_project(std::span<const Change> changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [](const Change& change) { return std::holds_alternative<ProjectActivated>(change.what); });
}

}  // namespace

Site::Site(const Context& with_context, StaticFiles page, Limits with_limits, Serving serves,
           std::optional<Role> open_role)
    : context(with_context),
      limits(with_limits),
      files(std::move(page)),
      serving(serves),
      access(context, open_role),
      feed(names_from(context.administration)),
      held(context.events),
      api(context, feed, held),
      release_timer_(context.loop) {}

std::optional<Response> Site::refuse_place(const Request& request) const {
  switch (serving) {
    case Serving::page: return refuse_foreign(request, port);
    case Serving::network: return refuse_foreign_in_network(request);
    case Serving::document: break;
  }
  return refuse_rebound(request);
}

std::optional<Response> Site::refuse(const Request& request, Peer& peer) {
  if (auto refused = refuse_place(request)) return refused;
  const bool was_known = peer.caller.role.has_value();
  if (auto refused = access.admit(request, peer)) return refused;
  if (!was_known && !has_room(peer)) return problem(503, "too many connections");
  return std::nullopt;
}

asio::awaitable<Response> Site::answer(const Request& request, Peer& peer) {
  if (auto refused = refuse_place(request)) co_return *std::move(refused);
  if (serving == Serving::document) co_return answer_with_document(request);
  const bool is_document = document && request.path == document->path;
  if (!is_document && !request.path.starts_with("/api/")) co_return files.answer(request);
  if (auto refused = refuse(request, peer)) co_return *std::move(refused);
  if (is_document) co_return answer_with_document(request);
  co_return co_await api.answer(request, peer);
}

std::size_t Site::known_callers() const {
  const auto known = std::count_if(connections.begin(), connections.end(),
                                   [](const Connection* it) { return it->peer().caller.role.has_value(); });
  return static_cast<std::size_t>(known);
}

bool Site::has_room(Peer& peer) const {
  if (known_callers() <= limits.connections) return true;
  peer.caller = {};
  return false;
}

void Site::end_sessions_of(ClientId client) {
  for (Connection* connection : std::vector(connections.begin(), connections.end())) {
    const Caller& caller = connection->peer().caller;
    if (caller.has_token() && caller.source.client == client) connection->close();
  }
}

Response Site::answer_with_document(const Request& request) const {
  if (!document || request.path != document->path) return problem(404, "there is nothing here");
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = problem(405, "it can only be read");
    refused.headers.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  if (!context.view.project()) return problem(503, "there is no project yet");
  Response response;
  response.content_type = document->content_type;
  response.body = document->text();
  return response;
}

bool Site::wants_live(const Request& request) const {
  return serving != Serving::document && request.path == "/api/live" && !request.websocket_key.empty();
}

std::string Site::snapshot() {
  json::object message{{"type", "snapshot"}};
  if (!context.view.project()) return {};
  message["home"] = home_document(*context.view.project(), context.identity.version);
  json::object state = state_document(context.view, context.clock.now().mono);
  for (auto& member : state) message[member.key()] = std::move(member.value());
  json::array warnings;
  for (const std::string& warning : context.administration.health().warnings) warnings.emplace_back(warning);
  message["warnings"] = std::move(warnings);
  message["feed"] = feed.newest(kFeedOfSnapshot);
  return to_text(message);
}

void Site::tell_pages(std::span<const Change> changes) {
  const std::uint64_t told = feed.last_number();
  feed.add(changes, context.view.project());
  if (pages.empty()) return;
  std::string text;
  if (activates_project(changes)) {
    text = snapshot();
  } else {
    json::object message = changes_document(changes, context.view, context.clock.now().mono);
    if (json::array news = feed.after(told); !news.empty()) message["feed"] = std::move(news);
    if (message.empty()) return;
    message["type"] = "changes";
    text = to_text(message);
  }
  // A copy, because a page that does not keep up leaves while it is told.
  for (LiveSession* page : std::vector(pages.begin(), pages.end())) page->send(text);
}

void Site::let_go(HeldButtons::Holder holder) {
  if (closed_) return;
  held.let_go(holder);
  if (held.waits()) release_when_possible();
}

void Site::release_when_possible() {
  release_timer_.expires_after(kReleaseRetry);
  release_timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled && !held.retry()) release_when_possible();
  });
}

void Site::close() {
  if (std::exchange(closed_, true)) return;
  api.close();
  release_timer_.cancel();
  held.let_go_all();
  for (Connection* connection : std::vector(connections.begin(), connections.end())) connection->close();
}

}  // namespace candela::servers::http
