"""What the dataset says of itself, over HTTP: in the endpoint, as editors ask it, and at /.well-known."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from cls_graph.namespaces import prefixes
from cls_graph.queries import library
from cls_graph.records.tree import parse

BASE = "https://w3id.org/cls-sante/"
CLS = BASE + "ontology#"
HTML = {"Accept": "text/html"}
VOID = "http://rdfs.org/ns/void#"
SH = "http://www.w3.org/ns/shacl#"

# What an editor that knows nothing of us asks of any endpoint.
PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace
WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }
ORDER BY ?prefix"""
EXAMPLES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?sq"""
PARTITIONS = """PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype ?label ?comment WHERE {
  {
    ?cp void:class ?subjectClass ; void:propertyPartition ?pp . ?pp void:property ?prop .
    OPTIONAL { ?prop rdfs:label ?label }
    OPTIONAL { ?prop rdfs:comment ?comment }
    OPTIONAL {
      { ?pp void:classPartition [ void:class ?objectClass ] }
      UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
    }
  } UNION {
    ?linkset void:subjectsTarget [ void:class ?subjectClass ] ; void:linkPredicate ?prop ;
      void:objectsTarget [ void:class ?objectClass ] .
  }
}"""
CLASSES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX void: <http://rdfs.org/ns/void#>
SELECT DISTINCT ?class ?label ?comment WHERE {
  ?part void:class ?class .
  ?class rdfs:label ?label ; rdfs:comment ?comment FILTER(LANG(?label) = LANG(?comment))
}"""

# The graphs that the figures are about.
OUTSIDE = f"<{BASE}graph/shapes>, <{BASE}graph/rules>, <{BASE}graph/catalogue>"
TRIPLES = f"""{{ SELECT DISTINCT ?s ?p ?o WHERE {{
  GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({OUTSIDE}) && !CONTAINS(STR(?g), "/graph/inferred/"))
}} }}"""
HEAD = """PREFIX void: <http://rdfs.org/ns/void#>
PREFIX ext: <http://ldf.fi/void-ext#>
"""


def types(thing: str, name: str) -> str:
    """The pattern of the classes of a thing, in the graphs that the figures are about."""
    return f"""{{ SELECT DISTINCT ?{thing} ?{name} WHERE {{
      GRAPH ?h {{ ?{thing} a ?{name} FILTER isIRI(?{name}) }} FILTER(?h NOT IN ({OUTSIDE}))
    }} }}"""


