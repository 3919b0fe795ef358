"""The HTTP API as schema/api.yaml describes it, over TLS with tokens, as a program would use it."""

import json
import os
import re
import ssl
import subprocess
import time

import pytest
from daemon import DEADLINE_S, PROGRAMS, PROJECTS, SOURCE, wait_until
from http_api import DESCRIPTION, Api, add_token, connect, operations, read_until, trusting, upgrade
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect as follow

ROLES = ["monitor", "control", "admin"]
IDS = {"zones": "hall-pendant", "areas": "hall", "scenes": "hall.evening", "buttons": "front-door.3", "modes": "at-home",
       "variables": "household", "sequences": "pool-colours", "shows": "daylight", "timeclocks": "house", "facades": "bedroom-sun",
       "clients": "nobody", "accounts": "nobody", "tokens": "nobody"}
PROJECT = {"files": [{"name": "villa.yaml", "text": (PROJECTS / "villa.yaml").read_text(encoding="utf-8")}]}


@pytest.fixture
def home(start):
    return start("villa", "--api-port", "0")


def fits(value, schema):
    errors = Draft202012Validator({**schema, "components": DESCRIPTION["components"]}).iter_errors(value)
    return [f"{'/'.join(map(str, it.path))}: {it.message}" for it in errors]


