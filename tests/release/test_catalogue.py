"""What a release says of itself: generated from its own quads, the same every time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT as DCAT_
from rdflib.namespace import RDF

from cls_graph import media
from cls_graph.corpus import Corpus
from cls_graph.namespaces import DCAT, DCTERMS, OWL, SCHEMA, SH, VOID, slug
from cls_graph.publication.catalogue import page, page_triples
from cls_graph.publication.licences import licence_name
from cls_graph.queries import library
from cls_graph.queries.asking import example
from cls_graph.records.iris import Iris
from cls_graph.release import compose
from cls_graph.release.examples import keywords
from cls_graph.store.writing import write_graph
from tests.harvest import LICENCES
from tests.harvest import VCARD as VCARD_

BASE = "https://w3id.org/cls-sante/"
SUITE = Path(__file__).resolve().parents[1] / "suites" / "dcat-ap"
CATALOGUE = NamedNode(BASE + "graph/catalogue")

COMPOSER = """
import hashlib, sys
from cls_graph.corpus import Corpus
from cls_graph.rdf import nquads_lines
from cls_graph.release import compose
quads = compose(Corpus.open(sys.argv[1]))
print(hashlib.sha256("".join(map(str, quads)).encode()).hexdigest())
"""


def about(quads: list[Quad], base: str = BASE) -> list[Quad]:
    return [q for q in quads if q.graph_name == NamedNode(base + "graph/catalogue")]


def test_the_order_of_hashes_changes_nothing(tiny: Any, command: tuple[list[str], dict[str, str]]) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", COMPOSER, str(tiny.root)],
            env={**command[1], "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1


def test_a_partition_keeps_its_name_when_the_data_grows(tiny: Any) -> None:
    def parts(quads: list[Quad]) -> dict[str, str]:
        return {q.subject.value: q.object.value for q in about(quads) if q.predicate.value == VOID + "class"}

    before = parts(compose(tiny.corpus()))
    tiny.edit("persons: []", "persons: [{key: p-1, name: X Y}]", "persons.yaml")
    after = parts(compose(tiny.corpus()))
    assert set(after.values()) - set(before.values()) == {"http://xmlns.com/foaf/0.1/Person"}
    assert before.items() <= after.items()


def test_names_of_partitions_do_not_collide(bundled_quads: list[Quad]) -> None:
    terms = {q.predicate.value for q in bundled_quads}
    terms |= {q.object.value for q in bundled_quads if q.predicate.value.endswith("#type")}
    assert len({slug(t) for t in terms}) == len(terms)


def test_every_question_is_there_with_its_query_and_keywords(bundled_quads: list[Quad]) -> None:
    said = about(bundled_quads)
    queries = {q.subject.value: q.object.value for q in said if q.predicate.value == SH + "select"}
    folder = BASE + ".well-known/sparql-examples/"
    assert queries == {folder + name: example(question) for name, question in library().items()}
    assert not any(text.startswith("#+") for text in queries.values())
    for iri in queries:
        words = [
            q.object for q in said if q.subject.value == iri and q.predicate.value == SCHEMA + "keywords"
        ]
        assert {w.language for w in words if isinstance(w, Literal)} == {"fr", "en"}, iri


def test_keywords_are_the_words_of_the_terms_in_the_query() -> None:
    words = {
        ("http://x/a", "en"): "has engagement",
        ("http://x/b", "en"): "axis",
        ("http://x/c", "en"): "not named",
    }
    query = 'PREFIX x: <http://x/>\nSELECT * { ?s x:a "x:c" ; a x:b . ?x:c x:a <http://x:c> }'
    assert set(keywords(query.replace('"x:c"', "?z").replace("?x:c", "?y"), words, "en")) == {
        "axis",
        "engagement",
    }
    assert keywords(query, words, "fr") == []


def test_another_base_has_its_own_self_description(tiny: Any) -> None:
    tiny.edit(
        "base_iri: https://w3id.org/cls-sante/", "base_iri: https://data.example.org/s/", "dataset.yaml"
    )
    quads = compose(tiny.corpus())
    subjects = {
        q.subject.value for q in quads if q.graph_name.value == "https://data.example.org/s/graph/catalogue"
    }  # type: ignore[union-attr]
    ours = {s for s in subjects if s.startswith("https://data.example.org/s/")}
    assert "https://data.example.org/s/id/dataset/cls-graph" in ours
    assert "https://data.example.org/s/.well-known/sparql-examples/cpam" in ours
    identifiers = {
        q.object.value  # type: ignore[union-attr]
        for q in about(quads, "https://data.example.org/s/")
        if q.predicate.value == DCTERMS + "identifier"
    }
    assert len(identifiers) == 4  # the whole, the terms, the code lists, the contract
    assert all(one.startswith("https://data.example.org/s/id/dataset/") for one in identifiers)
    # The comments of terms stay with the ontology, which is not the fork's.
    assert all(s.startswith(BASE + "ontology#") for s in subjects - ours)


def test_what_was_withdrawn_is_in_the_manifest_and_in_the_data(
    tiny: Any, cli: Callable[..., Any], tmp_path: Any
) -> None:
    tiny.edit('version: "1.2.3"', 'version: "1.2.3"\nwithdrawn: [id/contract/01999-1]', "dataset.yaml")
    run = cli("build", "--corpus", tiny.root, "--out", tmp_path / "out", "--json")
    assert run.code == 0
    assert run.json()["withdrawn"] == ["id/contract/01999-1"]
    gone = NamedNode(BASE + "id/contract/01999-1")
    said = {q.predicate.value: q.object.value for q in compose(tiny.corpus()) if q.subject == gone}
    assert said == {
        "http://www.w3.org/ns/adms#status": "http://purl.org/adms/status/Withdrawn",
        OWL + "deprecated": "true",
    }


@pytest.mark.parametrize(
    "path", ["contract/01999-1", "id/contract", "id/contract/a b", "https://x.example/id/a/b"]
)
def test_a_withdrawn_identifier_is_written_in_one_way(tiny: Any, path: str) -> None:
    tiny.edit('version: "1.2.3"', f'version: "1.2.3"\nwithdrawn: ["{path}"]', "dataset.yaml")
    (finding,) = tiny.violations()
    assert finding.place.file.endswith("dataset.yaml")
    assert "id/contract/26362-3" in str(finding)


def test_the_catalogue_is_quick_beside_the_rest(bundled_quads: list[Quad]) -> None:
    """It is about a release: no larger than the release."""
    corpus = Corpus.open()
    assert 0 < len(about(bundled_quads)) < len(bundled_quads) / 2
    assert {NamedNode(corpus.iris.graph("catalogue"))} == {CATALOGUE}


CONTACT = """version: "1.2.3"
contact: {name: "Équipe du graphe", email: graphe@data.example.org, url: https://data.example.org/contact}"""


def handed_out(quads: list[Quad], base: str = BASE) -> bytes:
    """The first page of the catalogue, as N-Triples."""
    said = [q.triple for q in about(quads)]
    named = [t.object.value for t in said if t.predicate.value == DCAT + "dataset"]  # type: ignore[union-attr]
    shown = page(named, f"{base}id/dataset/cls-graph", 1, 50)
    assert shown is not None
    triples = page_triples(said, shown, Iris(base), {}, lambda path: base + path, lambda n: f"{base}catalog")
    return write_graph(triples, media.by_name("nt", media.GRAPHS))  # type: ignore[arg-type]


def test_whom_to_write_to_is_said_of_every_dataset_where_it_is_known(tiny: Any) -> None:
    assert b"contactPoint" not in handed_out(compose(tiny.corpus()))
    tiny.edit('version: "1.2.3"', CONTACT, "dataset.yaml")
    quads = compose(tiny.corpus())
    text = handed_out(quads)
    assert handed_out(quads[::-1]) == text
    graph = Graph().parse(data=text, format="nt")
    node = URIRef(BASE + "id/agent/contact")
    for dataset in graph.subjects(RDF.type, DCAT_.Dataset):
        assert graph.value(dataset, DCAT_.contactPoint) == node
    assert str(graph.value(node, VCARD_.fn)) == "Équipe du graphe"
    assert graph.value(node, VCARD_.hasEmail) == URIRef("mailto:graphe@data.example.org")
    conforms, _, found = validate(
        graph, shacl_graph=Graph().parse(SUITE / "shapes.ttl"), do_owl_imports=False
    )
    assert conforms, found


def test_an_address_that_is_none_is_told_in_words(tiny: Any) -> None:
    tiny.edit('version: "1.2.3"', CONTACT.replace("@data", " chez data"), "dataset.yaml")
    (finding,) = tiny.violations()
    assert "an e-mail address is expected" in str(finding)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://www.etalab.gouv.fr/licence-ouverte-open-licence/", LICENCES["lov2"][0]),
        ("https://spdx.org/licenses/ODbL-1.0.html", LICENCES["odc-odbl"][0]),
        ("https://creativecommons.org/licenses/by-sa/4.0/", LICENCES["cc-by-sa"][0]),
        ("https://example.org/licence", ""),
    ],
)
def test_a_licence_has_the_name_that_the_portal_knows(address: str, name: str) -> None:
    assert licence_name(address) == name
