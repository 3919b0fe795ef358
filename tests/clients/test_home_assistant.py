"""Home Assistant itself, unmodified, with its Lutron Caséta integration, on the villa: set up once, then used by all tests."""

import os
import threading

import pytest
from daemon import PROJECTS, Daemon, wait_until
from home import read_home
from home_assistant import HomeAssistant

VILLA = read_home("villa")
LIGHTS = ("dimmed", "warm_dim", "white_tuning", "spectrum")


def own_address(first):
    """A loopback address that no other test run on this machine has: the integration's port is fixed."""
    number = os.getpid()
    return f"127.{first + (number >> 16) % 64}.{(number >> 8) % 256}.{number % 256}"


@pytest.fixture(scope="module")
def villa(tmp_path_factory):
    options = ["--listen", own_address(64), "--leap-port", "8081", "--pairing-port", "none"]
    with Daemon(PROJECTS / "villa.yaml", tmp_path_factory.mktemp("villa") / "state", *options) as daemon:
        yield daemon


@pytest.fixture(scope="module")
def fresh(villa, tmp_path_factory):
    """A new Home Assistant, with the certificate files in its configuration directory."""
    folder = tmp_path_factory.mktemp("home-assistant")
    villa.run("client", "add", "home-assistant", "--role", "control", "--out", folder / "files")
    with HomeAssistant(folder / "config", own_address(64)) as assistant:
        assistant.trust(own_address(64), folder / "files")
        yield assistant


@pytest.fixture(scope="module")
def dialogue(fresh):
    """What the dialogue said, step by step, when the integration was added."""
    return fresh.set_up(own_address(64))


@pytest.fixture(scope="module")
def assistant(fresh, dialogue):
    """Home Assistant with the integration added."""
    return fresh


def room(name):
    """An area as the integration names it: with those above it, but for the house."""
    parents = dict(VILLA.areas.values())
    return name if parents[name] == VILLA.name else f"{room(parents[name])} {name}"


def zones(*loads):
    return {f"{room(zone.area)} {zone.name}" for zone in VILLA.zones.values() if zone.load in loads}


def keypad(area, name):
    """The library puts the station's name, the device's and what it is into one."""
    return f"{room(area)} {name} {name} Keypad"


def buttons():
    return {f"{keypad(it.area, it.keypad)} {it.label}": it.position for it in VILLA.buttons.values()}


def until_level(villa, zone, level):
    wait_until(lambda: villa.level(zone) == level, f"{zone} is at {level} %")


def zone_of(villa, zone):
    return next(it for it in villa.status()["zones"] if it["id"] == zone)


# ------------------------------------------------------------------------------------------------- setting it up


def test_is_added_by_certificate_files_without_pairing(dialogue):
    begun, host, confirmed = dialogue
    assert begun["step_id"] == "user" and [it["name"] for it in begun["data_schema"]] == ["host"]
    assert host["step_id"] == "link" and not host["errors"]
    assert confirmed["type"] == "create_entry" and confirmed["result"]["state"] == "loaded"
    assert confirmed["title"] == own_address(64)


def test_without_the_files_it_would_have_to_pair(fresh):
    *_, confirmed = fresh.set_up(own_address(128))
    assert confirmed["step_id"] == "link" and confirmed["errors"] == {"base": "cannot_connect"}


def test_everything_in_the_house_appears(assistant):
    def names(domain):
        return {it["attributes"]["friendly_name"] for it in assistant.entities(domain).values()}

    leds = {f"{name} LED" for name, position in buttons().items() if position not in (18, 19)}
    assert names("light") == zones(*LIGHTS)
    assert names("switch") == zones("switched") | leds
    assert names("cover") == zones("shade", "tilting_shade")
    assert names("fan") == zones("fan")
    assert names("button") == set(buttons())
    assert names("scene") == set()  # it makes them for another kind of processor only
    assert names("binary_sensor") == {f"{room(area)} Occupancy" for area in ("Hall", "Cloakroom", "Guest bath")}


def test_devices_are_in_their_rooms_and_keypads_have_their_models(assistant):
    rooms = {it["area_id"]: it["name"] for it in assistant.ask("config/area_registry/list")}
    devices = assistant.devices()
    for area, name, family in VILLA.keypads.values():
        device = devices[keypad(area, name)]
        assert rooms[device["area_id"]] == room(area)
        assert device["model"].startswith(family)
    assert rooms[devices["Entrance Hall Pendant"]["area_id"]] == "Entrance Hall"
    assert devices["Plant room Main processor"]["model"] == "HQP7-2 (HWQSProcessor)"


# ----------------------------------------------------------------------------------------------------- both ways


