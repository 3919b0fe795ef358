"""Peers that are wrong, rude or many. They are refused or served with bounded memory, and a good client next to them
keeps getting its answers."""

import asyncio
import json
import socket
import ssl
import threading
import time

import forge
import pytest
from daemon import DEADLINE_S, wait_until
from leap import Leap, address_of, is_refused, trusting

MEMORY_MIB = 64  # what all the peers of a test together may cost


def memory_mib(daemon):
    for line in open(f"/proc/{daemon.process.pid}/status", encoding="ascii"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


class GoodClient(threading.Thread):
    """Asks all the time, and remembers how long the slowest answer took."""

    def __init__(self, daemon, files):
        super().__init__()
        self.leap = Leap(daemon, files)
        self.ended = threading.Event()
        self.answers = 0
        self.slowest = 0.0
        self.failure = None

    def run(self):
        try:
            while not self.ended.is_set():
                began = time.monotonic()
                self.leap.ping()
                assert self.leap.ask("Read", "/zone/status")["Header"]["StatusCode"] == "200 OK"
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.answers += 1
        except Exception as failure:  # reported by the fixture
            self.failure = failure

    def finish(self):
        self.ended.set()
        self.join()
        self.leap.close()


@pytest.fixture
def home(villa, admit):
    """The villa with a good client at work; at the end the client must have been served all along."""
    villa.good_files = admit(villa, "good")
    good = GoodClient(villa, villa.good_files)
    good.start()
    before = memory_mib(villa)
    yield villa
    answers = good.answers
    wait_until(lambda: good.answers > answers or good.failure, "one more answer for the good client")
    good.finish()
    assert good.failure is None, repr(good.failure)
    assert good.slowest < 5, "clients give up after 5 s"
    assert memory_mib(villa) - before < MEMORY_MIB
    assert villa.process.poll() is None


def test_no_certificate(home):
    context = ssl.create_default_context(cafile=str(home.good_files / "ca.pem"))
    assert is_refused(home, home.good_files, context)


def test_a_certificate_of_another_authority(home, tmp_path):
    assert is_refused(home, forge.foreign(tmp_path / "foreign", home.good_files))


def test_a_key_that_nobody_admitted(home, tmp_path):
    assert is_refused(home, forge.signed_by_us(tmp_path / "stranger", home, home.good_files))
    wait_until(lambda: "not in the list of clients" in home.log_text(), "a line in the log")


def test_an_expired_certificate(home, tmp_path):
    assert is_refused(home, forge.expired(tmp_path / "expired", home, home.good_files))


def test_a_revoked_client_is_out_at_once(home, admit):
    files = admit(home, "fired")
    with Leap(home, files) as leap:
        leap.ping()
        began = time.monotonic()
        home.run("client", "revoke", "fired")
        assert leap.is_closed()
        assert time.monotonic() - began < 5
    assert is_refused(home, files)


@pytest.mark.parametrize("bytes_sent", [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x00" * 5000, b"\xff" * 70000, b"\x16\x03\x01\xff\xff"
                                        + b"\x01" * 40000], ids=["http", "zeros", "ones", "huge-record"])
def test_garbage_instead_of_a_handshake(home, bytes_sent):
    with socket.create_connection(address_of(home), timeout=DEADLINE_S) as peer:
        try:
            peer.sendall(bytes_sent)
            while peer.recv(4096):
                pass
        except ConnectionError:
            pass


def test_garbage_after_the_handshake(home):
    with Leap(home, home.good_files) as leap:
        leap.send(b"\x00\xff\x00\xff\r\n")
        answer = leap.receive()
        assert answer["CommuniqueType"] == "ExceptionResponse"
        assert answer["Header"] == {"MessageBodyType": "ExceptionDetail", "StatusCode": "400 BadRequest", "Url": ""}
        leap.ping()  # one bad line is forgiven
        leap.send(b"garbage\n" * 20)
        assert leap.is_closed()


def test_a_line_of_the_greatest_length_is_answered(home):
    with Leap(home, home.good_files) as leap:
        tag = "t" * (256 * 1024 - 100)
        line = json.dumps({"CommuniqueType": "ReadRequest", "Header": {"Url": "/x", "ClientTag": tag}}).encode()
        leap.send(line + b"\r\n")
        assert leap.receive()["Header"]["ClientTag"] == tag
        leap.ping()


def test_a_line_that_is_too_long(home):
    with Leap(home, home.good_files) as leap:
        try:
            leap.send(b"x" * 1024 * 1024)
        except (ConnectionError, ssl.SSLError):
            pass  # it may be closed before we are done
        assert leap.is_closed()
    wait_until(lambda: "more than 256 KiB" in home.log_text(), "a line in the log")


@pytest.mark.parametrize("line", ["[" * 100000, '{"Header":' * 20000, "[0" + ",0" * 100000 + "]",
                                  '{"CommuniqueType":"ReadRequest","Header":{"Url":"/area"},"Body":' + '{"a":' * 20 + "1" + "}" * 21],
                         ids=["arrays", "objects", "values", "deep-body"])
def test_json_that_is_nested_too_deeply_or_too_much(home, line):
    with Leap(home, home.good_files) as leap:
        leap.send(line.encode() + b"\n")
        assert leap.receive()["Header"]["StatusCode"] == "400 BadRequest"
        leap.ping()


def test_requests_byte_by_byte(home):
    with Leap(home, home.good_files) as leap:
        for byte in b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/server/1/status/ping"}}\n':
            leap.send(bytes([byte]))
        assert leap.receive()["Header"]["StatusCode"] == "200 OK"


def test_half_open_connections_end_by_themselves(home):
    silent = [socket.create_connection(address_of(home), timeout=DEADLINE_S) for _ in range(100)]
    half = socket.create_connection(address_of(home), timeout=DEADLINE_S)
    half.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")  # the beginning of a hello
    with Leap(home, home.good_files) as leap:
        leap.ping()  # there is still room for one that knows what it wants
    for peer in [*silent, half]:
        assert peer.recv(1) == b""
        peer.close()


def test_a_flood_of_connections_does_not_shut_clients_out(home):
    flood = [socket.create_connection(address_of(home), timeout=DEADLINE_S) for _ in range(600)]
    with Leap(home, home.good_files) as leap:
        leap.ping()
    # The oldest had to go for the newest.
    assert flood[0].recv(1) == b""
    for peer in flood:
        peer.close()


def test_a_client_that_stops_reading(home, admit):
    files = admit(home, "deaf")
    with Leap(home, files, receive_buffer=4096) as leap:
        leap.socket.settimeout(1)
        request = b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/device?where=IsThisDevice:false"}}\n' * 100
        with pytest.raises((TimeoutError, ConnectionError, ssl.SSLError)):
            while True:
                leap.send(request)
        wait_until(lambda: "'deaf' (127.0.0.1) disconnected: it does not read" in home.log_text(), "the deaf client to be let go")


def test_two_hundred_clients_at_once(home):
    context = trusting(home.good_files)
    address, port = address_of(home)
    before, peak = memory_mib(home), []

    async def visit(arrived, everybody):
        reader, writer = await asyncio.open_connection(address, port, ssl=context, server_hostname="localhost")
        writer.write(b'{"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","ClientTag":"s"}}\n')
        assert b"MultipleZoneStatus" in await reader.readline()
        arrived()
        async with everybody:
            pass
        assert b'"Level":77' in await reader.readline()  # one change goes out to all
        writer.close()

    async def crowd():
        everybody, count = asyncio.Barrier(201), iter(range(1, 201))
        all_here = asyncio.Event()
        visits = asyncio.gather(*(visit(lambda: next(count) == 200 and all_here.set(), everybody) for _ in range(200)))
        async with asyncio.timeout(2 * DEADLINE_S):
            await all_here.wait()
            peak.append(memory_mib(home))
            async with everybody:
                pass
            await asyncio.to_thread(home.run, "set", "hall-pendant", "77", "--fade", "0")
            await visits

    asyncio.run(crowd())
    assert peak[0] - before < MEMORY_MIB
