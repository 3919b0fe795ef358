#include "security/client_list.h"
#include "servers/discovery/announcement.h"
#include "servers/leap/command_body.h"
#include "servers/leap/compatibility.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::system {
namespace {

namespace json = boost::json;

/// Only administrators may see who else connects.
bool is_admin(const Call& call) { return call.caller.role == Role::admin; }

std::string_view session_role(std::optional<Role> role) {
  if (!role) return "Unauthorized";
  switch (*role) {
    case Role::monitor: return "Monitor";
    case Role::control: return "ControlAndMonitor";
    case Role::admin: return "Admin";
  }
  return "Unauthorized";
}

json::object leap_server(const Call& call) {
  return {{"href", "/server/1"},
          {"Type", "LEAP"},
          {"EnableState", "Enabled"},
          {"LEAPProperties", {{"PairingList", {{"href", "/server/leap/pairinglist"}}}}},
          {"Endpoints",
           json::array{{{"Protocol", "TCP"}, {"Port", call.endpoint.port}, {"AssociatedNetworkInterfaces", nullptr}}}},
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
  const UtcTime utc = call.context.clock.now().utc;
  const auto local = utc + call.context.administration.utc_offset(location.time_zone, utc);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(local - day)};
  return ok(
      "OneSystemDefinition", "System",
      {{"href", "/system"},
       {"TimeZone", location.time_zone},
       {"Latitude", location.latitude},
       {"Longitude", location.longitude},
       {"Date",
        {{"Day", static_cast<unsigned>(date.day())},
         {"Month", static_cast<unsigned>(date.month())},
         {"Year", static_cast<int>(date.year())}}},
       {"Time",
        {{"Hour", time.hours().count()}, {"Minute", time.minutes().count()}, {"Second", time.seconds().count()}}}});
}

Answer database(Call&) {
  return ok("OneDatabaseDefinition", "Database", {{"href", "/database/@Project"}, {"Type", "Project"}});
}

Answer firmware(Call& call) {
  const Processor* const processor = devices::processor(call, call.ids[0]);
  if (processor == nullptr) return missing(call);
  return ok("OneFirmwareImageDefinition", "FirmwareImage",
            {{"href", path_of("firmwareimage", processor->number.value)},
             {"Device", href("device", processor->number)},
             {"Contents", json::array{{{"OS", {{"Firmware", {{"DisplayName", call.context.identity.version}}}}}}}}});
}

/// The first address that others reach us at; of a processor that only serves its own machine that is loopback's.
Answer network_interface(Call& call) {
  if (call.ids[0] != 1) return missing(call);
  const auto places = servers::discovery::reachable_at(call.endpoint.address);
  json::object interface {
    {"href", "/networkinterface/1"}, { "AdapterType", "Ethernet" }
  };
  interface["IPv4Properties"] = {{"IP", places.empty() ? call.endpoint.address : places.front().address}};
  if (!places.empty() && !places.front().mac.empty()) interface["MACAddress"] = places.front().mac;
  return ok("OneNetworkInterfaceDefinition", "NetworkInterface", interface);
}

Answer network_interface_status(Call& call) {
  if (call.ids[0] != 1) return missing(call);
  return ok("OneNetworkInterfaceStatus", "NetworkInterfaceStatus",
            {{"href", "/networkinterface/1/status"}, {"ConnectedStatus", "Connected"}});
}

Answer curves(Call&) { return ok("MultipleCurveDefinition", "Curves", std::vector{href("curve", 1)}); }

Answer curve(Call& call) {
  // The one curve is warm dimming's; each zone has its own form of it.
  return call.ids[0] == 1 ? ok("OneCurveDefinition", "Curve", {{"href", "/curve/1"}, {"Name", "Warm dimming"}})
                          : missing(call);
}

Answer away(Call& call) { return call.ids[0] == 1 ? ok(away_status(call.view().house().away)) : missing(call); }

Answer aways(Call&) {
  return ok("MultipleAwayDefinition", "AwayDefinitions", std::vector<json::object>{{{"href", "/system/away/1"}}});
}

Answer set_away(Call& call) {
  if (call.ids[0] != 1) return missing(call);
  const Switch away = read_switch(call, "AwayStatus", "EnabledState");
  if (away.refusal) return *away.refusal;
  if (!call.submit(SetAway{away.on})) return busy();
  return ok(away_status(away.on));
}

Answer load_shedding(Call& call) { return ok(load_shedding_status(call.view().house().shed_percent)); }

Answer set_load_shedding(Call& call) {
  // Clients only know whether load is shed; how much is ours to choose (docs/decisions/leap.md).
  constexpr std::uint8_t kShedPercent = 20;
  const Switch sheds = read_switch(call, "SystemLoadSheddingStatus", "State");
  if (sheds.refusal) return *sheds.refusal;
  const std::uint8_t percent = sheds.on ? kShedPercent : 0;
  if (!call.submit(ShedLoad{percent})) return busy();
  return ok(load_shedding_status(percent));
}

Answer emergency(Call& call) { return ok(emergency_status(call.view().house().emergency)); }

Answer set_emergency(Call& call) {
  const Switch emergency = read_switch(call, "EmergencyStatus", "ActiveState", "Active", "Inactive");
  if (emergency.refusal) return *emergency.refusal;
  if (!call.submit(SetEmergency{emergency.on})) return busy();
  return ok(emergency_status(emergency.on));
}

}  // namespace candela::leap::system
