"""The threat model keeps its word: its tests exist, its defaults are the settings', every door is in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cls_graph.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
DOORS = (
    "tests/api/test_doors.py",
    "tests/cli/test_doors.py",
    "tests/service/test_sandbox.py",
    "tests/sheets/test_corrupted.py",
)
"""Files whose every test is of a door."""
OTHER = {"test_frames_carry_what_was_packed"}
"""What a test in these files is about that is no door."""


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables of a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    split = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return [row for row in split if row[0] not in ("role", "setting", "property")]


def defined_in(file: str) -> set[str]:
    """The tests that a file defines, as pytest finds them."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds) and node.name.startswith("test_")}


def test_every_property_names_its_symptom_and_a_test() -> None:
    properties = rows(section("Properties"))
    assert len(properties) >= 30
    for cells in properties:
        assert len(cells) == 3, cells
        assert cells[0], cells
        assert cells[1], cells
        assert re.fullmatch(r"(`tests/[\w/]+\.py::test_\w+` ?)+", cells[2]), cells


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_the_tests_that_are_named_exist(file: str) -> None:
    assert {test for named, test in NAMED if named == file} <= defined_in(file)


@pytest.mark.parametrize("file", DOORS)
def test_every_door_is_in_the_model(file: str) -> None:
    assert defined_in(file) - OTHER <= {test for named, test in NAMED if named == file}


def test_the_defaults_are_those_of_the_settings() -> None:
    said = {cells[0].strip("`"): cells[1].strip("`") for cells in rows(section("Knobs"))}
    defaults = Settings()
    for setting in SETTINGS:
        option = "--" + setting.name.replace("_", "-")
        if option in said:
            assert said[option] == str(getattr(defaults, setting.name)), option
        else:
            assert f"`{option}`" in section("Knobs"), f"{option} is neither a knob nor said to be safe"
