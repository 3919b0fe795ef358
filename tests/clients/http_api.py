"""The HTTP API over TLS or in the clear, small enough to be trusted, for what no real client would do."""

import http.client
import json
import os
import socket
import ssl
import struct

import yaml
from daemon import DEADLINE_S, SOURCE, wait_until
from peers import sockets

DESCRIPTION = yaml.safe_load((SOURCE / "schema/api.yaml").read_text(encoding="utf-8"))
METHODS = ("get", "post", "delete", "put", "patch")
WEBSOCKET_KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def operations():
    """(method, path, description) of everything in schema/api.yaml."""
    return [(method.upper(), path, it) for path, methods in DESCRIPTION["paths"].items() for method, it in methods.items() if method in METHODS]


def trusting(daemon):
    return ssl.create_default_context(cafile=str(daemon.state / "keys/ca.pem"))


def connect(daemon, tls=True, receive_buffer=None):
    """A socket at the API on the network, or at the page's port of this machine."""
    place = daemon.endpoints["api" if tls else "http"]
    raw = socket.socket()
    raw.settimeout(DEADLINE_S)
    if receive_buffer:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    raw.connect((place["address"], place["port"]))
    return trusting(daemon).wrap_socket(raw, server_hostname="localhost") if tls else raw


def host(daemon, tls=True):
    return f"localhost:{daemon.endpoints['api' if tls else 'http']['port']}"


def add_token(daemon, name="tester", role="control", *options):
    return daemon.run("token", "add", name, "--role", role, *options).stdout.strip()


class Api:
    """Requests with a token, over one connection as long as the server keeps it."""

    def __init__(self, daemon, token=None, tls=True):
        place = daemon.endpoints["api" if tls else "http"]
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.connection = (http.client.HTTPSConnection("localhost", place["port"], timeout=DEADLINE_S, context=trusting(daemon)) if tls
                           else http.client.HTTPConnection("localhost", place["port"], timeout=DEADLINE_S))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def ask(self, method, path, body=None, **headers):
        """(status, answer)"""
        sent = dict(self.headers, **headers)
        text = None
        if body is not None:
            text, sent["Content-Type"] = json.dumps(body), "application/json"
        self.connection.request(method, path, text, sent)
        response = self.connection.getresponse()
        said = response.read()
        kind = response.headers.get_content_type()
        return response.status, json.loads(said) if said and kind.endswith("json") else said.decode()

    def told(self, path):
        status, answer = self.ask("GET", path)
        assert status == 200, f"{path}: {status} {answer}"
        return answer


def upgrade(daemon, tls=True, token=None, path="/api/live", more=""):
    """The bytes that ask for a WebSocket."""
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    return (f"GET {path} HTTP/1.1\r\nHost: {host(daemon, tls)}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {WEBSOCKET_KEY}\r\n{authorization}{more}\r\n").encode()


def frame(payload, opcode=1, final=True, masked=True, length=None):
    """A WebSocket frame, or what looks like one."""
    data = payload if isinstance(payload, bytes) else payload.encode()
    size = len(data) if length is None else length
    head = bytes([opcode | (0x80 if final else 0)])
    mask_bit = 0x80 if masked else 0
    if size < 126:
        head += bytes([mask_bit | size])
    elif size < 65536:
        head += bytes([mask_bit | 126]) + struct.pack(">H", size)
    else:
        head += bytes([mask_bit | 127]) + struct.pack(">Q", size)
    if not masked:
        return head + data
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))


def read_all(peer):
    """What comes until the server closes."""
    said = b""
    try:
        while chunk := peer.recv(65536):
            said += chunk
    except (ConnectionError, ssl.SSLError):
        pass
    return said


def read_until(peer, end):
    said = b""
    while end not in said:
        chunk = peer.recv(65536)
        if not chunk:
            raise ConnectionError(f"closed after {said[-200:]!r}")
        said += chunk
    return said


def wait_for_sockets(daemon, count):
    wait_until(lambda: sockets(daemon) <= count, f"the processor to hold at most {count} sockets again")
