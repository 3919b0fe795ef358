"""Documents that lead nowhere cost a newcomer the first hour: links have to exist, and functions named have to as well."""

import re
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def documents():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=SOURCE, capture_output=True, text=True, check=True
    )
    return listed.stdout.split()


@pytest.mark.parametrize("document", documents())
def test_links_to_files_lead_somewhere(document):
    page = SOURCE / document
    links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


def followed_press():
    """The rows '| N. what happens: `Name` | `file` |' of the architecture page."""
    for line in (SOURCE / "docs/architecture.md").read_text().splitlines():
        if re.match(r"\| \d+\. ", line):
            step, file = line.strip("| ").rsplit(" | ", 1)
            yield pytest.param(re.findall(r"`([\w:]+)`", step), file.strip("`"), id=step.split(".")[0])


@pytest.mark.parametrize("names, file", followed_press())
def test_the_press_can_be_followed(names, file):
    assert names
    folder = (SOURCE / file).parent
    text = (SOURCE / file).read_text() + "".join(path.read_text() for path in folder.glob("*.[ch]*"))
    for name in names:
        assert re.search(rf"\b{name.split('::')[-1]}\(", text), f"{name} is not in {folder}"
        assert name.split("::")[0] in text
