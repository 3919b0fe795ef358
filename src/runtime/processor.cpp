#include "runtime/processor.h"

#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/json.hpp>
#include <random>
#include <thread>

#include "base/thread_priority.h"
#include "runtime/administrator.h"
#include "runtime/clock_health_system.h"
#include "runtime/command_queue.h"
#include "runtime/core.h"
#include "runtime/drivers.h"
#include "runtime/hand_over.h"
#include "runtime/server_side.h"
#include "runtime/startup.h"
#include "runtime/state_directory.h"

namespace candela::runtime {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

/// Commands of clients that wait for the core; see CommandQueue for the rule at the bound.
constexpr std::size_t kMaxWaitingEvents = 4096;
/// Of them so many are carried out before links are looked at again: a few tens of microseconds.
constexpr std::size_t kCommandsAtOnce = 4;
/// Changes that wait for the servers; see ChangeQueue for what goes first at the bound.
constexpr std::size_t kMaxWaitingChanges = 16384;

std::string system_name(const servers::Identity& identity) {
  std::array<char, 9> serial{};
  std::snprintf(serial.data(), serial.size(), "%08x", identity.serial);
  return std::string("candela-") + serial.data();
}

json::object endpoint(const std::string& address, std::uint16_t port) { return {{"address", address}, {"port", port}}; }

}  // namespace

class Processor::Impl {
 public:
  Impl(const Settings& settings, const Clock& clock, std::unique_ptr<StateDirectory> state, Beginning beginning)
      : settings_(settings),
        state_(std::move(state)),
        store_(std::move(beginning.store)),
        history_(std::move(beginning.history)),
        identity_(beginning.identity),
        clients_(std::move(beginning.clients)),
        pairing_window_(beginning.pairing_refused, [this](std::uint32_t refused) { keep_pairing_refused(refused); }),
        keys_(state_->keys()),
        drivers_(core_loop_, clock,
                 {settings.devices_program, state_->active_project(), state_->path(), beginning.sacn_cid}),
        changes_(kMaxWaitingChanges, [this] { tell_servers_.begin(); }),
        clock_watch_(
            clock_source_, [&clock] { return clock.now(); }, beginning.state.last_alive,
            [this](const ClockReported& reported) { report_clock(reported); }),
        core_({core_loop_, clock, drivers_, changes_, store_.get(), history_.get()}, std::move(beginning.state)),
        commands_(kMaxWaitingEvents, [this] { tell_core_.begin(); }) {
    std::vector<std::string> warnings = std::move(beginning.warnings);
    open_authority(clock, warnings);
    if (const Outcome written = state_->write_active_project(beginning.files); !written) {
      warn(written.error().message, warnings);
    }
    core_.activate(beginning.project);

    administrator_ = std::make_unique<Administrator>(
        Administrator::Ports{server_loop_, clock, clients_, store_.get(), authority_.get(), history_.get(),
                             [this](auto project, auto files, auto told) {
                               activate(std::move(project), std::move(files), std::move(told));
                             },
                             [this](ClientId client) { servers_->end_sessions_of(client); },
                             [this] { return servers_->edited_scenes(); }},
        Administrator::Memory{std::move(beginning.numbering), beginning.version, beginning.saved,
                              std::move(beginning.accounts), std::move(beginning.tokens), std::move(warnings),
                              beginning.history_limits});
    servers_ = std::make_unique<ServerSide>(ServerSide::Settings{settings.listen,
                                                                 settings.leap_port,
                                                                 settings.leap_login,
                                                                 settings.pairing_port,
                                                                 {settings.pairing_certificate, settings.pairing_key},
                                                                 settings.announce,
                                                                 settings.http_port,
                                                                 settings.http_open_role,
                                                                 settings.api_listen,
                                                                 settings.api_port,
                                                                 settings.lip_listen,
                                                                 settings.lip_port,
                                                                 settings.lip_xml_port,
                                                                 settings.page,
                                                                 state_->admin_socket(),
                                                                 mqtt_settings()},
                                            server_loop_, clock, changes_, commands_, *administrator_, identity_,
                                            clients_, authority_.get(), pairing_window_);
    if (store_) follow_store();
    if (history_) follow_history();
  }

