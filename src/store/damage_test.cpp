#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include "store/book.h"
#include "store/format.h"
#include "store/store_fixture.h"

namespace candela {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}
void write(const fs::path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

class DamageTest : public StoreTest {
 protected:
  /// Two versions, two clients, an account, a token, levels before, between and after them.
  void fill() {
    open();
    Numbering numbering;
    for (int i = 0; i < 40; ++i) numbering.number_of("zone", "zone-" + std::to_string(i));
    note({targeted(2, Level::off(), Level::from_raw(1)), targeted(3, Level::off(), Level::from_raw(1))});
    EXPECT_EQ(save_version(1, std::string(9000, 'x'), numbering), "");
    EXPECT_EQ(save_client(1, "hub"), "");
    note({targeted(2, Level::from_raw(1), Level::from_raw(2)), change(ModeChanged{ModeId{6}})});
    EXPECT_EQ(save_version(2, std::string(9000, 'y'), numbering), "");
    EXPECT_EQ(save_client(2, "panel"), "");
    EXPECT_EQ(save_account({ClientId{3}, "openhab", Role::control, "$argon2id$", true}), "");
    EXPECT_EQ(save_token({ClientId{4}, "script", Role::control, "f00d", kNoon}), "");
    EXPECT_EQ(save_setting("serial", "17"), "");
    note({targeted(2, Level::from_raw(2), Level::from_raw(3)), led(9, LedState::on, CauseStep::Kind::led_commanded),
          change(ModeChanged{ModeId{7}})});
    // So that the levels are in the log, but not in the copy.
    wait_for_levels();
  }

  void expect_all_kept(const std::string& where) {
    ASSERT_TRUE(contents_.state.mode == ModeId{6} || contents_.state.mode == ModeId{7}) << where;
    ASSERT_TRUE(contents_.active) << where;
    ASSERT_EQ(contents_.active->number, 2U) << where;
    ASSERT_EQ(contents_.active->files.at(0).text, std::string(9000, 'y')) << where;
    ASSERT_EQ(contents_.clients.size(), 2U) << where;
    ASSERT_EQ(contents_.clients.at(1).name, "panel") << where;
    ASSERT_EQ(contents_.accounts.size(), 1U) << where;
    ASSERT_EQ(contents_.accounts.at(0).name, "openhab") << where;
    ASSERT_EQ(contents_.tokens.size(), 1U) << where;
    ASSERT_EQ(contents_.tokens.at(0).hash, "f00d") << where;
    ASSERT_EQ(contents_.settings.size(), 1U) << where;
    ASSERT_EQ(contents_.numbering.all().size(), 40U) << where;
    for (const auto& zone : contents_.state.zones) {
      ASSERT_TRUE(zone.zone == ZoneId{2} || zone.zone == ZoneId{3}) << where;
      ASSERT_GE(zone.to.raw(), 1U) << where;
      ASSERT_LE(zone.to.raw(), 3U) << where;
    }
    ASSERT_EQ(contents_.state.zones.size(), 2U) << where;
  }

  /// Opens copies of the files in `image` with one byte flipped in each place in turn.
  void flip_through(const fs::path& image) {
    const char* asked = std::getenv("CANDELA_FLIP_STEP");
    const std::size_t step = asked != nullptr ? std::strtoul(asked, nullptr, 10) : 307;
    std::mt19937 random(20261124);
    for (const auto& entry : fs::directory_iterator(image)) {
      const std::string whole = read(entry.path());
      for (std::size_t at = 0; at < whole.size(); at += at < 112 ? 1 : step) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (1U << (random() % 8)));
        fs::remove_all(directory_);
        fs::copy(image, directory_);
        write(directory_ / entry.path().filename(), damaged);
        const std::string where = entry.path().filename().string() + " at " + std::to_string(at);
        open();
        expect_all_kept(where);
        ASSERT_EQ(save_setting("serial", "17"), "") << where;
        open();
        ASSERT_THAT(contents_.warnings, IsEmpty()) << where << ": once repaired, it is whole";
        expect_all_kept(where);
        if (testing::Test::HasFailure()) return;
        store_.reset();
      }
    }
  }
};

