#include "servers/admin/commands.h"

#include <boost/json.hpp>

#include "model/describe.h"
#include "model/words.h"
#include "servers/requests/commands.h"

namespace candela::servers::admin {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using requests::Answer;
using requests::text_of;

Answer move_button(std::string_view command, const json::object& request, const Context& context,
                   PressedButtons& pressed) {
  const auto button = requests::look_up(context.view.project()->buttons, "button", text_of(request, "button"));
  if (!button) return button.error();
  const ButtonId number = (*button)->number;
  if (!(command == "release" ? pressed.release(number) : pressed.press(number))) return requests::busy();
  return json::value(nullptr);
}

}  // namespace

asio::awaitable<Answer> carry_out(const json::object& request, const Context& context, PressedButtons& pressed) {
  const std::string word = text_of(request, "command");
  if (word == "press" || word == "release") co_return move_button(word, request, context, pressed);
  const requests::Command* command = requests::find_command(word);
  if (command == nullptr) co_return Error{"unknown command \"" + word + "\""};
  const requests::Asking asking{context, kCommandSource};
  co_return co_await requests::carry_out(*command, request, asking);
}

json::value feed_entry(const Change& change, const Context& context) {
  const Project& project = *context.view.project();
  const std::string text = describe(change, project);
  if (text.empty()) return nullptr;
  return {{"time", iso_text(change.at.utc)},
          {"text", text},
          {"because", describe(change.cause, project, requests::client_names(context))}};
}

}  // namespace candela::servers::admin
