"""Why a statement is there: the passages that carry it, or the rule that gives it and its premises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.entailment.matching import backwards
from cls_graph.entailment.rule import Key, Rule, keys_of, read_rules
from cls_graph.entailment.sources import NOTHING, Basis, Sources
from cls_graph.errors import NotFound, UsageError
from cls_graph.namespaces import prefixes, short
from cls_graph.rdf import RDF_TYPE, AnyTerm, iri
from cls_graph.store import Store
from cls_graph.store.inferred import is_inferred

_NOT_DATA = ("ontology", "shapes", "rules", "catalogue")
_WAYS = 2000
"""Ways in which one rule may give one triple, looked at to find the simplest."""


@dataclass(frozen=True)
class Explanation:
    """A statement and why it is there.

    ``kind`` is ``stated`` (``basis`` says by which passages), ``computed`` (a shortcut) or ``inferred``;
    the latter two have a ``rule`` and ``premises``, which are explained in turn.
    """

    triple: Triple
    kind: str
    graphs: tuple[str, ...]
    labels: tuple[str, str, str]
    basis: Basis = NOTHING
    rule: Rule | None = None
    premises: tuple[Explanation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The explanation as a mapping, premises inside."""
        subject, predicate, value = (
            {"term": str(term), "label": label}
            for term, label in zip(
                (self.triple.subject, self.triple.predicate, self.triple.object), self.labels, strict=True
            )
        )
        found: dict[str, Any] = {
            "kind": self.kind,
            "subject": subject,
            "predicate": predicate,
            "object": value,
            "graphs": list(self.graphs),
        }
        if self.rule is not None:
            found["rule"] = {"iri": self.rule.iri, "sentence": self.rule.meaning}
            found["premises"] = [premise.as_json() for premise in self.premises]
        elif self.kind == "stated":
            found["status"] = self.basis.status or None
            found["notes"] = list(self.basis.notes)
            found["evidence"] = [passage.as_json() for passage in self.basis.passages]
        return found


