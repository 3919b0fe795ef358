"""What the tests of bad peers share: a good client beside them that has to be served all along, and what the processor may
hold of them afterwards."""

import os
import socket
import ssl
import threading
import time
from contextlib import contextmanager

from daemon import DEADLINE_S, wait_until
from leap import Leap

MEMORY_MIB = 64  # what all the peers of a test together may cost
SLOWEST_S = 5  # clients give up after that


def memory_mib(daemon):
    for line in open(f"/proc/{daemon.process.pid}/status", encoding="ascii"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


def sockets(daemon):
    """How many it has open. Its files are no measure: it opens some of its own when it first needs them."""
    directory, count = f"/proc/{daemon.process.pid}/fd", 0
    for descriptor in os.listdir(directory):
        try:
            count += os.readlink(f"{directory}/{descriptor}").startswith("socket:")
        except FileNotFoundError:
            pass  # closed meanwhile
    return count


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
        except Exception as failure:  # reported by beside_a_good_client
            self.failure = failure

    def finish(self):
        self.ended.set()
        self.join()
        self.leap.close()


@contextmanager
def beside_a_good_client(daemon, files, memory=MEMORY_MIB):
    """At the end the client must have been served all along, and nothing be left of who else was there: no socket, and of
    memory a bounded amount."""
    good = GoodClient(daemon, files)
    good.start()
    wait_until(lambda: good.answers or good.failure, "the good client's first answer")
    held, before = sockets(daemon), memory_mib(daemon)
    try:
        yield good
        answers = good.answers
        wait_until(lambda: good.answers > answers or good.failure, "one more answer for the good client")
        wait_until(lambda: sockets(daemon) <= held, f"no more than {held} sockets")
    finally:
        good.finish()
    assert good.failure is None, repr(good.failure)
    assert good.slowest < SLOWEST_S
    assert memory_mib(daemon) - before < memory, f"{before:.0f} MiB before, {memory_mib(daemon):.0f} after"
    assert daemon.process.poll() is None


def answers_to(address, data, context=None):
    """Every byte that comes back to whoever sends this and nothing more, and the TLS alert that ended it, if one did. With a
    context the bytes are sent, and counted, inside TLS."""
    told, alert = b"", None
    try:
        with socket.create_connection(address, DEADLINE_S) as raw:
            peer = context.wrap_socket(raw, server_hostname="localhost", suppress_ragged_eofs=True) if context else raw
            try:
                peer.sendall(data)
                socket.socket.shutdown(peer, socket.SHUT_WR)  # of TCP alone; what comes is still decrypted
                while chunk := peer.recv(65536):
                    told += chunk
            finally:
                peer.close()
    except ssl.SSLError as error:
        alert = error
    except OSError:
        pass  # it was closed before we were done
    return told, alert


class Handshake:
    """A TLS handshake by hand: the flights of a good client as bytes, to be sent as one likes."""

    def __init__(self, context):
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.done = False
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_hostname="localhost")

    def flight(self):
        """What the client says next."""
        try:
            self.tls.do_handshake()
            self.done = True
        except ssl.SSLWantReadError:
            pass
        return self.outgoing.read()

    def is_done(self):
        return self.done

    def ask(self, raw, line):
        """What comes back to a line, once the handshake is done."""
        self.tls.write(line)
        raw.sendall(self.outgoing.read())
        while True:
            try:
                return self.tls.read(65536)
            except ssl.SSLWantReadError:
                self.take_answer(raw)

    def take_answer(self, raw):
        """Reads the server's flight, all of it."""
        self.incoming.write(raw.recv(65536))


def hung_up_in_the_handshake(address, context, every):
    """A handshake whose flights are cut at every byte (at one of `every` of the second), and the connection closed there."""
    hello = Handshake(context).flight()
    for cut in range(len(hello)):
        with socket.create_connection(address, DEADLINE_S) as raw:
            raw.sendall(hello[:cut])
    length = 1
    cut = 0
    while cut < length:
        with socket.create_connection(address, DEADLINE_S) as raw:
            shake = Handshake(context)
            raw.sendall(shake.flight())
            second = b""
            while not second:
                shake.take_answer(raw)
                second = shake.flight()
            length = len(second)
            raw.sendall(second[:cut])
        cut += every
    assert length > 1
