"""A real Mosquitto on loopback with TLS, passwords and access rules, and somebody who listens to it."""

import datetime
import ipaddress
import json
import os
import signal
import socket
import subprocess
import threading

import paho.mqtt.client as paho
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from daemon import DEADLINE_S, wait_until

PASSWORDS = {"candela": "lamp oil", "owner": "front door", "guest": "garden gate", "home-assistant": "hub", "display": "wall"}
RULES = """\
user candela
topic readwrite candela/#
topic readwrite homeassistant/#
topic readwrite cottage/#

user owner
topic readwrite #

user guest
topic read candela/#
"""
CONFIGURATION = """\
user root
persistence false
allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/rules
log_dest file {folder}/mosquitto.log

listener {port} 127.0.0.1
certfile {folder}/broker.pem
keyfile {folder}/broker.key

listener {plain_port} 127.0.0.1
"""


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def make_authority(folder, name):
    """An authority in folder/NAME.pem; what signs with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.BasicConstraints(ca=True, path_length=None)
    certificate = signed(subject, subject, key, key, [(usage, True)])
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return subject, key


def signed(subject, issuer, public_of, key, extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_of.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
    builder = builder.not_valid_after(now + datetime.timedelta(days=30))
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(key, hashes.SHA256())


def make_certificate(folder, name, authority, names):
    """A server's certificate for names and addresses, in folder/NAME.pem and .key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    alternatives = [x509.IPAddress(ipaddress.ip_address(it)) if it[0].isdigit() else x509.DNSName(it) for it in names]
    certificate = signed(subject, authority[0], key, authority[1], [(x509.SubjectAlternativeName(alternatives), False)])
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.key").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


class Broker:
    """One broker, which keeps its ports over restarts, and forgets everything at each. Use as a context manager."""

    def __init__(self, folder, names=("localhost", "127.0.0.1"), ports=None, rules=RULES):
        self.folder = folder
        self.port, self.plain_port = ports or (free_port(), free_port())
        self.process = None
        folder.mkdir()
        make_certificate(folder, "broker", make_authority(folder, "ca"), names)
        make_authority(folder, "stranger")
        (folder / "rules").write_text(rules)
        (folder / "passwords").touch(0o600)
        (folder / "rules").chmod(0o600)
        for user, password in PASSWORDS.items():
            subprocess.run(["mosquitto_passwd", "-b", folder / "passwords", user, password], check=True, timeout=DEADLINE_S)
            (folder / f"{user}.password").write_text(password + "\n")
            (folder / f"{user}.password").chmod(0o600)
        text = CONFIGURATION.format(folder=folder, port=self.port, plain_port=self.plain_port)
        (folder / "mosquitto.conf").write_text(text)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.process = subprocess.Popen(["/usr/sbin/mosquitto", "-c", self.folder / "mosquitto.conf"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        wait_until(self._listens, "the broker listens")
        return self

    def _listens(self):
        assert self.process.poll() is None, (self.folder / "mosquitto.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE_S).close()
            return True
        except ConnectionRefusedError:
            return False

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(DEADLINE_S)

    def pause(self):
        """It takes no more from anybody, but all connections stand."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self):
        os.kill(self.process.pid, signal.SIGCONT)

    def options(self, **other):
        """The options of a processor at this broker; an option that is None is left out."""
        usual = {"broker": f"mqtts://localhost:{self.port}", "ca": self.folder / "ca.pem", "user": "candela",
                 "password_file": self.folder / "candela.password"}
        return [word for name, value in (usual | other).items() if value is not None
                for word in (f"--mqtt-{name.replace('_', '-')}", str(value))]


class Ear:
    """Somebody at the broker, by a client library of its own: hears and says. Use as a context manager."""

    def __init__(self, broker, user="owner"):
        self.broker = broker
        self.lock = threading.Lock()
        self.kept = {}  # topic -> the last payload
        self.heard = []  # (topic, payload, retained)
        self.joined = threading.Event()
        self.client = paho.Client(paho.CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
        self.client.username_pw_set(user, PASSWORDS[user])
        self.client.tls_set(str(broker.folder / "ca.pem"))
        self.client.reconnect_delay_set(1, 1)
        self.client.on_connect = self._on_connect
        self.client.on_message = self._on_message
        self.client.on_subscribe = lambda *_: self.joined.set()

    def __enter__(self):
        self.client.connect("localhost", self.broker.port)
        self.client.loop_start()
        assert self.joined.wait(DEADLINE_S), "no answer to the subscription"
        return self

    def __exit__(self, *_):
        self.client.disconnect()
        self.client.loop_stop()

    def _on_connect(self, client, _data, _flags, reason, _properties):
        assert not reason.is_failure, reason
        client.subscribe("#", qos=1)

    def _on_message(self, _client, _data, message):
        with self.lock:
            payload = message.payload.decode()
            self.heard.append((message.topic, payload, message.retain))
            if not payload:
                self.kept.pop(message.topic, None)
            else:
                self.kept[message.topic] = payload

    def say(self, topic, payload, retain=False):
        """Publishes, and waits until the broker has it."""
        if not isinstance(payload, (str, bytes)):
            payload = json.dumps(payload)
        self.client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(DEADLINE_S)

    def last(self, topic):
        with self.lock:
            return self.kept.get(topic)

    def topics(self, beginning=""):
        with self.lock:
            return {it for it in self.kept if it.startswith(beginning)}

    def all(self, topic):
        """Everything that was heard on a topic, in order."""
        with self.lock:
            return [payload for heard, payload, _ in self.heard if heard == topic]

    def until(self, topic, payload):
        """Waits until that is the last that was heard there. A payload that is no text is compared as JSON."""

        def seen():
            last = self.last(topic)
            return last == payload if isinstance(payload, str) or payload is None else last and json.loads(last) == payload

        try:
            wait_until(seen, topic)
        except AssertionError as error:
            raise AssertionError(f"{topic}: {self.last(topic)!r} and not {payload!r}") from error
