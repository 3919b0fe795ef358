// What a client sends, byte for byte: cut into lines, through the login, each command read and answered, all of it sent
// as segments. Whatever comes in, what goes out are whole lines and prompts.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "protocols/lip/command.h"
#include "protocols/lip/line_reader.h"
#include "protocols/lip/login.h"
#include "protocols/lip/monitoring.h"
#include "protocols/lip/outbox.h"
#include "protocols/lip/report.h"

namespace {

using namespace candela::lip;

constexpr std::string_view kPrompt = "QNET> ";

void require(bool condition) {
  if (!condition) std::abort();
}

/// An answer that shows everything that was read.
std::string answer(const Command& command, Monitoring& monitoring) {
  if (command.kind == Command::Kind::faulty) return error_line(command.fault);
  if (command.kind != Command::Kind::operation) return {};
  const Completed completed = complete(command);
  require((completed.action == nullptr) == (completed.fault != Fault::none));
  if (completed.action == nullptr) return error_line(completed.fault);
  const Values& values = completed.values;
  for (std::size_t i = 0; i < values.count; ++i) {
    const Field field = completed.action->fields.at(i);
    require(field != Field::level || (values.numbers.at(i) >= 0 && values.numbers.at(i) <= 100));
    require(field != Field::time || (values.numbers.at(i) >= 0 && values.time(i) <= kLongest));
  }
  switch (command.verb) {
    case Verb::monitoring:
      if (values.has(1)) monitoring.set(values.whole(0), values.whole(1) == 1);
      return line_of("MONITORING", values.whole(0), monitoring.is_on(values.whole(0)) ? 1 : 2);
    case Verb::help: return help(command.texts[0], command.texts[1]);
    case Verb::output: return output_line(command.id, values.level(0));
    default: return line_of(word(command.verb), command.id, command.action);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  LineReader reader;
  Login login;
  Monitoring monitoring;
  Outbox outbox;
  bool admitted = false;
  candela::MonoTime now{};
  while (const auto line = reader.next(bytes)) {
    require(line->text.size() <= kLineMax);
    if (!admitted) {
      admitted = login.line(line->text) == Login::Next::check && (login.password() == "good" || !login.refused());
      outbox.prompt(kLoginPrompt);
    } else {
      const std::string text = line->too_long ? error_line(Fault::malformed) : answer(parse(line->text), monitoring);
      require(text.empty() || text.ends_with("\r\n"));
      outbox.answer(text);
      if (monitoring.is_on(Monitor::prompt)) outbox.prompt(kPrompt, now + Outbox::kPatience);
      if (line->text.ends_with('9')) outbox.event("~OUTPUT,9,1,9.00\r\n", now);
    }
    while (const auto segment = outbox.take(now)) require(segment->ends_with("\r\n") || segment->ends_with(" "));
    now += Outbox::kGap / 2;
  }
  require(reader.take_answers().size() % 3 == 0);
  return 0;
}