def ask(client: httpx.Client, query: str) -> list[dict[str, str]]:
    """The rows of a query, asked the way that the editors do."""
    response = client.get(
        "/sparql", params={"ac": "1", "query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert response.status_code == 200, response.text
    return [{k: v["value"] for k, v in row.items()} for row in response.json()["results"]["bindings"]]


def counted(client: httpx.Client, query: str) -> dict[tuple[str, ...], int]:
    """The column ``n`` by the other columns."""
    rows = ask(client, HEAD + query)
    return {tuple(v for k, v in sorted(row.items()) if k != "n"): int(row["n"]) for row in rows}


def test_editors_find_every_prefix_and_only_one_meaning_of_each(bundled: httpx.Client) -> None:
    rows = [(row["prefix"], row["namespace"]) for row in ask(bundled, PREFIXES)]
    assert dict(rows) == prefixes(BASE)
    assert len(rows) == len(dict(rows))


def test_editors_find_every_question_of_the_library_in_both_languages(bundled: httpx.Client) -> None:
    comments: dict[str, set[str]] = {}
    for row in ask(bundled, EXAMPLES):
        name = row["sq"].removeprefix(BASE + ".well-known/sparql-examples/")
        comments.setdefault(name, set()).add(row["comment"])
    assert comments == {name: set(q.title.values()) for name, q in library().items()}


def test_every_example_is_answered_with_rows(bundled: httpx.Client) -> None:
    queries = {row["sq"]: row["query"] for row in ask(bundled, EXAMPLES)}
    assert len(queries) == len(library())
    for iri, query in queries.items():
        # The bundled sources never disagree on a period.
        assert bool(ask(bundled, query)) != iri.endswith("/period-conflicts"), iri


def test_editors_complete_classes_and_properties(bundled: httpx.Client) -> None:
    rows = ask(bundled, PARTITIONS)
    found = {(r["subjectClass"], r["prop"], r.get("objectClass", r.get("objectDatatype"))) for r in rows}
    contract, engagement = CLS + "LocalHealthContract", CLS + "Engagement"
    assert (contract, CLS + "hasEngagement", engagement) in found
    assert (contract, CLS + "ordinal", "http://www.w3.org/2001/XMLSchema#integer") in found
    assert (engagement, CLS + "party", "http://www.w3.org/ns/org#Organization") in found
    without = {r["prop"] for r in rows if r["prop"].startswith(CLS) and not {"label", "comment"} <= r.keys()}
    assert without == set()


def test_every_class_of_ours_has_a_label_and_a_comment_in_both_languages(bundled: httpx.Client) -> None:
    told: dict[str, int] = {}
    for row in ask(bundled, CLASSES):
        told[row["class"]] = told.get(row["class"], 0) + 1
    used = ask(bundled, f"SELECT DISTINCT ?c {{ {types('s', 'c')} FILTER STRSTARTS(STR(?c), '{CLS}') }}")
    assert len(used) > 10
    assert {row["c"]: told.get(row["c"]) for row in used} == {row["c"]: 2 for row in used}


# --- the figures, worked out again by the store


def test_the_figures_of_classes_are_right(bundled: httpx.Client) -> None:
    said = counted(
        bundled, "SELECT ?c ?n { ?d void:classPartition ?k . ?k void:class ?c ; void:entities ?n }"
    )
    real = counted(bundled, f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ {types('s', 'c')} }} GROUP BY ?c")
    assert len(real) > 30
    assert said == real


def test_the_figures_of_properties_are_right(bundled: httpx.Client) -> None:
    parts = f"<{BASE}id/dataset/cls-graph> void:propertyPartition ?q . ?q void:property ?p ; void:triples ?n"
    said = counted(bundled, f"SELECT ?p ?n {{ {parts} }}")
    real = counted(bundled, f"SELECT ?p (COUNT(*) AS ?n) {{ {TRIPLES} }} GROUP BY ?p")
    assert len(real) > 100
    assert said == real


def test_the_figures_of_properties_of_classes_are_right(bundled: httpx.Client) -> None:
    parts = "?k void:class ?c ; void:propertyPartition ?q . ?q void:property ?p ; void:triples ?n"
    said = counted(bundled, f"SELECT ?c ?p ?n {{ {parts} }}")
    pattern = f"{TRIPLES} {types('s', 'c')}"
    real = counted(bundled, f"SELECT ?c ?p (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?c ?p")
    assert len(real) > 300
    assert said == real


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ("void:classPartition ?w . ?w void:class ?v", types("o", "v")),
        ("ext:datatypePartition ?w . ?w ext:datatype ?v", "FILTER isLITERAL(?o) BIND(DATATYPE(?o) AS ?v)"),
    ],
    ids=["classes", "datatypes"],
)
def test_the_figures_of_values_are_right(bundled: httpx.Client, values: str, pattern: str) -> None:
    parts = f"?k void:class ?c ; void:propertyPartition ?q . ?q void:property ?p ; {values} ; void:triples ?n"
    said = counted(bundled, f"SELECT ?c ?p ?v ?n {{ {parts} }}")
    everything = f"{TRIPLES} {types('s', 'c')} {pattern}"
    real = counted(bundled, f"SELECT ?c ?p ?v (COUNT(*) AS ?n) {{ {everything} }} GROUP BY ?c ?p ?v")
    assert len(real) > 100
    assert said == real


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("triples", f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} }}"),
        ("properties", f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ {TRIPLES} }}"),
        ("classes", f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ {types('s', 'c')} }}"),
        (
            "entities",
            f"SELECT (COUNT(DISTINCT ?s) AS ?n) "
            f"{{ {types('s', 'c')} FILTER STRSTARTS(STR(?s), '{BASE}id/') }}",
        ),
    ],
)
def test_the_totals_are_right(bundled: httpx.Client, name: str, query: str) -> None:
    said = counted(bundled, f"SELECT ?n {{ <{BASE}id/dataset/cls-graph> void:{name} ?n }}")
    assert said == counted(bundled, query)


def test_the_links_to_other_vocabularies_are_counted(bundled: httpx.Client) -> None:
    said = counted(
        bundled,
        f"""SELECT ?p ?space ?n {{
          ?l a void:Linkset ; void:objectsTarget ?t ; void:linkPredicate ?p ; void:triples ?n ;
            void:subjectsTarget <{BASE}id/dataset/cls-graph> . ?t void:uriSpace ?space
        }}""",
    )
    spaces = sorted({space for _, space in said})
    frequency = "http://publications.europa.eu/resource/authority/frequency/"
    assert {"http://eurovoc.europa.eu/", "http://id.nlm.nih.gov/mesh/", frequency} <= set(spaces)
    for space in spaces:
        pattern = f"{TRIPLES} FILTER(isIRI(?o) && STRSTARTS(STR(?o), '{space}'))"
        real = counted(bundled, f"SELECT ?p (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?p")
        assert {(p,): n for (p, where), n in said.items() if where == space} == real, space


