"""A thousand clients at once, each of them connected, authorised and following the house: all are served, a press still
reaches its load as it did before, and afterwards nothing of them is held."""

import asyncio
import json
import resource
import statistics
import time

import pytest
from daemon import DEADLINE_S, wait_until
from leap import Leap, address_of, login, trusting
from lip import Lip, add_account
from peers import memory_mib, sockets

CLIENTS = 1000
PER_CLIENT_KIB = 128  # OpenSSL's own buffers of a connection are most of it
PRESSES = 15
SUBSCRIBE = b'{"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","ClientTag":"s"}}\n'


@pytest.fixture(autouse=True)
def room():
    """Room for as many sockets in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < CLIENTS + 200:
        pytest.skip(f"only {hard} files may be open at once here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, CLIENTS + 200), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def press_to_load(daemon):
    """From a finger on a wired keypad to the load of a wired module, as the simulated devices see both, in seconds; the
    middle one of some. The press toggles the hall's pendant, whose fade is none."""

    def level():
        state = json.loads(daemon.devices("wired", "state"))
        return next(it for it in state["devices"] if it["id"] == "dim-1")["outputs"][1]["level"]

    times = []
    for _ in range(PRESSES):
        before, began = level(), time.monotonic()
        daemon.devices("wired", "tap front-door.3")
        wait_until(lambda: level() != before, "the load to move")  # noqa: B023
        times.append(time.monotonic() - began)
        daemon.run("set", "hall-pendant", "0", "--fade", "0")
        wait_until(lambda: level() == 0, "the load to be off again")
    return statistics.median(times)


class Crowd:
    """Clients in one event loop. Each is there when its subscription was answered."""

    def __init__(self, daemon, files):
        self.address, self.context = address_of(daemon), trusting(files)
        self.clients = []

    async def come(self, count):
        gate = asyncio.Semaphore(32)  # handshakes at once

        async def visit():
            async with gate:
                reader, writer = await asyncio.open_connection(*self.address, ssl=self.context, server_hostname="localhost")
                writer.write(SUBSCRIBE)
                assert b"MultipleZoneStatus" in await reader.readline()
                self.clients.append((reader, writer))

        await asyncio.gather(*(visit() for _ in range(count)))

    async def all_hear(self, text):
        async def hear(reader):
            while text not in await reader.readline():
                pass

        async with asyncio.timeout(DEADLINE_S):
            await asyncio.gather(*(hear(reader) for reader, _ in self.clients))

    async def go(self):
        for _, writer in self.clients:
            writer.transport.abort()


def test_a_thousand_clients_are_served_and_the_house_goes_on(start, admit):
    # A program that is started usually may open few files, and asks for more.
    villa = start("villa", "--lip-port", "0", "--leap-login", wrapper=("sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh"))
    add_account(villa, "panel", "a good password", "--leap")
    files, held, before = admit(villa), sockets(villa), memory_mib(villa)
    alone = press_to_load(villa)
    shown = {}

    async def story():
        crowd = Crowd(villa, files)
        await crowd.come(CLIENTS)
        shown["memory"] = memory_mib(villa) - before
        await asyncio.to_thread(villa.run, "set", "hall-niche", "77", "--fade", "0")
        await crowd.all_hear(b'"Level":77')
        shown["press"] = await asyncio.to_thread(press_to_load, villa)
        await asyncio.to_thread(newcomers)
        await crowd.go()

    def newcomers():
        """There is room for others still, by every way in."""
        with Leap(villa, files) as leap:
            leap.ping()
            assert login(leap, "panel", "a good password")["Header"]["StatusCode"] == "200 OK"
        with Lip(villa).login("panel", "a good password") as lip:
            assert lip.ask("?MONITORING,5") == ["~MONITORING,5,1"]

    asyncio.run(story())
    print(f"{1024 * shown['memory'] / CLIENTS:.0f} KiB a client; a press {1000 * alone:.1f} ms alone, {1000 * shown['press']:.1f} ms among them")
    assert shown["memory"] * 1024 / CLIENTS < PER_CLIENT_KIB, f"{shown['memory'] * 1024 / CLIENTS:.0f} KiB a client"
    # A fan-out to a thousand costs the server thread some milliseconds of a shared processor; the press does not wait for it.
    assert shown["press"] < 3 * alone + 0.05, f"{1000 * shown['press']:.1f} ms; alone {1000 * alone:.1f} ms"
    wait_until(lambda: sockets(villa) <= held, "their sockets to be closed")
    assert "it does not read" not in villa.log_text()
