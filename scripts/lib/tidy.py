#!/usr/bin/env python3
"""Runs clang-tidy over the C++ files of a compilation database, and skips those it has found clean before.

    scripts/lib/tidy.py DATABASE_FOLDER [PATTERN...]

A file is skipped when nothing that could change the answer has changed: its text, the text of every header of ours that
it includes, its compiler flags, .clang-tidy and clang-tidy itself. Clean answers are remembered in the folder named by
CANDELA_TIDY_CACHE (default ~/.cache/candela-tidy); complaints are not. Exit 1 if there is any complaint.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import includes

ROOT = Path(__file__).resolve().parents[2]
CLANG_TIDY = "clang-tidy-14"
CACHE = Path(os.environ.get("CANDELA_TIDY_CACHE", Path.home() / ".cache/candela-tidy"))
# Lines that tell of warnings outside our files, which nobody asked for.
NOISE = re.compile(r"^(\d+ warnings? generated\.|Suppressed \d+ warnings.*|Use -header-filter.*|)$")


class Headers:
    """What each of our files includes of ours, directly and through others."""

    def __init__(self) -> None:
        self.direct: dict[Path, set[Path]] = {}

    def below(self, path: Path) -> set[Path]:
        found: set[Path] = set()
        waiting = [path]
        while waiting:
            for header in self.directly(waiting.pop()) - found:
                found.add(header)
                waiting.append(header)
        return found

    def directly(self, path: Path) -> set[Path]:
        if path not in self.direct:
            names = [i.name for i in includes.read_includes(path.read_text(encoding="utf-8")) if i.quoted]
            places = [place / name for name in names for place in (ROOT / "src", ROOT, path.parent)]
            self.direct[path] = {place.resolve() for place in places if place.is_file()}
        return self.direct[path]


def flags_of(entry: dict) -> str:
    """The command without what names this checkout, so that another checkout finds the answer too."""
    return entry["command"].replace(str(ROOT), ".")


def key_of(entry: dict, headers: Headers, common: bytes) -> str:
    path = Path(entry["file"])
    digest = hashlib.sha256(common + flags_of(entry).encode())
    for file in [path, *sorted(headers.below(path))]:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def tidy(database: Path, path: Path) -> str:
    """Its complaints; empty if there are none."""
    run = subprocess.run(
        [CLANG_TIDY, "--quiet", "-p", str(database), str(path)], capture_output=True, text=True, check=False
    )
    said = [line for line in (run.stdout + run.stderr).splitlines() if not NOISE.match(line)]
    if run.returncode == 0:
        return ""
    return "\n".join(said) or f"{path}: {CLANG_TIDY} failed with status {run.returncode}"


def wanted(database: Path, patterns: list[str]) -> list[dict]:
    entries = json.loads((database / "compile_commands.json").read_text())
    ours = [entry for entry in entries if not Path(entry["file"]).is_relative_to(database)]
    return [e for e in ours if not patterns or any(p in e["file"] for p in patterns)]


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    database = Path(sys.argv[1]).resolve()
    entries = wanted(database, sys.argv[2:])
    CACHE.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, check=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    headers = Headers()
    fresh = [(entry, key_of(entry, headers, common)) for entry in entries]
    fresh = [(entry, key) for entry, key in fresh if not (CACHE / key).exists()]
    print(f"tidy: {len(entries)} files, {len(entries) - len(fresh)} of them known to be clean", flush=True)

    complaints = 0
    with ThreadPoolExecutor(int(os.environ.get("CANDELA_JOBS", os.cpu_count() or 1))) as pool:
        answers = pool.map(lambda job: tidy(database, Path(job[0]["file"])), fresh)
        for (_, key), answer in zip(fresh, answers):
            if answer:
                complaints += 1
                print(answer, flush=True)
            else:
                (CACHE / key).touch()
    print(f"tidy: {complaints} of {len(entries)} files have complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
