"""A LIP client small enough to be trusted, for what no real client would do."""

import socket

from daemon import DEADLINE_S

PROMPT = b"QNET> "
NAME, PASSWORD = "tester", "a good password"


def address_of(daemon):
    return daemon.endpoints["lip"]["address"], daemon.endpoints["lip"]["port"]


def add_account(daemon, name=NAME, password=PASSWORD, *options, lip=True):
    import subprocess

    from daemon import PROGRAMS
    done = subprocess.run([PROGRAMS / "candela", "--state", daemon.state, "account", "add", name,
                           *(["--lip"] if lip else []), *options],
                          input=password + "\n", capture_output=True, text=True, timeout=DEADLINE_S)
    assert done.returncode == 0, done.stderr
    return done


class Lip:
    """One connection."""

    def __init__(self, daemon, receive_buffer=None):
        self.socket = socket.socket()
        self.socket.settimeout(DEADLINE_S)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect(address_of(daemon))
        self.received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode())

    def segment(self):
        """What came, all of it; ConnectionError when there is nothing any more."""
        if self.received:
            data, self.received = self.received, b""
            return data
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server has closed the connection")
        return data

    def until(self, end):
        """Everything up to `end`, which is left out; what came after it stays."""
        data = b""
        while end not in data:
            data += self.segment()
        data, self.received = data.split(end, 1)
        return data

    def login(self, name=NAME, password=PASSWORD, prompt=PROMPT):
        assert self.until(b"login: ") == b""
        self.send(name + "\r\n")
        assert self.until(b"password: ") == b""
        self.send(password + "\r\n")
        assert self.until(prompt) == b""
        return self

    def ask(self, line):
        """The answer's lines, up to the prompt. Reports that came before are among them."""
        self.send(line + "\r\n")
        return self.until(PROMPT).decode().splitlines()

    def line(self):
        return self.until(b"\r\n").decode()

    def is_silent(self, seconds=0.3):
        """Nothing comes for that long."""
        self.socket.settimeout(seconds)
        try:
            assert not self.received and not self.socket.recv(1, socket.MSG_PEEK)
            return False
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(DEADLINE_S)

    def is_closed(self):
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        return True
