#include "servers/leap/handlers.h"

namespace candela::leap::scenes {
namespace {

namespace json = boost::json;

/// What a person calls the scene: with the name of its room, when it is a room's.
std::string full_name(const Call& call, const Scene& scene) {
  const Area* const area = call.project().find(scene.area);
  return scene.shared || area == nullptr ? scene.name : area->name + " " + scene.name;
}

std::vector<json::object> describe(const Call& call, bool shared_only, auto describe_one) {
  std::vector<json::object> items;
  for (const Scene& scene : call.project().scenes) {
    if (scene.shared || !shared_only) items.push_back(describe_one(scene));
  }
  return items;
}

}  // namespace

json::object definition(const Scene& scene) {
  json::object object = href("areascene", scene.number);
  object["Name"] = scene.name;
  object["Parent"] = href("area", scene.area);
  object["Preset"] = href("preset", scene.number);
  object["SortOrder"] = scene.order;
  return object;
}

json::object virtual_button_definition(const Call& call, const Scene& scene) {
  json::object object = href("virtualbutton", scene.number);
  object["Name"] = full_name(call, scene);
  object["ButtonNumber"] = 0;
  object["ProgrammingModel"] = href("programmingmodel", scene.number);
  object["Parent"] = {{"href", "/project"}};
  object["IsProgrammed"] = true;
  return object;
}

Answer one(Call&, const Scene& scene) { return ok("OneAreaSceneDefinition", "AreaScene", definition(scene)); }

Answer all(Call& call) { return ok("MultipleAreaSceneDefinition", "AreaScenes", describe(call, false, definition)); }

Answer shared(Call& call) {
  return ok("MultipleSharedSceneDefinition", "SharedScenes", describe(call, true, [](const Scene& scene) {
              json::object object = definition(scene);
              object["href"] = path_of("sharedscene", scene.number.value);
              object["AreaScene"] = href("areascene", scene.number);
              return object;
            }));
}

Answer virtual_buttons(Call& call) {
  return ok("MultipleVirtualButtonDefinition", "VirtualButtons",
            describe(call, false, [&](const Scene& scene) { return virtual_button_definition(call, scene); }));
}

Answer virtual_button(Call& call, const Scene& scene) {
  return ok("OneVirtualButtonDefinition", "VirtualButton", virtual_button_definition(call, scene));
}

}  // namespace candela::leap::scenes
