"""The structure that docs/architecture.md tells: layers, who may use which library, sizes of modules."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import grimp
import pytest
from importlinter import cli

ROOT = Path(__file__).parents[1]
PACKAGES = ("cls_graph", "cls_graph_api")

USERS = {
    "fastapi": {"api"},
    "httpx": {"api", "scoring", "store"},
    "jinja2": {"api", "checking", "scoring"},
    "openpyxl": {"sheets", "workbooks"},
    "pypdfium2": {"drafting"},
    "pyshacl": {"checking"},
    "rdflib": {"checking"},
    "starlette": {"api"},
    "uvicorn": {"api"},
    "yaml": {"records"},
}
"""Libraries that parts of the code keep to themselves, and those parts."""

LINES = 320
LONGER = {
    "api/cls_graph_api/i18n_pages.py": "a table of words",
    "benchmarks/faults.py": "the faults are told one after another, as a table is",
    "cls_graph/errors.py": "the one tree of errors",
    "cls_graph/rules.py": "the one table of rules",
    "cls_graph/store/faults.py": "one walk over the tokens of a query, and what it may meet",
    "cls_graph/scoring/questions.py": "the one table of the queries that are asked",
    "cls_graph/setting_table.py": "the one table of settings",
    "scripts/doc_pages.py": "one function a reference page",
}
"""Modules that are longer, each with its reason."""


@pytest.fixture(scope="module")
def users() -> dict[str, set[str]]:
    """Each library, and the parts of the code that import it."""
    graph = grimp.build_graph(*PACKAGES, include_external_packages=True)
    found = defaultdict(set)
    for module in graph.modules:
        first, *rest = module.split(".")
        if first in PACKAGES:
            part = "api" if first == "cls_graph_api" else (rest or [first])[0]
            for imported in graph.find_modules_directly_imported_by(module):
                found[imported.split(".")[0]].add(part)
    return found


def test_no_layer_reaches_up(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = cli.lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert code == 0, capfd.readouterr().out


@pytest.mark.parametrize("library", sorted(USERS))
def test_a_library_stays_in_its_parts(users: dict[str, set[str]], library: str) -> None:
    assert users[library] <= USERS[library]
    assert users[library], f"{library} is not used any more"


def told_modules() -> tuple[set[Path], list[str]]:
    """The modules that the table of the architecture tells of, and the names in it that are of none."""
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("\n## Modules\n")[1]
    told: set[Path] = set()
    wrong = []
    for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE):
        folder = ROOT / "cls_graph"
        for name in re.findall(r"`([^`]+)`", row):
            place = name.replace("api/…", "api/cls_graph_api")
            tried = (folder / place, ROOT / "cls_graph" / place, ROOT / place)
            path = next((p for p in tried if p.exists()), None)
            if path is None:
                wrong.append(name)
            elif path.is_dir():
                told |= set(path.rglob("*.py"))
            else:
                told.add(path)
                folder = path.parent
    return told, wrong


@pytest.mark.slow
def test_the_service_starts_without_what_checks_and_drafts() -> None:
    """Each of these takes a quarter of a second of every start, and memory of every process."""
    words = "import sys, cls_graph_api.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert not {"rdflib", "pyshacl", "pyshifty", "owlrl", "pypdfium2", "openpyxl"} & set(done.stdout.split())


def test_the_architecture_tells_of_every_module() -> None:
    told, wrong = told_modules()
    assert wrong == []
    modules = {p for part in ("cls_graph", "api") for p in (ROOT / part).rglob("*.py") if p.name[:2] != "__"}
    untold = sorted(str(path.relative_to(ROOT)) for path in modules - told)
    assert not untold, f"give these modules a row in docs/architecture.md: {untold}"


def test_a_module_is_one_concept() -> None:
    long = {
        name
        for folder in (ROOT / "cls_graph", ROOT / "api", ROOT / "benchmarks", ROOT / "scripts")
        for path in folder.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > LINES
        and (name := path.relative_to(ROOT).as_posix())
    }
    assert long == set(LONGER)
