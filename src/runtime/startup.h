#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/project.h"
#include "model/saved_state.h"
#include "project/project_file.h"
#include "servers/context.h"
#include "store/history.h"
#include "store/store.h"

namespace candela::runtime {

/// What a processor begins with: its memory, and the project to run.
struct Beginning {
  std::unique_ptr<Store> store;  ///< null: the state directory cannot be used
  std::unique_ptr<History> history;
  History::Limits history_limits;
  Numbering numbering;
  SavedState state;
  std::vector<Client> clients;
  std::vector<Account> accounts;
  std::vector<Token> tokens;
  servers::Identity identity;
  std::array<std::uint8_t, 16> sacn_cid{};
  std::uint32_t pairing_refused = 0;  ///< see PairingWindow
  std::uint32_t version = 0;          ///< of the project; 0 = not kept
  UtcTime saved{};                    ///< when that was; else now
  ProjectPtr project;
  std::vector<project::File> files;
  std::vector<std::string> warnings;
};

/// The name of the store's setting for Beginning::pairing_refused.
inline constexpr const char* kPairingRefused = "pairing_refused";

/// Opens the store and decides which project holds: the last one transferred, unless `project` (the file given at
/// start) has been edited since it was last taken from there; then the file is taken like a transfer. A file with
/// errors never replaces a project that runs. Error: there is no project at all, with every complaint.
Result<Beginning> begin(const std::filesystem::path& project, const std::filesystem::path& state, const Clock& clock);

}  // namespace candela::runtime
