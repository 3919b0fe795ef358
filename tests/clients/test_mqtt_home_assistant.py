"""Home Assistant itself, unmodified, with its MQTT integration, the villa, and a Mosquitto between the two."""

import pytest
from broker import PASSWORDS, Broker
from daemon import PROJECTS, Daemon, wait_until
from home import read_home
from home_assistant import HomeAssistant
from test_home_assistant import own_address, until_level

VILLA = read_home("villa")
DIMMED = ("dimmed", "warm_dim", "white_tuning", "spectrum")


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    with Broker(tmp_path_factory.mktemp("mqtt") / "broker") as it:
        yield it


@pytest.fixture(scope="module")
def villa(broker, tmp_path_factory):
    with Daemon(PROJECTS / "villa.yaml", tmp_path_factory.mktemp("villa") / "state", *broker.options()) as it:
        yield it


@pytest.fixture(scope="module")
def assistant(villa, broker, tmp_path_factory):
    """A new Home Assistant, to which the broker was added in its dialogue: no more than that."""
    typed = {"broker": "127.0.0.1", "port": broker.plain_port, "username": "owner", "password": PASSWORDS["owner"]}
    with HomeAssistant(tmp_path_factory.mktemp("home-assistant") / "config", own_address(64)) as it:
        assert it.add_integration("mqtt", typed)[-1]["type"] == "create_entry"
        wait_until(lambda: "light.hall_pendant" in it.entities("light"), "it finds the lights")
        it.until("binary_sensor.harbour_villa_clock", "off")  # told last of all
        yield it


def test_every_zone_is_there_once(assistant):
    count = {load: sum(it.load == load for it in VILLA.zones.values()) for load in {it.load for it in VILLA.zones.values()}}
    assert len(assistant.entities("light")) == sum(count.get(it, 0) for it in DIMMED)
    assert len(assistant.entities("cover")) == count["shade"] + count["tilting_shade"]
    assert len(assistant.entities("fan")) == count["fan"]
    switches = [it for it in assistant.entities("switch").values() if it["entity_id"].startswith("switch.garage_")]
    assert {it["attributes"]["friendly_name"] for it in switches} == {"Garage Lights", "Garage Workbench"}
    everything = {it["entity_id"]: it for it in assistant.ask("get_states")}
    assert "unavailable" not in {it["state"] for it in everything.values()}


