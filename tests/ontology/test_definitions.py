"""The style of definitions: a sentence, affirmative, that says more than the name it defines."""

from __future__ import annotations

import re

import pytest
from rdflib import RDFS, SKOS, Graph, Literal, URIRef

NEGATIVES = {
    "fr": r"\b(ne|pas|aucune?|jamais|ni|non)\b|\bn'",
    "en": r"\b(not|no|never|nor|neither|cannot|none)\b|n't\b",
}
ARTICLES = {"fr": r"(le|la|les|un|une|des|l')\s*", "en": r"(the|an|a)\s+"}


def style_faults(definition: str, label: str, language: str, *, circular: bool = True) -> list[str]:
    """What is wrong with a definition of the thing called ``label``.

    ``circular`` also refuses the label inside the text: for one-word concepts of everyday
    language (water, work) only the opening is held against the label.
    """
    faults = []
    text = definition.replace("\u2019", "'")
    name = re.escape(label.replace("\u2019", "'"))
    if not text[:1].isupper():
        faults.append("capital")
    if not text.endswith(".") or text.endswith("..") or re.search(r"\.\s", text):
        faults.append("full stop")
    if re.match(rf"({ARTICLES[language]})?{name}\b", text, re.IGNORECASE):
        faults.append("label first")
    elif circular and re.search(rf"\b{name}\b", text, re.IGNORECASE):
        faults.append("circular")
    if re.search(NEGATIVES[language], text, re.IGNORECASE):
        faults.append("negative")
    if len(text) < 25 or "  " in text or text != text.strip():
        faults.append("form")
    return faults


def faults_in(graph: Graph, label: URIRef, *, circular: bool) -> list[tuple[str, str, list[str]]]:
    """The faulty definitions of a graph whose things are named by the property ``label``."""
    found = []
    for subject, definition in graph.subject_objects(SKOS.definition):
        assert isinstance(definition, Literal)
        assert definition.language
        names = [o for o in graph.objects(subject, label) if isinstance(o, Literal)]
        (name,) = [n for n in names if n.language == definition.language]
        faults = style_faults(str(definition), str(name), definition.language, circular=circular)
        if faults:
            found.append((str(subject), str(definition), faults))
    return sorted(found)


def test_definitions_of_terms(cls_graph_ttl: Graph) -> None:
    assert faults_in(cls_graph_ttl, RDFS.label, circular=True) == []


def test_definitions_of_concepts_and_schemes(vocab: Graph) -> None:
    assert faults_in(vocab, SKOS.prefLabel, circular=False) == []


def test_definitions_say_different_things(cls_graph_ttl: Graph, schemes: dict[str, Graph]) -> None:
    for graph in (cls_graph_ttl, *schemes.values()):
        values = [o.n3() for o in graph.objects(None, SKOS.definition)]
        assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("text", "label", "language", "fault"),
    [
        ("place held by a body in a contract.", "engagement", "en", "capital"),
        ("Place held by a body in a contract", "engagement", "en", "full stop"),
        ("Place held by a body. A contract has many.", "engagement", "en", "full stop"),
        ("An engagement of a body in a contract.", "engagement", "en", "label first"),
        ("L'engagement d'un organisme dans un contrat.", "engagement", "fr", "label first"),
        ("Place that an engagement gives to a body.", "engagement", "en", "circular"),
        ("Place that is not that of an outsider.", "engagement", "en", "negative"),
        ("Place qui n'est jamais celle d'un tiers.", "engagement", "fr", "negative"),
        ("A place.", "engagement", "en", "form"),
    ],
)
def test_a_faulty_definition_is_seen(text: str, label: str, language: str, fault: str) -> None:
    assert fault in style_faults(text, label, language)
