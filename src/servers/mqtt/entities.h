#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "servers/mqtt/discovery.h"

namespace candela::servers::mqtt {

/// Collects the entities of a home for Home Assistant: names them, groups them into devices, gives them ids that stay
/// when something is renamed.
class Entities {
 public:
  Entities(const Project& project, const Identity& identity, const Settings& settings);

  /// The devices. Each names the room it is suggested to be in, and is reached by way of the processor.
  struct Device {
    std::string name;
    std::string plain_name;  ///< as the project calls it
    boost::json::object document;
  };
  Device of_area(const Area& area) const;
  Device of_device(const candela::Device& device) const;
  Device of_processor() const;

  /// One entity of `component` ("light"), for the topics PREFIX/kind/id/what. `name` is what it is called within its
  /// device. The document has what is common to all of them, and `more`.
  void add(std::string_view component, Kind kind, std::string_view id, std::string_view what, const Device& device,
           std::string_view name, boost::json::object more);

  std::string state(Kind kind, std::string_view id, std::string_view what) const {
    return topic_of(settings_.prefix, kind, id, what);
  }
  std::string command(Kind kind, std::string_view id, std::string_view what) const {
    return topic_of(settings_.prefix, kind, id, what) + "/set";
  }
  const Project& project() const { return project_; }
  bool may_operate() const { return !settings_.read_only; }

  std::vector<Message> take() { return std::move(documents_); }

 private:
  std::string name_of(const Area& area) const;
  std::string name_of(const candela::Device& device) const;

  const Project& project_;
  const Identity& identity_;
  const Settings& settings_;
  const std::string node_;
  using Names = std::map<std::string, int, std::less<>>;
  Names areas_;  ///< how many are called so
  Names devices_;
  std::vector<Message> documents_;
};

/// "candela_0012ab34"
std::string node_of(const Identity& identity);

/// A template that makes one word of another: {{ {"a": "b"}.get(value) }}. What is not in it becomes "None", which
/// means unknown.
std::string translation(const std::vector<std::pair<std::string, std::string>>& words);

void add_zones(Entities& entities);
void add_equipment(Entities& entities);
void add_programs(Entities& entities);

}  // namespace candela::servers::mqtt
