// Any text is read as a project or refused with an error; the numbers change only with a project.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "project/project_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using candela::project::Complaint;
  std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<candela::project::File> files;
  // A form feed, which no project file holds, parts the input into files.
  for (std::size_t part; (part = text.find('\f')) != std::string::npos && files.size() < 4; text.erase(0, part + 1)) {
    files.push_back({"part.yaml", text.substr(0, part)});
  }
  files.push_back({"last.yaml", text});

  candela::Numbering numbering;
  const auto reading = candela::project::read(files, numbering);
  const bool has_error = std::any_of(reading.complaints.begin(), reading.complaints.end(),
                                     [](const Complaint& it) { return it.severity == Complaint::Severity::error; });
  if (reading.project.has_value() == has_error) std::abort();
  if (numbering.all().empty() != has_error) std::abort();
  for (const Complaint& complaint : reading.complaints) {
    if (complaint.rule == "schema") std::abort();  // the validator and the explainer differ
    if (complaint.text().find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
