"""Findings as one HTML page that opens anywhere: no server, no script, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from cls_graph.errors import Text
from cls_graph.findings import SEVERITY_NAMES, Finding, grouped

WORDS: dict[str, Text] = {
    "title": {"fr": "Contrôle des fiches", "en": "Check of records"},
    "clean": {"fr": "Rien à signaler.", "en": "Nothing to report."},
    "why": {"fr": "Pourquoi", "en": "Why"},
    "mend": {"fr": "Comment corriger", "en": "How to mend it"},
    "where": {"fr": "Où", "en": "Where"},
    "what": {"fr": "Quoi", "en": "What"},
    "engine": {"fr": "Règles SHACL vérifiées par", "en": "SHACL shapes checked by"},
    "line": {"fr": "ligne", "en": "line"},
    "rule": {"fr": "règle", "en": "rule"},
    "graph": {"fr": "dans le graphe", "en": "in the graph"},
}
"""The words of the page itself."""


def as_html(findings: Sequence[Finding], lang: str, summary: str, engine: str = "") -> str:
    """The page, in one language: a part for each rule, the gravest first; only these are open."""
    environment = Environment(
        loader=PackageLoader("cls_graph.checking"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["codes"] = codes
    words = {name: texts[lang] for name, texts in WORDS.items()}
    page = environment.get_template("report.html")
    return page.render(
        lang=lang,
        words=words,
        kinds={severity: names[lang] for severity, names in SEVERITY_NAMES.items()},
        groups=grouped(findings),
        summary=summary,
        engine=engine,
    )


def codes(text: str) -> Markup:
    """A sentence with what stands between backticks set as code.

    >>> codes("Add `status` & go.")
    Markup('Add <code>status</code> &amp; go.')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))
