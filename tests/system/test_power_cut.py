"""The real candelad is killed at random moments while a client sets levels, transfers projects, adds and revokes clients.

CANDELA_POWER_CUTS=N sets how often (200), CANDELA_SEED=N repeats a run.
"""

import contextlib
import os
import random
import threading
import time

from admin import Admin
from daemon import PROJECTS, Daemon, troubles

CUTS = int(os.environ.get("CANDELA_POWER_CUTS", "200"))
SEED = int(os.environ.get("CANDELA_SEED", str(random.randrange(1 << 32))))

LEVELS_BEHIND_S = 0.1  # what is promised
WRITING_S = 0.4  # for the write itself on a busy machine, and the way there and back of an answer
LONGEST_LIFE_S = 0.9
LONGEST_START_S = 0.2

ZONES = ["entry-ceiling", "living-ceiling", "living-sofa"]


class Home:
    """What a client knows: what was acknowledged, and what may or may not have happened when the power went."""

    def __init__(self, dice):
        self.dice = dice
        self.text = (PROJECTS / "flat.yaml").read_text()
        self.versions = {}  # acknowledged: number -> note
        self.maybe_note = None
        self.clients = {}  # acknowledged: name -> revoked
        self.maybe_client = None
        self.levels = {zone: [0.0] for zone in ZONES}  # what the zone may be at
        self.sets = []  # (time of the acknowledgement or None, zone, level) of this life
        self.numbers = None
        self.count = 0

    def act(self, admin):
        """One request. Afterwards it is acknowledged; if the connection breaks, it is a maybe."""
        self.count += 1
        kind = self.dice.choices(["set", "transfer", "add", "revoke"], [70, 15, 10, 5])[0]
        getattr(self, kind)(admin)

    def set(self, admin):
        zone = self.dice.choice(ZONES)
        level = self.count % 10000 / 100
        self.sets.append([None, zone, level])
        admin.ask("set", zone=zone, level=level, fade=0)
        self.sets[-1][0] = time.monotonic()

    def transfer(self, admin):
        self.maybe_note = f"transfer {self.count}"
        text = self.text.replace("Station Road 12", f"Station Road {self.count % 7}")
        report = admin.ask("transfer", files=[{"name": "flat.yaml", "text": text}], note=self.maybe_note)
        self.versions[report["version"]] = self.maybe_note
        self.maybe_note = None

    def add(self, admin):
        self.maybe_client = (f"client {self.count}", False)
        admin.ask("client add", name=self.maybe_client[0], role="control")
        self.clients[self.maybe_client[0]] = False
        self.maybe_client = None

    def revoke(self, admin):
        alive = [name for name, revoked in self.clients.items() if not revoked]
        if not alive:
            return
        self.maybe_client = (self.dice.choice(alive), True)
        admin.ask("client revoke", name=self.maybe_client[0])
        self.clients[self.maybe_client[0]] = True
        self.maybe_client = None

    def power_went(self, when):
        """From now on a zone may be at the last level set well before, or at any set after that."""
        for acknowledged, zone, level in self.sets:
            settled = acknowledged is not None and acknowledged < when - LEVELS_BEHIND_S - WRITING_S
            if settled:
                self.levels[zone] = [level]
            else:
                self.levels[zone].append(level)
        self.sets = []

    def check(self, admin):
        self.check_versions(admin.ask("versions"))
        self.check_clients(admin.ask("client list"))
        status = admin.ask("status")
        assert troubles(status) == [], "a power cut is no damage"
        self.check_levels({zone["id"]: zone for zone in status["zones"]})

    def check_versions(self, found):
        notes = {version["version"]: version["note"] for version in found}
        for number, note in self.versions.items():
            assert notes.get(number) == note, f"version {number} was acknowledged"
        unknown = {number: note for number, note in notes.items() if number not in self.versions}
        assert set(unknown.values()) <= {"from flat.yaml at start", self.maybe_note}
        assert [version["version"] for version in found if version["active"]] == [max(notes)]
        self.versions.update(unknown)
        self.maybe_note = None

    def check_clients(self, found):
        revoked = {client["name"]: client["revoked"] for client in found}
        assert len(revoked) == len(found)
        maybe_name, maybe_revoked = self.maybe_client or (None, None)
        for name, was_revoked in self.clients.items():
            assert name in revoked, f"{name} was acknowledged"
            assert revoked[name] in ({was_revoked, maybe_revoked} if name == maybe_name else {was_revoked}), name
        assert set(revoked) - set(self.clients) <= {maybe_name}
        self.clients = revoked
        self.maybe_client = None

    def check_levels(self, zones):
        numbers = {zone: zones[zone]["number"] for zone in ZONES}
        assert self.numbers in (None, numbers), "clients know zones by their numbers"
        self.numbers = numbers
        for zone, possible in self.levels.items():
            level = zones[zone]["target"]
            assert any(abs(level - it) < 0.011 for it in possible), f"{zone} is at {level}, not at one of {possible}"
            self.levels[zone] = [level]


def live(daemon, home, dice):
    """One life of a processor: until the power goes. Sometimes that is before it is ready."""
    if dice.random() < 0.2:
        daemon.launch()
        with contextlib.suppress(Exception):
            daemon.process.wait(dice.uniform(0, LONGEST_START_S))
        daemon.kill()
        return False
    daemon.start()
    cut = threading.Timer(dice.uniform(0, LONGEST_LIFE_S), daemon.process.kill)
    try:
        with Admin(daemon.state / "admin.sock") as admin:
            home.check(admin)
            cut.start()
            while True:
                home.act(admin)
    except ConnectionError:
        home.power_went(time.monotonic())
    finally:
        cut.cancel()
        daemon.kill()
    return True


def test_nothing_acknowledged_is_lost(tmp_path):
    print(f"CANDELA_SEED={SEED} repeats this")
    dice = random.Random(SEED)
    home = Home(dice)
    daemon = Daemon(PROJECTS / "flat.yaml", tmp_path / "state", "--http-port", "none", "--leap-port", "none",
                    "--pairing-port", "none")
    lives = sum(live(daemon, home, dice) for _ in range(CUTS))
    with daemon, Admin(daemon.state / "admin.sock") as admin:
        home.check(admin)
    print(f"{CUTS} power cuts, {lives} of them at work: {len(home.versions)} versions, {len(home.clients)} clients, "
          f"{home.count} requests")
    assert lives > CUTS / 2 and len(home.versions) > CUTS / 4, "the client did something between the cuts"
