#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "servers/context.h"
#include "servers/http/site.h"

namespace candela::servers {

/// The live page and the HTTP API (schema/api.yaml), for browsers and programs on this machine.
/// Lives on the gateway thread.
class HttpServer final : public ChangeSink {
 public:
  /// `page_directory` holds the built page (web/dist).
  HttpServer(const Context& context, const std::filesystem::path& page_directory, Endpoint endpoint,
             http::Limits limits = http::Limits());
  /// Serves nothing but a document, to whoever asks, on any address. Not for what is secret.
  HttpServer(const Context& context, http::Document document, Endpoint endpoint, http::Limits limits = http::Limits());
  ~HttpServer() override;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Serves a document beside the page, on the page's terms. Before start().
  void publish(http::Document document);
  /// Listens. Errors: the address is not loopback (there are no accounts yet, so only this machine may come), or it is
  /// taken. A page that was not built is a warning in the log; the API works without it.
  Outcome start();
  /// The port it listens on; 0 before start().
  std::uint16_t port() const;
  /// Closes everything and releases the buttons that pages hold. Nothing of the context is used afterwards.
  void stop();

  void on_changes(std::span<const Change> changes) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace candela::servers
