#include "servers/leap/resources.h"

#include "servers/leap/service_fixture.h"

namespace candela::leap::test {
namespace {

class ResourcesTest : public ServiceTest {};

TEST_F(ResourcesTest, areas) {
  const std::string root = stable_id(12345678, 3);
  const std::string foyer = stable_id(12345678, 804);
  EXPECT_EQ(root.size(), 22u);
  EXPECT_NE(root, foyer);
  EXPECT_EQ(
      read("/area"),
      R"(200 OK MultipleAreaDefinition {"Areas":[{"href":"/area/3","XID":")" + root +
          R"(","Name":"Harbour House","SortOrder":0,"IsLeaf":false},{"href":"/area/804","XID":")" + foyer +
          R"(","Name":"Foyer","Parent":{"href":"/area/3"},"SortOrder":0,"IsLeaf":true},{"href":"/area/805","XID":")" +
          stable_id(12345678, 805) + R"(","Name":"Store","Parent":{"href":"/area/3"},"SortOrder":1,"IsLeaf":true}]})");
  EXPECT_EQ(read("/area/804"), R"(200 OK OneAreaDefinition {"Area":{"href":"/area/804","XID":")" + foyer +
                                   R"(","Name":"Foyer","Parent":{"href":"/area/3"},"SortOrder":0,"IsLeaf":true,)"
                                   R"("AssociatedZones":[{"href":"/zone/816"},{"href":"/zone/817"}],)"
                                   R"("AssociatedControlStations":[{"href":"/controlstation/849"}]}})");
  EXPECT_EQ(read("/area/rootarea"), read("/area/3"));
  EXPECT_EQ(status("Read", "/area/804/summary"), "200");
  EXPECT_EQ(status("Read", "/area/3/childarea/summary"), "200");
  EXPECT_EQ(read("/area/804/childarea/summary"), "204 NoContent");
  EXPECT_EQ(
      read("/area/804/areascene"),
      R"(200 OK MultipleAreaSceneDefinition {"AreaScenes":[)"
      R"({"href":"/areascene/810","Name":"Off","Parent":{"href":"/area/804"},"Preset":{"href":"/preset/810"},"SortOrder":0},)"
      R"({"href":"/areascene/811","Name":"Bright","Parent":{"href":"/area/804"},"Preset":{"href":"/preset/811"},"SortOrder":1}]})");
}

TEST_F(ResourcesTest, areas_without_zones_or_stations_are_never_an_error) {
  EXPECT_EQ(read("/area/3/associatedzone"), "204 NoContent");
  EXPECT_EQ(read("/area/3/associatedzone/status"), "204 NoContent");
  EXPECT_EQ(read("/area/805/associatedcontrolstation"), "204 NoContent");
  EXPECT_EQ(read("/area/805/areascene"), "204 NoContent");
}

TEST_F(ResourcesTest, area_statuses) {
  home_.set_zone(ZoneId{817}, 50);
  home_.change(SceneChanged{AreaId{804}, SceneId{811}});
  EXPECT_EQ(
      read("/area/status"),
      R"(200 OK MultipleAreaStatus {"AreaStatuses":[)"
      R"({"href":"/area/3/status","OccupancyStatus":"Unknown","CurrentScene":null},)"
      R"({"href":"/area/804/status","Level":50,"OccupancyStatus":"Unknown","CurrentScene":{"href":"/areascene/811"}},)"
      R"({"href":"/area/805/status","Level":0,"OccupancyStatus":"Unknown","CurrentScene":null}]})");
  EXPECT_EQ(read("/area/804/status"),
            R"(200 OK OneAreaStatus {"AreaStatus":{"href":"/area/804/status","Level":50,"OccupancyStatus":"Unknown",)"
            R"("CurrentScene":{"href":"/areascene/811"}}})");
}

