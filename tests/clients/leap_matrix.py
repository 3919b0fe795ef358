"""The rows of LEAP that client programs rely on (reference: the conformance matrix), as questions with the answers that
have to come. `must`: some unmodified client fails without it; `should`: a client loses a function; `nice`: explorers.

In urls and bodies, {zone}, {area}... stand for numbers that the test looks up in the sample home. `status` is what has
to be answered, `type` the kind of body that a success has to have."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    priority: str
    url: str
    verb: str
    status: int
    type: str = ""
    body: Any = None
    note: str = ""


# The account that the processor has, which runs with --leap-login.
NAME, PASSWORD = "panel", "a good password"


def login(name, password):
    return {"Login": {"ContextType": "Application", "LoginId": name, "Password": password}}


def command(kind, **parameters):
    return {"Command": {"CommandType": kind, **parameters}}


def level(value):
    return command("GoToLevel", Parameter=[{"Type": "Level", "Value": value}])


ZONE_COMMANDS = [
    ("must", "{dimmed}", level(40), ""),
    ("must", "{shade}", level(30), "shades take levels too"),
    ("must", "{dimmed}", command("GoToDimmedLevel", DimmedLevelParameters={"Level": 60, "FadeTime": "00:00:01"}), ""),
    ("must", "{dimmed}", command("Raise"), ""),
    ("must", "{dimmed}", command("Lower"), ""),
    ("must", "{dimmed}", command("Stop"), ""),
    ("must", "{fan}", command("GoToFanSpeed", FanSpeedParameters={"FanSpeed": "Medium"}), ""),
    ("must", "{fan}", command("GoToFanSpeed", FanSpeedParameters=[{"FanSpeed": "Low"}]), "in an array, as one client sends it"),
    ("must", "{tilt}", command("GoToTilt", TiltParameters={"Tilt": 50}), ""),
    ("must", "{tilt}", command("TiltParameters", TiltParameters={"Tilt": 20}), "one client's slip"),
    ("must", "{spectrum}", command("GoToSpectrumTuningLevel", SpectrumTuningLevelParameters={
        "Level": 70, "ColorTuningStatus": {"HSVTuningLevel": {"Hue": 30, "Saturation": 80}}}), "hue and saturation"),
    ("must", "{spectrum}", command("GoToSpectrumTuningLevel", SpectrumTuningLevelParameters={
        "ColorTuningStatus": {"XYTuningLevel": {"X": 0.4, "Y": 0.38}}, "Vibrancy": 50}), "xy, with vibrancy"),
    ("must", "{spectrum}", command("GoToSpectrumTuningLevel", SpectrumTuningLevelParameters={
        "ColorTuningStatus": {"WhiteTuningLevel": {"Kelvin": 2700}}}), "Kelvin; the level stays"),
    ("must", "{spectrum}", command("GoToSpectrumTuningLevel", SpectrumTuningLevelParameters={
        "ColorTuningStatus": {"CurveDimming": {"Curve": {"href": "/curve/1"}}}}), "warm dimming"),
    ("must", "{white}", command("GoToWhiteTuningLevel", WhiteTuningLevelParameters={
        "Level": 50, "WhiteTuningLevel": {"Kelvin": 3000}}), ""),
    ("must", "{white}", command("GoToWarmDim", WarmDimParameters={"Level": 30, "CurveDimming": {"Curve": {"href": "/curve/1"}}}), ""),
    ("must", "{white}", command("GoToWarmDim", WarmDimParameters={"CurveDimming": None}), "and off again"),
    ("should", "{switched}", command("GoToSwitchedLevel", SwitchedLevelParameters={"SwitchedLevel": "On"}), ""),
    ("should", "{contact}", command("GoToCCOLevel", CCOLevelParameters={"CCOLevel": "Closed"}), ""),
    ("should", "{shade}", command("GoToShadeLevel", ShadeLevelParameters={"Level": 80}), ""),
    ("should", "{tilt}", command("GoToShadeLevelWithTilt", ShadeWithTiltLevelParameters={"Level": 10, "Tilt": 90}), ""),
    ("should", "{tilt}", command("RaiseTilt"), ""),
    ("should", "{tilt}", command("StopTilt"), ""),
    ("should", "{switched}", command("GoToReceptacleLevel", ReceptacleLevelParameters={"ReceptacleLevel": "Off"}), ""),
    ("should", "{dimmed}", command("GoToMixedLevel", MixedLevelParameters={
        "DimmedLevelParameters": {"Level": 0}, "SwitchedLevelParameters": {"SwitchedLevel": "Off"}}), ""),
]

ROWS = [
    # the session
    Row("must", "/server/1/status/ping", "Read", 200, "OnePingResponse"),
    Row("should", "/server/status/ping", "Read", 200, "OnePingResponse"),
    Row("nice", "/server", "Read", 200, "MultipleServerDefinition"),
    Row("nice", "/server/1", "Read", 200, "OneServerDefinition"),
    Row("nice", "/server/2/id", "Read", 404),
    Row("nice", "/server/leap/pairinglist", "Read", 200, "OnePairingListDefinition"),
    Row("should", "/clientsetting", "Read", 200, "OneClientSettingDefinition"),
    Row("must", "/clientsetting", "Update", 200, "OneClientSettingDefinition", {"ClientSetting": {"ClientMajorVersion": 1}}),
    Row("should", "/login", "Update", 401, "", login("nobody", "wrong"), "a wrong password"),
    Row("should", "/login", "Update", 200, "OneLoginDefinition", login(NAME, PASSWORD), "with `--leap-login`; 401 without"),
    Row("nice", "/login", "Create", 201, "OneLoginDefinition", login(NAME, PASSWORD), "as some ask it"),
    # the system
    Row("must", "/project", "Read", 200, "OneProjectDefinition"),
    Row("nice", "/project", "Subscribe", 200, "OneProjectDefinition"),
    Row("nice", "/project/masterdevicelist", "Read", 200, "OneMasterDeviceListDefinition"),
    Row("nice", "/project/masterdevicelist/devices", "Read", 200, "MultipleDeviceDefinition"),
    Row("nice", "/project/masterdevicelist/devices", "Create", 405, note="one client's slip"),
    Row("nice", "/project/contactinfo", "Read", 204),
    Row("nice", "/project/timeclockeventrules", "Read", 404),
    Row("nice", "/system", "Read", 200, "OneSystemDefinition"),
    Row("nice", "/system/away/1/status", "Read", 200, "OneAwayStatus", note="the real one answers 404"),
    Row("nice", "/system/away/1/status", "Subscribe", 200, "OneAwayStatus"),
    Row("nice", "/system/away/1/status", "Update", 200, "OneAwayStatus", {"AwayStatus": {"EnabledState": "Disabled"}}),
    Row("should", "/system/loadshedding/status", "Read", 200, "OneSystemLoadSheddingStatus"),
    Row("should", "/system/loadshedding/status", "Subscribe", 200, "OneSystemLoadSheddingStatus"),
    Row("nice", "/system/loadshedding/status", "Update", 200, "OneSystemLoadSheddingStatus",
        {"SystemLoadSheddingStatus": {"State": "Disabled"}}),
    Row("nice", "/emergency/status", "Subscribe", 200, "OneEmergencyStatus"),
    Row("nice", "/emergency/flash/status", "Update", 200, "OneEmergencyStatus", {"EmergencyStatus": {"ActiveState": "Inactive"}}),
    # areas
    Row("must", "/area", "Read", 200, "MultipleAreaDefinition"),
    Row("should", "/area/rootarea", "Read", 200, "OneAreaDefinition"),
    Row("should", "/area/{area}", "Read", 200, "OneAreaDefinition"),
    Row("nice", "/area/{area}", "Subscribe", 200, "OneAreaDefinition"),
    Row("should", "/area/{area}/summary", "Read", 200, "OneAreaSummaryDefinition"),
    Row("should", "/area/{area}/childarea/summary", "Read", 204, note="an area without children"),
    Row("must", "/area/{area}/associatedzone", "Read", 200, "MultipleZoneDefinition"),
    Row("must", "/area/{empty}/associatedzone", "Read", 204, note="an area without zones"),
    Row("should", "/area/{area}/associatedzone/status", "Read", 200, "MultipleZoneStatus"),
    Row("should", "/area/{area}/associatedzone/status/expanded", "Read", 200, "MultipleZoneExpandedStatus"),
    Row("must", "/area/{area}/associatedcontrolstation", "Read", 200, "MultipleControlStationDefinition"),
    Row("must", "/area/{empty}/associatedcontrolstation", "Read", 204, note="an area without keypads"),
    Row("should", "/area/{area}/areascene", "Read", 200, "MultipleAreaSceneDefinition"),
    Row("should", "/area/{area}/status", "Read", 200, "OneAreaStatus"),
    Row("should", "/area/{area}/status", "Subscribe", 200, "OneAreaStatus"),
    Row("must", "/area/status", "Subscribe", 200, "MultipleAreaStatus"),
    Row("must", "/area/status", "Read", 200, "MultipleAreaStatus"),
    Row("should", "/area/{area}/commandprocessor", "Create", 204, "",
        command("GoToScene", GoToSceneParameters={"CurrentScene": {"href": "/areascene/{scene}"}}), "GoToScene"),
    Row("should", "/area/{area}/commandprocessor", "Create", 204, "",
        command("GoToGroupLightingLevel", GroupLightingLevelParameters={"Level": 20}), "GoToGroupLightingLevel"),
    Row("nice", "/area/summary", "Read", 400),
    Row("nice", "/area/{area}/associatedoccupancygroup", "Read", 400),
    # zones
    Row("should", "/zone", "Read", 405),
    Row("should", "/zone", "Subscribe", 405),
    Row("should", "/zone/{dimmed}", "Read", 200, "OneZoneDefinition"),
    Row("nice", "/zone/{dimmed}", "Update", 400, body={"Zone": {"Name": "New"}}),
    Row("must", "/zone/{dimmed}/status", "Read", 200, "OneZoneStatus"),
    Row("nice", "/zone/{dimmed}/status", "Subscribe", 405),
    Row("nice", "/zone/{dimmed}/status/expanded", "Read", 200, "OneZoneExpandedStatus"),
    Row("must", "/zone/status", "Subscribe", 200, "MultipleZoneStatus"),
    Row("must", "/zone/status", "Read", 200, "MultipleZoneStatus"),
    Row("must", '/zone/status/expanded?where=Zone.ControlType:"Dimmed"', "Read", 200, "MultipleZoneExpandedStatus"),
    Row("must", '/zone/status/expanded?where=Zone.ControlType:"Receptacle"', "Read", 204, note="no such zone"),
    *(Row(priority, f"/zone/{zone}/commandprocessor", "Create", 201, "OneZoneStatus", body,
          f"{body['Command']['CommandType']}{', ' if note else ''}{note}") for priority, zone, body, note in ZONE_COMMANDS),
    Row("should", "/zone/{dimmed}/commandprocessor", "Create", 400, "",
        command("GoToSwitchedLevel", SwitchedLevelParameters={"SwitchedLevel": "On"}), "a command that does not fit"),
    Row("nice", "/zone/{dimmed}/associatedloadcontroller", "Read", 200, "MultipleLoadControllerDefinition"),
    Row("nice", "/zone/{dimmed}/tuningsettings", "Read", 404),
    Row("nice", "/zone/{dimmed}/phasesettings", "Read", 404),
    Row("nice", "/zone/{dimmed}/countdowntimer", "Read", 404),
    Row("should", "/zonetypegroup/status", "Subscribe", 204),
    # devices
    Row("must", "/device", "Read", 200, "MultipleDeviceDefinition", note="for who speaks version 1 of the protocol"),
    Row("must", "/clientsetting", "Update", 200, "OneClientSettingDefinition", {"ClientSetting": {"ClientMajorVersion": 3}}),
    Row("must", "/device", "Read", 204, note="for all others"),
    Row("must", "/device?where=IsThisDevice:true", "Read", 200, "MultipleDeviceDefinition"),
    Row("must", "/device?where=IsThisDevice:false", "Read", 200, "MultipleDeviceDefinition"),
    Row("should", '/device?where=AssociatedArea.href:"/area/{area}"', "Read", 200, "MultipleDeviceDefinition"),
    Row("should", "/device?where=SerialNumber:1", "Read", 204, note="no such device"),
    Row("must", "/device/1", "Read", 200, "OneDeviceDefinition"),
    Row("must", "/device/{keypad}", "Read", 200, "OneDeviceDefinition"),
    Row("nice", "/device/{keypad}", "Subscribe", 200, "OneDeviceDefinition"),
    Row("should", "/device/{keypad}/status", "Read", 200, "OneDeviceStatus"),
    Row("should", "/device/{dimmed}/status", "Read", 404, note="a zone's number, as one client asks for a battery"),
    Row("should", "/device/status", "Read", 204),
    Row("should", "/device/status", "Subscribe", 204),
    Row("should", "/device/status/deviceheard", "Subscribe", 204),
    Row("should", "/device/status/deviceheard", "Read", 405),
    Row("must", "/device/{keypad}/buttongroup", "Read", 200, "MultipleButtonGroupDefinition"),
    Row("must", "/device/{keypad}/buttongroup/expanded", "Read", 200, "MultipleButtonGroupExpandedDefinition"),
    Row("must", "/device/{module}/buttongroup/expanded", "Read", 204, note="a device without buttons"),
    Row("nice", "/controlstation/{station}", "Read", 200, "OneControlStationDefinition"),
    Row("nice", "/controlstation", "Read", 405),
    Row("nice", "/led", "Read", 400),
    Row("nice", "/button", "Read", 200, "MultipleButtonDefinition"),
    Row("nice", "/preset", "Read", 400),
    Row("nice", "/areascene", "Read", 200, "MultipleAreaSceneDefinition", note="the real one answers 400"),
    # buttons and LEDs
    Row("must", "/buttongroup", "Read", 204),
    Row("must", "/buttongroup/{group}", "Read", 200, "OneButtonGroupDefinition"),
    Row("should", "/buttongroup/{group}/button", "Read", 200, "MultipleButtonDefinition"),
    Row("must", "/button/{button}", "Read", 200, "OneButtonDefinition"),
    Row("must", "/button/{button}/status/event", "Subscribe", 204),
    Row("must", "/button/{button}/commandprocessor", "Create", 204, "", command("PressAndRelease"), "PressAndRelease"),
    Row("should", "/button/{button}/commandprocessor", "Create", 204, "", command("PressAndHold"), "PressAndHold"),
    Row("should", "/button/{button}/commandprocessor", "Create", 204, "", command("Release"), "Release"),
    Row("should", "/button/{button}/commandprocessor", "Create", 204, "", command("MultiTap"), "MultiTap"),
    Row("must", "/led/{led}/status", "Subscribe", 200, "OneLEDStatus"),
    Row("must", "/led/{led}/status", "Read", 200, "OneLEDStatus"),
    Row("must", "/led/{led}/status", "Update", 200, "OneLEDStatus", {"LEDStatus": {"State": "On"}}),
    Row("should", "/virtualbutton", "Read", 200, "MultipleVirtualButtonDefinition", note="the real one answers 204"),
    Row("should", "/virtualbutton/{scene}/commandprocessor", "Create", 204, "", command("PressAndRelease")),
    # programming
    Row("nice", "/programmingmodel/{button}", "Read", 200, "OneProgrammingModelDefinition"),
    Row("nice", "/preset/{scene}", "Read", 200, "OnePresetDefinition"),
    Row("nice", "/areascene/{scene}", "Read", 200, "OneAreaSceneDefinition"),
    Row("nice", "/preset/{scene}/dimmedlevelassignment", "Read", 200, "MultipleDimmedLevelAssignmentDefinition"),
    Row("nice", "/presetassignment", "Read", 204),
    Row("nice", "/programmingmodel", "Read", 204),
    Row("nice", "/facade", "Read", 200, "MultipleFacadeDefinition", note="the real one answers 204"),
    Row("nice", "/naturalshow", "Read", 200, "MultipleNaturalShowDefinition", note="the real one answers 204"),
    Row("nice", "/sequence", "Read", 200, "MultipleSequenceDefinition", note="the real one answers 204"),
    Row("nice", "/sharedscene", "Read", 204, note="this home has none"),
    Row("nice", "/curve", "Read", 200, "MultipleCurveDefinition"),
    Row("nice", "/curve/1", "Read", 200, "OneCurveDefinition"),
    # occupancy and time
    Row("must", "/occupancygroup", "Read", 200, "MultipleOccupancyGroupDefinition"),
    Row("must", "/occupancygroup/status", "Subscribe", 200, "MultipleOccupancyGroupStatus"),
    Row("must", "/occupancygroup/status", "Read", 200, "MultipleOccupancyGroupStatus"),
    Row("nice", "/timeclock", "Read", 200, "MultipleTimeclockDefinition"),
    Row("nice", "/timeclock/{timeclock}", "Read", 200, "OneTimeclockDefinition"),
    Row("nice", "/timeclockevent", "Read", 200, "MultipleTimeclockEventDefinition"),
    Row("nice", "/timeclockevent/{event}", "Read", 200, "OneTimeclockEventDefinition"),
    Row("nice", "/timeclockevent/{event}/status", "Update", 200, "OneTimeclockEventStatus",
        {"TimeclockEventStatus": {"EnableState": "Enabled"}}),
    Row("should", "/timeclock/status", "Subscribe", 200, "MultipleTimeclockStatus"),
    Row("should", "/timeclock/status", "Read", 200, "MultipleTimeclockStatus"),
    Row("nice", "/timeclock/{timeclock}/status", "Update", 200, "OneTimeclockStatus",
        {"TimeclockStatus": {"EnabledState": "Enabled"}}),
    # links
    Row("nice", "/link", "Read", 200, "MultipleLinkDefinition"),
    Row("nice", "/link/{link}", "Read", 200, "OneLinkDefinition"),
    Row("nice", "/link/{link}/status", "Read", 200, "OneLinkStatus"),
    Row("nice", "/link/{link}/associatedlinknode/expanded", "Read", 200, "MultipleLinkNodeExpandedDefinition"),
    Row("nice", "/loadcontroller/{dimmed}", "Read", 200, "OneLoadControllerDefinition"),
    Row("nice", "/loadcontroller/{dimmed}/status", "Read", 200, "OneLoadControllerStatus"),
    Row("nice", "/firmwareimage/{processor}", "Read", 200, "OneFirmwareImageDefinition"),
    Row("nice", "/networkinterface/1", "Read", 200, "OneNetworkInterfaceDefinition"),
    Row("nice", "/networkinterface/1/status", "Read", 200, "OneNetworkInterfaceStatus"),
    Row("nice", "/service", "Read", 204),
    Row("nice", "/database/@Project", "Read", 200, "OneDatabaseDefinition"),
    # what the project says, and no client changes
    Row("nice", "/area/{area}", "Update", 405, body={"Area": {"Name": "New"}}, note="names are the project's"),
    Row("nice", "/device/{keypad}", "Update", 405, body={"Device": {"Name": "New"}}, note="the same"),
    Row("nice", "/controlstation/{station}", "Update", 405, body={"ControlStation": {"Name": "New"}}, note="the same"),
    Row("nice", "/button/{button}", "Update", 405, body={"Button": {"Name": "New"}}, note="the same"),
    Row("nice", "/timeclock/{timeclock}/timeclockevent", "Read", 200, "MultipleTimeclockEventDefinition"),
    Row("nice", "/timeclock/{timeclock}/timeclockevent", "Create", 405, body={"TimeclockEvent": {"Name": "New"}},
        note="events are the project's"),
    Row("nice", "/timeclockevent/{event}", "Update", 405, body={"TimeclockEvent": {"Name": "New"}}, note="the same"),
    Row("nice", "/timeclockevent/{event}", "Delete", 405, note="the same"),
    Row("nice", "/device/{processor}/commandprocessor", "Create", 400, body=command("Reboot"), note="no client restarts the processor"),
    Row("nice", "/device/{keypad}/commandprocessor", "Create", 400, body=command("StartIdentify"),
        note="this house's devices have no such thing"),
    # and all the rest
    Row("should", "/zone/status", "Unsubscribe", 204),
    Row("must", "/nothing/of/the/kind", "Read", 400),
    Row("must", "/area/2147483647", "Read", 404, note="no such object"),
]
