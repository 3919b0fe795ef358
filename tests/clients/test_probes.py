"""Clients that cannot be installed here, played step by step with the bytes that they are known to send: openHAB's binding
over LEAP and over LIP, a Crestron module that logs in over LEAP, a Crestron and a Control4 driver over LIP."""

import json
from xml.etree import ElementTree

import pytest
from daemon import DEADLINE_S, wait_until
from leap import Leap, trusting
from leap_matrix import NAME, PASSWORD
from lip import PROMPT, Lip, add_account
from test_lip import get_xml


class UntaggedLeap(Leap):
    """Answers are known by what is in them, because requests have no tags; lines end with a bare newline."""

    def say(self, verb, url, body=None):
        request = {"CommuniqueType": f"{verb}Request", "Header": {"Url": url}}
        if body is not None:
            request["Body"] = body
        self.send(json.dumps(request, separators=(",", ":")).encode() + b"\n")

    def until(self, type, url=None, wanted=lambda body: True):
        """The next message with this MessageBodyType; None = without one, known by its url and status."""
        while True:
            line = self.receive()
            header = line["Header"]
            assert "ClientTag" not in header
            if header.get("MessageBodyType") == type and url in (None, header["Url"]) and wanted(line.get("Body")):
                assert type is not None or header["StatusCode"] == "204 NoContent"
                return line.get("Body")


def number(href):
    return int(href.rsplit("/", 1)[1])


def test_openhab_over_leap_comes_online_and_controls(villa, admit):
    """Its order of questions, and what it makes of the answers: a zone is known by the device whose LocalZones has it."""
    files = admit(villa, "openhab")
    with UntaggedLeap(villa, files, trusting(files)) as hab:
        hab.say("Read", "/project")
        assert hab.until("OneProjectDefinition")["Project"]["ProductType"] == "Lutron HWQS Project"
        hab.say("Read", "/buttongroup")
        hab.until(None, "/buttongroup")  # this, and devices, bring it online
        hab.say("Read", "/device?where=IsThisDevice:false")
        devices = hab.until("MultipleDeviceDefinition")["Devices"]
        hab.say("Read", "/area")
        areas = {it["href"] for it in hab.until("MultipleAreaDefinition")["Areas"]}
        hab.say("Read", "/occupancygroup")
        groups = hab.until("MultipleOccupancyGroupDefinition")["OccupancyGroups"]
        hab.say("Subscribe", "/occupancygroup/status")
        assert len(hab.until("MultipleOccupancyGroupStatus")["OccupancyGroupStatuses"]) == len(groups)
        zones = {}
        for kind in ("Dimmed", "Switched", "CCO", "Shade"):
            hab.say("Read", f'/zone/status/expanded?where=Zone.ControlType:"{kind}"')
            for it in hab.until("MultipleZoneExpandedStatus")["ZoneExpandedStatuses"]:
                assert it["Zone"]["ControlType"] == kind and it["Zone"]["AssociatedArea"]["href"] in areas
                assert isinstance(it.get("Level", 0), int)  # it reads no fractions
                zones[it["Zone"]["href"]] = it["Zone"]["Name"]
        for url, type in (("/zone/status", "MultipleZoneStatus"), ("/area/status", "MultipleAreaStatus")):
            hab.say("Subscribe", url)
            hab.until(type, url)
        device_of = {it["LocalZones"][0]["href"]: it["href"] for it in devices if it.get("LocalZones")}
        keypad = next(it for it in devices if it.get("ButtonGroups") and it["Name"] == "Study")
        hab.say("Read", keypad["href"] + "/buttongroup/expanded")
        buttons = hab.until("MultipleButtonGroupExpandedDefinition")["ButtonGroupsExpanded"][0]["Buttons"]
        desk = next(it["href"] for it in buttons if it["Engraving"]["Text"] == "Desk")
        hab.say("Subscribe", desk + "/status/event")
        hab.until(None, desk + "/status/event")
        assert device_of and zones.keys() & device_of.keys()

        lamp = next(it["number"] for it in villa.status()["zones"] if it["id"] == "hall-pendant")
        mine = lambda body: any(number(it["Zone"]["href"]) == lamp for it in body["ZoneStatuses"])  # noqa: E731
        hab.say("Create", f"/zone/{lamp}/commandprocessor",
                {"Command": {"CommandType": "GoToDimmedLevel", "DimmedLevelParameters": {"Level": 44, "FadeTime": "00:00:00"}}})
        assert hab.until("OneZoneStatus", f"/zone/{lamp}/commandprocessor")["ZoneStatus"]["Level"] == 44
        assert hab.until("MultipleZoneStatus", "/zone/status", mine)
        hab.say("Create", desk + "/commandprocessor", {"Command": {"CommandType": "PressAndHold"}})
        assert hab.until("OneButtonStatusEvent")["ButtonStatus"]["ButtonEvent"]["EventType"] == "Press"
        hab.say("Create", desk + "/commandprocessor", {"Command": {"CommandType": "Release"}})
        hab.until("OneButtonStatusEvent", wanted=lambda body: body["ButtonStatus"]["ButtonEvent"]["EventType"] == "Release")
        wait_until(lambda: villa.level("study-desk") == 90, "the desk lamp on")
        hab.say("Read", "/server/1/status/ping")
        assert hab.until("OnePingResponse")["PingResponse"]["LEAPVersion"] > 3


