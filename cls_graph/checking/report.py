"""Findings as text for people, JSON for programs, a SHACL validation report, and the forms of other tools."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.checking.junit import as_junit
from cls_graph.checking.sarif import as_sarif
from cls_graph.findings import DOT, SEVERITY_NAMES, Finding, Group, count, grouped
from cls_graph.namespaces import DCTERMS, RULES, SH, prefixes
from cls_graph.rdf import RDF_TYPE, Term, lang_text, typed
from cls_graph.rules import SEVERITIES

FORMATS = ("text", "json", "sarif", "junit", "shacl", "html")

_SHACL_SEVERITY = {"violation": "Violation", "warning": "Warning", "info": "Info"}

_PLURALS = {
    "fr": {
        "record": ("fiche", "fiches"),
        "violation": ("erreur", "erreurs"),
        "warning": ("avertissement", "avertissements"),
        "info": ("information", "informations"),
    },
    "en": {
        "record": ("record", "records"),
        "violation": ("error", "errors"),
        "warning": ("warning", "warnings"),
        "info": ("info", "infos"),
    },
}


def render(
    findings: Sequence[Finding],
    form: str,
    lang: str,
    *,
    records: int | None = None,
    show: str = "info",
    engine: str = "",
    files: Sequence[str] = (),
) -> str:
    """The report in one of ``FORMATS``.

    ``show`` is the lowest severity that the text form lists; ``engine`` validated the shapes; ``files`` were
    looked at, with or without findings.
    """
    if form == "json":
        return as_json(findings, lang, records, engine)
    if form == "shacl":
        return as_shacl(findings, engine)
    if form == "sarif":
        return as_sarif(findings, lang, engine)
    if form == "junit":
        return as_junit(findings, lang, engine, files)
    if form == "html":
        from cls_graph.checking.html import as_html  # the templates' engine, which nothing else here needs

        return as_html(findings, lang, summary(findings, lang, records), engine)
    return as_text(findings, lang, records, show, engine)


def as_text(findings: Sequence[Finding], lang: str, records: int | None, show: str, engine: str = "") -> str:
    """One paragraph a finding, what they come down to by rule, then a line that counts them all.

    The gravest come last, where a terminal shows them.
    """
    shown = SEVERITIES[SEVERITIES.index(show) :: -1]
    lines = [f.text(lang) for severity in shown for f in findings if f.severity == severity]
    groups = [g for g in grouped(findings) if g.severity in shown]
    if groups:
        lines += ["", *(_group_line(group, lang) for group in reversed(groups)), ""]
    with_engine = f" ({engine})" if engine else ""
    return "\n".join([*lines, summary(findings, lang, records, show) + with_engine]) + "\n"


def _group_line(group: Group, lang: str) -> str:
    kind = SEVERITY_NAMES[group.severity][lang]
    name = group.first.title[lang] or group.first.message[lang]
    why = f" – {group.first.why[lang]}" if group.first.why[lang] else ""
    return f"{len(group.findings):>5} × {kind}{DOT[lang]}{name}{why}"


def summary(findings: Sequence[Finding], lang: str, records: int | None, show: str = "info") -> str:
    """``8 fiches : 0 erreur, 3 avertissements, 41 informations``."""

    def some(number: int, name: str) -> str:
        singular, plural = _PLURALS[lang][name]
        one = number < 2 if lang == "fr" else number == 1
        return f"{number} {singular if one else plural}"

    totals = count(findings)
    text = ", ".join(some(totals[s], s) for s in SEVERITIES)
    if records is not None:
        text = some(records, "record") + (" : " if lang == "fr" else ": ") + text
    hidden = sum(totals[s] for s in SEVERITIES[SEVERITIES.index(show) + 1 :])
    if hidden:
        option = "--show info"
        text += f" (pour les voir toutes : {option})" if lang == "fr" else f" (to see them all: {option})"
    return text


def as_json(findings: Sequence[Finding], lang: str, records: int | None, engine: str = "") -> str:
    """``{conforms, records, engine, counts, rules, findings}``; ``rules`` counts the findings of each."""
    totals = count(findings)
    report = {
        "conforms": totals["violation"] == 0,
        "records": records,
        "engine": engine or None,
        "counts": totals,
        "rules": [
            {
                "rule": g.rule,
                "severity": g.severity,
                "count": len(g.findings),
                "why": g.first.why[lang] or None,
            }
            for g in grouped(findings)
        ],
        "findings": [f.as_json(lang) for f in findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def as_shacl(findings: Sequence[Finding], engine: str = "") -> str:
    """A SHACL validation report in Turtle (SHACL section 3.6), in both languages.

    Rules checked in Python appear with their IRI as source constraint component; the place is in
    ``dcterms:source``, the engine in ``dcterms:creator``.
    """
    triples: list[Triple] = []

    def add(subject: str, prop: str, value: str | Term) -> None:
        obj = NamedNode(value) if isinstance(value, str) else value
        triples.append(Triple(NamedNode(subject), NamedNode(prop), obj))

    report = "urn:cls-graph:report"
    add(report, RDF_TYPE.value, SH + "ValidationReport")
    add(report, SH + "conforms", typed("false" if findings else "true", "boolean"))
    if engine:
        add(report, DCTERMS + "creator", Literal(engine))
    for index, f in enumerate(findings, start=1):
        node = f"{report}:{index:05d}"
        shape = f.rule.startswith("http")
        add(report, SH + "result", node)
        add(node, RDF_TYPE.value, SH + "ValidationResult")
        add(node, SH + "resultSeverity", SH + _SHACL_SEVERITY[f.severity])
        add(node, SH + "focusNode", f.node or "urn:cls-graph:file")
        if shape:
            add(node, SH + "sourceShape", f.rule)
        add(node, SH + "sourceConstraintComponent", f.component or RULES + f.rule.rpartition("#")[2])
        add(node, DCTERMS + "source", Literal(str(f.place)))
        for lang in ("fr", "en"):
            add(node, SH + "resultMessage", lang_text(f.message[lang], lang))
        if f.value:
            add(node, SH + "value", Literal(f.value))
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes())
    assert data is not None
    return data.decode()
