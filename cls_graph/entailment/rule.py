"""A rule: triple patterns that must hold, and the one triple that then follows (SHACL-AF, section 8.3).

Rules are written as ``sh:SPARQLRule`` with a plain ``CONSTRUCT``: basic graph patterns only, so that
the same text runs set-wise on an engine, backwards to explain, and forwards from one changed triple.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.errors import CorpusError, Text
from cls_graph.namespaces import PREFIXES, RDFS, RULES, SH, short
from cls_graph.rdf import RDF_TYPE

SHORTCUT = "shortcut-"
_TOKEN = re.compile(
    r"\s*(?:(?P<iri><[^<>\s]*>)|(?P<var>[?$]\w+)|(?P<name>[\w-]*:[\w-]*|a\b)|(?P<mark>[{}.]))"
)
_FORM = re.compile(r"\s*CONSTRUCT\s*\{(.*)\}\s*WHERE\s*\{(.*)\}\s*", re.DOTALL)


@dataclass(frozen=True)
class Var:
    """A variable of a pattern."""

    name: str

    def __str__(self) -> str:
        return ("$" if self.name == "this" else "?") + self.name


Slot = NamedNode | Var
Atom = tuple[Slot, NamedNode, Slot]
Key = tuple[str, str]
"""What a pattern reads or writes: a property, or for ``rdf:type`` a class."""


@dataclass(frozen=True)
class Rule:
    """One rule. ``head`` follows wherever all of ``body`` holds."""

    iri: str
    head: Atom
    body: tuple[Atom, ...]
    meaning: Text

    @property
    def name(self) -> str:
        """The last part of its IRI, which names its graph too."""
        return self.iri.removeprefix(RULES)

    @property
    def shortcut(self) -> bool:
        """Whether what it gives is one of the shortcuts, which are part of the default graph."""
        return self.name.startswith(SHORTCUT)

    def graph(self, base: str) -> str:
        """The graph that it writes, in a corpus at ``base``."""
        return f"{base}graph/shortcuts" if self.shortcut else f"{base}graph/inferred/{self.name}"

    @cached_property
    def reads(self) -> frozenset[Key]:
        """What its body depends on."""
        return frozenset(key(atom) for atom in self.body)

    @cached_property
    def writes(self) -> Key:
        """What its head adds to."""
        return key(self.head)

    @property
    def construct(self) -> str:
        """The query, with the prefixes of the project."""
        return f"CONSTRUCT {{ {_written(self.head)} }} WHERE {{ {' . '.join(map(_written, self.body))} }}"

    def patterns(self) -> tuple[str, str]:
        """Head and body as SPARQL patterns that need no prefix."""
        return _plain(self.head), " . ".join(map(_plain, self.body))


def key(atom: Atom) -> Key:
    """What a pattern is about."""
    _, predicate, value = atom
    if predicate == RDF_TYPE and isinstance(value, NamedNode):
        return ("class", value.value)
    return ("property", predicate.value)


def keys_of(triple: Triple) -> tuple[Key, ...]:
    """The keys of the patterns that a triple may fit."""
    if triple.predicate == RDF_TYPE:
        return (("class", getattr(triple.object, "value", "")), ("property", RDF_TYPE.value))
    return (("property", triple.predicate.value),)


def read_rules(triples: Iterable[Triple]) -> tuple[Rule, ...]:
    """The rules of ``rules.ttl``, sorted by IRI. Raises ``CorpusError`` for one that is not of the form."""
    found: dict[str, tuple[Atom, tuple[Atom, ...]]] = {}
    said: dict[str, Text] = {}
    for t in triples:
        if not isinstance(t.subject, NamedNode) or not isinstance(t.object, Literal):
            continue
        if t.predicate.value == SH + "construct":
            found[t.subject.value] = _parse(t.subject.value, t.object.value)
        elif t.predicate.value == RDFS + "comment":
            said.setdefault(t.subject.value, {})[t.object.language or "en"] = t.object.value
    rules = []
    for iri, (head, body) in sorted(found.items()):
        texts = said.get(iri, {})
        spare = texts.get("en") or next(iter(texts.values()), iri)
        rules.append(Rule(iri, head, body, {lang: texts.get(lang, spare) for lang in ("fr", "en")}))
    return tuple(rules)


def _parse(iri: str, text: str) -> tuple[Atom, tuple[Atom, ...]]:
    form = _FORM.fullmatch(text)
    try:
        if form is None:
            raise ValueError("CONSTRUCT { … } WHERE { … }")
        (head,), body = _atoms(form[1]), _atoms(form[2])
        bound = {slot for atom in body for slot in atom if isinstance(slot, Var)}
        if not body or not {s for s in head if isinstance(s, Var)} <= bound:
            raise ValueError("?")
    except ValueError as error:
        raise CorpusError(
            f"La règle {iri} n'est pas un CONSTRUCT simple d'un seul triplet ({error}) : {text}",
            f"Rule {iri} is not a plain CONSTRUCT of one triple ({error}): {text}",
        ) from None
    return head, tuple(body)


def _atoms(text: str) -> list[Atom]:
    atoms: list[Atom] = []
    row: list[Slot] = []
    position, text = 0, text.strip() + " . "
    while position < len(text.rstrip()):
        token = _TOKEN.match(text, position)
        if token is None:
            raise ValueError(text[position : position + 20])
        position = token.end()
        if token["mark"]:
            if token["mark"] != "." or len(row) not in (0, 3):
                raise ValueError(token["mark"])
            if row:
                subject, predicate, value = row
                if not isinstance(predicate, NamedNode):
                    raise ValueError(str(predicate))
                atoms.append((subject, predicate, value))
            row = []
        else:
            row.append(_slot(token))
    return atoms


def _slot(token: re.Match[str]) -> Slot:
    if token["var"]:
        return Var(token["var"][1:])
    if token["iri"]:
        return NamedNode(token["iri"][1:-1])
    if token["name"] == "a":
        return RDF_TYPE
    prefix, _, local = token["name"].partition(":")
    if prefix not in PREFIXES:
        raise ValueError(token["name"])
    return NamedNode(PREFIXES[prefix] + local)


def _written(atom: Atom) -> str:
    subject, predicate, value = atom
    verb = "a" if predicate == RDF_TYPE else _name(predicate)
    return f"{_name(subject)} {verb} {_name(value)}"


def _name(slot: Slot) -> str:
    if isinstance(slot, Var):
        return str(slot)
    return short(slot.value) or str(slot)


def _plain(atom: Atom) -> str:
    return " ".join(map(str, atom))
