#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What is spoken on the pairing port: JSON lines like LEAP's, with headers of their own (leap.md §2.5, observed).
namespace candela::leap {

/// A request, or as much of one as could be understood.
struct PairingRequest {
  enum class Kind { unknown, pair, read_root };
  Kind kind = Kind::unknown;
  std::optional<std::string> tag;  ///< ClientTag
  std::string csr;                 ///< PEM of the certificate that is asked for
  std::string display_name;        ///< how the program calls itself; may be empty
  std::string complaint;           ///< why this cannot be granted; empty = nothing wrong with its form
};

/// The longest line that is read; a certificate request takes 2 KiB.
inline constexpr std::size_t kPairingLineMax = std::size_t{16} * 1024;

PairingRequest parse_pairing_request(std::string_view line);

// Each is one whole line with its end, to be sent in one write: some programs parse each piece as it comes.

/// Says that somebody has opened the window.
std::string pairing_opened();
std::string pairing_result(const PairingRequest& request, std::string_view certificate, std::string_view root);
std::string pairing_root(const PairingRequest& request, std::string_view root);
std::string pairing_refusal(const PairingRequest& request, std::string_view status, std::string_view message);

inline constexpr std::string_view kPairingUnauthorized = "401 Unauthorized";
inline constexpr std::string_view kPairingBadRequest = "400 BadRequest";

}  // namespace candela::leap
