// candelad: the processor.

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>

#include "apps/candelad/mqtt_options.h"
#include "runtime/machine_clock.h"
#include "runtime/processor.h"
#include "runtime/version.h"
#include "security/client_list.h"

namespace {

namespace fs = std::filesystem;

/// "8081", "0" (a free one) or "none".
std::optional<std::uint16_t> port(const std::string& text) {
  if (text == "none") return std::nullopt;
  return static_cast<std::uint16_t>(std::stoul(text));
}

/// "monitor" or "control"; nothing for "none".
std::optional<candela::Role> role(const std::string& text) {
  candela::Role role{};
  return candela::from_word(text, role) ? std::optional(role) : std::nullopt;
}

const CLI::Validator kPort(
    [](const std::string& text) -> std::string {
      if (text == "none") return "";
      const bool digits =
          !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos;
      if (digits && std::stoul(text) <= 65535) return "";
      return "a port is a number from 0 to 65535 (0 = a free one), or \"none\" to turn the server off; not \"" + text +
             "\"";
    },
    "PORT|none");

fs::path program_directory() {
  std::error_code failed;
  return fs::read_symlink("/proc/self/exe", failed).parent_path();
}

/// Beside the sources when run from a build, else where a package puts it.
fs::path default_page() {
  fs::path built = program_directory() / "../../../web/dist";
  return fs::exists(built / "index.html") ? fs::weakly_canonical(built) : fs::path("/usr/share/candela/page");
}

/// Each client is an open file, and a program may usually open 1024 unless it asks for more.
void allow_many_files() {
  constexpr rlim_t kWanted = 8192;  // all servers with all their clients, several times over
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= kWanted) return;
  files.rlim_cur = std::min(kWanted, files.rlim_max);
  if (::setrlimit(RLIMIT_NOFILE, &files) != 0) spdlog::warn("only {} files may be open at once", files.rlim_cur);
}

}  // namespace

int main(int argc, char** argv) {
  candela::runtime::Settings settings;
  settings.devices_program = program_directory() / "candela-devices";
  settings.page = default_page();
  std::string leap = "8081";
  std::string http = "8080";
  std::string open_role = "control";
  std::string api = "none";
  std::string pairing = "8083";
  std::string lip = "none";
  std::string lip_xml = "none";

  CLI::App app("candelad, the Candela lighting processor: runs a home's lights.");
  app.set_version_flag("--version", std::string("candelad ") + candela::runtime::kVersion);
  app.add_option("--project", settings.project, "Project file, or folder of them, to begin with")
      ->required()
      ->type_name("FILE");
  app.add_option("--state", settings.state, "Directory that remembers everything; made if it is not there")
      ->required()
      ->type_name("DIR");
  app.add_option("--listen", settings.listen, "Address for LEAP clients; 0.0.0.0 lets the whole network try")
      ->capture_default_str()
      ->check(CLI::ValidIPV4)
      ->type_name("ADDRESS");
  app.add_option("--leap-port", leap, "Port for LEAP clients (TLS)")
      ->capture_default_str()
      ->check(kPort)
      ->type_name("");
  app.add_flag("--leap-login", settings.leap_login,
               "Let LEAP clients without a certificate log in with the name and password of an account");
  app.add_option("--http-port", http, "Port of the page, on this machine only")
      ->capture_default_str()
      ->check(kPort)
      ->type_name("");
  app.add_option("--http-open-role", open_role,
                 "What programs of this machine may do there without a token: none, monitor (look) or control")
      ->capture_default_str()
      ->check(CLI::IsMember({"none", "monitor", "control"}))
      ->type_name("ROLE");
  app.add_option("--api-port", api, "Port of the HTTP API over TLS, for programs with a token; off unless given")
      ->capture_default_str()
      ->check(kPort)
      ->type_name("");
  app.add_option("--api-listen", settings.api_listen, "Address of it; 0.0.0.0 lets the whole network try")
      ->capture_default_str()
      ->check(CLI::ValidIPV4)
      ->type_name("ADDRESS");
  app.add_option("--pairing-port", pairing, "Port where programs get their certificates while `candela pair` lets them")
      ->capture_default_str()
      ->check(kPort)
      ->type_name("");
  auto* const certificate =
      app.add_option("--pairing-certificate", settings.pairing_certificate,
                     "Certificate of your own for the pairing port (PEM, with its issuers); else the processor's")
          ->check(CLI::ExistingFile)
          ->type_name("FILE");
  auto* const key = app.add_option("--pairing-key", settings.pairing_key, "Its private key (PEM)")
                        ->check(CLI::ExistingFile)
                        ->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  app.add_flag("!--no-announce", settings.announce,
               "Do not announce the processor in the network by multicast DNS (Avahi)");
  app.add_option("--lip-port", lip, "Port for LIP clients (telnet, not encrypted), usually 23; off unless given")
      ->capture_default_str()
      ->check(kPort)
      ->type_name("");
  app.add_option("--lip-listen", settings.lip_listen,
                 "Address for LIP clients; 0.0.0.0 lets the whole network listen in")
      ->capture_default_str()
      ->check(CLI::ValidIPV4)
      ->type_name("ADDRESS");
  app.add_option("--lip-xml-port", lip_xml, "Port of the XML that LIP clients read, at --lip-listen; usually 80")
      ->capture_default_str()
      ->check(kPort)
      ->type_name("");
  app.add_option("--devices", settings.devices_program, "The candela-devices program, for simulated links")
      ->capture_default_str()
      ->type_name("PROGRAM");
  app.add_option("--page", settings.page, "Directory of the built page")->capture_default_str()->type_name("DIR");
  candela::MqttOptions mqtt;
  candela::add_mqtt_options(app, mqtt);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  auto mqtt_settings = candela::mqtt_settings(std::move(mqtt));
  if (!mqtt_settings) {
    std::fprintf(stderr, "--mqtt-broker: %s\n", mqtt_settings.error().message.c_str());
    return 2;
  }
  settings.mqtt = std::move(*mqtt_settings);
  settings.leap_port = port(leap);
  settings.pairing_port = port(pairing);
  settings.http_port = port(http);
  settings.http_open_role = role(open_role);
  settings.api_port = port(api);
  settings.lip_port = port(lip);
  settings.lip_xml_port = port(lip_xml);

  std::signal(SIGPIPE, SIG_IGN);  // a peer that has gone is an error of one write, not the end of the house
  allow_many_files();
  spdlog::flush_on(spdlog::level::info);
  const candela::runtime::MachineClock clock;
  auto processor = candela::runtime::Processor::start(settings, clock);
  if (!processor) {
    std::fprintf(stderr, "candelad: %s\n", processor.error().message.c_str());
    return 1;
  }
  (*processor)->run();
  return 0;
}
