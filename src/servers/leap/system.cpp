#include "security/client_list.h"
#include "servers/leap/compatibility.h"
#include "servers/leap/handlers.h"

namespace candela::leap::system {
namespace {

namespace json = boost::json;

/// Only administrators may see who else connects.
bool is_admin(const Call& call) { return call.caller.role == Role::admin; }

std::string_view session_role(Role role) {
  switch (role) {
    case Role::monitor: return "Monitor";
    case Role::control: return "ControlAndMonitor";
    case Role::admin: return "Admin";
  }
  return "Unauthorized";
}

json::object leap_server(const Call& call) {
  return {
      {"href", "/server/1"},
      {"Type", "LEAP"},
      {"EnableState", "Enabled"},
      {"LEAPProperties", {{"PairingList", {{"href", "/server/leap/pairinglist"}}}}},
      {"Endpoints", json::array{{{"Protocol", "TCP"}, {"Port", call.port}, {"AssociatedNetworkInterfaces", nullptr}}}},
      {"ProtocolVersion", compatibility::kProtocolVersionText}};
}

json::array processor_hrefs(const Call& call) {
  json::array list;
  for (const Processor& processor : call.project().processors) list.push_back(href("device", processor.number));
  return list;
}

}  // namespace

Answer ping(Call&) { return ok("OnePingResponse", "PingResponse", {{"LEAPVersion", compatibility::kProtocolVersion}}); }

Answer servers(Call& call) { return ok("MultipleServerDefinition", "Servers", std::vector{leap_server(call)}); }

Answer server(Call& call) {
  return call.ids[0] == 1 ? ok("OneServerDefinition", "Server", leap_server(call)) : missing(call);
}

Answer pairing_list(Call& call) {
  json::object list{{"href", "/server/leap/pairinglist"}};
  if (is_admin(call)) {
    json::array pairings;
    for (const Client& client : call.context.administration.clients()) {
      pairings.push_back({{"href", path_of("server/leap/pairinglist/pairing", client.number.value)},
                          {"DisplayName", client.name},
                          {"EnabledState", client.revoked ? "Disabled" : "Enabled"}});
    }
    list["Pairings"] = std::move(pairings);
  }
  return ok("OnePairingListDefinition", "PairingList", list);
}

Answer client_setting(Call& call) {
  return ok("OneClientSettingDefinition", "ClientSetting",
            {{"href", "/clientsetting"},
             {"ClientMajorVersion", call.caller.major_version},
             {"ClientMinorVersion", compatibility::kProtocolMinor},
             {"Permissions", {{"SessionRole", session_role(call.caller.role)}}}});
}

Answer update_client_setting(Call& call) {
  const json::value* const setting =
      call.request.body == nullptr ? nullptr : call.request.body->if_contains("ClientSetting");
  if (setting == nullptr || !setting->is_object()) {
    return refuse(Status::bad_request, "The body is missing a required property : ClientSetting");
  }
  const json::object& wanted = setting->get_object();
  if (wanted.contains("ClientMinorVersion")) {
    return refuse(Status::bad_request, "ClientMinorVersion is not modifiable");
  }
  if (const json::value* const major = wanted.if_contains("ClientMajorVersion")) {
    const bool known =
        major->is_int64() && major->get_int64() >= 1 && major->get_int64() <= compatibility::kProtocolMajor;
    if (!known) return refuse(Status::bad_request, kInvalidParameters);
    call.caller.major_version = static_cast<int>(major->get_int64());
  }
  return client_setting(call);
}

Answer login(Call&) {
  return refuse(Status::unauthorized, "Clients of this processor are known by their certificate, not by a password");
}

Answer project(Call& call) {
  return ok("OneProjectDefinition", "Project",
            {{"href", "/project"},
             {"Name", call.project().name},
             {"ProductType", compatibility::kProductType},
             {"MasterDeviceList", {{"Devices", processor_hrefs(call)}}}});
}

Answer master_device_list(Call& call) {
  return ok("OneMasterDeviceListDefinition", "MasterDeviceList", {{"Devices", processor_hrefs(call)}});
}

Answer processors(Call& call) {
  std::vector<json::object> items;
  for (const Processor& processor : call.project().processors) items.push_back(devices::definition(call, processor));
  return ok("MultipleDeviceDefinition", "Devices", items);
}

Answer location(Call& call) {
  const Location& location = call.project().location;
  return ok("OneSystemDefinition", "System",
            {{"href", "/system"},
             {"TimeZone", location.time_zone},
             {"Latitude", location.latitude},
             {"Longitude", location.longitude}});
}

Answer database(Call&) {
  return ok("OneDatabaseDefinition", "Database", {{"href", "/database/@Project"}, {"Type", "Project"}});
}

Answer load_shedding(Call&) {
  return ok("OneSystemLoadSheddingStatus", "SystemLoadSheddingStatus",
            {{"href", "/system/loadshedding/status"}, {"State", "Disabled"}});
}

}  // namespace candela::leap::system
