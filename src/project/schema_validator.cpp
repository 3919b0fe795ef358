#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "project/schema.h"

namespace candela::project {
namespace {

/// Patterns would go through std::regex, which recurses for each character and so falls over long hostile texts.
boost::json::value without_patterns(boost::json::value schema) {
  if (auto* object = schema.if_object()) {
    const auto* pattern = object->if_contains("pattern");
    if (pattern != nullptr && pattern->is_string()) object->erase("pattern");
    for (auto& member : *object) member.value() = without_patterns(std::move(member.value()));
  } else if (auto* array = schema.if_array()) {
    for (auto& item : *array) item = without_patterns(std::move(item));
  }
  return schema;
}

}  // namespace

bool fits_schema(const boost::json::value& document, const boost::json::value& schema_json) {
  const boost::json::value plain = without_patterns(schema_json);
  valijson::Schema schema;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  const valijson::adapters::BoostJsonAdapter schema_adapter(plain);
  parser.populateSchema(schema_adapter, schema);
  valijson::Validator validator;
  const valijson::adapters::BoostJsonAdapter document_adapter(document);
  return validator.validate(schema, document_adapter, nullptr);
}

}  // namespace candela::project
