"""Unmodified aiolip on the villa. Its port, name, password and prompt are built into it, so the account is made for it.

It passes coroutines to asyncio.wait(), which Python takes no more since 3.11. Here that function takes them again; the
library is as it came."""

import asyncio
import contextlib

import aiolip
import own_network
import pytest
from daemon import DEADLINE_S, wait_until
from lip import add_account

LAMP = "hall-pendant"
wait_for_tasks = asyncio.wait


def wait_as_before(things, **how):
    return wait_for_tasks([asyncio.ensure_future(it) for it in things], **how)


@pytest.fixture
def villa(start, monkeypatch):
    own_network.enter()
    monkeypatch.setattr(asyncio, "wait", wait_as_before)
    daemon = start("villa", "--lip-port", "23")
    add_account(daemon, "lutron", "integration", "--prompt", "GNET")
    return daemon


@contextlib.asynccontextmanager
async def connected():
    lip = aiolip.LIP()
    await asyncio.wait_for(lip.async_connect("127.0.0.1"), DEADLINE_S)
    running = asyncio.ensure_future(lip.async_run())
    messages = asyncio.Queue()
    lip.subscribe(messages.put_nowait)
    try:
        yield lip, messages
    finally:
        await lip.async_stop()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_it_logs_in_queries_sets_and_follows(villa):
    zone = next(it["number"] for it in villa.status()["zones"] if it["id"] == LAMP)

    async def use():
        async with connected() as (lip, messages), asyncio.timeout(DEADLINE_S):
            async def told(level):
                while True:
                    message = await messages.get()
                    if (message.mode, message.integration_id, message.action_number) == (aiolip.LIPMode.OUTPUT, zone, 1):
                        assert message.value == level
                        return

            await lip.query(aiolip.LIPMode.OUTPUT, zone, 1)
            await told(0)
            await lip.action(aiolip.LIPMode.OUTPUT, zone, 1, 55)
            await told(55)
            await asyncio.to_thread(villa.run, "set", LAMP, 5, "--fade", 0)
            await told(5)
            while lip._last_keep_alive_response is None:
                await asyncio.sleep(0)

    asyncio.run(use())
    wait_until(lambda: villa.level(LAMP) == 5, "the lamp at 5 %")


def test_it_follows_buttons(villa):
    number = next(it["number"] for it in villa.status()["devices"] if it["id"] == "study-keypad")

    async def use():
        async with connected() as (_, messages), asyncio.timeout(DEADLINE_S):
            await asyncio.to_thread(villa.run, "press", "study-keypad.3")
            seen = []
            while len(seen) < 2:
                message = await messages.get()
                if message.mode == aiolip.LIPMode.DEVICE and message.integration_id == number and message.action_number == 3 and message.value in (3, 4):
                    seen.append((message.integration_id, message.value))
            assert seen == [(number, 3.0), (number, 4.0)]

    asyncio.run(use())
