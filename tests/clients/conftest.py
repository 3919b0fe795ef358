"""What the tests of client programs share: a villa to connect to, and certificates to connect with."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def villa(start):
    return start("villa")


@pytest.fixture
def villa_with_logins(start):
    """Where the whole matrix of LEAP is served, /login included."""
    from leap_matrix import NAME, PASSWORD
    from lip import add_account
    daemon = start("villa", "--leap-login", "--lip-port", "0")
    add_account(daemon, NAME, PASSWORD, "--leap", lip=False)
    return daemon


@pytest.fixture
def admit(tmp_path):
    """admit(daemon, name, role) -> the directory with key.pem, cert.pem and ca.pem of a new client."""

    def add(daemon, name="tester", role="control"):
        files = tmp_path / f"client-{name}"
        daemon.run("client", "add", name, "--role", role, "--out", files)
        return files

    return add
