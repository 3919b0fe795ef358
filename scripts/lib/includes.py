#!/usr/bin/env python3
"""Compares the #include lines in src/ with the table in docs/architecture.md.

    scripts/lib/includes.py [--root FOLDER]

Prints every include that the table does not allow, every loop between files and every use of the machine in a pure
folder, as file:line: what is wrong. Exit 1 if there is any, 2 if the table itself cannot be used.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)

# What a pure folder may not include: these headers know threads, locks, clocks of the machine, files or sockets.
MACHINE = re.compile(
    r"thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier|atomic|stop_token|filesystem|fstream|"
    r"iostream|boost/(asio|beast)\b.*|spdlog/.*|sys/.*|netinet/.*|arpa/.*|unistd\.h|fcntl\.h|poll\.h|time\.h|random"
)
# Only these folders read the machine's clock; everything else is given a candela::Clock or the time itself.
CLOCK_READERS = {"runtime", "apps"}
CLOCK = re.compile(r"\b(?:steady_clock|system_clock|high_resolution_clock|utc_clock)::now\b|\bclock_gettime\b|\bgettimeofday\b")


class BadTable(Exception):
    pass


@dataclass
class Room:
    """A folder of src/ as its row in the table describes it."""

    may_include: set[str] = field(default_factory=set)
    pure: bool = False


@dataclass(frozen=True)
class Include:
    line: int
    name: str
    quoted: bool


def read_table(text: str) -> dict[str, Room]:
    """The rooms in the order of the table whose heading begins with 'folder | purpose | may include | pure'."""
    rooms: dict[str, Room] = {}
    in_table = False
    for line in text.splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if cells[:4] == ["folder", "purpose", "may include", "pure"]:
            in_table = True
        elif in_table and not line.lstrip().startswith("|"):
            break
        elif in_table and not set(line) <= set("|-: "):
            if len(cells) != 4:
                raise BadTable(f"this row has {len(cells)} cells, not 4: {line}")
            name, _, allowed, pure = cells
            may_include = {word.strip().strip("`") for word in allowed.split(",") if word.strip()}
            if unknown := may_include - rooms.keys():
                raise BadTable(f"'{name}' may include {', '.join(sorted(unknown))}, which no row above it describes")
            rooms[name] = Room(may_include, pure == "yes")
    if not rooms:
        raise BadTable("there is no table with the heading '| folder | purpose | may include | pure |'")
    return rooms


def without_comments(text: str) -> str:
    """The same lines with comments blanked out; good enough for includes and calls, not a C++ lexer."""
    text = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.DOTALL)
    return re.sub(r"(?<!:)//[^\n]*", "", text)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def read_includes(text: str) -> list[Include]:
    return [
        Include(line_of(text, match.start()), match.group(1) or match.group(2), match.group(1) is not None)
        for match in INCLUDE.finditer(text)
    ]


def is_test(path: str) -> bool:
    return path.endswith(("_test.cpp", "_fuzz.cpp"))


def sources(root: Path) -> dict[str, str]:
    """Every C++ file in src/, by its path from there, with its text."""
    src = root / "src"
    return {
        path.relative_to(src).as_posix(): without_comments(path.read_text(encoding="utf-8"))
        for path in sorted(src.rglob("*"))
        if path.suffix in {".h", ".hpp", ".cpp", ".cc", ".ipp"}
    }


def wrong_includes(path: str, text: str, rooms: dict[str, Room], files: dict[str, str]) -> list[str]:
    complaints = []
    here = path.split("/")[0]
    for include in read_includes(text):
        where = f"src/{path}:{include.line}:"
        there = include.name.split("/")[0]
        if include.quoted and include.name not in files:
            complaints.append(f'{where} "{include.name}" is no file below src/; includes name the path from there')
        elif not include.quoted and include.name in files:
            complaints.append(f'{where} our own headers are included with quotes: "{include.name}"')
        elif include.quoted and there != here and there not in rooms[here].may_include:
            allowed = ", ".join(room for room in rooms if room in rooms[here].may_include) or "nothing"
            complaints.append(f"{where} {here} may not include {there} (only {allowed}): {include.name}")
        elif not include.quoted and rooms[here].pure and not is_test(path) and MACHINE.fullmatch(include.name):
            complaints.append(f"{where} {here} is pure, so <{include.name}> has no place in it")
    return complaints


def clock_reads(path: str, text: str) -> list[str]:
    if path.split("/")[0] in CLOCK_READERS or is_test(path):
        return []
    return [
        f"src/{path}:{line_of(text, match.start())}: only runtime reads the machine's clock; take a Clock or the time: "
        f"{match.group()}"
        for match in CLOCK.finditer(text)
    ]


def loops(files: dict[str, str]) -> list[str]:
    """Every loop of files that include each other, found once each, by depth-first search."""
    arrows = {path: [i.name for i in read_includes(text) if i.quoted and i.name in files] for path, text in files.items()}
    done: set[str] = set()
    found = []

    def visit(path: str, trail: list[str]) -> None:
        if path in trail:
            found.append("loop: " + " -> ".join(trail[trail.index(path) :] + [path]))
        elif path not in done:
            for next_path in arrows[path]:
                visit(next_path, trail + [path])
            done.add(path)

    for path in files:
        visit(path, [])
    return found


def check(root: Path) -> list[str]:
    rooms = read_table((root / "docs/architecture.md").read_text(encoding="utf-8"))
    files = sources(root)
    complaints = [
        f"src/{folder} is not in the table in docs/architecture.md"
        for folder in sorted({path.split("/")[0] for path in files if "/" in path} - rooms.keys())
    ]
    complaints += [f"src/{path} lies in no folder" for path in files if "/" not in path]
    for path, text in files.items():
        if path.split("/")[0] in rooms:
            complaints += wrong_includes(path, text, rooms, files) + clock_reads(path, text)
    return complaints + loops(files)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2], help="a checkout of Candela")
    root = parser.parse_args().root
    try:
        complaints = check(root)
    except BadTable as problem:
        print(f"docs/architecture.md: {problem}", file=sys.stderr)
        return 2
    print("\n".join(complaints) or f"includes: {len(sources(root))} files keep to docs/architecture.md")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
