#include "runtime/startup.h"

#include <spdlog/spdlog.h>
#include <sys/random.h>

#include <charconv>
#include <future>
#include <map>
#include <optional>
#include <span>

#include "runtime/administrator.h"
#include "runtime/version.h"

namespace candela::runtime {
namespace {

using Severity = project::Complaint::Severity;

template <std::size_t size>
std::array<std::uint8_t, size> random_bytes() {
  std::array<std::uint8_t, size> bytes{};
  // Never short or interrupted for at most 256 bytes, once the system is up (getrandom(2)).
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  return bytes;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> from_hex(const std::string& text) {
  if (text.size() != 2 * size || text.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  std::array<std::uint8_t, size> bytes{};
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(std::stoul(text.substr(2 * i, 2), nullptr, 16));
  }
  return bytes;
}

/// Waits until the store has saved something; only at start, before anything else runs.
Outcome wait_for(const std::function<void(Store::Saved)>& save) {
  auto promise = std::make_shared<std::promise<Outcome>>();
  auto future = promise->get_future();
  save([promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
  return future.get();
}

class Beginner {
 public:
  Beginner(const std::filesystem::path& project, const Clock& clock) : given_(project), clock_(clock) {}

  Result<Beginning> begin(const std::filesystem::path& state) {
    open_store(state);
    identify();
    if (const Outcome chosen = choose_project(); !chosen) return chosen.error();
    open_history(state);
    return std::move(it_);
  }

 private:
  Outcome choose_project() {
    const auto given = project::load_files(given_);
    const bool edited = given && setting("project_file") != digest(*given);
    if (contents_.active && !edited) {
      if (!given) warn(given.error().message + "; the project that was transferred last runs");
      if (use_kept()) return done();
    }
    if (!given && !contents_.active) return given.error();
    if (given && use_given(*given)) return done();
    if (contents_.active && edited && use_kept()) return done();
    return Error{complaints_};
  }

  void open_history(const std::filesystem::path& state) {
    History::Limits& limits = it_.history_limits;
    if (const auto days = whole_number(kHistoryDays)) limits.age = std::chrono::days(*days);
    if (const auto megabytes = whole_number(kHistoryMegabytes)) limits.bytes = std::uint64_t{*megabytes} << 20U;
    it_.history = History::open(state, {.limits = limits});
    for (const Client& client : it_.clients) it_.history->know(client);
    for (const Account& account : it_.accounts) it_.history->know({.number = account.number, .name = account.name});
    for (const Token& token : it_.tokens) it_.history->know({.number = token.number, .name = token.name});
    it_.state.switchings = switchings(*it_.history, *it_.project, clock_.now().utc);
  }

  std::optional<std::uint32_t> whole_number(const std::string& name) const {
    const std::string text = setting(name);
    std::uint32_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && number > 0 ? std::optional(number) : std::nullopt;
  }

  void open_store(const std::filesystem::path& state) {
    auto store = Store::open(state, contents_, {.clock = &clock_});
    if (store) {
      it_.store = std::move(*store);
    } else {
      warn("nothing will be remembered: " + store.error().message);
    }
    for (const std::string& warning : contents_.warnings) warn(warning);
    for (const auto& [name, value] : contents_.settings) settings_[name] = value;
    it_.numbering = contents_.numbering;
    it_.state = contents_.state;
    it_.clients = contents_.clients;
    it_.accounts = contents_.accounts;
    it_.tokens = contents_.tokens;
  }

  /// The same serial and sACN CID for as long as the state directory lives.
  void identify() {
    it_.identity.version = kVersion;
    const auto serial = kept_or_new<4>("serial");
    it_.identity.serial = 0;
    for (const std::uint8_t byte : serial) it_.identity.serial = (it_.identity.serial << 8U) | byte;
    // Clients show it as a signed or hexadecimal number; the top bit stays clear, and it is never 0.
    it_.identity.serial = (it_.identity.serial & 0x7FFFFFFFU) | 1U;
    it_.sacn_cid = kept_or_new<16>("sacn_cid");
    const std::string refused = setting(kPairingRefused);
    std::from_chars(refused.data(), refused.data() + refused.size(), it_.pairing_refused);
  }

  template <std::size_t size>
  std::array<std::uint8_t, size> kept_or_new(const std::string& name) {
    if (const auto kept = from_hex<size>(setting(name))) return *kept;
    const auto made = random_bytes<size>();
    keep_setting(name, to_hex(made));
    return made;
  }

  /// The project of the store. It was valid when it was kept; a newer Candela may see that otherwise.
  bool use_kept() {
    std::vector<project::File> files;
    for (const Store::File& file : contents_.active->files) files.push_back({file.name, file.text});
    if (!use(files)) {
      warn("the project kept as version " + std::to_string(contents_.active->number) +
           " cannot be read: " + complaints_);
      return false;
    }
    it_.version = contents_.active->number;
    it_.saved = contents_.active->saved;
    return true;
  }

  bool use_given(const std::vector<project::File>& files) {
    if (!use(files)) {
      warn(given_.string() + " has errors and is not used: " + complaints_);
      return false;
    }
    it_.saved = clock_.now().utc;
    if (!it_.store) return true;
    Store::Version version;
    version.number = contents_.active ? contents_.active->number + 1 : 1;
    version.saved = it_.saved;
    version.note = "from " + given_.filename().string() + " at start";
    version.project_name = it_.project->name;
    for (const project::File& file : files) version.files.push_back({file.name, file.text});
    it_.version = version.number;
    const Outcome saved = wait_for(
        [&](Store::Saved told) { it_.store->save_version(std::move(version), it_.numbering, std::move(told)); });
    if (saved) {
      keep_setting("project_file", digest(files));
    } else {
      warn("the project could not be kept: " + saved.error().message);
    }
    return true;
  }

  bool use(const std::vector<project::File>& files) {
    project::Reading reading = project::read(files, it_.numbering);
    complaints_.clear();
    for (const std::string& line : texts(reading.complaints, Severity::error)) complaints_ += line + "\n";
    if (!reading.project) return false;
    for (const std::string& line : texts(reading.complaints, Severity::warning)) spdlog::warn("{}", line);
    it_.project = std::make_shared<const Project>(std::move(*reading.project));
    it_.files = files;
    return true;
  }

  static std::string digest(const std::vector<project::File>& files) {
    // Tells an edited file from an unchanged one: 64-bit FNV-1a over names and texts, no defence against forgery.
    std::uint64_t hash = 0xCBF29CE484222325U;
    const auto add = [&hash](std::string_view text) {
      for (const char byte : text) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001B3U;
      hash = (hash ^ 0xFFU) * 0x100000001B3U;
    };
    for (const project::File& file : files) {
      add(file.name);
      add(file.text);
    }
    return std::to_string(hash);
  }

  std::string setting(const std::string& name) const {
    const auto found = settings_.find(name);
    return found == settings_.end() ? std::string() : found->second;
  }
  void keep_setting(const std::string& name, const std::string& value) {
    if (!it_.store) return;
    const Outcome saved = wait_for([&](Store::Saved told) { it_.store->save_setting(name, value, std::move(told)); });
    if (!saved) warn("the setting " + name + " could not be kept: " + saved.error().message);
  }
  void warn(std::string sentence) {
    spdlog::warn("{}", sentence);
    it_.warnings.push_back(std::move(sentence));
  }

  const std::filesystem::path given_;
  const Clock& clock_;
  Store::Contents contents_;
  std::map<std::string, std::string> settings_;
  std::string complaints_;
  Beginning it_;
};

}  // namespace

Result<Beginning> begin(const std::filesystem::path& project, const std::filesystem::path& state, const Clock& clock) {
  return Beginner(project, clock).begin(state);
}

}  // namespace candela::runtime
