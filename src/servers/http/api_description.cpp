#include "servers/http/api_description.h"

#include <string>
#include <string_view>

namespace candela::embedded {
extern const std::string_view kApiDescription;
}

namespace candela::servers::http {

Response api_description() {
  Response response;
  response.content_type = "application/yaml";
  static const auto text = std::make_shared<const std::string>(embedded::kApiDescription);
  response.shared_body = text;
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

}  // namespace candela::servers::http
