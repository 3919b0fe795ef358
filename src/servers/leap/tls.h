#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <string>

#include "base/result.h"
#include "security/certificate_authority.h"
#include "security/client_list.h"
#include "servers/tls.h"

namespace candela::leap {

using Stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

/// Whether clients may come without a certificate. A wrong one is refused either way.
enum class Certificates : bool { optional, required };

/// The settings of every LEAP connection: TLS 1.2 or 1.3, the server's certificate with its issuer, and a certificate
/// asked of the client that our root signed, whose key is in the list. `clients` must outlive the context.
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls(CertificateAuthority& authority, const ClientList& clients,
                                                            const servers::ServerNames& names,
                                                            Certificates certificates);

/// Certificates are checked against this time.
void check_certificates_at(Stream& stream, UtcTime now);
/// Whether the other end has shown a certificate. REQUIRES: the handshake is done.
bool has_certificate(Stream& stream);
/// The client at the other end; nullptr if it is in the list no more. REQUIRES: the handshake is done.
const Client* client_of(Stream& stream, const ClientList& clients);
/// Why the handshake failed, in words.
std::string why_refused(Stream& stream, const boost::system::error_code& error);

}  // namespace candela::leap
