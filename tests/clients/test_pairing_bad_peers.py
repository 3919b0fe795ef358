"""Peers of the pairing port that are wrong, rude or many: nobody gets more than a refusal, an opening is not used up by them,
and afterwards a good program pairs."""

import json
import socket
import ssl

import pytest
from daemon import DEADLINE_S, wait_until
from forge import Forger
from pairing import (
    OPENED,
    Pairing,
    address_of,
    clients,
    make_request,
    open_window,
    pair_request,
    status,
    trusting_anybody,
)
from peers import Handshake, answers_to, beside_a_good_client, hung_up_in_the_handshake


@pytest.fixture
def home(villa, admit, tmp_path):
    """The villa, at whose end a good program pairs."""
    villa.good_files = admit(villa, "good")
    (tmp_path / "program").mkdir()
    villa.csr = make_request(tmp_path / "program")
    with beside_a_good_client(villa, villa.good_files):
        yield villa
        open_window(villa)
        with Pairing(villa) as program:
            assert program.receive() == OPENED
            assert status(program.ask(villa.csr, "last")) == "200 OK"
    assert list(clients(villa)) == ["good", "last"]


@pytest.fixture
def request_line(home):
    return json.dumps(pair_request(home.csr)).encode() + b"\r\n"


def test_whatever_certificate_is_shown_it_opens_nothing(home, tmp_path, request_line):
    """Some programs show one of an authority of their own: all may come, and none is worth anything."""
    forger = Forger(home, home.good_files)
    for kind in ("as_good", "another_authority", "expired", "for_servers", "self_signed", "signed_by_a_client", "weak_key"):
        context = trusting_anybody(getattr(forger, kind)(tmp_path / kind))
        assert answers_to(address_of(home), b"", context) == (b"", None), kind
        told, _ = answers_to(address_of(home), request_line, context)
        assert told.count(b"\n") == 1 and status(json.loads(told)) == "401 Unauthorized", kind


def test_a_handshake_cut_at_every_byte(home):
    hung_up_in_the_handshake(address_of(home), trusting_anybody(), every=4)


def test_a_request_cut_at_every_byte_does_not_use_up_the_opening(home, request_line):
    open_window(home)
    context = trusting_anybody()
    for cut in range(len(request_line) - 1):
        with Pairing(home, context) as program:
            program.send(request_line[:cut])
    with Pairing(home) as program:
        assert program.receive() == OPENED
        assert status(program.ask("no request at all")) == "400 BadRequest"
    home.run("pair", "--close")


def test_a_request_one_byte_at_a_time(home, request_line):
    with Pairing(home) as program:
        for byte in request_line:
            program.send(bytes([byte]))
        assert status(program.receive()) == "401 Unauthorized"


@pytest.mark.parametrize("garbage", [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x00" * 5000, b"\xff" * 70000,
                                     b"\x16\x03\x01\xff\xff" + b"\x01" * 40000], ids=["http", "zeros", "ones", "huge-record"])
def test_garbage_instead_of_a_handshake(home, garbage):
    told, _ = answers_to(address_of(home), garbage)
    assert len(told) <= 7, "an alert at most"


def test_a_line_that_never_ends(home):
    with Pairing(home) as program:
        with pytest.raises((ConnectionError, ssl.SSLError)):
            while True:
                program.send(b"x" * 1024)


def test_programs_that_do_not_read(home, request_line):
    """They ask as often as one may, and hear nothing of it."""
    for _ in range(16):
        peer = socket.create_connection(address_of(home), DEADLINE_S)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        program = trusting_anybody().wrap_socket(peer)
        program.sendall(b"{}\n" + request_line[:100])
        program.close()


def test_a_flood_of_programs_and_of_handshakes_never_finished(home):
    waiting = [Pairing(home) for _ in range(24)]
    hello, half = Handshake(trusting_anybody()).flight(), []
    for _ in range(200):
        half.append(socket.create_connection(address_of(home), DEADLINE_S))
        half[-1].sendall(hello)
    wait_until(lambda: waiting[0].socket.recv(1) == b"", "the oldest to go for the newest")
    for it in waiting:
        it.socket.close()
    for it in half:
        it.close()
