#include "project/complaints.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace candela::project {
namespace {

/// Where each line of a text begins.
std::vector<std::size_t> line_starts(std::string_view text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(at + 1);
  }
  return starts;
}

/// People and editors count characters, the parser counts bytes.
std::size_t characters(std::string_view bytes) {
  return static_cast<std::size_t>(
      std::count_if(bytes.begin(), bytes.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

/// A complaint is one line to read, however long the text is that it quotes.
std::string clipped(std::string text) {
  constexpr std::size_t kLongest = 400;
  if (text.size() <= kLongest) return text;
  std::size_t end = kLongest;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  text.resize(end);
  return text + "...";
}

}  // namespace

std::string Complaint::text() const {
  std::string place = file;
  if (line > 0) place += fmt::format(":{}:{}", line, column);
  const char* kind = severity == Severity::error ? "error" : "warning";
  return fmt::format("{}: {}: {} [{}]{}{}", place, kind, message, rule, remedy.empty() ? "" : " remedy: ", remedy);
}

void Complaints::add(Complaint::Severity severity, Mark mark, std::string_view rule, std::string message,
                     std::string remedy) {
  std::size_t& so_far = severity == Complaint::Severity::error ? errors_ : warnings_;
  if (++so_far > kMax) return;
  Complaint complaint;
  complaint.severity = severity;
  complaint.rule = rule;
  complaint.message = clipped(std::move(message));
  complaint.remedy = clipped(std::move(remedy));
  entries_.push_back({mark, std::move(complaint)});
}

std::vector<Complaint> Complaints::take() {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.mark.file, a.mark.line, a.mark.column) < std::tie(b.mark.file, b.mark.line, b.mark.column);
  });
  std::vector<Complaint> result;
  result.reserve(entries_.size() + 1);
  std::vector<std::size_t> starts;
  std::size_t starts_of = files_.size();
  for (Entry& entry : entries_) {
    const auto [file, line, column] = entry.mark;
    Complaint& complaint = entry.complaint;
    if (file < files_.size()) {
      complaint.file = files_[file].name;
      if (starts_of != file) starts = line_starts(files_[file].text);
      starts_of = file;
      if (line > 0 && line <= starts.size()) {
        const std::string_view text(files_[file].text);
        const std::size_t start = starts[line - 1];
        complaint.line = static_cast<int>(line);
        complaint.column = 1 + static_cast<int>(characters(text.substr(start, column > 0 ? column - 1 : 0)));
      }
    }
    result.push_back(std::move(complaint));
  }
  if (count() > result.size()) {
    Complaint more;
    more.severity = has_errors() ? Complaint::Severity::error : Complaint::Severity::warning;
    more.file = result.back().file;
    more.rule = "too-many-complaints";
    more.message = fmt::format("and {} more", count() - result.size());
    more.remedy = "mend the ones above first";
    result.push_back(std::move(more));
  }
  entries_.clear();
  errors_ = warnings_ = 0;
  return result;
}

std::string Complaints::place(Mark mark) const {
  return mark.file < files_.size() ? fmt::format("{}:{}", files_[mark.file].name, mark.line) : std::string();
}

}  // namespace candela::project
