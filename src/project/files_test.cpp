// A project may be one file or a folder of them.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "project/test_home.h"

namespace candela::project {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A folder that goes away again.
class Folder : public ::testing::Test {
 protected:
  Folder() {
    std::string name = (fs::temp_directory_path() / "candela-project-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() override {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  Reading read_folder() const {
    const auto files = load_files(path_);
    EXPECT_TRUE(files);
    Numbering numbering;
    return files ? read(*files, numbering) : Reading{};
  }

  fs::path path_;
};

std::string part_of(std::string_view from, std::string_view to) {
  const std::size_t begin = kTestHome.find(from);
  return std::string(kTestHome.substr(begin, to.empty() ? std::string_view::npos : kTestHome.find(to) - begin));
}

TEST_F(Folder, is_read_as_one_project) {
  write("10-home.yaml", part_of("candela:", "devices:"));
  write("20-devices.yaml", "candela: 1\n" + part_of("devices:", "areas:"));
  write("30-rooms.yaml", part_of("areas:", ""));
  write("40-garden.yaml", "areas:\n  - {id: garden, name: Garden}\n");
  write("notes.txt", "not a project file");
  write(".hidden.yaml", "nor this");
  const Reading reading = read_folder();
  ASSERT_TRUE(reading.project) << texts(reading);
  EXPECT_TRUE(reading.project->find_area("garden"));
  EXPECT_EQ(reading.project->zones.size(), read_text(std::string(kTestHome)).project->zones.size());
}

TEST_F(Folder, has_complaints_with_the_file_they_are_about) {
  write("a.yaml", kTestHome);
  write("b.yaml", "candela: 1\nproject: {name: Another}\nareas:\n  - {id: hall, name: Hall}\n");
  EXPECT_EQ(texts(read_folder()),
            "b.yaml:2:1: error: 'project' is in two files [duplicate-section] remedy: keep it in one of them\n"
            "b.yaml:4:10: error: the id 'hall' is already that of an area (a.yaml:19) [duplicate-id] remedy: give each "
            "object "
            "of the project an id of its own\n");
}

TEST_F(Folder, has_complaints_about_all_files_that_cannot_be_parsed) {
  write("a.yaml", "a: [\n");
  write("b.yaml", "b: &x 1\n");
  const Reading reading = read_folder();
  ASSERT_EQ(reading.complaints.size(), 2U) << texts(reading);
  EXPECT_EQ(reading.complaints[0].file, "a.yaml");
  EXPECT_EQ(reading.complaints[1].file, "b.yaml");
}

TEST_F(Folder, may_be_a_single_file) {
  write("home.yaml", kTestHome);
  const auto files = load_files(path_ / "home.yaml");
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(files->front().name, "home.yaml");
  EXPECT_EQ(files->front().text, kTestHome);
}

TEST_F(Folder, must_be_there_and_hold_something) {
  EXPECT_THAT(load_files(path_).error().message, HasSubstr("no file *.yaml in this folder"));
  EXPECT_THAT(load_files(path_ / "none.yaml").error().message, HasSubstr("there is no such file or folder"));
}

TEST_F(Folder, must_not_be_too_large) {
  constexpr std::size_t kMost = 16 * 1024 * 1024;
  write("a.yaml", std::string(kMost / 2, ' '));
  write("b.yaml", std::string(kMost / 2, ' '));
  EXPECT_TRUE(load_files(path_));
  write("c.yaml", " ");
  EXPECT_THAT(load_files(path_).error().message, HasSubstr("16 MiB in all"));
}

TEST_F(Folder, must_not_hold_too_many_files) {
  for (int i = 0; i < 256; ++i) write(fmt::format("{}.yaml", i), "");
  EXPECT_TRUE(load_files(path_));
  write("one-more.yaml", "");
  EXPECT_THAT(load_files(path_).error().message, HasSubstr("more than 256 project files"));
}

TEST(LoadFiles, stops_at_the_bound_of_an_endless_file) {
  const auto files = load_files("/dev/zero");
  ASSERT_FALSE(files);
  EXPECT_THAT(files.error().message, HasSubstr("16 MiB in all"));
}

}  // namespace
}  // namespace candela::project
