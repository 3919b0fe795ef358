"""A newcomer copies the lines of docs/clients/mqtt.md: they work as they are written, ports and access rules and all."""

import os
import re
import signal
import subprocess

import own_network
import pytest
from broker import PASSWORDS, Broker
from daemon import DEADLINE_S, PROGRAMS, PROJECTS, SOURCE

PAGE = (SOURCE / "docs/clients/mqtt.md").read_text()
LINES = re.search(r"```sh\n(.*?)```", PAGE, re.DOTALL).group(1)
RULES = re.search(r"```\n(user candela\n.*?)```", PAGE, re.DOTALL).group(1)


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    own_network.enter()
    rules = RULES + "\nuser owner\ntopic readwrite #\n"
    with Broker(tmp_path_factory.mktemp("mqtt") / "broker", ports=(8883, 1883), rules=rules) as it:
        yield it


def say(broker, user, topic, payload):
    words = ["-h", "localhost", "-p", "8883", "--cafile", broker.folder / "ca.pem", "-u", user, "-P", PASSWORDS[user]]
    subprocess.run(["mosquitto_pub", *words, "-q", "1", "-t", topic, "-m", payload], check=True, timeout=DEADLINE_S)


def heard(broker, user, topic, payload):
    """Waits until `user` hears that there."""
    words = ["-h", "localhost", "-p", "8883", "--cafile", broker.folder / "ca.pem", "-u", user, "-P", PASSWORDS[user]]
    with subprocess.Popen(["mosquitto_sub", *words, "-t", topic, "-W", str(DEADLINE_S)], stdout=subprocess.PIPE, text=True) as sub:
        try:
            return any(line.strip() == payload for line in sub.stdout)
        finally:
            sub.kill()


def test_the_lines_work_as_written(broker, tmp_path):
    (tmp_path / "home.yaml").symlink_to(PROJECTS / "villa.yaml")
    (tmp_path / "ca.pem").symlink_to(broker.folder / "ca.pem")
    environment = os.environ | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "BROKER": "localhost",
                                "PASSWORD": PASSWORDS["candela"], "OWNER": PASSWORDS["owner"]}
    with open(tmp_path / "said", "w+", encoding="utf-8") as said:
        shell = subprocess.Popen(["bash", "-euc", LINES + "echo $!; wait"], cwd=tmp_path, env=environment, stdout=said,
                                 stderr=subprocess.STDOUT, start_new_session=True)
        try:
            assert heard(broker, "display", "candela/status", "online")
            say(broker, "display", "candela/zones/hall-pendant/level/set", "99")  # has no right to
            say(broker, "home-assistant", "candela/zones/hall-niche/level/set", "21")
            say(broker, "home-assistant", "candela/house/mode/set", "vacation")
            assert heard(broker, "display", "candela/zones/hall-niche/level", "21")
            assert heard(broker, "display", "candela/house/mode", "vacation")
            assert heard(broker, "display", "candela/zones/hall-pendant/level", "0")
        finally:
            os.killpg(shell.pid, signal.SIGTERM)
            shell.wait(DEADLINE_S)
        said.seek(0)
        text = said.read()
    assert "candela/status online" in text or re.search(r"^candela/\w+/\S+ ", text, re.MULTILINE), text
