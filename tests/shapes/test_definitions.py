"""What a reader, a form or a validator relies on in the shapes files themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from cls_graph.checking.quicker import quicker

CLS = "https://w3id.org/cls-sante/ontology#"
VOCAB = "https://w3id.org/cls-sante/vocab/"
SHAPES = "https://w3id.org/cls-sante/shapes#"
FILES = Path(__file__).resolve().parents[2] / "shapes"
REMEDY = URIRef(SHAPES + "remedy")


def every_shape(shapes: Graph) -> Iterator[Node]:
    for kind in (SH.NodeShape, SH.PropertyShape):
        yield from shapes.subjects(RDF.type, kind)


@pytest.mark.slow
def test_shapes_are_valid_shacl(shapes: Graph) -> None:
    options = {"inference": "none", "advanced": False, "do_owl_imports": False}
    with quicker():
        conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True, **options)
    assert conforms, text


@pytest.mark.parametrize("predicate", [SH.name, SH.description, SH.message, REMEDY])
def test_every_shape_speaks_both_languages(shapes: Graph, predicate: URIRef) -> None:
    for shape in every_shape(shapes):
        texts = [text for text in shapes.objects(shape, predicate) if isinstance(text, Literal)]
        given = sorted(text.language or "" for text in texts)
        assert given == ["en", "fr"], f"{shape} needs {predicate} once in French and English, it has {given}"
        for text in texts:
            assert text.strip(), (shape, predicate)
            assert not re.search(r"https?://|\b(cls|sh|skos|rdf|oa|xsd):\w", text), (shape, text)


def test_messages_and_remedies_are_sentences(shapes: Graph) -> None:
    for shape in every_shape(shapes):
        for predicate in (SH.description, SH.message, REMEDY):
            for text in shapes.objects(shape, predicate):
                assert str(text)[0].isupper() or str(text)[0] in "«“", (shape, text)
                assert str(text).endswith("."), (shape, text)


def test_every_shape_has_an_iri_a_place_and_a_severity(shapes: Graph) -> None:
    groups = set(shapes.subjects(RDF.type, SH.PropertyGroup))
    for shape in every_shape(shapes):
        assert isinstance(shape, URIRef)
        assert shape.startswith(SHAPES)
        for predicate in (SH.order, SH.severity, SH.group):
            given = len(list(shapes.objects(shape, predicate)))
            assert given == 1, f"{shape} needs one sh:{predicate.fragment}, it has {given}"
        assert set(shapes.objects(shape, SH.group)) <= groups, shape
    for group in groups:
        labels = [label for label in shapes.objects(group, RDFS.label) if isinstance(label, Literal)]
        assert sorted(label.language or "" for label in labels) == ["en", "fr"], group


def test_fields_of_a_form_do_not_share_a_rank(shapes: Graph) -> None:
    """Fields written for one class; shapes shared between classes keep the rank of their first."""
    for name in set(shapes.subjects(SH.targetClass)):
        own = [p for p in shapes.objects(name, SH.property) if str(p).startswith(f"{name}-")]
        ranks = [shapes.value(p, SH.order) for p in own]
        assert len(ranks) == len(set(ranks)), name


def test_properties_and_value_shapes_are_named(shapes: Graph) -> None:
    for predicate in (SH.property, SH.node, SH.qualifiedValueShape, SH.sparql, SH.prefixes):
        for shape, value in shapes.subject_objects(predicate):
            assert not isinstance(value, BNode), (shape, predicate)


def test_three_severities_are_used(shapes: Graph) -> None:
    assert set(shapes.objects(None, SH.severity)) == {SH.Violation, SH.Warning, SH.Info}


def test_core_holds_violations_only() -> None:
    core = Graph().parse(FILES / "core.ttl")
    assert set(core.objects(None, SH.severity)) == {SH.Violation}


def test_one_query_a_shape_with_the_prefixes_it_needs(shapes: Graph) -> None:
    for owner in shapes.subjects(SH.sparql):
        assert len(list(shapes.objects(owner, SH.sparql))) == 1, owner
        query = shapes.value(owner, SH.sparql)
        select = str(shapes.value(query, SH.select))
        declared = {
            str(shapes.value(declaration, SH.prefix))
            for ontology in shapes.objects(query, SH.prefixes)
            for declaration in shapes.objects(ontology, SH.declare)
        }
        assert set(re.findall(r"(?<![\w?$:/])([a-z]+):\w", select)) <= declared, owner
        assert "$this" in select
        # SHACL 1.0, section 5.1: these would not work with a bound $this.
        assert not re.search(r"\b(VALUES|MINUS|SERVICE)\b", select), owner


def test_shapes_speak_of_terms_that_there_are(shapes: Graph, vocabularies: Graph) -> None:
    """A misspelt term would be silently ignored too: nothing has it, so nothing is found wrong."""
    ontology = Graph().parse(FILES.parent / "ontology" / "cls.ttl") + vocabularies
    used = {str(o) for triple in shapes for o in triple if isinstance(o, URIRef)}
    for text in shapes.objects(None, SH.select):
        used |= {CLS + name for name in re.findall(r"\bcls:(\w+)", str(text))}
    known = set(map(str, ontology.subjects()))
    unknown = sorted(iri for iri in used if iri.startswith((CLS, VOCAB)) and iri not in known | {CLS, VOCAB})
    assert not unknown, f"ontology/ has no {unknown}"


def test_remedy_is_declared_where_the_shapes_are(shapes: Graph) -> None:
    assert (REMEDY, RDF.type, OWL.AnnotationProperty) in shapes


def test_files_name_no_other_shape_than_their_own(shapes: Graph) -> None:
    """A misspelt name of a shape would be silently ignored by a validator."""
    known = set(shapes.subjects())
    used = {o for o in shapes.objects() if isinstance(o, URIRef) and o.startswith(SHAPES)}
    assert used <= known
