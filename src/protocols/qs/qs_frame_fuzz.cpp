#include <cstdlib>
#include <vector>

#include "protocols/qs/frame.h"

/// Any bytes: the same packets whether they come at once or one by one, and each with a size that fits its type.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace candela::qs;
  std::vector<Packet> at_once;
  Decoder decoder;
  std::span<const std::uint8_t> rest(data, size);
  while (const auto packet = decoder.next(rest)) {
    if (packet->size != packet_size(packet->bytes[0])) std::abort();
    at_once.push_back(*packet);
  }
  Decoder slow;
  std::size_t found = 0;
  for (std::size_t i = 0; i < size; ++i) {
    std::span<const std::uint8_t> one(data + i, 1);
    while (const auto packet = slow.next(one)) {
      if (found >= at_once.size() || !(at_once[found++] == *packet)) std::abort();
    }
  }
  if (found != at_once.size() || slow.errors() != decoder.errors()) std::abort();
  slow.end_of_burst();
  rest = {};
  while (slow.next(rest)) {
  }
  if (slow.holds_part()) {
    slow.end_of_burst();
    while (slow.next(rest)) {
    }
  }
  return 0;
}
