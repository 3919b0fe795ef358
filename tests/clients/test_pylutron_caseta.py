"""Unmodified pylutron-caseta, the library of Home Assistant, on the villa."""

import asyncio
import contextlib
import time
from datetime import timedelta

import pytest
from daemon import DEADLINE_S
from home import read_home
from pylutron_caseta import BridgeResponseError
from pylutron_caseta.smartbridge import Smartbridge

VILLA = read_home("villa")
CONTROL_TYPES = {
    "dimmed": "Dimmed", "switched": "Switched", "fan": "FanSpeed", "shade": "Shade", "tilting_shade": "Shade",
    "contact": "CCO", "pulsed_contact": "CCO", "white_tuning": "WhiteTune", "spectrum": "SpectrumTune",
    "warm_dim": "Dimmed", "climate": "HVAC",
}


@contextlib.asynccontextmanager
async def connected(daemon, files, **callbacks):
    where = daemon.endpoints["leap"]
    bridge = Smartbridge.create_tls(where["address"], str(files / "key.pem"), str(files / "cert.pem"),
                                    str(files / "ca.pem"), port=where["port"], **callbacks)
    await asyncio.wait_for(bridge.connect(), DEADLINE_S)
    try:
        yield bridge
    finally:
        await bridge.close()


def device_of(bridge, zone):
    """The bridge's device for a zone of the project file."""
    wanted = VILLA.zones[zone]
    return next(device for device in bridge.devices.values()
                if device["zone"] and device["name"] == f"{wanted.area}_{wanted.name}")


def button_of(bridge, button):
    wanted = VILLA.buttons[button]
    return next(it for it in bridge.buttons.values()
                if it["name"].startswith(f"{wanted.area}_{wanted.keypad} ") and it["button_number"] == wanted.position)


def led_of(bridge, button):
    return bridge.devices[button_of(bridge, button)["button_led"]]


class States:
    """Everything a device of the bridge becomes, as it is told."""

    def __init__(self, bridge, device):
        self.told = asyncio.Queue()
        bridge.add_subscriber(device["device_id"], lambda: self.told.put_nowait(device["current_state"]))

    async def until(self, state):
        async with asyncio.timeout(DEADLINE_S):
            while await self.told.get() != state:
                pass


async def command(daemon, *arguments):
    return await asyncio.to_thread(daemon.run, *arguments)


async def until_level(daemon, zone, level):
    async with asyncio.timeout(DEADLINE_S):
        while await asyncio.to_thread(daemon.level, zone) != level:
            pass


def test_sees_every_area_zone_keypad_and_button(villa, admit):
    async def look():
        began = time.monotonic()
        async with connected(villa, admit(villa)) as bridge:
            seconds = time.monotonic() - began
            areas = bridge.areas
            parent = {area["id"]: areas[area["parent_id"]]["name"] if area["parent_id"] else None for area in areas.values()}
            assert sorted((a["name"], str(parent[a["id"]])) for a in areas.values()) == sorted(
                (name, str(above)) for name, above in VILLA.areas.values())

            zones = {(areas[d["area"]]["name"], d["device_name"], d["type"]) for d in bridge.devices.values()
                     if d["zone"] and d["device_id"] != "1"}
            assert zones == {(z.area, z.name, CONTROL_TYPES[z.load]) for z in VILLA.zones.values()}
            lights = [z for z in zones if z[2] in ("Dimmed", "WhiteTune", "SpectrumTune")]
            assert len(bridge.get_devices_by_domain("light")) == len(lights)

            keypads = {(areas[d["area"]]["name"], d["control_station_name"], d["model"])
                       for d in bridge.get_devices_by_domain("sensor")}
            assert keypads == set(VILLA.keypads.values())

            def place(button):
                keypad = bridge.devices[button["parent_device"]]
                return areas[keypad["area"]]["name"], keypad["control_station_name"]

            buttons = {(*place(b), b["button_number"], b["button_name"]) for b in bridge.buttons.values()}
            assert buttons == {(b.area, b.keypad, b.position, b.label) for b in VILLA.buttons.values()}
            for button in bridge.buttons.values():
                assert (button["button_led"] is None) == (button["button_number"] in (18, 19))

            processor = bridge.devices["1"]
            assert processor["type"] == "HWQSProcessor"
            assert processor["model"] == "HQP7-2"
            assert isinstance(processor["serial"], int) and processor["serial"] > 0
            assert seconds < 5

    asyncio.run(look())


def test_sets_levels(villa, admit):
    async def drive():
        async with connected(villa, admit(villa)) as bridge:
            pendant = device_of(bridge, "hall-pendant")
            states = States(bridge, pendant)
            await bridge.set_value(pendant["device_id"], 40)
            await states.until(40)
            await until_level(villa, "hall-pendant", 40)

            work_light = device_of(bridge, "plant-room-light")
            await bridge.turn_on(work_light["device_id"])
            await until_level(villa, "plant-room-light", 100)
            await bridge.turn_off(work_light["device_id"])
            await until_level(villa, "plant-room-light", 0)

    asyncio.run(drive())


def test_sets_levels_with_a_fade(villa, admit):
    async def drive():
        async with connected(villa, admit(villa)) as bridge:
            niche = device_of(bridge, "hall-niche")
            states = States(bridge, niche)
            await bridge.set_value(niche["device_id"], 0, fade_time=timedelta(seconds=0))
            await until_level(villa, "hall-niche", 0)
            await bridge.set_value(niche["device_id"], 80, fade_time=timedelta(seconds=2))
            began = time.monotonic()
            await states.until(80)  # clients hear the target at once...
            assert villa.level("hall-niche") < 80 or time.monotonic() - began > 1  # ...and the light takes its time
            await until_level(villa, "hall-niche", 80)
            assert time.monotonic() - began > 1.5

    asyncio.run(drive())


def test_raises_lowers_and_stops(villa, admit):
    async def drive():
        async with connected(villa, admit(villa)) as bridge:
            pendant = device_of(bridge, "hall-pendant")["device_id"]
            await bridge.set_value(pendant, 50, fade_time=timedelta(seconds=0))
            await until_level(villa, "hall-pendant", 50)
            states = States(bridge, bridge.devices[pendant])
            await bridge.raise_cover(pendant)
            async with asyncio.timeout(DEADLINE_S):
                while await states.told.get() <= 50:
                    pass
            await bridge.stop_cover(pendant)
            async with asyncio.timeout(DEADLINE_S):
                while any(z["fading"] for z in (await asyncio.to_thread(villa.status))["zones"] if z["id"] == "hall-pendant"):
                    pass
            stopped = await asyncio.to_thread(villa.level, "hall-pendant")
            assert 50 < stopped <= 100
            async with asyncio.timeout(DEADLINE_S):
                while abs(bridge.devices[pendant]["current_state"] - stopped) > 0.51:
                    await states.told.get()

    asyncio.run(drive())


def test_hears_what_others_do(villa, admit):
    async def listen():
        async with connected(villa, admit(villa)) as bridge:
            pendant, led = device_of(bridge, "hall-pendant"), led_of(bridge, "front-door.3")
            levels, lit = States(bridge, pendant), States(bridge, led)
            events = asyncio.Queue()
            bridge.add_button_subscriber(button_of(bridge, "front-door.3")["device_id"], events.put_nowait)

            # A finger on a simulated keypad, through the bytes of the wired link.
            await asyncio.to_thread(villa.devices, "wired", "tap front-door.3")
            await levels.until(55)
            await lit.until(100)
            assert await asyncio.wait_for(events.get(), DEADLINE_S) == "Press"
            assert await asyncio.wait_for(events.get(), DEADLINE_S) == "Release"

            await command(villa, "press", "front-door.2")  # another scene: the room's button toggles it
            await lit.until(0)

    asyncio.run(listen())


def test_hears_of_changes_soon(villa, admit):
    async def listen():
        async with connected(villa, admit(villa, "listener")) as listener, connected(villa, admit(villa, "actor")) as actor:
            states = States(listener, device_of(listener, "hall-walls"))
            walls = device_of(actor, "hall-walls")["device_id"]
            delays = []
            for level in (10, 20, 30, 40, 50):
                began = time.monotonic()
                await actor.set_value(walls, level)
                await states.until(level)
                delays.append(time.monotonic() - began)
            assert min(delays) < 0.5, delays

    asyncio.run(listen())


