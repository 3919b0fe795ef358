#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace candela::bench {

/// A pair of connected terminals that pass bytes as they are. This object holds both ends, so that neither end ever
/// reads an end of file; another program opens the port by its name. Failures end the program.
class PseudoTerminal {
 public:
  PseudoTerminal();
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  const std::string& port() const { return port_; }  ///< path of the other end
  int port_descriptor() const { return far_; }

  void write(std::span<const std::uint8_t> bytes);
  /// Waits for bytes and gives how many came; 0 = none within the time.
  std::size_t read(std::span<std::uint8_t> into, int timeout_ms);

 private:
  int near_;
  int far_;
  std::string port_;
};

}  // namespace candela::bench
