#include "base/durable_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace candela {
namespace {

namespace fs = std::filesystem;

class DurableFileTest : public testing::Test {
 protected:
  DurableFileTest() {
    std::string pattern = (fs::temp_directory_path() / "candela-file-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  ~DurableFileTest() override { fs::remove_all(directory_); }

  std::size_t count() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_), {})); }

  fs::path directory_;
};

TEST_F(DurableFileTest, WritesAndReplacesWithExactModeAndLeavesNothingBeside) {
  const fs::path file = directory_ / "key.pem";
  const mode_t old = ::umask(0);
  ASSERT_TRUE(write_durably(file, "one", 0600));
  ASSERT_TRUE(write_durably(file, "two", 0600));
  ::umask(old);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  EXPECT_EQ(*read_file(file, 10), "two");
  EXPECT_EQ(count(), 1U);
}

TEST_F(DurableFileTest, SaysWhatCannotBeRead) {
  EXPECT_NE(read_file(directory_ / "absent", 10).error().message.find("absent"), std::string::npos);
  ASSERT_TRUE(write_durably(directory_ / "large", std::string(11, 'x'), 0600));
  EXPECT_FALSE(read_file(directory_ / "large", 10));
  EXPECT_TRUE(read_file(directory_ / "large", 11));
}

TEST_F(DurableFileTest, SaysWhatCannotBeWritten) {
  EXPECT_FALSE(write_durably(directory_ / "no-folder" / "file", "x", 0600));
  fs::create_directory(directory_ / "taken");
  EXPECT_FALSE(write_durably(directory_ / "taken", "x", 0600));
  EXPECT_EQ(count(), 1U) << "the half-made file is gone again";
}

TEST_F(DurableFileTest, SetsAsideUnderADatedNameAndKeepsThree) {
  const fs::path file = directory_ / "candela.db";
  for (int i = 0; i < 5; ++i) {
    std::ofstream(file) << i;
    const auto aside = set_aside(file);
    ASSERT_TRUE(aside);
    EXPECT_TRUE(fs::exists(*aside));
    EXPECT_FALSE(fs::exists(file));
  }
  EXPECT_EQ(count(), 3U);
  EXPECT_FALSE(set_aside(file)) << "there is nothing to set aside";
}

}  // namespace
}  // namespace candela