TEST_F(ResourcesTest, zones) {
  const std::string fan =
      R"({"href":"/zone/1387","XID":")" + stable_id(12345678, 1387) +
      R"(","Name":"Exhaust Fan","AvailableControlTypes":["Switched"],"Category":{"Type":"",)"
      R"("IsLight":true},"AssociatedArea":{"href":"/area/805"},"SortOrder":0,"ControlType":"Switched"})";
  EXPECT_EQ(read("/area/805/associatedzone"), R"(200 OK MultipleZoneDefinition {"Zones":[)" + fan + "]}");
  EXPECT_EQ(read("/zone/1387"), R"(200 OK OneZoneDefinition {"Zone":)" + fan + "}");
  EXPECT_EQ(read("/zone/816/associatedloadcontroller"),
            R"(200 OK MultipleLoadControllerDefinition {"LoadControllers":[{"href":"/loadcontroller/816",)"
            R"("Parent":{"href":"/device/900"},"AssociatedZone":{"href":"/zone/816"}}]})");
}

TEST_F(ResourcesTest, zone_statuses_show_where_fades_go) {
  home_.set_zone(ZoneId{816}, 75, std::chrono::seconds(30));
  home_.set_zone(ZoneId{1387}, 100);
  EXPECT_EQ(
      read("/zone/status"),
      R"(200 OK MultipleZoneStatus {"ZoneStatuses":[)"
      R"({"href":"/zone/816/status","Level":75,"Zone":{"href":"/zone/816"},"StatusAccuracy":"Good","ZoneLockState":"Unlocked"},)"
      R"({"href":"/zone/817/status","Level":0,"Zone":{"href":"/zone/817"},"StatusAccuracy":"Good","ZoneLockState":"Unlocked"},)"
      R"({"href":"/zone/1387/status","Level":100,"SwitchedLevel":"On","Zone":{"href":"/zone/1387"},"StatusAccuracy":"Good","ZoneLockState":"Unlocked"}]})");
  EXPECT_EQ(read("/zone/816/status"),
            R"(200 OK OneZoneStatus {"ZoneStatus":{"href":"/zone/816/status","Level":75,"Zone":{"href":"/zone/816"},)"
            R"("StatusAccuracy":"Good","ZoneLockState":"Unlocked"}})");
  EXPECT_EQ(read("/zone/status/expanded?where=Zone.ControlType:\"Switched\""),
            R"(200 OK MultipleZoneExpandedStatus {"ZoneExpandedStatuses":[{"href":"/zone/1387/status","Level":100,)"
            R"("SwitchedLevel":"On","Zone":{"href":"/zone/1387","Name":"Exhaust Fan","ControlType":"Switched",)"
            R"("AssociatedArea":{"href":"/area/805"},"Category":{"Type":"","IsLight":true},"SortOrder":0},)"
            R"("StatusAccuracy":"Good","ZoneLockState":"Unlocked"}]})");
  EXPECT_EQ(read("/zone/status/expanded?where=Zone.ControlType:\"Shade\""), "204 NoContent");
  EXPECT_EQ(status("Read", "/zone/status/expanded"), "400");
}

TEST_F(ResourcesTest, a_zone_that_is_being_raised_is_where_it_is) {
  Cause cause;
  home_.change(
      ZoneTargeted{ZoneId{816}, {Level::off(), Level::full(), home_.clock.now().mono, std::chrono::seconds(4)}},
      cause.then(CauseStep::Kind::zone_raised, 816));
  home_.clock.advance(std::chrono::seconds(1));
  EXPECT_NE(read("/zone/816/status").find("\"Level\":25,"), std::string::npos);
}