def test_devices_are_in_their_rooms_by_way_of_the_processor(assistant):
    devices = assistant.devices("mqtt")
    areas = {it["area_id"]: it["name"] for it in assistant.ask("config/area_registry/list")}
    processor = devices["Harbour Villa"]
    assert devices["Hall"]["via_device_id"] == processor["id"] and areas[devices["Hall"]["area_id"]] == "Hall"
    front_door = devices["Front door"]
    assert (front_door["model"], areas[front_door["area_id"]]) == ("HQWD-W6BRL", "Hall")
    assert assistant.state("event.front_door_welcome")["attributes"]["friendly_name"] == "Front door Welcome"
    doubled = [it["attributes"]["friendly_name"] for it in assistant.ask("get_states")
               if (words := it["attributes"].get("friendly_name", "").split()) and words[:len(words) // 2] == words[len(words) // 2:]]
    assert not doubled


def test_a_light_both_ways(assistant, villa):
    assistant.call("light.turn_on", "light.hall_pendant", brightness_pct=40, transition=0)
    until_level(villa, "hall-pendant", 40)
    villa.run("set", "hall-pendant", "60", "--fade", "0")
    assistant.until("light.hall_pendant", "on", brightness=153)
    assistant.call("light.turn_off", "light.hall_pendant")
    until_level(villa, "hall-pendant", 0)
    assistant.until("light.hall_pendant", "off")


def test_colours(assistant, villa):
    daylight = "light.kitchen_daylight_panel"
    assistant.call("light.turn_on", daylight, kelvin=4000, brightness_pct=50, transition=0)
    assistant.until(daylight, "on", color_temp=250, color_mode="color_temp")
    waterfall = "light.pool_waterfall"
    assistant.call("light.turn_on", waterfall, hs_color=[200, 60], transition=0)
    told = assistant.until(waterfall, "on", color_mode="xy")
    assert told["attributes"]["hs_color"] == pytest.approx((200, 60), abs=2)
    villa.run("colour", "pool-colour", "--kelvin", "3000")
    assistant.until(waterfall, "on", color_mode="color_temp", color_temp=333)


def test_switches_and_a_gate(assistant, villa):
    assistant.call("switch.turn_on", "switch.garage_lights")
    until_level(villa, "garage-lights", 100)
    assistant.until("switch.garage_lights", "on")
    gate = next(it for it in assistant.entities("button") if it.endswith("_gate") and "owner" not in it)
    assistant.call("button.press", gate)
    wait_until(lambda: "MQTT" in villa.run("explain", "entrance-gate").stdout, "the gate moves")


def test_covers(assistant, villa):
    shade = "cover.living_room_window_shade"
    assistant.call("cover.set_cover_position", shade, position=20)
    until_level(villa, "living-shade", 20)
    assistant.until(shade, "open", current_position=20)
    assistant.call("cover.close_cover", shade)
    assistant.until(shade, "closed", current_position=0)
    blind = "cover.main_bedroom_blind"
    assistant.call("cover.set_cover_tilt_position", blind, tilt_position=75)
    assistant.until(blind, assistant.state(blind)["state"], current_tilt_position=75)


def test_a_fan(assistant, villa):
    fan = "fan.main_bedroom_ceiling_fan"
    assistant.call("fan.set_percentage", fan, percentage=75)
    until_level(villa, "bedroom-fan", 75)
    assistant.until(fan, "on", percentage=75)
    villa.run("set", "bedroom-fan", "25")
    assistant.until(fan, "on", percentage=25)
    assistant.call("fan.turn_off", fan)
    assistant.until(fan, "off")


def test_scenes_modes_and_what_runs(assistant, villa):
    assistant.call("scene.turn_on", "scene.hall_evening")
    assistant.until("sensor.hall_scene", "Evening")
    assistant.call("select.select_option", "select.harbour_villa_mode", option="Vacation")
    assistant.until("select.harbour_villa_mode", "Vacation")
    assert "vacation" in villa.run("mode").stdout
    assistant.call("select.select_option", "select.harbour_villa_mode", option="At home")
    assistant.until("select.harbour_villa_mode", "At home")
    assistant.call("switch.turn_on", "switch.harbour_villa_pool_colours")
    assistant.until("switch.harbour_villa_pool_colours", "on")
    assistant.call("switch.turn_off", "switch.harbour_villa_pool_colours")
    assistant.until("switch.harbour_villa_pool_colours", "off")
    assistant.call("number.set_value", "number.harbour_villa_load_shedding", value=15)
    assistant.until("number.harbour_villa_load_shedding", "15")
    assistant.call("number.set_value", "number.harbour_villa_load_shedding", value=0)


def test_somebody_in_a_room(assistant, villa):
    assert villa.devices("radio", "occupied cloakroom-sensor") == "ok"
    assistant.until("binary_sensor.cloakroom_occupancy", "on", device_class="occupancy")
    assistant.until("light.cloakroom_ceiling", "on", brightness=255)  # as the house does it by itself


def test_a_finger_on_the_wall_runs_an_automation(assistant, villa):
    trigger = {"platform": "state", "entity_id": "event.study_keypad_off"}
    lights = {"service": "light.turn_on", "target": {"entity_id": "light.dressing_room_ceiling"},
              "data": {"brightness_pct": 33, "transition": 0}}
    assistant.add_automation("on_press", trigger, lights)
    heard = assistant.listen("state_changed")

    def next_event():
        while (told := heard())["entity_id"] != "event.study_keypad_off":
            pass
        return told["new_state"]["attributes"]["event_type"]

    villa.run("press", "study-keypad.4", "--hold", "1")
    assert [next_event() for _ in range(3)] == ["press", "hold", "release"]
    until_level(villa, "dressing-ceiling", 33)
    villa.devices("wired", "tap study-keypad.4")  # the bytes of the wired link
    assert [next_event(), next_event()] == ["press", "release"]


def test_a_button_of_the_page_presses_the_keypad(assistant, villa):
    assistant.call("button.press", "button.front_door_path")
    until_level(villa, "garden-path", 80)


def test_all_is_unavailable_while_the_processor_is_away(assistant, villa):
    villa.run("set", "study-desk", "60", "--fade", "0")
    assistant.until("light.study_desk", "on", brightness=153)
    villa.kill()
    assistant.until("light.study_desk", "unavailable")
    villa.start()
    villa.run("set", "study-desk", "40", "--fade", "0")
    assistant.until("light.study_desk", "on", brightness=102)
    assistant.call("light.turn_on", "light.study_desk", brightness_pct=90, transition=0)
    until_level(villa, "study-desk", 90)


def test_a_broker_that_starts_again(assistant, villa, broker):
    broker.stop()
    villa.run("set", "study-desk", "25", "--fade", "0")
    broker.start()
    assistant.until("light.study_desk", "on", brightness=64)
    assistant.call("light.turn_off", "light.study_desk", transition=0)
    until_level(villa, "study-desk", 0)
