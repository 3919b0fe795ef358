#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "apps/candela/commands.h"

namespace candela::apps {

/// The commands about tokens of the HTTP API: token add, list, remove.
class TokenCommands {
 public:
  /// What a command does once the line is read.
  using Choose = std::function<void(std::function<int()>)>;

  /// REQUIRES: all of them outlive the run.
  void add_to(CLI::App& app, const Setting& setting, const Choose& choose);

 private:
  int add();
  int list();
  int remove();

  const Setting* setting_ = nullptr;
  std::string name_, role_ = "control";
  std::optional<double> days_;
};

}  // namespace candela::apps