TEST_F(DamageTest, AFlippedByteAfterAPowerCutLosesNothing) {
  fill();
  const fs::path image = root_ / "image";
  fs::copy(directory_, image);  // nothing is being written now
  store_.reset();
  ASSERT_TRUE(fs::exists(image / "candela.db-wal"));
  flip_through(image);
}

TEST_F(DamageTest, AFlippedByteAfterACleanStopLosesNothing) {
  fill();
  store_.reset();
  const fs::path image = root_ / "image";
  fs::copy(directory_, image);
  ASSERT_FALSE(fs::exists(image / "candela.db-wal"));
  flip_through(image);
}

TEST_F(DamageTest, RubbishIsSetAsideAndTheCopyUsed) {
  fill();
  store_.reset();
  write(directory_ / "candela.db", "rubbish");
  open();
  expect_all_kept("");
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("candela.db is damaged")));
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("set aside as candela.db.damaged-")));
  open();
  EXPECT_THAT(contents_.warnings, IsEmpty());
}

TEST_F(DamageTest, ADamagedCopyIsMadeAgain) {
  fill();
  store_.reset();
  write(directory_ / "last-good.db", "rubbish");
  open();
  expect_all_kept("");
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("last-good.db is damaged")));
  store_.reset();
  fs::remove(directory_ / "candela.db");
  open();
  expect_all_kept("the copy is good again");
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("candela.db was missing")));
}

TEST_F(DamageTest, LevelsOfADamagedDatabaseAreSaved) {
  fill();
  const fs::path image = root_ / "image";
  fs::copy(directory_, image);
  store_.reset();
  {
    // The setting is not what was written; the rows of the levels are.
    SQLite::Database database((image / "candela.db").string(), SQLite::OPEN_READWRITE);
    database.exec("UPDATE settings SET value = '18'");
  }
  fs::remove_all(directory_);
  fs::copy(image, directory_);
  open();
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("not what was written")));
  expect_all_kept("");
  EXPECT_EQ(contents_.settings.at(0).second, "17");
  EXPECT_EQ(contents_.state.mode, ModeId{7}) << "the newest, which the copy did not have";
  for (const auto& zone : contents_.state.zones) {
    if (zone.zone == ZoneId{2}) {
      EXPECT_EQ(zone.to, Level::from_raw(3)) << "the newest, which the copy did not have";
    }
  }
}

TEST_F(DamageTest, BothDamagedBeginsAnewAndSaysSo) {
  fill();
  store_.reset();
  write(directory_ / "candela.db", "rubbish");
  write(directory_ / "last-good.db", "");
  open();
  EXPECT_FALSE(contents_.active);
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("begins anew")));
  EXPECT_EQ(save_client(1, "hub"), "");
  open();
  EXPECT_EQ(contents_.clients.size(), 1U);
  EXPECT_THAT(contents_.warnings, IsEmpty());
}

TEST_F(DamageTest, KeepsThreeDamagedFiles) {
  fill();
  for (int i = 0; i < 5; ++i) {
    store_.reset();
    write(directory_ / "candela.db", "rubbish");
    open();
    expect_all_kept("");
  }
  const auto aside = [](const auto& entry) {
    return entry.path().filename().string().starts_with("candela.db.damaged");
  };
  EXPECT_EQ(std::count_if(fs::directory_iterator(directory_), {}, aside), 3);
}

class FormatTest : public StoreTest {
 protected:
  void set_format(const char* name, std::int64_t format) {
    SQLite::Database database((directory_ / name).string(), SQLite::OPEN_READWRITE);
    SQLite::Statement old(database, "SELECT sequence, digest FROM meta");
    ASSERT_TRUE(old.executeStep());
    store::Digest digest{};
    ASSERT_EQ(old.getColumn(1).getBytes(), static_cast<int>(digest.size()));
    std::copy_n(static_cast<const unsigned char*>(old.getColumn(1).getBlob()), digest.size(), digest.begin());
    const std::int64_t checksum =
        store::RowHash("meta").add(format).add(old.getColumn(0).getInt64()).add(digest).checksum();
    old.reset();
    database.exec("UPDATE meta SET format = " + std::to_string(format) + ", checksum = " + std::to_string(checksum));
  }
};

