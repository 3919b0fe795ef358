"""The commands in scripts/: help that helps, wrong use that says so, and tests that are skipped for the one good reason."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]


def run(*command, cwd=SOURCE):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["setup", "run", "test", "check", "bench"])
def test_help_shows_how_to_type_it(name):
    said = run(SOURCE / "scripts" / name, "--help")
    assert said.returncode == 0
    assert f"scripts/{name}" in said.stdout


@pytest.mark.parametrize(
    "words, status, complaint",
    [
        (["setup", "everything"], 2, "unknown argument 'everything'"),
        (["check", "weather"], 2, "there is no step 'weather'"),
        (["run", "no-such-home.yaml"], 1, "there is no project '"),
        (["run", "--state"], 2, "--state needs a folder"),
        (["run", "--leap-port"], 2, "--leap-port needs a value"),
        (["run", "a.yaml", "b.yaml"], 2, "one project at a time"),
    ],
)
def test_wrong_use_is_said(words, status, complaint):
    said = run(SOURCE / "scripts" / words[0], *words[1:])
    assert said.returncode == status
    assert complaint in said.stderr


@pytest.fixture
def without_index(tmp_path):
    """without_index(INDEX) -> a checkout whose setup could not reach that package index."""
    (tmp_path / "tests").mkdir()
    shutil.copy(SOURCE / "tests/run-suite", tmp_path / "tests")

    def make(index):
        marker = tmp_path / "build/unreachable" / index
        marker.parent.mkdir(parents=True)
        marker.write_text(f"the package index of {index} could not be reached\n")
        return tmp_path

    return make


@pytest.mark.parametrize("suite, index", [("clients", "PyPI"), ("page", "npm"), ("browser", "npm")])
def test_a_suite_without_its_packages_is_skipped_and_says_why(without_index, suite, index):
    checkout = without_index(index)
    said = run(checkout / "tests/run-suite", suite, os.devnull, cwd=checkout)
    assert said.returncode == 77  # what ctest is told to take for "skipped"
    assert f"skipped: the package index of {index} could not be reached" in said.stdout


def test_home_assistant_is_skipped_alone(without_index):
    checkout = without_index("PyPI-home-assistant")
    said = run(checkout / "tests/run-suite", "clients", "tests/clients/test_home_assistant.py", cwd=checkout)
    assert said.returncode == 77
    assert "skipped: the package index of PyPI-home-assistant could not be reached" in said.stdout
