#include "protocols/lip/line_reader.h"

#include <utility>

namespace candela::lip {
namespace {

// RFC 854
constexpr std::uint8_t kEndOfBlock = 240;
constexpr std::uint8_t kBlock = 250;
constexpr std::uint8_t kWill = 251;
constexpr std::uint8_t kWont = 252;
constexpr std::uint8_t kDo = 253;
constexpr std::uint8_t kDont = 254;
constexpr std::uint8_t kInterpretAsCommand = 255;

constexpr std::uint8_t kFirstPrintable = 0x20;
constexpr std::uint8_t kDelete = 0x7F;

}  // namespace

std::optional<LineReader::Line> LineReader::next(std::string_view& bytes) {
  if (std::exchange(ended_, false)) {
    line_.clear();
    too_long_ = false;
  }
  while (!bytes.empty()) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (!take(byte)) continue;
    ended_ = true;
    return Line{line_, too_long_};
  }
  return std::nullopt;
}

bool LineReader::take(std::uint8_t byte) {
  switch (state_) {
    case State::data:
      if (byte != kInterpretAsCommand) return take_data(byte);
      state_ = State::command;
      return false;
    case State::command:
      state_ = State::data;
      if (byte == kInterpretAsCommand) return take_data(byte);
      if (byte == kBlock) state_ = State::block;
      if (byte >= kWill && byte <= kDont) {
        state_ = State::negotiation;
        verb_ = byte;
      }
      return false;
    case State::negotiation:
      state_ = State::data;
      refuse(byte);
      return false;
    case State::block:
      if (byte == kInterpretAsCommand) state_ = State::block_command;
      return false;
    case State::block_command: state_ = byte == kEndOfBlock ? State::data : State::block; return false;
  }
  return false;
}

bool LineReader::take_data(std::uint8_t byte) {
  const bool second_half = std::exchange(after_return_, byte == '\r') && byte == '\n';
  if (second_half) return false;
  if (byte == '\r' || byte == '\n') return true;
  if (byte == '\t') byte = ' ';
  if (byte < kFirstPrintable || byte == kDelete) return false;
  if (line_.size() < kLineMax) {
    line_ += static_cast<char>(byte);
  } else {
    too_long_ = true;
  }
  return false;
}

void LineReader::refuse(std::uint8_t option) {
  const auto answer = [&](std::bitset<256>& refused, std::uint8_t verb) {
    if (refused.test(option)) return;
    refused.set(option);
    answers_ += static_cast<char>(kInterpretAsCommand);
    answers_ += static_cast<char>(verb);
    answers_ += static_cast<char>(option);
  };
  if (verb_ == kDo) answer(refused_do_, kWont);
  if (verb_ == kWill) answer(refused_will_, kDont);
}

}  // namespace candela::lip
