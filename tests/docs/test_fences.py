"""What the pages have their reader type at a terminal is run by a test, or told here with a reason."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "docs" / "newcomer.md"
"""What ``scripts/newcomer`` typed and read, and nobody is to type."""
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted({*(ROOT / "docs").rglob("*.md")} - {LOG})]
FENCE = re.compile(r"^ *```console\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
TYPED = re.compile(r"^ *[$#] (.+?)(?: {2,}# .*)?$", re.MULTILINE)

WALKED = {
    "CONTRIBUTING.md": "tests/docs/test_contributing.py",
    "docs/identifiers.md": "tests/identifiers/test_identifiers.py",
    "docs/tutorial-analyst.en.md": "tests/docs/test_tutorials.py",
    "docs/tutorial-analyst.fr.md": "tests/docs/test_tutorials.py",
    "docs/tutorial-steward.en.md": "tests/docs/test_steward.py",
    "docs/tutorial-steward.fr.md": "tests/docs/test_steward.py",
}
"""Pages all of whose commands another test reads from them."""
RUN = {
    "docs/changes.md": ("cls-graph diff HEAD~3",),
    "docs/upgrading.md": ("cls-graph publish", "cls-graph check", "cls-graph build", "cls-graph diff"),
    "docs/stores.md": ("cls-graph query contracts", "cls-graph query question.rq"),
    "docs/releasing.md": (
        "scripts/release",
        "sha256sum",
        "ssh-keygen",
        "python scripts/installed.py",
    ),
    "docs/operating.md": ("python3 -m venv", "/opt/cls-graph/bin/pip", "cp scripts/deploy"),
}
"""The beginnings of commands that are run: here, and those on releases and services in ``tests/scripts``."""
SYSTEM = "the service manager of a whole machine"
IMAGE = "containers and the network for their base image"
NOT_RUN = {
    "docs/operating.md": {
        "systemctl": SYSTEM,
        "journalctl": SYSTEM,
        "curl": SYSTEM,
        "podman": IMAGE,
    },
    "docs/releasing.md": {"pip install": "a package registry"},
    "docs/testing.md": dict.fromkeys(("pip install", "scripts/test"), "the tests themselves"),
    "docs/upgrading.md": {
        "/opt/cls-graph/bin/pip": "an installation of the version before",
        "systemctl": SYSTEM,
        "curl -s http://127": SYSTEM,
        "curl -s https://data.example.org": "a web server at an address that is only an example",
    },
}  # fmt: skip
"""What a command that is not run would need."""


def commands(page: Path) -> list[str]:
    """What a page has its reader type."""
    return [line for body in FENCE.findall(page.read_text(encoding="utf-8")) for line in TYPED.findall(body)]


def test_every_command_is_run_or_its_reason_is_told() -> None:
    used: set[tuple[str, str]] = set()
    for page in PAGES:
        name = page.relative_to(ROOT).as_posix()
        for command in commands(page) if name not in WALKED else ():
            heads = [h for h in (*RUN.get(name, ()), *NOT_RUN.get(name, ())) if command.startswith(h)]
            assert len(heads) == 1, f"{name}: '$ {command}' is run by no test: add it to RUN, or to NOT_RUN"
            used.add((name, heads[0]))
    told = {(name, head) for table in (RUN, NOT_RUN) for name, heads in table.items() for head in heads}
    assert told == used
    assert all((ROOT / test).is_file() and commands(ROOT / name) for name, test in WALKED.items())


def fences(name: str, *heads: str) -> str:
    """The commands of a page that begin so, as a page of their own."""
    found = [c for c in commands(ROOT / "docs" / name) if c.startswith(heads)]
    assert len(found) == len(heads)
    return "```console\n" + "".join(f"$ {command}\n" for command in found) + "```\n"


@pytest.mark.slow
def test_a_corpus_and_its_publication_are_brought_up_to_date(
    tiny: Any, tutorials: ModuleType, programs: str
) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *words], cwd=tiny.root, check=True)

    git("init", "-q")
    git("add", "data")
    for number in range(4):
        git("commit", "-q", "--allow-empty", "-m", str(number))
    reader = tutorials.Reader(tiny.root, "en", programs=programs)
    assert reader.walk("```console\n$ cls-graph build --out releases/OLD\n```\n") == []
    tiny.edit('version: "1.2.3"', 'version: "1.3.0"', "dataset.yaml")
    assert reader.walk(fences("upgrading.md", *RUN["docs/upgrading.md"][1:])) == []
    assert reader.walk(fences("upgrading.md", "cls-graph publish")) == []
    assert (tiny.root / "public" / "releases" / "1.2.3" / "graph.nq").is_file()
    assert reader.walk(fences("changes.md", "cls-graph diff HEAD~3")) == []


@pytest.mark.slow
def test_questions_are_asked_of_endpoints(
    address: str, oxigraph_home: str, tutorials: ModuleType, programs: str, tmp_path: Path
) -> None:
    (tmp_path / "question.rq").write_text("SELECT (1 AS ?one) {}", encoding="utf-8")
    page = fences("stores.md", *RUN["docs/stores.md"])
    page = page.replace("http://127.0.0.1:8000", address).replace("http://127.0.0.1:7878", oxigraph_home)
    assert tutorials.Reader(tmp_path, "en", programs=programs).walk(page) == []
