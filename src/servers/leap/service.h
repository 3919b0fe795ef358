#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "servers/leap/call.h"
#include "servers/leap/resources.h"
#include "servers/leap/subscriptions.h"

namespace candela::leap {

/// Answers requests. One for all sessions; it knows nothing of connections.
class Service {
 public:
  /// Answers that depend on the project only are kept up to this many bytes in all.
  static constexpr std::size_t kKeptMax = std::size_t{4} * 1024 * 1024;

  explicit Service(const servers::Context& context) : context_(context) {}

  void listens_at(servers::Endpoint endpoint) { endpoint_ = std::move(endpoint); }
  /// Another project holds: what is kept of the old one goes.
  void project_changed();

  /// Appends the one line that answers the request (its complaint, if it has one), and enters or ends subscriptions.
  void answer(const Request& request, Caller& caller, Subscriptions& subscriptions, MonoTime now, std::string& out);

 private:
  const Answer& read(Handler handler, bool fixed, Call& call);
  void subscribe(const Resource& resource, Call& call, Subscriptions& subscriptions, MonoTime now, std::string& out);

  const servers::Context& context_;
  servers::Endpoint endpoint_;
  std::uint32_t revision_ = 1;  ///< counts projects, so that no page of one is continued in another
  std::unordered_map<std::string, Answer> kept_;
  std::size_t kept_bytes_ = 0;
  Answer latest_;
};

}  // namespace candela::leap
