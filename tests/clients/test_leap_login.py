"""Login by name and password over LEAP: for clients without a certificate, where the owner wants it, and with less rights."""

import json
import time
from pathlib import Path

import pytest
from daemon import wait_until
from leap import Leap, is_refused, login
from leap_matrix import NAME, PASSWORD, ROWS
from lip import Lip, add_account
from test_leap_matrix import asked, look_up
from test_leap_roles import ABOUT_THE_SESSION, status_for


@pytest.fixture
def home(villa_with_logins, admit, tmp_path):
    """The villa with logins; `anybody` is the directory of one who only has our authority's certificate."""
    daemon = villa_with_logins
    files = admit(daemon, "good")
    daemon.good_files = files
    daemon.anybody = tmp_path / "anybody"
    daemon.anybody.mkdir()
    (daemon.anybody / "ca.pem").write_bytes((files / "ca.pem").read_bytes())
    return daemon


def status_of(answer):
    return answer["Header"]["StatusCode"]


def test_it_is_off_unless_asked_for(start, admit, tmp_path):
    daemon = start("flat")
    files = admit(daemon)
    (files / "cert.pem").unlink()
    add_account(daemon, NAME, PASSWORD, "--leap", lip=False)
    assert is_refused(daemon, files)


def test_a_client_logs_in_commands_follows_and_is_named(home):
    """Step by step what a client with login does: /login, /clientsetting, subscriptions without snapshots, devices, pings."""
    with Leap(home, home.anybody) as leap:
        answer = login(leap, NAME, PASSWORD)
        assert status_of(answer) == "200 OK" and answer["Header"]["MessageBodyType"] == "OneLoginDefinition"
        assert answer["Body"] == {"Login": {"href": "/login", "ContextType": "Application", "LoginId": NAME}}
        setting = leap.ask("Read", "/clientsetting")["Body"]["ClientSetting"]
        assert setting["Permissions"]["SessionRole"] == "ControlAndMonitor"
        for url in ("/zone/status", "/area/status", "/occupancygroup/status", "/zonetypegroup/status",
                    "/system/loadshedding/status", "/emergency/status"):
            leap.send(json.dumps({"CommuniqueType": "SubscribeRequest", "Header": {
                "Url": url, "ClientTag": url, "Directives": {"SuppressMessageBody": True}}}).encode() + b"\r\n")
            assert leap.receive()["Header"] == {"StatusCode": "204 NoContent", "Url": url, "ClientTag": url}
        devices = leap.ask("Read", "/device?where=IsThisDevice:false")["Body"]["Devices"]
        assert len(devices) > 20
        zone = next(it for it in home.status()["zones"] if it["id"] == "hall-pendant")
        leap.ask("Create", f"/zone/{zone['number']}/commandprocessor",
                 {"Command": {"CommandType": "GoToDimmedLevel", "DimmedLevelParameters": {"Level": 33}}})
        while (push := leap.receive())["Header"].get("ClientTag") != "/zone/status":
            pass
        assert push["Body"]["ZoneStatuses"][0]["Level"] == 33
        assert status_of(leap.ask("Read", "/server/status/ping")) == "200 OK"
    assert f'client {NAME} set it to 33 %' in home.run("explain", "hall-pendant").stdout


def test_before_the_login_nothing_of_the_house_is_told(home):
    """Every row of the matrix, and every word that the server says to a stranger."""
    with Leap(home, home.good_files) as good:
        numbers = look_up(good)
    asked_rows = [(row, *asked(row, numbers)) for row in ROWS if not row.url.startswith(ABOUT_THE_SESSION)
                  and not row.url.endswith("/ping")]
    told = []
    for begin in range(0, len(asked_rows), 50):  # fewer than what ends the session
        with Leap(home, home.anybody) as leap:
            for row, url, body in asked_rows[begin:begin + 50]:
                answer = leap.ask(row.verb, url, body)
                if answer["Header"]["StatusCode"] != "401 Unauthorized" or \
                        answer["Body"] != {"Message": "This client has not logged in"}:
                    told.append(answer)
    assert not told, told[:3]


