"""LIP peers that are wrong, rude or many: bounded, and a good client beside them is answered."""

import threading
import time

import pytest
from daemon import wait_until
from lip import NAME, PASSWORD, PROMPT, Lip, add_account, address_of
from peers import answers_to, memory_mib, sockets

MEMORY_MIB = 96  # a login takes 64 MiB for its hash, one at a time


@pytest.fixture
def home(start):
    daemon = start("villa", "--lip-port", "0")
    add_account(daemon)
    with Lip(daemon).login() as good:
        before, held = memory_mib(daemon), sockets(daemon)
        daemon.good = good
        yield daemon
        began = time.monotonic()
        good.send("\r\n?MONITORING,5\r\n")
        assert good.until(b"~MONITORING,5,1\r\n") is not None
        assert time.monotonic() - began < 5
        wait_until(lambda: sockets(daemon) <= held, "the sockets of all others to be closed")
    assert memory_mib(daemon) - before < MEMORY_MIB
    assert daemon.process.poll() is None


def test_a_session_cut_at_every_byte(home):
    session = f"{NAME}\r\n{PASSWORD}\r\n\xff\xfd\x03?OUTPUT,1,1\r\n#MONITORING,5,1\r\n".encode("latin-1")
    login = len(NAME) + len(PASSWORD) + 4
    for cut in [*range(login), *range(login, len(session) + 1, 7)]:
        with Lip(home) as peer:
            peer.send(session[:cut])


def test_a_slow_sender(home):
    with Lip(home) as peer:
        for byte in f"{NAME}\r\n{PASSWORD}\r\n?MONITORING,5\r\n".encode():
            peer.send(bytes([byte]))
        assert peer.until(b"~MONITORING,5,1\r\n").endswith(PROMPT)


@pytest.mark.parametrize("words", [
    b"", b"?OUTPUT,1,1\r\n" * 3, b"#OUTPUT,1,1,100\r\n" * 2, f"{NAME}\r\n".encode(), b"?HELP\r\n?HELP\r\n",
    f"{NAME}\r\n{PASSWORD[:-1]}\r\n?HELP\r\n".encode(), f"{NAME}\r\n\r\n{PASSWORD}\r\n?SYSTEM,1\r\n".encode()],
    ids=["nothing", "query", "command", "name", "help", "almost", "shifted"])
def test_before_the_login_nothing_but_its_questions_comes(home, words):
    told, _ = answers_to(address_of(home), words)
    for expected in (b"bad login\r\n", b"password: ", b"login: "):
        told = told.replace(expected, b"")
    assert told == b""


@pytest.mark.parametrize("garbage", [b"\x00" * 100000, b"\xff" * 100000, b"\xff\xfa" * 50000, b"x" * 100000,
                                     b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n" * 50000],
                         ids=["zeros", "ones", "blocks", "long-line", "http", "lines"])
def test_garbage_instead_of_a_login(home, garbage):
    with Lip(home) as peer:
        try:
            peer.send(garbage)
        except ConnectionError:
            pass


@pytest.mark.parametrize("garbage", [b"\x00" * 100000, b"\xff\xfa" * 50000 + b"\xff\xf0", b"#" * 100000, b"?OUTPUT," + b"," * 1000],
                         ids=["zeros", "blocks", "long-line", "commas"])
def test_garbage_after_the_login(home, garbage):
    with Lip(home).login() as peer:
        peer.send(garbage + b"\r\n?MONITORING,5\r\n")
        assert peer.until(b"~MONITORING,5,1\r\n") is not None


def test_the_log_has_no_passwords_and_guessing_gets_slower(home):
    def guess():
        try:
            with Lip(home) as peer:
                peer.send(f"{NAME}\r\nwrong {PASSWORD}\r\n" * 3)
                return peer.is_closed()
        except ConnectionError:
            return True  # closed before it was asked for a name

    # Of what is refused in one second only the first few lines go into the log, so it may take some.
    for line in ("it has to wait", "too many wrong passwords"):
        wait_until(lambda: guess() and line in home.log_text(), f"'{line}' in the log")  # noqa: B023
    assert PASSWORD not in home.log_text()


def test_a_flood_of_connections(home):
    flood = [Lip(home) for _ in range(300)]
    assert flood[0].is_closed(), "the oldest had to go for the newest"
    with Lip(home).login() as lip:
        assert lip.ask("?MONITORING,5") == ["~MONITORING,5,1"]
    for peer in flood:
        peer.socket.close()


def test_more_clients_than_there_is_room_for(home):
    sessions = [Lip(home).login() for _ in range(15)]
    with Lip(home) as lip:
        assert lip.is_closed()
    sessions.pop().socket.close()

    def is_served():
        try:
            with Lip(home) as lip:
                lip.login()
                return True
        except ConnectionError:
            return False
    wait_until(is_served, "room for one more")
    for session in sessions:
        session.socket.close()


def test_a_client_that_stops_reading(home):
    deaf = Lip(home, receive_buffer=4096).login()
    deaf.send("#MONITORING,12,2\r\n")
    deaf.socket.settimeout(1)
    ended = threading.Event()

    def talk():
        try:
            while True:
                deaf.send("?HELP\r\n" * 100)
        except (TimeoutError, ConnectionError):
            ended.set()
    talker = threading.Thread(target=talk)
    talker.start()
    wait_until(ended.is_set, "the server to read no more")
    talker.join()
    wait_until(lambda: "does not read what it asked for" in home.log_text(), "the deaf client to be let go")
    deaf.socket.close()


def test_clients_that_never_read_while_much_happens_and_go_when_their_account_does(home):
    """A thousand changes for ten clients that do not read: each costs a bounded amount, the others are told at once, and their
    account's end is theirs within a second."""
    add_account(home, "deaf", PASSWORD)
    deaf = [Lip(home, receive_buffer=4096).login("deaf") for _ in range(10)]
    zone = next(it["number"] for it in home.status()["zones"] if it["id"] == "hall-pendant")
    with Lip(home).login() as lip:
        for turn in range(1000):
            lip.send(f"#OUTPUT,{zone},1,{20 + turn % 50},0\r\n")
        lip.send(f"#OUTPUT,{zone},1,99,0\r\n")
        lip.until(f"~OUTPUT,{zone},1,99.00\r\n".encode())
    home.run("account", "remove", "deaf")
    wait_until(lambda: home.log_text().count("'deaf' (127.0.0.1) disconnected: its account was removed") == len(deaf), "them to go", 1)
    for peer in deaf:
        assert peer.is_closed()
        peer.socket.close()
