#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace candela::lip {

/// The longest line a client may send, without its end. What is more is dropped up to the end of the line.
inline constexpr std::size_t kLineMax = 1024;

/// Cuts what a client sends into lines, and answers its telnet negotiations: everything is refused, each option once.
/// A line ends with CR LF, CR, LF or CR NUL. NUL and the other control characters count for nothing.
/// Memory: one line.
class LineReader {
 public:
  struct Line {
    std::string_view text;  ///< valid until next() is called again
    bool too_long = false;
  };

  /// Takes bytes off the front of `bytes` up to the end of a line. Nothing when all were taken and no line is whole.
  std::optional<Line> next(std::string_view& bytes);

  /// What has to be sent because of negotiations, at most 3 bytes for each option and verb ever; empty when nothing.
  std::string take_answers() { return std::exchange(answers_, {}); }

 private:
  enum class State : std::uint8_t { data, command, negotiation, block, block_command };

  /// True when the byte ended a line.
  bool take(std::uint8_t byte);
  bool take_data(std::uint8_t byte);
  void refuse(std::uint8_t option);

  State state_ = State::data;
  std::uint8_t verb_ = 0;  ///< of the negotiation that is being read
  bool after_return_ = false;
  bool too_long_ = false;
  bool ended_ = false;  ///< line_ was given out and is to be forgotten
  std::string line_;
  std::string answers_;
  std::bitset<256> refused_will_;
  std::bitset<256> refused_do_;
};

}  // namespace candela::lip