def test_a_crestron_module_over_leap_logs_in_and_goes_by_numbers(villa_with_logins, admit, tmp_path):
    """Set up with an address, a name, a password and numbers of objects; it shows no certificate."""
    villa, files = villa_with_logins, tmp_path / "crestron"
    files.mkdir()
    (files / "ca.pem").write_bytes((admit(villa) / "ca.pem").read_bytes())
    zone = next(it["number"] for it in villa.status()["zones"] if it["id"] == "study-desk")
    with Leap(villa, files) as module:
        assert module.ask("Create", "/login", {"Login": {"LoginId": NAME, "Password": PASSWORD}})["Header"]["StatusCode"] == "201 Created"
        area = next(it for it in module.ask("Read", "/area")["Body"]["Areas"] if it["Name"] == "Study")
        scenes = module.ask("Read", area["href"] + "/areascene")["Body"]["AreaScenes"]
        read = next(it for it in scenes if it["Name"] == "Read")
        module.ask("Subscribe", area["href"] + "/status")
        module.ask("Create", area["href"] + "/commandprocessor",
                   {"Command": {"CommandType": "GoToScene", "GoToSceneParameters": {"CurrentScene": {"href": read["href"]}}}})
        while (push := module.receive())["Header"]["Url"] != area["href"] + "/status" or \
                push["Body"]["AreaStatus"].get("CurrentScene") != {"href": read["href"]}:
            pass
        desk = next(it for it in villa.status()["buttons"] if it["id"] == "study-keypad.3")["number"]
        led = module.ask("Read", f"/button/{desk}")["Body"]["Button"]["AssociatedLED"]["href"]
        for press in ("Press", "Release"):
            assert module.ask("Create", f"/button/{desk}/commandprocessor",
                              {"Command": {"CommandType": press}})["Header"]["StatusCode"] == "204 NoContent"
        assert module.ask("Read", led + "/status")["Body"]["LEDStatus"]["State"] in ("On", "Off")
        wait_until(lambda: module.ask("Read", f"/zone/{zone}/status")["Body"]["ZoneStatus"]["Level"] in (0, 90), "the toggled lamp")


class TelnetDriver(Lip):
    """One that waits for each of the texts it knows, and writes when it comes."""

    def enter(self, name, password):
        for text, answer in ((b"login: ", name), (b"password: ", password)):
            assert self.segment() == text  # alone, and the whole of it
            self.send(answer + "\r\n")
        assert self.segment() == PROMPT
        return self


