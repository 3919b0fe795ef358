"""Unmodified @mkellsy/leap-client (Node) on the villa: pairs, connects, lists the house, follows it and sets a dimmer, a shade
with slats, a fan and a contact. Its ports are built in, so the villa has a network of this test's own."""

import json
import os
import queue
import subprocess
import threading
from pathlib import Path

import own_network
import pytest
from daemon import DEADLINE_S, SOURCE, wait_until
from home import read_home
from pairing import clients, open_window

VILLA = read_home("villa")


class LeapClient:
    """The program, and what it says."""

    def __init__(self, home):
        home.mkdir()
        self.process = subprocess.Popen(
            ["node", SOURCE / "tests/clients/node/leap_client.js", "127.0.0.1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(home)})
        self.said = queue.Queue()
        threading.Thread(target=lambda: [self.said.put(line) for line in self.process.stdout], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def until(self, step, wanted=lambda what: True):
        passed = []
        while True:
            try:
                it = json.loads(self.said.get(timeout=DEADLINE_S))
            except queue.Empty:
                raise AssertionError(f"no '{step}' in {passed}; {self.process.poll()}") from None
            if it["step"] == step and wanted(it.get("what")):
                return it.get("what")
            passed.append(it)

    def set(self, zone, **state):
        """To a state that it is not in; waits until the program was told of it."""
        self.process.stdin.write(json.dumps({"room": zone.area, "name": zone.name, "set": state}) + "\n")
        self.process.stdin.flush()
        self.updated(zone, **state)

    def updated(self, zone, **state):
        self.until("update", lambda it: (it["room"], it["name"]) == (zone.area, zone.name) and it["state"].items() >= state.items())


@pytest.fixture
def villa(start):
    own_network.enter()
    return start("villa", "--leap-port", "8081", "--pairing-port", "8083")


def test_it_pairs_lists_follows_and_sets(villa, tmp_path):
    if not (Path(__file__).parent / "node/node_modules/@mkellsy/leap-client").exists():
        pytest.skip("the package index of npm could not be reached")
    with LeapClient(tmp_path / "home") as client:
        client.until("pairing")
        open_window(villa)
        client.until("paired")
        assert list(clients(villa)) == ["get_lutron_cert.py"]
        devices = client.until("devices")

        # Every zone of the areas that have no areas in them; it looks at no others.
        parents = {parent for _, parent in VILLA.areas.values()}
        zones = {(it.area, it.name) for it in VILLA.zones.values() if it.area not in parents}
        assert {(it["room"], it["name"]) for it in devices} >= zones
        types = {(it["room"], it["name"]): it["type"] for it in devices}
        of = {type: next(it for it in VILLA.zones.values() if types.get((it.area, it.name)) == type)
              for type in ("Switch", "Shade", "Fan", "Contact")}

        pendant = VILLA.zones["hall-pendant"]
        villa.run("set", "hall-pendant", "42", "--fade", "0")
        client.updated(pendant, level=42, state="On")
        client.set(pendant, state="On", level=15)
        wait_until(lambda: villa.level("hall-pendant") == 15, "the dimmer at 15 %")
        client.set(of["Fan"], state="On", speed=7)
        client.set(next(it for it in VILLA.zones.values() if it.load == "tilting_shade"), state="Open", level=60, tilt=25)
        client.set(of["Contact"], state="Closed")
