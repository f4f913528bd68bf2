"""A comparison told: text for a terminal, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal

from cls_graph.changes.comparing import Comparison, Group
from cls_graph.changes.differences import ADDED, CHANGED, REKEYED, WITHDRAWN, Change
from cls_graph.changes.items import Quoted
from cls_graph.changes.wording import LANGUAGES, Wording
from cls_graph.changes.words import PARTS, Noun, contract, done, plural
from cls_graph.errors import Text
from cls_graph.rdf import AnyTerm

SIGNS = {ADDED: "+", WITHDRAWN: "-"}
WORDS: dict[str, Text] = {
    "none": {"fr": "Rien n'a changé.", "en": "Nothing changed."},
    "derived": {
        "fr": "Rien n'a changé de ce que des personnes écrivent ; énoncés calculés : {withdrawn}, {added}.",
        "en": "Nothing that people write changed; computed statements: {withdrawn}, {added}.",
    },
    "contracts": {"fr": "Contrats", "en": "Contracts"},
    "registry": {"fr": "Registre", "en": "Registry"},
    "model": {"fr": "Modèle et jeu de données", "en": "Model and dataset"},
    "summary": {
        "fr": "Contrats : {added}, {withdrawn}, {changed}. Registre : {registry}.",
        "en": "Contracts: {added}, {withdrawn}, {changed}. Registry: {registry}.",
    },
    "size": {
        "fr": "Au sens du versionnage sémantique : {size}.",
        "en": "In terms of semantic versioning: {size}.",
    },
}
SIZE_WORDS: dict[str, Text] = {
    "major": {"fr": "majeur (un identifiant est retiré)", "en": "major (an identifier is withdrawn)"},
    "minor": {"fr": "mineur (des ajouts)", "en": "minor (additions)"},
    "patch": {"fr": "correctif", "en": "patch"},
}


def section(group: Group) -> str:
    """Which part of a report a group is in."""
    if group.kind == "contract":
        return "contracts"
    return "model" if group.kind in ("ontology", "vocab", "shapes", "rules", "dataset") else "registry"


def heading(comparison: Comparison) -> str:
    """``0.1.0 (2026-11-22) -> 0.2.0 (2026-12-01)``, or the names that were given."""
    return f"{_named(comparison, old=True)} -> {_named(comparison, old=False)}"


def _named(comparison: Comparison, *, old: bool) -> str:
    state, other = (comparison.old, comparison.new) if old else (comparison.new, comparison.old)
    if not state.version or state.version == other.version:
        return state.name + (f" ({state.version})" if state.version else "")
    return f"{state.version} ({state.date})" if state.date else state.version


def summary(comparison: Comparison, lang: str) -> str:
    """One line of counts."""
    contracts = [group.action for group in comparison.groups if group.kind == "contract"]
    if not comparison.groups:
        removed, added = (sum(sizes[side] for sizes in comparison.graphs.values()) for side in (0, 1))
        key = "derived" if comparison.graphs else "none"
        statement = PARTS["other"]
        return WORDS[key][lang].format(**_counted({WITHDRAWN: removed, ADDED: added}, statement, lang))
    counts = {action: contracts.count(action) for action in (ADDED, WITHDRAWN)}
    counts[CHANGED] = contracts.count(CHANGED) + contracts.count(REKEYED)
    registry = sum(section(group) == "registry" for group in comparison.groups)
    kind = comparison.new.kind
    told = kind.noun(WORDS["summary"][lang], lang)
    return told.format(**_counted(counts, contract(kind), lang), registry=registry)


def _counted(counts: dict[str, int], noun: Noun, lang: str) -> dict[str, str]:
    """``1 ajouté``, ``2 ajoutés``, by action."""
    return {action: plural(count, done(action, noun, lang), lang) for action, count in counts.items()}


def size_words(comparison: Comparison, lang: str) -> str:
    """What the changes ask of the version; empty where nothing changed."""
    size = comparison.size
    return WORDS["size"][lang].format(size=SIZE_WORDS[size][lang]) if size else ""


def as_text(comparison: Comparison, lang: str) -> Iterator[str]:
    """Lines for a terminal: each thing, and below it a line a change (``+``, ``-``, ``~``)."""
    wording = Wording(comparison)
    yield heading(comparison)
    yield summary(comparison, lang)
    if words := size_words(comparison, lang):
        yield words
    for group in comparison.groups:
        yield ""
        yield wording.head(group, lang)
        for sign, text in _told(wording, group):
            yield f"  {sign} {text[lang]}"


def _told(wording: Wording, group: Group) -> Iterator[tuple[str, Text]]:
    became = wording.became(group)
    if became is not None:
        yield SIGNS.get(group.action, "~"), became
    for change in group.changes:
        yield SIGNS.get(change.action, "~") if not change.slot else "~", wording.say(group, change)


def as_markdown(comparison: Comparison, lang: str, level: int = 1) -> Iterator[str]:
    """The lines of a Markdown document, whose title is a heading of ``level``."""
    wording, mark = Wording(comparison), "#" * level
    yield f"{mark} {_escaped(heading(comparison))}"
    yield ""
    yield from markdown_body(comparison, wording, lang, level)


def markdown_body(comparison: Comparison, wording: Wording, lang: str, level: int) -> Iterator[str]:
    """What comes below the title."""
    mark = "#" * level
    yield " ".join(filter(None, (summary(comparison, lang), size_words(comparison, lang))))
    last = ""
    for group in comparison.groups:
        if section(group) != last:
            last = section(group)
            yield ""
            yield f"{mark}# {comparison.new.kind.noun(WORDS[last][lang], lang)}"
        yield ""
        yield f"{mark}## {_escaped(wording.head(group, lang))}"
        yield ""
        for _, text in _told(wording, group):
            yield f"- {_escaped(text[lang])}"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    for sign in "\\`*_[]<|#":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def as_json(comparison: Comparison) -> dict[str, Any]:
    """All of it for a program, with the sentences in both languages."""
    wording = Wording(comparison)
    return {
        "old": _side(comparison, old=True),
        "new": _side(comparison, old=False),
        "size": comparison.size or None,
        "summary": {lang: summary(comparison, lang) for lang in LANGUAGES},
        "groups": [_group(wording, group) for group in comparison.groups],
        "graphs": {
            graph: {"removed": removed, "added": added}
            for graph, (removed, added) in sorted(comparison.graphs.items())
        },
    }


def _side(comparison: Comparison, *, old: bool) -> dict[str, Any]:
    state = comparison.old if old else comparison.new
    return {
        "name": state.name if state.folder is None else None,
        "version": state.version or None,
        "date": state.date or None,
        "digest": state.digest or None,
    }


def _group(wording: Wording, group: Group) -> dict[str, Any]:
    became = wording.became(group)
    return {
        "section": section(group),
        "kind": group.kind,
        "iri": group.iri,
        "key": group.key or None,
        "former_key": group.former or None,
        "action": group.action,
        "size": group.size,
        "name": {lang: wording.short(group, lang) for lang in LANGUAGES},
        "text": became and _sentence(wording, group, became),
        "changes": [_change(wording, group, change) for change in group.changes],
    }


def _sentence(wording: Wording, group: Group, text: Text) -> Text:
    """A sentence that stands alone: ``Valence: period end 2027 -> 2028``."""
    colons = {"fr": " : ", "en": ": "}
    return {lang: wording.short(group, lang) + colons[lang] + text[lang] for lang in LANGUAGES}


def _change(wording: Wording, group: Group, change: Change) -> dict[str, Any]:
    old, new = change.quotes
    return {
        "action": change.action,
        "part": change.part,
        "node": change.item,
        "field": change.slot or None,
        "size": change.size,
        "old": _quote(old) if old else [_term(term) for term in change.old],
        "new": _quote(new) if new else [_term(term) for term in change.new],
        "evidence": change.quotes != (None, None),
        "text": _sentence(wording, group, wording.say(group, change)),
    }


def _term(term: AnyTerm) -> str:
    """The value of a term: an IRI, or the text of a literal."""
    return term.value if isinstance(term, Literal) or hasattr(term, "value") else str(term)


def _quote(quote: Quoted) -> dict[str, Any]:
    return {
        "document": quote.document,
        "start": int(quote.start) if quote.start.isdigit() else None,
        "end": int(quote.end) if quote.end.isdigit() else None,
        "quote": quote.exact or None,
    }
