"""sACN as others see it: Debian's olad receives the real candelad, tshark reads every packet on the wire."""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from daemon import Daemon, wait_until
from lighting_network import OLA_UNIVERSE, LightingNetwork

PROJECT = Path(__file__).with_name("sacn.yaml")
WASH, SPOT, SPOT_FINE, HOUSE = range(4)  # the slots of sacn.yaml, from 0
DARK = [0, 0, 0, 0]
FADE_S = 2.0
STILL_S = 10.0
LAG_S = 0.25  # what a busy machine may add between a sample and the moment it is seen


class Stage:
    """The network with a processor on it."""

    def __init__(self, folder):
        self.network = LightingNetwork(folder)
        self.processor = Daemon(PROJECT, folder / "state", wrapper=self.network.inside)

    def start(self):
        self.network.start()
        self.processor.start()
        return self

    def stop(self):
        self.processor.stop()
        self.network.stop()

    def set_all(self, percent, fade=0):
        for zone in ("wash", "spot", "house"):
            self.processor.run("set", zone, percent, "--fade", fade)

    def reach(self, percent, slots):
        self.set_all(percent)
        wait_until(lambda: self.network.ola_slots()[:4] == slots, f"OLA at {slots}")

    def readings(self, until):
        """What OLA receives: (before, after, slots) until `until(...)` says so."""
        taken = []
        reader = self.network.follow_ola()
        for reading in reader:
            taken.append(reading)
            if until(*reading):
                break
        reader.close()
        return taken


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    stage = Stage(tmp_path_factory.mktemp("stage"))
    try:
        yield stage.start()
    finally:
        stage.stop()


@dataclass
class Ramp:
    """A fade from 0 that began some time between two moments."""

    earliest: float
    latest: float
    top: int

    def highest(self, now):
        return self.top * min(1, max(0, (now - self.earliest) / FADE_S))

    def lowest(self, now):
        return self.top * min(1, max(0, (now - self.latest) / FADE_S))


def begin_ramp(stage, zone, top, clock):
    before = clock()
    stage.processor.run("set", zone, "100", "--fade", FADE_S)
    return Ramp(before, clock(), top)


def test_ola_follows_a_fade(stage):
    stage.reach(0, DARK)
    wash = begin_ramp(stage, "wash", 255, time.monotonic)
    spot = begin_ramp(stage, "spot", 65535, time.monotonic)
    readings = stage.readings(until=lambda before, _, slots: slots[WASH] == 255 and slots[SPOT:HOUSE] == [255, 255] or
                              before > spot.latest + FADE_S + 5)

    def check(ramp, values, resolution):
        for (before, after, _), value in zip(readings, values):
            assert ramp.lowest(before - LAG_S) - resolution <= value <= ramp.highest(after) + resolution
        assert values == sorted(values), "a fade up never goes down"
        assert values[-1] == ramp.top
        assert len(set(values)) > 20, "a fade is many steps"

    check(wash, [slots[WASH] for _, _, slots in readings], resolution=1)
    check(spot, [slots[SPOT] << 8 | slots[SPOT_FINE] for _, _, slots in readings], resolution=2)


def test_packets_sample_the_fade_at_44_hz(stage):
    stage.reach(0, DARK)
    ramp = begin_ramp(stage, "spot", 65535, time.time)
    wait_until(lambda: stage.network.ola_slots()[SPOT:HOUSE] == [255, 255], "the end of the fade")
    fading = [(packet, packet.slots[SPOT] << 8 | packet.slots[SPOT_FINE]) for packet in stage.network.packets()
              if packet.time >= ramp.earliest]
    fading = [(packet, value) for packet, value in fading if 0 < value < 65535]
    for packet, value in fading:
        assert ramp.lowest(packet.time - LAG_S) - 2 <= value <= ramp.highest(packet.time) + 2
    rate = (len(fading) - 1) / (fading[-1][0].time - fading[0][0].time)
    assert 30 < rate < 44.5, "44 Hz, less only on a machine that is busy"


def test_trims_bound_the_slot(stage):
    stage.reach(100, [255, 255, 255, 204])
    stage.processor.run("set", "house", "1", "--fade", "0")
    wait_until(lambda: stage.network.ola_slots()[HOUSE] == 53, "the house lights just above their low trim of 20 %")


def test_a_still_universe_is_kept_alive(stage):
    stage.reach(0, DARK)
    stage.reach(100, [255, 255, 255, 204])
    # A second after the last change its three copies are over, however late the capture shows them.
    over = time.time() + 1
    begin = wait_until(lambda: next((p for p in stage.network.packets() if p.time > over), None), "a keep-alive").time
    sources = stage.network.ola_log.read_text().count("Added new E1.31 source")
    end = time.monotonic() + STILL_S
    readings = stage.readings(until=lambda before, *_: before > end)
    assert {tuple(slots[:4]) for _, _, slots in readings} == {(255, 255, 255, 204)}
    times = [packet.time for packet in stage.network.packets() if packet.time >= begin]
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    assert len(gaps) >= STILL_S - 1
    assert min(gaps) >= 0.799 and statistics.median(gaps) <= 1.0, f"E1.31 wants 800 to 1000 ms: {gaps}"
    assert max(gaps) < 2.5, f"receivers give a source up after 2.5 s: {gaps}"
    assert stage.network.ola_log.read_text().count("Added new E1.31 source") == sources, "OLA lost the source"


def test_a_crash_is_not_seen_and_commands_work_at_once_after_it(stage):
    stage.reach(100, [255, 255, 255, 204])
    wait_until(lambda: stage.processor.ask("status")["zones"][0]["level"] == 100, "the level in the status")
    crash = len(stage.network.packets())
    stage.processor.kill()
    (stage.processor.state / "endpoints.json").unlink()
    stage.processor.start()
    stage.reach(50, [127, 127, 255, 127])
    wait_until(lambda: stage.network.packets()[-1].slots[WASH] == 127, "the capture to catch up")
    packets = stage.network.packets()
    assert len({packet.cid for packet in packets}) == 1, "the CID is kept"
    levels = [packet.slots[WASH] for packet in packets[crash:]]
    assert set(levels) == {255, 127}, "the lights never went dark"


def test_a_clean_stop_terminates_the_stream(stage):
    terminations = stage.network.ola_log.read_text().count("sent a termination for universe")
    assert stage.processor.stop() == 0
    farewell = wait_until(lambda: [p for p in stage.network.packets()[-3:] if p.terminated][2:] and stage.network.packets()[-3:],
                          "three packets with Stream_Terminated")
    numbers = [packet.sequence for packet in farewell]
    assert numbers == [(numbers[0] + i) % 256 for i in range(3)]
    wait_until(lambda: stage.network.ola_log.read_text().count("sent a termination for universe") > terminations,
               "OLA to hear of the termination")
    stage.processor.start()
    stage.reach(30, [76, 76, 204, 97])


def test_tshark_finds_nothing_wrong(stage):
    packets = stage.network.packets()
    assert packets
    assert stage.network.dissect("frame.number", only="udp && !acn") == [], "everything on the wire is sACN"
    assert stage.network.dissect("frame.number", "_ws.expert.message", only="_ws.malformed || _ws.expert") == []
    assert {(p.universe, p.priority, p.name) for p in packets} == {(OLA_UNIVERSE, 120, "DMX stage, Rack")}
    assert {len(p.slots) for p in packets} == {512}
