#include "apps/candelad/mqtt_options.h"

#include <utility>

#include "servers/mqtt/topics.h"

namespace candela {
namespace {

const CLI::Validator kPrefix(
    [](const std::string& text) {
      const Outcome fine = servers::mqtt::check_prefix(text);
      return fine ? std::string() : fine.error().message;
    },
    "PREFIX");

}  // namespace

void add_mqtt_options(CLI::App& app, MqttOptions& mqtt) {
  servers::mqtt::Settings& settings = mqtt.settings;
  auto* const broker =
      app.add_option("--mqtt-broker", mqtt.broker,
                     "MQTT broker to tell everything and to take commands from: mqtts://HOST[:PORT]; off unless given")
          ->type_name("ADDRESS");
  auto* const certificate = app.add_option("--mqtt-certificate", settings.certificate,
                                           "Certificate of ours, for brokers that ask for one (PEM, with its issuers)")
                                ->type_name("FILE");
  auto* const key = app.add_option("--mqtt-key", settings.key, "Its private key (PEM)")->type_name("FILE");
  auto* const user = app.add_option("--mqtt-user", settings.user, "Name to log in with at the broker");
  auto* const password = app.add_option("--mqtt-password-file", settings.password_file,
                                        "File with the password on its first line, which not everybody can read")
                             ->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  password->needs(user);
  const auto needs_broker = [broker](CLI::Option* option) { option->needs(broker); };
  for (CLI::Option* const option : {certificate, key, user, password}) needs_broker(option);
  needs_broker(app.add_option("--mqtt-ca", settings.ca,
                              "Who signs the broker's certificate (PEM); else whom this machine trusts")
                   ->type_name("FILE"));
  needs_broker(app.add_option("--mqtt-prefix", settings.prefix, "What all topics begin with; one for each processor")
                   ->capture_default_str()
                   ->check(kPrefix)
                   ->type_name(""));
  needs_broker(app.add_option("--mqtt-discovery-prefix", settings.discovery_prefix,
                              "Where Home Assistant looks for what there is")
                   ->capture_default_str()
                   ->check(kPrefix)
                   ->type_name(""));
  needs_broker(app.add_flag("!--mqtt-no-discovery", settings.discovery, "Do not tell Home Assistant what there is"));
  needs_broker(app.add_flag("--mqtt-read-only", settings.read_only, "Refuse all commands that come from the broker"));
  needs_broker(app.add_flag("--mqtt-allow-plain", mqtt.plain_allowed,
                            "Allow mqtt://, without encryption, to a broker on another machine"));
}

Result<std::optional<servers::mqtt::Settings>> mqtt_settings(MqttOptions mqtt) {
  if (mqtt.broker.empty()) return std::optional<servers::mqtt::Settings>();
  auto address = servers::mqtt::read_broker_address(mqtt.broker, mqtt.plain_allowed);
  if (!address) return address.error();
  mqtt.settings.broker = std::move(*address);
  return std::optional(std::move(mqtt.settings));
}

}  // namespace candela
