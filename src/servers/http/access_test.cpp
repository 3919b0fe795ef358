#include "servers/http/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cctype>

#include "model/words.h"
#include "security/client_list.h"
#include "servers/http/api_description.h"
#include "servers/http/operations.h"
#include "servers/http/test_site.h"

namespace candela::servers::http {
namespace {

using ::testing::HasSubstr;
using Serving = Site::Serving;

/// A site that programs reach with tokens of every kind.
class TokenTest : public ::testing::Test {
 protected:
  std::string add(std::uint32_t number, Role role, std::optional<UtcTime> expires = std::nullopt,
                  bool removed = false) {
    std::string secret = new_token();
    world_.administration.token_list.put(
        {ClientId{number}, "program", role, removed ? "" : token_hash(secret), {}, expires, std::nullopt, removed});
    return secret;
  }
  Response ask(Site& site, std::string_view method, std::string_view path, const std::string& authorization,
               std::string_view body = {}) {
    std::string text = std::string(method) + " /api/" + std::string(path) + " HTTP/1.1\r\nHost: localhost:8080\r\n";
    if (!authorization.empty()) text += "Authorization: " + authorization + "\r\n";
    if (!body.empty()) text += "Content-Type: application/json\r\n";
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    Peer peer{1, address_, {site.access.open_role(), {}}};
    return testing::answer(site, testing::parsed(text), peer);
  }
  int status(Site& site, const Operation& operation, const std::string& authorization) {
    std::string path(operation.path);
    if (const auto id = path.find("{id}"); id != std::string::npos) path.replace(id, 4, "hall-ceiling");
    return ask(site, operation.method, path, authorization).status;
  }
  Site& site(std::optional<Role> open_role, Serving serving = Serving::page) {
    site_ = std::make_unique<Site>(world_.context, StaticFiles(), Limits(), serving, open_role);
    site_->port = 8080;
    return *site_;
  }

  testing::World world_;
  std::string address_ = "192.0.2.7";

 private:
  std::unique_ptr<Site> site_;
};

struct Cell {
  std::string name;
  std::string authorization;
  std::optional<Role> role;  ///< none: it is nobody
  bool shows_token = true;
};

class EveryOperation : public TokenTest, public ::testing::WithParamInterface<Operation> {
 protected:
  /// What a caller must be answered; 0 = it gets through.
  static int refusal(const Cell& cell, Role least) {
    if (cell.role && *cell.role >= least) return 0;
    return cell.role && cell.shows_token ? 403 : 401;
  }
  void expect(Site& site, const Cell& cell, const std::string& where) {
    // Many wrong tokens come here on purpose: each from an address of its own.
    address_ = "192.0.2." + std::to_string(++callers_);
    const int got = status(site, GetParam(), cell.authorization);
    const int expected = refusal(cell, GetParam().least);
    if (expected == 0) {
      EXPECT_TRUE(got != 401 && got != 403) << where << cell.name << ": " << got;
    } else {
      EXPECT_EQ(got, expected) << where << cell.name;
      EXPECT_TRUE(world_.events.taken.empty()) << where << cell.name;
    }
    world_.events.taken.clear();
  }

