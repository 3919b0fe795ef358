#include "servers/discovery/announcement.h"

#include <gmock/gmock.h>

namespace candela::servers::discovery {
namespace {

const Identity kIdentity{0x0867A308, "0.2.0"};

TEST(Announcement, IsInTheFormsThatProgramsLookFor) {
  const Announcement all = announcement_of(kIdentity, {8081, 8083}, {"192.168.1.2"}, "8110201", "aa:bb:cc:00:11:22");
  EXPECT_EQ(all.host, "Lutron-0867a308.local");
  ASSERT_EQ(all.services.size(), 3u);
  EXPECT_EQ(all.services[0].type, "_lutron._tcp");
  EXPECT_EQ(all.services[0].port, 8081);
  EXPECT_THAT(all.services[0].text,
              testing::IsSupersetOf({"MACADDR=aa:bb:cc:00:11:22", "CODEVER=0.2.0", "SYSTYPE=HWQSProcessor",
                                     "SERNUM=0867a308", "DEVCLASS=08110201"}));
  EXPECT_EQ(all.services[2].type, "_lap._tcp");
  EXPECT_EQ(all.services[2].port, 8083);
}

TEST(Announcement, SaysNothingOfWhatIsNotServed) {
  EXPECT_TRUE(announcement_of(kIdentity, {}, {}, "8110201", "").services.empty());
  const Announcement all = announcement_of(kIdentity, {8081, std::nullopt}, {}, "8110201", "");
  EXPECT_EQ(all.services.size(), 2u);
  for (const std::string& text : all.services[0].text) EXPECT_FALSE(text.starts_with("MACADDR"));
}

TEST(Reachable, LoopbackIsNot) { EXPECT_TRUE(reachable_at("127.0.0.1").empty()); }

}  // namespace
}  // namespace candela::servers::discovery
