#pragma once

// For the tests of this room only.

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

namespace candela::store {

/// A disk under SQLite that can fail from any operation on, and that knows what would be on it if the power went now:
/// what was synced, and of the rest any part. While one exists, all databases of this process are on it.
/// Everything happens on the thread that uses the database; only fail() and heal() may come from another.
class FaultyDisk {
 public:
  FaultyDisk() : real_(sqlite3_vfs_find(nullptr)) {
    current = this;
    vfs_ = *real_;
    vfs_.zName = "faulty";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~FaultyDisk() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
    current = nullptr;
  }
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  /// A disk that says it has synced and has not: what is built on it must lose data.
  bool lies = false;
  /// Called before each operation that changes something on the disk.
  std::function<void()> before_change;
  /// From the operation of this number on (0 = the next) each fails with this result code.
  void fail(std::size_t after, int code) {
    code_ = code;
    failing_from_ = operations_ + after;
  }
  void heal() { failing_from_ = kNever; }
  std::size_t operations() const { return operations_; }

  enum class Survives { everything, only_synced, any_part };
  /// Writes what a power cut at this moment would leave of the files in `from` to `to`.
  void image(const std::filesystem::path& from, const std::filesystem::path& to, Survives survives,
             std::mt19937& random) const {
    std::filesystem::remove_all(to);
    std::filesystem::create_directories(to);
    for (const auto& entry : std::filesystem::directory_iterator(from)) {
      const auto known = contents_.find(entry.path().string());
      std::ofstream out(to / entry.path().filename(), std::ios::binary);
      out << (known == contents_.end() ? read(entry.path()) : remains(known->second, survives, random));
    }
  }

  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

 private:
  struct Write {
    std::size_t at;
    std::string bytes;
  };
  struct Cut {
    std::size_t size;
  };
  using Operation = std::variant<Write, Cut>;
  struct Content {
    std::string synced;
    std::vector<Operation> since;
  };
  struct File {
    sqlite3_file base;
    std::string* name;  ///< nullptr for what is not followed
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  static void apply(const Operation& operation, std::string& content) {
    if (const auto* cut = std::get_if<Cut>(&operation)) {
      content.resize(cut->size);
      return;
    }
    const auto& write = std::get<Write>(operation);
    if (content.size() < write.at + write.bytes.size()) content.resize(write.at + write.bytes.size());
    content.replace(write.at, write.bytes.size(), write.bytes);
  }

  static std::string remains(const Content& content, Survives survives, std::mt19937& random) {
    std::string left = content.synced;
    if (survives == Survives::only_synced) return left;
    for (const Operation& operation : content.since) {
      const auto luck = survives == Survives::everything ? 0 : random() % 3;
      if (luck == 0) apply(operation, left);
      if (const auto* write = std::get_if<Write>(&operation); write != nullptr && luck == 1) {
        // The power went in the middle of it.
        apply(Write{write->at, write->bytes.substr(0, random() % (write->bytes.size() + 1))}, left);
      }
    }
    return left;
  }

  /// SQLITE_OK if the operation may go on.
  int change() {
    if (before_change) before_change();
    const std::size_t number = operations_++;
    return number >= failing_from_ ? code_.load() : SQLITE_OK;
  }
  static File& as_file(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
  static Content* content_of(sqlite3_file* file) {
    const File& it = as_file(file);
    return it.name != nullptr ? &current->contents_[*it.name] : nullptr;
  }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    File& it = as_file(file);
    it.base.pMethods = nullptr;
    it.name = nullptr;
    const int result = current->real_->xOpen(current->real_, name, it.real(), flags, out_flags);
    if (result != SQLITE_OK) return result;
    if (name != nullptr) {
      it.name = new std::string(name);
      current->contents_[*it.name] = {read(name), {}};
    }
    it.base.pMethods = methods();
    return SQLITE_OK;
  }
  static int close(sqlite3_file* file) {
    File& it = as_file(file);
    // What is closed has been synced by then, or is a file on its way to another name, which is synced elsewhere.
    if (it.name != nullptr) current->contents_.erase(*it.name);
    delete it.name;
    return it.real()->pMethods->xClose(it.real());
  }
  static int remove(sqlite3_vfs*, const char* name, int sync) {
    if (const int code = current->change(); code != SQLITE_OK) return SQLITE_IOERR_DELETE;
    current->contents_.erase(name);
    return current->real_->xDelete(current->real_, name, sync);
  }
  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    if (const int code = current->change(); code != SQLITE_OK) {
      return code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    if (Content* content = content_of(file)) {
      content->since.push_back(
          Write{static_cast<std::size_t>(at), {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}});
    }
    return as_file(file).real()->pMethods->xWrite(as_file(file).real(), bytes, size, at);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (const int code = current->change(); code != SQLITE_OK) return SQLITE_IOERR_TRUNCATE;
    if (Content* content = content_of(file)) content->since.push_back(Cut{static_cast<std::size_t>(size)});
    return as_file(file).real()->pMethods->xTruncate(as_file(file).real(), size);
  }
  static int sync(sqlite3_file* file, int flags) {
    // A full disk still syncs; a failing one does not.
    if (const int code = current->change(); code != SQLITE_OK && code != SQLITE_FULL) return SQLITE_IOERR_FSYNC;
    if (Content* content = content_of(file); content != nullptr && !current->lies) {
      for (const Operation& operation : content->since) apply(operation, content->synced);
      content->since.clear();
    }
    return as_file(file).real()->pMethods->xSync(as_file(file).real(), flags);
  }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods made = [] {
      sqlite3_io_methods m{};
      // Version 1: no shared memory. The store must not need any.
      m.iVersion = 1;
      m.xClose = close;
      m.xRead = [](sqlite3_file* f, void* bytes, int size, sqlite3_int64 at) {
        return as_file(f).real()->pMethods->xRead(as_file(f).real(), bytes, size, at);
      };
      m.xWrite = write;
      m.xTruncate = truncate;
      m.xSync = sync;
      m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        return as_file(f).real()->pMethods->xFileSize(as_file(f).real(), size);
      };
      m.xLock = [](sqlite3_file* f, int level) { return as_file(f).real()->pMethods->xLock(as_file(f).real(), level); };
      m.xUnlock = [](sqlite3_file* f, int level) {
        return as_file(f).real()->pMethods->xUnlock(as_file(f).real(), level);
      };
      m.xCheckReservedLock = [](sqlite3_file* f, int* held) {
        return as_file(f).real()->pMethods->xCheckReservedLock(as_file(f).real(), held);
      };
      m.xFileControl = [](sqlite3_file* f, int what, void* argument) {
        return as_file(f).real()->pMethods->xFileControl(as_file(f).real(), what, argument);
      };
      m.xSectorSize = [](sqlite3_file* f) { return as_file(f).real()->pMethods->xSectorSize(as_file(f).real()); };
      m.xDeviceCharacteristics = [](sqlite3_file* f) {
        return as_file(f).real()->pMethods->xDeviceCharacteristics(as_file(f).real());
      };
      return m;
    }();
    return &made;
  }

  static inline FaultyDisk* current = nullptr;

  sqlite3_vfs* real_;
  sqlite3_vfs vfs_{};
  std::map<std::string, Content> contents_;
  static constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();
  std::atomic<std::size_t> operations_ = 0;
  std::atomic<std::size_t> failing_from_ = kNever;
  std::atomic<int> code_ = SQLITE_OK;
};

}  // namespace candela::store
