"""From a button's frame to the load's frame: in a quiet house, and while a thousand clients ask for as much as they can."""

import json
import os
import statistics
import subprocess
import sys
import threading
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from clients import MANY, Processor, sockets, zone_command
from figures import FULL, PROGRAMS, WIRED, Figure, wait_until

PROMPT = os.geteuid() == 0
FIRST = os.SCHED_FIFO, os.sched_param(2)  # before the first thread of the processor


def bench_press(folder, options):
    """A button's frame in, the load's frame out, on a full processor; beside a byte there and back."""
    rounds = [press_times(folder, options.presses // 2, f"press-{turn}") for turn in range(options.rounds)]
    for percentile, goal in (("p50", None), ("p99", 2)):
        ours, theirs = (statistics.median(it[what][percentile] for it in rounds) for what in ("press", "bare"))
        yield Figure("press", f"button frame in to load frame out, {percentile}", ours, "us", theirs, "a byte there and back",
                     at_most=goal)


def bench_flood(folder, options):
    """A press while 1000 clients send commands as fast as they are answered; beside one while they are silent."""
    times = {"hold": [], "load": []}
    if not PROMPT:
        print("flood: this is not run by root, so what stands for hardware waits for programs; the figures say little",
              file=sys.stderr)
    with prompt_hardware() if PROMPT else nullcontext():
        for turn in range(options.rounds):
            for how, measured in times.items():
                measured.append(press_times(folder, options.presses // 2, f"{how}-{turn}", how))
    for what, name, goal in (("press", "button frame in to load frame out", 1.1), ("bare", "a byte there and back", None)):
        for percentile in ("p50", "p99"):
            calm, flooded = (statistics.median(it[what][percentile] for it in times[how]) for how in ("hold", "load"))
            yield Figure("flood", f"{name}, {percentile}", flooded, "us", calm, f"{MANY} silent clients",
                         at_most=goal if percentile == "p99" else None)


@contextmanager
def prompt_hardware():
    """What stands for a link's hardware waits for no program: the kernel's threads that carry the bytes of a terminal go
    first meanwhile. Only root may do that."""
    prompted = set()
    ended = threading.Event()

    def look_for_workers():
        while not ended.wait(0.05):  # the kernel makes new ones as it needs them
            for worker in set(usual_workers()) - prompted:
                prompted.add(worker)
                with suppress(ProcessLookupError):
                    os.sched_setscheduler(worker, *FIRST)

    look = threading.Thread(target=look_for_workers)
    look.start()
    try:
        yield
    finally:
        ended.set()
        look.join()
        for worker in prompted:
            with suppress(ProcessLookupError):
                os.sched_setscheduler(worker, os.SCHED_OTHER, os.sched_param(0))


def usual_workers():
    """Those of the kernel that are bound to no processor core, of usual priority."""
    for comm in Path("/proc").glob("[0-9]*/comm"):
        with suppress(OSError):  # it has ended
            worker = int(comm.parent.name)
            if comm.read_text().startswith("kworker/u") and os.getpriority(os.PRIO_PROCESS, worker) == 0:
                yield worker


def press_times(folder, presses, name, clients=None):
    """Times of presses on the wired link; beside clients that are silent ("hold") or command other zones ("load")."""
    bench = subprocess.Popen([PROGRAMS / "press_bench", str(presses)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             preexec_fn=(lambda: os.sched_setscheduler(0, *FIRST)) if clients and PROMPT else None)
    port = bench.stdout.readline().strip()
    project = folder / f"{name}.yaml"
    project.write_text(FULL.read_text().replace(WIRED, f"driver: serial, port: {port}}}", 1))
    with Processor(folder, project, name) as processor:
        others = clients and start_clients(processor, clients)
        bench.stdin.write(f"{project}\n")
        bench.stdin.flush()
        answer = bench.stdout.readline()
        assert bench.wait() == 0, "press_bench failed"
        if others:
            assert others.poll() is None, "the clients ended before the presses"
            others.kill()
            others.wait()
    return json.loads(answer)


def start_clients(processor, how):
    words = [processor.port, processor.keys, MANY]
    if how == "load":
        radio = [zone["number"] for zone in processor.status()["zones"] if zone["id"].startswith("radio")]
        words += [3600, *(zone_command(zone, level) for zone in radio for level in (40, 60))]
    # Clients have machines of their own: here they get what the processor and the link leave.
    clients = subprocess.Popen([PROGRAMS / "leap_bench", how, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               preexec_fn=lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)))
    if how == "hold":
        assert int(clients.stdout.readline()) == MANY
    else:
        wait_until(lambda: sockets(processor.process.pid) > MANY, "all clients connected")
    return clients