# --- at the well-known addresses


def test_void_at_its_well_known_address(bundled: httpx.Client) -> None:
    response = bundled.get("/.well-known/void")
    assert response.headers["content-type"].startswith("text/turtle")
    found = set(ox.parse(response.content, ox.RdfFormat.TURTLE))
    assert any(
        q.object.value == VOID + "DatasetDescription" for q in found if isinstance(q.object, ox.NamedNode)
    )
    values = {
        (q.predicate.value.rpartition("#")[2], q.object.value)
        for q in found
        if isinstance(q.object, ox.NamedNode)
    }
    (endpoint,) = [v for n, v in values if n == "sparqlEndpoint"]
    assert httpx.get(endpoint, params={"query": "ASK {}", "format": "csv"}).text == "true"
    dumps = [v for n, v in values if n == "dataDump"]
    assert len(dumps) == 3
    assert {httpx.head(url).status_code for url in dumps} == {200}
    assert bundled.get("/.well-known/void", headers=HTML).headers["location"] == "/page/dataset/cls-graph"
    again = bundled.get("/.well-known/void", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["void", "sparql-examples", "sparql-prefixes", "sparql-examples/cpam"])
def test_the_well_known_documents_say_the_same_in_every_format(bundled: httpx.Client, path: str) -> None:
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdf": ox.RdfFormat.RDF_XML,
    }
    sets = [set(ox.parse(bundled.get(f"/.well-known/{path}.{s}").content, f)) for s, f in formats.items()]
    assert len(sets[0]) > 5
    assert all(s == sets[0] for s in sets)
    turtle = bundled.get(f"/.well-known/{path}?format=ttl")
    assert turtle.content == bundled.get(f"/.well-known/{path}.ttl").content
    assert bundled.get(f"/.well-known/{path}.docx").status_code == 404


def test_a_browser_is_led_to_the_pages_of_the_questions(bundled: httpx.Client) -> None:
    for path in ("", "/cpam"):
        response = bundled.get(f"/.well-known/sparql-examples{path}", params={"lang": "en"}, headers=HTML)
        assert response.status_code == 303
        assert response.headers["location"] == f"/queries{path}?lang=en"
    page = bundled.get("/queries/cpam", headers=HTML).text
    for form in ("rq", "ttl"):
        link = re.search(rf'href="(/.well-known/sparql-examples/cpam\.{form}[^"]*)"', page)
        assert link
        assert bundled.get(link[1]).status_code == 200
    assert bundled.get("/.well-known/sparql-examples/none").status_code == 404


@pytest.mark.parametrize("name", ["void", "sparql-examples", "sparql-examples/in-force", "sparql-prefixes"])
def test_a_page_is_meant_by_suffix_by_format_and_by_accept_alike(bundled: httpx.Client, name: str) -> None:
    path = f"/.well-known/{name}"
    asked = (bundled.get(path, headers=HTML), bundled.get(f"{path}.html"), bundled.get(f"{path}?format=html"))
    assert {response.status_code for response in asked} == {303}
    assert len({response.headers["Location"] for response in asked}) == 1
    assert bundled.get(asked[0].headers["Location"], headers=HTML).status_code == 200


def test_a_question_as_a_file_for_grlc(bundled: httpx.Client) -> None:
    for path, headers in (
        ("/.well-known/sparql-examples/cpam.rq", {"Accept-Language": "en"}),
        (
            "/.well-known/sparql-examples/cpam",
            {"Accept": "application/sparql-query", "Accept-Language": "en"},
        ),
    ):
        response = bundled.get(path, headers=headers)
        assert response.headers["content-type"].startswith("application/sparql-query")
        head = "\n".join(line[3:] for line in response.text.splitlines() if line.startswith("#+ "))
        said: Any = parse(head).tree
        assert said["summary"] == library()["cpam"].title["en"]
        assert said["endpoint"] == str(bundled.base_url).rstrip("/") + "/sparql"
        assert ask(bundled, response.text)


def test_an_example_has_its_own_address(bundled: httpx.Client) -> None:
    response = bundled.get("/.well-known/sparql-examples/cpam.nt")
    found = set(ox.parse(response.content, ox.RdfFormat.N_TRIPLES))
    assert {q.subject.value for q in found} == {BASE + ".well-known/sparql-examples/cpam"}
    objects = {str(q.object) for q in found}
    endpoint = str(bundled.base_url).rstrip("/") + "/sparql"
    assert {f"<{SH}SPARQLSelectExecutable>", f"<{endpoint}>", f"<{BASE}id/prefixes>"} <= objects
    assert '"primary health insurance fund"@en' in objects
    assert f'"{library()["cpam"].title["fr"]}"@fr' in objects
