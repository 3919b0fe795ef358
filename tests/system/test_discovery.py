"""What is announced in the network, seen by Avahi's own browser, in a network of its own."""

import subprocess

import pytest
from daemon import DEADLINE_S, PROJECTS, Daemon, wait_until

ADDRESS = "10.78.0.1"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/>
<allow eavesdrop="false"/><allow receive_sender="*"/></policy></busconfig>"""
AVAHI = "[server]\nuse-ipv6=no\nallow-interfaces=v0\nenable-dbus=yes\n[wide-area]\nenable-wide-area=no\n[rlimits]\n"
SET_UP = f"""
set -e
mount -t tmpfs tmpfs /run
mkdir /run/dbus
# Avahi gives its directory to its user, whom only the owner of the machine can be: in here that is root.
for file in passwd group; do
  sed 's/^avahi:\\([^:]*\\):[0-9]*:/avahi:\\1:0:/' /etc/$file >/run/$file
  mount --bind /run/$file /etc/$file
done
ip link set lo up
ip link add v0 type veth peer name v1
ip addr add {ADDRESS}/24 brd + dev v0
ip link set v0 up
ip link set v1 up
echo ready
exec cat
"""


class Network:
    """A network with a system bus and an Avahi of its own; whoever runs it is root in there."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "bus.conf").write_text(BUS)
        (folder / "avahi.conf").write_text(AVAHI)
        self.holder = subprocess.Popen(["unshare", "--user", "--map-root-user", "--net", "--mount", "bash", "-c", SET_UP],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.holder.stdout.readline() == "ready\n", "this machine allows no network in a user namespace"
        self.inside = ["nsenter", "--target", str(self.holder.pid), "--user", "--net", "--mount", "--preserve-credentials", "--"]
        self.processes = []

    def run(self, *command):
        log = open(self.folder / f"{command[0]}.log", "ab")
        self.processes.append(subprocess.Popen([*self.inside, *command], stdout=log, stderr=log))
        return self.processes[-1]

    def start_bus(self):
        self.run("dbus-daemon", "--nofork", "--nopidfile", "--config-file", str(self.folder / "bus.conf"))
        wait_until(lambda: subprocess.run([*self.inside, "test", "-S", "/run/dbus/system_bus_socket"]).returncode == 0, "a bus")

    def start_avahi(self):
        avahi = self.run("avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits", "--no-proc-title",
                         "-f", str(self.folder / "avahi.conf"))
        wait_until(lambda: subprocess.run([*self.inside, "avahi-daemon", "--check"]).returncode == 0, "Avahi")
        return avahi

    def browse(self, service):
        """The services of that type, resolved: (name, host, address, port, texts)."""
        done = subprocess.run([*self.inside, "avahi-browse", "--parsable", "--resolve", "--terminate", service],
                              capture_output=True, text=True, timeout=DEADLINE_S)
        rows = [line.split(";") for line in done.stdout.splitlines() if line.startswith("=")]
        return [(row[3], row[6], row[7], int(row[8]), row[9]) for row in rows]

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(DEADLINE_S)
        self.holder.kill()
        self.holder.wait()


@pytest.fixture
def network(tmp_path):
    network = Network(tmp_path)
    yield network
    network.stop()


def processor(network, tmp_path, *options, listen="0.0.0.0"):
    return Daemon(PROJECTS / "flat.yaml", tmp_path / "state", "--listen", listen, *options, wrapper=network.inside)


def test_programs_find_the_processor(network, tmp_path):
    network.start_bus()
    network.start_avahi()
    with processor(network, tmp_path) as daemon:
        name, host, address, port, texts = wait_until(lambda: network.browse("_lutron._tcp"), "announced")[0]
        serial = host.removeprefix("Lutron-").removesuffix(".local")
        assert len(serial) == 8 and int(serial, 16) > 0
        assert name == f"Candela\\032{serial}"
        assert address == ADDRESS
        assert port == daemon.endpoints["leap"]["port"]
        for text in (f"SERNUM={serial}", "SYSTYPE=HWQSProcessor", "DEVCLASS=08110201", "CLAIM_STATUS=Claimed"):
            assert f'"{text}"' in texts
        assert network.browse("_leap._tcp")[0][3] == daemon.endpoints["leap"]["port"]
        assert network.browse("_lap._tcp")[0][3] == daemon.endpoints["pairing"]["port"]
        daemon.process.terminate()
        daemon.process.wait(DEADLINE_S)
        wait_until(lambda: not network.browse("_lutron._tcp"), "withdrawn")


def test_avahi_may_come_later_and_come_again(network, tmp_path):
    network.start_bus()
    with processor(network, tmp_path):
        for _ in range(2):
            avahi = network.start_avahi()
            wait_until(lambda: network.browse("_lutron._tcp"), "announced")
            avahi.terminate()
            avahi.wait(DEADLINE_S)


@pytest.mark.parametrize("options, listen", [(["--no-announce"], "0.0.0.0"), ([], "127.0.0.1")], ids=["told not to", "loopback"])
def test_nothing_is_announced_that_shall_not_be(network, tmp_path, options, listen):
    network.start_bus()
    network.start_avahi()
    with processor(network, tmp_path, *options, listen=listen) as daemon:
        assert network.browse("_lutron._tcp") == []
        assert "announced in the network" not in daemon.log_text()


def test_without_a_bus_the_processor_runs_all_the_same(network, tmp_path):
    with processor(network, tmp_path) as daemon:
        wait_until(lambda: "not announced in the network: there is no system bus" in daemon.log_text(), "said so")
        assert daemon.level("living-ceiling") is not None
