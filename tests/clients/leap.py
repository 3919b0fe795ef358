"""A LEAP client small enough to be trusted, for what no real client would do."""

import json
import socket
import ssl

from daemon import DEADLINE_S


def address_of(daemon):
    return daemon.endpoints["leap"]["address"], daemon.endpoints["leap"]["port"]


def trusting(files):
    """The settings of a client that verifies the server as strictly as Python can, with its own certificate if any."""
    context = ssl.create_default_context(cafile=str(files / "ca.pem"))
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    if (files / "cert.pem").exists():
        context.load_cert_chain(files / "cert.pem", files / "key.pem")
    return context


class Leap:
    """One connection. Lines in, lines out, in order."""

    def __init__(self, daemon, files, context=None, name="localhost", receive_buffer=None):
        raw = socket.socket()
        raw.settimeout(DEADLINE_S)
        if receive_buffer:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        raw.connect(address_of(daemon))
        try:
            self.socket = (context or trusting(files)).wrap_socket(raw, server_hostname=name)
        except BaseException:
            raw.close()
            raise
        self.lines = self.socket.makefile("rb")
        self.tags = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.lines.close()
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def receive(self):
        """The next line as an object; ConnectionError when there is none any more."""
        line = self.lines.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the server has closed the connection")
        return json.loads(line)

    def ask(self, verb, url, body=None):
        """One request and its answer. Pushes that come between are passed over."""
        self.tags += 1
        tag = f"tag-{self.tags}"
        request = {"CommuniqueType": f"{verb}Request", "Header": {"Url": url, "ClientTag": tag}}
        if body is not None:
            request["Body"] = body
        self.send(json.dumps(request).encode() + b"\r\n")
        while True:
            answer = self.receive()
            if answer["Header"].get("ClientTag") == tag:
                return answer

    def ping(self):
        assert self.ask("Read", "/server/1/status/ping")["Header"]["StatusCode"] == "200 OK"

    def is_closed(self):
        """Waits until the server has closed; False if it still talks at the deadline."""
        try:
            while self.lines.readline():
                pass
        except (ConnectionError, ssl.SSLError):
            pass
        except TimeoutError:
            return False
        return True


def login(leap, name, password):
    """The answer to a login as clients send it."""
    return leap.ask("Update", "/login", {"Login": {"ContextType": "Application", "LoginId": name, "Password": password}})


def is_refused(daemon, files, context=None):
    """Whether the server lets nobody in with these. With TLS 1.3 a client only hears of it when it first reads."""
    try:
        with Leap(daemon, files, context) as leap:
            leap.ping()
    except (ConnectionError, ssl.SSLError):
        return True
    return False
