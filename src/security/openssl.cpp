#include "security/openssl.h"

#include <openssl/err.h>

namespace candela::openssl {

Bio reader(std::string_view text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

std::string contents(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

Error failure(std::string_view what) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return Error{std::string(what) + (reason != nullptr ? std::string(": ") + reason : std::string())};
}

}  // namespace candela::openssl
