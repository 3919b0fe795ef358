#include <sqlite3.h>

#include <random>

#include "store/faulty_disk.h"
#include "store/store_fixture.h"

namespace candela {
namespace {

using store::FaultyDisk;
using testing::HasSubstr;
using testing::IsEmpty;

/// What must be found again.
struct Acknowledged {
  std::uint32_t versions = 0;
  std::uint32_t clients = 0;
  std::uint32_t rounds = 0;  ///< whose live state went with one of those
};

class PowerCutTest : public StoreTest {
 protected:
  static std::string text_of(std::uint32_t version) { return std::string(3000, 'a') + std::to_string(version); }
  static std::string name_of(std::uint32_t client) { return "client " + std::to_string(client); }

  static std::shared_ptr<const std::vector<Assignment>> scene_of(std::uint32_t round) {
    return std::make_shared<const std::vector<Assignment>>(
        std::vector<Assignment>{{ZoneId{2}, Level::from_raw(round), {}, {}, false, std::nullopt, {}}});
  }
  /// All of a round, or all of a later one.
  static void expect_live(const SavedState& state, std::uint32_t least) {
    const std::uint32_t round = state.mode.value;
    EXPECT_GE(round, least);
    if (round == 0) return;
    EXPECT_EQ(state.timeclocks.at(0).enabled, round % 2 == 0);
    EXPECT_EQ(state.scene_edits.at(0).assignments, *scene_of(round));
  }

  /// Saves versions and clients in turn, with levels between, and keeps count of what was acknowledged.
  void work(std::uint32_t rounds) {
    for (std::uint32_t i = 1; i <= rounds; ++i) {
      const std::uint32_t round = acknowledged_.rounds + 1;
      note({targeted(2 + i % 5, Level::off(), Level::from_raw(i)), change(ModeChanged{ModeId{round}}),
            change(TimeclockEnabled{TimeclockId{7}, round % 2 == 0}),
            change(SceneEdited{SceneId{8}, scene_of(round)})});
      const std::string version = save_version(0, text_of(acknowledged_.versions + 1));
      if (version.empty()) {
        ++acknowledged_.versions;
      } else {
        failures_.push_back(version);
      }
      const std::string client = save_client(acknowledged_.clients + 1, name_of(acknowledged_.clients + 1));
      if (client.empty()) {
        ++acknowledged_.clients;
        acknowledged_.rounds = round;
      } else {
        failures_.push_back(client);
      }
    }
  }

  /// `spare` = how many records more than those acknowledged may be there: one that was on its way.
  static void expect_all(const Store::Contents& found, Acknowledged acknowledged, std::uint32_t spare) {
    const std::uint32_t versions = found.active ? found.active->number : 0;
    const auto clients = static_cast<std::uint32_t>(found.clients.size());
    EXPECT_GE(versions, acknowledged.versions);
    expect_live(found.state, acknowledged.rounds);
    EXPECT_GE(clients, acknowledged.clients);
    EXPECT_LE(versions + clients, acknowledged.versions + acknowledged.clients + spare);
    EXPECT_EQ(found.active ? found.active->files.at(0).text : text_of(0), text_of(versions));
    for (std::uint32_t i = 0; i < clients; ++i) EXPECT_EQ(found.clients[i].name, name_of(i + 1));
  }

