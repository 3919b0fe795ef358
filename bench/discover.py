"""Unmodified pylutron-caseta finds out all about a home; called by clients.py, with the Python that has the library.

    discover.py time PORT KEYS CA            how long it takes, as JSON
    discover.py record PORT KEYS OWN FILE    the same through a relay with the key and certificate in the folder OWN, which
                                             writes what was asked and answered, as `leap_bench replay` reads it
"""

import asyncio
import json
import ssl
import sys
import time
from pathlib import Path

from pylutron_caseta.smartbridge import Smartbridge


async def discover(port, keys, ca):
    bridge = Smartbridge.create_tls("127.0.0.1", str(keys / "key.pem"), str(keys / "cert.pem"), str(ca), port=port)
    begin = time.perf_counter()
    await asyncio.wait_for(bridge.connect(), 60)
    seconds = time.perf_counter() - begin
    found = {"seconds": seconds, "devices": len(bridge.devices), "buttons": len(bridge.buttons)}
    await bridge.close()
    return found


async def record(port, keys, own, path):
    upstream = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    upstream.check_hostname, upstream.verify_mode = False, ssl.CERT_NONE
    upstream.load_cert_chain(keys / "cert.pem", keys / "key.pem")
    downstream = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    downstream.load_cert_chain(own / "cert.pem", own / "key.pem")
    answers = {}

    async def relay(client, to_client):
        processor, to_processor = await asyncio.open_connection("127.0.0.1", port, ssl=upstream, limit=2**24)
        asked = {}

        async def back():
            while line := await processor.readline():
                name = asked.get(json.loads(line)["Header"].get("ClientTag"))
                if name:
                    answers.setdefault(name, line)
                to_client.write(line)

        answering = asyncio.create_task(back())
        while line := await client.readline():
            request = json.loads(line)
            asked[request["Header"].get("ClientTag")] = f"{request['CommuniqueType']} {request['Header']['Url']}"
            to_processor.write(line)
        answering.cancel()
        to_processor.close()
        to_client.close()

    server = await asyncio.start_server(relay, "127.0.0.1", 0, ssl=downstream, limit=2**24)
    found = await discover(server.sockets[0].getsockname()[1], keys, own / "cert.pem")
    server.close()
    path.write_bytes(b"".join(name.encode() + b"\n" + line.rstrip() + b"\n" for name, line in answers.items()))
    return found | {"requests": len(answers), "bytes": sum(map(len, answers.values()))}


if __name__ == "__main__":
    what, port, *paths = sys.argv[1:]
    work = {"time": discover, "record": record}[what]
    print(json.dumps(asyncio.run(work(int(port), *map(Path, paths)))))
