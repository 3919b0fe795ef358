"""Runs the benchmarks and prints each figure beside the peer it was measured with. Called by scripts/bench, which builds
first."""

import argparse
import json
import re
import statistics
import subprocess
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from clients import bench_clients, bench_discovery, bench_fan_out, bench_leap
from figures import FULL, PROGRAMS, PROJECTS, Daemon, Figure, resident_kb, wait_until
from lighting_network import LightingNetwork
from presses import bench_flood, bench_press


def bench_engine(folder, _options):
    """The engine alone: events in a second, growth with the size of the home, instructions for an event."""
    lines = subprocess.run([PROGRAMS / "engine_bench", "--json"], check=True, capture_output=True, text=True).stdout
    figures = {it["zones"]: it for it in map(json.loads, lines.splitlines())}
    yield Figure("engine", "events, 1024 zones", figures[1024]["events_per_second"], "/s", at_least=1e6)
    small, large = min(figures), max(figures)
    yield Figure("engine", f"time for an event, {large} zones", figures[large]["ns_per_event"], "ns",
                 figures[small]["ns_per_event"], f"{small} zones", at_most=1.2)
    counted = {zones: instructions(folder, zones) for zones in (small, 1024, large)}
    yield Figure("engine", "instructions for an event, 1024 zones", counted[1024], "")
    yield Figure("engine", f"instructions for an event, {large} zones", counted[large], "", counted[small], f"{small} zones",
                 at_most=1.2)


def instructions(folder, zones, events=50_000):
    """Instructions within Engine::on for one event, counted by valgrind; the project's activation is taken off."""

    def counted(count):
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=candela::Engine::on*",
             f"--callgrind-out-file={folder / 'callgrind.out'}", PROGRAMS / "engine_bench", "--callgrind", str(zones),
             str(count)], check=True, capture_output=True, text=True)
        return int(re.search(r"Collected : (\d+)", done.stderr)[1])

    return (counted(events) - counted(0)) / events


def bench_preset(folder, _options):
    """A press that sets 512 zones, beside a plain loop that writes 512 levels; memory for each object."""
    figures = json.loads(subprocess.run([PROGRAMS / "preset_bench"], check=True, capture_output=True, text=True).stdout)
    yield Figure("preset", "time for a zone of a 512-zone press", figures["press_ns_per_zone"], "ns",
                 figures["loop_ns_per_zone"], "a loop that writes 512 levels")
    press, loop = (preset_instructions(folder, what) for what in ("press", "loop"))
    yield Figure("preset", "instructions for a zone beyond the loop's", press - loop, "", at_most=100)
    for what in ("zone", "button", "timer"):
        name = "pending timer" if what == "timer" else what
        yield Figure("preset", f"memory of the engine for a {name}", figures[f"bytes_per_{what}"], "bytes")


def preset_instructions(folder, what, presses=200, zones=512):
    def counted(count):
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*candela::bench::press_often*",
             f"--callgrind-out-file={folder / 'callgrind.out'}", PROGRAMS / "preset_bench", "--callgrind", what, str(count)],
            check=True, capture_output=True, text=True)
        return int(re.search(r"Collected : (\d+)", done.stderr)[1])

    return (counted(presses) - counted(0)) / (presses * zones)


def bench_year(_folder, _options):
    """A year of the villa's schedule, and of homes full of people, on virtual time."""
    begin = time.monotonic()
    subprocess.run([PROGRAMS / "candela", "simulate", PROJECTS / "villa.yaml", "--from", "2026-01-01", "--to", "2027-01-01",
                    "--quiet"], check=True, capture_output=True)
    yield Figure("year", "the villa's schedule for a year", time.monotonic() - begin, "s", at_most=2)
    done = subprocess.run([PROGRAMS / "candela_simulation", "--houses", "50", "--days", "20"], check=True, capture_output=True,
                          text=True)
    rate = re.search(r"([\d,.]+) simulated hours per second", done.stdout)
    yield Figure("year", "house-days with people in a second", float(rate[1].replace(",", "")) / 24, "/s")


def bench_idle(folder, options):
    """What a full processor costs when nothing happens, beside olad; and how fast it is back after a SIGKILL."""
    network = LightingNetwork(folder)
    processor = Daemon(FULL, folder / "idle")
    try:
        network.start(capture=False)
        processor.start()
        wait_until(lambda: all(device["presence"] == "present" for device in processor.status()["devices"]), "all devices present")
        ours, theirs = processor.process.pid, network.ola.pid
        before = cpu_seconds(ours), cpu_seconds(theirs)
        time.sleep(options.idle_seconds)  # nothing to wait for: the point is that nothing happens
        spent = [after - begin for begin, after in zip(before, (cpu_seconds(ours), cpu_seconds(theirs)))]
        scale = 60 / options.idle_seconds
        yield Figure("idle", "CPU time in 60 s", spent[0] * scale, "s", at_most=0.1)
        yield Figure("idle", "CPU time in 60 s of olad, without devices", spent[1] * scale, "s")
        yield Figure("idle", "resident memory", resident_kb(ours) / 1000, "MB", at_most=40)
        yield Figure("idle", "resident memory of olad, one plugin", resident_kb(theirs) / 1000, "MB")
        yield Figure("idle", "start to ready after SIGKILL, median of 5", statistics.median(restarts(processor, 5)), "s",
                     at_most=0.5)
    finally:
        processor.stop()
        network.stop()


def restarts(processor, count):
    for _ in range(count):
        processor.kill()
        begin = time.monotonic()
        processor.start()
        yield time.monotonic() - begin


def cpu_seconds(pid):
    """Of all its threads; the kernel counts in nanoseconds where it can."""
    total = 0
    for stat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        total += int(stat.read_text().split()[0])
    return total / 1e9


BENCHES = {"press": bench_press, "leap": bench_leap, "fan-out": bench_fan_out, "clients": bench_clients,
           "discovery": bench_discovery, "flood": bench_flood, "engine": bench_engine, "preset": bench_preset,
           "year": bench_year, "idle": bench_idle}


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Builds the `bench` preset and measures; each figure stands beside a peer measured in the same run.",
        epilog="\n".join(f"  {name:<11}{function.__doc__}" for name, function in BENCHES.items()))
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*BENCHES, []], help="which to run; all when none is named")
    parser.add_argument("--json", action="store_true", help="one JSON object for each figure")
    parser.add_argument("--presses", type=int, default=2000, help="press, flood: in two rounds (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=3, help="leap: of one measurement (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=5,
                        help="measurements of each kind, of which the median counts (default %(default)s)")
    parser.add_argument("--idle-seconds", type=float, default=60, help="idle: how long (default %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="candela-bench-") as folder:
        for name in options.names or BENCHES:
            (own := Path(folder) / name).mkdir()
            for figure in BENCHES[name](own, options):
                print(json.dumps({**asdict(figure), "ratio": figure.ratio, "met": figure.met}) if options.json else figure.text(),
                      flush=True)


if __name__ == "__main__":
    main()