  Acknowledged acknowledged_;
  std::vector<std::string> failures_;
};

// The power goes before every single operation on the disk of a whole life of the store. Of what was not synced
// everything, nothing, or any part with torn pieces may be on the disk.
TEST_F(PowerCutTest, LosesNothingThatWasAcknowledged) {
  FaultyDisk disk;
  std::mt19937 random(20261124);
  struct Image {
    fs::path path;
    Acknowledged acknowledged;
  };
  std::vector<Image> images;
  disk.before_change = [&] {
    if (!fs::exists(directory_ / "last-good.db")) return;
    using enum FaultyDisk::Survives;
    for (const auto survives : {everything, only_synced, any_part}) {
      // Enough of the long runs of alike operations.
      if (random() % 5 != 0) continue;
      const fs::path path = root_ / ("image" + std::to_string(images.size()));
      disk.image(directory_, path, survives, random);
      images.push_back({path, acknowledged_});
    }
  };
  open();
  work(12);
  store_.reset();
  open();
  work(3);
  store_.reset();
  disk.before_change = nullptr;

  ASSERT_GT(images.size(), 300U);
  for (const Image& image : images) {
    Store::Contents found;
    const auto opened = Store::open(image.path, found);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_THAT(found.warnings, IsEmpty()) << "a power cut is no damage: " << image.path;
    expect_all(found, image.acknowledged, 1);
    ASSERT_FALSE(testing::Test::HasFailure()) << image.path << " of " << images.size();
  }
}

// The test above would notice if the store did not sync: on a disk that lies about it, records are lost.
TEST_F(PowerCutTest, OnADiskThatLiesRecordsAreLost) {
  FaultyDisk disk;
  open();
  disk.lies = true;
  work(3);
  std::mt19937 random(20261124);
  disk.image(directory_, root_ / "image", FaultyDisk::Survives::only_synced, random);
  store_.reset();
  Store::Contents found;
  const auto opened = Store::open(root_ / "image", found);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(acknowledged_.versions, 3U);
  EXPECT_LT(found.active ? found.active->number : 0, acknowledged_.versions);
}

class FailingDiskTest : public PowerCutTest, public testing::WithParamInterface<int> {};

// The disk fails at the Nth operation, for each N, and goes on to fail; later it is well again.
TEST_P(FailingDiskTest, SaysSoAndGoesOnAfterwards) {
  for (std::size_t after = 0;; ++after) {
    fs::remove_all(directory_);
    acknowledged_ = {};
    failures_.clear();
    FaultyDisk disk;
    open({.level_delay = std::chrono::milliseconds(1), .retry_delay = std::chrono::milliseconds(1)});
    work(1);
    const std::size_t before = disk.operations();
    disk.fail(after, GetParam());
    work(2);
    const bool reached = disk.operations() > before + after;
    const bool failed = !failures_.empty();
    disk.heal();
    failures_.clear();
    work(1);
    EXPECT_THAT(failures_, IsEmpty()) << "at operation " << after;
    EXPECT_EQ(save_setting("after", "trouble"), "");
    open();
    EXPECT_THAT(contents_.warnings, IsEmpty()) << "at operation " << after;
    expect_all(contents_, acknowledged_, 0);
    EXPECT_GE(contents_.state.zones.size(), 2U) << "levels wait for the disk";
    store_.reset();
    ASSERT_FALSE(testing::Test::HasFailure()) << "at operation " << after;
    if (!reached) break;
    EXPECT_TRUE(failed || after > 0) << "the first operation of a save is to write it";
  }
}

INSTANTIATE_TEST_SUITE_P(Codes, FailingDiskTest, testing::Values(SQLITE_FULL, SQLITE_IOERR),
                         [](const auto& code) { return code.param == SQLITE_FULL ? "Full" : "Failing"; });

TEST_F(PowerCutTest, TellsTroubleOnceAndItsEnd) {
  FaultyDisk disk;
  open({.level_delay = std::chrono::milliseconds(1), .retry_delay = std::chrono::milliseconds(1)});
  std::vector<std::string> told;  // on the writer thread only, until the store is closed
  std::promise<void> bad;
  std::promise<void> good;
  store_->on_trouble([&](const std::string& trouble) {
    told.push_back(trouble);
    (trouble.empty() ? good : bad).set_value();
  });
  EXPECT_EQ(save_setting("a", "1"), "");
  disk.fail(0, SQLITE_FULL);
  note({targeted(2, Level::off(), Level::full())});
  bad.get_future().wait();
  EXPECT_THAT(save_setting("a", "2"), HasSubstr("the disk is full"));
  EXPECT_THAT(save_setting("a", "3"), HasSubstr("the disk is full"));
  disk.heal();
  good.get_future().wait();
  open();
  store_.reset();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_THAT(told[0], HasSubstr("the disk is full"));
  EXPECT_EQ(told[1], "");
  EXPECT_EQ(contents_.state.zones.size(), 1U);
  EXPECT_EQ(contents_.settings.at(0).second, "1");
}

}  // namespace
}  // namespace candela
