"""The check that keeps the arrows between the folders: it has to fail when somebody draws one the wrong way."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
CHECK = SOURCE / "scripts/lib/includes.py"
TABLE = """
| folder | purpose | may include | pure |
| --- | --- | --- | --- |
| base | the ground | | |
| engine | decides | base | yes |
| servers | talks | base | |
| runtime | wires | base, engine, servers | |
"""


@pytest.fixture
def checkout(tmp_path):
    """checkout({path in src: text}, table) -> what the check says about such a tree, and its exit status."""

    def check(files, table=TABLE):
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs/architecture.md").write_text(table)
        (tmp_path / "src").mkdir()
        for path, text in files.items():
            (tmp_path / "src" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "src" / path).write_text(text)
        run = subprocess.run([sys.executable, CHECK, "--root", tmp_path], capture_output=True, text=True, check=False)
        return run.stdout + run.stderr, run.returncode

    return check


def test_our_own_tree_keeps_to_the_table():
    run = subprocess.run([sys.executable, CHECK], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_downward_includes_are_fine(checkout):
    files = {
        "base/level.h": "#include <cstdint>\n",
        "engine/engine.h": '#include "base/level.h"\n',
        "runtime/core.cpp": '#include <mutex>\n#include "engine/engine.h"\n',
    }
    said, status = checkout(files)
    assert status == 0, said


WRONG = {
    "upward": (
        {"engine/engine.h": "", "base/level.h": '#pragma once\n#include "engine/engine.h"\n'},
        "src/base/level.h:2: base may not include engine (only nothing): engine/engine.h",
    ),
    "sideways": (
        {"engine/engine.h": "", "servers/server.cpp": '#  include "engine/engine.h"\n'},
        "src/servers/server.cpp:1: servers may not include engine (only base): engine/engine.h",
    ),
    "sideways from a test": (
        {"engine/engine.h": "", "servers/server_test.cpp": '#include "engine/engine.h"\n'},
        "src/servers/server_test.cpp:1: servers may not include engine",
    ),
    "circular within a folder": (
        {
            "engine/a.h": '#include "engine/b.h"\n',
            "engine/b.h": '#include "engine/c.h"\n',
            "engine/c.h": '#include "engine/a.h"\n',
        },
        "loop: engine/a.h -> engine/b.h -> engine/c.h -> engine/a.h",
    ),
    "of a file that is not there": (
        {"engine/a.h": '#include "b.h"\n', "engine/b.h": ""},
        'src/engine/a.h:1: "b.h" is no file below src/',
    ),
    "with the wrong brackets": (
        {"engine/a.h": "#include <base/level.h>\n", "base/level.h": ""},
        'src/engine/a.h:1: our own headers are included with quotes: "base/level.h"',
    ),
    "of the machine in a pure folder": (
        {"engine/a.cpp": "\n#include <thread>\n"},
        "src/engine/a.cpp:2: engine is pure, so <thread> has no place in it",
    ),
    "of a socket library in a pure folder": (
        {"engine/a.cpp": "#include <boost/asio/ip/tcp.hpp>\n"},
        "src/engine/a.cpp:1: engine is pure",
    ),
    "from a folder that the table lacks": (
        {"gadgets/a.h": ""},
        "src/gadgets is not in the table",
    ),
    "reading the clock outside the runtime": (
        {"servers/a.cpp": "auto now = std::chrono::steady_clock::now();\n"},
        "src/servers/a.cpp:1: only runtime reads the machine's clock",
    ),
}


@pytest.mark.parametrize("files, complaint", WRONG.values(), ids=WRONG.keys())
def test_an_include_is_refused(checkout, files, complaint):
    said, status = checkout(files)
    assert complaint in said
    assert status == 1


def test_comments_do_not_count(checkout):
    said, status = checkout({"base/a.h": '// #include "engine/engine.h"\n/*\n#include "engine/engine.h"\n*/\n'})
    assert status == 0, said


def test_a_table_with_a_loop_is_refused(checkout):
    table = TABLE.replace("| base | the ground | |", "| base | the ground | runtime |")
    said, status = checkout({"base/a.h": ""}, table)
    assert "'base' may include runtime, which no row above it describes" in said
    assert status == 2


def test_a_page_without_the_table_is_refused(checkout):
    said, status = checkout({"base/a.h": ""}, "# Architecture\n")
    assert "there is no table" in said
    assert status == 2
