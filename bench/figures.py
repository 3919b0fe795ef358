"""What the benchmarks share: a measured figure, and where the programs are."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
PROGRAMS = Path(os.environ.get("CANDELA_PROGRAMS", SOURCE / "build/bench/bin"))
os.environ["CANDELA_PROGRAMS"] = str(PROGRAMS)
sys.path[:0] = [str(SOURCE / "tests/support"), str(SOURCE / "tests/system")]

from daemon import PROJECTS, Daemon, wait_until  # noqa: E402, F401

FULL = PROJECTS / "full.yaml"
WIRED = "driver: simulated}"  # how full.yaml ends its wired link, and then its radio link


@dataclass
class Figure:
    """One measured value; with a peer the goal is about the ratio of the two, without about the value itself."""

    bench: str
    what: str
    value: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self):
        return None if self.peer is None else self.value / self.peer

    @property
    def met(self):
        judged = self.value if self.ratio is None else self.ratio
        if self.at_most is not None:
            return judged <= self.at_most
        return None if self.at_least is None else judged >= self.at_least

    def text(self):
        words = [f"{self.bench:<10}{self.what:<46}{number(self.value):>10} {self.unit:<14}"]
        if self.peer is not None:
            words.append(f"{self.ratio:.2f}x of {number(self.peer)}, {self.peer_name}")
        if self.met is not None:
            goal = f"at most {self.at_most:g}" if self.at_most is not None else f"at least {self.at_least:g}"
            words.append(f"[goal {goal}{'' if self.ratio is None else 'x'}: {'met' if self.met else 'MISSED'}]")
        return " ".join(words)


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def resident_kb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
