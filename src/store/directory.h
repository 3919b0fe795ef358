#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/book.h"

namespace candela::store {

/// The two books of a state directory: `candela.db`, which is worked with, and `last-good.db`, which follows it record
/// by record, so that any one damaged byte in either loses nothing that was acknowledged.
struct Directory {
  std::unique_ptr<Book> main;         ///< nullptr if it cannot be written now
  std::unique_ptr<Book> copy;         ///< nullptr if it cannot be written now
  std::string trouble;                ///< why one of them cannot
  std::vector<std::string> warnings;  ///< what was found damaged and what was done about it
};

/// Opens both, or makes them; whichever is damaged or behind is set aside and made again from the other.
/// Errors: in use by another process, of a newer format.
Result<Directory> open_directory(const std::filesystem::path& directory);

/// Makes last-good.db again from `main`; a damaged one is set aside.
Result<std::unique_ptr<Book>> renew_copy(Book& main, const std::filesystem::path& directory);

/// Sets a database and what belongs to it aside. Returns the name it has now (empty: there was none), or why it could
/// not be moved.
Result<std::string> put_away(const std::filesystem::path& file);

/// Why nothing can be written into the directory or to the files there; empty if it can.
std::string why_unwritable(const std::filesystem::path& directory);

/// A private copy of what is in a directory that cannot be written, so that it can be read with all repairs made.
class PrivateCopy {
 public:
  static Result<std::unique_ptr<PrivateCopy>> make(const std::filesystem::path& directory);
  ~PrivateCopy();
  PrivateCopy(const PrivateCopy&) = delete;
  PrivateCopy& operator=(const PrivateCopy&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit PrivateCopy(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace candela::store
