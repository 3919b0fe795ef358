#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/fwd.hpp>
#include <set>
#include <string>

#include "base/result.h"
#include "servers/context.h"

namespace candela::servers::admin {

/// Buttons that one connection holds down: whatever happens to the connection, they are released in the end.
class HeldButtons {
 public:
  explicit HeldButtons(EventSink& events) : events_(events) {}
  ~HeldButtons();
  HeldButtons(const HeldButtons&) = delete;
  HeldButtons& operator=(const HeldButtons&) = delete;

  bool press(ButtonId button);
  bool release(ButtonId button);

 private:
  EventSink& events_;
  std::set<ButtonId> held_;
};

/// Carries out one request of the `candela` command (all but "watch"). The error is a sentence for the person.
boost::asio::awaitable<Result<boost::json::value>> carry_out(const boost::json::object& request, const Context& context,
                                                             HeldButtons& held);

/// A line of the feed: {"time", "text", "because"}; null for changes that nobody wants to read.
boost::json::value feed_entry(const Change& change, const Context& context);

}  // namespace candela::servers::admin
