"""What happened and why, told by the real candelad over restarts, transfers, power cuts and damage."""

import pytest
from daemon import PROJECTS, troubles, wait_until


@pytest.fixture
def villa(start):
    return start("villa")


def set_level(daemon, level, zone="hall-pendant"):
    daemon.run("set", zone, level, "--fade", "0")
    wait_until(lambda: daemon.level(zone) == level, f"{zone} at {level} %")


def press(daemon, button, zone, level):
    daemon.run("press", button)
    wait_until(lambda: daemon.level(zone) == level, f"{zone} at {level} %")


def story(daemon, *options, zone="hall-pendant"):
    return daemon.run("explain", zone, *options).stdout


def texts(daemon, *options):
    return [it["text"] for it in daemon.ask("history", *options)]


def test_explain_tells_the_last_changes_in_the_words_of_the_house(villa):
    set_level(villa, 20)
    press(villa, "front-door.3", "hall-pendant", 55)
    said = story(villa)
    assert said.startswith("Hall Pendant is at 55 %. ")
    assert "the candela command pressed the third button of Hall Front door, which " in said
    assert "Evening" in said and "which set it to 55 %" in said
    assert "Before: " in said and "the candela command set it to 20 %." in said
    assert "Before: " not in story(villa, "--last", "1")
    told = villa.ask("explain", "hall-pendant", "--last", "5")
    assert [it["level"] for it in told["events"]] == [55, 20]
    assert told["level"] == 55


def test_the_story_outlives_a_restart_a_power_cut_and_a_transfer(villa, tmp_path):
    set_level(villa, 20)
    assert villa.stop() == 0
    villa.start()
    assert "the candela command set it to 20 %" in story(villa)
    set_level(villa, 30)
    wait_until(lambda: "Hall Pendant goes to 30 %" in texts(villa, "--zone", "hall-pendant"), "it in the history")
    villa.run("client", "add", "tablet", "--role", "monitor", "--out", tmp_path / "tablet")  # what is acknowledged takes levels along
    villa.kill()
    villa.start()
    assert troubles(villa.status()) == []
    assert "the candela command set it to 30 %" in story(villa)

    edited = tmp_path / "edited.yaml"
    edited.write_text((PROJECTS / "villa.yaml").read_text().replace("name: Pendant", "name: Chandelier"))
    villa.run("transfer", edited)
    said = story(villa)
    assert said.startswith("Hall Chandelier is at 30 %. ")
    assert "the candela command set it to 30 %" in said
    assert "Hall Pendant goes to 30 %" in texts(villa, "--zone", "hall-pendant"), "as it was called then"


def test_explain_goes_back_in_time(villa):
    set_level(villa, 20)
    set_level(villa, 70)
    first = villa.ask("history", "--zone", "hall-pendant")[-1]["time"]
    then = villa.ask("explain", "hall-pendant", "--at", first)
    assert then["level"] == 20 and then["story"].startswith("Hall Pendant was at 20 % at ")
    assert villa.ask("explain", "hall-pendant", "--at", "now")["level"] == 70
    wrong = villa.run("explain", "hall-pendant", "--at", "noon", check=False)
    assert wrong.returncode == 1 and "is no time" in wrong.stderr
    before = villa.run("explain", "hall-pendant", "--at", "2020-01-01 12:00", check=False)
    assert before.returncode == 1 and "does not reach back" in before.stderr


def test_history_by_area_zone_and_time(villa):
    set_level(villa, 20)
    set_level(villa, 21, "hall-niche")
    assert texts(villa, "--zone", "hall-niche") == ["Hall Niche goes to 21 %"]
    hall = texts(villa, "--area", "hall")
    assert "Hall Niche goes to 21 %" in hall and "Hall Pendant goes to 20 %" in hall
    assert "Hall Niche goes to 21 %" in texts(villa, "--area", "home")
    assert texts(villa, "--zone", "hall-niche", "--to", "2020-01-01") == []
    assert texts(villa, "--zone", "hall-niche", "--from", "2020-01-01") == ["Hall Niche goes to 21 %"]
    shown = villa.run("history", "--zone", "hall-niche").stdout
    assert "Hall Niche goes to 21 %  (the candela command)" in shown
    assert villa.run("history", "--area", "cellar", check=False).returncode == 1


def test_how_much_is_kept_is_itself_kept(villa):
    villa.run("history", "--keep-days", "30", "--keep-megabytes", "8")
    assert villa.stop() == 0
    villa.start()
    assert villa.run("history", "--keep-days", "99999", check=False).returncode == 1


def test_a_damaged_history_is_set_aside_and_the_house_goes_on(villa):
    set_level(villa, 20)
    assert villa.stop() == 0
    (villa.state / "history.db").write_bytes(b"rubbish" * 1000)
    villa.start()
    wait_until(lambda: any("history.db is damaged" in it for it in villa.status()["warnings"]), "the warning")
    assert villa.level("hall-pendant") == 20
    assert len(list(villa.state.glob("history.db.damaged-*"))) == 1
    set_level(villa, 40)
    assert "set it to 40 %" in story(villa)


def test_without_a_history_explain_tells_what_the_house_knows(villa):
    assert villa.stop() == 0
    for file in villa.state.glob("history.db*"):
        file.unlink()
    (villa.state / "history.db").mkdir()
    villa.start()
    wait_until(lambda: any("history" in it for it in villa.status()["warnings"]), "the warning")
    set_level(villa, 40)
    assert "the candela command: Hall Pendant was set" in story(villa)
    refused = villa.run("history", check=False)
    assert refused.returncode == 1 and "there is no history" in refused.stderr


def test_it_tells_who_let_whom_in(villa, tmp_path):
    villa.run("client", "add", "tablet", "--role", "monitor", "--out", tmp_path / "tablet")
    villa.run("client", "revoke", "tablet")
    villa.run("client", "revoke", "nobody", check=False)
    villa.run("pair", "--role", "control", "--no-wait")
    assert villa.stop() == 0
    villa.start()
    told = villa.ask("history", "--kind", "access")
    assert [(it["text"], it["because"]) for it in told] == [
        ("pairing was opened for one client, as control", "the candela command"),
        ('client "tablet" was revoked', "the candela command"),
        ('client "tablet" was added as monitor', "the candela command"),
    ]
    assert "the history tells of no" in villa.run("history", "--kind", "nonsense", check=False).stderr
