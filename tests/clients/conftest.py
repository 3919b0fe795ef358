"""What the tests of client programs share: a villa to connect to, and certificates to connect with."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def villa(start):
    return start("villa")


@pytest.fixture
def admit(tmp_path):
    """admit(daemon, name, role) -> the directory with key.pem, cert.pem and ca.pem of a new client."""

    def add(daemon, name="tester", role="control"):
        files = tmp_path / f"client-{name}"
        daemon.run("client", "add", name, "--role", role, "--out", files)
        return files

    return add
