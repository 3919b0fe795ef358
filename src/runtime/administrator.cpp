#include "runtime/administrator.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "engine/almanac.h"
#include "engine/facade_plan.h"
#include "engine/timeclock.h"
#include "model/describe.h"
#include "project/transfer_plan.h"

namespace candela::runtime {
namespace {

namespace asio = boost::asio;
using servers::TransferReport;

const Error kNoStore{
    "the state directory cannot be used, so nothing can be kept; see the warnings of `candela status`"};

const Error kTransferring{"another project is being read; try again when that is done"};

constexpr std::size_t kMaxNameLength = 64;

std::vector<project::File> files_of(std::vector<servers::ProjectFile> given) {
  std::vector<project::File> files;
  for (servers::ProjectFile& file : given) files.push_back({std::move(file.name), std::move(file.text)});
  return files;
}

Outcome check_client_name(const std::string& name, const ClientList& clients) {
  if (name.empty() || name.size() > kMaxNameLength) return Error{"a client's name has 1 to 64 characters"};
  const bool printable = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7F; });
  if (!printable) return Error{"a client's name has no control characters"};
  if (clients.named(name) != nullptr) {
    return Error{"there is a client \"" + name + "\" already; revoke it first or choose another name"};
  }
  return done();
}

/// A program calls itself what it likes: what cannot be shown goes, and a name that is taken gets a number.
std::string free_client_name(std::string name, const ClientList& clients) {
  std::erase_if(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  constexpr std::size_t kRoomForNumber = 6;
  if (name.size() > kMaxNameLength - kRoomForNumber) name.resize(kMaxNameLength - kRoomForNumber);
  if (name.empty()) name = "paired client";
  if (clients.named(name) == nullptr) return name;
  for (int number = 2;; ++number) {
    std::string numbered = name + " " + std::to_string(number);
    if (clients.named(numbered) == nullptr) return numbered;
  }
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace

std::vector<std::string> texts(const std::vector<project::Complaint>& complaints,
                               project::Complaint::Severity severity) {
  std::vector<std::string> lines;
  for (const project::Complaint& complaint : complaints) {
    if (complaint.severity == severity) lines.push_back(complaint.text());
  }
  return lines;
}

Administrator::Administrator(Ports ports, Memory memory)
    : ports_(std::move(ports)),
      numbering_(std::move(memory.numbering)),
      active_version_(memory.active_version),
      active_saved_(memory.active_saved),
      start_warnings_(std::move(memory.warnings)),
      history_limits_(memory.history_limits),
      accounts_({ports_.loop, ports_.clock, ports_.store, ports_.history, ports_.end_sessions,
                 [this] { return next_number(); }},
                std::move(memory.accounts)),
      tokens_({ports_.loop, ports_.clock, ports_.store, ports_.history, ports_.end_sessions,
               [this] { return next_number(); }},
              std::move(memory.tokens)) {}

ClientId Administrator::next_number() const {
  ClientId next = ports_.clients.next_number();
  const auto reach = [&next](const auto& list) {
    for (const auto& it : list) next.value = std::max(next.value, it.number.value + 1);
  };
  reach(accounts_.list().all());
  reach(tokens_.list().all());
  return next;
}

servers::Health Administrator::health() const {
  servers::Health health{active_version_, active_saved_, start_warnings_};
  if (!store_trouble_.empty()) health.warnings.push_back(store_trouble_);
  if (!history_trouble_.empty()) health.warnings.push_back(history_trouble_);
  if (!clock_warning_.empty()) health.warnings.push_back(clock_warning_);
  if (!mqtt_trouble_.empty()) health.warnings.push_back(mqtt_trouble_);
  return health;
}

void Administrator::record_access(const std::string& what, Source by) {
  if (ports_.history == nullptr) return;
  Happening access;
  access.time = ports_.clock.now().utc;
  access.kind = Happening::Kind::access;
  access.text = what;
  Cause cause;
  cause.source = by;
  access.reason = describe(cause, Project(), [this](ClientId number) { return name_of(number); });
  access.by_doer = true;
  ports_.history->tell(std::move(access));
}

std::string Administrator::no_new_clients() const {
  if (ports_.store == nullptr) return kNoStore.message;
  if (ports_.authority != nullptr) return {};
  return "the certificate authority cannot be used; see the warnings of `candela status`";
}

void Administrator::add_client(std::string name, Role role, Done<servers::IssuedClient> done) {
  if (const std::string hindrance = no_new_clients(); !hindrance.empty()) return done(Error{hindrance});
  const Outcome named = check_client_name(name, ports_.clients);
  if (!named) return done(named.error());
  auto identity = ports_.authority->issue_client(name);
  if (!identity) return done(identity.error());
  const Client client{next_number(),         std::move(name),           role,
                      identity->fingerprint, identity->certificate_pem, ports_.clock.now().utc};
  keep_client({client, identity->key_pem, identity->certificate_pem, ports_.authority->root_pem()}, std::move(done));
}

void Administrator::enrol_client(std::string request_pem, std::string name, Role role,
                                 Done<servers::IssuedClient> done) {
  if (const std::string hindrance = no_new_clients(); !hindrance.empty()) return done(Error{hindrance});
  name = free_client_name(std::move(name), ports_.clients);
  auto identity = ports_.authority->enrol_client(request_pem, name);
  if (!identity) return done(identity.error());
  if (ports_.clients.knows_key(identity->fingerprint)) {
    return done(Error{"this key belongs to a client already, or did until it was revoked; make a new one"});
  }
  const Client client{next_number(),         std::move(name),           role,
                      identity->fingerprint, identity->certificate_pem, ports_.clock.now().utc};
  keep_client({client, {}, identity->certificate_pem, ports_.authority->root_pem()},
              [this, done = std::move(done)](Result<servers::IssuedClient> issued) {
                if (issued) {
                  const Client& paired = issued->client;
                  record_access("client \"" + paired.name + "\" was paired as " + std::string(to_word(paired.role)),
                                {Source::Kind::client, paired.number});
                }
                done(std::move(issued));
              });
}

void Administrator::keep_client(servers::IssuedClient issued, Done<servers::IssuedClient> done) {
  const Client client = issued.client;
  // In the list at once, so that a second request cannot take the same name or number; out again if it is not kept.
  ports_.clients.put(client);
  if (ports_.history != nullptr) ports_.history->know(client);
  ports_.store->save_client(
      client, [this, issued = std::move(issued), done = std::move(done)](const Outcome& saved) mutable {
        asio::post(ports_.loop, [this, saved, issued = std::move(issued), done = std::move(done)] {
          if (saved) {
            spdlog::info("client \"{}\" added as {}", issued.client.name, to_word(issued.client.role));
            return done(issued);
          }
          Client unkept = issued.client;
          unkept.revoked = true;
          ports_.clients.put(unkept);
          done(saved.error());
        });
      });
}

void Administrator::revoke_client(std::string name, Done<std::monostate> done) {
  const Client* found = ports_.clients.named(name);
  if (found == nullptr) return done(Error{"there is no client \"" + name + "\"; `candela client list` shows all"});
  Client client = *found;
  client.revoked = true;
  ports_.clients.put(client);
  ports_.end_sessions(client.number);
  spdlog::info("client \"{}\" revoked", name);
  const Error until_restart{"\"" + name + "\" is revoked, but only until the next restart: it could not be saved: "};
  if (ports_.store == nullptr) return done(Error{until_restart.message + kNoStore.message});
  ports_.store->save_client(client, [this, until_restart, done = std::move(done)](const Outcome& saved) {
    asio::post(ports_.loop, [until_restart, saved, done] {
      if (saved) return done(std::monostate{});
      done(Error{until_restart.message + saved.error().message});
    });
  });
}

void Administrator::check(std::vector<servers::ProjectFile> files, Done<servers::CheckReport> done) {
  if (transferring_) return done(kTransferring);
  transferring_ = true;
  asio::post(reader_,
             [this, files = files_of(std::move(files)), numbering = numbering_, done = std::move(done)]() mutable {
               const project::Reading reading = project::read(files, numbering);
               servers::CheckReport report{texts(reading.complaints, project::Complaint::Severity::error),
                                           texts(reading.complaints, project::Complaint::Severity::warning)};
               asio::post(ports_.loop, [this, report = std::move(report), done = std::move(done)] {
                 transferring_ = false;
                 done(report);
               });
             });
}

void Administrator::plan(std::vector<servers::ProjectFile> files, Done<boost::json::object> done) {
  if (transferring_) return done(kTransferring);
  transferring_ = true;
  const auto answer = [this, done = std::move(done)](Result<boost::json::object> plan) {
    transferring_ = false;
    done(std::move(plan));
  };
  read_version(0, [this, files = files_of(std::move(files)), answer](Result<std::vector<servers::ProjectFile>> kept) {
    if (!kept) return answer(kept.error());
    project::InForce old{files_of(std::move(*kept)), ports_.edited_scenes()};
    asio::post(reader_, [this, old = std::move(old), files, answer] {
      const auto plan = project::plan_transfer(old, files);
      asio::post(ports_.loop, [answer, told = plan ? Result(project::to_json(*plan)) : plan.error()] { answer(told); });
    });
  });
}

void Administrator::transfer(std::vector<servers::ProjectFile> files, std::string note, Done<TransferReport> done) {
  if (ports_.store == nullptr) return done(kNoStore);
  if (transferring_) return done(kTransferring);
  transferring_ = true;
  read(files_of(std::move(files)), std::move(note), [this, done = std::move(done)](Result<TransferReport> report) {
    transferring_ = false;
    done(std::move(report));
  });
}

void Administrator::read(Files files, std::string note, Done<TransferReport> done) {
  asio::post(reader_, [this, files = std::move(files), note = std::move(note), done = std::move(done),
                       numbering = numbering_]() mutable {
    auto outcome = project::read(files, numbering);
    asio::post(ports_.loop, [this, reading = Reading{std::move(outcome), std::move(numbering)},
                             files = std::move(files), note = std::move(note), done = std::move(done)]() mutable {
      if (!reading.outcome.project) {
        return done(Error{joined(texts(reading.outcome.complaints, project::Complaint::Severity::error))});
      }
      keep(std::move(reading), std::move(files), std::move(note), std::move(done));
    });
  });
}

void Administrator::keep(Reading reading, Files files, std::string note, Done<TransferReport> done) {
  Store::Version version;
  version.number = active_version_ + 1;
  version.saved = ports_.clock.now().utc;
  version.note = std::move(note);
  version.project_name = reading.outcome.project->name;
  for (const project::File& file : files) version.files.push_back({file.name, file.text});
  const std::uint32_t number = version.number;
  const UtcTime saved_at = version.saved;
  Numbering numbering = reading.numbering;
  ports_.store->save_version(std::move(version), std::move(numbering),
                             [this, number, saved_at, reading = std::make_shared<Reading>(std::move(reading)),
                              files = std::move(files), done = std::move(done)](const Outcome& saved) mutable {
                               asio::post(ports_.loop, [this, number, saved_at, saved, reading,
                                                        files = std::move(files), done = std::move(done)]() mutable {
                                 if (!saved) return done(saved.error());
                                 active_saved_ = saved_at;
                                 put_into_force(std::move(*reading), std::move(files), number, std::move(done));
                               });
                             });
}

void Administrator::put_into_force(Reading reading, Files files, std::uint32_t version, Done<TransferReport> done) {
  numbering_ = std::move(reading.numbering);
  active_version_ = version;
  TransferReport report{version, texts(reading.outcome.complaints, project::Complaint::Severity::warning)};
  spdlog::info("project \"{}\" kept as version {}", reading.outcome.project->name, version);
  ports_.activate(std::make_shared<const Project>(std::move(*reading.outcome.project)), std::move(files),
                  [this, report = std::move(report), done = std::move(done)]() mutable {
                    asio::post(ports_.loop, [report = std::move(report), done = std::move(done)] { done(report); });
                  });
}

void Administrator::versions(Done<std::vector<servers::ProjectVersion>> done) {
  if (ports_.store == nullptr) return done(kNoStore);
  ports_.store->list_versions([this, done = std::move(done)](Result<std::vector<Store::VersionInfo>> kept) {
    asio::post(ports_.loop, [kept = std::move(kept), done] {
      if (!kept) return done(kept.error());
      std::vector<servers::ProjectVersion> versions;
      for (const Store::VersionInfo& it : *kept) {
        versions.push_back({it.number, it.saved, it.note, it.project_name, it.active});
      }
      done(std::move(versions));
    });
  });
}

void Administrator::read_version(std::uint32_t version, Done<std::vector<servers::ProjectFile>> done) {
  if (ports_.store == nullptr) return done(kNoStore);
  const std::uint32_t number = version == 0 ? active_version_ : version;
  ports_.store->read_version(number, [this, done = std::move(done)](Result<Store::Version> kept) {
    asio::post(ports_.loop, [kept = std::move(kept), done] {
      if (!kept) return done(kept.error());
      std::vector<servers::ProjectFile> files;
      for (const Store::File& file : kept->files) files.push_back({file.name, file.text});
      done(std::move(files));
    });
  });
}

void Administrator::rollback(std::uint32_t version, Done<TransferReport> done) {
  read_version(version, [this, version, done = std::move(done)](Result<std::vector<servers::ProjectFile>> files) {
    if (!files) return done(files.error());
    transfer(std::move(*files), "version " + std::to_string(version) + " again", done);
  });
}

void Administrator::history(HistoryQuery query, Done<std::vector<Happening>> done) {
  if (ports_.history == nullptr) return done(Error{"this processor keeps no history"});
  ports_.history->find(std::move(query), [this, done = std::move(done)](Result<std::vector<Happening>> found) {
    asio::post(ports_.loop, [found = std::move(found), done] { done(found); });
  });
}

void Administrator::limit_history(std::optional<std::uint32_t> days, std::optional<std::uint32_t> megabytes,
                                  Done<std::monostate> done) {
  if (ports_.store == nullptr || ports_.history == nullptr) return done(kNoStore);
  if (days) history_limits_.age = std::chrono::days(*days);
  if (megabytes) history_limits_.bytes = std::uint64_t{*megabytes} << 20U;
  ports_.history->limit(history_limits_);
  // Saved one after the other, so the second answers for both.
  ports_.store->save_setting(kHistoryDays, std::to_string(history_limits_.age.count()), [](const Outcome&) {});
  ports_.store->save_setting(kHistoryMegabytes, std::to_string(history_limits_.bytes >> 20U),
                             [this, done = std::move(done)](const Outcome& saved) {
                               asio::post(ports_.loop, [saved, done] { done(saved); });
                             });
}

std::chrono::seconds Administrator::utc_offset(const std::string& time_zone, UtcTime at) const {
  if (!time_zone_ || time_zone_->first != time_zone) time_zone_.emplace(time_zone, TimeZone(time_zone));
  return time_zone_->second.offset(std::chrono::floor<std::chrono::seconds>(at));
}

servers::SunTimes Administrator::sun_of(const Location& location, UtcTime at) const {
  const engine::Almanac almanac(location);
  const std::int32_t date = almanac.local(at).date;
  return {almanac.moment(date, {TimeOfDay::Kind::sunrise, {}}), almanac.moment(date, {TimeOfDay::Kind::sunset, {}})};
}

std::vector<std::optional<UtcTime>> Administrator::next_times(const Project& project) const {
  const engine::Almanac almanac(project.location);
  const engine::Timeclock timeclock(project, almanac, ports_.clock.now());
  std::vector<std::optional<UtcTime>> times;
  for (const TimeclockEvent& event : project.timeclock_events) times.push_back(timeclock.next(event.number));
  return times;
}

std::vector<std::optional<double>> Administrator::sun_on_facades(const Project& project) const {
  const engine::Almanac almanac(project.location);
  const UtcTime now = ports_.clock.now().utc;
  const engine::SunPosition sun{almanac.sun_elevation(now), almanac.sun_azimuth(now)};
  std::vector<std::optional<double>> heights;
  for (const Facade& facade : project.facades) {
    const bool shines = engine::highest_opening(facade, sun).has_value();
    heights.push_back(shines ? std::optional(sun.elevation) : std::nullopt);
  }
  return heights;
}

}  // namespace candela::runtime