TEST_F(ResourcesTest, the_status_of_a_zone_whose_device_is_away_is_not_to_be_trusted) {
  home_.change(PresenceChanged{DeviceId{900}, false, DeviceFault::silent});
  EXPECT_NE(read("/zone/816/status").find(R"("StatusAccuracy":"Bad")"), std::string::npos);
  EXPECT_NE(read("/device/900/status").find(R"("Availability":"Unavailable")"), std::string::npos);
  home_.change(PresenceChanged{DeviceId{900}, true, DeviceFault::none});
  EXPECT_NE(read("/zone/816/status").find(R"("StatusAccuracy":"Good")"), std::string::npos);
  EXPECT_EQ(read("/device/900/status"),
            R"(200 OK OneDeviceStatus {"DeviceStatus":{"href":"/device/900/status","Device":{"href":"/device/900"},)"
            R"("ConfigurationTransferStatus":"NotRequired","Availability":"Available",)"
            R"("BatteryStatus":{"LevelState":"Unknown"},"StatusAccuracy":"Good"}})");
}

TEST_F(ResourcesTest, the_processor) {
  const std::string processor =
      R"({"Name":"Enclosure Device 001","DeviceType":"HWQSProcessor","AssociatedArea":{"href":"/area/805"},)"
      R"("href":"/device/799","SerialNumber":12345678,"Parent":{"href":"/project"},"ModelNumber":"HQP7-1",)"
      R"("OwnedLinks":[{"href":"/link/835","LinkType":"QS"}],"FirmwareImage":{"Firmware":{"DisplayName":"0.1.0"}},)"
      R"("Databases":[{"href":"/database/@Project","Type":"Project"}],"DeviceClass":{"HexadecimalEncoding":"8110201"},)"
      R"("AddressedState":"Addressed","IsThisDevice":true,"FullyQualifiedName":["Store","Enclosure Device 001"]})";
  EXPECT_EQ(read("/device?where=IsThisDevice:true"),
            R"(200 OK MultipleDeviceDefinition {"Devices":[)" + processor + "]}");
  EXPECT_EQ(read("/device/1"), R"(200 OK OneDeviceDefinition {"Device":)" + processor + "}");
  EXPECT_EQ(read("/device/799"), read("/device/1"));
  EXPECT_EQ(status("Read", "/device/1/status"), "200");
  EXPECT_EQ(read("/device/1/buttongroup/expanded"), "204 NoContent");
}

TEST_F(ResourcesTest, devices) {
  const std::string keypad =
      R"({"Name":"Front Door","DeviceType":"PalladiomKeypad","AssociatedArea":{"href":"/area/804"},)"
      R"("AssociatedControlStation":{"href":"/controlstation/849","Name":"Front Door"},"href":"/device/851",)"
      R"("SerialNumber":38011234,"Parent":{"href":"/project"},"ModelNumber":"HQWT-U-P4W",)"
      R"("LinkNodes":[{"href":"/device/851/linknode/851"}],"AssociatedLink":{"href":"/link/835"},)"
      R"("DeviceClass":{"HexadecimalEncoding":"1210101"},"AddressedState":"Addressed","IsThisDevice":false,)"
      R"("FullyQualifiedName":["Foyer","Front Door"],"ButtonGroups":[{"href":"/buttongroup/860"}]})";
  EXPECT_EQ(read("/device"), "204 NoContent");
  caller_.major_version = 1;
  EXPECT_NE(read("/device").find("HWQSProcessor"), std::string::npos);
  EXPECT_NE(read("/device").find(keypad), std::string::npos);
  caller_.major_version = 3;
  EXPECT_EQ(read("/device/851"), R"(200 OK OneDeviceDefinition {"Device":)" + keypad + "}");
  EXPECT_EQ(read("/device?where=SerialNumber:38011234"),
            R"(200 OK MultipleDeviceDefinition {"Devices":[)" + keypad + "]}");
  EXPECT_EQ(read("/device?where=AssociatedArea.href:\"/area/3\""), "204 NoContent");
  EXPECT_EQ(status("Read", "/device?sort=Name"), "400");
  const std::string others = read("/device?where=IsThisDevice:false");
  EXPECT_NE(others.find(keypad), std::string::npos);
  EXPECT_NE(others.find(R"("LocalZones":[{"href":"/zone/816"},{"href":"/zone/817"},{"href":"/zone/1387"}])"),
            std::string::npos);
  EXPECT_EQ(others.find("HWQSProcessor"), std::string::npos);
}

