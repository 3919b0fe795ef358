"""What programs meet that connect: how many are served, how fast all of them hear of something, what each costs."""

import json
import os
import socket
import statistics
import subprocess
import threading
from pathlib import Path

from figures import FULL, PROGRAMS, SOURCE, Daemon, Figure, resident_kb, wait_until

MANY = 1000


def leap_bench(*words):
    done = subprocess.run([PROGRAMS / "leap_bench", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Helper:
    """A program that prints a line when it is ready, and ends with its input."""

    def __init__(self, *words):
        self.process = subprocess.Popen([PROGRAMS / "leap_bench", *map(str, words)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline().strip()
        assert self.line, f"leap_bench {words[0]} ended"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Processor(Daemon):
    """A full home, and the keys of a client that may command it."""

    def __init__(self, folder, project=FULL, name="leap"):
        super().__init__(project, folder / name)
        self.keys = folder / f"{name}-keys"

    def start(self):
        super().start()
        self.run("client", "add", "bench", "--role", "control", "--out", self.keys)
        self.port = self.endpoints["leap"]["port"]
        return self


def request(kind, url, body=None):
    message = {"CommuniqueType": kind, "Header": {"Url": url, "ClientTag": "bench"}}
    return json.dumps(message | ({"Body": body} if body else {}), separators=(",", ":"))


def zone_command(zone, level):
    return request("CreateRequest", f"/zone/{zone}/commandprocessor",
                   {"Command": {"CommandType": "GoToLevel", "Parameter": [{"Type": "Level", "Value": level}]}})


def button_command(button, command):
    return request("CreateRequest", f"/button/{button}/commandprocessor", {"Command": {"CommandType": command}})


def bench_leap(folder, options):
    """Zone commands answered in a second, by 1, 32 and 1000 clients; beside a TLS server that only sends a line back."""

    def load(port, clients):
        return leap_bench("load", port, processor.keys, clients, options.seconds, *lines)

    with Processor(folder) as processor:
        lines = [zone_command(zone["number"], level) for zone in processor.status()["zones"] for level in (40, 60)]
        first = load(processor.port, 1)
        assert first["answer"]["Header"]["StatusCode"].startswith("20"), f"commands are refused: {first['answer']}"
        with Helper("echo", processor.keys, first["answer_size"]) as echo:
            for clients in (1, 32, MANY):
                # In turns, so that what the machine does meanwhile hits both.
                rounds = [(load(processor.port, clients), load(echo.line, clients)) for _ in range(options.rounds)]
                who = f"{clients} client{'s' if clients > 1 else ''}"

                def figure(what, name, unit, **goal):
                    ours, theirs = (statistics.median(it[name] for it in side) for side in zip(*rounds))
                    return Figure("leap", f"{what}, {who}", ours, unit, theirs, "bare TLS line echo", **goal)

                yield figure("zone commands answered", "rate", "/s", at_least=0.7)
                yield figure("answer to a zone command, p99", "p99", "us")
                refused = statistics.median(leap["refused"] / options.seconds for leap, _ in rounds)
                yield Figure("leap", f"zone commands refused as too many, {who}", refused, "/s")


class Broker:
    """Mosquitto with TLS on loopback; `keys` is its own certificate."""

    def __init__(self, folder, keys):
        port = free_port()
        config = folder / "mosquitto.conf"
        config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_connections -1\n"
                          f"certfile {keys / 'cert.pem'}\nkeyfile {keys / 'key.pem'}\n"
                          "persistence false\nset_tcp_nodelay true\nlog_dest stderr\nuser root\n")
        self.port = port
        self.process = subprocess.Popen(["mosquitto", "-c", config], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        while "running" not in (line := self.process.stdout.readline()):
            assert line, "mosquitto does not start"
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def bench_fan_out(folder, options):
    """A press that 1000 clients are told of: how long until the last has it; beside Mosquitto with the same sizes."""
    with Processor(folder) as processor, Broker(folder, processor.keys) as broker:
        button = processor.status()["buttons"][0]["number"]
        subscription = request("SubscribeRequest", f"/button/{button}/status/event")
        commands = [button_command(button, "PressAndHold"), button_command(button, "Release")]
        rounds = []
        for _ in range(options.rounds):
            ours = leap_bench("fan-out", "leap", processor.port, processor.keys, MANY, 20, subscription, *commands)
            rounds.append((ours, leap_bench("fan-out", "mqtt", broker.port, processor.keys, MANY, 20, ours["size"])))
        for what, name, goal in (("the first", "first_p50", None), ("the last", "last_p50", 1), ("the last, p99", "last_p99", None)):
            ours, theirs = (statistics.median(it[name] for it in side) for side in zip(*rounds))
            yield Figure("fan-out", f"press told to {MANY} clients: until {what}", ours / 1000, "ms", theirs / 1000,
                         "Mosquitto, QoS 0, TLS", at_most=goal)


def bench_clients(folder, _options):
    """Memory for each of 1000 clients that are connected and silent; beyond the echo's, which has OpenSSL's alone."""
    with Processor(folder) as processor, Helper("echo", processor.keys, 10) as echo:
        costs = []
        for pid, port in ((processor.process.pid, processor.port), (echo.process.pid, echo.line)):
            with Helper("hold", port, processor.keys, 32):  # what is only needed once is there
                pass
            wait_until(lambda pid=pid: sockets(pid) < 20, "the clients gone")
            before = resident_kb(pid)
            with Helper("hold", port, processor.keys, MANY):
                costs.append((resident_kb(pid) - before) / MANY)
        ours, theirs = costs
        yield Figure("clients", "memory for an idle client", ours, "KB", theirs, "bare TLS line echo")
        yield Figure("clients", "memory for an idle client beyond OpenSSL's", ours - theirs, "KB", at_most=30)


def bench_discovery(folder, options):
    """pylutron-caseta finds out all about a full home; beside a server that has all its answers ready."""
    python = SOURCE / "build/python/bin/python"
    own = folder / "own"
    own.mkdir()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=replay", "-keyout", own / "key.pem", "-out", own / "cert.pem"], check=True, capture_output=True)

    def discover(*words):
        done = subprocess.run([python, SOURCE / "bench/discover.py", *map(str, words)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    with Processor(folder) as processor:
        told = discover("record", processor.port, processor.keys, own, folder / "answers")
        with Helper("replay", own, folder / "answers") as replay:
            rounds = [(discover("time", processor.port, processor.keys, processor.keys / "ca.pem"),
                       discover("time", replay.line, processor.keys, own / "cert.pem")) for _ in range(options.rounds)]
    ours, theirs = (statistics.median(it["seconds"] for it in side) for side in zip(*rounds))
    yield Figure("discovery", f"pylutron-caseta knows {told['devices']} devices, {told['buttons']} buttons", ours, "s", theirs,
                 f"{told['requests']} answers that lie ready")


def sockets(pid):
    return sum(1 for it in Path(f"/proc/{pid}/fd").iterdir() if os.readlink(it).startswith("socket"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