def expect_described(operation, status, answer):
    """The answer is one that the description names, and has its shape."""
    described = operation["responses"].get(str(status))
    if described is None:
        assert status >= 400, f"{operation['operationId']}: {status} is not described"
        described = DESCRIPTION["components"]["responses"]["Problem"]
    if "$ref" in described:
        described = DESCRIPTION["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
    for kind, content in described.get("content", {}).items():
        if kind.endswith("json"):
            assert not fits(answer, content["schema"]), f"{operation['operationId']}: {fits(answer, content['schema'])[:3]}"


def address_of(path, api):
    """The path with an object of the villa in it."""
    kind = path.split("/")[2]
    if kind not in IDS and "{id}" in path and kind != "project":
        listed = api.told(f"/api/{kind}")
        IDS[kind] = listed[0].get("id") or listed[0].get("name") if listed else "nobody"
    return path.replace("{id}", "1" if kind == "project" else IDS.get(kind, "nobody"))


def test_the_description_is_valid_and_served(home):
    errors = [str(it) for it in OpenAPIV31SpecValidator(DESCRIPTION).iter_errors()]
    assert errors == []
    with Api(home, add_token(home, role="monitor")) as api:
        assert api.told("/api/openapi.yaml") == (SOURCE / "schema/api.yaml").read_text(encoding="utf-8")


def test_everything_that_can_be_read_is_as_described(home):
    with Api(home, add_token(home, role="admin")) as api:
        api.ask("POST", "/api/zones/hall-pendant/level", {"level": 40})
        wait_until(lambda: api.told("/api/zones/hall-pendant")["target"] == 40.0, "the lamp to be at 40 %")
        for method, path, operation in operations():
            if method != "GET":
                continue
            status, answer = api.ask("GET", address_of(path, api))
            assert status == (426 if path == "/api/live" else 200), f"{path}: {status} {answer}"
            expect_described(operation, status, answer)


def test_every_operation_refuses_nonsense_as_described(home):
    with Api(home, add_token(home, role="admin")) as api:
        for method, path, operation in operations():
            address = address_of(path, api).replace("hall-pendant", "attic")
            for body in ({"nonsense": 1}, None):
                if method == "GET" or path == "/api/pairing/close":
                    continue
                status, answer = api.ask(method, address, body)
                assert status < 500, f"{path}: {status} {answer}"
                expect_described(operation, status, answer)
                if body and method == "POST":
                    assert status == 400, f"{path}: {status} {answer}"


BODIES = {
    "LevelAndFade": {"level": 30, "fade": 0}, "Movement": {"direction": "stop"}, "Shades": {"level": 50}, "SetColour": {"kelvin": 2700},
    "SetFan": {"speed": "medium_high"}, "SetClimate": {"mode": "heat", "heat": 20.5}, "Hold": {"seconds": 0.05}, "SetLed": {"state": "on"},
    "SetOccupancyMode": {"mode": "vacancy"}, "SetAway": {"away": False}, "SetEmergency": {"emergency": False}, "ShedLoad": {"shed": 0},
}


def zone_for(path, zones):
    """A zone of the load that the operation is for."""
    loads = {"tilt": ["tilting_shade"], "colour": ["white_tuning", "spectrum"], "fan": ["fan"]}
    wanted = loads.get(path.rsplit("/", 1)[1], ["dimmed"])
    return next(it["id"] for it in zones if it["load"] in wanted)


def test_every_command_is_taken(home):
    with Api(home, add_token(home)) as api:
        zones, untried = api.told("/api/zones"), []
        household = api.told("/api/variables/household")["states"][-1]
        event = api.told("/api/timeclocks")["timeclocks"][0]["events"][0]["id"]
        for method, path, operation in operations():
            if "202" not in operation["responses"] or path.endswith("/climate"):
                continue
            address = address_of(path, api)
            if path.startswith("/api/zones/"):
                address = path.replace("{id}", zone_for(path, zones))
            elif path == "/api/timeclocks/{id}/run":
                address = path.replace("{id}", event)
            elif path == "/api/areas/{id}/shades":
                address = path.replace("{id}", "home")
            elif path == "/api/facades/{id}/resume":
                api.ask("POST", address.replace("resume", "enable"))
                wait_until(lambda: api.told("/api/facades")[0]["enabled"], "the facade to be enabled again")
            elif path == "/api/buttons/{id}/release":
                api.ask("POST", address.replace("release", "press"))
            elif address.endswith("/nobody") or "/nobody/" in address:
                untried.append(path)
                continue
            body = None
            if "requestBody" in operation:
                name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
                body = BODIES.get(name) or {"state": household}
            status, answer = api.ask(method, address, body)
            assert status == 202, f"{address}: {status} {answer}"
            if path == "/api/buttons/{id}/press":
                api.ask("POST", address.replace("press", "release"))
        assert not [it for it in untried if "/occupancy/" not in it and "/sensors/" not in it], untried


def test_thermostats_are_told_and_set(start):
    home = start(PROJECTS / "lessons/home.yaml", "--api-port", "0")
    with Api(home, add_token(home)) as api:
        assert api.ask("POST", "/api/zones/bedroom-heating/climate", BODIES["SetClimate"])[0] == 202
        wait_until(lambda: api.told("/api/thermostats")[0]["heat"] == 20.5, "the set point")
        expect_described(DESCRIPTION["paths"]["/api/thermostats"]["get"], 200, api.told("/api/thermostats"))
        status, answer = api.ask("POST", "/api/zones/bedroom-fan/climate", BODIES["SetClimate"])
        assert status == 400 and "no thermostat" in answer["detail"]


def test_commands_do_what_they_say_and_the_cause_names_the_token(home):
    with Api(home, add_token(home, "wall tablet")) as api:
        assert api.ask("POST", "/api/zones/hall-pendant/level", {"level": 40, "fade": 0})[0] == 202
        wait_until(lambda: home.level("hall-pendant") == 40, "the lamp to be at 40 %")
        assert "wall tablet" in home.run("explain", "hall-pendant").stdout
        assert "wall tablet" in wait_until(lambda: api.told("/api/zones/hall-pendant/why")["events"], "the history to know")[0]["because"]
        assert api.ask("POST", "/api/areas/hall/level", {"level": 0, "fade": 0})[0] == 202
        wait_until(lambda: home.level("hall-pendant") == 0, "the area's lamps to be off")
        assert api.ask("POST", "/api/buttons/front-door.3/tap")[0] == 202
        happened = wait_until(lambda: [it for it in api.told("/api/history?limit=50") if it["kind"] == "button"], "the tap in the history")
        assert "wall tablet" in happened[0]["because"]


def test_the_history_is_paged(home):
    with Api(home, add_token(home)) as api:
        for level in (10, 20, 30, 40):
            api.ask("POST", "/api/zones/hall-pendant/level", {"level": level, "fade": 0})
            wait_until(lambda: home.level("hall-pendant") == level, "the lamp")  # noqa: B023
        path = "/api/history?zone=hall-pendant"
        whole = wait_until(lambda: [all_ for all_ in [api.told(f"{path}&limit=10")] if len(all_) >= 4], "the history")[0]
        pages = [it for skip in (0, 2) for it in api.told(f"{path}&limit=2&skip={skip}")]
        assert pages == whole[:4]
        for wrong in ("limit=0", "limit=x", "skip=10000", "zone=attic", "colour=red", "from=noon", "limit=%zz"):
            status, _ = api.ask("GET", f"/api/history?{wrong}")
            assert status in (400, 404), wrong


def test_a_project_is_checked_planned_transferred_and_rolled_back(home):
    changed = json.loads(json.dumps(PROJECT).replace("Harbour Villa", "Harbour House"))
    with Api(home, add_token(home, role="admin")) as api:
        assert api.ask("POST", "/api/project/check", PROJECT)[1] == {"errors": [], "warnings": []}
        broken = {"files": [{"name": "x.yaml", "text": "candela: 1\nzones: 7\n"}]}
        assert api.ask("POST", "/api/project/check", broken)[1]["errors"]
        assert api.ask("POST", "/api/project/transfer", broken)[0] == 400
        status, plan = api.ask("POST", "/api/project/plan", changed)
        assert status == 200 and {it["now"] for it in plan["differences"]} == {"Harbour House"}
        for path, body in (("plan", changed), ("transfer", {**changed, "note": "by the API"})):
            operation = DESCRIPTION["paths"][f"/api/project/{path}"]["post"]
            status, answer = api.ask("POST", f"/api/project/{path}", body)
            expect_described(operation, status, answer)
            assert status == 200, answer
        assert api.told("/api/home")["name"] == "Harbour House"
        versions = api.told("/api/project/versions")
        assert [it["note"] for it in versions if it["active"]] == ["by the API"]
        first = min(it["version"] for it in versions)
        assert api.told(f"/api/project/versions/{first}")["files"] == PROJECT["files"]
        assert api.ask("POST", f"/api/project/versions/{first}/rollback")[0] == 200
        assert api.told("/api/home")["name"] == "Harbour Villa"
        assert api.ask("POST", "/api/project/versions/99/rollback")[0] == 404


def test_clients_accounts_tokens_and_pairing_are_administered(home):
    with Api(home, add_token(home, "boss", "admin")) as api:
        for kind, body in (("clients", {"name": "tv", "role": "control"}), ("tokens", {"name": "tv", "expires_in_days": 30}),
                           ("accounts", {"name": "tv", "role": "monitor", "password": "long enough", "lip": True})):
            methods = DESCRIPTION["paths"][f"/api/{kind}"]
            status, made = api.ask("POST", f"/api/{kind}", body)
            assert status == 201, made
            expect_described(methods["post"], status, made)
            expect_described(methods["get"], 200, api.told(f"/api/{kind}"))
            assert api.ask("POST", f"/api/{kind}", body)[0] == 409
            assert "tv" in [it["name"] for it in api.told(f"/api/{kind}")]
            assert api.ask("DELETE", f"/api/{kind}/tv")[0] == 204
            assert api.ask("DELETE", f"/api/{kind}/tv")[0] == 404
        status, window = api.ask("POST", "/api/pairing/open", {"role": "monitor", "seconds": 60})
        assert status == 200 and window["open"] and window["role"] == "monitor"
        expect_described(DESCRIPTION["paths"]["/api/pairing"]["get"], 200, api.told("/api/pairing"))
        assert api.ask("POST", "/api/pairing/close")[1]["state"] == "closed"
        assert api.ask("POST", "/api/history/limits", {"days": 100})[0] == 204


def test_tokens_are_shown_once_and_kept_as_hashes(home):
    token = add_token(home, "script", "monitor", "--expires", "30")
    assert token.startswith("candela_") and len(token) == 51
    home.stop()
    kept = b"".join(it.read_bytes() for it in home.state.rglob("*") if it.is_file() and not it.is_symlink())
    assert token.encode() not in kept and token.encode() not in home.log.read_bytes()
    home.start()
    with Api(home, token) as api:
        api.told("/api/home")
    listed = home.ask("token", "list")
    assert [(it["name"], it["role"], it["removed"]) for it in listed] == [("script", "monitor", False)]
    assert listed[0]["last_used"] == time.strftime("%Y-%m-%d", time.gmtime())
    for wrong in (("add", "script"), ("add", ""), ("add", "x", "--role", "king"), ("add", "x", "--expires", "0"), ("remove", "nobody")):
        assert home.run("token", *wrong, check=False).returncode != 0, wrong
    home.stop()
    assert (SOURCE / "schema/api.yaml").exists()


def status_with(daemon, token, method, path, tls=True):
    with Api(daemon, token, tls) as api:
        return api.ask(method, path)[0]


def test_every_operation_on_the_network_needs_a_token_of_its_role(home):
    """The same table as in C++, on a whole processor: nobody without a token gets a byte of project data."""
    tokens = {role: add_token(home, role, role) for role in ROLES}
    removed, expired = add_token(home, "removed", "admin"), add_token(home, "expired", "admin", "--expires", "0.000001")
    home.run("token", "remove", "removed")
    wait_until(lambda: home.ask("token", "list")[-1]["expires"] < home.status()["time"], "the token to expire")
    wrong, secrets = [], ("Harbour", "hall", "zones", "Hall")
    rows = [(None, None)] + [(role, tokens[role]) for role in ROLES]
    for method, path, operation in operations():
        address = path.replace("{id}", "nobody")
        if operation["x-role"] == "admin" and method != "GET":
            rows_here = rows[:3]  # what an administrator may do is tested above
        else:
            rows_here = rows
        for role, token in rows_here:
            with Api(home, token) as api:
                status, answer = api.ask(method, address)
            allowed = role is not None and ROLES.index(role) >= ROLES.index(operation["x-role"])
            expected = None if allowed else 403 if role else 401
            if (status in (401, 403)) if expected is None else (status != expected):
                wrong.append(f"{method} {path} as {role}: {status}")
            if expected and any(it in json.dumps(answer) for it in secrets):
                wrong.append(f"{method} {path} as {role} told something: {answer}")
    assert not wrong, "\n".join(wrong)
    for token in (removed, expired, "candela_" + "A" * 43):
        assert status_with(home, token, "GET", "/api/home") == 401
    wait_until(lambda: "its token is none, or counts no more" in home.log_text(), "a line in the log")


@pytest.mark.parametrize("role, reads, sets", [("none", 401, 401), ("monitor", 200, 401), ("control", 200, 202)])
def test_what_this_machine_may_do_without_a_token(start, role, reads, sets):
    home = start("villa", "--http-open-role", role)
    with Api(home, tls=False) as api:
        assert api.ask("GET", "/api/state")[0] == reads
    with Api(home, tls=False) as api:
        assert api.ask("POST", "/api/zones/hall-pendant/level", {"level": 5})[0] == sets
    assert status_with(home, None, "GET", "/api/tokens", tls=False) == 401
    assert status_with(home, add_token(home, role="admin"), "GET", "/api/tokens", tls=False) == 200


def live(daemon, token=None, tls=True, **more):
    place = daemon.endpoints["api" if tls else "http"]
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return follow(f"{'wss' if tls else 'ws'}://localhost:{place['port']}/api/live", ssl=trusting(daemon) if tls else None,
                  additional_headers=headers, open_timeout=DEADLINE_S, max_size=None, **more)


def next_of(socket, kind):
    while True:
        message = json.loads(socket.recv(DEADLINE_S))
        if message["type"] == kind:
            return message


def test_live_changes_with_the_token_in_the_header_or_in_the_first_message(home):
    token = add_token(home)
    with live(home, token) as by_header, live(home) as by_message:
        assert next_of(by_header, "snapshot")["home"]["name"] == "Harbour Villa"
        by_message.send(json.dumps({"type": "authorize", "token": token}))
        assert next_of(by_message, "snapshot")["home"]["name"] == "Harbour Villa"
        home.run("set", "hall-pendant", "33", "--fade", "0")
        for socket in (by_header, by_message):
            changes = next_of(socket, "changes")
            assert not fits(changes, {"$ref": "#/components/schemas/LiveMessage"})
        by_message.send(json.dumps({"type": "press", "button": "front-door.3"}))
        assert wait_until(lambda: "buttons" in next_of(by_header, "changes"), "the press")


@pytest.mark.parametrize("first", [{"type": "authorize", "token": "candela_" + "A" * 43}, {"type": "press", "button": "front-door.3"},
                                   {"type": "authorize"}, [], "x"], ids=["wrong", "too early", "empty", "list", "text"])
def test_nothing_is_told_before_the_token_is_known(home, first):
    with live(home) as socket:
        socket.send(json.dumps(first))
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(DEADLINE_S)
        assert closed.value.rcvd.code == 1008


def test_a_monitor_follows_but_presses_nothing(home):
    with live(home, add_token(home, role="monitor")) as socket:
        next_of(socket, "snapshot")
        socket.send(json.dumps({"type": "press", "button": "front-door.3"}))
        assert "role control" in next_of(socket, "refused")["detail"]


def test_a_removed_token_loses_its_live_session_at_once(home):
    token = add_token(home)
    with connect(home) as socket:
        socket.sendall(upgrade(home, token=token))
        read_until(socket, b"snapshot")
        home.run("token", "remove", "tester")
        socket.settimeout(1)
        try:
            while socket.recv(65536):
                pass
        except (ConnectionError, ssl.SSLError):
            pass  # closed: TimeoutError would have failed
    assert status_with(home, token, "GET", "/api/home") == 401


def test_the_network_gets_nothing_in_the_clear(home):
    place = home.endpoints["api"]
    done = subprocess.run(["curl", "--silent", f"http://localhost:{place['port']}/api/health"], capture_output=True, text=True,
                          timeout=DEADLINE_S, check=False)
    assert done.returncode != 0 and done.stdout == ""


def test_the_document_works_as_written(tmp_path):
    """Its lines, one after the other, in a network of their own so that the default ports are free."""
    lines = re.findall(r"```sh\n(.*?)```", (SOURCE / "docs/clients/http-api.md").read_text(), flags=re.DOTALL)
    serving = next(it for it in lines if it.startswith("candelad "))
    asking = [it for it in lines if it != serving]
    assert len(asking) == 4
    (tmp_path / "projects").symlink_to(PROJECTS)
    script = f"""set -euo pipefail
ip link set lo up
{serving.strip()} >candelad.log 2>&1 &
trap 'kill $!; wait $!' EXIT
for _ in $(seq 300); do [ ! -e state/endpoints.json ] || break; sleep 0.1; done
curl() {{ command curl --silent --show-error --fail-with-body "$@"; }}
""" + "".join(asking)
    done = subprocess.run(["unshare", "--map-root-user", "--net", "bash", "-c", script], cwd=tmp_path, capture_output=True, text=True,
                          timeout=120, check=False, env={**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"})
    assert done.returncode == 0, done.stdout + done.stderr
    for said in ('"because":"the page', '"project":{"name":"Harbour Villa"', "client my-script", "hall-pendant ", "dashboard is shut out"):
        assert said in done.stdout, f"{said} is not in:\n{done.stdout}\n{done.stderr}"
