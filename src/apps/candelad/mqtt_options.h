#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "base/result.h"
#include "servers/mqtt/settings.h"

namespace candela {

/// What is said of the MQTT broker on the command line.
struct MqttOptions {
  std::string broker;
  bool plain_allowed = false;
  servers::mqtt::Settings settings;
};

/// `mqtt` must live until the command line is read.
void add_mqtt_options(CLI::App& app, MqttOptions& mqtt);
/// None when no broker is named. The error is for whoever typed the address.
Result<std::optional<servers::mqtt::Settings>> mqtt_settings(MqttOptions mqtt);

}  // namespace candela
