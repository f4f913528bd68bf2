"""The changelog of data releases: what changed since the one before, then what its own changelog said."""

from __future__ import annotations

import json
from pathlib import Path

from cls_graph.changes.comparing import Comparison
from cls_graph.changes.report import as_json, markdown_body
from cls_graph.changes.wording import Wording
from cls_graph.errors import Text

FILES = {"fr": "CHANGELOG.md", "en": "CHANGELOG.en.md"}
CHANGES = "changes.json"
_TITLES: Text = {"fr": "Journal des versions", "en": "Changelog"}
_FIRST: Text = {
    "fr": "Les changements d'avant cette version ne sont pas dans ce journal.",
    "en": "What changed before this version is not in this changelog.",
}
_QUOTING: Text = {
    "fr": "Les changements jusqu'à cette version ne sont pas ici : son propre journal cite les textes.",
    "en": "What changed up to this version is not here: the changelog of that version quotes the texts.",
}
_SECTION = "\n## "


def changelog(comparison: Comparison, lang: str) -> str:
    """The Markdown of the whole changelog of the new state."""
    new = comparison.new
    lines = [f"# {_TITLES[lang]}", "", _heading(new.version, new.date), ""]
    lines += markdown_body(comparison, Wording(comparison), lang, 2)
    return "\n".join(lines) + "\n" + _earlier(comparison, lang)


def _heading(version: str, date: str) -> str:
    return f"## {version}" + (f" ({date})" if date else "")


def _earlier(comparison: Comparison, lang: str) -> str:
    """What the release before said, or that nothing is known of what was before it."""
    old, missing = comparison.old, _FIRST
    if old.folder is not None:
        try:
            text = (old.folder / FILES[lang]).read_text(encoding="utf-8")
        except (OSError, ValueError):
            text = ""
        if _SECTION in text and old.quotes and not comparison.new.quotes:
            missing = _QUOTING
        elif _SECTION in text:
            return _SECTION + text.partition(_SECTION)[2]
    return f"\n{_heading(old.version, old.date)}\n\n{missing[lang]}\n"


def write_changes(comparison: Comparison, folder: Path) -> None:
    """Write the changelog, in French and English, and the changes as JSON."""
    for lang, name in FILES.items():
        (folder / name).write_text(changelog(comparison, lang), encoding="utf-8", newline="\n")
    text = json.dumps(as_json(comparison), ensure_ascii=False, indent=2) + "\n"
    (folder / CHANGES).write_text(text, encoding="utf-8", newline="\n")
