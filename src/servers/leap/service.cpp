#include "servers/leap/service.h"

#include <utility>

namespace candela::leap {
namespace {

void append(std::string& out, const Request& request, const Answer& answer) {
  append_answer(out, request, answer.status, answer.content);
}

Handler handler_of(const Resource& resource, Verb verb) {
  switch (verb) {
    case Verb::read: return resource.read;
    case Verb::subscribe: return resource.subscribe;
    case Verb::create: return resource.create;
    case Verb::update: return resource.update;
    case Verb::unsubscribe: return no_content;
    case Verb::remove:
    case Verb::unknown: break;
  }
  return nullptr;
}

/// What comes after the items that fitted into the answer to a subscription.
std::vector<std::uint32_t> rest_of(Topic topic, const Project& project, std::size_t first) {
  std::vector<std::uint32_t> rest;
  const auto add = [&](const auto& objects) {
    for (std::size_t i = first; i < objects.size(); ++i) rest.push_back(objects[i].number.value);
  };
  if (topic == Topic::zone_statuses) add(project.zones);
  if (topic == Topic::area_statuses) add(project.areas);
  return rest;
}

}  // namespace

void Service::project_changed() {
  ++revision_;
  kept_.clear();
  kept_bytes_ = 0;
}

void Service::answer(const Request& request, Caller& caller, Subscriptions& subscriptions, MonoTime now,
                     std::string& out) {
  if (!request.complaint.empty()) return append(out, request, refuse(Status::bad_request, request.complaint));
  Call call{request, context_, caller, endpoint_, now};
  const std::size_t question = std::min(request.url.find('?'), request.url.size());
  call.path = request.url.substr(0, question);
  call.query = request.url.substr(std::min(question + 1, request.url.size()));

  const Place place = find_resource(call.path);
  if (!caller.role && (place.resource == nullptr || !place.resource->about_session)) {
    return append(out, request, refuse(Status::unauthorized, "This client has not logged in"));
  }
  if (place.resource == nullptr) return append(out, request, not_supported(call));
  call.ids = place.ids;
  const Resource& resource = *place.resource;
  const Handler handler = handler_of(resource, request.verb);
  if (handler == nullptr) return append(out, request, refuse(Status::method_not_allowed, kNotSupported));

  switch (request.verb) {
    case Verb::subscribe: return subscribe(resource, call, subscriptions, now, out);
    case Verb::unsubscribe: subscriptions.remove(request.url); break;
    case Verb::create:
    case Verb::update:
      if (caller.role == Role::monitor && !resource.about_session) {
        return append(out, request, refuse(Status::unauthorized, "This client may read and follow, but not command"));
      }
      break;
    default: break;
  }
  const Answer& answer = read(handler, resource.fixed && request.verb == Verb::read, call);
  if (request.page.empty()) return append_answer(out, request, answer.status, answer.content, 0, revision_);
  const auto page = read_page(request.page, revision_);
  if (!page || *page >= answer.content.size())
    return append(out, request, refuse(Status::bad_request, kInvalidParameters));
  append_answer(out, request, answer.status, answer.content, *page, revision_);
}

const Answer& Service::read(Handler handler, bool fixed, Call& call) {
  if (!fixed) return latest_ = handler(call);
  const auto found = kept_.find(std::string(call.request.url));
  if (found != kept_.end()) return found->second;
  latest_ = handler(call);
  const std::size_t bytes = latest_.content.bytes() + call.request.url.size() + sizeof(Answer);
  if (!is_success(latest_.status) || kept_bytes_ + bytes > kKeptMax) return latest_;
  kept_bytes_ += bytes;
  return kept_.emplace(call.request.url, std::move(latest_)).first->second;
}

void Service::subscribe(const Resource& resource, Call& call, Subscriptions& subscriptions, MonoTime now,
                        std::string& out) {
  const Request& request = call.request;
  const Answer& answer = read(resource.subscribe, false, call);
  if (!is_success(answer.status)) return append(out, request, answer);
  if (resource.topic != Topic::none &&
      !subscriptions.add(resource.topic, call.ids[0], request, call.context.view.project(), now)) {
    return append(out, request, refuse(Status::bad_request, "There are too many subscriptions"));
  }
  if (answer.content.empty() || request.without_body) return append(out, request, {Status::no_content, {}});
  const std::size_t next = append_snapshot(out, request, answer.content);
  if (answer.content.is_list() && next < answer.content.size()) {
    subscriptions.hold_rest(rest_of(resource.topic, call.project(), next));
  }
}

}  // namespace candela::leap
