"""``build --no-quotes``: no file that is made of such a release repeats the words of a text."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cls_graph.changes.feed_files import write_feed
from tests.conftest import Run, Tiny

Cli = Callable[..., Run]
WORDS = ("1 000 euros", "ont lancé", "16 avril", "leur 2e CLS", "Exemple et ")
"""Quoted in the tiny corpus, or in the release before it, and no name or title there."""
QUOTE_SHAPE = """
@prefix oa: <http://www.w3.org/ns/oa#> .
clssh:Quote a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property clssh:Quote-context , clssh:Quote-long .
clssh:Quote-context a sh:PropertyShape ; sh:path oa:suffix ; sh:minCount 1 ; sh:severity sh:Info ;
  sh:message "Pas de mots après {$this}."@fr , "No words after {$this}."@en .
clssh:Quote-long a sh:PropertyShape ; sh:path oa:exact ; sh:maxLength 3 ; sh:severity sh:Info ;
  sh:message "Trop long : {$value}."@fr , "Too long: {$value}."@en .
"""
ONCE = """
@prefix cls: <https://w3id.org/cls-sante/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
cls:hasEngagement a owl:FunctionalProperty .
cls:milestoneType a owl:FunctionalProperty .
"""


@pytest.fixture
def telling(tiny: Tiny) -> Tiny:
    """The tiny corpus, whose checks have something to tell of quotes."""
    with (tiny.root / "shapes" / "core.ttl").open("a", encoding="utf-8") as shapes:
        shapes.write(QUOTE_SHAPE)
    (tiny.root / "ontology" / "once.ttl").write_text(ONCE, encoding="utf-8")
    return tiny


def repeated(folder: Path) -> set[tuple[str, str]]:
    """The files of a folder that repeat quoted words, with the words."""
    found = set()
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        parts = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as pack:
                parts = [pack.read(name) for name in pack.namelist()]
        text = "\n".join(part.decode("utf-8", "replace") for part in parts)
        found |= {(path.relative_to(folder).as_posix(), word) for word in WORDS if word in text}
    return found


def build(cli: Cli, tiny: Tiny, out: Path, *words: str | Path) -> None:
    done = cli("build", "--corpus", tiny.root, "--out", out, *words)
    assert done.code == 0, done.err


def after(cli: Cli, tiny: Tiny, first: Path) -> Path:
    """A release without quotes after one with quotes: of two facts, one quoted in other words."""
    tiny.edit("1 000 euros par an", "1 000 euros par AN")
    tiny.edit("2025-04-16", "2025-04-15")
    tiny.edit('version: "1.2.3"', 'version: "2.0.0"', "dataset.yaml")
    second = first.with_name("second")
    build(cli, tiny, second, "--no-quotes", "--previous", first)
    return second


def test_what_the_checks_say_of_a_quote_does_not_repeat_it(telling: Tiny, cli: Cli, tmp_path: Path) -> None:
    build(cli, telling, tmp_path / "full")
    build(cli, telling, tmp_path / "bare", "--no-quotes")
    assert {name for name, _ in repeated(tmp_path / "full")} >= {"findings.json", "graph.nq", "tables.xlsx"}
    assert repeated(tmp_path / "bare") == set()
    full, bare = (
        json.loads((tmp_path / name / "findings.json").read_bytes())["findings"] for name in ("full", "bare")
    )
    kept = ("rule", "node", "file", "line", "severity")
    assert [[f[key] for key in kept] for f in full] == [[f[key] for key in kept] for f in bare]
    assert any("Exemple" in f["subject"] for f in bare), "names and titles stay"
    assert {f["rule"].rpartition("#")[2] for f in bare} >= {"Quote-long", "owl-functional-twice"}


@pytest.mark.slow
def test_a_changelog_after_a_release_with_quotes_repeats_none(
    telling: Tiny, cli: Cli, tmp_path: Path
) -> None:
    before, first = tmp_path / "before", tmp_path / "first"
    build(cli, telling, before)
    telling.edit("amount: 1000", "amount: 1200")
    telling.edit("start: 51, end: 60", "start: 51, end: 60, prefix: Agence, suffix: leur")
    telling.edit('version: "1.2.3"', 'version: "1.2.4"', "dataset.yaml")
    build(cli, telling, first, "--previous", before)
    telling.edit('version: "1.2.4"', 'version: "1.2.3"', "dataset.yaml")
    second = after(cli, telling, first)
    assert repeated(second) == set()
    for name, words in (
        ("CHANGELOG.md", "2025-04-16 -> 2025-04-15"),
        ("CHANGELOG.en.md", "quotes the texts"),
    ):
        assert words in (second / name).read_text(encoding="utf-8")
    third = tmp_path / "third"
    telling.edit("amount: 1200", "amount: 1300")
    telling.edit('version: "2.0.0"', 'version: "2.0.1"', "dataset.yaml")
    build(cli, telling, third, "--no-quotes", "--previous", second)
    assert "## 2.0.0" in (third / "CHANGELOG.md").read_text(encoding="utf-8"), (
        "its own changelog is carried on"
    )


def test_pages_of_the_feed_that_were_closed_stay_as_they_were(
    telling: Tiny, cli: Cli, tmp_path: Path
) -> None:
    first, third = tmp_path / "first", tmp_path / "third"
    build(cli, telling, first)
    second = after(cli, telling, first)
    log = (second / "CHANGELOG.en.md").read_text(encoding="utf-8")
    assert "is not in this changelog" in log, "the release before has none that could quote"
    assert "quotes the texts" not in log
    # A third with quotes again, the data of the first.
    shutil.copytree(first, third)
    manifest = (third / "manifest.json").read_text(encoding="utf-8")
    assert '"version": "1.2.3"' in manifest
    (third / "manifest.json").write_text(manifest.replace('"version": "1.2.3"', '"version": "2.0.1"'))
    chains = ([first], [first, second], [first, second, third], [second], [second, third])
    seen: dict[str, bytes] = {}
    for number, folders in enumerate(chains):
        out = tmp_path / str(number)
        closed = [
            page.name for page in write_feed(folders, out, "https://example.org/feed", 2) if page.closed
        ]
        assert closed
        for name in closed:
            for path in (out / f"{name}.ttl", out / f"{name}.jsonld"):
                data = path.read_bytes()
                assert seen.setdefault(path.relative_to(out).as_posix(), data) == data, folders
    assert repeated(tmp_path / "1") == set()
    assert not (tmp_path / "3" / "no-quotes").exists(), "what never had quotes is under the usual addresses"


@pytest.mark.slow
def test_a_publication_of_it_with_its_history_repeats_none(telling: Tiny, cli: Cli, tmp_path: Path) -> None:
    first = tmp_path / "releases" / "first"
    build(cli, telling, first)
    second = after(cli, telling, first)
    out = tmp_path / "public"
    words = ("--release", second, "--history", first.parent, "--workers", "1", "--formats", "ttl")
    done = cli("publish", "--out", out, "--url", "https://example.org/x", *words)
    assert done.code == 0, done.err
    assert repeated(out) == set()
    assert "1.2.3" in (out / "feed.fr.atom").read_text(encoding="utf-8")
