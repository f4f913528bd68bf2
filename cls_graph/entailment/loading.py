"""The rules of a corpus, and whether they are still those of its ontology."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Quad, Triple

from cls_graph.corpus import RULES_FILE, Corpus
from cls_graph.entailment.compiling import compile_rules, turtle
from cls_graph.entailment.executor import infer
from cls_graph.entailment.rule import Rule, read_rules
from cls_graph.rdf import parse_graph


def rules_of(corpus: Corpus) -> tuple[Rule, ...]:
    """The rules in force: those of ``rules.ttl``, else compiled. Raises ``CorpusError``."""
    return read_rules(rule_triples(corpus))


def rule_triples(corpus: Corpus) -> list[Triple]:
    """The same as triples, for the graph of rules."""
    if corpus.rules:
        return corpus.rules
    return parse_graph(turtle(compile_rules(corpus.ontology)).encode(), ".ttl", f"ontology-{RULES_FILE}-")


def stale(corpus: Corpus) -> bool:
    """Whether ``rules.ttl`` is there and says something else than the axioms. Raises ``CorpusError``."""
    written = corpus.written("ontology", RULES_FILE)
    return bool(written) and read_rules(written) != own_rules(corpus)


def own_rules(corpus: Corpus) -> tuple[Rule, ...]:
    """The rules of the ontology as its files have it, in no other words. Raises ``CorpusError``."""
    return compile_rules(corpus.written("ontology", "."))


def entail(corpus: Corpus, stated: Sequence[Quad]) -> list[Quad]:
    """The shortcuts and all that is inferred from the data and the code lists, in their graphs; sorted."""
    return infer(rules_of(corpus), {*(q.triple for q in stated), *corpus.vocabularies}, corpus.iris.base)
