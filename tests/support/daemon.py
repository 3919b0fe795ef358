"""A real candelad for tests: started on a project and a state directory, driven by the real `candela`, ended by pid."""

import json
import os
import select
import signal
import subprocess
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("CANDELA_PROGRAMS", SOURCE / "build/release/bin"))
PROJECTS = SOURCE / "projects"
DEADLINE_S = 30  # for anything that has to happen; a hung test fails, it never waits for ever


def troubles(status):
    """What a processor warns of, but for the machine's own clock: not every machine has a time service."""
    return [warning for warning in status["warnings"] if "time service" not in warning]


def wait_until(condition, what, deadline_s=DEADLINE_S):
    """Asks `condition` again and again until it is true, and returns what it gave; fails with `what` at the deadline."""
    end = time.monotonic() + deadline_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {deadline_s} s: {what}")
        select.select([], [], [], 0.005)


class Daemon:
    """One processor. Use as a context manager, or start() and stop() or kill() by hand."""

    def __init__(self, project, state, *options, wrapper=(), env=None):
        self.project = Path(project)
        self.state = Path(state)
        self.options = list(options)
        self.wrapper = list(wrapper)
        self.env = env
        self.log = self.state.parent / (self.state.name + ".log")
        self.process = None
        self.endpoints = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts it and waits until it is ready."""
        self.launch()
        try:
            self.endpoints = wait_until(self._ready, f"candelad ready; its log:\n{self.log_text()}")
        except BaseException:
            self.kill()
            raise
        return self

    def launch(self):
        """Starts it and waits for nothing."""
        ports = [word for port in ("--leap-port", "--pairing-port", "--http-port") if port not in self.options for word in (port, "0")]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, PROGRAMS / "candelad", "--project", self.project, "--state", self.state, *ports, *self.options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.env)

    def _ready(self):
        if self.process.poll() is not None:
            raise AssertionError(f"candelad ended with {self.process.returncode}; its log:\n{self.log_text()}")
        try:
            endpoints = json.loads((self.state / "endpoints.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        # A file left by a killed predecessor names another process. Behind a wrapper the pid is not ours to know.
        return endpoints if self.wrapper or endpoints.get("pid") == self.process.pid else None

    def stop(self):
        """A clean stop; returns the exit status."""
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(DEADLINE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"candelad did not stop; its log:\n{self.log_text()}") from None

    def kill(self):
        """The plug is pulled."""
        self.process.kill()
        self.process.wait()

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def run(self, *arguments, check=True):
        """One `candela` command on this processor."""
        done = subprocess.run([PROGRAMS / "candela", "--state", self.state, *map(str, arguments)],
                              capture_output=True, text=True, timeout=DEADLINE_S)
        if check:
            assert done.returncode == 0, f"candela {' '.join(map(str, arguments))}: {done.stderr}"
        return done

    def ask(self, *arguments):
        """One `candela --json` command; what it printed."""
        return json.loads(self.run("--json", *arguments).stdout)

    def status(self):
        return self.ask("status")

    def level(self, zone):
        return next(it for it in self.status()["zones"] if it["id"] == zone)["level"]

    def led(self, button):
        return next(it for it in self.status()["buttons"] if it["id"] == button)["led"]

    def devices(self, link, command):
        """One command for the simulated devices of a link; their answer."""
        import socket
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(DEADLINE_S)
            control.connect(str(self.state / f"devices-{link}.sock"))
            control.sendall(command.encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n"):
                chunk = control.recv(65536)
                if not chunk:
                    break
                answer += chunk
        return answer.decode().strip()