TEST_F(ResourcesTest, control_stations_and_buttons) {
  EXPECT_EQ(
      read("/area/804/associatedcontrolstation"),
      R"(200 OK MultipleControlStationDefinition {"ControlStations":[{"href":"/controlstation/849","XID":")" +
          stable_id(12345678, 849) +
          R"(","Name":"Front Door","AssociatedArea":{"href":"/area/804"},"SortOrder":0,"AssociatedGangedDevices":)"
          R"([{"Device":{"href":"/device/851","DeviceType":"PalladiomKeypad","AddressedState":"Addressed"},"GangPosition":0}]}]})");
  const std::string first =
      R"({"href":"/button/861","ButtonNumber":1,"ProgrammingModel":{"href":"/programmingmodel/861",)"
      R"("ProgrammingModelType":"AdvancedToggleProgrammingModel"},"Parent":{"href":"/buttongroup/860"},"Name":"Foyer",)"
      R"("Engraving":{"Text":"Foyer\u000alights"},"AssociatedLED":{"href":"/led/856"}})";
  const std::string second =
      R"({"href":"/button/862","ButtonNumber":2,"ProgrammingModel":{"href":"/programmingmodel/862",)"
      R"("ProgrammingModelType":"SingleActionProgrammingModel"},"Parent":{"href":"/buttongroup/860"},"Name":"Button 2",)"
      R"("AssociatedLED":{"href":"/led/857"}})";
  const std::string raise =
      R"({"href":"/button/873","ButtonNumber":18,"Parent":{"href":"/buttongroup/860"},"Name":"Raise"})";
  const auto unescaped = [](std::string text) {
    const std::size_t at = text.find("\\u000a");
    return at == std::string::npos ? text : text.replace(at, 6, "\\n");
  };
  EXPECT_EQ(
      read("/device/851/buttongroup/expanded"),
      R"(200 OK MultipleButtonGroupExpandedDefinition {"ButtonGroupsExpanded":[{"href":"/buttongroup/860","Buttons":[)" +
          unescaped(first) + "," + second + "," + raise +
          R"(],"Parent":{"href":"/device/851"},"SortOrder":0,"Category":{"Type":"Lights"},"ProgrammingType":"Freeform"}]})");
  const std::string group =
      R"({"href":"/buttongroup/860","Buttons":[{"href":"/button/861"},{"href":"/button/862"},{"href":"/button/873"}],)"
      R"("Parent":{"href":"/device/851"},"SortOrder":0,"Category":{"Type":"Lights"},"ProgrammingType":"Freeform"})";
  EXPECT_EQ(read("/device/851/buttongroup"),
            R"(200 OK MultipleButtonGroupDefinition {"ButtonGroups":[)" + group + "]}");
  EXPECT_EQ(read("/buttongroup/860"), R"(200 OK OneButtonGroupDefinition {"ButtonGroup":)" + group + "}");
  EXPECT_EQ(read("/button/873"), R"(200 OK OneButtonDefinition {"Button":)" + raise + "}");
  EXPECT_EQ(read("/button"), "200 OK MultipleButtonDefinition {}");
  EXPECT_EQ(read("/device/900/buttongroup/expanded"), "204 NoContent");
  EXPECT_EQ(status("Read", "/buttongroup/860/button"), "200");
  EXPECT_EQ(read("/led/856"), R"(200 OK OneLEDDefinition {"LED":{"href":"/led/856","Parent":{"href":"/device/851"}}})");
  home_.change(LedChanged{LedId{856}, LedState::on});
  EXPECT_EQ(read("/led/856/status"),
            R"(200 OK OneLEDStatus {"LEDStatus":{"href":"/led/856/status","LED":{"href":"/led/856"},"State":"On"}})");
}

