"""Deprecation as data: a term that is withdrawn says since when, why, and what to use instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, Graph, Literal, Namespace

CLS = Namespace("https://w3id.org/cls-sante/ontology#")

ROOT = Path(__file__).parents[2]
PUBLISHED = set(Path(__file__).with_name("published_terms.txt").read_text(encoding="utf-8").split())
"""The terms of the releases so far."""

GOOD = """cls:new a owl:ObjectProperty .
cls:old a owl:ObjectProperty ; owl:deprecated true ; cls:deprecatedInVersion "0.2.0" ;
    cls:deprecationMessage "Employer cls:new."@fr , "Use cls:new."@en ; dcterms:isReplacedBy cls:new ."""


def deprecation_faults(graph: Graph) -> list[str]:
    """What the withdrawn terms and concepts of a graph leave unsaid."""
    faults = []
    marked = set(graph.subjects(OWL.deprecated, Literal(True)))
    told = {s for p in (CLS.deprecatedInVersion, CLS.deprecationMessage) for s in graph.subjects(p)}
    faults += [f"{term}: not marked owl:deprecated" for term in told - marked]
    for term in marked:
        versions = [str(v) for v in graph.objects(term, CLS.deprecatedInVersion)]
        if len(versions) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", versions[0]):
            faults.append(f"{term}: version")
        messages = [m for m in graph.objects(term, CLS.deprecationMessage) if isinstance(m, Literal)]
        if sorted(str(m.language) for m in messages) != ["en", "fr"]:
            faults.append(f"{term}: message")
        replacements = list(graph.objects(term, DCTERMS.isReplacedBy))
        live = [r for r in replacements if r not in marked and (r, RDF.type, None) in graph]
        if not replacements or live != replacements:
            faults.append(f"{term}: replacement")
    return sorted(faults)


def test_withdrawn_terms_are_explained(terms: Graph, vocab: Graph) -> None:
    assert deprecation_faults(terms + vocab) == []


def own_names(graph: Graph) -> set[str]:
    """The terms that the ontology defines, as ``cls:name``."""
    return {f"cls:{s.removeprefix(CLS)}" for s in map(str, graph.subjects(RDF.type)) if s.startswith(CLS)}


def test_a_term_that_was_published_stays(cls_graph_ttl: Graph) -> None:
    gone = sorted(PUBLISHED - own_names(cls_graph_ttl))
    assert not gone, f"a term is deprecated, never deleted (ontology/CHANGELOG.md says how): {gone}"


def test_a_term_that_is_new_is_told_of(cls_graph_ttl: Graph) -> None:
    log = (ROOT / "ontology" / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = log.partition("\n## Unreleased\n")[2].partition("\n## ")[0]
    untold = sorted(t for t in own_names(cls_graph_ttl) - PUBLISHED if f"`{t}`" not in unreleased)
    assert not untold, f"tell of {untold} under Unreleased in ontology/CHANGELOG.md"


def test_the_pattern_passes(turtle: Callable[[str], Graph]) -> None:
    assert deprecation_faults(turtle(GOOD)) == []


@pytest.mark.parametrize(
    ("cut", "fault"),
    [
        ('cls:deprecatedInVersion "0.2.0" ;', "version"),
        (' , "Use cls:new."@en', "message"),
        ("; dcterms:isReplacedBy cls:new", "replacement"),
        ("owl:deprecated true ;", "not marked"),
        ("cls:new a owl:ObjectProperty .", "replacement"),
    ],
)
def test_what_is_left_out_is_seen(cut: str, fault: str, turtle: Callable[[str], Graph]) -> None:
    assert cut in GOOD
    (found,) = deprecation_faults(turtle(GOOD.replace(cut, "")))
    assert fault in found


def test_the_pattern_is_part_of_the_ontology(cls_graph_ttl: Graph) -> None:
    for term in (CLS.deprecatedInVersion, CLS.deprecationMessage):
        assert (term, RDF.type, OWL.AnnotationProperty) in cls_graph_ttl
