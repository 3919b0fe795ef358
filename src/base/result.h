#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace candela {

/// Why something was not done, in words for the person who asked.
struct Error {
  std::string message;
};

/// A value, or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// REQUIRES: there is a value.
  T& value() {
    assert(*this);
    return *std::get_if<T>(&state_);
  }
  const T& value() const {
    assert(*this);
    return *std::get_if<T>(&state_);
  }
  /// REQUIRES: there is no value.
  const Error& error() const {
    assert(!*this);
    return *std::get_if<Error>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

/// Done, or the reason why not.
using Outcome = Result<std::monostate>;
inline Outcome done() { return std::monostate{}; }

}  // namespace candela