TEST_F(ResourcesTest, scenes_and_programming) {
  EXPECT_EQ(read("/preset/811"),
            R"(200 OK OnePresetDefinition {"Preset":{"href":"/preset/811","Parent":{"href":"/areascene/811"}}})");
  EXPECT_EQ(
      read("/programmingmodel/861"),
      R"(200 OK OneProgrammingModelDefinition {"ProgrammingModel":{"href":"/programmingmodel/861",)"
      R"("Parent":{"href":"/button/861"},"ProgrammingModelType":"AdvancedToggleProgrammingModel",)"
      R"("AdvancedToggleProperties":{"PrimaryPreset":{"href":"/preset/861"},"SecondaryPreset":{"href":"/preset/1000000861"}}}})");
  EXPECT_EQ(
      read("/preset/1000000861"),
      R"(200 OK OnePresetDefinition {"Preset":{"href":"/preset/1000000861","Parent":{"href":"/programmingmodel/861"}}})");
  EXPECT_EQ(read("/preset/811/dimmedlevelassignment"),
            R"(200 OK MultipleDimmedLevelAssignmentDefinition {"DimmedLevelAssignments":[)"
            R"({"href":"/preset/811/dimmedlevelassignment/816","Parent":{"href":"/preset/811"},)"
            R"("AssignableResource":{"href":"/zone/816"},"Level":100,"FadeTime":"0","DelayTime":"0"}]})");
  EXPECT_EQ(read("/preset/811/switchedlevelassignment"), "204 NoContent");
  EXPECT_EQ(status("Read", "/preset/1000000862"), "404");     // a single action has one preset
  EXPECT_EQ(status("Read", "/programmingmodel/873"), "404");  // raise has none
}

TEST_F(ResourcesTest, the_network_interface_is_where_it_is_reached) {
  service_.listens_at({"192.0.2.7", 8081});
  EXPECT_EQ(read("/networkinterface/1"),
            R"(200 OK OneNetworkInterfaceDefinition {"NetworkInterface":{"href":"/networkinterface/1",)"
            R"("AdapterType":"Ethernet","IPv4Properties":{"IP":"192.0.2.7"}}})");
  EXPECT_EQ(status("Read", "/networkinterface/2"), "404");
}

TEST_F(ResourcesTest, the_system) {
  service_.listens_at({"127.0.0.1", 8081});
  EXPECT_EQ(read("/server/1/status/ping"), R"(200 OK OnePingResponse {"PingResponse":{"LEAPVersion":3.249}})");
  EXPECT_EQ(read("/server/status/ping"), read("/server/1/status/ping"));
  EXPECT_EQ(read("/server"),
            R"(200 OK MultipleServerDefinition {"Servers":[{"href":"/server/1","Type":"LEAP","EnableState":"Enabled",)"
            R"("LEAPProperties":{"PairingList":{"href":"/server/leap/pairinglist"}},"Endpoints":[{"Protocol":"TCP",)"
            R"("Port":8081,"AssociatedNetworkInterfaces":null}],"ProtocolVersion":"03.249"}]})");
  EXPECT_EQ(read("/project"),
            R"(200 OK OneProjectDefinition {"Project":{"href":"/project","Name":"Harbour House","ProductType":)"
            R"("Lutron HWQS Project","MasterDeviceList":{"Devices":[{"href":"/device/799"}]}}})");
  EXPECT_EQ(read("/system"),
            R"(200 OK OneSystemDefinition {"System":{"href":"/system","TimeZone":"America/New_York","Latitude":40.5,)"
            R"("Longitude":-75.4,"Date":{"Day":1,"Month":1,"Year":2026},"Time":{"Hour":0,"Minute":0,"Second":0}}})");
  EXPECT_EQ(read("/link"),
            R"(200 OK MultipleLinkDefinition {"Links":[{"href":"/link/835","Parent":{"href":"/device/799"},)"
            R"("LinkType":"QS","LinkNumber":1}]})");
  EXPECT_EQ(status("Read", "/link/835/associatedlinknode/expanded"), "200");
  EXPECT_EQ(status("Read", "/device/851/linknode/851"), "200");
  EXPECT_EQ(status("Read", "/device/851/linknode/852"), "404");
}

