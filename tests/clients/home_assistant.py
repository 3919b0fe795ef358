"""A Home Assistant as it comes, in a process of its own, driven as its page and its users drive it: by its own API."""

import contextlib
import itertools
import json
import shutil
import signal
import subprocess
import urllib.error
import urllib.request

from daemon import DEADLINE_S, SOURCE, wait_until
from websockets.sync.client import connect

INSTALLED = SOURCE / "build/home-assistant"
PORT = 8123
START_DEADLINE_S = 150  # thousands of Python files, read for the first time
CONFIGURATION = """\
homeassistant:
  name: Harbour Villa
  latitude: 59.33
  longitude: 18.07
  elevation: 0
  unit_system: metric
  time_zone: Europe/Stockholm
  currency: SEK
  country: SE
http:
  server_host: {address}
  server_port: {port}
automation: !include automations.yaml
"""


class HomeAssistant:
    """One that knows nothing yet. Use as a context manager."""

    def __init__(self, directory, address):
        self.directory = directory
        self.url = f"http://{address}:{PORT}"
        self.socket_url = f"ws://{address}:{PORT}/api/websocket"
        self.log = directory / "console.log"
        self.process = None
        self.token = None
        self.socket = None
        self.sockets = contextlib.ExitStack()
        self.numbers = itertools.count(1)
        directory.mkdir()
        (directory / "configuration.yaml").write_text(CONFIGURATION.format(address=address, port=PORT))
        (directory / "automations.yaml").write_text("[]\n")

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([INSTALLED / "bin/hass", "--config", self.directory, "--skip-pip"],
                                            stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            wait_until(self._answers, "Home Assistant answers", START_DEADLINE_S)
            self._become_owner()
            self.socket = self._open_socket()
        except BaseException:
            self.__exit__()
            print(self.log.read_text(errors="replace"))
            raise
        return self

    def __exit__(self, *_):
        self.sockets.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(DEADLINE_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def trust(self, host, files):
        """Puts a client's files where the integration looks for those of the bridge `host`."""
        for part in ("key", "cert", "ca"):
            shutil.copy(files / f"{part}.pem", self.directory / f"lutron_caseta-{host}-{part}.pem")

    def _answers(self):
        assert self.process.poll() is None, f"hass ended with {self.process.returncode}"
        try:
            return self.request("GET", "/api/onboarding")
        except (urllib.error.URLError, ConnectionError):
            return None

    def _become_owner(self):
        """The first page that a new Home Assistant shows."""
        client = {"client_id": self.url + "/"}
        person = {"name": "Owner", "username": "owner", "password": "a good one", "language": "en"}
        code = self.request("POST", "/api/onboarding/users", client | person)["auth_code"]
        form = f"grant_type=authorization_code&code={code}&client_id={client['client_id']}"
        self.token = self.request("POST", "/auth/token", form.encode())["access_token"]

    def _open_socket(self):
        socket = self.sockets.enter_context(connect(self.socket_url, open_timeout=DEADLINE_S, max_size=None))
        assert json.loads(socket.recv(DEADLINE_S))["type"] == "auth_required"
        socket.send(json.dumps({"type": "auth", "access_token": self.token}))
        assert json.loads(socket.recv(DEADLINE_S))["type"] == "auth_ok"
        return socket

    def request(self, method, path, body=None):
        """One request of the REST API; what it answered."""
        raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, raw, method=method)
        request.add_header("Content-Type", "application/x-www-form-urlencoded" if raw is body else "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:
            return json.loads(answer.read())

    def ask(self, kind, **fields):
        """One command over the websocket; its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "type": kind} | fields))
        while True:
            answer = json.loads(self.socket.recv(DEADLINE_S))
            if answer["id"] == number and answer["type"] == "result":
                assert answer["success"], f"{kind}: {answer['error']}"
                return answer["result"]

    def call(self, service, entity, **data):
        """Calls a service such as light.turn_on for one entity."""
        domain, name = service.split(".")
        self.ask("call_service", domain=domain, service=name, target={"entity_id": entity}, service_data=data)

    def listen(self, kind):
        """A function that waits for the next event of a kind, and gives its data."""
        socket = self._open_socket()
        socket.send(json.dumps({"id": 1, "type": "subscribe_events", "event_type": kind}))
        assert json.loads(socket.recv(DEADLINE_S))["success"]
        return lambda: json.loads(socket.recv(DEADLINE_S))["event"]["data"]

    def add_integration(self, name, *typed):
        """Adds an integration as its dialogue does: begins, then types one thing after the other. What each answered."""
        path = "/api/config/config_entries/flow"
        begun = self.request("POST", path, {"handler": name})
        return [begun, *(self.request("POST", f"{path}/{begun['flow_id']}", it) for it in typed)]

    def set_up(self, host):
        """Adds the Lutron Caséta integration: begins, types the host, confirms."""
        return self.add_integration("lutron_caseta", {"host": host}, {})

    def entities(self, domain):
        """The states of all entities of a domain, by their id."""
        return {it["entity_id"]: it for it in self.ask("get_states") if it["entity_id"].startswith(domain + ".")}

    def state(self, entity):
        """Its state and attributes; None if there is no such entity."""
        try:
            return self.request("GET", f"/api/states/{entity}")
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def until(self, entity, state, **attributes):
        """Waits for a state, and for attributes that it has to have with it."""
        wanted = {"state": state} | attributes

        def seen():
            now = self.state(entity) or {"state": None, "attributes": {}}
            have = {"state": now["state"]} | {name: now["attributes"].get(name) for name in attributes}
            return now if have == wanted else None

        return wait_until(seen, f"{entity} {wanted}")

    def devices(self, integration="lutron_caseta"):
        """The integration's devices, by name."""
        return {it["name"]: it for it in self.ask("config/device_registry/list")
                if any(domain == integration for domain, *_ in it["identifiers"])}

    def add_automation(self, name, trigger, action):
        """Saves an automation as its editor does."""
        automation = {"alias": name, "mode": "queued", "trigger": [trigger], "condition": [], "action": [action]}
        self.request("POST", f"/api/config/automation/config/{name}", automation)
        self.until(f"automation.{name}", "on")
