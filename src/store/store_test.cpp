#include "store/store.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <future>

#include "base/durable_file.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr UtcTime kNoon = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + std::chrono::hours(12);

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::string pattern = (fs::temp_directory_path() / "candela-store-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    directory_ = root_ / "state";
  }
  ~StoreTest() override {
    store_.reset();
    fs::remove_all(root_);
  }

  void open(Store::Options options = {}) {
    store_.reset();
    contents_ = {};
    auto opened = Store::open(directory_, contents_, options);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  /// Waits for the answer; empty = saved.
  static std::string answer(const std::function<void(Store::Saved)>& ask) {
    std::promise<std::string> said;
    ask([&](Outcome outcome) { said.set_value(outcome ? "" : outcome.error().message); });
    return said.get_future().get();
  }
  std::string save_version(std::uint32_t number, const std::string& text, Numbering numbering = {}) {
    return answer([&](Store::Saved saved) {
      store_->save_version({number, kNoon, "note " + text, "home", {{"a.yaml", text}, {"b.yaml", "shared"}}}, numbering,
                           std::move(saved));
    });
  }
  std::string save_client(std::uint32_t number, const std::string& name, bool revoked = false) {
    return answer([&](Store::Saved saved) {
      store_->save_client({ClientId{number}, name, Role::admin, "f00d", "PEM", kNoon, revoked}, std::move(saved));
    });
  }
  std::string save_setting(const std::string& name, const std::string& value) {
    return answer([&](Store::Saved saved) { store_->save_setting(name, value, std::move(saved)); });
  }
  Result<Store::Version> read_version(std::uint32_t number) {
    std::promise<Result<Store::Version>> read;
    store_->read_version(number, [&](Result<Store::Version> version) { read.set_value(std::move(version)); });
    return read.get_future().get();
  }
  std::vector<Store::VersionInfo> list_versions() {
    std::promise<Result<std::vector<Store::VersionInfo>>> listed;
    store_->list_versions([&](auto versions) { listed.set_value(std::move(versions)); });
    return listed.get_future().get().value();
  }

  static Change targeted(std::uint32_t zone, Level from, Level to, Duration age = {}, Duration duration = {}) {
    const Now now{MonoTime(std::chrono::hours(5)), kNoon};
    return {now, {}, ZoneTargeted{ZoneId{zone}, {from, to, now.mono - age, duration}}};
  }
  static Change led(std::uint32_t number, LedState state, CauseStep::Kind why) {
    return {Now{MonoTime(), kNoon}, Cause().then(why, number), LedChanged{LedId{number}, state}};
  }
  void note(std::vector<Change> changes) { store_->note(changes); }

  fs::path root_;
  fs::path directory_;
  Store::Contents contents_;
  std::unique_ptr<Store> store_;
};

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
    store_->save_setting(std::to_string(i), "x", [&](Outcome outcome) {
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