@pytest.fixture
def lip_villa(start):
    daemon = start("villa", "--lip-port", "0")
    add_account(daemon, "driver", PASSWORD)
    daemon.numbers = {it["id"]: it["number"] for kind in ("zones", "devices", "areas") for it in daemon.status().get(kind, [])}
    return daemon


def test_openhab_over_lip(lip_villa):
    lamp = lip_villa.numbers["hall-pendant"]
    with TelnetDriver(lip_villa).enter("driver", PASSWORD) as hab:
        hab.send("#MONITORING,12,2\r\n")
        for kind in (3, 4, 5, 6, 8, 9, 11, 17, 18):
            hab.send(f"#MONITORING,{kind},1\r\n")
        hab.send("?SYSTEM,10\r\n")
        line = hab.line()
        while not line.startswith("~SYSTEM,"):
            line = hab.line()
        date, time = line.split(",")[1:]
        assert len(date.split("/")) == 3 and len(time.split(":")) == 3
        hab.send(f"?OUTPUT,{lamp},1\r\n")
        assert hab.line() == f"~OUTPUT,{lamp},1,0.00"  # no prompt before it
        hab.send(f"#OUTPUT,{lamp},1,35.00,00:00:00\r\n")
        hab.until(f"~OUTPUT,{lamp},1,35.00\r\n".encode())


def test_a_crestron_driver_over_lip(lip_villa):
    """After its password it waits and then writes without looking for a prompt; it sends its own texts back by mistake."""
    keypad, area = lip_villa.numbers["study-keypad"], area_of(lip_villa, "Study")
    with TelnetDriver(lip_villa).enter("driver", PASSWORD) as driver:
        driver.send("#MONITORING,6,1\r\n#MONITORING,8,1\r\n#MONITORING,5,2\r\n")
        driver.send(f"?AREA,{area},6\r\n")
        driver.until(f"~AREA,{area},6,".encode())
        driver.send(f"#AREA,{area},6,1\r\n")
        driver.until(f"~AREA,{area},6,1\r\n".encode())
        driver.send(f"~AREA,{area},6,1\r\n?SYSTEM,8\r\n")
        driver.until(b"OS Firmware Revision")
        driver.send(f"#DEVICE,{keypad},3,3\r\n#DEVICE,{keypad},3,4\r\n")
        wait_until(lambda: lip_villa.level("study-desk") in (0, 90), "the button's zone")
        for move in (2, 3, 4):
            driver.send(f"#AREA,{area},{move}\r\n")
        driver.send(f"?AREA,{area},6\r\n")
        driver.until(f"~AREA,{area},6,".encode())


def test_a_control4_driver_over_lip_hears_sensors_and_buttons_by_their_own_numbers(lip_villa):
    sensor, keypad = lip_villa.numbers["cloakroom-sensor"], lip_villa.numbers["study-keypad"]
    with TelnetDriver(lip_villa).enter("driver", PASSWORD) as driver:
        driver.send("#MONITORING,3,1\r\n#MONITORING,4,1\r\n#MONITORING,5,1\r\n#MONITORING,6,1\r\n")
        wait_until(lambda: lip_villa.devices("radio", "occupied cloakroom-sensor") == "ok", "the sensor to be there")
        driver.until(f"~DEVICE,{sensor},2,3\r\n".encode())
        wait_until(lambda: lip_villa.devices("wired", "press study-keypad.1") == "ok", "the keypad to be there", DEADLINE_S)
        driver.until(f"~DEVICE,{keypad},1,3\r\n".encode())
        lip_villa.devices("wired", "release study-keypad.1")
        driver.until(f"~DEVICE,{keypad},1,4\r\n".encode())


def area_of(daemon, name):
    """The number that LIP calls the area by, from its XML."""
    for area in ElementTree.fromstring(get_xml(daemon)[2]).iter("Area"):
        if area.get("Name") == name:
            return area.get("IntegrationID")
    raise AssertionError(name)
