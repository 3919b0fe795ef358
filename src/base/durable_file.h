#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace candela {

/// Writes `text` so that after a power cut the file has either its old contents or the new ones, never a mixture: to a
/// file beside it, synced, renamed over it, the directory synced. The mode is exact, whatever the umask.
Outcome write_durably(const std::filesystem::path& file, std::string_view text, mode_t mode);

/// Syncs the contents and mode of `from`, then renames it to `to`, durably.
Outcome move_durably(const std::filesystem::path& from, const std::filesystem::path& to, mode_t mode);

/// Errors: not there, not readable, more than `limit` bytes.
Result<std::string> read_file(const std::filesystem::path& file, std::size_t limit);

/// Renames a damaged file to NAME.damaged-DATE, the date being that of its last change, so that people can look at it.
/// Only the newest three of a name are kept. Returns the new path.
Result<std::filesystem::path> set_aside(const std::filesystem::path& file);

}  // namespace candela
