#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "servers/context.h"

namespace candela::servers {

/// Serves the `candela` command over a Unix socket (mode 0600): a JSON object a line, answered by
/// {"ok": true, "result": ...} or {"ok": false, "error": "..."}. After {"command": "watch"} the feed follows, a line
/// for each thing that happens. Whoever may open the socket is an administrator.
class AdminServer final : public ChangeSink {
 public:
  AdminServer(const Context& context, std::filesystem::path socket);
  ~AdminServer() override;

  /// Fails when the socket cannot be made. An old socket file in the way is replaced.
  Outcome start();
  void stop();
  void on_changes(std::span<const Change> changes) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers
