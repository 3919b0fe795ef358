"""The wired link end to end: a real candelad, a real candela-devices on a pseudo-terminal, and everything that goes wrong
on a wire."""

import json
import os
import signal
import time

import pytest
from daemon import wait_until

LOST_WITHIN_S = 3.0


class Link:
    """One link of a running villa: what the processor says of it, and what its devices do."""

    def __init__(self, daemon, name="wired"):
        self.daemon = daemon
        self.name = name

    def say(self, command):
        answer = self.daemon.devices(self.name, command)
        assert not answer.startswith("error"), f"{command}: {answer}"
        return answer

    def device(self, name):
        """A device as it is in itself."""
        return next(it for it in json.loads(self.say("state"))["devices"] if it["id"] == name)

    def output(self, device, number):
        return self.device(device)["outputs"][number - 1]["level"]

    def led(self, device, position):
        return next((it["state"] for it in self.device(device)["leds"] if it["position"] == position), None)

    def known(self, device):
        """A device as the processor knows it: (presence, fault)."""
        it = next(it for it in self.daemon.status()["devices"] if it["id"] == device)
        return it["presence"], it["fault"]

    def fault(self):
        return next(it["fault"] for it in self.daemon.status()["links"] if it["id"] == self.name)

    def all_present(self):
        devices = [it for it in self.daemon.status()["devices"] if it["link"] == self.name]
        return devices and all((it["presence"], it["fault"]) == ("present", "none") for it in devices)

    def expect_fault(self, fault):
        wait_until(lambda: self.fault() == fault, f"link fault {fault}")


@pytest.fixture
def villa(start):
    return start("villa")


@pytest.fixture
def wired(villa):
    link = Link(villa)
    wait_until(link.all_present, "everybody on the wired link")
    return link


def test_everybody_is_there_soon_after_the_start(wired):
    radio = Link(wired.daemon, "radio")
    wait_until(radio.all_present, "everybody on the radio link")
    assert wired.fault() == "none"
    assert radio.fault() == "none"


def test_a_finger_on_a_keypad_lights_the_lamp_and_the_led(wired):
    wired.say("press front-door.3")
    wait_until(lambda: wired.daemon.level("hall-pendant") == 55, "the pendant's zone on its way to 55 %")
    # 55 % between the lamp's trims of 8 and 100.
    wait_until(lambda: abs(wired.output("dim-1", 2) - 58.6) < 0.1, "the pendant's output at 58.6 %")
    wait_until(lambda: wired.led("front-door", 3) == "on", "the button's LED on the keypad")
    wired.say("release front-door.3")
    wired.say("tap front-door.2")  # toggles the hall, which is on
    wait_until(lambda: wired.output("dim-1", 2) == 0, "the pendant off")
    wait_until(lambda: wired.led("front-door", 3) == "off", "the button's LED off")


def test_a_hand_on_a_dimmer_changes_its_zone(wired):
    wired.say("level dim-1.3 30")
    wait_until(lambda: abs(wired.daemon.level("hall-walls") - 30) < 0.5, "the zone at 30 %")
    assert wired.output("dim-1", 3) == 30


def test_a_silent_device_is_reported_within_three_seconds_and_recovers_by_itself(wired):
    for level in (70, 20):
        wired.say("silent dim-1")
        begin = time.monotonic()
        wait_until(lambda: wired.known("dim-1")[0] != "present", "the dimmer lost")
        assert time.monotonic() - begin < LOST_WITHIN_S
        assert wired.known("dim-1")[1] == "silent"
        assert wired.known("dim-2") == ("present", "none")

        wired.daemon.run("set", "hall-walls", level, "--fade", "0")
        assert wired.output("dim-1", 3) != level
        wired.say("speak dim-1")
        wait_until(lambda: wired.known("dim-1") == ("present", "none"), "the dimmer back")
        wait_until(lambda: wired.output("dim-1", 3) == level, "the level told to the dimmer that is back")


def test_a_keypad_that_comes_back_shows_what_is_so(wired):
    wired.say("silent front-door")
    wait_until(lambda: wired.known("front-door")[0] != "present", "the keypad lost")
    wired.daemon.run("press", "front-door.3")
    wait_until(lambda: wired.daemon.led("front-door.3") == "on", "the LED on in the processor")
    assert wired.led("front-door", 3) != "on"
    wired.say("speak front-door")
    wait_until(lambda: wired.led("front-door", 3) == "on", "the LED on at the keypad")


def test_corrupted_frames_are_reported_and_nothing_is_lost(wired):
    wired.say("corrupt 5")
    wired.expect_fault("corrupted_frames")
    wired.daemon.run("set", "hall-walls", 64, "--fade", "0")
    wait_until(lambda: wired.output("dim-1", 3) == 64, "the level through the noise")
    wired.expect_fault("none")
    assert wired.all_present()


def test_lost_frames_are_made_good(wired):
    wired.say("drop 3")
    wired.daemon.run("set", "hall-walls", 41, "--fade", "0")
    wait_until(lambda: wired.output("dim-1", 3) == 41, "the level")
    assert wired.fault() == "none"


def test_a_duplicate_address_is_reported_until_it_is_gone(wired):
    wired.say("duplicate dim-2")
    wait_until(lambda: wired.known("dim-2") == ("present", "duplicate_address"), "the duplicate address")
    assert wired.known("dim-1") == ("present", "none")
    wired.say("duplicate dim-2 off")
    wait_until(wired.all_present, "the duplicate gone")


def test_a_reversed_pair_is_recognised_and_recovers(wired):
    wired.say("reverse on")
    wired.expect_fault("reversed_pair")
    wired.daemon.run("set", "hall-walls", 33, "--fade", "0")
    wired.say("reverse off")
    wait_until(wired.all_present, "everybody back")
    wired.expect_fault("none")
    wait_until(lambda: wired.output("dim-1", 3) == 33, "the level that was set meanwhile")


def test_devices_that_lose_their_power_come_back_with_their_levels(wired):
    wired.daemon.run("set", "hall-walls", 52, "--fade", "0")
    wait_until(lambda: wired.output("dim-1", 3) == 52, "the level")
    for pid in children(wired.daemon.process.pid):
        os.kill(pid, signal.SIGKILL)

    def is_restored():
        try:
            return wired.output("dim-1", 3) == 52
        except OSError:  # the programs are not up again
            return False

    wait_until(is_restored, "the level of before")
    wait_until(wired.all_present, "everybody back")
    wired.expect_fault("none")


def test_the_devices_end_with_a_killed_processor(wired):
    devices = children(wired.daemon.process.pid)
    assert len(devices) == 2
    wired.daemon.kill()
    wait_until(lambda: not any(is_running(pid) for pid in devices), "the devices' programs gone")


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        direct = file.read().split()
    # The core thread starts them, whichever thread that is.
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            direct += file.read().split()
    return sorted({int(child) for child in direct})


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
