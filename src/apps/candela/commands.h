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
/// `at`: a time as people say it (servers/requests/when.h), empty = now. `last`: over how many changes; none = a few.
int explain(const Setting& setting, const std::string& zone, const std::string& at, std::optional<std::uint32_t> last);

struct HistoryWish {
  std::string zone, area, kind, from, to;  ///< empty = all
  std::optional<std::uint32_t> limit;
  /// With one of these nothing is shown: the history is from now on kept for as long, or in as much of the disk.
  std::optional<std::uint32_t> keep_days, keep_megabytes;
};
int history(const Setting& setting, const HistoryWish& wish);
int client_add(const Setting& setting, const std::string& name, const std::string& role, std::filesystem::path out);
/// What to pair: the window for one program.
struct PairWish {
  std::string role = "control";
  std::string name;                      ///< empty = as the program calls itself
  std::optional<std::uint32_t> seconds;  ///< none = as long as programs wait
  bool wait = true;                      ///< until somebody was let in or the time is over
  bool close = false;
};
int pair(const Setting& setting, const PairWish& wish);
int client_list(const Setting& setting);
int client_revoke(const Setting& setting, const std::string& name);
int transfer(const Setting& setting, const std::filesystem::path& file, const std::string& note);
int versions(const Setting& setting);
int rollback(const Setting& setting, std::uint32_t version);

}  // namespace candela::apps
