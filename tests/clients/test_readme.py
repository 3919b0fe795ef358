"""A newcomer copies the README's lines: they have to work as they are written, ports and all.

The processor and the client lines run in a network namespace of their own, so that the default ports are always free.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("CANDELA_PROGRAMS", SOURCE / "build/release/bin"))
RUN = """set -eu
ip link set lo up
build/release/bin/candelad --project projects/villa.yaml --state build/state/villa >candelad.log 2>&1 &
trap 'kill $!; wait $!' EXIT
for _ in $(seq 300); do [ ! -e build/state/villa/endpoints.json ] || break; sleep 0.1; done
"""


def client_lines():
    """The shell blocks of the README's section about clients, in order."""
    section = (SOURCE / "README.md").read_text().split("## The first five minutes")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL)


@pytest.fixture
def checkout(tmp_path):
    """A folder that looks like the checkout to the lines, but keeps what they write."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build/release").symlink_to(PROGRAMS.parent)
    (tmp_path / "projects").symlink_to(SOURCE / "projects")
    return tmp_path


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    log = folder / "candelad.log"
    assert done.returncode == 0, done.stdout + done.stderr + (log.read_text() if log.exists() else "")
    return done.stdout


def test_the_lines_for_clients_work_as_written(checkout):
    lines = client_lines()
    installing = [block for block in lines if "pip install" in block]
    running = [block for block in lines if "pip install" not in block]
    assert len(installing) == 1 and len(running) >= 4
    run(["bash", "-euc", installing[0]], checkout)
    said = run(["unshare", "--map-root-user", "--net", "bash", "-c", RUN + "".join(running)], checkout)
    assert re.search(r"^\d+ lights, among them ", said, flags=re.MULTILINE)
    assert "client laptop set it to 40 %" in said
