"""The tutorials for analysts: what they show is what happens; both languages tell the same way."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
KINDS = ("analyst", "steward")


def text_of(kind: str, lang: str) -> str:
    return (DOCS / f"tutorial-{kind}.{lang}.md").read_text(encoding="utf-8")


def typed(text: str) -> list[str]:
    """What a reader types: commands and lines of Python, without what differs by language."""
    lines = re.findall(r"^(?:\$|>>>|\.\.\.) (.+)$", text, re.MULTILINE)
    return [re.sub(r" --lang en\b|lang=\"\w\w\"|title=\"[^\"]+\"", "", line) for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_tutorial_for_analysts_shows_what_happens(
    tutorials: ModuleType,
    programs: str,
    bundled_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("CLS_CACHE", str(bundled_cache))
    reader = tutorials.Reader(tmp_path, lang, programs=programs)
    assert reader.walk(text_of("analyst", lang)) == []
    assert {path.name for path in tmp_path.iterdir()} >= {"axes.rq", "axes.csv", "axes.xlsx", "axes.svg"}


def test_a_page_that_shows_something_else_is_found_out(tutorials: ModuleType, tmp_path: Path) -> None:
    page = "`a.txt`\n\n```text\nbonjour\n```\n\n```console\n$ cat a.txt\nbon…\n"
    page += "$ cat a.txt\nbonsoir\n$ false\n```\n\n```python\n>>> open('a.txt').read()\n'bonsoir'\n\n```\n"
    wrong = tutorials.Reader(tmp_path, "fr").walk(page)
    assert [text.splitlines()[0][:10] for text in wrong][:2] == ["$ cat a.tx", "$ false"]
    assert len(wrong) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_lead_the_same_way(kind: str) -> None:
    french, english = typed(text_of(kind, "fr")), typed(text_of(kind, "en"))
    assert french == english
    assert len(french) >= 10
    for lang, other in (("fr", "en"), ("en", "fr")):
        assert f"tutorial-{kind}.{other}.md" in text_of(kind, lang)