@pytest.mark.parametrize("role", ["monitor", "control", "admin"])
def test_every_request_is_answered_by_the_account_s_role(home, role):
    """The table of test_leap_roles.py for accounts: who administers elsewhere may not by password."""
    home.run("account", "remove", NAME)
    add_account(home, NAME, PASSWORD, "--leap", "--role", role, lip=False)
    with Leap(home, home.anybody) as leap:
        assert status_of(login(leap, NAME, PASSWORD)) == "200 OK"
        numbers = look_up(leap)
        wrong = []
        for row in ROWS:
            url, body = asked(row, numbers)
            status = int(status_of(leap.ask(row.verb, url, body)).split()[0])
            if status != status_for("monitor" if role == "monitor" else "control", row):
                wrong.append(f"{row.verb} {url} {row.note}: {status}")
        assert not wrong, "\n".join(wrong)
        assert "Pairings" not in leap.ask("Read", "/server/leap/pairinglist")["Body"]["PairingList"]


def test_wrong_logins(home):
    add_account(home, "telnet only", PASSWORD)
    with Leap(home, home.anybody) as leap:
        for name, password in ((NAME, "wrong"), ("nobody", PASSWORD), ("telnet only", PASSWORD)):
            answer = login(leap, name, password)
            assert status_of(answer) == "401 Unauthorized"
            assert answer["Body"] == {"Message": "The name or the password is wrong"}
        assert leap.is_closed()
    with Leap(home, home.anybody) as leap:
        assert status_of(leap.ask("Update", "/login", {"Login": {"LoginId": NAME}})) == "400 BadRequest"
        assert status_of(leap.ask("Update", "/login", {"Login": {"LoginId": 7, "Password": []}})) == "400 BadRequest"
        assert status_of(login(leap, NAME, PASSWORD)) == "200 OK"
    assert PASSWORD not in home.log_text()


def test_a_certificate_that_is_wrong_is_not_as_good_as_none(home, admit):
    files = admit(home, "fired")
    home.run("client", "revoke", "fired")
    assert is_refused(home, files)


def test_who_guesses_has_to_wait_at_every_door(home):
    def guess():
        with Leap(home, home.anybody) as leap:
            for _ in range(3):
                login(leap, NAME, "wrong")

    def lip_is_shut():
        guess()
        with Lip(home) as lip:
            try:
                return not lip.segment()
            except ConnectionError:
                return True

    wait_until(lip_is_shut, "LIP to be shut to who guessed by LEAP")
    log = home.log_text()
    assert "has to wait" in log and "LIP: refused 127.0.0.1: too many wrong passwords" in log
    with Leap(home, home.good_files) as good:
        good.ping()  # who has a certificate is not concerned


@pytest.mark.parametrize("reads", [True, False], ids=["reads", "deaf"])
def test_a_removed_account_is_out_in_a_second(home, reads):
    with Leap(home, home.anybody, receive_buffer=4096) as leap:
        assert status_of(login(leap, NAME, PASSWORD)) == "200 OK"
        if not reads:
            leap.send(b'{"CommuniqueType":"ReadRequest","Header":{"Url":"/device?where=IsThisDevice:false"}}\n' * 20)
        home.run("account", "remove", NAME)
        began = time.monotonic()
        wait_until(lambda: f"'{NAME}' (127.0.0.1) disconnected" in home.log_text(), "the session to end", 1)
        assert leap.is_closed() and time.monotonic() - began < 1
    with Leap(home, home.anybody) as leap:
        assert status_of(login(leap, NAME, PASSWORD)) == "401 Unauthorized"


def test_an_account_outlives_a_restart(home):
    home.stop()
    assert PASSWORD not in "".join(path.read_text("latin-1") for path in Path(home.state).rglob("*") if path.is_file())
    home.start()
    with Leap(home, home.anybody) as leap:
        assert status_of(login(leap, NAME, PASSWORD)) == "200 OK"
