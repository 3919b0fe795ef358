#pragma once

#include <boost/json/fwd.hpp>

#include "project/complaints.h"
#include "project/tree.h"

namespace candela::project {

/// Checks a project against the published schema and complains about every place that does not fit it. Rules:
/// unknown-key, missing-key, wrong-type, unknown-word, out-of-range, wrong-length.
/// The schema's `pattern` is for editors; ids and durations are checked where they are used, with better words.
void check_schema(const Node& root, Complaints& complaints);

/// The second half of check_schema(): complains where a tree does not fit, and says nothing when it fits. Judges by the
/// same schema as the validator, place by place, because the validator knows neither lines nor the words that help.
void explain_schema(const Node& root, Complaints& complaints);

/// The project as JSON, each scalar with the type that the schema wants where its text allows that.
boost::json::value to_json(const Node& root);

/// The validator's verdict on a document. schema_validator.cpp is the one file that pays for including it.
bool fits_schema(const boost::json::value& document, const boost::json::value& schema);
/// The published schema.
const boost::json::value& schema_json();

}  // namespace candela::project