TEST_F(FormatTest, RefusesANewerFormatAndLeavesItAlone) {
  for (const char* name : {"candela.db", "last-good.db"}) {
    fs::remove_all(directory_);
    open();
    EXPECT_EQ(save_setting("serial", "17"), "");
    store_.reset();
    set_format(name, store::kFormat + 1);
    const std::string before = read(directory_ / name);
    Store::Contents contents;
    const auto opened = Store::open(directory_, contents);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message,
                HasSubstr("written by a newer Candela (format 6; this one knows formats up to 5)"));
    EXPECT_THAT(opened.error().message, HasSubstr(name));
    EXPECT_EQ(read(directory_ / name), before);
  }
}

// format_1.sql is a database as the first format had it; it is never regenerated.
TEST_F(FormatTest, MigratesFormat1AndKeepsTheOldFile) {
  fs::create_directories(directory_);
  {
    SQLite::Database database((directory_ / "candela.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(read(fs::path(CANDELA_SOURCE_DIR) / "src/store/format_1.sql"));
  }
  open();
  EXPECT_THAT(contents_.warnings, IsEmpty());
  ASSERT_TRUE(contents_.active);
  EXPECT_EQ(contents_.active->number, 2U);
  EXPECT_EQ(contents_.active->note, "note second");
  EXPECT_EQ(contents_.clients.size(), 1U);
  EXPECT_EQ(contents_.numbering.all().size(), 2U);
  EXPECT_EQ(contents_.state.zones.size(), 1U);
  note({led(9, LedState::on, CauseStep::Kind::led_commanded)});
  EXPECT_EQ(save_version(3, "third", contents_.numbering), "");
  open();
  EXPECT_EQ(contents_.active->number, 3U);
  EXPECT_EQ(contents_.state.leds.size(), 1U);
  SQLite::Database old((directory_ / "candela.db.format-1").string());
  EXPECT_EQ(old.execAndGet("SELECT format FROM meta").getInt(), 1);
}

// As format_1.sql: two versions, a client, a setting, numbers, a zone's level, an LED that flashes.
TEST_F(FormatTest, MigratesFormat2AndLosesNothing) {
  fs::create_directories(directory_);
  {
    SQLite::Database database((directory_ / "candela.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(read(fs::path(CANDELA_SOURCE_DIR) / "src/store/format_2.sql"));
  }
  for (int i = 0; i < 2; ++i) {
    open();
    EXPECT_THAT(contents_.warnings, IsEmpty());
    ASSERT_TRUE(contents_.active);
    EXPECT_EQ(contents_.active->number, 2U);
    EXPECT_EQ(contents_.active->files.at(0).text, "name: second\n");
    EXPECT_EQ(contents_.clients.at(0).name, "hub");
    EXPECT_THAT(contents_.settings, testing::ElementsAre(std::pair<std::string, std::string>("serial", "17")));
    EXPECT_EQ(contents_.numbering.all().size(), 2U);
    EXPECT_EQ(contents_.state.zones.at(0).to, Level::full());
    EXPECT_THAT(contents_.state.leds, testing::ElementsAre(SavedState::Led{LedId{9}, LedState::flash}));
    EXPECT_THAT(contents_.state.variables, IsEmpty());
    EXPECT_EQ(contents_.accounts.size(), static_cast<std::size_t>(i));
    EXPECT_EQ(save_account({ClientId{2}, "openhab"}), "");
    EXPECT_EQ(contents_.tokens.size(), static_cast<std::size_t>(i));
    EXPECT_EQ(save_token({ClientId{3}, "script"}), "");
  }
  EXPECT_TRUE(fs::exists(directory_ / "candela.db.format-2"));
}

/// A directory that cannot be written. Root may write everything, so the tests that run as root become nobody.
class ReadOnlyTest : public StoreTest {
 protected:
  ReadOnlyTest() : root_user_(::geteuid() == 0) { fs::permissions(root_, fs::perms(0755)); }
  ~ReadOnlyTest() override {
    store_.reset();
    allow_writing();
  }

  void forbid_writing() {
    for (const auto& entry : fs::directory_iterator(directory_)) fs::permissions(entry.path(), fs::perms(0444));
    fs::permissions(directory_, fs::perms(0555));
    ASSERT_EQ(root_user_ ? ::seteuid(65534) : 0, 0);
  }
  void allow_writing() {
    ASSERT_EQ(root_user_ ? ::seteuid(0) : 0, 0);
    fs::permissions(directory_, fs::perms(0755));
    for (const auto& entry : fs::directory_iterator(directory_)) fs::permissions(entry.path(), fs::perms(0600));
  }

 private:
  bool root_user_;
};

TEST_F(ReadOnlyTest, RunsWithWhatIsThereAndSavesNothing) {
  open();
  EXPECT_EQ(save_version(1, "one"), "");
  EXPECT_EQ(save_client(1, "hub"), "");
  note({targeted(2, Level::off(), Level::full())});
  store_.reset();
  forbid_writing();

  open();
  EXPECT_THAT(contents_.warnings, Contains(HasSubstr("changes are not saved")));
  ASSERT_TRUE(contents_.active);
  EXPECT_EQ(contents_.active->files.at(0).text, "one");
  EXPECT_EQ(contents_.clients.size(), 1U);
  EXPECT_EQ(contents_.state.zones.size(), 1U);
  EXPECT_THAT(save_client(2, "panel"),
              AllOf(HasSubstr("not saved"), HasSubstr("cannot be written: Permission denied")));
  EXPECT_THAT(save_version(2, "two"), HasSubstr("not saved"));
  note({targeted(3, Level::off(), Level::full())});
  EXPECT_TRUE(read_version(1));
  EXPECT_THAT(list_versions(), SizeIs(1));
}

TEST_F(ReadOnlyTest, SavesAgainOnceItMay) {
  open();
  EXPECT_EQ(save_version(1, "one"), "");
  store_.reset();
  forbid_writing();
  open({.level_delay = std::chrono::milliseconds(1), .retry_delay = std::chrono::milliseconds(1)});
  std::promise<std::string> bad;
  std::promise<void> good;
  store_->on_trouble([&](const std::string& trouble) {
    if (trouble.empty()) {
      good.set_value();
    } else {
      bad.set_value(trouble);
    }
  });
  EXPECT_THAT(bad.get_future().get(), HasSubstr("Permission denied"));
  note({targeted(2, Level::off(), Level::full())});
  allow_writing();
  good.get_future().wait();
  EXPECT_EQ(save_client(1, "hub"), "");
  open();
  EXPECT_EQ(contents_.clients.size(), 1U);
  EXPECT_EQ(contents_.state.zones.size(), 1U) << "levels waited for the disk";
  EXPECT_THAT(contents_.warnings, IsEmpty());
}

TEST_F(ReadOnlyTest, AfterAPowerCutToo) {
  open();
  EXPECT_EQ(save_version(1, "one"), "");
  note({targeted(2, Level::off(), Level::full())});
  wait_for_levels();
  const fs::path image = root_ / "image";
  fs::copy(directory_, image);
  store_.reset();
  fs::remove_all(directory_);
  fs::rename(image, directory_);
  ASSERT_TRUE(fs::exists(directory_ / "candela.db-wal"));
  forbid_writing();
  open();
  EXPECT_EQ(contents_.active->number, 1U);
  EXPECT_EQ(contents_.state.zones.size(), 1U);
}

TEST_F(ReadOnlyTest, NothingThereIsAnError) {
  fs::create_directories(directory_);
  forbid_writing();
  Store::Contents contents;
  const auto opened = Store::open(directory_, contents);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, AllOf(HasSubstr("cannot be written"), HasSubstr("nothing is kept in it")));
}

TEST_F(StoreTest, ADirectoryThatCannotBeMadeIsAnError) {
  write(root_ / "file", "in the way");
  Store::Contents contents;
  const auto opened = Store::open(root_ / "file", contents);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("cannot make the state directory"));
}

}  // namespace
}  // namespace candela
