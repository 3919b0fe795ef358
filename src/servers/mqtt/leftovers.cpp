#include "servers/mqtt/leftovers.h"

#include <fmt/format.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "base/json.h"
#include "servers/mqtt/discovery.h"

namespace candela::servers::mqtt {
namespace {

namespace json = boost::json;

std::string serial_of(const Identity& identity) { return fmt::format("{:08x}", identity.serial); }

/// Whose document it is; empty when that cannot be read.
std::string serial_in(std::string_view document) {
  json::error_code error;
  const json::value value = json::parse(document, error);
  if (error || !value.is_object()) return {};
  const json::value* const serial = value.get_object().if_contains("serial");
  if (serial == nullptr || !serial->is_string()) return {};
  const std::string text(serial->get_string());
  return is_topic_word(text) ? text : std::string();
}

}  // namespace

std::string processor_topic(const Settings& settings) { return settings.prefix + "/processor"; }

std::string processor_document(const Identity& identity) {
  return to_text(json::object{{"serial", serial_of(identity)}, {"version", identity.version}});
}

std::vector<std::string> Leftovers::filters() const {
  std::vector<std::string> filters{processor_topic(settings_)};
  for (auto kind = Kind::zone; kind != Kind::house; kind = static_cast<Kind>(static_cast<int>(kind) + 1)) {
    filters.push_back(topic_of(settings_.prefix, kind, "+", "+"));
  }
  filters.push_back(topic_of(settings_.prefix, Kind::house, {}, "+"));
  if (settings_.discovery) filters.push_back(discovery_filter(identity_, settings_));
  return filters;
}

void Leftovers::begin() {
  looking_ = true;
  found_.clear();
  stranger_.clear();
}

void Leftovers::found(const Message& message) {
  if (!looking_ || message.payload.empty()) return;
  if (message.topic == processor_topic(settings_)) {
    const std::string serial = serial_in(message.payload);
    if (serial != serial_of(identity_)) stranger_ = serial;
  } else if (found_.size() < kMost && is_of_us_by_form(message.topic)) {
    found_.insert(message.topic);
  }
}

bool Leftovers::is_of_us_by_form(std::string_view topic) const {
  if (is_discovery_topic(topic, identity_, settings_)) return true;
  const auto parts = read_topic(settings_.prefix, topic);
  return parts && !parts->is_command && find_row(parts->kind, parts->what) != nullptr;
}

std::vector<std::string> Leftovers::end(const std::set<std::string>& ours) {
  std::vector<std::string> gone;
  for (const std::string& topic : found_) {
    const bool is_safe = stranger_.empty() || is_discovery_topic(topic, identity_, settings_);
    if (is_safe && !ours.contains(topic)) gone.push_back(topic);
  }
  looking_ = false;
  found_.clear();
  return gone;
}

}  // namespace candela::servers::mqtt
