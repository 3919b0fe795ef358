"""The lessons of the user guide are quotations of homes that are played by ctest (home.lessons), so that no page teaches
what the processor does not do. Each block of YAML has to stand in one of them, each scenario in a scenario file."""

import json
import re
import textwrap
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
GUIDE = SOURCE / "docs/user-guide"
LESSONS = SOURCE / "projects/lessons"
PAGES = ["buttons.md", "lights.md", "days.md", "people.md", "programs.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What a button has besides its type.
PROPERTIES = {"position", "name", "engraving", "led", "led_reversed", "hold", "double_tap", "keeps_raise_lower_target",
              "locked"}


def blocks(language):
    return [
        pytest.param(text, id=f"{page}-{number}")
        for page in PAGES
        for number, (kind, text) in enumerate(BLOCK.findall((GUIDE / page).read_text()), 1)
        if kind == language
    ]


def quoted_yaml(pages):
    return "\n".join(text for page in pages for kind, text in BLOCK.findall((GUIDE / page).read_text()) if kind == "yaml")


def scenarios():
    """All of the scenario files, each with its title and its lines."""
    found = set()
    for path in LESSONS.glob("*.scenario"):
        for text in re.split(r"^(?=scenario: )", path.read_text(), flags=re.MULTILINE)[1:]:
            found.add(text.strip())
    return found


def button_schema():
    schema = json.loads((SOURCE / "schema/project.schema.json").read_text())
    return schema["definitions"]["button"]["properties"]


def stands_in(block, text):
    """Line by line, however deep the place is indented."""
    lines = textwrap.dedent(text).splitlines()
    wanted = textwrap.dedent(block).splitlines()
    for at in range(len(lines) - len(wanted) + 1):
        place = "\n".join(lines[at : at + len(wanted)])
        if textwrap.dedent(place).splitlines() == wanted:
            return True
    return False


@pytest.mark.parametrize("block", blocks("yaml"))
def test_yaml_of_the_lessons_stands_in_their_homes(block):
    assert any(stands_in(block, home.read_text()) for home in LESSONS.glob("*.yaml"))


@pytest.mark.parametrize("block", blocks("scenario"))
def test_scenarios_of_the_lessons_are_played(block):
    before, *quoted = (text.strip() for text in re.split(r"^(?=scenario: )", block, flags=re.MULTILINE))
    assert not before
    assert quoted and set(quoted) <= scenarios()


@pytest.mark.parametrize("page", PAGES)
def test_every_lesson_has_yaml_and_a_scenario(page):
    lessons = re.split(r"^## ", (GUIDE / page).read_text(), flags=re.MULTILINE)[1:]
    assert lessons
    bare = [lesson.splitlines()[0] for lesson in lessons if not {"yaml", "scenario"} <= {k for k, _ in BLOCK.findall(lesson)}]
    assert not bare


@pytest.mark.parametrize("kind", sorted(set(button_schema()) - PROPERTIES))
def test_every_type_of_button_has_a_lesson(kind):
    assert re.search(rf"\b{kind}:", quoted_yaml(["buttons.md"])), f"no lesson of buttons.md has a button '{kind}'"


@pytest.mark.parametrize("key", ["hold", "double_tap", "led_reversed", "keeps_raise_lower_target"])
def test_every_gesture_and_option_has_a_lesson(key):
    assert re.search(rf"\b{key}:", quoted_yaml(["buttons.md"]))


def led_logics():
    words = button_schema()["led"]["description"].split(":", 1)[1].split(", or")[0]
    return [word.strip() for word in words.split(",")]


@pytest.mark.parametrize("logic", [*led_logics(), "{when"])
def test_every_logic_of_leds_has_a_lesson(logic):
    assert re.search(rf"\bled: {re.escape(logic)}\b", quoted_yaml(PAGES))


def test_a_block_has_to_stand_there_whole_and_in_order():
    text = "a:\n  - b: 1\n    c: 2\n  - d: 3\n"
    assert stands_in("- b: 1\n  c: 2\n", text)
    assert not stands_in("- b: 1\nc: 2\n", text)
    assert not stands_in("- b: 1\n- d: 3\n", text)
