"""The changes between releases for feed readers: Atom (RFC 4287), an entry a release, the newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from cls_graph.changes.changelog import CHANGES
from cls_graph.errors import Text
from cls_graph.release.build import MANIFEST

LANGUAGES = ("fr", "en")
MEDIA_TYPE = "application/atom+xml"
MOST = 200
"""So many changes of a release are told one by one."""

ACTIONS: Mapping[str, Text] = {
    "Create": {"fr": "ajouté", "en": "added"},
    "Update": {"fr": "modifié", "en": "changed"},
    "Delete": {"fr": "retiré", "en": "removed"},
}
_TITLE: Text = {"fr": "Changements : {title}", "en": "Changes: {title}"}
_MORE: Text = {"fr": "… et {n} autres", "en": "… and {n} more"}
_NONE: Text = {"fr": "Aucun changement de fait.", "en": "No fact changed."}
_FAITHFUL = {c: None for c in range(32) if c not in (9, 10, 13)}


@dataclass(frozen=True)
class Entry:
    """A release: its folder, its moment, the page of the feed where its changes begin, what changed.

    ``things`` are the action, the IRI and the name of each.
    """

    folder: Path
    version: str
    created: str
    page: str
    things: Sequence[tuple[str, str, str]]
    evidence: bool = True
    """Whether the sentences about quotes are told: they repeat their words."""


def atom(entries: Sequence[Entry], address: str, own: str, base: str, lang: str) -> str:
    """The feed, at ``own``; its pages as data are under ``address``, its identifiers under ``base``."""
    manifest = _manifest(entries[-1].folder) if entries else {}
    name = _title(manifest, lang) or base
    updated = entries[-1].created if entries else "1970-01-01T00:00:00Z"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
        f"<id>{_text(base)}feed</id>",
        f"<title>{_text(_TITLE[lang].format(title=name))}</title>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_text(name)}</name></author>",
        f'<link rel="self" type="{MEDIA_TYPE}" href={quoteattr(own)}/>',
        *([f"<rights>{_text(str(manifest['licence']))}</rights>"] if manifest.get("licence") else []),
    ]
    for entry in reversed(entries):
        lines += [
            "<entry>",
            f"<id>{_text(base)}feed/{_text(entry.version)}</id>",
            f"<title>Version {_text(entry.version)}</title>",
            f"<updated>{entry.created}</updated>",
            *(
                [f'<link rel="alternate" type="text/turtle" href={quoteattr(f"{address}/{entry.page}")}/>']
                if entry.page
                else []
            ),
            f'<content type="html">{_text(_content(entry, lang))}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _content(entry: Entry, lang: str) -> str:
    """What changed, as HTML: in the words of the changelog, else thing by thing."""
    said = _told(entry, lang) or [
        f"<a href={quoteattr(iri)}>{_text(name)}</a> : {ACTIONS[action][lang]}"
        for action, iri, name in entry.things
    ]
    if not said:
        return f"<p>{_NONE[lang]}</p>"
    more = [_MORE[lang].format(n=len(said) - MOST)] if len(said) > MOST else []
    return "<ul>" + "".join(f"<li>{line}</li>" for line in [*said[:MOST], *more]) + "</ul>"


def _told(entry: Entry, lang: str) -> list[str]:
    """The sentences that the release itself has of its changes."""
    try:
        told = json.loads((entry.folder / CHANGES).read_text(encoding="utf-8"))
        groups = told["groups"]
        sentences = [s for g in groups for s in (g["text"], *_changes(g, entry)) if s]
        return [_text(sentence[lang]) for sentence in sentences]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _changes(group: Mapping[str, Any], entry: Entry) -> list[Any]:
    """The sentences of one thing."""
    return [change["text"] for change in group["changes"] if entry.evidence or not change["evidence"]]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _title(manifest: Mapping[str, Any], lang: str) -> str:
    title = manifest.get("title", "")
    return str(title.get(lang, "")) if isinstance(title, dict) else str(title)


def _text(text: str) -> str:
    return escape(text.translate(_FAITHFUL))