TEST_F(ResourcesTest, client_settings_belong_to_the_session) {
  EXPECT_EQ(read("/clientsetting"),
            R"(200 OK OneClientSettingDefinition {"ClientSetting":{"href":"/clientsetting","ClientMajorVersion":3,)"
            R"("ClientMinorVersion":249,"Permissions":{"SessionRole":"Admin"}}})");
  caller_.role = Role::monitor;
  EXPECT_EQ(ask("Update", "/clientsetting", R"({"ClientSetting":{"ClientMajorVersion":1}})"),
            R"(200 OK OneClientSettingDefinition {"ClientSetting":{"href":"/clientsetting","ClientMajorVersion":1,)"
            R"("ClientMinorVersion":249,"Permissions":{"SessionRole":"Monitor"}}})");
  EXPECT_EQ(ask("Update", "/clientsetting", R"({"ClientSetting":{"ClientMinorVersion":1}})"),
            R"(400 BadRequest ExceptionDetail {"Message":"ClientMinorVersion is not modifiable"})");
  EXPECT_EQ(status("Update", "/clientsetting", R"({"ClientSetting":{"ClientMajorVersion":9}})"), "400");
  EXPECT_EQ(status("Update", "/clientsetting"), "400");
}

TEST_F(ResourcesTest, only_administrators_see_the_clients) {
  Client client;
  client.number = ClientId{1};
  client.name = "tablet";
  home_.administration.known = {client};
  EXPECT_NE(read("/server/leap/pairinglist").find("tablet"), std::string::npos);
  caller_.role = Role::control;
  EXPECT_EQ(read("/server/leap/pairinglist"),
            R"(200 OK OnePairingListDefinition {"PairingList":{"href":"/server/leap/pairinglist"}})");
}

// What leap.md §3 and §7 say of urls that have nothing behind them: which error, or an empty answer.
TEST_F(ResourcesTest, statuses_of_everything_that_is_empty_or_refused) {
  const std::pair<std::string_view, std::string_view> expected[] = {
      {"Read /buttongroup", "204"},
      {"Read /virtualbutton", "200"},
      {"Subscribe /virtualbutton", "405"},
      {"Read /virtualbutton/1", "404"},
      {"Read /occupancygroup", "204"},
      {"Read /occupancygroup/1", "404"},
      {"Subscribe /occupancygroup/status", "204"},
      {"Read /timeclock", "204"},
      {"Subscribe /timeclock/status", "204"},
      {"Read /zone", "405"},
      {"Subscribe /zone", "405"},
      {"Subscribe /zone/816/status", "405"},
      {"Subscribe /zone/816", "405"},
      {"Update /zone/816", "400"},
      {"Read /zone/816/commandprocessor", "400"},
      {"Read /zone/816/tuningsettings", "404"},
      {"Read /zone/9999/status", "404"},
      {"Read /zone/851/status", "404"},
      {"Read /zone/4294967296", "404"},
      {"Read /zone/x", "400"},
      {"Read /zone/816/status/", "400"},
      {"Subscribe /area", "405"},
      {"Create /area", "405"},
      {"Delete /area/804", "405"},
      {"Read /area/summary", "400"},
      {"Read /area/804/associateddevice", "405"},
      {"Read /area/804/associatedoccupancygroup", "400"},
      {"Update /area/804/status", "405"},
      {"Read /area/804/commandprocessor", "400"},
      {"Read /area/9999/associatedzone", "404"},
      {"Subscribe /device", "405"},
      {"Read /device/status", "204"},
      {"Subscribe /device/status", "204"},
      {"Read /device/status/deviceheard", "405"},
      {"Subscribe /device/status/deviceheard", "204"},
      {"Read /device/816/status", "404"},
      {"Read /device/851/button", "400"},
      {"Read /controlstation", "405"},
      {"Read /button/861/status/event", "405"},
      {"Subscribe /button/861/status/event", "204"},
      {"Subscribe /button/9999/status/event", "404"},
      {"Read /led", "400"},
      {"Read /preset", "400"},
      {"Read /areascene", "200"},
      {"Read /server/2/id", "404"},
      {"Read /system/away/2/status", "404"},
      {"Read /system/loadshedding/status", "200"},
      {"Read /emergency/status", "200"},
      {"Subscribe /zonetypegroup/status", "204"},
      {"Create /project/masterdevicelist/devices", "405"},
      {"Update /login", "401"},
      {"Unsubscribe /zone/status", "204"},
      {"Read /no/such/thing", "400"},
      {"Read /area/N", "400"},
      {"Read area", "400"},
      {"Read /", "400"},
      {"Read /device/1/linknode/2/3", "400"},
      {"Read /a/very/long/url/that/is/in/no/table/at/all/and/goes/on/and/on/and/on/for/ever", "400"},
  };
  for (const auto& [request, code] : expected) {
    const std::size_t blank = request.find(' ');
    EXPECT_EQ(status(request.substr(0, blank), request.substr(blank + 1)), code) << request;
  }
}

