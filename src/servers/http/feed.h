#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>

#include "model/change.h"
#include "model/describe.h"

namespace candela::servers::http {

/// What happened lately. Changes are kept as they are and put into words only when somebody asks: a home that nobody
/// watches pays nothing for it. LEDs are left out, as they say again what the zones say.
class Feed {
 public:
  static constexpr std::size_t kMaxEntries = 500;  ///< then the oldest go

  explicit Feed(ClientNames clients) : clients_(std::move(clients)) {}

  /// `project` is the one the changes happened under.
  void add(std::span<const Change> changes, ProjectPtr project);

  /// The newest `count` entries, oldest first (schema/api.yaml, FeedEntry).
  boost::json::array newest(std::size_t count);
  /// The entries after this number, as far as they are kept.
  boost::json::array after(std::uint64_t number);
  /// Why, in words.
  std::string because(const Cause& cause, const Project& project) const { return describe(cause, project, clients_); }
  std::uint64_t last_number() const { return next_number_ - 1; }

 private:
  struct Entry {
    std::uint64_t number = 0;
    UtcTime time{};
    std::uint64_t event = 0;
    std::optional<Change> untold;  ///< until it is put into words
    std::string text;
    std::string because;
  };
  void put_into_words(Entry& entry) const;
  void change_project(ProjectPtr project);

  ClientNames clients_;
  ProjectPtr project_;
  std::deque<Entry> entries_;
  std::uint64_t next_number_ = 1;
};

}  // namespace candela::servers::http
