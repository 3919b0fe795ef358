#pragma once

#include <memory>
#include <span>

#include "base/result.h"
#include "servers/context.h"
#include "servers/mqtt/settings.h"

namespace candela::servers::mqtt {

/// Tells an MQTT broker what the house does, and takes commands from it (docs/clients/mqtt.md has the topics). All that
/// is so is retained there; presses are not. Everything is told anew at each connecting, after a transfer, and to Home
/// Assistant whenever that starts. Who may read and command is decided by the broker.
class MqttServer final : public ChangeSink {
 public:
  MqttServer(const Context& context, Settings settings);
  ~MqttServer() override;

  /// Fails when certificates, keys or the password cannot be read. A broker that cannot be reached is no failure: it is
  /// tried again for ever, and the log says so once.
  Outcome start();
  /// The broker then tells everybody that the processor is offline.
  void stop();
  void on_changes(std::span<const Change> changes) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers::mqtt
