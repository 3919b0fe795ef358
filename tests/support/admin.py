"""The administrators' socket of a candelad, spoken to directly: for tests that ask more often than a process can start."""

import json
import socket

from daemon import DEADLINE_S


class Refused(Exception):
    """The processor's answer was a reason why not."""


class Admin:
    """One connection. Raises ConnectionError when the processor is gone."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(DEADLINE_S)
        self.socket.connect(str(path))
        self.answers = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.answers.close()
        self.socket.close()

    def ask(self, command, **arguments):
        self.socket.sendall(json.dumps({"command": command, **arguments}).encode() + b"\n")
        line = self.answers.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the processor has gone in the middle of an answer")
        answer = json.loads(line)
        if not answer["ok"]:
            raise Refused(answer["error"])
        return answer["result"]