  void run() {
    asio::signal_set signals(core_loop_, SIGTERM, SIGINT);
    signals.async_wait([this](const boost::system::error_code& cancelled, int) {
      if (!cancelled) core_loop_.stop();
    });
    start_servers();
    std::thread server_thread([this] {
      const auto stay = asio::make_work_guard(server_loop_);
      server_loop_.run();
    });
    clock_watch_.start();
    go_before_others();  // a press goes before whatever clients ask for
    tell_ready();
    const auto stay = asio::make_work_guard(core_loop_);
    core_loop_.run();
    stop(server_thread);
  }

 private:
  std::optional<servers::mqtt::Settings> mqtt_settings() {
    auto mqtt = settings_.mqtt;
    if (!mqtt) return mqtt;
    mqtt->socket = settings_.state / "mqtt.sock";
    mqtt->seed = std::random_device()();
    mqtt->on_trouble = [this](std::string trouble) { administrator_->set_mqtt_trouble(std::move(trouble)); };
    return mqtt;
  }

  void report_clock(const ClockReported& reported) {
    core_.submit({Source{}, reported});
    spdlog::info("{}", clock_watch_.status().text());
    const std::string warning = clock_watch_.status().warning();
    if (!warning.empty()) spdlog::warn("{}", warning);
    asio::post(server_loop_, [this, warning] { administrator_->set_clock_warning(warning); });
  }

  void take_commands() {
    if (next_taken_ < taken_.size()) return;  // when those are done, the others are taken
    commands_.take(taken_);
    next_taken_ = 0;
    carry_out_commands();
  }

  /// A few at a time: what links report comes between them, however many clients ask for something.
  void carry_out_commands() {
    const std::size_t end = std::min(next_taken_ + kCommandsAtOnce, taken_.size());
    while (next_taken_ < end) core_.submit(std::move(taken_[next_taken_++]));
    if (end < taken_.size()) return asio::post(core_loop_, [this] { carry_out_commands(); });
    if (!taken_.empty()) asio::post(core_loop_, [this] { take_commands(); });
  }

  void open_authority(const Clock& clock, std::vector<std::string>& warnings) {
    auto authority = CertificateAuthority::open(state_->keys(), keys_, clock, system_name(identity_));
    for (const std::string& warning : keys_.warnings()) warn(warning, warnings);
    if (!authority) return warn("no client can connect by LEAP: " + authority.error().message, warnings);
    authority_ = std::move(*authority);
    for (const std::string& warning : authority_->warnings()) warn(warning, warnings);
  }

  /// So that asking without leave does not begin anew with every restart. Nobody waits for it.
  void keep_pairing_refused(std::uint32_t refused) {
    if (store_) store_->save_setting(kPairingRefused, std::to_string(refused), [](const Outcome&) {});
  }

  void follow_store() {
    store_->on_trouble([this](std::string trouble) {
      if (!trouble.empty()) spdlog::error("{}", trouble);
      asio::post(server_loop_, [this, trouble] { administrator_->set_store_trouble(trouble); });
    });
  }

  void follow_history() {
    history_->on_trouble(
        [this](std::string trouble) {
          if (!trouble.empty()) spdlog::warn("{}", trouble);
          asio::post(server_loop_, [this, trouble] { administrator_->set_history_trouble(trouble); });
        },
        [this](std::string warning) {
          spdlog::warn("{}", warning);
          asio::post(server_loop_, [this, warning] { administrator_->warn(warning); });
        });
  }

  void activate(ProjectPtr project, const std::vector<project::File>& files, std::function<void()> told) {
    if (const Outcome written = state_->write_active_project(files); !written) {
      spdlog::warn("{}", written.error().message);
    }
    asio::post(core_loop_, [this, project = std::move(project), told = std::move(told)] {
      core_.activate(project);
      told();
    });
  }

