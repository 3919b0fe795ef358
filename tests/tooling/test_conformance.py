"""docs/conformance.md: every row of the feature tables is there, and what it names are tests that run."""

import os
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("CANDELA_PROGRAMS", SOURCE / "build/release/bin"))

# reference/system.md, 10.3 and 10.4
ROWS = {
    "Presets, fades, delays", "Button types", "Gestures", "LED logic", "Scenes/shared scenes", "Sequences",
    "Conditionals, variables", "Timeclock", "Occupancy", "Away", "HVAC, shades, fan", "Ketra/white/warm dim", "NLO",
    "Phantom/homeowner keypads", "DMX, DALI, 0-10 V", "Contact I/O, partition",
    "S-44 non-volatile", "S-45 10 years", "S-46 1 min/year", "power-fail level memory",
}

# No scenario of a home can show these: what the processor is wired to, and what its store and clock endure.
NO_LESSON = {"DMX, DALI, 0-10 V", "S-44 non-volatile", "S-45 10 years", "S-46 1 min/year"}
# reference/lip.md, 10: what has to be, should be, and may be; but for discovery by multicast, which is not served
LIP_ROWS = {
    'login dialogue, prompts, per-line prompt, empty line',
    '`#MONITORING,12,2`, `255,2`, `3\\|4\\|5\\|6\\|8,1` + echo',
    '`#MONITORING,9\\|10\\|11\\|17\\|18,1` accepted',
    'default monitoring on after login',
    '`?SYSTEM,10` in date,time form',
    '`?SYSTEM,6`',
    '`?/#OUTPUT,…,1` (all duration forms), `?OUTPUT,id`',
    '`#OUTPUT,…,2/3/4`',
    '`~OUTPUT,…,1` to every session incl. sender',
    '`#DEVICE,…,3/4`, `~DEVICE` reports',
    '`?/#DEVICE,…,9` + reports',
    '`?GROUP,…,3` + report',
    '`~DEVICE,sensor,2,3/4`',
    '`~ERROR,n` numeric, 1-6',
    'DbXmlInfo.xml',
    '`LOGOUT`, unknown verb tolerated',
    '`#OUTPUT,…,5` flash',
    '`#OUTPUT,…,6` pulse',
    '`#DEVICE,…,5/6/32`',
    '`#/?AREA 1,2,3,4,6,8`',
    '`#/?SHADEGRP 1,2,3,4,6`',
    '`?SYSTEM,1,2,4,5,7,8`',
    '`?TIMECLOCK,…,1`, 2,3,5,6',
    '`SYSVAR,…,1`',
    '`?DEVICE,…,22`',
    '`?DEVICE,…,35`',
    '`MODE,…,1`',
    '`OUTPUT 9-16` blinds',
    'HVAC 3,8,14,15,16',
    'HVAC others, `OUTPUT 17-21, 29, 30, 32`',
    'INTEGRATIONID 1,3; HELP; ETHERNET get; RESET 0',
}


def table():
    for line in (SOURCE / "docs/conformance.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 3 and cells[0] not in ("row", "---"):
            yield cells[0], re.findall(r"`([^`]+)`", cells[2])


@cache
def unit_tests(suite):
    done = subprocess.run([PROGRAMS / f"candela_{suite}_test", "--gtest_list_tests"], capture_output=True, text=True, check=True)
    names, group = set(), ""
    for line in done.stdout.splitlines():
        if line.startswith(" "):
            names.add(group + line.split("#")[0].strip())
        else:
            group = line.split("#")[0].strip()
    return names


@cache
def lessons():
    files = (SOURCE / "projects/lessons").glob("*.scenario")
    return {name for file in files for name in re.findall(r"^scenario: (.+)$", file.read_text(), re.MULTILINE)}


def exists(test):
    if test.startswith("home.lessons: "):
        return test.removeprefix("home.lessons: ") in lessons()
    if ": " in test:
        suite, name = test.split(": ")
        return name in unit_tests(suite)
    return (SOURCE / test).is_file()


def test_every_row_is_there():
    assert {row for row, _ in table()} == ROWS | LIP_ROWS


def test_what_a_home_does_is_shown_by_a_lesson_too():
    taught = {row for row, tests in table() if any(test.startswith("home.lessons: ") for test in tests)}
    assert taught == ROWS - NO_LESSON


@pytest.mark.parametrize("row, tests", table(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_row_names_tests_that_there_are(row, tests):
    assert tests, f"nothing shows '{row}'"
    assert [test for test in tests if not exists(test)] == []
