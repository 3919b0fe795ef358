// A line from the pairing port. Whatever it holds, every answer is one line of JSON that repeats its tag.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <cstdlib>

#include "protocols/leap/pairing_message.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const candela::leap::PairingRequest& request, const std::string& line) {
  require(line.ends_with("\r\n") && std::count(line.begin(), line.end(), '\n') == 1);
  const boost::json::value answer = boost::json::parse(line);
  require(answer.at("Header").as_object().contains("ClientTag") == request.tag.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, candela::leap::kPairingLineMax));
  const auto request = candela::leap::parse_pairing_request(text);
  using Kind = candela::leap::PairingRequest::Kind;
  require(request.kind != Kind::unknown || !request.complaint.empty());
  require(request.kind != Kind::pair || !request.csr.empty() || !request.complaint.empty());
  check(request, candela::leap::pairing_refusal(request, candela::leap::kPairingBadRequest, request.complaint));
  check(request, candela::leap::pairing_result(request, request.csr, request.display_name));
  check(request, candela::leap::pairing_root(request, request.csr));
  return 0;
}
