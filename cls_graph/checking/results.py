"""One result of a SHACL report, the same whichever engine found it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Triple

from cls_graph import namespaces

if TYPE_CHECKING:
    # Only engines give results, and it takes a while to load.
    import rdflib
    from rdflib.term import Node

SEVERITY = {namespaces.SH + name: name.lower() for name in ("Violation", "Warning", "Info")}


@dataclass(frozen=True)
class Result:
    """A validation result (SHACL section 3.6.2)."""

    focus: Node
    shape: Node | None
    constraint: Node | None
    """The SPARQL constraint, where the engine names it."""
    component: str
    severity: str
    value: Node | None
    path: Node | None
    """The path of the shape where it is one property; engines disagree on how to report others."""
    messages: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two results the same, whichever engine and whichever slice found them."""
        return (_text(self.focus), _text(self.shape), self.component, self.severity, _text(self.value))


def _text(node: Node | None) -> str:
    import rdflib

    return node.n3() if isinstance(node, rdflib.term.Identifier) else ""


def results_of(report: rdflib.Graph) -> list[Result]:
    """The results of a report graph; those nested in ``sh:detail`` are left out."""
    import rdflib
    from rdflib.namespace import SH

    found = []
    for node in report.objects(None, SH.result):
        told: dict[Node, list[Node]] = {}
        for prop, value in report.predicate_objects(node):
            told.setdefault(prop, []).append(value)

        def one(prop: Node, told: dict[Node, list[Node]] = told) -> Node | None:
            return told[prop][0] if prop in told else None

        focus, path = one(SH.focusNode), one(SH.resultPath)
        if focus is None:
            continue
        found.append(
            Result(
                focus,
                one(SH.sourceShape),
                one(SH.sourceConstraint),
                str(one(SH.sourceConstraintComponent) or ""),
                SEVERITY.get(str(one(SH.resultSeverity)), "violation"),
                one(SH.value),
                path if isinstance(path, rdflib.URIRef) else None,
                tuple(sorted(map(str, told.get(SH.resultMessage, ())))),
            )
        )
    return found


def ntriples(triples: Iterable[Triple | Quad]) -> bytes:
    """The statements as N-Triples, graph names dropped, without duplicates, in the order given.

    Engines get text and not terms: a plain literal and one of ``xsd:string`` are then the same to both.
    """
    lines = dict.fromkeys(f"{t.subject} {t.predicate} {t.object} .\n" for t in triples)
    return "".join(lines).encode()
