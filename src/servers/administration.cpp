#include "servers/administration.h"

namespace candela::servers {

std::string Administration::name_of(ClientId number) const {
  for (const Client& client : clients()) {
    if (client.number == number) return client.name;
  }
  for (const Account& account : accounts()) {
    if (account.number == number) return account.name;
  }
  for (const Token& token : tokens()) {
    if (token.number == number) return token.name;
  }
  return "number " + std::to_string(number.value);
}

}  // namespace candela::servers
