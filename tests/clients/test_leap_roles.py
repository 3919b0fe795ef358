"""Each role against each request of the LEAP matrix: who may look may not command, and nobody else gets in at all.
Accounts are in test_leap_login.py."""

import pytest
from leap import Leap, is_refused
from leap_matrix import ROWS
from test_leap_matrix import asked, look_up

ABOUT_THE_SESSION = ("/clientsetting", "/login")


def status_for(role, row):
    """What a row of the matrix answers to a client of this role."""
    commands = row.verb in ("Create", "Update") and row.url not in ABOUT_THE_SESSION
    return 401 if role == "monitor" and commands and row.status != 405 else row.status


@pytest.mark.parametrize("role", ["monitor", "control", "admin"])
def test_every_request_is_answered_by_the_role(villa_with_logins, admit, role):
    villa = villa_with_logins
    with Leap(villa, admit(villa, role=role)) as leap:
        numbers = look_up(leap)
        before = villa.status()["zones"]
        wrong = []
        for row in ROWS:
            url, body = asked(row, numbers)
            status = int(leap.ask(row.verb, url, body)["Header"]["StatusCode"].split()[0])
            if status != status_for(role, row):
                wrong.append(f"{row.verb} {url} {row.note}: {status} instead of {status_for(role, row)}")
        assert not wrong, "\n".join(wrong)
        if role == "monitor":
            assert villa.status()["zones"] == before


@pytest.mark.parametrize("role, sees", [("monitor", False), ("control", False), ("admin", True)])
def test_only_administrators_see_who_else_connects(villa, admit, role, sees):
    with Leap(villa, admit(villa, role=role)) as leap:
        listed = leap.ask("Read", "/server/leap/pairinglist")["Body"]["PairingList"]
        assert ("Pairings" in listed) == sees


def test_a_revoked_client_is_out_in_a_second_and_stays_out(villa, admit):
    files = admit(villa)
    with Leap(villa, files) as leap:
        leap.ping()
        villa.run("client", "revoke", "tester")
        leap.socket.settimeout(1)
        assert leap.is_closed()
    assert is_refused(villa, files)
