#pragma once

// For the tests of this room only.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/store.h"

namespace candela {

namespace fs = std::filesystem;

inline constexpr UtcTime kNoon = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1} + std::chrono::hours(12);

class StoreTest : public ::testing::Test {
 protected:
  StoreTest() {
    // In memory where possible: these tests sync a lot, and want to know what is written, not how fast.
    const fs::path parent = fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string pattern = (parent / "candela-store-XXXXXX").string();
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

  /// Waits for the answer; "" = saved.
  static std::string answer(const std::function<void(Store::Saved)>& ask) {
    std::promise<std::string> said;
    ask([&](const Outcome& outcome) { said.set_value(outcome ? "" : outcome.error().message); });
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
  std::string save_account(const Account& account) {
    return answer([&](Store::Saved saved) { store_->save_account(account, std::move(saved)); });
  }
  std::string save_token(const Token& token) {
    return answer([&](Store::Saved saved) { store_->save_token(token, std::move(saved)); });
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
  template <class What>
  static Change change(What what) {
    return {Now{MonoTime(), kNoon}, {}, std::move(what)};
  }
  void note(std::vector<Change> changes) { store_->note(changes); }
  /// Waits until what was noted is written.
  void wait_for_levels() {
    list_versions();  // levels are written after it at the latest
    list_versions();  // comes after that
  }

  fs::path root_;
  fs::path directory_;
  Store::Contents contents_;
  std::unique_ptr<Store> store_;
};

}  // namespace candela
