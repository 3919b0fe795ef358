#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace candela::apps {

/// How every command is called: where the processor's state is, and whether a program reads the output.
struct Setting {
  std::filesystem::path state;
  bool json = false;
};

// Each carries out one command, prints what came of it and returns the exit status: 0 done, 1 not done (the reason is
// on stderr).
int check(const Setting& setting, const std::filesystem::path& file);
int status(const Setting& setting);
int set(const Setting& setting, const std::string& zone, double level, std::optional<double> fade);
int press(const Setting& setting, const std::string& button, double hold_seconds);
int activate(const Setting& setting, const std::string& scene);
int watch(const Setting& setting);
int explain(const Setting& setting, const std::string& zone);
int client_add(const Setting& setting, const std::string& name, const std::string& role, std::filesystem::path out);
int client_list(const Setting& setting);
int client_revoke(const Setting& setting, const std::string& name);
int transfer(const Setting& setting, const std::filesystem::path& file, const std::string& note);
int versions(const Setting& setting);
int rollback(const Setting& setting, std::uint32_t version);

}  // namespace candela::apps
