#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apps/candela/commands.h"

namespace candela::apps {

/// `candela test`
struct TestRequest {
  /// A project and scenarios; or scenarios only, each of which then says its home.
  std::vector<std::filesystem::path> files;
  std::string filter;  ///< only scenarios with this in their name
  std::filesystem::path junit;
};

/// `candela simulate`
struct SimulateRequest {
  std::filesystem::path project;
  std::string from;
  std::string to;
  std::filesystem::path events;
  std::string zone;                   ///< only what happens to it
  std::optional<std::uint64_t> seed;  ///< people press buttons by chance
  bool why = false;
  bool all = false;  ///< LEDs and releases of buttons too
  bool quiet = false;
};

// As the commands of commands.h; they need no processor.
int test(const Setting& setting, const TestRequest& request);
int simulate(const Setting& setting, const SimulateRequest& request);

}  // namespace candela::apps
