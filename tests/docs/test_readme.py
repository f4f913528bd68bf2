"""What the README and the pages show is what a user gets."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import httpx
import pytest

from cls_graph.cli import main
from cls_graph.commands import query
from cls_graph.corpus import Corpus
from cls_graph.queries import library
from cls_graph.release.standing import standing
from cls_graph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
STORE = "http://localhost:7878"
FENCE = re.compile(r"^ *```sh\n(.*?)^ *```", re.DOTALL | re.MULTILINE)

ANNOUNCEMENT = (
    "La Ville de Valence et l’Agence régionale de santé Auvergne-Rhône-Alpes ont signé, le 16 avril 2025, "
    "leur troisième contrat local de santé pour 2025-2029.\n"
)
"""A press release, for the commands that read one."""


QUESTIONS = ROOT / "docs" / "queries.md"
ELSEWHERE = ("cls-graph serve", "cls-graph check --watch", "cls-graph identifiers")
"""Commands that go on running, or that need official files; tests of their own run them."""
NOT_RUN = {
    "pip install . && cls-graph serve": "scripts/newcomer runs it",
    "pip install '.[test]' && pytest": "scripts/newcomer runs it",
    "pip install 'cls-graph[analysis]'": "it is on no index yet",
    "python benchmarks/national.py --work DIR": "it takes hours",
    "oxigraph serve ": "tests/store loads into an Oxigraph server, and serves from it",
    "export CLS_STORE_USER=": "tests/store loads into a Virtuoso, and serves from it",
    "export CLS_WRITE_TOKEN=": "the service whose answers docs/writing.md shows is started so",
}
"""How the other fenced commands begin that no test of the pages runs, and why."""


def fenced(page: Path) -> list[str]:
    """The fenced commands of a page."""
    return [
        text for text in every_fence(page) if text.startswith(("cls-graph ", "python benchmarks/generate.py"))
    ]


def every_fence(page: Path) -> list[str]:
    """Everything that a page fences as commands."""
    return [block.strip() for block in FENCE.findall(page.read_text(encoding="utf-8"))]


def blocks() -> list[str]:
    """Every fenced ``cls-graph`` command of the README and the pages, each once, wherever it publishes to."""
    found = dict.fromkeys(text for page in PAGES if page != QUESTIONS for text in fenced(page))
    apart = {re.sub(r" --url \S+", "", text): text for text in found}
    return [text for text in apart.values() if not text.startswith(ELSEWHERE)]


def first_of_each() -> set[str]:
    """For each command the first block with it, which runs the installed program."""
    return set({text.split()[1]: text for text in reversed(blocks())}.values())


def test_every_answer_is_what_the_command_prints(answers: ModuleType, address: str) -> None:
    shown = [
        exchange for page in answers.PAGES for exchange in answers.exchanges(page.read_text(encoding="utf-8"))
    ]
    for command, answer in shown:
        assert answers.ask(command, address) == answer, command
    asked = {name for name in library() if any(f"queries/{name}.rq" in command for command, _ in shown)}
    assert asked == {
        "announced",
        "cpam",
        "facts",
        "funding",
        "inferred-dates",
        "shared-determinants",
        "shared-parties",
    }


def test_every_page_with_answers_is_compared(answers: ModuleType) -> None:
    showing = {page for page in PAGES if answers.exchanges(page.read_text(encoding="utf-8"))}
    uncompared = showing - {*answers.PAGES, ROOT / "docs" / "writing.md"}
    assert not uncompared, f"name these under PAGES in scripts/readme_answers.py: {uncompared}"


def test_every_fenced_command_is_run_or_it_is_said_why_not(answers: ModuleType) -> None:
    unrun = []
    for page in PAGES:
        compared = {command.strip() for command, _ in answers.exchanges(page.read_text(encoding="utf-8"))}
        unrun += [text for text in every_fence(page) if text not in {*fenced(page), *compared}]
    excepted = [start for text in unrun for start in NOT_RUN if text.startswith(start)]
    assert len(excepted) == len(unrun), unrun
    assert set(excepted) == set(NOT_RUN)


def test_the_page_on_writing_shows_what_happens(answers: ModuleType, writable: str, tmp_path: Path) -> None:
    shown = answers.exchanges((ROOT / "docs" / "writing.md").read_text(encoding="utf-8"))
    assert len(shown) == 3
    for command, answer in shown:
        assert answers.ask(command, writable, tmp_path) == answer, command


def test_the_start_page_shows_counts_and_questions(address: str) -> None:
    page = httpx.get(address + "/", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert page.status_code == 200
    assert re.search(r"<strong>8</strong>\s*contracts", page.text)


@pytest.fixture(scope="module")
def workplace(bundled_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data, so that no command of a page can change the checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    subprocess.run(["cp", "-r", str(ROOT / "data"), str(folder / "data")], check=True)
    for name in ("benchmarks", "ontology", "shapes", "cls_graph", "docs"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "communique.txt").write_text(ANNOUNCEMENT, encoding="utf-8")
    for name in ("release", "releases/0.1.0", "releases/0.2.0"):
        shutil.copytree(bundled_release, folder / name)
    return folder


@pytest.mark.slow
def test_every_question_is_asked_as_its_page_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bundled_cache: Path
) -> None:
    monkeypatch.setenv("CLS_CACHE", str(bundled_cache))
    # The same data for all of them: they are read once.
    monkeypatch.setattr(query, "standing", lambda corpus, settings: data)
    data = standing(Corpus.open(ROOT), Settings.load())
    commands = [shlex.split(text) for text in fenced(QUESTIONS)]
    assert {words[2] for words in commands} == set(library())
    for words in commands:
        assert main([*words[1:], "--corpus", str(ROOT), "--format", "csv"]) == 0, words
        assert "," in capsys.readouterr().out, words


@pytest.mark.parametrize("block", blocks())
def test_a_fenced_command_runs(
    block: str,
    answers: ModuleType,
    programs: str,
    workplace: Path,
    bundled_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setenv("CLS_CACHE", str(bundled_cache))
    program = {} if block in first_of_each() else {"programs": programs}
    if "--sources" in block:
        folder = str(request.getfixturevalue("sources").resolve())
        block = re.sub(r"--sources \S+", f"--sources {folder}", block)
    if STORE in block:
        block = block.replace(STORE, request.getfixturevalue("oxigraph_home"))
    served = answers.ADDRESS in block
    home = request.getfixturevalue("address") if served else answers.ADDRESS
    said = answers.ask(block, home, workplace, **program)
    written = re.search(r"(?: > | --out | --xlsx )(\S+)", block)
    assert (workplace / written[1]).exists() if written else said


def test_the_two_commands_are_exact() -> None:
    fences = [f.strip() for f in FENCE.findall(README)]
    assert "pip install . && cls-graph serve" in fences
    assert "pip install '.[test]' && pytest" in fences


def test_every_command_is_in_the_readme(installed: Path) -> None:
    said = subprocess.run(
        [str(installed), "--help", "--lang", "en"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "200"},
    ).stdout
    names = re.findall(r"^    ([a-z]+)  ", said, re.MULTILINE)
    assert "serve" in names
    for name in names:
        assert f"| `cls-graph {name}` |" in README


@pytest.mark.slow
def test_reference_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_docs.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
