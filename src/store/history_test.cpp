#include "store/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <future>

#include "model/small_home.h"
#include "store/faulty_disk.h"

namespace candela {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr UtcTime kNoon = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + std::chrono::hours(12);
constexpr ZoneId kCeiling{4};

class HistoryTest : public ::testing::Test {
 protected:
  HistoryTest() {
    const fs::path parent = fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string pattern = (parent / "candela-history-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  ~HistoryTest() override {
    history_.reset();
    fs::remove_all(directory_);
  }

  void open(History::Options options = {}) {
    history_.reset();
    history_ = History::open(directory_, options);
    history_->know({ClientId{1}, "tablet", Role::control, "", "", kNoon});
    project(testing::small_home());
  }
  void project(Project home) {
    home_ = std::make_shared<const Project>(std::move(home));
    const Change activated{{{}, kNoon}, {}, ProjectActivated{home_}};
    history_->note({&activated, 1});
  }
  void note(Change change) { history_->note({&change, 1}); }
  static Change set(UtcTime at, Level to, ZoneId zone = kCeiling) {
    Cause cause;
    cause.source = {Source::Kind::client, ClientId{1}};
    return {{{}, at}, cause.then(CauseStep::Kind::zone_commanded, zone.value), ZoneTargeted{zone, {{}, to, {}, {}}}};
  }
  Result<std::vector<Happening>> find(HistoryQuery query) {
    std::promise<Result<std::vector<Happening>>> said;
    history_->find(std::move(query), [&](auto found) { said.set_value(std::move(found)); });
    return said.get_future().get();
  }
  std::vector<Happening> of(ZoneId zone, std::uint32_t limit = 100) {
    HistoryQuery query;
    query.object = zone.value;
    query.limit = limit;
    auto found = find(query);
    EXPECT_TRUE(found) << found.error().message;
    return found ? std::move(*found) : std::vector<Happening>();
  }

  fs::path directory_;
  ProjectPtr home_;
  std::unique_ptr<History> history_;
};

TEST_F(HistoryTest, KeepsWhatHappenedOverARestart) {
  open();
  note(set(kNoon, Level::full()));
  note({{{}, kNoon}, {}, LedChanged{{13}, LedState::on}});
  note(set(kNoon + std::chrono::seconds(1), Level::from_percent(40)));
  open();
  const auto past = of(kCeiling);
  ASSERT_THAT(past, SizeIs(2));
  EXPECT_EQ(past[0].text, "Hall Ceiling goes to 40 %");
  EXPECT_EQ(past[0].reason, "client tablet");
  EXPECT_TRUE(past[0].by_doer);
  EXPECT_TRUE(past[0].by_people);
  EXPECT_EQ(past[0].area, AreaId{3});
  EXPECT_EQ(past[0].fade.to, Level::from_percent(40));
  EXPECT_EQ(past[0].time, kNoon + std::chrono::seconds(1));
  EXPECT_EQ(past[1].text, "Hall Ceiling goes to 100 %");
  EXPECT_LT(past[1].number, past[0].number);
  struct stat status {};
  ASSERT_EQ(::stat((directory_ / "history.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(HistoryTest, OldEntriesStayReadableWhenTheirObjectsAreGone) {
  open();
  note(set(kNoon, Level::full()));
  project(Project());
  note(set(kNoon + std::chrono::seconds(1), Level::from_percent(20)));
  const auto past = of(kCeiling);
  ASSERT_THAT(past, SizeIs(2));
  EXPECT_EQ(past[0].text, "deleted zone 4 goes to 20 %");
  EXPECT_EQ(past[1].text, "Hall Ceiling goes to 100 %");
}

TEST_F(HistoryTest, FindsByObjectAreaTimeKindAndPeople) {
  open();
  for (int i = 0; i < 10; ++i) {
    note(set(kNoon + std::chrono::seconds(i), Level::from_raw(i + 1), ZoneId{i % 2 == 0 ? 4U : 5U}));
  }
  note({{{}, kNoon}, {}, LinkChanged{{7}, LinkFault::port_closed}});
  EXPECT_THAT(of(kCeiling), SizeIs(5));
  EXPECT_THAT(of(kCeiling, 2), SizeIs(2));
  HistoryQuery query;
  query.from = kNoon + std::chrono::seconds(3);
  query.to = kNoon + std::chrono::seconds(5);
  EXPECT_THAT(*find(query), SizeIs(3));
  query = {};
  query.areas = {AreaId{3}};
  EXPECT_THAT(*find(query), SizeIs(10));
  query.areas = {AreaId{2}};
  EXPECT_THAT(*find(query), IsEmpty());
  query = {};
  query.kind = Happening::Kind::link;
  ASSERT_THAT(*find(query), SizeIs(1));
  EXPECT_THAT(find(query)->at(0).text, HasSubstr("the link Wired"));
  query = {};
  query.by_people = true;
  EXPECT_THAT(*find(query), SizeIs(10));
}

TEST_F(HistoryTest, OfAThermostatOnlyWhatItIsSetToIsKept) {
  open();
  for (std::int16_t temperature = 2000; temperature < 2010; ++temperature) {
    note({{{}, kNoon}, {}, ClimateChanged{kCeiling, ClimateMode::heat, 2100, 2600, temperature}});
  }
  note({{{}, kNoon}, {}, ClimateChanged{kCeiling, ClimateMode::heat, 2200, 2600, 2010}});
  EXPECT_THAT(of(kCeiling), SizeIs(2));
}

TEST_F(HistoryTest, GivesAwayWhatPeopleDidInTheLastTwoWeeks) {
  Project home = testing::small_home();
  home.away.zones = {kCeiling};
  home.build_index();
  open();
  note(set(kNoon - std::chrono::days(15), Level::full()));
  note(set(kNoon - std::chrono::days(3), Level::full()));
  note(set(kNoon - std::chrono::days(2), Level::off()));
  note(set(kNoon - std::chrono::days(2), Level::off(), ZoneId{5}));
  Change by_clock = set(kNoon - std::chrono::days(1), Level::full());
  by_clock.cause = {};
  note(by_clock);
  EXPECT_THAT(switchings(*history_, home, kNoon),
              ElementsAre(SavedState::Switching{kCeiling, Level::full(), kNoon - std::chrono::days(3)},
                          SavedState::Switching{kCeiling, Level::off(), kNoon - std::chrono::days(2)}));
}

TEST_F(HistoryTest, ForgetsWhatIsTooOld) {
  open({.limits = {.age = std::chrono::days(10)}, .delay = std::chrono::milliseconds(1)});
  for (int day = 0; day < 30; ++day) note(set(kNoon + std::chrono::days(day), Level::full()));
  of(kCeiling);  // written, and shortened
  const auto past = of(kCeiling);
  ASSERT_THAT(past, SizeIs(11));
  EXPECT_EQ(past.back().time, kNoon + std::chrono::days(19));
}

TEST_F(HistoryTest, ATimeThatNobodyVouchesForMakesNothingOld) {
  open({.limits = {.age = std::chrono::days(10)}});
  note(set(kNoon, Level::full()));
  note({{{}, kNoon}, {}, ClockChanged{false}});
  note(set(kNoon + std::chrono::days(4000), Level::full()));
  of(kCeiling);
  EXPECT_THAT(of(kCeiling), SizeIs(2));
}

TEST_F(HistoryTest, StaysWithinItsSizeAndTheNewestStay) {
  constexpr std::uint64_t kBytes = 256U << 10U;
  open({.limits = {.bytes = kBytes}, .delay = std::chrono::milliseconds(1)});
  constexpr int kRounds = 40;
  constexpr int kEach = 1000;
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < kEach; ++i) {
      note(set(kNoon + std::chrono::seconds(round * kEach + i), Level::from_raw(i)));
    }
    ASSERT_FALSE(of(kCeiling, 1).empty());
  }
  const auto past = of(kCeiling, 1'000'000);
  EXPECT_LT(past.size(), kRounds * kEach / 2U);
  ASSERT_GT(past.size(), 100U);
  EXPECT_EQ(past.front().time, kNoon + std::chrono::seconds(kRounds * kEach - 1));
  for (std::size_t i = 1; i < past.size(); ++i) {
    ASSERT_EQ(past[i - 1].time - past[i].time, std::chrono::seconds(1)) << "the oldest went";
  }
  history_.reset();
  EXPECT_LT(fs::file_size(directory_ / "history.db"), 2 * kBytes);
}

TEST_F(HistoryTest, ADamagedFileIsSetAsideAndToldOnce) {
  for (int i = 0; i < 3; ++i) {
    history_.reset();
    std::ofstream(directory_ / "history.db") << "rubbish, and much of it " << std::string(5000, 'x');
    open();
    std::promise<std::string> warned;
    history_->on_trouble([](const std::string&) {}, [&](std::string warning) { warned.set_value(std::move(warning)); });
    EXPECT_THAT(warned.get_future().get(), HasSubstr("history.db is damaged"));
    note(set(kNoon, Level::full()));
    EXPECT_THAT(of(kCeiling), SizeIs(1));
  }
  const auto aside = [](const auto& entry) {
    return entry.path().filename().string().find("damaged-") != std::string::npos;
  };
  EXPECT_EQ(std::count_if(fs::directory_iterator(directory_), {}, aside), 1) << "only the last one is kept";
}

TEST_F(HistoryTest, DamageFoundLaterIsSetAsideToo) {
  open();
  for (int i = 0; i < 5000; ++i) note(set(kNoon + std::chrono::seconds(i), Level::from_raw(i)));
  history_.reset();
  {
    std::fstream file(directory_ / "history.db", std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<std::streamoff>(fs::file_size(directory_ / "history.db"));
    for (std::streamoff at = 4096; at < size; at += 4096) {
      file.seekp(at);
      file << std::string(64, '\xFF');
    }
  }
  open();
  HistoryQuery all;
  all.limit = History::kMaxFound;
  for (int i = 0; i < 2; ++i) static_cast<void>(find(all));
  note(set(kNoon, Level::full()));
  EXPECT_EQ(of(kCeiling).at(0).time, kNoon);
}

TEST_F(HistoryTest, AFullDiskIsToldOnceAndNothingWaitsForIt) {
  store::FaultyDisk disk;
  open({.delay = std::chrono::milliseconds(1), .retry_delay = std::chrono::milliseconds(1)});
  EXPECT_THAT(of(kCeiling), IsEmpty());
  std::vector<std::string> told;  // on the history's thread only, until it is closed
  std::promise<void> bad;
  std::promise<void> good;
  history_->on_trouble(
      [&](const std::string& trouble) {
        told.push_back(trouble);
        (trouble.empty() ? good : bad).set_value();
      },
      [](const std::string&) {});
  disk.fail(0, SQLITE_FULL);
  note(set(kNoon, Level::full()));
  bad.get_future().wait();
  note(set(kNoon + std::chrono::seconds(1), Level::off()));
  disk.heal();
  good.get_future().wait();
  EXPECT_THAT(of(kCeiling), SizeIs(2)) << "what happened meanwhile has waited";
  history_.reset();
  EXPECT_THAT(told, ElementsAre(HasSubstr("the disk is full"), ""));
}

TEST_F(HistoryTest, BeyondTheBoundItSaysHowMuchIsMissing) {
  open();
  std::promise<void> go;
  std::promise<void> begun;
  HistoryQuery nothing;
  nothing.limit = 0;
  history_->find(nothing, [&](const auto&) {
    begun.set_value();
    go.get_future().wait();
  });
  begun.get_future().wait();
  for (std::size_t i = 0; i < History::kMaxWaiting + 7; ++i) {
    note(set(kNoon + std::chrono::milliseconds(i), Level::from_raw(1)));
  }
  go.set_value();
  HistoryQuery gaps;
  gaps.kind = Happening::Kind::gap;
  const auto found = find(gaps);
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_EQ(found->at(0).text, "7 happenings were not kept");
}

TEST_F(HistoryTest, KeepsWhatIsNoChangeOfTheHouse) {
  open();
  Happening added;
  added.time = kNoon;
  added.kind = Happening::Kind::access;
  added.text = "client \"tablet\" was added as control";
  added.reason = "the candela command";
  added.by_doer = true;
  history_->tell(added);
  HistoryQuery access;
  access.kind = Happening::Kind::access;
  auto found = find(access);
  ASSERT_THAT(*found, SizeIs(1));
  added.number = found->at(0).number;
  EXPECT_EQ(found->at(0), added);
}

TEST_F(HistoryTest, ADirectoryThatIsNoneIsToldAndNothingElse) {
  std::ofstream(directory_ / "file") << "in the way";
  history_ = History::open(directory_ / "file" / "state");
  project(testing::small_home());
  note(set(kNoon, Level::full()));
  const auto found = find({});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().message, HasSubstr("there is no history"));
}

}  // namespace
}  // namespace candela
