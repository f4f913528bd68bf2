"""Turtle for people: a base, the prefixes that occur, one node a block, one value a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.namespaces import RDF, XSD
from cls_graph.rdf import AnyTerm

_TYPE = RDF + "type"
_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*[\w])?", re.ASCII)
_PLAIN = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "boolean": re.compile("true|false")}
_NUMBERS = re.compile(r"(\d+)")


def write_turtle(triples: Iterable[Triple], base: str, prefixes: Mapping[str, str], first: str = "") -> str:
    """The triples as Turtle; the same triples give the same text.

    IRIs under ``base`` are written relative to it. The node ``first`` comes before the others.
    """
    return _Writer(base, prefixes).write(triples, first)


class _Writer:
    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        self._base = base
        # The longest namespace that fits names a term.
        spaces = {space: name for name, space in prefixes.items() if space != base}
        self._spaces = sorted(spaces.items(), key=lambda pair: (-len(pair[0]), pair[1]))
        self._used: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def write(self, triples: Iterable[Triple], first: str) -> str:
        nodes: dict[str, dict[str, list[str]]] = {}
        for t in sorted(set(triples), key=lambda t: _natural(str(t.object))):
            node = nodes.setdefault(str(t.subject), {})
            node.setdefault(t.predicate.value, []).append(self._term(t.object))
        ordered = sorted(nodes, key=lambda name: (name != f"<{first}>", _natural(name)))
        blocks = [self._block(name, nodes[name]) for name in ordered]
        head = [f"@base <{self._base}> .\n"]
        head += [f"@prefix {name}: <{space}> .\n" for name, space in sorted(self._used.items())]
        return "\n".join(["".join(head), *blocks])

    def _block(self, subject: str, said: dict[str, list[str]]) -> str:
        name = self._iri(subject[1:-1]) if subject.startswith("<") else subject
        lines = []
        for prop in sorted(said, key=lambda p: (p != _TYPE, p)):
            values = said[prop]
            verb = "a" if prop == _TYPE else self._iri(prop)
            single = len(values) == 1 or prop == _TYPE
            lines.append(f"{verb} " + (", ".join(values) if single else ",\n        ".join(values)))
        return f"{name}\n    " + " ;\n    ".join(lines) + " .\n"

    def _term(self, term: AnyTerm) -> str:
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if not isinstance(term, Literal):
            return str(term)
        plain = _PLAIN.get(term.datatype.value)
        if plain is not None and plain.fullmatch(term.value):
            return term.value
        text = str(term)
        if text.endswith(">"):
            return text[: text.rindex("^^<") + 2] + self._iri(term.datatype.value)
        return text

    def _iri(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._named(iri)
        return self._known[iri]

    def _named(self, iri: str) -> str:
        for space, name in self._spaces:
            local = iri[len(space) :] if iri.startswith(space) else ""
            if _LOCAL.fullmatch(local):
                self._used[name] = space
                return f"{name}:{local}"
        relative = iri[len(self._base) :] if iri.startswith(self._base) else ""
        # A part before a colon would be read as a scheme.
        return (
            f"<{relative}>" if relative and ":" not in relative and relative[0] not in "/?#" else f"<{iri}>"
        )


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """An order in which 2 comes before 10."""
    return tuple((1, int(p), p) if p.isdecimal() else (0, 0, p) for p in _NUMBERS.split(text) if p)
