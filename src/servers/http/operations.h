#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/client.h"

namespace candela::servers::http {

/// What is answered when an operation went well.
enum class Reply : std::uint8_t {
  told,   ///< 200 with what the command answers
  one,    ///< 200 with the one object in the command's list
  taken,  ///< 202: what follows from it comes as changes
  made,   ///< 201 with what was made
  done,   ///< 204
};

/// What only the API does, and no command: Api has a function for each.
enum class Special : std::uint8_t { none, home, state, feed, live, description, zone, press, release, tap, hold };

/// A row of the API: a method and a path, who may use it, and what does it.
struct Operation {
  std::string_view method;
  std::string_view path;  ///< after /api/; {id} stands for one segment
  Role least;
  Reply reply;
  std::string_view command;  ///< a word of servers/requests/commands.h
  std::string_view id;       ///< the command's member that {id} is
  std::string_view members;  ///< of the query for GET, else of the body, with blanks between
  std::string_view fixed;    ///< further members, as JSON
  Special special = Special::none;
  bool long_body = false;  ///< a whole project
};

std::span<const Operation> operations();

/// %41 is "A"; none = it is badly encoded.
std::optional<std::string> percent_decoded(std::string_view text);

struct Found {
  const Operation* operation = nullptr;   ///< nullptr: nothing has this path with this method
  std::string id;                         ///< {id}, decoded
  std::vector<std::string_view> methods;  ///< that the path has, HEAD for each GET; empty: there is no such path
};
/// REQUIRES: the path begins with /api/.
Found find_operation(std::string_view method, std::string_view path);

}  // namespace candela::servers::http
