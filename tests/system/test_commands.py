"""The real candelad driven by the real candela: every command, and what each says when something is wrong."""

import itertools
import json
import stat
import subprocess
import threading

import pytest
from daemon import PROGRAMS, PROJECTS, wait_until


@pytest.fixture
def villa(start):
    return start("villa")


def candela(*arguments):
    return subprocess.run([PROGRAMS / "candela", *map(str, arguments)], capture_output=True, text=True, timeout=30)


def test_endpoints_name_everything_that_is_served(villa):
    assert villa.endpoints["leap"]["address"] == "127.0.0.1"
    assert villa.endpoints["leap"]["port"] > 0
    assert villa.endpoints["http"]["port"] > 0
    assert stat.S_IMODE((villa.state / "admin.sock").stat().st_mode) == 0o600


def test_a_clean_stop_leaves_no_endpoints(villa):
    assert villa.stop() == 0
    assert not (villa.state / "endpoints.json").exists()


def test_set_fades_a_zone_to_the_level(villa):
    villa.run("set", "hall-pendant", "40", "--fade", "0")
    wait_until(lambda: villa.level("hall-pendant") == 40, "the pendant at 40 %")
    shown = villa.run("status").stdout
    assert "Harbour Villa" in shown and "hall-pendant" in shown


def test_press_runs_the_programming_and_lights_the_led(villa):
    villa.run("press", "front-door.3")
    wait_until(lambda: villa.level("hall-pendant") == 55, "the hall in its evening scene")
    assert villa.led("front-door.3") == "on"
    hall = next(area for area in villa.status()["areas"] if area["id"] == "hall")
    assert hall["scene"] == "hall.evening"


def test_a_killed_command_releases_the_button_it_holds(villa):
    villa.run("set", "hall-pendant", "50", "--fade", "0")
    raising = subprocess.Popen(
        [PROGRAMS / "candela", "--state", villa.state, "press", "front-door.18", "--hold", "3600"])
    wait_until(lambda: villa.level("hall-pendant") > 50, "the ramp to begin")
    raising.kill()
    raising.wait()
    wait_until(lambda: not next(z for z in villa.status()["zones"] if z["id"] == "hall-pendant")["fading"], "the ramp to stop")


def test_watch_prints_what_happens_and_why(villa):
    watch = subprocess.Popen([PROGRAMS / "candela", "--state", villa.state, "--json", "watch"], stdout=subprocess.PIPE,
                             text=True)
    # The watch is only known to run when it prints: set until it does.
    seen = threading.Event()

    def keep_setting():
        for level in itertools.cycle(range(1, 100)):
            if seen.is_set():
                return
            villa.run("set", "hall-niche", level, "--fade", "0")

    setter = threading.Thread(target=keep_setting)
    setter.start()
    try:
        # Devices may still be announcing themselves.
        entry = next(it for it in map(json.loads, watch.stdout) if "Hall Niche" in it["text"])
    finally:
        seen.set()
        setter.join()
        watch.kill()
        watch.wait()
    assert entry["because"] == "the candela command: Hall Niche was set"


def test_explain_tells_the_chain_of_causes(villa):
    assert "Nothing has set it" in villa.run("explain", "hall-pendant").stdout
    villa.run("press", "front-door.3")
    wait_until(lambda: villa.level("hall-pendant") == 55, "the hall in its evening scene")
    said = villa.run("explain", "hall-pendant").stdout
    assert "is at 55 %" in said
    assert "the candela command pressed the third button of Hall Front door" in said


def test_clients_are_added_listed_and_revoked(villa, tmp_path):
    villa.run("client", "add", "tablet", "--role", "monitor", "--out", tmp_path / "tablet")
    for name, mode in (("key.pem", 0o600), ("cert.pem", 0o644), ("ca.pem", 0o644)):
        file = tmp_path / "tablet" / name
        assert file.read_text().startswith("-----BEGIN ")
        assert stat.S_IMODE(file.stat().st_mode) == mode
    assert [(it["name"], it["role"], it["revoked"]) for it in villa.ask("client", "list")] == [("tablet", "monitor", False)]
    again = villa.run("client", "add", "tablet", "--out", tmp_path / "other", check=False)
    assert again.returncode == 1 and "there is a client" in again.stderr
    overwriting = villa.run("client", "add", "phone", "--out", tmp_path / "tablet", check=False)
    assert overwriting.returncode == 1 and "is there already" in overwriting.stderr
    villa.run("client", "revoke", "tablet")
    assert villa.ask("client", "list")[0]["revoked"] is True
    assert villa.run("client", "revoke", "tablet", check=False).returncode == 1


def test_transfer_keeps_levels_and_numbers_and_can_be_rolled_back(villa, tmp_path):
    villa.run("set", "hall-pendant", "33", "--fade", "0")
    wait_until(lambda: villa.level("hall-pendant") == 33, "the pendant at 33 %")
    numbers = {zone["id"]: zone["number"] for zone in villa.status()["zones"]}

    edited = tmp_path / "edited.yaml"
    text = (PROJECTS / "villa.yaml").read_text()
    edited.write_text(text.replace("name: Harbour Villa", "name: Harbour House"))
    assert villa.ask("transfer", edited)["version"] == 2
    status = villa.status()
    assert status["project"] == {"name": "Harbour House", "version": 2}
    assert {zone["id"]: zone["number"] for zone in status["zones"]} == numbers
    assert villa.level("hall-pendant") == 33

    assert villa.ask("rollback", 1)["version"] == 3
    assert villa.status()["project"]["name"] == "Harbour Villa"
    assert [(it["version"], it["active"]) for it in villa.ask("versions")] in (
        [(1, False), (2, False), (3, True)], [(3, True), (2, False), (1, False)])
    assert villa.run("rollback", 99, check=False).returncode == 1


