#include "store/store.h"

#include <sys/stat.h>

#include <atomic>

#include "store/store_fixture.h"

namespace candela {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(StoreTest, NewDirectoryIsEmptyAndPrivate) {
  open();
  EXPECT_FALSE(contents_.active);
  EXPECT_THAT(contents_.clients, IsEmpty());
  EXPECT_THAT(contents_.warnings, IsEmpty());
  for (const char* name : {"candela.db", "last-good.db"}) {
    struct stat status {};
    ASSERT_EQ(::stat((directory_ / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
  }
}

TEST_F(StoreTest, RemembersEverythingOverAReopen) {
  open();
  Numbering numbering;
  numbering.number_of("zone", "kitchen");
  EXPECT_EQ(save_version(1, std::string("one\0two", 7), numbering), "");
  numbering.number_of("zone", "hall");
  EXPECT_EQ(save_version(2, "two", numbering), "");
  EXPECT_EQ(save_client(1, "Home Assistant"), "");
  EXPECT_EQ(save_client(2, "Panel"), "");
  EXPECT_EQ(save_client(1, "Home Assistant", true), "");
  EXPECT_EQ(save_setting("serial", "17"), "");
  EXPECT_EQ(save_setting("serial", "18"), "");
  note({targeted(2, Level::off(), Level::full())});

  open();
  ASSERT_TRUE(contents_.active);
  EXPECT_EQ(contents_.active->number, 2U);
  EXPECT_EQ(contents_.active->saved, kNoon);
  EXPECT_EQ(contents_.active->note, "note two");
  EXPECT_EQ(contents_.active->project_name, "home");
  EXPECT_THAT(contents_.active->files, ElementsAre(Store::File{"a.yaml", "two"}, Store::File{"b.yaml", "shared"}));
  EXPECT_EQ(contents_.numbering.all(), numbering.all());
  ASSERT_EQ(contents_.clients.size(), 2U);
  EXPECT_TRUE(contents_.clients[0].revoked);
  EXPECT_EQ(contents_.clients[1].name, "Panel");
  EXPECT_EQ(contents_.clients[1].role, Role::admin);
  EXPECT_EQ(contents_.clients[1].key_fingerprint, "f00d");
  EXPECT_EQ(contents_.clients[1].certificate, "PEM");
  EXPECT_EQ(contents_.clients[1].added, kNoon);
  EXPECT_THAT(contents_.settings, ElementsAre(std::pair<std::string, std::string>("serial", "18")));
  EXPECT_EQ(contents_.state.zones.size(), 1U);
  EXPECT_THAT(contents_.warnings, IsEmpty());

  const auto first = read_version(1);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->files[0].text, std::string("one\0two", 7));
  EXPECT_THAT(read_version(3).error().message, HasSubstr("no version 3"));
  const auto versions = list_versions();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_FALSE(versions[0].active);
  EXPECT_TRUE(versions[1].active);
}

TEST_F(StoreTest, RemembersWhoMayLogIn) {
  const Account lip{ClientId{1}, "openhab", Role::control, "$argon2id$", true, false, "GNET> ", kNoon, false};
  Account leap{ClientId{4}, "panel", Role::monitor, "$argon2id$2", false, true, "QNET> ", kNoon, false};
  open();
  EXPECT_EQ(save_account(leap), "");
  EXPECT_EQ(save_account(lip), "");
  open();
  EXPECT_THAT(contents_.accounts, ElementsAre(lip, leap));
  leap.removed = true;
  leap.password_hash.clear();
  EXPECT_EQ(save_account(leap), "");
  open();
  EXPECT_THAT(contents_.accounts, ElementsAre(lip, leap));
}

TEST_F(StoreTest, RemembersTokens) {
  const Token plain{ClientId{2}, "script", Role::monitor, "f00d", kNoon};
  Token full{ClientId{5}, "tablet", Role::admin, "beef", kNoon, kNoon + std::chrono::hours(24), kNoon, false};
  open();
  EXPECT_EQ(save_token(full), "");
  EXPECT_EQ(save_token(plain), "");
  open();
  EXPECT_THAT(contents_.tokens, ElementsAre(plain, full));
  full.removed = true;
  full.hash.clear();
  EXPECT_EQ(save_token(full), "");
  open();
  EXPECT_THAT(contents_.tokens, ElementsAre(plain, full));
}

TEST_F(StoreTest, VersionsCountUpAndNumbersStay) {
  open();
  Numbering numbering;
  numbering.number_of("zone", "kitchen");
  EXPECT_EQ(save_version(0, "a", numbering), "");
  EXPECT_EQ(save_version(0, "b", numbering), "");
  EXPECT_THAT(save_version(2, "c", numbering), HasSubstr("already there"));
  EXPECT_THAT(save_version(3, "c"), HasSubstr("zone:kitchen may not change")) << "the numbering was lost";
  Numbering other;
  other.number_of("zone", "hall");
  other.number_of("zone", "kitchen");
  EXPECT_THAT(save_version(3, "c", other), HasSubstr("zone:kitchen may not change"));
  EXPECT_EQ(list_versions().size(), 2U) << "nothing half-done";
  open();
  EXPECT_EQ(contents_.active->number, 2U);
}

TEST_F(StoreTest, FadesAreAnchoredToUtc) {
  open();
  using namespace std::chrono_literals;
  note({targeted(2, Level::off(), Level::full(), 3s, 10s)});
  open();
  EXPECT_THAT(contents_.state.zones,
              ElementsAre(SavedState::Zone{ZoneId{2}, Level::off(), Level::full(), kNoon - 3s, 10s}));
}

TEST_F(StoreTest, KeepsTheNewestLevelOfEachZone) {
  open();
  for (int i = 0; i < 100'000; ++i) {
    note({targeted(2 + i % 7, Level::off(), Level::from_raw(i % 60'000))});
  }
  open();
  ASSERT_EQ(contents_.state.zones.size(), 7U);
  for (const auto& zone : contents_.state.zones) {
    const std::uint32_t last = 99'999 - (99'999 - (zone.zone.value - 2)) % 7;
    EXPECT_EQ(zone.to, Level::from_raw(last % 60'000)) << zone.zone.value;
  }
}

TEST_F(StoreTest, RemembersOnlyLedsThatClientsSet) {
  open();
  note(
      {led(5, LedState::flash, CauseStep::Kind::led_commanded), led(6, LedState::on, CauseStep::Kind::member_changed)});
  open();
  EXPECT_THAT(contents_.state.leds, ElementsAre(SavedState::Led{LedId{5}, LedState::flash}));
}

TEST_F(StoreTest, LevelsAreWrittenByThemselvesSoonAfter) {
  open({.level_delay = std::chrono::milliseconds(1)});
  note({targeted(2, Level::off(), Level::full())});
  // The log of the running store shows it; reading a copy disturbs nothing.
  const fs::path image = root_ / "image";
  for (;;) {
    fs::remove_all(image);
    fs::copy(directory_, image);
    Store::Contents seen;
    if (Store::open(image, seen) && seen.state.zones.size() == 1) break;
  }
}

TEST_F(StoreTest, OneProcessorForADirectory) {
  open();
  Store::Contents other;
  const auto second = Store::open(directory_, other);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("in use by another processor"));
  EXPECT_EQ(save_setting("a", "b"), "");
}

TEST_F(StoreTest, RefusesJobsBeyondTheBound) {
  open();
  std::promise<void> go;
  std::shared_future<void> gone = go.get_future().share();
  std::promise<void> begun;
  store_->list_versions([&begun, gone](auto) {
    begun.set_value();
    gone.wait();
  });
  begun.get_future().wait();
  std::atomic<std::size_t> saved = 0;
  std::vector<std::string> refused;
  for (std::size_t i = 0; i < Store::kMaxJobs + 2; ++i) {
    store_->save_setting(std::to_string(i), "x", [&](const Outcome& outcome) {
      if (outcome) {
        ++saved;
      } else {
        refused.push_back(outcome.error().message);
      }
    });
  }
  EXPECT_EQ(refused.size(), 2U) << "told at once";
  EXPECT_THAT(refused.at(0), HasSubstr("try again later"));
  go.set_value();
  store_.reset();
  EXPECT_EQ(saved, Store::kMaxJobs);
}

}  // namespace
}  // namespace candela
