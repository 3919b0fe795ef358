"""HTTP and WebSocket peers that are wrong, rude or many: refused or served within bounds, and a good client beside them
gets its answers. Each on the network (TLS, tokens) and on this machine (in the clear, for the page)."""

import json
import socket
import ssl
import threading
import time

import pytest
from daemon import DEADLINE_S, wait_until
from http_api import Api, add_token, connect, frame, host, read_all, read_until, trusting, upgrade, wait_for_sockets
from peers import MEMORY_MIB, SLOWEST_S, memory_mib, sockets

GARBAGE = {"zeros": b"\x00" * 70000, "ones": b"\xff" * 70000, "lines": b"\r\n" * 40000, "no-version": b"GET /\r\n\r\n",
           "http2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "leap": b'{"CommuniqueType":"ReadRequest"}\r\n', "long-line": b"GET /" + b"a" * 40000,
           "record": b"\x16\x03\x01\xff\xff" + b"\x01" * 40000}


@pytest.fixture
def home(start):
    """The villa with a good client at each place; at the end both must be served, and nothing be left of the others."""
    daemon = start("villa", "--api-port", "0")
    daemon.token = add_token(daemon, "good")
    with Api(daemon, daemon.token) as far, Api(daemon, tls=False) as near:
        for api in (far, near):
            api.told("/api/state")
        memory, held = memory_mib(daemon), sockets(daemon)
        yield daemon
        began = time.monotonic()
        with Api(daemon, daemon.token) as newcomer:
            newcomer.told("/api/state")
        assert time.monotonic() - began < SLOWEST_S
        wait_for_sockets(daemon, held)
        assert memory_mib(daemon) - memory < MEMORY_MIB
    assert daemon.process.poll() is None


both = pytest.mark.parametrize("tls", [True, False], ids=["network", "here"])


def request(daemon, tls, method="GET", path="/api/home", headers="", body=b"", host_line=None):
    lines = f"{method} {path} HTTP/1.1\r\nHost: {host_line or host(daemon, tls)}\r\n"
    if tls:
        lines += f"Authorization: Bearer {daemon.token}\r\n"
    return lines.encode() + headers.encode() + b"\r\n" + body


def answer_to(daemon, tls, sent):
    """What the server says until it closes, to what is all that the peer ever says."""
    with connect(daemon, tls) as peer:
        try:
            peer.sendall(sent)
            if not tls:
                peer.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it may be closed before we are done
        peer.settimeout(DEADLINE_S)
        return read_all(peer)


def status_of(said):
    assert said.startswith(b"HTTP/1.1 "), said[:100]
    return int(said.split(b" ", 2)[1])


def first_status(daemon, tls, sent):
    with connect(daemon, tls) as peer:
        peer.sendall(sent)
        return status_of(read_until(peer, b"\r\n\r\n"))


@both
@pytest.mark.parametrize("wrong, status", [("evil.example", 421), ("localhost.evil.example", 421), ("", 421), ("127.0.0.1.evil.example:80", 421)])
def test_a_foreign_host_gets_nothing(home, tls, wrong, status):
    for sent in (request(home, tls, host_line=wrong or " "), upgrade(home, tls, home.token if tls else None).replace(host(home, tls).encode(), wrong.encode())):
        with connect(home, tls) as peer:
            peer.sendall(sent)
            said = read_until(peer, b"}")
        assert status_of(said) == status and b"Harbour" not in said


@both
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost", "http://localhost:1", "file://"])
def test_a_foreign_origin_gets_nothing(home, tls, origin):
    more = f"Origin: {origin}\r\n"
    for sent in (request(home, tls, headers=more), upgrade(home, tls, home.token if tls else None, more=more),
                 request(home, tls, "POST", "/api/scenes/hall.evening/activate", more), request(home, tls, "OPTIONS", headers=more)):
        with connect(home, tls) as peer:
            peer.sendall(sent)
            said = read_until(peer, b"}")
        assert status_of(said) == 403 and b"Access-Control" not in said


