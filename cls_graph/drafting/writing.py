"""Writes a draft: YAML that reads as a record, its doubts and confidences as comments; or JSON."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from cls_graph.drafting.doubts import doubt
from cls_graph.drafting.outcome import Draft
from cls_graph.errors import Text
from cls_graph.records.layout import HEAD

WIDTH = 110
HEADS = {
    "doubts": {"fr": "À vérifier :", "en": "To check:"},
    "bodies": {
        "fr": "Organismes à ajouter à organisations.yaml (sans identifiant : à vérifier à la source) :",
        "en": "Bodies to add to organisations.yaml (no identifier: check it at its source):",
    },
    "source": {
        "fr": "Positions comptées dans le texte lu ({form}), {characters} caractères, sha256 {sha256}.",
        "en": "Positions count in the text as read ({form}), {characters} characters, sha256 {sha256}.",
    },
    "invalid": {
        "fr": "Ne se lit pas encore comme une fiche ; il manque ou il faut corriger : {paths}.",
        "en": "Does not read as a record yet; missing or to mend: {paths}.",
    },
    "confidence": {"fr": "confiance", "en": "confidence"},
}


def as_json(draft: Draft, lang: str) -> dict[str, Any]:
    """The draft with the keys of a record, ``confidence`` by statement, doubts and new bodies."""
    shown = dict(draft.record)
    shown["organisations"] = draft.organisations
    shown["doubts"] = [d[lang] for d in draft.doubts]
    shown["invalid"] = draft.faults()
    return shown


def as_yaml(draft: Draft, lang: str, *, registered: bool = False) -> str:
    """The draft as the text of a record file; ``registered``: the registry gets what it lacks of it."""
    lines = [HEAD.rstrip()]
    source = draft.record["source"]
    lines += _comment(HEADS["source"][lang].format(**source))
    if faults := draft.faults():
        lines += _comment(HEADS["invalid"][lang].format(paths=", ".join(faults)))
    settled = _settled(draft) if registered else []
    doubts = [d for d in draft.doubts if d not in settled]
    if doubts:
        lines += _comment(HEADS["doubts"][lang])
        for one in doubts:
            lines += _comment("- " + one[lang])
    if draft.organisations and not registered:
        lines += _comment(HEADS["bodies"][lang])
        for entry in draft.organisations:
            lines.append("#   - " + json.dumps(entry, ensure_ascii=False))
    record = {k: v for k, v in draft.record.items() if k != "source"}
    lines += _mapping(record, 0, lang)
    return "\n".join(lines) + "\n"


def _settled(draft: Draft) -> list[Text]:
    """The doubts that go once the registry has what the draft names."""
    source = draft.record["source"]
    bodies = [doubt("not-in-registry", key=b["key"], label=b["label"]) for b in draft.organisations]
    return [doubt("document", key=source["document"], digest=source["sha256"]), *bodies]


def _comment(text: str) -> list[str]:
    """A text as lines of comment; none begins with a mark that belongs to the word before.

    >>> _comment("x" * 104 + " « y » :")[1]
    '#   « y » :'
    """
    held = re.sub(r"(?<=«) | (?=[»:;?!](?: |$))", "\u00a0", text)
    lines = textwrap.wrap(held, WIDTH, subsequent_indent="  ", break_long_words=False)
    return ["# " + line.replace("\u00a0", " ") for line in lines]


def _mapping(node: dict[str, Any], depth: int, lang: str) -> Iterator[str]:
    pad = "  " * depth
    for key, value in node.items():
        if key == "confidence":
            continue
        if key in ("territory_label", "candidates"):
            # Not a key of a record: said in a comment.
            shown = (
                value if isinstance(value, str) else ", ".join(f"{c['party']} ({c['score']})" for c in value)
            )
            yield f"{pad}# {key}: {shown}"
        elif isinstance(value, dict):
            yield f"{pad}{key}:{_mark(value, lang)}"
            yield from _mapping(value, depth + 1, lang)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{pad}{key}:"
            for item in value:
                first, *rest = list(_mapping(item, depth + 2, lang))
                yield f"{pad}  - {first.strip()}{_mark(item, lang)}"
                yield from rest
        else:
            yield f"{pad}{key}: {_scalar(value)}"


def _mark(node: dict[str, Any], lang: str) -> str:
    if "confidence" not in node:
        return ""
    shown = f"{node['confidence']:.2f}"
    return f"  # {HEADS['confidence'][lang]} {shown.replace('.', ',') if lang == 'fr' else shown}"


def _scalar(value: Any) -> str:
    """A value in one line: JSON text is YAML too; a bare word stays bare where it is a code or a number."""
    return json.dumps(value, ensure_ascii=False)
