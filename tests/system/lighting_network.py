"""A network with lighting gear on it, in a namespace of its own: Debian's olad receives sACN, tshark sees every packet.

Works without root: whoever runs it is root in a user namespace, and so may make interfaces and capture packets there.
"""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from daemon import DEADLINE_S, wait_until

ADDRESS = "10.77.0.1"  # of the interface that lighting gear is on; olad ignores loopback
INTERFACE = "v0"
OLA_UNIVERSE = 7
OLA_CLIENT = Path(__file__).with_name("ola_client.py")
NOT_ROOT = ["unshare", "--user", "--map-user=1000"]  # olad refuses root
FIRST_SLOT_AT = 126  # in an E1.31 data packet

SET_UP = f"""
set -e
ip link set lo up
ip link add {INTERFACE} type veth peer name v1
ip addr add {ADDRESS}/24 brd + dev {INTERFACE}
ip link set {INTERFACE} up
ip link set v1 up
ip route add 224.0.0.0/4 dev {INTERFACE}
echo ready
exec cat
"""
OLA_OTHER_PLUGINS = ("artnet dummy espnet gpio karate kinet milinst opendmx openpixelcontrol osc renard sandnet shownet spi "
                     "stageprofi usbserial usbdmx pathport ftdidmx uartdmx").split()


def ended(process, how=signal.SIGTERM):
    """Ends a process of ours and waits for it."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(DEADLINE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Packet:
    """An sACN packet as tshark understood it."""

    time: float
    cid: str
    name: str
    universe: int
    priority: int
    sequence: int
    terminated: bool
    slots: bytes


class LightingNetwork:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.capture_file = self.folder / "packets.pcap"
        self.holder = subprocess.Popen(["unshare", "--user", "--map-root-user", "--net", "bash", "-c", SET_UP],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.holder.stdout.readline() == "ready\n", "this machine allows no network in a user namespace"
        self.inside = ["nsenter", "--target", str(self.holder.pid), "--user", "--net", "--preserve-credentials", "--"]
        self.sniffer = None
        self.ola = None

    def start(self, capture=True):
        if capture:
            self._start_sniffer()
        self._start_ola()
        return self

    def stop(self):
        for process in (self.ola, self.sniffer):
            if process:
                ended(process)
        self.holder.stdin.close()
        self.holder.wait()

    def run(self, *command):
        return subprocess.run([*self.inside, *command], check=True, capture_output=True, text=True, timeout=DEADLINE_S).stdout

    def _start_sniffer(self):
        log = self.folder / "capture.log"
        with open(log, "w") as out:
            self.sniffer = subprocess.Popen([*self.inside, "tshark", "-q", "-i", INTERFACE, "-f", "udp port 5568", "-F",
                                             "pcap", "-w", self.capture_file], stdout=out, stderr=out)
        wait_until(self.capture_file.exists, f"tshark capturing; its log: {log}")

    def _start_ola(self):
        self.ola_folder = self.folder / "ola"
        self.ola_folder.mkdir()
        for plugin in OLA_OTHER_PLUGINS:
            (self.ola_folder / f"ola-{plugin}.conf").write_text("enabled = false\n")
        (self.ola_folder / "ola-e131.conf").write_text(
            f"enabled = true\nip = {ADDRESS}\ninput_ports = 1\noutput_ports = 1\n")
        self.ola_log = self.folder / "olad.log"
        with open(self.ola_log, "w") as out:
            self.ola = subprocess.Popen([*self.inside, *NOT_ROOT, "olad", "--config-dir", self.ola_folder,
                                         "--no-http-quit", "--no-register-with-dns-sd", "--interface", "127.0.0.1",
                                         "--log-level", "3"], stdout=out, stderr=out)
        wait_until(self._ola_answers, f"olad answering; its log: {self.ola_log}")
        # The tools of OLA start another olad when none answers, so they come last.
        self.run("ola_patch", "--device", "1", "--port", "0", "--input", "--universe", str(OLA_UNIVERSE))

    def _ola_answers(self):
        assert self.ola.poll() is None, f"olad ended:\n{self.ola_log.read_text()}"
        done = subprocess.run([*self.inside, "curl", "-s", "-o", "/dev/null", "http://127.0.0.1:9090/"])
        return done.returncode == 0

    def follow_ola(self):
        """What OLA receives, read again and again: an iterator of (before, after, slots), in monotonic seconds."""
        reader = subprocess.Popen([*self.inside, sys.executable, OLA_CLIENT, str(OLA_UNIVERSE)], stdout=subprocess.PIPE,
                                  text=True)
        try:
            for line in reader.stdout:
                yield json.loads(line)
        finally:
            ended(reader)
            reader.stdout.close()

    def ola_slots(self):
        readings = self.follow_ola()
        _, _, slots = next(readings)
        readings.close()
        return slots

    def dissect(self, *fields, only="udp"):
        """What tshark makes of the packets so far: a list of the fields' texts for each that `only` selects."""
        options = [word for field in fields for word in ("-e", field)]
        done = subprocess.run(["tshark", "-r", self.capture_file, "--enable-heuristic", "acn", "-o", "acn.dmx_enable:TRUE", "-Y", only, "-T", "fields", "-E", "separator=/t", *options],
                              capture_output=True, text=True, timeout=DEADLINE_S)
        # A capture that is still being written may end within a packet; tshark then exits with 2.
        assert done.returncode in (0, 2), done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def packets(self):
        """Every sACN packet so far, oldest first."""
        rows = self.dissect("frame.time_epoch", "acn.cid", "acn.dmx.source_name", "acn.dmx.universe", "acn.dmx.priority",
                            "acn.dmx.seq_number", "acn.dmx.option_s", "udp.payload", only="acn")
        return [Packet(float(time), cid, name, int(universe), int(priority), int(sequence), terminated == "1",
                       bytes.fromhex(payload)[FIRST_SLOT_AT:])
                for time, cid, name, universe, priority, sequence, terminated, payload in rows]