@both
def test_what_looks_like_an_upgrade_is_none(home, tls):
    token = home.token if tls else None
    good = upgrade(home, tls, token)
    http2 = good.replace(b"Upgrade: websocket", b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")
    with_body = "Content-Length: 5\r\n"
    cases = {
        "another path": (upgrade(home, tls, token, "/api/home"), 200),
        "a page's path": (upgrade(home, tls, token, "/api/live/x"), 404),
        "h2c": (http2, 426),
        "an old version": (good.replace(b"Version: 13", b"Version: 8"), 426),
        "no key": (good.replace(b"Sec-WebSocket-Key", b"X-Key"), 426),
        "a short key": (good.replace(b"dGhlIHNhbXBsZSBub25jZQ==", b"dGhl"), 426),
        "two keys": (good.replace(b"\r\n\r\n", b"\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), 426),
        "HTTP/1.0": (good.replace(b"HTTP/1.1", b"HTTP/1.0"), 426),
        "POST": (good.replace(b"GET", b"POST"), 405),
        "a body": (upgrade(home, tls, token, more=with_body) + b"hello", 426),
        "a chunked body": (upgrade(home, tls, token, more="Transfer-Encoding: chunked\r\n") + b"0\r\n\r\n", 426),
    }
    got = {name: first_status(home, tls, sent) for name, (sent, _) in cases.items()}
    assert got == {name: status for name, (_, status) in cases.items()}


@both
@pytest.mark.parametrize("headers, body, status", [
    ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n", 400),
    ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n", 400),
    ("Content-Length: 5\r\nContent-Length: 6\r\n", b"hello!", 400),
    ("Content-Length: -1\r\n", b"", 400),
    ("Content-Length: 99999999999999999999\r\n", b"", 400),
    ("Content-Length: 17000\r\n", b"", 413),
    ("Content-Length: 99999999999\r\n", b"", 413),
    ("Transfer-Encoding: chunked\r\n", b"ffffffffffffffffff\r\n", 400),
    ("Transfer-Encoding: chunked\r\n", b"5000\r\n" + b"x" * 0x5000, 413),
    ("A: " + "a" * 17000 + "\r\n", b"", 431),
    ("A: b\r\n" * 4000, b"", 431),
    ("Space : x\r\n", b"", 400),
], ids=lambda it: it[:20].strip() if isinstance(it, str) else "")
def test_requests_that_other_servers_would_read_otherwise(home, tls, headers, body, status):
    sent = request(home, tls, "POST", "/api/zones/hall-pendant/level", headers, body) + request(home, tls)
    said = answer_to(home, tls, sent)
    assert status_of(said) == status
    assert said.count(b"HTTP/1.1 ") == 1 and b"Harbour" not in said, "what came after it was taken for a request"


@both
def test_requests_cut_at_every_byte(home, tls):
    body = b'{"level": 61, "fade": 0}'
    headers = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    whole = request(home, tls, "POST", "/api/zones/hall-pendant/level", headers, body)
    before = home.level("hall-pendant")
    for cut in range(0, len(whole), 5 if tls else 1):
        with connect(home, tls) as peer:
            peer.sendall(whole[:cut])
    assert home.level("hall-pendant") == before, "half a command was carried out"
    assert first_status(home, tls, whole) == 202


@both
def test_websocket_frames_cut_at_every_byte(home, tls):
    press = frame(json.dumps({"type": "press", "button": "front-door.3"}))
    release = frame(json.dumps({"type": "release", "button": "front-door.3"}))
    whole = press + frame(b"ping", opcode=9) + release + frame(b"\x03\xe8", opcode=8)
    for cut in range(0, len(whole) + 1, 7 if tls else 1):
        with connect(home, tls) as peer:
            peer.sendall(upgrade(home, tls, home.token if tls else None) + whole[:cut])
            read_until(peer, b"\r\n\r\n")
    with Api(home, home.token if tls else None, tls) as api:
        wait_until(lambda: api.ask("POST", "/api/buttons/front-door.3/tap")[0] == 202, "nobody to hold the button any more")


@both
@pytest.mark.parametrize("sent", [frame("{}", masked=False), frame(b"x" * 126, opcode=9), frame(b"x", opcode=9, final=False),
                                  frame("{}", opcode=3), frame("{}", opcode=11), b"\xf1\x80\x00\x00\x00\x00", frame(b"x", opcode=8),
                                  frame("x", length=2**62), frame(b"x" * 20000), frame("a", opcode=0), frame(b"\xff\xfe"),
                                  frame("a", final=False) + frame("b"), frame("a" * 1000, final=False) + frame("b" * 1000, 0, False) * 20],
                         ids=["unmasked", "long ping", "split ping", "opcode 3", "opcode 11", "reserved bits", "short close", "endless",
                              "too long", "no beginning", "no UTF-8", "interrupted", "fragments without end"])
def test_wrong_websocket_frames_end_the_session(home, tls, sent):
    with connect(home, tls) as peer:
        peer.sendall(upgrade(home, tls, home.token if tls else None))
        read_until(peer, b"snapshot")
        try:
            peer.sendall(sent)
        except (ConnectionError, ssl.SSLError):
            pass
        read_all(peer)  # ends: it would raise TimeoutError if the session went on


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_instead_of_a_handshake(home, garbage):
    place = home.endpoints["api"]
    with socket.create_connection((place["address"], place["port"]), timeout=DEADLINE_S) as peer:
        try:
            peer.sendall(garbage)
            peer.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        assert b"HTTP" not in read_all(peer)


@both
@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_instead_of_a_request(home, tls, garbage):
    said = answer_to(home, tls, garbage)
    assert said == b"" or status_of(said) in (400, 431)


@both
def test_a_slow_but_honest_sender_is_served(home, tls):
    with connect(home, tls) as peer:
        for byte in request(home, tls):
            peer.sendall(bytes([byte]))
        assert status_of(read_until(peer, b"Harbour")) == 200


def test_senders_that_stop_in_the_middle_are_let_go(home):
    """Slowloris: each stops somewhere else. All of them wait for the same deadline of 10 s."""
    peers = []
    for tls in (True, False):
        whole = request(home, tls, "POST", "/api/zones/hall-pendant/level", "Content-Type: application/json\r\nContent-Length: 20\r\n", b'{"level"')
        for cut in (1, 30, len(whole) - 8, len(whole)):
            peers.append(connect(home, tls))
            peers[-1].sendall(whole[:cut])
    place = home.endpoints["api"]
    for beginning in (b"", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
        peers.append(socket.create_connection((place["address"], place["port"]), timeout=DEADLINE_S))
        peers[-1].sendall(beginning)
    peers.append(connect(home))  # never asks
    peers.append(connect(home))  # never says who it is
    peers[-1].sendall(upgrade(home))
    for peer in peers:
        assert b"Harbour" not in read_all(peer)
        peer.close()


@both
def test_a_peer_that_never_reads_answers(home, tls):
    held = sockets(home)
    deaf = connect(home, tls, receive_buffer=4096)
    deaf.settimeout(1)
    ended = threading.Event()

    def ask():
        try:
            while True:
                deaf.sendall(request(home, tls, path="/api/status") * 20)
        except (TimeoutError, OSError):
            ended.set()
    asking = threading.Thread(target=ask)
    asking.start()
    wait_until(ended.is_set, "the server to read no more")
    asking.join()
    wait_for_sockets(home, held)  # although it still holds its end
    deaf.close()


@both
def test_a_follower_that_never_reads(home, tls):
    deaf = connect(home, tls, receive_buffer=4096)
    deaf.sendall(upgrade(home, tls, home.token if tls else None))
    deaf.settimeout(1)
    with pytest.raises((TimeoutError, OSError)):
        while True:
            deaf.sendall(frame(json.dumps({"type": "press", "button": "x" * 10000})) * 10)
    deaf.close()


def test_a_flood_of_connections_does_not_shut_clients_out(home):
    place = home.endpoints["api"]
    flood = [socket.create_connection((place["address"], place["port"]), timeout=DEADLINE_S) for _ in range(300)]
    with Api(home, home.token) as api:
        api.told("/api/home")
    assert flood[0].recv(1) == b"", "the oldest had to go for the newest"
    wait_until(lambda: "too many connections without a token" in home.log_text(), "a line in the log")
    for peer in flood:
        peer.close()


def test_a_flood_of_handshakes_does_not_shut_clients_out(home):
    ended = threading.Event()

    def shake_hands():
        place, context = home.endpoints["api"], trusting(home)
        while not ended.is_set():
            try:
                with socket.create_connection((place["address"], place["port"]), timeout=DEADLINE_S) as raw:
                    context.wrap_socket(raw, server_hostname="localhost").close()
            except OSError:
                pass
    hands = [threading.Thread(target=shake_hands) for _ in range(4)]
    for it in hands:
        it.start()
    try:
        for _ in range(20):
            began = time.monotonic()
            with Api(home, home.token) as api:
                api.told("/api/home")
            assert time.monotonic() - began < SLOWEST_S
    finally:
        ended.set()
        for it in hands:
            it.join()


@both
def test_more_connections_than_there_is_room_for(home, tls):
    crowd = []
    for _ in range(63):  # and the good one
        crowd.append(Api(home, home.token if tls else None, tls))
        crowd[-1].told("/api/house")
    with connect(home, tls) as peer:
        try:
            peer.sendall(request(home, tls))
        except ConnectionError:
            pass
        said = read_all(peer)
        assert status_of(said) == 503 and b"Harbour" not in said
    crowd.pop().connection.close()

    def is_served():
        try:
            with Api(home, home.token if tls else None, tls) as api:
                return api.ask("GET", "/api/home")[0] == 200
        except ConnectionError:
            return False
    wait_until(is_served, "room for one more")
    for api in crowd:
        api.connection.close()


@both
def test_more_followers_than_there_is_room_for(home, tls):
    token = home.token if tls else None
    followers = [connect(home, tls) for _ in range(16)]
    for peer in followers:
        peer.sendall(upgrade(home, tls, token))
        read_until(peer, b"snapshot")
    with connect(home, tls) as peer:
        peer.sendall(upgrade(home, tls, token))
        assert status_of(read_until(peer, b"}")) == 503
    for peer in followers:
        peer.close()


def test_a_project_is_taken_of_administrators_only_and_one_at_a_time(home):
    boss = add_token(home, "boss", "admin")

    def transfer(token):
        return (f"POST /api/project/transfer HTTP/1.1\r\nHost: {host(home)}\r\nAuthorization: Bearer {token}\r\n"
                "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n").encode()
    with connect(home) as first, connect(home) as second, connect(home) as small:
        first.sendall(transfer(boss))
        assert b" 100 " in read_until(first, b"\r\n\r\n")
        first.sendall(b"{" * 100000)
        second.sendall(transfer(boss))
        assert status_of(read_until(second, b"}")) == 503
        small.sendall(transfer(home.token))
        assert status_of(read_until(small, b"}")) == 413

    def is_taken():
        with connect(home) as third:
            third.sendall(transfer(boss))
            return b" 100 " in read_until(third, b"\r\n\r\n")
    wait_until(is_taken, "room for the next project")


def test_guessing_tokens_is_told_in_the_log_without_them_and_gets_slower(home):
    guess = "candela_" + "B" * 43

    def status():
        with Api(home, guess) as api:
            return api.ask("GET", "/api/home")[0]
    assert [status() for _ in range(6)] == [401] * 6
    # Of what is refused in one second only the first few lines go into the log, so it may take some.
    wait_until(lambda: status() in (401, 429) and "it has to wait" in home.log_text(), "a line in the log")
    assert status() == 429
    assert guess not in home.log_text()

    def good():
        with Api(home, home.token) as api:
            return api.ask("GET", "/api/home")[0] == 200
    wait_until(good, "the wait to be over")