  void start_servers() {
    for (const std::string& failure : servers_->start()) spdlog::error("{}", failure);
    json::object endpoints{{"pid", ::getpid()}, {"admin", {{"socket", state_->admin_socket().string()}}}};
    if (const auto port = servers_->leap_port()) endpoints["leap"] = endpoint(settings_.listen, *port);
    if (const auto port = servers_->pairing_port()) endpoints["pairing"] = endpoint(settings_.listen, *port);
    if (const auto port = servers_->http_port()) endpoints["http"] = endpoint("127.0.0.1", *port);
    if (const auto port = servers_->api_port()) endpoints["api"] = endpoint(settings_.api_listen, *port);
    if (const auto port = servers_->lip_port()) endpoints["lip"] = endpoint(settings_.lip_listen, *port);
    if (const auto port = servers_->lip_xml_port()) endpoints["lip_xml"] = endpoint(settings_.lip_listen, *port);
    if (const Outcome written = state_->write_endpoints(endpoints); !written)
      spdlog::error("{}", written.error().message);
  }

  void tell_ready() {
    ::sd_notify(0, "READY=1");
    if (const auto port = servers_->http_port()) spdlog::info("page at http://localhost:{}/", *port);
    if (const auto port = servers_->api_port())
      spdlog::info("HTTP API at https://{}:{}/api/", settings_.api_listen, *port);
    if (const auto port = servers_->leap_port()) spdlog::info("LEAP clients at {}:{}", settings_.listen, *port);
    if (const auto port = servers_->lip_port()) spdlog::info("LIP clients at {}:{}", settings_.lip_listen, *port);
    spdlog::info("ready");
  }

  void stop(std::thread& server_thread) {
    ::sd_notify(0, "STOPPING=1");
    spdlog::info("stopping");
    state_->remove_endpoints();
    asio::post(server_loop_, [this] {
      servers_->stop();
      server_loop_.stop();
    });
    server_thread.join();
    core_.stop();
    administrator_->stop();
    history_.reset();
    store_.reset();
  }

  static void warn(const std::string& sentence, std::vector<std::string>& warnings) {
    spdlog::warn("{}", sentence);
    warnings.push_back(sentence);
  }

  const Settings settings_;
  const std::unique_ptr<StateDirectory> state_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<History> history_;
  const servers::Identity identity_;
  ClientList clients_;
  PairingWindow pairing_window_;
  FileKeyStore keys_;
  std::unique_ptr<CertificateAuthority> authority_;

  /// Each loop's sockets and timers belong to its thread alone; only asio::post() comes from elsewhere.
  asio::io_context core_loop_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  asio::io_context server_loop_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  Drivers drivers_;
  ChangeQueue changes_;  ///< core thread -> server thread
  HandOver tell_servers_{core_loop_, server_loop_, [this] { return changes_.size(); },
                         [this] { servers_->take_changes(); }};
  SystemClockSource clock_source_{core_loop_};
  ClockWatch clock_watch_;
  Core core_;
  CommandQueue commands_;  ///< server thread -> core thread
  HandOver tell_core_{server_loop_, core_loop_, [this] { return commands_.size(); }, [this] { take_commands(); }};
  std::vector<Event> taken_;
  std::size_t next_taken_ = 0;  ///< of them
  std::unique_ptr<Administrator> administrator_;
  std::unique_ptr<ServerSide> servers_;
};

Result<std::unique_ptr<Processor>> Processor::start(const Settings& settings, const Clock& clock) {
  auto state = StateDirectory::open(settings.state);
  if (!state) return state.error();
  auto beginning = begin(settings.project, settings.state, clock);
  if (!beginning) return beginning.error();
  return std::unique_ptr<Processor>(
      new Processor(std::make_unique<Impl>(settings, clock, std::move(*state), std::move(*beginning))));
}

Processor::Processor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Processor::~Processor() = default;
void Processor::run() { impl_->run(); }

}  // namespace candela::runtime
