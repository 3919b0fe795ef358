#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/small_home.h"
#include "security/api_tokens.h"
#include "servers/http/request_reader.h"
#include "servers/http/site.h"
#include "servers/test_administration.h"

namespace candela::servers::http::testing {

class FakeEvents final : public EventSink {
 public:
  bool submit(Event event) override {
    if (full) return false;
    taken.push_back(std::move(event));
    return true;
  }
  /// The event taken last, if it is of this kind.
  template <class T>
  const T* last() const {
    return taken.empty() ? nullptr : std::get_if<T>(&taken.back().what);
  }

  std::vector<Event> taken;
  bool full = false;
};

class NoAdministration final : public IdleAdministration {
 public:
  void add_client(std::string, Role, Done<IssuedClient> done) override { done(Error{"not here"}); }
  std::vector<Token> tokens() const override { return token_list.all(); }
  std::optional<Token> check_token(std::string_view text) override {
    const Token* found = token_list.valid(text, now);
    return found == nullptr ? std::nullopt : std::optional(*found);
  }
  bool is_valid_token(ClientId number) const override { return token_list.is_valid(number, now); }
  void revoke_client(std::string, Done<std::monostate> done) override { done(Error{"not here"}); }
  Health health() const override { return {1, {}, {"the disk is full"}}; }
  void transfer(std::vector<ProjectFile>, std::string, Done<TransferReport> done) override { done(Error{"not here"}); }
  void versions(Done<std::vector<ProjectVersion>> done) override { done(Error{"not here"}); }
  void read_version(std::uint32_t, Done<std::vector<ProjectFile>> done) override { done(Error{"not here"}); }
  std::vector<std::optional<double>> sun_on_facades(const Project& project) const override {
    return std::vector<std::optional<double>>(project.facades.size(), sun);
  }
  void rollback(std::uint32_t, Done<TransferReport> done) override { done(Error{"not here"}); }

  TokenList token_list;
  UtcTime now{};              ///< by which tokens expire
  std::optional<double> sun;  ///< how high it stands on all facades
};

/// What a server stands on, with the small home.
struct World {
  World() { clock.advance(std::chrono::hours(1)); }

  Change change(decltype(Change::what) what) const {
    Cause cause;
    cause.event = 7;
    cause.source.kind = Source::Kind::page;
    return {clock.now(), cause, std::move(what)};
  }
  Change fade_of_ceiling(double from, double to, Duration duration) const {
    return change(ZoneTargeted{{4}, {Level::from_percent(from), Level::from_percent(to), clock.now().mono, duration}});
  }

  boost::asio::io_context loop;
  ManualClock clock;
  View view{std::make_shared<const Project>(candela::testing::small_home())};
  FakeEvents events;
  NoAdministration administration;
  Identity identity{0x1234, "0.1.0"};
  AttemptLimiter attempts;
  Context context{loop, view, events, clock, administration, identity, attempts};
};

/// A folder with a built page of two files, gone at the end.
class PageFolder {
 public:
  PageFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "candela-page-XXXXXX").string();
    path_ = mkdtemp(name.data());
    std::filesystem::create_directory(path_ / "assets");
    write("index.html", "<!doctype html>page");
    write("assets/index-1a2b.js", "script();");
  }
  ~PageFolder() { std::filesystem::remove_all(path_); }
  PageFolder(const PageFolder&) = delete;
  PageFolder& operator=(const PageFolder&) = delete;

  void write(const std::filesystem::path& name, std::string_view text) const { std::ofstream(path_ / name) << text; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What the site answers; REQUIRES: it can do so without waiting.
inline Response answer(Site& site, const Request& request, Peer& peer) {
  std::optional<Response> response;
  boost::asio::co_spawn(
      site.context.loop, [&]() -> boost::asio::awaitable<void> { response = co_await site.answer(request, peer); },
      boost::asio::detached);
  site.context.loop.restart();
  while (!response && site.context.loop.run_one() > 0) {
  }
  return response.value_or(Response{});
}

/// The request that these bytes are. REQUIRES: they are one.
inline Request parsed(std::string_view bytes) {
  RequestReader reader;
  std::size_t used = 0;
  return reader.feed(bytes, used) == RequestReader::Progress::complete ? reader.request() : Request{};
}

}  // namespace candela::servers::http::testing
