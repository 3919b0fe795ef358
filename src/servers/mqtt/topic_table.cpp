#include "servers/mqtt/topic_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace candela::servers::mqtt {
namespace {

std::array<std::span<const Row>, 4> all_rows() { return {zone_rows(), equipment_rows(), program_rows(), house_rows()}; }

}  // namespace

const Row* find_row(Kind kind, std::string_view what) {
  for (const std::span<const Row> rows : all_rows()) {
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const Row& it) { return it.kind == kind && it.what == what; });
    if (row != rows.end()) return &*row;
  }
  return nullptr;
}

void write_states(const Sight& sight, std::string_view prefix, Object object, std::vector<Message>& into) {
  const std::string_view id = id_of(*sight.view.project(), object);
  if (object.kind != Kind::house && !is_topic_word(id)) return;
  std::string payload;
  for (const std::span<const Row> rows : all_rows()) {
    for (const Row& row : rows) {
      if (row.kind != object.kind || row.write == nullptr) continue;
      payload.clear();
      if (row.write(sight, object.number, payload)) into.push_back({topic_of(prefix, row.kind, id, row.what), payload});
    }
  }
}

Result<Orders> read_command(const Sight& sight, std::string_view prefix, std::string_view topic,
                            std::string_view payload) {
  const auto parts = read_topic(prefix, topic);
  const Row* const row = parts && parts->is_command ? find_row(parts->kind, parts->what) : nullptr;
  if (row == nullptr || row->read == nullptr) return Error{"there is no such command"};
  if (payload.size() > kLongestCommand) return Error{fmt::format("it is longer than {} bytes", kLongestCommand)};
  const auto object = find(*sight.view.project(), parts->kind, parts->id);
  if (!object) return Error{"this home has nothing of that id"};
  return row->read(sight, object->number, payload);
}

}  // namespace candela::servers::mqtt
