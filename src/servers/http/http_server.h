#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "security/certificate_authority.h"
#include "servers/context.h"
#include "servers/http/site.h"
#include "servers/tls.h"

namespace candela::servers {

/// The live page and the HTTP API (schema/api.yaml), for browsers and programs on this machine.
/// Lives on the gateway thread.
class HttpServer final : public ChangeSink {
 public:
  /// `page_directory` holds the built page (web/dist).
  /// `open_role`: what those may do that show no token; none = nothing.
  HttpServer(const Context& context, const std::filesystem::path& page_directory, Endpoint endpoint,
             std::optional<Role> open_role = Role::control, http::Limits limits = http::Limits());
  /// The API for the network: over TLS 1.2 or 1.3 with a certificate of our authority's for these names, and only for
  /// those that show a token. No page.
  HttpServer(const Context& context, CertificateAuthority& authority, ServerNames names, Endpoint endpoint,
             http::Limits limits = http::Limits());
  /// Serves nothing but a document, to whoever asks, on any address. Not for what is secret.
  HttpServer(const Context& context, http::Document document, Endpoint endpoint, http::Limits limits = http::Limits());
  ~HttpServer() override;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Serves a document beside the page, on the page's terms. Before start().
  void publish(http::Document document);
  /// Listens. Errors: the address is not loopback but the page would be served there, it is taken, or there is no
  /// certificate. A page that was not built is a warning in the log; the API works without it.
  Outcome start();
  /// The port it listens on; 0 before start().
  std::uint16_t port() const;
  /// Closes everything and releases the buttons that pages hold. Nothing of the context is used afterwards.
  void stop();

  /// Ends the connections of whoever has that token.
  void end_sessions_of(ClientId token);
  void on_changes(std::span<const Change> changes) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers
