"""The real candelad on disks that are full, read-only or damaged: it says so, remembers the last good state, and its
lights keep running."""

import ctypes
import json
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest
from admin import Admin, Refused
from daemon import PROJECTS, Daemon, troubles, wait_until

CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000

FLAT = (PROJECTS / "flat.yaml").read_text()


@pytest.fixture(scope="module")
def mounts():
    """From here on this process may mount file systems that nobody else sees. Works without root."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    flags = CLONE_NEWNS if user == 0 else CLONE_NEWNS | CLONE_NEWUSER
    if libc.unshare(flags) != 0:
        pytest.fail(f"no namespace for mounts: {os.strerror(ctypes.get_errno())}")
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


@pytest.fixture
def small_disk(mounts, tmp_path):
    """A disk of 8 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk):
    """Fills the disk to the last byte, and returns the file that does."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            while True:
                try:
                    if file.write(bytes(size)) < size:
                        break
                except OSError:
                    break
    return filler


def make_read_only(disk):
    """Waits for the simulated devices of a killed processor: while they live, the disk is in use."""
    command = ["mount", "-o", "remount,ro", disk]
    wait_until(lambda: subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0, "the disk is read-only")


def warned(daemon, *words):
    """Whether one warning of the status has all the words."""
    return any(all(word in warning for word in words) for warning in daemon.status()["warnings"])


def set_level(daemon, level, zone="entry-ceiling"):
    daemon.run("set", zone, level, "--fade", "0")
    wait_until(lambda: daemon.level(zone) == level, f"{zone} at {level} %")


def test_a_full_disk_is_told_and_nothing_is_half_done(small_disk):
    daemon = Daemon(PROJECTS / "flat.yaml", small_disk / "state")
    with daemon:
        daemon.run("client", "add", "before", "--role", "control", "--out", small_disk / "before")
        filler = fill(small_disk)
        set_level(daemon, 33)
        wait_until(lambda: warned(daemon, "the disk is full"), "the warning")
        assert "the disk is full" in daemon.log_text()
        with Admin(daemon.state / "admin.sock") as admin:
            # Something may still fit into what the files have kept free; then it is kept. It ends soon.
            added = 0
            with pytest.raises(Refused, match="the disk is full"):
                for added in range(1000):
                    admin.ask("client add", name=f"during {added}", role="control")
            with pytest.raises(Refused, match="the disk is full"):
                admin.ask("transfer", files=[{"name": "flat.yaml", "text": FLAT + "# " + "x" * 500_000}], note="full")
            clients = [client["name"] for client in admin.ask("client list") if not client["revoked"]]
            versions = admin.ask("versions")
        set_level(daemon, 44)

        filler.unlink()
        wait_until(lambda: not troubles(daemon.status()), "all is well again")
        daemon.run("client", "add", "after", "--role", "control", "--out", small_disk / "after")
        set_level(daemon, 55)
    with daemon:
        assert troubles(daemon.status()) == []
        kept = [client["name"] for client in daemon.ask("client", "list") if not client["revoked"]]
        assert kept == [*clients, "after"] == ["before", *(f"during {i}" for i in range(added)), "after"]
        assert [it["version"] for it in daemon.ask("versions")] == [it["version"] for it in versions]
        assert daemon.level("entry-ceiling") == 55
        assert "set it to 55 %" in daemon.run("explain", "entry-ceiling").stdout, "the history goes on too"


def launch_on_page(daemon):
    """Starts it where endpoints.json cannot be written; the log tells where the page is."""
    before = len(daemon.log_text())
    daemon.launch()

    def address():
        assert daemon.process.poll() is None, daemon.log_text()
        log = daemon.log_text()[before:]
        lines = [line for line in log.splitlines() if "page at http://" in line]
        return "http://" + lines[0].split("http://")[1].strip() if lines else None

    return wait_until(address, "the address of the page in the log")


def set_on_page(page, level, zone="entry-ceiling"):
    ask = urllib.request.Request(f"{page}api/zones/{zone}/level", json.dumps({"level": level, "fade": 0}).encode(),
                                 {"Content-Type": "application/json"})
    urllib.request.urlopen(ask).close()
    wait_until(lambda: level_on_page(page, zone) == level, f"{zone} at {level} %")


def level_on_page(page, zone="entry-ceiling"):
    with urllib.request.urlopen(f"{page}api/zones/{zone}") as answer:
        return json.load(answer)["level"]


def test_a_disk_that_is_full_from_the_start(small_disk):
    daemon = Daemon(PROJECTS / "flat.yaml", small_disk / "state")
    with daemon:
        set_level(daemon, 33)
    filler = fill(small_disk)
    page = launch_on_page(daemon)
    assert level_on_page(page) == 33, "the last good state"
    set_on_page(page, 44)
    wait_until(lambda: "the disk is full" in daemon.log_text(), "a clear message")
    filler.unlink()
    assert daemon.stop() == 0
    with daemon:
        assert daemon.level("entry-ceiling") == 44, "levels waited for the disk"


def test_a_read_only_directory(small_disk):
    daemon = Daemon(PROJECTS / "flat.yaml", small_disk / "state")
    with daemon:
        set_level(daemon, 33)
        daemon.run("transfer", PROJECTS / "flat.yaml")
        daemon.kill()
    make_read_only(small_disk)
    daemon.log = small_disk.parent / "read-only.log"
    page = launch_on_page(daemon)
    assert level_on_page(page) == 33, "the last good state"
    set_on_page(page, 44)
    assert "cannot be written: Read-only file system" in daemon.log_text()
    assert "changes are not saved" in daemon.log_text()
    assert daemon.stop() == 0


def test_an_empty_read_only_directory(small_disk):
    (small_disk / "state").mkdir()
    make_read_only(small_disk)
    daemon = Daemon(PROJECTS / "flat.yaml", small_disk / "state")
    daemon.log = small_disk.parent / "read-only.log"
    page = launch_on_page(daemon)
    set_on_page(page, 44)
    assert "nothing will be remembered" in daemon.log_text()
    assert daemon.stop() == 0


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """The state directory of a processor that lived a little and was killed, and what it had acknowledged."""
    state = tmp_path_factory.mktemp("lived") / "state"
    daemon = Daemon(PROJECTS / "flat.yaml", state)
    with daemon:
        out = state.parent / "panel"
        daemon.run("client", "add", "panel", "--role", "control", "--out", out)
        daemon.run("transfer", PROJECTS / "flat.yaml")
        daemon.run("client", "add", "hub", "--role", "monitor", "--out", state.parent / "hub")
        set_level(daemon, 33)
        daemon.run("client", "revoke", "hub")  # the level is on the disk with it at the latest
        remembered = {
            "versions": daemon.ask("versions"),
            "clients": daemon.ask("client", "list"),
            "serial": daemon.status()["serial"],
            "ca": (out / "ca.pem").read_text(),
        }
        daemon.kill()
    return state, remembered


def sockets(folder, names):
    """What cannot be copied."""
    return [name for name in names if not (Path(folder, name).is_file() or Path(folder, name).is_dir())]


@pytest.fixture
def revived(lived, tmp_path):
    """A copy of that directory, to be damaged and started."""
    state = tmp_path / "state"
    shutil.copytree(lived[0], state, ignore=sockets)
    daemon = Daemon(PROJECTS / "flat.yaml", state)
    yield daemon
    daemon.stop()


def expect_all_remembered(daemon, remembered):
    assert daemon.ask("versions") == remembered["versions"]
    assert daemon.ask("client", "list") == remembered["clients"]
    assert daemon.status()["serial"] == remembered["serial"]
    # A zone may fall back to its level in the last good copy, but no further.
    assert daemon.level("entry-ceiling") in (0, 33)
    daemon.run("client", "add", "new", "--role", "control", "--out", daemon.state.parent / "new")
    assert (daemon.state.parent / "new" / "ca.pem").read_text() == remembered["ca"]
    set_level(daemon, 44)


def files_of(state):
    return sorted(str(path.relative_to(state)) for path in state.rglob("*") if path.is_file())


def flip(file, at):
    content = bytearray(file.read_bytes())
    content[at] ^= 1 << (at % 8)
    file.write_bytes(content)


def test_the_directory_holds_what_these_tests_think(lived):
    names = files_of(lived[0])
    assert {"candela.db", "candela.db-wal", "last-good.db", "keys/ca.key.pem", "keys/ca.key.pem.copy"} <= set(names)


@pytest.mark.parametrize("where", [0.0, 0.37, 0.81])
def test_a_flipped_byte_in_each_file(lived, tmp_path, where):
    state, remembered = lived
    for name in files_of(state):
        size = (state / name).stat().st_size
        if size == 0:
            continue
        copy = tmp_path / name.replace("/", "-") / "state"
        shutil.copytree(state, copy, ignore=sockets)
        flip(copy / name, int(size * where))
        daemon = Daemon(PROJECTS / "flat.yaml", copy)
        try:
            with daemon:
                expect_all_remembered(daemon, remembered)
        except AssertionError as error:
            raise AssertionError(f"byte {int(size * where)} of {name}: {error}\n{daemon.log_text()}") from error


@pytest.mark.parametrize("name", ["candela.db", "last-good.db", "keys/ca.key.pem", "keys/ca.pem", "keys/server.key.pem"])
def test_a_file_of_rubbish_is_told_and_set_aside(revived, lived, name):
    (revived.state / name).write_bytes(b"rubbish")
    with revived:
        assert warned(revived, Path(name).name, "damaged")
        assert Path(name).name in revived.log_text()
        expect_all_remembered(revived, lived[1])
        aside = list((revived.state / name).parent.glob(Path(name).name + ".damaged-*"))
        assert len(aside) == 1


def test_the_lights_run_without_the_authority(revived):
    for name in ("ca.key.pem", "ca.key.pem.copy"):
        (revived.state / "keys" / name).write_bytes(b"rubbish")
    with revived:
        assert warned(revived, "ca.key.pem", "from a backup")
        assert "leap" not in revived.endpoints
        set_level(revived, 44)


def test_a_log_cut_short_falls_back_to_the_last_good_copy(revived, lived):
    (revived.state / "candela.db-wal").unlink()
    with revived:
        assert warned(revived, "candela.db", "last good copy")
        expect_all_remembered(revived, lived[1])


def test_both_databases_damaged_begins_anew_and_says_so(revived):
    for name in ("candela.db", "last-good.db"):
        (revived.state / name).write_bytes(b"rubbish")
    with revived:
        assert warned(revived, "begins anew")
        assert revived.ask("client", "list") == []
        set_level(revived, 44)
