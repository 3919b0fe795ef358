"""Every row of the LEAP matrix, asked of the real daemon; docs/conformance.md shows what was answered.

CANDELA_WRITE_CONFORMANCE=1 writes the table anew instead of comparing it."""

import json
import os
import re
from pathlib import Path

import pytest
from leap import Leap
from leap_matrix import ROWS

PAGE = Path(__file__).resolve().parents[2] / "docs/conformance.md"
BEGIN, END = "<!-- LEAP: written by tests/clients/test_leap_matrix.py -->\n", "<!-- LEAP: end -->\n"


def number(href):
    return int(re.search(r"/(\d+)", href).group(1))


def look_up(leap):
    """The numbers that stand behind the names of the matrix, as the server itself lists them."""

    def items(url):
        answer = leap.ask("Read", url)
        return list(answer["Body"].values())[0] if "Body" in answer else []

    zones, empty, numbers = {}, None, {}
    for area in items("/area"):
        id = number(area["href"])
        found = items(f"/area/{id}/associatedzone")
        stations = items(f"/area/{id}/associatedcontrolstation")
        scenes = [it for it in items(f"/area/{id}/areascene") if it["SortOrder"] > 0]
        empty = id if not found and not stations else empty
        for zone in found:
            kind = "Tilt" if "Tilt" in zone["AvailableControlTypes"] else zone["ControlType"]
            on_a_link = items(f"/zone/{number(zone['href'])}/associatedloadcontroller")
            if kind not in zones or on_a_link:
                zones[kind] = number(zone["href"])
        dims = any(items(f"/preset/{number(scene['href'])}/dimmedlevelassignment") for scene in scenes)
        if found and stations and scenes and dims and area["IsLeaf"]:
            scene = next(s for s in scenes if items(f"/preset/{number(s['href'])}/dimmedlevelassignment"))
            numbers.update(area=id, station=number(stations[0]["href"]), scene=number(scene["href"]))
    devices = items("/device?where=IsThisDevice:false")
    for keypad in (it for it in devices if "ButtonGroups" in it):
        group = number(keypad["ButtonGroups"][0]["href"])
        programmed = [b for b in items(f"/buttongroup/{group}/button") if "AssociatedLED" in b and "ProgrammingModel" in b]
        if programmed:
            button = programmed[0]
            break
    return {
        **numbers, "empty": empty, "keypad": number(keypad["href"]), "group": group, "button": number(button["href"]),
        "led": number(button["AssociatedLED"]["href"]),
        "module": number(next(d for d in devices if "ButtonGroups" not in d)["href"]),
        "processor": number(items("/device?where=IsThisDevice:true")[0]["href"]),
        "timeclock": number(items("/timeclock")[0]["href"]), "event": number(items("/timeclockevent")[0]["href"]),
        "link": number(items("/link")[0]["href"]),
        "dimmed": zones["Dimmed"], "switched": zones["Switched"], "shade": zones["Shade"], "tilt": zones["Tilt"],
        "fan": zones["FanSpeed"], "contact": zones["CCO"], "white": zones["WhiteTune"], "spectrum": zones["SpectrumTune"],
    }


def filled(text, numbers):
    return re.sub(r"\{(\w+)\}", lambda name: str(numbers[name.group(1)]), text)


def asked(row, numbers):
    """The url and body of a row, with the numbers of this home."""
    body = json.loads(filled(json.dumps(row.body), numbers)) if row.body is not None else None
    return filled(row.url, numbers), body


@pytest.fixture
def matrix(villa_with_logins, admit):
    with Leap(villa_with_logins, admit(villa_with_logins, role="admin")) as leap:
        yield leap, look_up(leap)


def shown(url):
    return re.sub(r"\{\w+\}", "N", url).replace("|", "\\|")


def test_every_row_is_answered_as_clients_need_it(matrix):
    leap, numbers = matrix
    wrong, table = [], ["| url | request | answer | priority | |", "| --- | --- | --- | --- | --- |"]
    for row in ROWS:
        url, body = asked(row, numbers)
        answer = leap.ask(row.verb, url, body)
        status, type = answer["Header"]["StatusCode"], answer["Header"].get("MessageBodyType", "")
        expected = "ExceptionDetail" if row.status >= 400 else row.type
        if int(status.split()[0]) != row.status or type != expected or answer["Header"]["Url"] != url:
            wrong.append(f"{row.verb} {url} {row.note}: {json.dumps(answer)[:300]}")
        answered = status if row.status >= 400 or not type else f"{status} {type}"
        table.append(f"| `{shown(row.url)}` | {row.verb} | {answered} | {row.priority} | {row.note} |")
    assert not wrong, "\n".join(wrong)
    compare_with_the_page("\n".join(table) + "\n")


def compare_with_the_page(table):
    page = PAGE.read_text()
    head, rest = page.split(BEGIN)
    written, tail = rest.split(END)
    if os.environ.get("CANDELA_WRITE_CONFORMANCE"):
        PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}")
        return
    assert written.strip() == table.strip(), f"{PAGE.name} is not what the server answers; write it with CANDELA_WRITE_CONFORMANCE=1"


def test_pushes_follow_commands(matrix):
    """What a client follows comes under its own tag: tilt, colour and contact states, away, timeclocks."""
    leap, numbers = matrix
    leap.ask("Subscribe", "/zone/status")
    leap.ask("Subscribe", "/system/away/1/status")
    leap.ask("Subscribe", f"/timeclock/{numbers['timeclock']}/status")

    def pushed(url, key):
        while True:
            line = leap.receive()
            if line["Header"]["Url"] == url:
                return line["Body"][key]

    def status_of(zone):
        while True:
            for status in pushed("/zone/status", "ZoneStatuses"):
                if status["Zone"]["href"] == f"/zone/{numbers[zone]}":
                    return status

    def command(zone, kind, **parameters):
        leap.ask("Create", f"/zone/{numbers[zone]}/commandprocessor", {"Command": {"CommandType": kind, **parameters}})
        return status_of(zone)

    assert command("tilt", "GoToTilt", TiltParameters={"Tilt": 35})["Tilt"] == 35
    assert command("fan", "GoToFanSpeed", FanSpeedParameters={"FanSpeed": "High"})["FanSpeed"] == "High"
    assert command("contact", "GoToCCOLevel", CCOLevelParameters={"CCOLevel": "Closed"})["CCOLevel"] == "Closed"
    white = command("white", "GoToWhiteTuningLevel", WhiteTuningLevelParameters={"WhiteTuningLevel": {"Kelvin": 3100}})
    assert white["ColorTuningStatus"] == {"WhiteTuningLevel": {"Kelvin": 3100}, "CurveDimming": {}}
    warm = command("white", "GoToWarmDim", WarmDimParameters={"CurveDimming": {"Curve": {"href": "/curve/1"}}})
    assert warm["ColorTuningStatus"]["CurveDimming"] == {"Curve": {"href": "/curve/1"}}
    leap.ask("Update", "/system/away/1/status", {"AwayStatus": {"EnabledState": "Enabled"}})
    assert pushed("/system/away/1/status", "AwayStatus")["EnabledState"] == "Enabled"
    url = f"/timeclock/{numbers['timeclock']}/status"
    leap.ask("Update", url, {"TimeclockStatus": {"EnabledState": "Disabled"}})
    assert pushed(url, "TimeclockStatus")["EnabledState"] == "Disabled"
