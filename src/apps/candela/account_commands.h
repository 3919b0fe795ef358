#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "apps/candela/commands.h"

namespace candela::apps {

/// The commands about names and passwords: account add, list, remove. A password is never a word of the command line,
/// where every program of the machine could read it.
class AccountCommands {
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
  std::string name_, role_ = "control", prompt_ = "QNET";
  bool lip_ = false, leap_ = false, generate_ = false;
};

}  // namespace candela::apps
