"""The pages hold together: links lead somewhere, versions agree, every key of a record is explained."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cls_graph import __version__
from cls_graph.records import facts
from cls_graph.records import model as m

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RECORDS = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")

PARTS: dict[str, tuple[type[facts.Model], ...]] = {
    "contract": (m.Contract,),
    "period": (facts.Period,),
    "communes": (m.CommuneList,),
    "engagements[]": (m.Engagement,),
    "programme[]": (m.Element,),
    "programme[].indicators[]": (m.Indicator,),
    "programme[].budget[]": (m.Budget,),
    "milestones[]": (m.Milestone,),
    "amendments[]": (m.Amendment,),
    "funding[]": (m.Funding,),
    "counts[]": (m.Count,),
    "frameworks[]": (m.Framework,),
    "evidence[]": (facts.Evidence,),
}


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not target.startswith(("http://", "https://", "mailto:")):
                yield page, target


def test_links_lead_somewhere() -> None:
    dead = []
    for page, target in links():
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            dead.append(f"{page.relative_to(ROOT)}: {target}")
    assert dead == []


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "index.md"
    reached = {(index.parent / t.partition("#")[0]).resolve() for p, t in links() if p == index}
    pages = {page for page in (ROOT / "docs").rglob("*.md") if page != index}
    unreached = sorted(page.name for page in pages - reached)
    assert not unreached, f"docs/index.md has no link to {unreached}"


@pytest.mark.parametrize("language", ["Français", "English"])
def test_every_key_is_explained_in_both_languages(language: str) -> None:
    section = RECORDS.split(f"\n## {language}\n")[1].split("\n## ")[0]
    parts = dict(re.findall(r"^### `(\S+?)` ?: [^\n]*\n(.*?)(?=^### |\Z)", section, re.DOTALL | re.MULTILINE))
    assert set(parts) == set(PARTS)
    for name, models in PARTS.items():
        explained = re.findall(r"^\| `(\w+)` \|", parts[name], re.MULTILINE)
        keys = [key for part in models for key in part.model_fields if key not in facts.QUALIFIERS]
        assert explained == keys


def example() -> str:
    """The complete record of ``docs/records.md``."""
    return RECORDS.split("```yaml\n")[1].split("```")[0]


def test_the_example_passes_check(run_cli: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "26362-3.yaml"
    file.write_text(example(), encoding="utf-8")
    done = run_cli("check", "--lang", "en", file)
    assert done.code == 0, done.out + done.err
    assert "1 record: 0 errors" in done.out


def test_the_quotes_of_the_example_are_in_the_text(
    run_cli: Callable[..., Any], tmp_path: Path, sources: Path
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for record in (tmp_path / "data" / "contracts").iterdir():
        record.unlink()
    (tmp_path / "data" / "contracts" / "26362-3.yaml").write_text(example(), encoding="utf-8")
    done = run_cli("verify", "--corpus", tmp_path, "--sources", sources)
    assert done.code == 0, done.out + done.err


def test_versions_agree() -> None:
    dataset = yaml.safe_load((ROOT / "data" / "dataset.yaml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert citation["version"] == dataset["version"] == __version__
    assert citation["date-released"] == dataset["date"]
    assert f"\n## [{__version__}] - {dataset['date']}\n" in changes


def test_the_words_of_the_examples_are_in_their_lists() -> None:
    codes = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    lists = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", codes, re.DOTALL | re.MULTILINE))
    rows = re.findall(
        r"^\| `\w+` \| .*codes\.md#([a-z-]+)\).* \| `(?:- )?([^`{]+)` \|$", RECORDS, re.MULTILINE
    )
    assert len(rows) >= 20
    assert [(scheme, word) for scheme, word in rows if f"`{word}`" not in lists[scheme]] == []


def test_the_drawing_of_the_ontology_names_what_there_is() -> None:
    drawing = (ROOT / "docs" / "images" / "ontology.svg").read_text(encoding="utf-8")
    ontology = (ROOT / "ontology" / "cls.ttl").read_text(encoding="utf-8")
    terms = set(re.findall(r"^cls:(\w+) a owl:", ontology, re.MULTILINE))
    classes = {name for name in re.findall(r'class="name"[^>]*>([^<]+)<', drawing) if name.isalpha()}
    assert len(classes) >= 8
    assert classes | set(re.findall(r'class="word"[^>]*>([^<]+)<', drawing)) <= terms
