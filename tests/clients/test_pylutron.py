"""Unmodified pylutron, the library of Home Assistant's `lutron`, on the villa: it reads the XML from port 80, logs in at
port 23, and both are built into it."""

import threading

import own_network
import pylutron
import pytest
from daemon import DEADLINE_S, wait_until
from home import read_home
from lip import add_account

VILLA = read_home("villa")
TOGGLE = "study-keypad.3"
CREDENTIALS = ("pylutron", "for pylutron only")


@pytest.fixture
def villa(start):
    own_network.enter()
    daemon = start("villa", "--lip-port", "23", "--http-port", "80")
    add_account(daemon, *CREDENTIALS)
    return daemon


@pytest.fixture
def lutron(villa):
    client = pylutron.Lutron("127.0.0.1", *CREDENTIALS)
    client.load_xml_db()
    client.connect()
    yield client
    client.disconnect()


def outputs_of(lutron):
    return {(area.name, output.name): output for area in lutron.areas for output in area.outputs}


def output_of(lutron, zone):
    wanted = VILLA.zones[zone]
    return outputs_of(lutron)[wanted.area, wanted.name]


def keypad_of(lutron, keypad):
    area, name, _ = VILLA.keypads[keypad]
    return next(it for place in lutron.areas if place.name == area for it in place.keypads if it.name == name)


class Told:
    """What an object tells, as it comes."""

    def __init__(self, thing):
        self.events = []
        self.came = threading.Condition()
        thing.subscribe(self.take, None)

    def take(self, thing, context, event, parameters):
        with self.came:
            self.events.append((event, parameters))
            self.came.notify_all()

    def until(self, event, **parameters):
        with self.came:
            assert self.came.wait_for(lambda: any(it[0] == event and parameters.items() <= it[1].items() for it in self.events),
                                      DEADLINE_S), f"{event} {parameters} not among {self.events}"


def test_it_finds_every_output_and_keypad(lutron):
    assert {name for name in outputs_of(lutron)} == {(zone.area, zone.name) for zone in VILLA.zones.values() if zone.load != "climate"}
    keypads = {(area.name, keypad.name) for area in lutron.areas for keypad in area.keypads}
    assert {(area, name) for area, name, _ in VILLA.keypads.values()} <= keypads
    assert lutron.guid and len(lutron.guid) == 32


def test_it_sets_and_follows_a_lamp(villa, lutron):
    lamp = output_of(lutron, "hall-pendant")
    told = Told(lamp)
    assert lamp.level == 0
    lamp.set_level(42.5, fade_time_seconds=0.25)
    told.until(pylutron.Output.Event.LEVEL_CHANGED)
    wait_until(lambda: villa.level("hall-pendant") == 42.5, "the lamp at 42.5 %")
    villa.run("set", "hall-pendant", 10, "--fade", 0)
    wait_until(lambda: lamp.last_level() == 10, "the client to hear of 10 %")
    lamp.level = 0
    wait_until(lambda: villa.level("hall-pendant") == 0, "the lamp off")


def test_it_flashes_a_lamp(villa, lutron):
    output_of(lutron, "hall-pendant").flash()
    wait_until(lambda: villa.level("hall-pendant") == 100, "the lamp on")
    wait_until(lambda: villa.level("hall-pendant") == 0, "the lamp off")
    output_of(lutron, "hall-pendant").set_level(20)
    wait_until(lambda: villa.level("hall-pendant") == 20, "the lamp at 20 %")


def test_it_raises_and_stops_a_shade(villa, lutron):
    shade = output_of(lutron, "living-shade")
    shade.start_raise()
    wait_until(lambda: 0 < villa.level("living-shade") < 100, "the shade on its way")
    shade.stop()
    wait_until(lambda: shade.last_level() > 0 and abs(shade.last_level() - villa.level("living-shade")) < 0.01, "to hear where it is")


def test_it_presses_buttons_and_follows_them_and_their_leds(villa, lutron):
    keypad = keypad_of(lutron, "study-keypad")
    button = next(it for it in keypad.buttons if it.number == 3)
    led = next(it for it in keypad.leds if it.number == 3)
    told, shown = Told(button), Told(led)
    before = led.state
    villa.run("press", TOGGLE)
    told.until(pylutron.Button.Event.PRESSED)
    told.until(pylutron.Button.Event.RELEASED)
    shown.until(pylutron.Led.Event.STATE_CHANGED)
    assert led.last_state != before
    button.tap()
    wait_until(lambda: villa.led(TOGGLE) == ("on" if before else "off"), "the tap to do the opposite")
    wait_until(lambda: led.last_state == before, "the client to hear of it")


def test_it_follows_people(lutron):
    groups = [area.occupancy_group for area in lutron.areas if area.occupancy_group]
    assert groups
    for group in groups:
        assert group.state in pylutron.OccupancyGroup.State


def test_a_wrong_password_is_told(villa):
    client = pylutron.Lutron("127.0.0.1", "pylutron", "wrong password")
    client.load_xml_db()
    with pytest.raises(pylutron.LutronException):
        client.connect()