class Explainer:
    """Explains the statements of a store that holds its rules in ``…/graph/rules``, as a release does."""

    def __init__(self, store: Store, base: str, lang: str = "fr") -> None:
        self._store, self._base, self._lang = store, base, lang
        self._sources = Sources(store, base)
        self._outside = {f"{base}graph/{name}" for name in _NOT_DATA}
        self._shortcuts = f"{base}graph/shortcuts"
        self._writers: dict[Key, list[Rule]] = defaultdict(list)
        for rule in read_rules(store.triples(f"{base}graph/rules")):
            self._writers[rule.writes].append(rule)
        self._known: dict[Triple, Explanation] = {}

    def find(self, subject: str, predicate: str, value: str) -> Triple:
        """The triple that three words name: CURIEs or IRIs, and for the object also a literal or its text.

        Raises ``UsageError`` where they name none, ``NotFound`` where the graph does not hold it.
        """
        s, p = self._term(subject), RDF_TYPE if predicate == "a" else self._term(predicate)
        held = sorted({q.object for q in self._store.quads(s, p, None)}, key=str)
        for term in held:
            plain = term.value if isinstance(term, Literal) else None
            if value in (str(term), plain) or (isinstance(term, NamedNode) and self._names(value, term)):
                return Triple(s, p, term)
        raise _unknown(f"{subject} {predicate} {value}")

    def explain(self, t: Triple) -> Explanation:
        """Why ``t`` is there. Raises ``NotFound`` where it is not."""
        if not self._graphs(t):
            raise _unknown(str(t))
        return self._prove(t, frozenset()) or self._explanation(t, "inferred")

    def _prove(self, t: Triple, above: frozenset[Triple]) -> Explanation | None:
        """An explanation that does not lead back to ``above``, or ``None``.

        What was explained once is explained the same way again: its explanation can hold nothing that
        is still being explained, or that would have been known as well.
        """
        if t in self._known:
            return self._known[t]
        graphs = self._graphs(t)
        found = None
        if any(not is_inferred(NamedNode(g)) and g != self._shortcuts for g in graphs):
            found = self._explanation(t, "stated", basis=self._sources.basis(t))
        else:
            for rule, premises in self._ways(t, graphs):
                if t in premises or not above.isdisjoint(premises):
                    continue
                proofs = self._all(premises, above | {t})
                if proofs is not None:
                    kind = "computed" if rule.shortcut else "inferred"
                    found = self._explanation(t, kind, rule=rule, premises=proofs)
                    break
        if found is not None:
            self._known[t] = found
        return found

    def _all(self, premises: Iterable[Triple], above: frozenset[Triple]) -> tuple[Explanation, ...] | None:
        proofs = []
        for premise in premises:
            proof = self._prove(premise, above)
            if proof is None:
                return None
            proofs.append(proof)
        return tuple(proofs)

    def _ways(self, t: Triple, graphs: tuple[str, ...]) -> Iterator[tuple[Rule, tuple[Triple, ...]]]:
        """The ways in which rules give a triple: the rule of its graph first, stated premises first."""
        rules = [rule for key in keys_of(t) for rule in self._writers[key]]
        rules.sort(key=lambda rule: (rule.graph(self._base) not in graphs, rule.iri))
        for rule in rules:
            ways = islice(backwards(rule, t, self._match), _WAYS)
            yield from ((rule, way) for way in sorted(ways, key=self._simplest))

    def _simplest(self, premises: tuple[Triple, ...]) -> tuple[int, str]:
        graphs = [self._graphs(p) for p in premises]
        computed = sum(all(is_inferred(NamedNode(g)) or g == self._shortcuts for g in g_) for g_ in graphs)
        return computed, " ".join(map(str, premises))

    def _match(
        self, subject: AnyTerm | None, predicate: NamedNode | None, value: AnyTerm | None
    ) -> Iterator[Triple]:
        seen: set[Triple] = set()
        for quad in self._store.quads(subject, predicate, value):
            if getattr(quad.graph_name, "value", "") not in self._outside and quad.triple not in seen:
                seen.add(quad.triple)
                yield quad.triple

    def _graphs(self, t: Triple) -> tuple[str, ...]:
        quads = self._store.quads(t.subject, t.predicate, t.object)
        return tuple(sorted(str(getattr(q.graph_name, "value", "")) for q in quads))

    def _explanation(
        self,
        t: Triple,
        kind: str,
        *,
        basis: Basis = NOTHING,
        rule: Rule | None = None,
        premises: tuple[Explanation, ...] = (),
    ) -> Explanation:
        labels = (self._label(t.subject), self._label(t.predicate), self._label(t.object))
        return Explanation(t, kind, self._graphs(t), labels, basis, rule, premises)

    def _label(self, term: AnyTerm) -> str:
        if isinstance(term, Literal):
            return term.value
        name = str(getattr(term, "value", term))
        label = self._sources.label(term, self._lang)
        if not label and name.startswith(f"{self._base}id/"):
            # A node without a name is known by its place under the thing that it belongs to.
            return name.removeprefix(f"{self._base}id/")
        return label or short(name) or name

    def _term(self, text: str) -> NamedNode:
        """The node that a word names. Raises ``UsageError``."""
        known = prefixes(self._base)
        name, colon, local = text.partition(":")
        try:
            if text.startswith("<") and text.endswith(">"):
                return iri(text[1:-1])
            if colon and name in known and not local.startswith("//"):
                return iri(known[name] + local)
            return iri(text)
        except ValueError:
            raise UsageError(
                f"« {text} » n'est ni un IRI, ni un nom avec un préfixe connu ({', '.join(sorted(known))}).",
                f"'{text}' is neither an IRI nor a name with a known prefix ({', '.join(sorted(known))}).",
            ) from None

    def _names(self, text: str, term: NamedNode) -> bool:
        try:
            return self._term(text) == term
        except UsageError:
            return False


def _unknown(text: str) -> NotFound:
    return NotFound(
        f"Le graphe ne contient pas cet énoncé : {text}", f"The graph does not hold this statement: {text}"
    )
