"""Peers that are wrong, rude or many. They are refused or served with bounded memory, and a good client next to them
keeps getting its answers."""

import json
import socket
import ssl

import pytest
from daemon import DEADLINE_S, wait_until
from leap import Leap, address_of, trusting
from peers import Handshake, beside_a_good_client, hung_up_in_the_handshake

SESSION = b"".join(line + b"\r\n" for line in (
    b'{"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","ClientTag":"s"}}',
    b'{"CommuniqueType":"CreateRequest","Header":{"Url":"/zone/%d/commandprocessor"},"Body":{"Command":{"CommandType":"Stop"}}}',
    b'{"CommuniqueType":"UpdateRequest","Header":{"Url":"/clientsetting"},"Body":{"ClientSetting":{"ClientMajorVersion":1}}}',
    b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/device?where=IsThisDevice:true","ClientTag":"\xc3\xa9"}}'))


@pytest.fixture
def home(villa, admit):
    """The villa with a good client at work; see peers.beside_a_good_client for what has to hold at the end."""
    villa.good_files = admit(villa, "good")
    with beside_a_good_client(villa, villa.good_files):
        yield villa


@pytest.fixture
def session(home):
    return SESSION % home.status()["zones"][0]["number"]


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


def test_a_session_one_byte_at_a_time(home, session):
    with Leap(home, home.good_files) as leap:
        for byte in session:
            leap.send(bytes([byte]))
        for _ in range(session.count(b"\n")):
            assert leap.receive()["Header"]["StatusCode"][0] == "2"


def test_a_session_cut_at_every_byte(home, session):
    context = trusting(home.good_files)
    for cut in range(len(session)):
        with Leap(home, home.good_files, context) as leap:
            leap.send(session[:cut])


def test_a_handshake_cut_at_every_byte(home):
    hung_up_in_the_handshake(address_of(home), trusting(home.good_files), every=8)


def test_a_handshake_one_byte_at_a_time(home):
    with socket.create_connection(address_of(home), timeout=DEADLINE_S) as raw:
        shake = Handshake(trusting(home.good_files))
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while flight := shake.flight():
            for byte in flight:
                raw.sendall(bytes([byte]))
            if shake.is_done():
                break
            shake.take_answer(raw)
        assert shake.ask(raw, b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/server/1/status/ping"}}\n').count(b"200 OK") == 1


def test_handshakes_that_are_never_finished(home):
    """More of them than there is room for, each with its first flight answered: the oldest go, and clients get in."""
    context, flood = trusting(home.good_files), []
    for _ in range(600):
        flood.append(socket.create_connection(address_of(home), timeout=DEADLINE_S))
        flood[-1].sendall(Handshake(context).flight())
    with Leap(home, home.good_files) as leap:
        leap.ping()
    while True:  # its server flight, then the end
        try:
            if not flood[0].recv(65536):
                break
        except ConnectionError:
            break
    for peer in flood:
        peer.close()


def test_clients_that_never_read_while_much_happens(home, admit):
    """A thousand changes for twenty clients that do not read: each costs a bounded amount, the others are told at once."""
    files = admit(home, "deaf")
    context, zone = trusting(files), home.status()["zones"][0]["number"]
    deaf = [Leap(home, files, context, receive_buffer=4096) for _ in range(20)]
    for leap in deaf:
        leap.send(b'{"CommuniqueType":"SubscribeRequest","Header":{"Url":"/zone/status","ClientTag":"s"}}\n')
    url = f"/zone/{zone}/commandprocessor"
    with Leap(home, home.good_files) as leap:
        leap.ask("Subscribe", "/zone/status")
        for turn in range(1000):
            leap.ask("Create", url, {"Command": {"CommandType": "GoToLevel", "Parameter": [{"Type": "Level", "Value": 20 + turn % 50}]}})
        leap.ask("Create", url, {"Command": {"CommandType": "GoToLevel", "Parameter": [{"Type": "Level", "Value": 99}]}})
        wait_until(lambda: home.level(home.status()["zones"][0]["id"]) == 99, "the last level")
        while not any(it["Zone"]["href"] == f"/zone/{zone}" and it["Level"] == 99
                      for it in leap.receive()["Body"].get("ZoneStatuses", [])):
            pass
    home.run("client", "revoke", "deaf")  # whatever waits for it
    for leap in deaf:
        assert leap.is_closed()
        leap.close()


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
