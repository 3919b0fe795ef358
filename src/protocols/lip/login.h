#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace candela::lip {

inline constexpr std::string_view kLoginPrompt = "login: ";
inline constexpr std::string_view kPasswordPrompt = "password: ";
inline constexpr std::string_view kBadLogin = "bad login\r\n";

/// The dialogue in which a client says who it is (lip.md §2.2). Whether that is so is checked elsewhere.
class Login {
 public:
  /// So many wrong ones, and the connection ends.
  static constexpr int kTries = 3;

  enum class Next : std::uint8_t {
    ask_password,  ///< send kPasswordPrompt
    check,         ///< user() and password() are to be checked, and no line be given until it is known
  };

  /// REQUIRES: the last step was not `check`, or refused() followed it.
  Next line(std::string_view text);
  /// False when the connection has to end. Else the client may try again: kBadLogin, then kLoginPrompt.
  bool refused() {
    has_user_ = false;
    password_.clear();
    return ++refusals_ < kTries;
  }
  const std::string& user() const { return user_; }
  const std::string& password() const { return password_; }

 private:
  bool has_user_ = false;
  std::string user_;
  std::string password_;
  int refusals_ = 0;
};

inline Login::Next Login::line(std::string_view text) {
  if (!has_user_) {
    user_ = text;
    has_user_ = true;
    return Next::ask_password;
  }
  password_ = text;
  return Next::check;
}

}  // namespace candela::lip
