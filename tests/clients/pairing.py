"""A program at the pairing port, small enough to be trusted, for what no real program would do."""

import json
import socket
import ssl
import subprocess

from daemon import DEADLINE_S

OPENED = {"Header": {"StatusCode": "200 OK", "ContentType": "status;plurality=single"},
          "Body": {"Status": {"Permissions": ["Public", "PhysicalAccess"]}}}


def make_request(directory, *kind):
    """A key and a certificate request by OpenSSL; the request's text."""
    subprocess.run(["openssl", "req", "-new", "-nodes", "-subj", "/CN=tester", "-keyout", directory / "key.pem",
                    "-out", directory / "request.pem", *(kind or ("-newkey", "rsa:2048"))], check=True, capture_output=True)
    return (directory / "request.pem").read_text()


def address_of(daemon):
    return daemon.endpoints["pairing"]["address"], daemon.endpoints["pairing"]["port"]


def trusting_anybody(files=None):
    """The settings of a program that looks at no certificate, as some do; with the one in `files` to show, if any."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    if files:
        context.load_cert_chain(files / "cert.pem", files / "key.pem")
    return context


def pair_request(csr, name="tester"):
    return {"Header": {"RequestType": "Execute", "Url": "/pair", "ClientTag": "get-cert"},
            "Body": {"CommandType": "CSR", "Parameters": {"CSR": csr, "DisplayName": name, "DeviceUID": "000000000000",
                                                          "Role": "Admin"}}}


class Pairing:
    """One connection."""

    def __init__(self, daemon, context=None):
        self.raw = socket.create_connection(address_of(daemon), DEADLINE_S)
        self.socket = (context or trusting_anybody()).wrap_socket(self.raw)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, message):
        self.socket.sendall(message if isinstance(message, bytes) else json.dumps(message).encode() + b"\n")

    def receive(self):
        """One message. Each has to come in one piece: some programs parse whatever they read."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server has closed the connection")
        assert data.endswith(b"\r\n") and data.count(b"\n") == 1
        return json.loads(data)

    def ask(self, csr, name="tester"):
        self.send(pair_request(csr, name))
        return self.receive()

    def is_silent(self, seconds=0.3):
        """Whether nothing comes for a while; the only way to see that nothing does."""
        self.socket.settimeout(seconds)
        try:
            self.socket.recv(1)
            return False
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(DEADLINE_S)


def status(answer):
    return answer["Header"]["StatusCode"]


def clients(daemon):
    return {it["name"]: it for it in daemon.ask("client", "list")}


def open_window(daemon, *options):
    daemon.run("pair", "--no-wait", *options)
