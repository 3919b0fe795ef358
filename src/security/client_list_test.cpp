#include "security/client_list.h"

#include <gtest/gtest.h>

namespace candela {
namespace {

Client client(std::uint32_t number, std::string name, std::string key, bool revoked = false) {
  Client made;
  made.number = ClientId{number};
  made.name = std::move(name);
  made.key_fingerprint = std::move(key);
  made.revoked = revoked;
  return made;
}

TEST(ClientListTest, AllowsByKeyAndOnlyUntilRevoked) {
  ClientList list({client(1, "panel", "aa"), client(2, "hub", "bb", true)});
  ASSERT_NE(list.allowed("aa"), nullptr);
  EXPECT_EQ(list.allowed("aa")->name, "panel");
  EXPECT_EQ(list.allowed("bb"), nullptr) << "revoked";
  EXPECT_EQ(list.allowed("cc"), nullptr) << "unknown";
  EXPECT_EQ(list.allowed(""), nullptr);
  list.put(client(1, "panel", "aa", true));
  EXPECT_EQ(list.allowed("aa"), nullptr);
  EXPECT_EQ(list.all().size(), 2U) << "kept for the record";
}

TEST(ClientListTest, EmptyKeyIsNeverAllowed) { EXPECT_EQ(ClientList({client(1, "broken", "")}).allowed(""), nullptr); }

TEST(ClientListTest, RevokedKeyStaysOutUnderAnyName) {
  const ClientList list({client(1, "panel", "aa", true), client(2, "again", "aa")});
  EXPECT_EQ(list.allowed("aa"), nullptr);
}

TEST(ClientListTest, NamesBelongToThoseNotRevoked) {
  ClientList list({client(1, "panel", "aa", true), client(2, "panel", "bb")});
  ASSERT_NE(list.named("panel"), nullptr);
  EXPECT_EQ(list.named("panel")->number, ClientId{2});
  EXPECT_EQ(list.named("hub"), nullptr);
  EXPECT_EQ(list.find(ClientId{1})->key_fingerprint, "aa");
  EXPECT_EQ(list.find(ClientId{3}), nullptr);
}

TEST(ClientListTest, NumbersAreNeverReused) {
  ClientList list;
  EXPECT_EQ(list.next_number(), ClientId{1});
  list.put(client(1, "a", "aa"));
  list.put(client(7, "b", "bb", true));
  EXPECT_EQ(list.next_number(), ClientId{8}) << "revoked ones keep theirs";
}

TEST(ClientListTest, RolesHaveWords) {
  for (const Role role : {Role::monitor, Role::control, Role::admin}) {
    Role read = role == Role::monitor ? Role::admin : Role::monitor;
    ASSERT_TRUE(from_word(to_word(role), read));
    EXPECT_EQ(read, role);
  }
  Role untouched = Role::control;
  EXPECT_FALSE(from_word("owner", untouched));
  EXPECT_EQ(untouched, Role::control);
}

}  // namespace
}  // namespace candela
