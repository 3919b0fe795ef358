#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "servers/context.h"
#include "servers/mqtt/settings.h"
#include "servers/mqtt/topic_table.h"

namespace candela::servers::mqtt {

/// The topic that tells which processor publishes under a prefix.
std::string processor_topic(const Settings& settings);
/// {"serial": "0012ab34", "version": "0.1.0"}
std::string processor_document(const Identity& identity);

/// What the broker still keeps of things that have left the project while nobody was connected: found by listening to
/// our own topics for a moment, then cleared. What has not the form of our topics is left alone, and all of it where
/// another processor publishes under the same prefix.
class Leftovers {
 public:
  /// What is found beyond that is left for the next time.
  static constexpr std::size_t kMost = 20'000;

  Leftovers(const Identity& identity, const Settings& settings) : identity_(identity), settings_(settings) {}

  /// To subscribe to, for as long as it lasts.
  std::vector<std::string> filters() const;
  void begin();
  /// A message that the broker had kept.
  void found(const Message& message);
  /// Which topics to clear, when `ours` are all that there shall be. Afterwards nothing is found until begin().
  std::vector<std::string> end(const std::set<std::string>& ours);
  /// The serial of another processor that was found; empty = none.
  const std::string& stranger() const { return stranger_; }

 private:
  bool is_of_us_by_form(std::string_view topic) const;

  const Identity& identity_;
  const Settings& settings_;
  bool looking_ = false;
  std::set<std::string> found_;
  std::string stranger_;
};

}  // namespace candela::servers::mqtt
