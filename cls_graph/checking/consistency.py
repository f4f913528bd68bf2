"""Contradictions: what cannot all hold once everything that follows is worked out.

Finds what OWL 2 RL calls false (``falsehoods``), classes and properties that nothing could ever belong to
(``prototypes``), and literals that are not of their datatype, or not of their property's (``literals``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pyoxigraph import Literal, Quad, Triple

from cls_graph.checking.falsehoods import Contradiction, search
from cls_graph.checking.literals import ill_typed, literal_faults
from cls_graph.checking.prototypes import impossible
from cls_graph.entailment import Rule
from cls_graph.entailment.executor import run
from cls_graph.entailment.matching import backwards
from cls_graph.entailment.rule import keys_of
from cls_graph.entailment.sources import Sources
from cls_graph.errors import Text
from cls_graph.findings import Finding, Place, finding
from cls_graph.graphs import UNSPOKEN, Graphs
from cls_graph.namespaces import CLS, DEFAULT_BASE, short
from cls_graph.rdf import AnyTerm, iri
from cls_graph.store.workbench import Workbench

_NAMED_AS = iri(CLS + "nameAsStated")


class Consistency:
    """All that holds by ``rules`` if ``quads`` and ``ontology`` do, searched for contradictions."""

    def __init__(
        self,
        quads: Sequence[Quad],
        ontology: Sequence[Triple],
        rules: Sequence[Rule],
        base: str = DEFAULT_BASE,
        unspoken: frozenset[str] = frozenset(),
    ) -> None:
        """``unspoken``: words that are not to be repeated (``Graphs.unspoken``)."""
        self._unspoken = unspoken
        self._rules, self._base = rules, base
        self._bench = Workbench({*(q.triple for q in quads), *ontology})
        run(self._bench, rules, base)
        self._sources = Sources(self._bench, base)
        self._quads, self._ontology = quads, ontology

    @cached_property
    def _graphs(self) -> dict[Triple, set[str]]:
        """The graphs of each stated triple: worked out once there is something to tell."""
        found: dict[Triple, set[str]] = defaultdict(set)
        for q in self._quads:
            found[q.triple].add(str(getattr(q.graph_name, "value", "")).partition("/graph/")[2] or "?")
        for t in self._ontology:
            found[t].add("ontology")
        return found

    def contradictions(self) -> list[Contradiction]:
        """Every contradiction of the data, each once, in order."""
        return search(self._bench)

    def because(self, facts: Iterable[Triple], lang: str) -> str:
        """Where facts come from: the graph and passage, or the rule and what it rests on."""
        held = [t for t in facts if self._bench.holds(t)]
        return " ; ".join(dict.fromkeys(self._origin(t, lang) for t in held))

    def _origin(self, t: Triple, lang: str) -> str:
        said = f"{self.name(t.predicate, lang)} {self.name(t.object, lang)}"
        if t in self._graphs:
            return f"{said} ({_WORDS['stated'][lang]} {self._where(t, lang)})"
        rules = [r for r in self._rules if self._bench.given(t, r.graph(self._base))]
        leaves = list(dict.fromkeys(self._where(leaf, lang) for leaf in self._leaves(t, {t})))
        names = ", ".join(rule.name for rule in rules)
        return f"{said} ({_WORDS['inferred'][lang]} {names} {_WORDS['from'][lang]} {', '.join(leaves)})"

    def _where(self, t: Triple, lang: str) -> str:
        """The graphs that state a triple, and the first passage that carries it."""
        graphs = ", ".join(sorted(self._graphs[t]))
        passage = next((p for p in self._sources.basis(t).passages if p.quote), None)
        if passage is None:
            return graphs
        document = passage.document.rpartition("/")[2]
        if passage.quote in self._unspoken:
            return f"{graphs}, {document}"
        return f"{graphs}{_WORDS['quote'][lang].format(quote=passage.quote, document=document)}"

    def _leaves(self, t: Triple, seen: set[Triple]) -> Iterator[Triple]:
        """The stated facts that a triple rests on, by the first way that is found."""
        for rule in self._rules:
            if rule.writes not in keys_of(t):
                continue
            for premises in backwards(rule, t, self._bench.match):
                if seen.isdisjoint(premises):
                    seen |= set(premises)
                    for premise in premises:
                        if premise in self._graphs:
                            yield premise
                        else:
                            yield from self._leaves(premise, seen)
                    return

    def name(self, term: AnyTerm, lang: str) -> str:
        """A term in words."""
        if isinstance(term, Literal):
            value = UNSPOKEN if term.value in self._unspoken else term.value
            return f"« {value} »" if lang == "fr" else f"'{value}'"
        code = str(getattr(term, "value", term))
        label = self._sources.label(term, lang)
        return label or next((v.value for v in self._stated_names(term)), "") or short(code) or code

    def _stated_names(self, term: AnyTerm) -> Iterator[Literal]:
        return (v for v in self._sources.values(term, _NAMED_AS) if isinstance(v, Literal))


_WORDS: dict[str, Text] = {
    "stated": {"fr": "énoncé dans", "en": "stated in"},
    "inferred": {"fr": "inféré par la règle", "en": "inferred by rule"},
    "from": {"fr": "d'après", "en": "from"},
    "quote": {"fr": ", « {quote} », {document}", "en": ", '{quote}', {document}"},
}


def check_consistency(graphs: Graphs, rules: Sequence[Rule]) -> list[Finding]:
    """Every contradiction of the data and the ontology, as findings."""
    corpus = graphs.corpus
    quads = [*graphs.stated, *(_in_vocab(t, corpus.iris.graph("vocab")) for t in corpus.vocabularies)]
    checker = Consistency(quads, corpus.ontology, rules, corpus.iris.base, graphs.unspoken)
    found = [*checker.contradictions(), *impossible(corpus.ontology, rules, corpus.iris.base)]
    findings = [_told(c, checker, graphs) for c in found]
    for fault in [*ill_typed(quads), *literal_faults(quads, corpus.ontology, corpus.shapes)]:
        c = Contradiction(fault.code, fault.thing, fault.terms, (), fault.value)
        findings.append(_told(c, checker, graphs))
    return findings


def _in_vocab(t: Triple, graph: str) -> Quad:
    return Quad(t.subject, t.predicate, t.object, iri(graph))


def _told(c: Contradiction, checker: Consistency, graphs: Graphs) -> Finding:
    node = str(getattr(c.thing, "value", c.thing))
    names = [{lang: checker.name(term, lang) for lang in ("fr", "en")} for term in c.terms]
    blank = {"fr": "?", "en": "?"}
    facts = c.facts
    because = {lang: checker.because(facts, lang) or _axiom(c, checker, lang) for lang in ("fr", "en")}
    value = c.other.value if isinstance(c.other, Literal) else ""
    return finding(
        c.code,
        graphs.place(node) or Place(node),
        subject=checker.name(c.thing, "fr"),
        node=node,
        a=names[0] if names else blank,
        b=names[1] if len(names) > 1 else blank,
        other={lang: checker.name(c.other, lang) if c.other is not None else "?" for lang in ("fr", "en")},
        value="" if value in graphs.unspoken else value,
        because=because,
    )


def _axiom(c: Contradiction, checker: Consistency, lang: str) -> str:
    """The terms that exclude each other, where there are no facts to name."""
    return " / ".join(checker.name(term, lang) for term in c.terms[1:]) or "?"