def test_taps_buttons(villa, admit):
    async def tap():
        async with connected(villa, admit(villa, "listener")) as listener, connected(villa, admit(villa, "actor")) as actor:
            heard = asyncio.Queue()
            button = button_of(listener, "front-door.3")
            listener.add_button_subscriber(button["device_id"], heard.put_nowait)
            levels = States(listener, device_of(listener, "hall-pendant"))
            await actor.tap_button(button["device_id"])
            assert await asyncio.wait_for(heard.get(), DEADLINE_S) == "Press"
            assert await asyncio.wait_for(heard.get(), DEADLINE_S) == "Release"
            await levels.until(55)

    asyncio.run(tap())


def test_hears_holds_and_double_taps(villa, admit):
    async def listen():
        async with connected(villa, admit(villa)) as bridge:
            heard = asyncio.Queue()

            async def next_events(count):
                async with asyncio.timeout(DEADLINE_S):
                    return [await heard.get() for _ in range(count)]

            bridge.add_button_subscriber(button_of(bridge, "front-door.3")["device_id"], heard.put_nowait)
            await command(villa, "press", "front-door.3", "--hold", "1")
            assert await next_events(3) == ["Press", "LongHold", "Release"]
            bridge.add_button_subscriber(button_of(bridge, "front-door.2")["device_id"], heard.put_nowait)
            for _ in range(2):
                await asyncio.to_thread(villa.devices, "wired", "tap front-door.2")
            assert sorted(await next_events(5)) == ["MultiTap", "Press", "Press", "Release", "Release"]

    asyncio.run(listen())


def test_leds_are_known_from_the_beginning(villa, admit):
    async def look():
        await command(villa, "press", "hall-inner.2")
        await until_level(villa, "hall-walls", 45)
        async with connected(villa, admit(villa)) as bridge:
            assert led_of(bridge, "hall-inner.2")["current_state"] == 100
            assert led_of(bridge, "hall-inner.1")["current_state"] == 0

    asyncio.run(look())


def test_a_led_that_is_written_follows_its_own_logic_again(villa, admit):
    async def write():
        async with connected(villa, admit(villa)) as bridge:
            led = led_of(bridge, "hall-inner.1")
            states = States(bridge, led)
            await bridge.turn_on(led["device_id"])
            await states.until(100)
            await command(villa, "press", "hall-inner.1")  # its scene comes...
            await command(villa, "press", "hall-inner.2")  # ...and goes again
            await states.until(0)

    asyncio.run(write())


def test_monitors_may_not_command(villa, admit):
    async def drive():
        async with connected(villa, admit(villa, role="monitor")) as bridge:
            with pytest.raises(BridgeResponseError) as refused:
                await bridge.set_value(device_of(bridge, "hall-pendant")["device_id"], 40)
            assert refused.value.code.code == 401

    asyncio.run(drive())


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_survives_a_restart_of_the_processor(villa, admit, end):
    async def live():
        lost, found = asyncio.Event(), asyncio.Queue()
        async with connected(villa, admit(villa), on_connect_callback=lambda: found.put_nowait(True),
                             on_disconnect_callback=lost.set) as bridge:
            await asyncio.wait_for(found.get(), DEADLINE_S)
            before = {device["name"] for device in bridge.devices.values()}
            states = States(bridge, device_of(bridge, "hall-pendant"))
            await bridge.set_value(device_of(bridge, "hall-pendant")["device_id"], 35)
            await states.until(35)
            await until_level(villa, "hall-pendant", 35)

            villa.options += ["--leap-port", str(villa.endpoints["leap"]["port"])]
            await asyncio.to_thread(getattr(villa, end))
            await asyncio.wait_for(lost.wait(), DEADLINE_S)
            await asyncio.to_thread(villa.start)
            await asyncio.wait_for(found.get(), DEADLINE_S)

            await states.until(35)  # the first thing it is told is what the processor has remembered
            assert {device["name"] for device in bridge.devices.values()} == before
            await command(villa, "set", "hall-pendant", "70", "--fade", "0")
            await states.until(70)

    asyncio.run(live())