def test_a_light_both_ways(assistant, villa):
    pendant = "light.entrance_hall_pendant"
    assistant.call("light.turn_on", pendant, brightness_pct=40, transition=0)
    until_level(villa, "hall-pendant", 40)
    assert "home-assistant" in villa.run("explain", "hall-pendant").stdout
    assistant.until(pendant, "on", brightness=102)

    villa.run("set", "hall-pendant", "70")
    assistant.until(pendant, "on", brightness=178)
    assistant.call("light.turn_off", pendant, transition=0)
    until_level(villa, "hall-pendant", 0)
    assistant.until(pendant, "off")


def test_a_transition_is_told_at_once_and_takes_its_time(assistant, villa):
    desk = "light.living_wing_study_downlights"
    assistant.call("light.turn_on", desk, brightness_pct=80, transition=60)
    assistant.until(desk, "on", brightness=204)
    assert zone_of(villa, "study-downlights")["fading"]
    assert villa.level("study-downlights") < 80


def test_a_scene_of_the_house_moves_every_light_of_it(assistant, villa):
    villa.run("activate", "kitchen.cooking")
    for light, level in {"downlights": 100, "island_pendants": 90, "plinth": 20, "glass_cabinets": 40}.items():
        assistant.until(f"light.living_wing_kitchen_{light}", "on", brightness=level * 255 // 100)


def test_a_switch_both_ways(assistant, villa):
    work_light = "switch.entrance_plant_room_work_light"
    assistant.call("switch.turn_on", work_light)
    until_level(villa, "plant-room-light", 100)
    assistant.until(work_light, "on")
    villa.run("set", "plant-room-light", "0")
    assistant.until(work_light, "off")


def test_colour_temperature_of_a_white_tuning_lamp(assistant, villa):
    panel = "light.living_wing_kitchen_daylight_panel"
    limits = assistant.state(panel)["attributes"]
    assert (limits["min_color_temp_kelvin"], limits["max_color_temp_kelvin"]) == (2200, 6000)
    assistant.call("light.turn_on", panel, brightness_pct=100, color_temp_kelvin=4000, transition=0)
    until_level(villa, "kitchen-daylight", 100)
    assert zone_of(villa, "kitchen-daylight")["colour"] == {"kelvin": 4000}
    assistant.until(panel, "on", brightness=255, color_mode="color_temp", color_temp_kelvin=4000)


def test_colours_of_a_spectrum_lamp(assistant, villa):
    waterfall = "light.outdoors_pool_waterfall"
    assert set(assistant.state(waterfall)["attributes"]["supported_color_modes"]) == {"color_temp", "hs", "white"}
    assistant.call("light.turn_on", waterfall, brightness_pct=50, hs_color=[240, 80], transition=0)
    assistant.until(waterfall, "on", brightness=127, color_mode="hs", hs_color=[240, 80])
    until_level(villa, "pool-colour", 50)
    assert zone_of(villa, "pool-colour")["colour"]["y"] < 0.1  # deep blue

    assistant.call("light.turn_on", waterfall, white=100)  # "white" is how it says: warmer as it gets darker
    assistant.until(waterfall, "on", color_mode="white")
    wait_until(lambda: zone_of(villa, "pool-colour")["colour"] == {"warm_dim": True}, "the waterfall dims warm")

    assistant.call("light.turn_on", waterfall, color_temp_kelvin=3000, transition=0)
    assistant.until(waterfall, "on", color_mode="color_temp", color_temp_kelvin=3000)
    wait_until(lambda: zone_of(villa, "pool-colour")["colour"] == {"kelvin": 3000}, "the waterfall is white")

    villa.run("colour", "pool-colour", "--hue", "200", "--saturation", "60")
    assistant.until(waterfall, "on", color_mode="hs", hs_color=[200, 60])


def test_a_shade_both_ways(assistant, villa):
    shade = "cover.living_wing_living_room_window_shade"
    assistant.call("cover.set_cover_position", shade, position=20)
    assistant.until(shade, "open", current_position=20)
    until_level(villa, "living-shade", 20)
    assistant.call("cover.open_cover", shade)
    wait_until(lambda: villa.level("living-shade") > 20, "the shade rises")
    assistant.call("cover.stop_cover", shade)
    stopped = wait_until(lambda: not zone_of(villa, "living-shade")["fading"] and villa.level("living-shade"), "it stops")
    assert 20 < stopped < 100
    wait_until(lambda: abs(assistant.state(shade)["attributes"]["current_position"] - stopped) < 1, "it says where")
    villa.run("set", "bedroom-blind", "100")
    assistant.until("cover.bedroom_wing_main_bedroom_blind", "open", current_position=100)


def test_a_fan_both_ways(assistant, villa):
    fan = "fan.bedroom_wing_main_bedroom_ceiling_fan"
    assistant.call("fan.set_percentage", fan, percentage=75)
    until_level(villa, "bedroom-fan", 75)
    assistant.until(fan, "on", percentage=75)
    villa.run("set", "bedroom-fan", "25")
    assistant.until(fan, "on", percentage=25)
    assistant.call("fan.turn_off", fan)
    until_level(villa, "bedroom-fan", 0)
    assistant.until(fan, "off", percentage=0)


# ------------------------------------------------------------------------------------------------------- keypads


def test_an_led_is_a_switch_that_follows_the_house_and_can_be_set(assistant, villa):
    led = "switch.entrance_hall_hall_to_living_hall_to_living_keypad_night_led"
    villa.run("press", "hall-inner.3")
    assistant.until(led, "on")
    assistant.call("switch.turn_off", led)
    wait_until(lambda: villa.led("hall-inner.3") == "off", "the LED is dark in the house")
    assistant.until(led, "off")


def test_a_button_of_the_page_presses_the_keypad(assistant, villa):
    assistant.call("button.press", "button.entrance_hall_front_door_front_door_keypad_path")
    until_level(villa, "garden-path", 80)
    until_level(villa, "entrance-lanterns", 70)


def trigger(device, kind, label):
    return {"platform": "device", "domain": "lutron_caseta", "device_id": device["id"], "type": kind, "subtype": label}


def lights(entity, percent):
    return {"service": "light.turn_on", "target": {"entity_id": entity}, "data": {"brightness_pct": percent, "transition": 0}}


def test_a_finger_on_the_wall_runs_automations(assistant, villa):
    study = assistant.devices()[keypad("Study", "Study")]
    triggers = assistant.ask("device_automation/trigger/list", device_id=study["id"])
    offered = {(it["type"], it["subtype"]) for it in triggers if it["domain"] == "lutron_caseta"}
    labels = {it.label for it in VILLA.buttons.values() if it.keypad == "Study"}
    assert offered == {(kind, label) for kind in ("press", "release") for label in labels}

    dressing_room = "light.bedroom_wing_dressing_room"
    assistant.add_automation("on_press", trigger(study, "press", "Off"), lights(f"{dressing_room}_ceiling", 33))
    assistant.add_automation("on_release", trigger(study, "release", "Off"), lights(f"{dressing_room}_wardrobes", 44))
    villa.devices("wired", "press study-keypad.4")  # the bytes of the wired link
    until_level(villa, "dressing-ceiling", 33)
    villa.devices("wired", "release study-keypad.4")
    until_level(villa, "dressing-wardrobes", 44)

    villa.run("set", "dressing-ceiling", "0", "--fade", "0")
    villa.run("press", "study-keypad.4")
    until_level(villa, "dressing-ceiling", 33)


def test_what_the_buttons_tell(assistant, villa):
    heard = assistant.listen("lutron_caseta_button_event")

    def next_event():
        event = heard()
        return event["area_name"], event["button_type"], event["action"]

    villa.devices("radio", "tap guest-keypad.2")
    assert [next_event() for _ in range(2)] == [("Bedroom wing Guest room", "Evening", it) for it in ("press", "release")]
    # All that is no press is a release to this version: a hold tells it two, when it is long enough and when it ends.
    villa.run("press", "living-keypad.18", "--hold", "1")
    told = ("press", "release", "release")
    assert [next_event() for _ in told] == [("Living wing Living room", "Raise", it) for it in told]


def test_somebody_in_a_room(assistant, villa):
    assert villa.devices("radio", "occupied cloakroom-sensor") == "ok"
    assistant.until("binary_sensor.entrance_cloakroom_occupancy", "on", device_class="occupancy")
    assistant.until("light.entrance_cloakroom_ceiling", "on", brightness=255)  # as the house does it by itself


# ------------------------------------------------------------------------------------------------ when we go away


def test_a_power_cut_of_the_processor_heals_by_itself(assistant, villa):
    desk = "light.living_wing_study_desk"
    villa.run("set", "study-desk", "60", "--fade", "0")
    assistant.until(desk, "on", brightness=153)
    villa.kill()
    with pytest.raises(AssertionError, match="call_service"):
        assistant.call("light.turn_on", desk, brightness_pct=90)
    assert assistant.state(desk)["state"] == "on"  # it knows no "unavailable" for a connection that breaks
    villa.start()

    def follows():
        villa.run("set", "study-desk", "25", "--fade", "0")
        return assistant.state(desk)["attributes"]["brightness"] == 63

    wait_until(follows, "Home Assistant hears the house again")
    assistant.call("light.turn_on", desk, brightness_pct=90, transition=0)
    until_level(villa, "study-desk", 90)


def test_is_unavailable_if_it_starts_while_the_processor_is_away(assistant, villa, dialogue):
    desk = "light.living_wing_study_desk"
    villa.run("set", "study-desk", "90", "--fade", "0")
    villa.stop()
    entry = dialogue[-1]["result"]["entry_id"]
    reload = threading.Thread(target=assistant.request, args=("POST", f"/api/config/config_entries/entry/{entry}/reload"))
    reload.start()
    assistant.until(desk, "unavailable")
    villa.start()
    reload.join()
    assistant.until(desk, "on", brightness=229)
    assistant.call("light.turn_off", desk, transition=0)
    until_level(villa, "study-desk", 0)
