#pragma once

#include <string>

#include "servers/context.h"

namespace candela::lip {

/// Where clients ask for it, in exactly these letters.
inline constexpr const char* kProjectXmlPath = "/DbXmlInfo.xml";

/// What LIP clients read to know what there is: areas, outputs, keypads with their components, with the integration ids
/// that they then use (lip.md §8). The names are of their making. Nothing of it is secret from who may log in, but it
/// is the layout of a home. Its stamp is that of ?SYSTEM,10.
std::string project_xml(const servers::Context& context);

}  // namespace candela::lip
