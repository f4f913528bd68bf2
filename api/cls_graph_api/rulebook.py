"""The shapes as a page to read: in the order in which one writes a record, by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from cls_graph.checking.html import codes
from cls_graph.namespaces import PREFIXES, RDFS, SH, SHAPES
from cls_graph_api.i18n import language
from cls_graph_api.pages.validation import report_of
from cls_graph_api.representations import rows
from cls_graph_api.responses import while_connected
from cls_graph_api.results import shorten
from cls_graph_api.site import Site

_SHAPES = """
SELECT ?shape ?name ?text ?message ?path ?severity ?target ?remedy ?group ?order WHERE {{
  GRAPH <{graph}> {{
    ?shape <{sh}name> ?name FILTER(LANG(?name) = "{lang}" && isIRI(?shape))
    OPTIONAL {{ ?shape <{sh}description> ?text FILTER(LANG(?text) = "{lang}") }}
    OPTIONAL {{ ?shape <{sh}message> ?message FILTER(LANG(?message) = "{lang}") }}
    OPTIONAL {{ ?shape <{shapes}remedy> ?remedy FILTER(LANG(?remedy) = "{lang}") }}
    OPTIONAL {{ ?shape <{sh}severity> ?severity }}
    OPTIONAL {{ ?shape <{sh}path> ?path FILTER(isIRI(?path)) }}
    OPTIONAL {{ ?shape <{sh}targetClass>|<{sh}targetSubjectsOf>|<{sh}targetObjectsOf> ?target }}
    OPTIONAL {{ ?shape <{sh}group> ?group }}
    OPTIONAL {{ ?shape <{sh}order> ?order }}
  }}
}} ORDER BY ?shape ?target
"""
_GROUPS = """
SELECT ?group ?label ?order WHERE {{
  GRAPH <{graph}> {{
    ?group a <{sh}PropertyGroup> ; <{rdfs}label> ?label FILTER(LANG(?label) = "{lang}")
    OPTIONAL {{ ?group <{sh}order> ?order }}
  }}
}} ORDER BY ?order ?group
"""
_CONTRACT = "LocalHealthContract"
_IDENTITY, _PARTY = f"{SHAPES}group-identity", f"{SHAPES}group-party"
_PARTIES = frozenset({"Organisation", "Person", "Membership"})
"""Classes of which most is what identifies them, and that one meets as parties of a contract."""
_LAST = 1e9

Shape = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """The rules of a class, or of a group of the contract; without a name they are of several classes."""

    name: str
    rules: list[Shape]
    head: Shape | None = None
    """The shape of the class."""


@dataclass
class Section:
    """What a heading is about: its parts. ``key`` is that of its words, where it has no ``name``."""

    anchor: str
    name: str = ""
    key: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of rules."""
        return sum(len(part.rules) for part in self.parts)


async def rulebook(request: Request) -> dict[str, Any]:
    """What the template shows: the shapes that speak by section, and how many there are of each severity."""
    site, lang = Site.of(request), language(request)
    graph = f"{site.base}graph/shapes"
    query = _SHAPES.format(graph=graph, sh=SH, shapes=SHAPES, lang=lang)
    shapes = _read(await while_connected(request, rows(site, query)))
    query = _GROUPS.format(graph=graph, sh=SH, rdfs=RDFS, lang=lang)
    groups = {r["group"]: r["label"] for r in await while_connected(request, rows(site, query))}
    report = report_of(site)
    if report is not None:
        counts = Counter(finding["rule"] for finding in report.findings)
        for shape in shapes:
            shape["found"] = counts[shape["shape"]]
    sections = sections_of(shapes, groups)
    said = Counter(rule["severity"] for section in sections for part in section.parts for rule in part.rules)
    severities = [(name, said[name]) for name in ("Violation", "Warning", "Info") if said[name]]
    return {"sections": sections, "severities": severities, "codes": codes}


def _read(found: Iterable[dict[str, str]]) -> list[Shape]:
    """The shapes, each once, with what they are on."""
    shapes: dict[str, Shape] = {}
    for row in found:
        anchor = row["shape"].rpartition("#")[2]
        empty = {"anchor": anchor, "on": [], "text": "", "message": "", "remedy": "", "group": "", "found": 0}
        shape = shapes.setdefault(row["shape"], {**empty, **row})
        shape["severity"] = row.get("severity", SH + "Violation").rpartition("#")[2]
        shape["order"] = float(row.get("order", _LAST))
        for name in ("target", "path"):
            link = {"text": shorten(row[name], PREFIXES), "iri": row[name]} if name in row else None
            if link and link not in shape["on"]:
                shape["on"].append(link)
    return list(shapes.values())


def sections_of(shapes: Sequence[Shape], groups: Mapping[str, str]) -> list[Section]:
    """The contract by the groups of its form, then each group with its classes, then what rules are made of.

    The class of a shape is what its name begins with (``Milestone`` of ``Milestone-date``). What aims at
    nothing is a piece that other rules use.
    """
    heads = {shape["anchor"]: shape for shape in shapes if "-" not in shape["anchor"]}
    members: dict[str, list[Shape]] = {}
    for shape in sorted(shapes, key=lambda s: (s["order"], s["anchor"])):
        stem, dash, _ = shape["anchor"].partition("-")
        if dash:
            members.setdefault(stem, []).append(shape)
    contract, last = Section("-contract", key="rules_contract"), Section("-pieces", key="rules_pieces")
    found = {group: Section(f"-{group.rpartition('-')[2]}", name) for group, name in groups.items()}
    found[_IDENTITY] = contract
    loose: dict[str, list[Shape]] = {}
    pieces: list[Shape] = []
    if _CONTRACT in heads:
        contract.parts = _contract(heads.pop(_CONTRACT), members.pop(_CONTRACT, []), groups)
    for head in sorted(heads.values(), key=lambda s: (s["order"], s["anchor"])):
        rules = members.pop(head["anchor"], [])
        group = _PARTY if head["anchor"] in _PARTIES else head["group"]
        if "target" not in head:
            pieces += [head, *rules]
        elif rules:
            found.get(group, last).parts.append(Part(head["name"], rules, head))
        else:
            loose.setdefault(group, []).append(head)
    for rules in members.values():  # of a class that has no shape of its own
        loose.setdefault(rules[0]["group"], []).extend(rules)
    for group, rules in loose.items():
        found.get(group, last).parts.append(Part("", rules))
    if pieces:
        last.parts.append(Part("", pieces))
    ordered = [contract, *(section for section in found.values() if section is not contract), last]
    return [section for section in ordered if section.parts]


def _contract(head: Shape, rules: Sequence[Shape], groups: Mapping[str, str]) -> list[Part]:
    """The shape of the contract, then its rules by group."""
    of = {group: [rule for rule in rules if rule["group"] == group] for group in {**groups, "": ""}}
    parts = [Part(groups.get(group, ""), own) for group, own in of.items() if own]
    return [Part(head["name"], [], head), *parts]
