#include "servers/mqtt/topics.h"

#include <algorithm>
#include <array>
#include <utility>

namespace candela::servers::mqtt {
namespace {

constexpr std::size_t kLongestWord = 128;
constexpr std::size_t kLongestPrefix = 128;

constexpr std::array<std::pair<Kind, std::string_view>, 14> kWords{{
    {Kind::zone, "zones"},
    {Kind::area, "areas"},
    {Kind::scene, "scenes"},
    {Kind::button, "buttons"},
    {Kind::device, "devices"},
    {Kind::link, "links"},
    {Kind::variable, "variables"},
    {Kind::sequence, "sequences"},
    {Kind::show, "shows"},
    {Kind::timeclock, "timeclocks"},
    {Kind::timeclock_event, "timeclock_events"},
    {Kind::occupancy, "occupancy"},
    {Kind::facade, "facades"},
    {Kind::house, "house"},
}};

/// Takes what stands before the next slash off the front.
std::string_view take_segment(std::string_view& text) {
  const std::string_view segment = text.substr(0, text.find('/'));
  text.remove_prefix(std::min(segment.size() + 1, text.size()));
  return segment;
}

template <class T>
std::optional<Object> object_of(Kind kind, const T* found) {
  return found == nullptr ? std::nullopt : std::optional(Object{kind, found->number.value});
}

template <class T>
std::string_view id_of(const T* found) {
  return found == nullptr ? std::string_view() : std::string_view(found->id);
}

template <class T>
void each(Kind kind, const std::vector<T>& objects, const std::function<void(Object, std::string_view)>& take) {
  for (const T& it : objects) take({kind, it.number.value}, it.id);
}

}  // namespace

std::string_view segment(Kind kind) {
  const auto* const row = std::find_if(kWords.begin(), kWords.end(), [&](const auto& it) { return it.first == kind; });
  return row->second;
}

std::string topic_of(std::string_view prefix, Kind kind, std::string_view id, std::string_view what) {
  std::string topic(prefix);
  topic += '/';
  topic += segment(kind);
  topic += '/';
  if (kind != Kind::house) {
    topic += id;
    topic += '/';
  }
  topic += what;
  return topic;
}

std::optional<TopicParts> read_topic(std::string_view prefix, std::string_view topic) {
  if (!topic.starts_with(prefix) || topic.ends_with('/')) return std::nullopt;
  topic.remove_prefix(prefix.size());
  if (!topic.starts_with('/')) return std::nullopt;
  topic.remove_prefix(1);
  const std::string_view kind = take_segment(topic);
  const auto* const row = std::find_if(kWords.begin(), kWords.end(), [&](const auto& it) { return it.second == kind; });
  if (row == kWords.end()) return std::nullopt;
  TopicParts parts{row->first, {}, {}, false};
  if (parts.kind != Kind::house) {
    parts.id = take_segment(topic);
    if (!is_topic_word(parts.id)) return std::nullopt;
  }
  parts.what = take_segment(topic);
  if (!is_topic_word(parts.what)) return std::nullopt;
  parts.is_command = topic == "set";
  if (!topic.empty() && !parts.is_command) return std::nullopt;
  return parts;
}

std::optional<Object> find(const Project& project, Kind kind, std::string_view id) {
  switch (kind) {
    case Kind::zone: return object_of(kind, project.find_zone(id));
    case Kind::area: return object_of(kind, project.find_area(id));
    case Kind::scene: return object_of(kind, project.find_scene(id));
    case Kind::button: return object_of(kind, project.find_button(id));
    case Kind::device: return object_of(kind, project.find_device(id));
    case Kind::link: return object_of(kind, project.find_link(id));
    case Kind::variable: return object_of(kind, project.find_variable(id));
    case Kind::sequence: return object_of(kind, project.find_sequence(id));
    case Kind::show: return object_of(kind, project.find_show(id));
    case Kind::timeclock: return object_of(kind, project.find_timeclock(id));
    case Kind::timeclock_event: return object_of(kind, project.find_timeclock_event(id));
    case Kind::occupancy: return object_of(kind, project.find_occupancy_group(id));
    case Kind::facade: return object_of(kind, project.find_facade(id));
    case Kind::house: return Object{};
  }
  return std::nullopt;
}

std::string_view id_of(const Project& project, Object object) {
  switch (object.kind) {
    case Kind::zone: return id_of(project.find(ZoneId{object.number}));
    case Kind::area: return id_of(project.find(AreaId{object.number}));
    case Kind::scene: return id_of(project.find(SceneId{object.number}));
    case Kind::button: return id_of(project.find(ButtonId{object.number}));
    case Kind::device: return id_of(project.find(DeviceId{object.number}));
    case Kind::link: return id_of(project.find(LinkId{object.number}));
    case Kind::variable: return id_of(project.find(VariableId{object.number}));
    case Kind::sequence: return id_of(project.find(SequenceId{object.number}));
    case Kind::show: return id_of(project.find(ShowId{object.number}));
    case Kind::timeclock: return id_of(project.find(TimeclockId{object.number}));
    case Kind::timeclock_event: return id_of(project.find(TimeclockEventId{object.number}));
    case Kind::occupancy: return id_of(project.find(OccupancyGroupId{object.number}));
    case Kind::facade: return id_of(project.find(FacadeId{object.number}));
    case Kind::house: break;
  }
  return {};
}

void for_each(const Project& project, const std::function<void(Object, std::string_view)>& take) {
  each(Kind::zone, project.zones, take);
  each(Kind::area, project.areas, take);
  each(Kind::scene, project.scenes, take);
  each(Kind::button, project.buttons, take);
  each(Kind::device, project.devices, take);
  each(Kind::link, project.links, take);
  each(Kind::variable, project.variables, take);
  each(Kind::sequence, project.sequences, take);
  each(Kind::show, project.shows, take);
  each(Kind::timeclock, project.timeclocks, take);
  each(Kind::timeclock_event, project.timeclock_events, take);
  each(Kind::occupancy, project.occupancy_groups, take);
  each(Kind::facade, project.facades, take);
  take(Object{}, {});
}

bool is_topic_word(std::string_view text) {
  const auto allowed = [](char it) {
    return (it >= 'a' && it <= 'z') || (it >= 'A' && it <= 'Z') || (it >= '0' && it <= '9') || it == '-' || it == '_' ||
           it == '.';
  };
  return !text.empty() && text.size() <= kLongestWord && std::all_of(text.begin(), text.end(), allowed);
}

Outcome check_prefix(std::string_view prefix) {
  const Error wrong{
      "a prefix of topics is made of letters, digits, '-', '_', '.' and single slashes between them, 128 "
      "characters at most; not \"" +
      std::string(prefix) + "\""};
  if (prefix.empty() || prefix.size() > kLongestPrefix || prefix.ends_with('/')) return wrong;
  for (std::string_view rest = prefix; !rest.empty();) {
    if (!is_topic_word(take_segment(rest))) return wrong;
  }
  return done();
}

}  // namespace candela::servers::mqtt
