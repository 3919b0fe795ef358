"""What all Python tests share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

from daemon import PROJECTS, Daemon  # noqa: E402


@pytest.fixture
def start(tmp_path):
    """start(project name or path, options...) -> a running Daemon in its own state directory; stopped at the end."""
    started = []

    def begin(project="flat", *options, state="state", **more):
        path = PROJECTS / f"{project}.yaml" if isinstance(project, str) else project
        daemon = Daemon(path, tmp_path / state, *options, **more)
        started.append(daemon)
        return daemon.start()

    yield begin
    for daemon in started:
        daemon.stop()
