"""A sample home read straight from its YAML file, without Candela: what clients have to see of it."""

from dataclasses import dataclass, field

import yaml
from daemon import PROJECTS


@dataclass(frozen=True)
class Zone:
    area: str
    name: str
    load: str


@dataclass(frozen=True)
class Button:
    area: str
    keypad: str
    position: int
    label: str


@dataclass
class Home:
    name: str = ""
    areas: dict = field(default_factory=dict)  # id -> (name, name of the parent)
    zones: dict = field(default_factory=dict)  # id -> Zone
    keypads: dict = field(default_factory=dict)  # id -> (area, name, family)
    buttons: dict = field(default_factory=dict)  # id -> Button


def position_of(button):
    return button.get("position", 18 if "raise" in button else 19)


def label_of(button):
    usual = "Raise" if "raise" in button else "Lower" if "lower" in button else f"Button {position_of(button)}"
    return button.get("engraving") or button.get("name") or usual


def family_of(keypad):
    return {"homeowner": "Homeowner Keypad", "phantom": "Phantom Keypad"}.get(keypad.get("kind"), keypad.get("family"))


def add_area(home, node, parent):
    name = node["name"]
    home.areas[node["id"]] = (name, parent)
    for zone in node.get("zones", []):
        home.zones[zone["id"]] = Zone(name, zone.get("name", zone["id"]), zone.get("load", "dimmed"))
    for keypad in node.get("keypads", []):
        home.keypads[keypad["id"]] = (name, keypad.get("name", keypad["id"]), family_of(keypad))
        for button in keypad.get("buttons", []):
            home.buttons[f"{keypad['id']}.{position_of(button)}"] = Button(
                name, keypad.get("name", keypad["id"]), position_of(button), label_of(button))
    for child in node.get("areas", []):
        add_area(home, child, name)


def read_home(name):
    document = yaml.safe_load((PROJECTS / f"{name}.yaml").read_text(encoding="utf-8"))
    home = Home(document["project"]["name"])
    home.areas["home"] = (home.name, None)
    for area in document["areas"]:
        add_area(home, area, home.name)
    return home
