"""MQTT with a real Mosquitto: what is told, what can be commanded, and what a broker may do without harming the house."""

import json
import re
import time

import pytest
from broker import Broker, Ear
from daemon import PROJECTS, SOURCE, Daemon, wait_until

KINDS = SOURCE / "tests/system/programming.yaml"  # a home with something of everything that runs by itself


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    with Broker(tmp_path_factory.mktemp("mqtt") / "broker") as it:
        yield it


@pytest.fixture(scope="module")
def villa(broker, tmp_path_factory):
    with Daemon(PROJECTS / "villa.yaml", tmp_path_factory.mktemp("villa") / "state", *broker.options()) as it:
        yield it


@pytest.fixture(scope="module")
def ear(broker, villa):
    with Ear(broker) as it:
        it.until("candela/status", "online")
        yield it


@pytest.fixture
def own_broker(tmp_path):
    with Broker(tmp_path / "broker") as it:
        yield it


def is_logged(daemon, text):
    wait_until(lambda: text in daemon.log_text(), f"in the log: {text}")


def memory_kb(daemon):
    with open(f"/proc/{daemon.process.pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def levels(daemon):
    return {it["id"]: it["level"] for it in daemon.status()["zones"]}


# ---------------------------------------------------------------------------------------------------- what is told


def test_all_that_is_so_is_kept_at_the_broker(villa, ear):
    for zone, level in levels(villa).items():
        ear.until(f"candela/zones/{zone}/level", f"{level:g}")
    leds = {it["id"]: it["led"] for it in villa.status()["buttons"]}
    told = {it.split("/")[2]: ear.last(it) for it in ear.topics("candela/buttons/") if it.endswith("/led")}
    assert len(told) > 50 and told.items() <= leds.items()
    present = [it for it in ear.topics("candela/devices/") if it.endswith("/presence")]
    assert len(present) > 20
    wait_until(lambda: {ear.last(it) for it in present} == {"present"}, "all devices are there")
    ear.until("candela/areas/hall/scene", "hall.off")
    ear.until("candela/variables/household/state", "awake")
    ear.until("candela/house/mode", "at-home")
    ear.until("candela/house/away", "OFF")
    ear.until("candela/links/wired/fault", "none")
    ear.until("candela/timeclocks/house/enabled", "ON")
    with Ear(ear.broker) as late:
        late.until("candela/zones/hall-walls/level", ear.last("candela/zones/hall-walls/level"))


def test_a_fade_is_told_once_with_where_it_goes(villa, ear):
    topic = "candela/zones/hall-walls/level"
    ear.until(topic, "0")
    before = len(ear.all(topic))
    villa.run("set", "hall-walls", "35", "--fade", "2")
    ear.until(topic, "35")
    wait_until(lambda: not next(it for it in villa.status()["zones"] if it["id"] == "hall-walls")["fading"], "it is there")
    ear.say("candela/zones/hall-walls/level/set", "20")  # so that all that came before has been heard
    ear.until(topic, "20")
    assert ear.all(topic)[before:] == ["35", "20"]


def test_a_ramp_is_told_every_second_and_where_it_stops(villa, ear):
    topic = "candela/zones/study-desk/level"
    ear.say("candela/zones/study-desk/level/set", {"level": 0, "fade": 0})
    ear.until(topic, "0")
    before = len(ear.all(topic))
    ear.say("candela/zones/study-desk/move/set", "raise")
    wait_until(lambda: float(ear.last(topic)) > 20, "it is on its way")
    ear.say("candela/zones/study-desk/move/set", "stop")
    wait_until(lambda: abs(float(ear.last(topic)) - villa.level("study-desk")) < 0.5, "it says where it stands")
    assert len(ear.all(topic)) - before <= 9  # 5 s from off to full


def test_a_shade_tells_that_it_moves_and_that_it_is_there(start, own_broker):
    home = start(KINDS, *own_broker.options())
    with Ear(own_broker) as ear:
        ear.until("candela/zones/shade/state", "closed")
        ear.say("candela/zones/shade/state/set", "open")
        ear.until("candela/zones/shade/state", "open")
        ear.until("candela/zones/shade/level", "100")
        assert ear.all("candela/zones/shade/state")[-3:] == ["closed", "opening", "open"]
        ear.say("candela/zones/shade/level/set", "50")
        ear.until("candela/zones/shade/level", "50")
        wait_until(lambda: abs(home.level("shade") - 50) < 2, "the shade is half way")


def test_what_fingers_do_is_told_and_not_kept(villa, ear):
    topic = "candela/buttons/study-keypad.4/event"
    villa.devices("wired", "tap study-keypad.4")
    wait_until(lambda: ear.all(topic)[:2] == ["press", "release"], "a tap")
    villa.run("press", "study-keypad.3", "--hold", "1")
    wait_until(lambda: ear.all("candela/buttons/study-keypad.3/event") == ["press", "hold", "release"], "a hold")
    assert ear.last(topic)  # heard by who listens
    with Ear(ear.broker) as late:
        late.until("candela/status", "online")
        late.say("candela/nothing", "here")
        late.until("candela/nothing", "here")
        assert late.last(topic) is None  # and not by who comes later


def test_people_sensors(villa, ear):
    villa.devices("radio", "occupied guest-bath-sensor")
    ear.until("candela/occupancy/guest-bath/state", "occupied")


def test_contact_inputs(start, own_broker):
    home = start(KINDS, *own_broker.options())
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")
        home.devices("wired", "press io.2")
        ear.until("candela/buttons/io.2/contact", "closed")
        home.devices("wired", "release io.2")
        ear.until("candela/buttons/io.2/contact", "open")


# ------------------------------------------------------------------------------------------------------- commands

COMMANDS = [  # topic below candela/, payload, and what is told of it: topic, payload
    ("zones/hall-pendant/level", "40", "zones/hall-pendant/level", "40"),
    ("zones/hall-pendant/level", {"level": 60.5, "fade": 0}, "zones/hall-pendant/level", "60.5"),
    ("zones/hall-pendant/state", "OFF", "zones/hall-pendant/level", "0"),
    ("zones/hall-pendant/state", "TOGGLE", "zones/hall-pendant/level", "100"),
    ("zones/hall-pendant/light", {"state": "ON", "brightness": 20, "transition": 0}, "zones/hall-pendant/light",
     {"state": "ON", "brightness": 20, "color_mode": "brightness"}),
    ("zones/garage-lights/state", "ON", "zones/garage-lights/state", "ON"),
    ("zones/garage-lights/level", "30", "zones/garage-lights/level", "100"),
    ("zones/bedroom-fan/level", "75", "zones/bedroom-fan/level", "75"),
    ("zones/living-shade/level", "30", "zones/living-shade/level", "30"),
    ("zones/bedroom-blind/tilt", "50", "zones/bedroom-blind/tilt", "50"),
    ("zones/kitchen-daylight/colour", {"kelvin": 3000, "fade": 0}, "zones/kitchen-daylight/colour", {"kelvin": 3000}),
    ("zones/kitchen-daylight/light", {"state": "ON", "color_temp": 250}, "zones/kitchen-daylight/light",
     {"state": "ON", "brightness": 100, "color_mode": "color_temp", "color_temp": 250}),
    ("zones/pool-colour/light", {"state": "ON", "brightness": 50, "color": {"x": 0.3, "y": 0.4}}, "zones/pool-colour/light",
     {"state": "ON", "brightness": 50, "color_mode": "xy", "color": {"x": 0.3, "y": 0.4}}),
    ("areas/hall/scene", "night", "areas/hall/scene", "hall.night"),
    ("scenes/hall.bright/recall", "ON", "areas/hall/scene", "hall.bright"),
    ("areas/study/level", {"level": 0, "fade": 0}, "zones/study-desk/level", "0"),
    ("buttons/pool-keypad.2/event", "tap", "areas/pool/scene", "pool.moonlight"),
    ("variables/household/state", "asleep", "variables/household/state", "asleep"),
    ("sequences/pool-colours/running", "ON", "sequences/pool-colours/running", "ON"),
    ("sequences/pool-colours/running", "OFF", "sequences/pool-colours/running", "OFF"),
    ("shows/daylight/running", "ON", "shows/daylight/running", "ON"),
    ("shows/daylight/running", "TOGGLE", "shows/daylight/running", "OFF"),
    ("timeclocks/shades/enabled", "OFF", "timeclocks/shades/enabled", "OFF"),
    ("timeclock_events/breakfast/enabled", "OFF", "timeclock_events/breakfast/enabled", "OFF"),
    ("timeclock_events/rise/run", "ON", "variables/household/state", "awake"),
    ("timeclock_events/rise/run", "ON", "timeclock_events/rise/event", "by_command"),
    ("occupancy/hall/mode", "vacancy", "occupancy/hall/mode", "vacancy"),
    ("devices/hall-sensor/enabled", "OFF", "devices/hall-sensor/enabled", "OFF"),
    ("facades/bedroom-sun/enabled", "OFF", "facades/bedroom-sun/enabled", "OFF"),
    ("house/away", "ON", "house/away", "ON"),
    ("house/away", "OFF", "house/away", "OFF"),
    ("house/emergency", "ON", "house/emergency", "ON"),
    ("house/emergency", "OFF", "house/emergency", "OFF"),
    ("house/shed_percent", "20", "house/shed_percent", "20"),
    ("house/shed_percent", "0", "house/shed_percent", "0"),
    ("house/mode", "vacation", "house/mode", "vacation"),
    ("house/mode", "at-home", "house/mode", "at-home"),
]


@pytest.mark.parametrize(("topic", "payload", "told", "as_what"), COMMANDS, ids=lambda it: it if isinstance(it, str) else "")
def test_a_command_of_every_kind(ear, topic, payload, told, as_what):
    ear.say(f"candela/{topic}/set", payload)
    ear.until(f"candela/{told}", as_what)


def test_a_thermostat_and_leds(start, own_broker, villa, ear):
    start(KINDS, *own_broker.options())
    with Ear(own_broker) as other:
        other.until("candela/status", "online")
        other.say("candela/zones/heating/climate/set", {"mode": "heat", "heat": 21.5})
        wait_until(lambda: json.loads(other.last("candela/zones/heating/climate") or "{}").get("heat") == 21.5, "21.5 degrees")
        assert json.loads(other.last("candela/zones/heating/climate"))["mode"] == "heat"
    ear.say("candela/buttons/hall-inner.3/led/set", "rapid_flash")
    ear.until("candela/buttons/hall-inner.3/led", "rapid_flash")


def test_a_saved_scene(villa, ear):
    ear.say("candela/zones/garden-hedge/level/set", {"level": 11, "fade": 0})
    ear.until("candela/zones/garden-hedge/level", "11")
    ear.say("candela/scenes/garden.evening/save/set", "ON")
    ear.until("candela/areas/garden/scene", "garden.evening")


def test_explain_says_that_it_came_by_mqtt(villa, ear):
    ear.say("candela/zones/hall-niche/level/set", {"level": 33, "fade": 0})
    ear.until("candela/zones/hall-niche/level", "33")
    assert "MQTT set it to 33 %" in villa.run("explain", "hall-niche").stdout


def test_a_button_that_is_held_and_forgotten_is_let_go(villa, ear):
    topic = "candela/buttons/living-keypad.18/event"
    before = len(ear.all(topic))
    ear.say(topic + "/set", "press")
    wait_until(lambda: "press" in ear.all(topic)[before:], "it is pressed")
    wait_until(lambda: "release" in ear.all(topic)[before:], "it is let go")
    ear.say(topic + "/set", "press")
    ear.say(topic + "/set", "release")
    wait_until(lambda: ear.all(topic)[before:].count("release") == 2, "it is let go when asked")


REFUSED = [
    ("zones/hall-pendant/level", "bright", "it has to be a number from 0 to 100"),
    ("zones/hall-pendant/level", "101", "it has to be a number from 0 to 100"),
    ("zones/hall-pendant/light", "{\"state\": \"ON\", \"flash\": \"short\"}", "\"flash\" is not known here"),
    ("zones/hall-pendant/light", "[" * 100, "it is no JSON object"),
    ("zones/hall-pendant/tilt", "10", "this zone has no slats"),
    ("zones/attic/level", "10", "this home has nothing of that id"),
    ("areas/hall/scene", "party", "this area has no such scene"),
    ("buttons/front-door.1/event", "hold", "it has to be press, release or tap"),
    ("house/mode", "x" * 5000, "it is longer than 4096 bytes"),
    ("house/night", "ON", "there is no such command"),
    ("thoughts/hall/level", "10", "there is no such command"),
]


@pytest.mark.parametrize(("topic", "payload", "why"), REFUSED)
def test_what_makes_no_sense_does_nothing_and_is_logged(villa, ear, topic, payload, why):
    before = len(villa.log_text())

    def is_refused():  # the log tells of the first few in a second only
        ear.say(f"candela/{topic}/set", payload)
        return f"MQTT: refused candela/{topic}/set: {why}" in villa.log_text()[before:]

    wait_until(is_refused, why)
    ear.say("candela/zones/study-desk/level/set", {"level": 12, "fade": 0})
    ear.until("candela/zones/study-desk/level", "12")
    ear.say("candela/zones/study-desk/level/set", {"level": 0, "fade": 0})
    ear.until("candela/zones/study-desk/level", "0")


def test_a_command_that_the_broker_keeps_is_not_obeyed_later(start, own_broker):
    with Ear(own_broker) as ear:
        ear.say("candela/zones/hall-pendant/level/set", "77", retain=True)
        home = start("villa", *own_broker.options())
        ear.until("candela/zones/hall-pendant/level", "0")
        ear.say("candela/zones/hall-niche/level/set", {"level": 5, "fade": 0})
        ear.until("candela/zones/hall-niche/level", "5")
        assert home.level("hall-pendant") == 0
        ear.say("candela/zones/hall-pendant/level/set", "", retain=True)


def test_who_may_only_look(start, own_broker):
    home = start("villa", *own_broker.options(), "--mqtt-read-only")
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")
        ear.say("candela/zones/hall-pendant/level/set", "40")
        is_logged(home, "MQTT may only look")
        assert home.level("hall-pendant") == 0
        wait_until(lambda: ear.topics("homeassistant/"), "what there is")
        assert not any("command_topic" in ear.last(it) for it in ear.topics("homeassistant/"))


def test_a_guest_of_the_broker_hears_and_cannot_command(villa, broker, ear):
    with Ear(broker, "guest") as guest:
        guest.until("candela/status", "online")
        guest.say("candela/zones/hall-pendant/level/set", "99")
        ear.say("candela/zones/hall-niche/level/set", {"level": 6, "fade": 0})
        ear.until("candela/zones/hall-niche/level", "6")
        assert ear.last("candela/zones/hall-pendant/level") != "99"


# ------------------------------------------------------------------------------------------------- coming and going


def test_the_broker_tells_when_the_processor_dies_and_when_it_stops(start, own_broker):
    home = start("flat", *own_broker.options())
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")
        home.kill()
        ear.until("candela/status", "offline")
        home.start()
        ear.until("candela/status", "online")
        home.stop()
        ear.until("candela/status", "offline")


def test_a_broker_that_forgot_everything_is_told_everything(start, own_broker):
    home = start("villa", *own_broker.options())
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")
        ear.say("candela/zones/hall-walls/level/set", {"level": 44, "fade": 0})
        ear.until("candela/zones/hall-walls/level", "44")
        known = wait_until(lambda: complete(ear, home), "everything")
    own_broker.stop()
    home.run("set", "hall-walls", "55", "--fade", "0")
    wait_until(lambda: any(it.startswith("MQTT: ") for it in home.status()["warnings"]), "a warning in the status")
    own_broker.start()
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")
        ear.until("candela/zones/hall-walls/level", "55")
        wait_until(lambda: complete(ear, home) == known, "the same topics")
    wait_until(lambda: not any(it.startswith("MQTT: ") for it in home.status()["warnings"]), "no warning any more")


def complete(ear, home):
    """All topics, once the last of each kind is there."""
    there = all(f"candela/zones/{it}/level" in ear.topics() for it in levels(home))
    topics = {it for it in ear.topics() if not it.endswith("/set")}
    return topics if there and "candela/house/clock_trusted" in topics else None


def test_home_assistant_is_told_again_when_it_starts(ear):
    lamp = next(it for it in ear.topics("homeassistant/light/") if "hall-pendant" in it)
    before = ear.all(lamp)
    ear.say("homeassistant/status", "offline")
    ear.say("homeassistant/status", "online")
    wait_until(lambda: ear.all(lamp) == [*before, before[-1]], "once more, the same")


def test_what_leaves_the_project_leaves_the_broker(start, own_broker, tmp_path):
    home = start("villa", *own_broker.options())
    changed = tmp_path / "changed.yaml"
    changed.write_text((PROJECTS / "villa.yaml").read_text().replace("{id: plant-room-light,", "{id: boiler-light,"))
    with Ear(own_broker) as ear:
        ear.until("candela/zones/plant-room-light/state", "OFF")
        old = wait_until(lambda: {it for it in ear.topics("homeassistant/") if "plant-room-light" in it}, "its discovery")
        home.run("transfer", changed)
        ear.until("candela/zones/plant-room-light/state", None)
        ear.until("candela/zones/boiler-light/state", "OFF")
        wait_until(lambda: not old & ear.topics(), "its discovery is cleared")
        assert any("boiler-light" in it for it in ear.topics("homeassistant/"))
        # And while the processor is away from the broker.
        home.stop()
        ear.say("candela/zones/attic/level", "10", retain=True)
        node = next(iter(ear.topics("homeassistant/"))).split("/")[2]
        ear.say(f"homeassistant/light/{node}/zones_attic_light/config", "{}", retain=True)
        ear.say("candela/notes", "not ours by its form", retain=True)
        ear.say("homeassistant/light/other/zones_attic_light/config", "{}", retain=True)
        home.start()
        ear.until("candela/zones/attic/level", None)
        ear.until(f"homeassistant/light/{node}/zones_attic_light/config", None)
        assert ear.last("candela/notes") and ear.last("homeassistant/light/other/zones_attic_light/config")


def test_another_processor_under_the_same_prefix_is_not_cleared(start, own_broker):
    with Ear(own_broker) as ear:
        ear.say("candela/processor", {"serial": "00000042", "version": "9"}, retain=True)
        ear.say("candela/zones/attic/level", "10", retain=True)
        home = start("flat", *own_broker.options())
        is_logged(home, "the processor 00000042 has published under candela/ too")
        assert ear.last("candela/zones/attic/level") == "10"


def test_a_prefix_of_its_own(start, own_broker):
    start("flat", *own_broker.options(prefix="cottage/lights"), "--mqtt-no-discovery")
    with Ear(own_broker) as ear:
        ear.until("cottage/lights/status", "online")
        wait_until(lambda: "cottage/lights/house/clock_trusted" in ear.topics(), "everything")
        assert not ear.topics("homeassistant/") and not ear.topics("candela/")


# ---------------------------------------------------------------------------------------------------- bad brokers


@pytest.mark.parametrize(("options", "why"), [
    ({"ca": "stranger.pem"}, "certificate"),
    ({"broker": "mqtts://127.0.0.2:{port}"}, "it cannot be reached"),
    ({"password_file": "guest.password"}, "the broker refuses us: Not authorized"),
])
def test_a_broker_that_is_not_right_is_refused_and_harms_nothing(start, own_broker, options, why):
    options = {name: own_broker.folder / it if name != "broker" else it.format(port=own_broker.port) for name, it in options.items()}
    home = start("flat", *own_broker.options(**options))
    is_logged(home, why)
    zone = next(iter(levels(home)))
    home.run("set", zone, "70", "--fade", "0")
    assert home.level(zone) == 70
    assert home.log_text().count("it is tried again") == 1


def test_a_certificate_for_another_name_is_refused(start, tmp_path):
    with Broker(tmp_path / "broker", names=("elsewhere.example", "127.0.0.1")) as broker:
        home = start("flat", *broker.options())
        is_logged(home, "ostname mismatch")
        assert "connected" not in home.log_text()
        by_address = start("flat", *broker.options(broker=f"mqtts://127.0.0.1:{broker.port}"), state="other")
        is_logged(by_address, "MQTT: connected to mqtts://127.0.0.1")


def test_what_cannot_be_read_is_said_and_the_house_runs(start, own_broker):
    own_broker.folder.joinpath("candela.password").chmod(0o644)
    home = start("flat", *own_broker.options())
    is_logged(home, "everybody on this machine can read the password")
    assert home.status()["zones"]


@pytest.mark.parametrize(("options", "why"), [
    (["--mqtt-broker", "mqtt://192.0.2.1"], "is not encrypted"),
    (["--mqtt-broker", "broker.example"], "a broker is written as mqtts://HOST"),
    (["--mqtt-broker", "mqtts://broker.example", "--mqtt-prefix", "a/+/b"], "a prefix of topics"),
    (["--mqtt-user", "candela"], "--mqtt-broker"),
])
def test_a_wrong_command_line_is_refused_at_once(tmp_path, options, why):
    daemon = Daemon(PROJECTS / "flat.yaml", tmp_path / "state", *options)
    daemon.launch()
    assert daemon.process.wait(30) == 2
    assert why in daemon.log_text()


def test_a_broker_without_tls_on_this_machine(start, own_broker):
    home = start("flat", *own_broker.options(broker=f"mqtt://localhost:{own_broker.plain_port}", ca=None))
    is_logged(home, f"MQTT: connected to mqtt://localhost:{own_broker.plain_port}")
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")


def test_a_broker_that_takes_nothing_neither_delays_presses_nor_fills_the_memory(start, own_broker):
    home = start("villa", *own_broker.options())
    with Ear(own_broker) as ear:
        ear.until("candela/status", "online")
        wait_until(lambda: complete(ear, home), "everything")
    own_broker.pause()
    try:
        before = memory_kb(home)
        home.run("press", "front-door.3")
        for level in range(200):
            home.run("set", "hall-niche", str(level % 100), "--fade", "0")
        began = time.monotonic()
        home.run("press", "pool-keypad.2")
        wait_until(lambda: levels(home)["pool-water"] > 0, "the pool lights")
        assert time.monotonic() - began < 5
        assert memory_kb(home) - before < 8 * 1024
    finally:
        own_broker.resume()
    with Ear(own_broker) as ear:
        ear.until("candela/zones/hall-niche/level", "99")
        ear.until("candela/zones/pool-water/level", "18")
