#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/account.h"
#include "model/client.h"
#include "model/project.h"
#include "model/story.h"
#include "model/token.h"

namespace candela::servers {

/// A file of a project, as it goes over the wire.
struct ProjectFile {
  std::string name;
  std::string text;
};

/// What a new client is given. The private key is not kept by the processor.
struct IssuedClient {
  Client client;
  std::string key_pem;
  std::string certificate_pem;
  std::string ca_pem;
};

struct IssuedToken {
  Token token;
  std::string secret;  ///< the token itself; the processor keeps only its hash
};

struct ProjectVersion {
  std::uint32_t version = 0;
  UtcTime saved{};
  std::string note;
  std::string project_name;
  bool active = false;
};

struct TransferReport {
  std::uint32_t version = 0;
  std::vector<std::string> warnings;
};

/// What reading a project complains about, a line each. Without errors it can be put into force.
struct CheckReport {
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// Of one local date; none where it does not rise or set.
struct SunTimes {
  std::optional<UtcTime> sunrise;
  std::optional<UtcTime> sunset;
};

/// How the processor itself is.
struct Health {
  std::uint32_t project_version = 0;  ///< 0 = the store keeps none
  UtcTime project_saved{};            ///< when that was; of a project that is not kept, when it came into force
  std::vector<std::string> warnings;  ///< what is wrong right now, a sentence each; empty = all is well
};

/// Who asks to be let in by name and password.
struct Credentials {
  std::string name;
  std::string password;
};

/// What the processor offers to its administrators; servers carry it to them, the runtime does it.
/// Everything answers through its callback, on the server thread; what is acknowledged there is durable.
class Administration {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  virtual ~Administration() = default;
  virtual void add_client(std::string name, Role role, Done<IssuedClient> done) = 0;
  /// A client whose key is its own: it gets a certificate for it (IssuedClient without key_pem). Where the name is
  /// empty or taken, another is made of it.
  virtual void enrol_client(std::string request_pem, std::string name, Role role, Done<IssuedClient> done) = 0;
  /// The client's live sessions end before `done` is called.
  virtual void revoke_client(std::string name, Done<std::monostate> done) = 0;
  virtual std::vector<Client> clients() const = 0;
  /// Accounts of people and programs that log in by name and password. The number and the hash are made here.
  virtual void add_account(Account account, std::string password, Done<Account> done) = 0;
  /// The account's live sessions end before `done` is called.
  virtual void remove_account(std::string name, Done<std::monostate> done) = 0;
  virtual std::vector<Account> accounts() const = 0;
  /// Whose credentials these are. The error is the same whatever is wrong, and comes as late; it does not count how
  /// often somebody tries: servers do, by address.
  virtual void check_login(Credentials credentials, AccountUse use, Done<Account> done) = 0;
  /// A token for the HTTP API. `lasts`: until it expires, above 0 and at most 100 years; none = for ever.
  virtual void add_token(std::string name, Role role, std::optional<Duration> lasts, Done<IssuedToken> done) = 0;
  /// The token's live sessions end before `done` is called.
  virtual void remove_token(std::string name, Done<std::monostate> done) = 0;
  virtual std::vector<Token> tokens() const = 0;
  /// Which token this is, noting the day; none if it is none, or counts no more. It does not count how often somebody
  /// tries: servers do, by address.
  virtual std::optional<Token> check_token(std::string_view text) = 0;
  /// Whether what goes on with that token may go on.
  virtual bool is_valid_token(ClientId number) const = 0;
  /// How a client, an account or a token is called; "number 7" if it is none of them.
  std::string name_of(ClientId number) const;
  virtual Health health() const = 0;
  /// Reads a project and says what is to be said about it.
  virtual void check(std::vector<ProjectFile> files, Done<CheckReport> done) = 0;
  /// What putting it into force would change, as "Plan" of schema/api.yaml. The error holds every complaint.
  virtual void plan(std::vector<ProjectFile> files, Done<boost::json::object> done) = 0;
  /// Checks, keeps and activates a project. The error holds every complaint, a line each.
  virtual void transfer(std::vector<ProjectFile> files, std::string note, Done<TransferReport> done) = 0;
  virtual void versions(Done<std::vector<ProjectVersion>> done) = 0;
  /// The files of a version; 0 = of the one in force. For comparing.
  virtual void read_version(std::uint32_t version, Done<std::vector<ProjectFile>> done) = 0;
  virtual void rollback(std::uint32_t version, Done<TransferReport> done) = 0;

  /// What happened, newest first.
  virtual void history(HistoryQuery query, Done<std::vector<Happening>> done) = 0;
  /// Keeps for the history that somebody administered the processor: what was done ("client "tablet" was added as
  /// control"), and by whom.
  virtual void record_access(const std::string& what, Source by) {
    static_cast<void>(what);
    static_cast<void>(by);
  }
  /// For how long and in how much of the disk the history is kept; what is not given stays.
  virtual void limit_history(std::optional<std::uint32_t> days, std::optional<std::uint32_t> megabytes,
                             Done<std::monostate> done) = 0;
  /// What to add to a UTC time for the local one of a time zone (IANA name).
  virtual std::chrono::seconds utc_offset(const std::string& time_zone, UtcTime at) const {
    static_cast<void>(time_zone);
    static_cast<void>(at);
    return {};
  }
  /// On the local date of `at`.
  virtual SunTimes sun_of(const Location& location, UtcTime at) const {
    static_cast<void>(location);
    static_cast<void>(at);
    return {};
  }
  /// When each of Project::timeclock_events comes next by its schedule, in their order, whether it is enabled or not;
  /// none = not for years.
  virtual std::vector<std::optional<UtcTime>> next_times(const Project& project) const {
    return std::vector<std::optional<UtcTime>>(project.timeclock_events.size());
  }
  /// How high the sun stands above the horizon, in degrees, for each of Project::facades that it shines on now, clouds
  /// or not, in their order; none = it does not.
  virtual std::vector<std::optional<double>> sun_on_facades(const Project& project) const {
    return std::vector<std::optional<double>>(project.facades.size());
  }
};

}  // namespace candela::servers
