"""Prints what OLA receives in a universe, every few milliseconds until ended: [before, after, [slot, ...]], one line
each, with the moments between which OLA answered, in monotonic seconds (the same for every process of a machine)."""

import http.client
import json
import select
import sys
import time

connection = http.client.HTTPConnection("127.0.0.1", 9090, timeout=10)
while True:
    before = time.monotonic()
    connection.request("GET", f"/get_dmx?u={sys.argv[1]}")
    slots = json.loads(connection.getresponse().read())["dmx"]
    print(json.dumps([before, time.monotonic(), slots]), flush=True)
    select.select([], [], [], 0.005)  # OLA is asked often, not always
