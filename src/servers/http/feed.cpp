#include "servers/http/feed.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "model/words.h"

namespace candela::servers::http {
namespace {

bool is_worth_telling(const Change& change) { return !std::holds_alternative<LedChanged>(change.what); }

}  // namespace

void Feed::add(std::span<const Change> changes, ProjectPtr project) {
  if (project != project_) change_project(std::move(project));
  for (const Change& change : changes) {
    if (!is_worth_telling(change)) continue;
    if (entries_.size() == kMaxEntries) entries_.pop_front();
    entries_.push_back({next_number_++, change.at.utc, change.cause.event, change, {}, {}});
  }
}

/// Older entries name objects of the project that goes: they are told in its words, and let go of it.
void Feed::change_project(ProjectPtr project) {
  for (Entry& entry : entries_) put_into_words(entry);
  project_ = std::move(project);
}

void Feed::put_into_words(Entry& entry) const {
  if (!entry.untold) return;
  entry.text = describe(*entry.untold, *project_);
  entry.because = describe(entry.untold->cause, *project_, clients_);
  entry.untold.reset();
}

boost::json::array Feed::newest(std::size_t count) {
  return after(next_number_ - 1 - std::min<std::uint64_t>(count, next_number_ - 1));
}

boost::json::array Feed::after(std::uint64_t number) {
  boost::json::array told;
  for (Entry& entry : entries_) {
    if (entry.number <= number) continue;
    put_into_words(entry);
    if (entry.text.empty()) continue;
    told.push_back({{"number", entry.number},
                    {"time", iso_text(entry.time)},
                    {"event", entry.event},
                    {"text", entry.text},
                    {"because", entry.because}});
  }
  return told;
}

}  // namespace candela::servers::http