 private:
  int callers_ = 0;
};

TEST_P(EveryOperation, IsForItsRoleAndThoseAbove) {
  world_.administration.now = world_.clock.now().utc;
  const std::vector<Cell> cells = {
      {"wrong", "Bearer " + new_token(), {}},
      {"no token", "Bearer x", {}},
      {"another scheme", "Basic YTpi", {}},
      {"expired", "Bearer " + add(1, Role::admin, world_.administration.now), {}},
      {"removed", "Bearer " + add(2, Role::admin, std::nullopt, true), {}},
      {"monitor", "Bearer " + add(3, Role::monitor), Role::monitor},
      {"control", "bearer " + add(4, Role::control), Role::control},
      {"admin", "Bearer " + add(5, Role::admin), Role::admin},
  };
  const std::array<std::pair<std::optional<Role>, Serving>, 4> places = {{{std::nullopt, Serving::network},
                                                                          {std::nullopt, Serving::page},
                                                                          {Role::monitor, Serving::page},
                                                                          {Role::control, Serving::page}}};
  for (const auto& [open_role, serving] : places) {
    Site& place = site(open_role, serving);
    const std::string where = serving == Serving::network ? "network, "
                              : open_role                 ? "here, open to " + std::string(to_word(*open_role)) + ", "
                                                          : "here, ";
    for (const Cell& cell : cells) expect(place, cell, where);
    expect(place, {"nothing", "", open_role, false}, where);
  }
}

INSTANTIATE_TEST_SUITE_P(Api, EveryOperation, ::testing::ValuesIn(operations().begin(), operations().end()),
                         [](const auto& tested) {
                           std::string name = std::string(tested.param.method) + "_" + std::string(tested.param.path);
                           std::erase_if(name, [](char c) { return c == '{' || c == '}'; });
                           for (char& c : name) {
                             if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                           }
                           return name;
                         });

TEST_F(TokenTest, CausesNameTheToken) {
  Site& here = site(Role::control);
  const std::string token = "Bearer " + add(9, Role::control);
  EXPECT_EQ(ask(here, "POST", "zones/hall-ceiling/level", token, R"({"level": 40})").status, 202);
  ASSERT_EQ(world_.events.taken.size(), 1U);
  EXPECT_EQ(world_.events.taken[0].source, (Source{Source::Kind::client, ClientId{9}}));
  EXPECT_EQ(ask(here, "POST", "zones/hall-ceiling/level", "", R"({"level": 40})").status, 202);
  EXPECT_EQ(world_.events.taken[1].source, (Source{Source::Kind::page, {}}));
}

TEST_F(TokenTest, WrongTokensMakeAnAddressWait) {
  Site& here = site(std::nullopt);
  const std::string good = "Bearer " + add(9, Role::monitor);
  for (int i = 0; i <= AttemptLimiter::kFree; ++i) EXPECT_EQ(ask(here, "GET", "home", "Bearer guess").status, 401);
  const Response waits = ask(here, "GET", "home", "Bearer guess");
  EXPECT_EQ(waits.status, 429);
  EXPECT_THAT(header_text(waits, false), HasSubstr("Retry-After: "));
  EXPECT_EQ(ask(here, "GET", "home", good).status, 429) << "whoever guesses learns nothing while it waits";
  address_ = "192.0.2.8";
  EXPECT_EQ(ask(here, "GET", "home", good).status, 200);
  address_ = "192.0.2.7";
  world_.clock.advance(AttemptLimiter::kFirstWait);
  EXPECT_EQ(ask(here, "GET", "home", good).status, 200);
  EXPECT_EQ(ask(here, "GET", "home", "Bearer guess").status, 401) << "a good one clears its name";
}

TEST_F(TokenTest, AConnectionThatIsKnownDoesNotWaitForOthers) {
  Site& here = site(std::nullopt);
  const std::string good = add(9, Role::monitor);
  const Request request =
      testing::parsed("GET /api/home HTTP/1.1\r\nHost: localhost:8080\r\nAuthorization: Bearer " + good + "\r\n\r\n");
  Peer known{5, address_, {}};
  EXPECT_EQ(testing::answer(here, request, known).status, 200);
  for (int i = 0; i <= AttemptLimiter::kFree; ++i) ask(here, "GET", "home", "Bearer guess");
  EXPECT_EQ(testing::answer(here, request, known).status, 200);
  world_.administration.token_list.put({ClientId{9}, "program", Role::monitor, "", {}, {}, {}, true});
  EXPECT_EQ(testing::answer(here, request, known).status, 401) << "but not longer than its token counts";
}

TEST_F(TokenTest, TheNetworkGetsNoPageAndForeignPagesGetNothing) {
  Site& network = site(std::nullopt, Serving::network);
  const std::string token = add(9, Role::admin);
  const auto from = [&](const std::string& path, const std::string& headers) {
    Peer peer{1, address_, {}};
    return testing::answer(network, testing::parsed("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n"), peer).status;
  };
  const std::string bearer = "Authorization: Bearer " + token + "\r\n";
  EXPECT_EQ(from("/", "Host: 192.0.2.1:8443\r\n" + bearer), 404);
  for (const char* host : {"192.0.2.1:8443", "[2001:db8::1]:8443", "candela", "candela-1234.local:8443"}) {
    EXPECT_EQ(from("/api/home", "Host: " + std::string(host) + "\r\n" + bearer), 200) << host;
    EXPECT_EQ(from("/api/home", "Host: " + std::string(host) + "\r\nOrigin: https://" + host + "\r\n" + bearer), 200);
    EXPECT_EQ(from("/api/home", "Host: " + std::string(host) + "\r\nOrigin: https://evil.example\r\n" + bearer), 403);
  }
  EXPECT_EQ(from("/api/home", "Host: evil.example\r\n" + bearer), 421);
  EXPECT_EQ(from("/api/home", bearer), 421);
}

TEST(BearerToken, IsReadOfTheAuthorizationHeader) {
  EXPECT_EQ(bearer_token("Bearer abc"), "abc");
  EXPECT_EQ(bearer_token("BEARER  abc"), "abc");
  for (const char* other : {"", "Bearer", "Bearer ", "Basic abc", "Bearerabc", "abc"}) {
    EXPECT_EQ(bearer_token(other), "") << other;
  }
}

/// What schema/api.yaml has between this and the next line that begins so.
std::string_view section(std::string_view text, const std::string& heading, std::string_view next) {
  const std::size_t begin = text.find("\n" + heading + "\n");
  if (begin == text.npos) return {};
  text = text.substr(begin + 1 + heading.size());
  return text.substr(0, text.find(next));
}

TEST(OperationsTest, EachIsDescribedWithItsRole) {
  const std::string description = *api_description().shared_body;
  for (const Operation& operation : operations()) {
    std::string method(operation.method);
    for (char& letter : method) letter = static_cast<char>(std::tolower(letter));
    const std::string_view path = section(description, "  /api/" + std::string(operation.path) + ":", "\n  /api/");
    const std::string_view described = section(path, "    " + method + ":", "\n    get:");
    EXPECT_THAT(described, HasSubstr("x-role: " + std::string(to_word(operation.least))))
        << operation.method << " " << operation.path;
  }
}

}  // namespace
}  // namespace candela::servers::http
