#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/context.h"
#include "servers/http/feed.h"
#include "servers/http/held_buttons.h"
#include "servers/http/message.h"

namespace candela::servers::http {

/// The HTTP API of schema/api.yaml: reads answer from the view, commands become events. Does no I/O.
class Api {
 public:
  Api(const Context& context, Feed& feed, HeldButtons& held) : context_(context), feed_(feed), held_(held) {}

  /// REQUIRES: the path begins with /api/. `holder` is the connection the request came over.
  Response answer(const Request& request, HeldButtons::Holder holder);

  /// A message of a page over /api/live. Gives what to send back: nothing, or why it was refused.
  std::string hear(std::string_view message, HeldButtons::Holder holder);

 private:
  Response read(const std::vector<std::string>& path);
  Response command(const std::vector<std::string>& path, const Request& request, HeldButtons::Holder holder);
  Response read_zone(const std::string& id);
  Response set_level(const Zone& zone, const Request& request);
  Response set_tilt(const Zone& zone, const Request& request);
  Response set_colour(const Zone& zone, const Request& request);
  Response move(const Zone& zone, const Request& request);
  Response zone_command(const Zone& zone, std::string_view verb, const Request& request);
  Response facade_command(const Facade& facade, std::string_view verb);
  struct Refusal {
    int status;
    std::string detail;
  };
  std::optional<Refusal> move_button(const std::string& id, std::string_view move, HeldButtons::Holder holder);
  Response submit(Event event);

  const Context& context_;
  Feed& feed_;
  HeldButtons& held_;
};

}  // namespace candela::servers::http
