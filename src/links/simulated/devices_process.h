#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"

namespace candela::links {

/// A program that plays simulated devices: started, started again when it ends (after 0.1 s, then ever more seldom up
/// to every 5 s), and never outliving this process, whose end it sees at its standard input.
class DevicesProcess {
 public:
  struct Settings {
    std::string program;
    std::vector<std::string> arguments;
    std::function<void()> on_ready;  ///< it wrote its first line: its devices listen
    std::function<void()> on_ended;
  };

  DevicesProcess(boost::asio::io_context& loop, Settings settings);
  ~DevicesProcess();
  DevicesProcess(const DevicesProcess&) = delete;
  DevicesProcess& operator=(const DevicesProcess&) = delete;

  void start();
  /// Ends the program, by force if it does not go within half a second. No callbacks follow.
  void stop();
  void restart();

 private:
  void launch();
  void await_ready();
  void await_end();
  void end_child();
  void retry_later();
  template <class Handler>
  auto guarded(Handler handler);

  Settings settings_;
  boost::asio::posix::stream_descriptor input_;   ///< its standard input; nothing is written to it
  boost::asio::posix::stream_descriptor output_;  ///< its standard output
  boost::asio::posix::stream_descriptor process_;
  boost::asio::steady_timer retry_timer_;
  std::array<char, 256> line_{};
  int pid_ = -1;
  Duration retry_after_;
  std::shared_ptr<int> generation_ = std::make_shared<int>(0);  ///< handlers of an ended program do nothing
};

}  // namespace candela::links