def test_a_project_with_errors_is_refused_whole(villa, tmp_path):
    broken = tmp_path / "broken.yaml"
    text = (PROJECTS / "villa.yaml").read_text()
    broken.write_text(text.replace("model: HQP7-2", "model: HQP9-9").replace("universe: 1", "universe: 70000"))
    refused = villa.run("transfer", broken, check=False)
    assert refused.returncode == 1
    assert "HQP9-9" in refused.stderr and "broken.yaml:" in refused.stderr
    assert villa.status()["project"] == {"name": "Harbour Villa", "version": 1}


def test_everything_is_remembered_over_a_restart(villa, tmp_path):
    villa.run("client", "add", "tablet", "--out", tmp_path / "tablet")
    villa.run("set", "hall-pendant", "61", "--fade", "0")
    wait_until(lambda: villa.level("hall-pendant") == 61, "the pendant at 61 %")
    before = villa.status()
    villa.stop()
    villa.start()
    after = villa.status()
    assert villa.level("hall-pendant") == 61
    assert after["serial"] == before["serial"]
    assert [z["number"] for z in after["zones"]] == [z["number"] for z in before["zones"]]
    assert villa.ask("client", "list")[0]["name"] == "tablet"


def test_an_edited_project_file_is_taken_at_the_next_start_but_a_transfer_is_kept(start, tmp_path):
    file = tmp_path / "home.yaml"
    file.write_text((PROJECTS / "flat.yaml").read_text())
    home = start(file)
    name = home.status()["project"]["name"]
    other = tmp_path / "other.yaml"
    other.write_text(file.read_text().replace(f"name: {name}", "name: Transferred"))
    home.run("transfer", other)
    home.stop()
    assert home.start().status()["project"]["name"] == "Transferred"
    home.stop()
    file.write_text(file.read_text().replace(f"name: {name}", "name: Edited"))
    assert home.start().status()["project"]["name"] == "Edited"
    home.stop()
    file.write_text("candela: 1\nprojekt: {}\n")
    assert home.start().status()["project"]["name"] == "Edited"
    assert any("has errors" in warning for warning in home.status()["warnings"])


def test_two_processors_on_one_state_directory_are_refused(villa):
    second = subprocess.run([PROGRAMS / "candelad", "--project", villa.project, "--state", villa.state],
                            capture_output=True, text=True, timeout=30)
    assert second.returncode == 1
    assert "another candelad runs" in second.stderr


def test_a_port_in_use_does_not_keep_the_lights_off(villa, start):
    taken = str(villa.endpoints["leap"]["port"])
    other = start("flat", "--leap-port", taken, state="second")
    assert "leap" not in other.endpoints
    assert taken in other.log_text()
    other.run("set", other.status()["zones"][0]["id"], "50", "--fade", "0")


def test_help_and_wrong_use():
    for program in ("candela", "candelad"):
        helped = subprocess.run([PROGRAMS / program, "--help"], capture_output=True, text=True, timeout=30)
        assert helped.returncode == 0 and "--state" in helped.stdout
        wrong = subprocess.run([PROGRAMS / program, "--nonsense"], capture_output=True, text=True, timeout=30)
        assert wrong.returncode == 2 and wrong.stderr
    assert candela("set", "zone").returncode == 2
    assert candela("set", "zone", "140").returncode == 2
    nobody = candela("--state", "/nonexistent", "status")
    assert nobody.returncode == 1 and "is candelad running" in nobody.stderr


def test_a_missing_project_is_a_clear_error(tmp_path):
    done = subprocess.run([PROGRAMS / "candelad", "--project", tmp_path / "none.yaml", "--state", tmp_path / "state"],
                          capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "none.yaml" in done.stderr


@pytest.mark.parametrize("project", sorted(path.name for path in PROJECTS.glob("*.yaml")))
def test_the_sample_homes_pass_the_check(project):
    checked = candela("check", PROJECTS / project)
    assert checked.returncode == 0, checked.stderr
    assert "is fine" in checked.stdout


def test_check_shows_all_complaints_with_place_rule_and_remedy(tmp_path):
    broken = tmp_path / "broken.yaml"
    text = (PROJECTS / "flat.yaml").read_text()
    broken.write_text(text + "\nnonsense: 1\nmore_nonsense: 2\n")
    checked = candela("check", broken)
    assert checked.returncode == 1
    lines = text.count("\n")
    assert f"broken.yaml:{lines + 2}:" in checked.stderr and f"broken.yaml:{lines + 3}:" in checked.stderr
    complaints = json.loads(candela("--json", "check", broken).stdout)["complaints"]
    assert {it["line"] for it in complaints} == {lines + 2, lines + 3}
    assert all(it["rule"] and it["remedy"] for it in complaints)