TEST_F(ResourcesTest, errors_are_in_the_words_clients_know) {
  EXPECT_EQ(read("/area/9999"),
            R"(404 NotFound ExceptionDetail {"Message":"This resource does not exist : /area/9999"})");
  EXPECT_EQ(read("/zone"), R"(405 MethodNotAllowed ExceptionDetail {"Message":"This request is not supported"})");
  EXPECT_EQ(read("/nothing"), R"(400 BadRequest ExceptionDetail {"Message":"This request is not supported"})");
}

TEST_F(ResourcesTest, kept_answers_go_with_their_project) {
  EXPECT_EQ(read("/project"), read("/project"));
  auto renamed = std::make_shared<Project>(*home_.view.project());
  renamed->name = "Lighthouse";
  home_.change(ProjectActivated{renamed});
  service_.project_changed();
  EXPECT_NE(read("/project").find("Lighthouse"), std::string::npos);
}

TEST_F(ResourcesTest, long_lists_are_read_in_pages) {
  auto large = std::make_shared<Project>(*home_.view.project());
  for (std::uint32_t i = 0; i < 2000; ++i) {
    Area room = large->areas.back();
    room.number = AreaId{10000 + i};
    room.id = "room-" + std::to_string(i);
    large->areas.push_back(room);
  }
  large->build_index();
  home_.change(ProjectActivated{large});
  service_.project_changed();

  std::size_t areas = 0;
  std::string paging;
  int pages = 0;
  do {
    const std::string answered = line(R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/area")" + paging + "}}");
    ASSERT_LT(answered.size(), 200u * 1024);
    const boost::json::value parsed = boost::json::parse(answered);
    ASSERT_EQ(parsed.at("Header").at("StatusCode").as_string(), "200 OK");
    areas += parsed.at("Body").at("Areas").as_array().size();
    const boost::json::value* const next = parsed.at("Header").as_object().if_contains("Paging");
    paging = next == nullptr ? "" : ",\"Paging\":" + boost::json::serialize(*next);
    ++pages;
  } while (!paging.empty());
  EXPECT_EQ(areas, 2003u);
  EXPECT_GT(pages, 1);

  const std::string wrong =
      R"({"CommuniqueType":"ReadRequest","Header":{"Url":"/area","Paging":{"ContinuationToken":"1.5"}}})";
  EXPECT_NE(line(wrong).find("400 BadRequest"), std::string::npos);
}

}  // namespace
}  // namespace candela::leap::test
