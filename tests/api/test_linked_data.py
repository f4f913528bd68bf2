"""Linked data over HTTP, on the bundled corpus: every form of a thing, its links, what is gone."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox
import pytest

from cls_graph.namespaces import DCAT, VOCAB, XSD
from cls_graph.publication.datasets import catalogue_iri
from cls_graph.records.iris import Iris
from cls_graph.release.catalogue import dataset_iri
from cls_graph_api.tree import tree
from cls_graph_api.urls import Urls

BASE = "https://w3id.org/cls-sante/"
CONTRACT = BASE + "id/contract/26362-3"
CLS = BASE + "ontology#"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "json": ("application/json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "trig": ("application/trig", ox.RdfFormat.TRIG),
    "nq": ("application/n-quads", ox.RdfFormat.N_QUADS),
}


def quads(response: httpx.Response, suffix: str) -> set[ox.Quad]:
    assert response.status_code == 200, response.text
    return set(ox.parse(response.content, FORMATS[suffix][1], base_iri=str(response.url)))


def statements(response: httpx.Response, suffix: str) -> set[ox.Triple]:
    """What is said of things, without what the document says of itself."""
    found = {q.triple for q in quads(response, suffix)}
    return {t for t in found if t.subject.value.startswith(BASE)}  # type: ignore[union-attr]


def links(response: httpx.Response) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["link"]):
        found.setdefault(rel, []).append(target)
    return found


@pytest.mark.parametrize("path", ["contract/26362-3", "organisation/ars-84", "territory/commune/26362"])
def test_every_format_says_the_same(bundled: httpx.Client, path: str) -> None:
    expected = statements(bundled.get(f"/data/{path}.nt"), "nt")
    assert len(expected) > 8
    for suffix, (media_type, _) in FORMATS.items():
        response = bundled.get(f"/data/{path}.{suffix}")
        assert response.headers["content-type"].split(";")[0] == media_type
        assert statements(response, suffix) == expected, suffix
        by_accept = bundled.get(f"/data/{path}", headers={"Accept": media_type})
        assert by_accept.content == response.content
        assert by_accept.headers["content-location"] == f"/data/{path}.{suffix}"
    rows = list(csv.DictReader(io.StringIO(bundled.get(f"/data/{path}.csv").text)))
    assert {(r["subject"], r["property"], r["value"].removeprefix("'")) for r in rows} == {
        (t.subject.value, t.predicate.value, t.object.value)  # type: ignore[union-attr]
        for t in expected
    }


def test_trig_keeps_each_statement_in_the_graph_that_holds_it(bundled: httpx.Client) -> None:
    found = quads(bundled.get("/data/contract/26362-3.trig"), "trig")
    graphs = {q.graph_name.value.removeprefix(BASE) for q in found if isinstance(q.graph_name, ox.NamedNode)}
    assert {"graph/contract/26362-3", "graph/shortcuts"} <= graphs
    signatories = [q for q in found if q.predicate.value == CLS + "signatory"]
    assert signatories
    assert {q.graph_name.value for q in signatories} == {BASE + "graph/shortcuts"}  # type: ignore[union-attr]


def test_json_is_a_tree_that_a_program_can_walk(bundled: httpx.Client) -> None:
    contract: dict[str, Any] = bundled.get("/data/contract/26362-3.json").json()
    assert contract["@id"] == CONTRACT
    assert contract["cls:ordinal"] == 3
    engagements = contract["cls:hasEngagement"]
    assert all(e["cls:nameAsStated"] for e in engagements)
    parties = [e["cls:party"]["@id"] for e in engagements if "cls:party" in e]
    assert BASE + "id/organisation/cpam-26" in parties
    agency = bundled.get("/data/organisation/ars-84.json").json()
    assert {"@id": CONTRACT} in agency["@reverse"]["cls:signatory"]


def test_the_tree_has_a_number_only_where_every_reader_reads_the_same() -> None:
    thing, p = ox.NamedNode("urn:x"), ox.NamedNode(CLS + "ordinal")

    def read(text: str, kind: str = "integer") -> Any:
        value = ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
        return json.loads(json.dumps(tree("urn:x", [ox.Triple(thing, p, value)], [])))["cls:ordinal"]

    assert [read(text) for text in ("3", "-12", "0", "999999999999999")] == [3, -12, 0, 999999999999999]
    assert read("true", "boolean") is True
    for text in ("--5", "-", "", "007", "-0", "+1", "٣", "true", "9007199254740993", "9" * 5000):
        assert read(text) == {"@value": text, "@type": "xsd:integer"}
    assert read("1", "boolean") == {"@value": "1", "@type": "xsd:boolean"}


def test_the_description_holds_the_nodes_of_the_contract_and_stops_at_other_things(
    bundled: httpx.Client,
) -> None:
    found = statements(bundled.get("/data/contract/26362-3.nt"), "nt")
    own = {t.subject.value for t in found if t.subject.value.startswith(CONTRACT)}  # type: ignore[union-attr]
    for part in ("/engagement/01", "/statement/ordinal", "/evidence/valence-252-263/position", "/record"):
        assert CONTRACT + part in own, part
    others = [t for t in found if not t.subject.value.startswith(CONTRACT)]  # type: ignore[union-attr]
    assert all(t.object == ox.NamedNode(CONTRACT) for t in others)


def test_a_node_of_a_contract_has_its_own_address_and_leads_to_it(bundled: httpx.Client) -> None:
    node = CONTRACT + "/engagement/01"
    response = bundled.get("/data/contract/26362-3/engagement/01.nt")
    found = statements(response, "nt")
    assert ox.Triple(ox.NamedNode(CONTRACT), ox.NamedNode(CLS + "hasEngagement"), ox.NamedNode(node)) in found
    assert '"Ville de Valence"' in {str(t.object) for t in found if t.predicate.value.endswith("oa#exact")}
    assert links(response)["up"] == ["/id/contract/26362-3"]
    page = bundled.get("/page/contract/26362-3/engagement/01?lang=fr").text
    assert "Fait partie de" in page
    assert "« Ville de Valence »" in page
    assert 'href="/id/contract/26362-3?lang=fr"' in page


@pytest.mark.parametrize(
    "path",
    [
        "person/p-01",
        "framework/prs-ara-2018-2028",
        "document/valence",
        "territory/departement/26",
        "contract/26362-3/element/01",
        "dataset/cls-graph",
        "service/sparql",
        "prefixes",
    ],
)
def test_every_kind_of_thing_can_be_looked_up(bundled: httpx.Client, path: str) -> None:
    if path.startswith(("person", "framework")):
        kind = path.split("/")[0]
        query = f"SELECT ?x {{ ?x ?p ?o FILTER REGEX(STR(?x), '/id/{kind}/[^/]+$') }} ORDER BY ?x LIMIT 1"
        rows = bundled.get("/sparql", params={"query": query, "format": "csv"}).text.splitlines()
        path = rows[1].removeprefix(BASE + "id/")
    assert bundled.get(f"/id/{path}", headers=HTML).headers["location"] == f"/page/{path}"
    assert statements(bundled.get(f"/data/{path}.ttl"), "ttl")
    page = bundled.get(f"/page/{path}", headers=HTML)
    assert page.status_code == 200
    assert f"{BASE}id/{path}" in page.text


@pytest.mark.parametrize("suffix", ["ttl", "json", "csv", "trig", "html", "rdf", "jsonld", "nt", "nq"])
def test_a_suffix_or_format_on_an_identifier_decides(bundled: httpx.Client, suffix: str) -> None:
    expected = "/page/contract/26362-3" if suffix == "html" else f"/data/contract/26362-3.{suffix}"
    for path in (f"/id/contract/26362-3.{suffix}", f"/id/contract/26362-3?format={suffix}"):
        response = bundled.get(path)
        assert (response.status_code, response.headers["location"]) == (303, expected)
    assert bundled.get(expected).status_code == 200


def test_what_cannot_be_given_is_406(bundled: httpx.Client) -> None:
    refused = bundled.get("/data/contract/26362-3", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in refused.json()["available"]
    assert bundled.get("/id/contract/26362-3?format=docx").status_code == 406


def test_the_links_of_the_header_lead_somewhere(bundled: httpx.Client) -> None:
    for path in (
        "/data/contract/26362-3/engagement/01.ttl",
        "/page/organisation/ars-84",
        "/vocab/determinant/logement.ttl",
    ):
        response = bundled.get(path)
        found = links(response)
        assert {"alternate", "describedby", "describes", "license", "collection"} <= set(found)
        assert found["describes"][0].startswith(BASE)
        for rel in ("alternate", "describedby", "collection", "up"):
            for target in found.get(rel, []):
                assert bundled.get(target, headers=HTML).status_code in (200, 303), target
    data = links(bundled.get("/data/organisation/ars-84.ttl"))
    assert data["license"] == ["https://spdx.org/licenses/etalab-2.0"]
    assert links(bundled.get("/ontology"))["license"] == ["https://creativecommons.org/licenses/by/4.0/"]


@pytest.mark.parametrize(
    "path",
    [
        "/id/contract/26362-3",
        "/data/contract/26362-3.json",
        "/page/contract/26362-3",
        "/ontology.ttl",
        "/vocab/determinant",
        "/shapes",
        "/.well-known/void",
        "/dumps/graph.trig",
    ],
)
def test_head_is_get_without_a_body(bundled: httpx.Client, path: str) -> None:
    get, head = bundled.get(path), bundled.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    for name in ("content-type", "etag", "content-length", "location", "link", "vary"):
        if name != "content-length" or "content-length" in head.headers:
            assert head.headers.get(name) == get.headers.get(name), name
    assert "last-modified" not in get.headers


def test_each_representation_has_its_tag(bundled: httpx.Client) -> None:
    tags = []
    for path in (
        "/data/contract/26362-3.ttl",
        "/data/contract/26362-3.csv",
        "/page/contract/26362-3?lang=fr",
        "/page/contract/26362-3?lang=en",
        "/data/contract/38382-a.ttl",
    ):
        first = bundled.get(path)
        tags.append(first.headers["etag"])
        again = bundled.get(path, headers={"If-None-Match": f'"other", {tags[-1]}'})
        assert (again.status_code, again.content) == (304, b"")
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    "path",
    [
        "..%2f..%2fetc%2fpasswd",
        "contract/%00",
        "contract/%ff%fe",
        "contract/x%22%3E%3Cscript%3E",
        "contract/%0d%0aSet-Cookie:a",
        "contract/26362-3%7D%20UNION%20%7B",
        "contract/" + "a" * 5000,
        "%E2%80%AE",
        "contract/%F0%9F%8F%A5",
        "",
        "/",
        "contract",
        "contract/",
    ],
)
def test_hostile_paths_are_simply_not_there(bundled: httpx.Client, path: str) -> None:
    for route in ("id", "data", "page", "vocab"):
        response = bundled.get(f"/{route}/{path}", headers=HTML)
        expected = (200, 404) if route == "vocab" else (404,)
        assert response.status_code in expected, (route, path)
        assert "<script>" not in response.text
        assert "set-cookie" not in response.headers


def test_percent_encoding_and_a_last_slash_do_not_matter(bundled: httpx.Client) -> None:
    for path in ("/id/contract/26362%2D3", "/id/contract/26362-3/", "/id/%63ontract/26362-3"):
        response = bundled.get(path, headers=HTML)
        assert (response.status_code, response.headers["location"]) == (303, "/page/contract/26362-3")


# --- a thing that very much points to, and things that were withdrawn


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory, start: Callable[..., httpx.Client]) -> httpx.Client:
    """A service over a release where 620 things point to one, a text is a formula, and one is gone."""
    folder = tmp_path_factory.mktemp("crowded")
    label, party = "http://www.w3.org/2000/01/rdf-schema#label", CLS + "party"
    graph, body = f"<{BASE}graph/registry>", f"<{BASE}id/organisation/a>"
    lines = [f'{body} <{label}> "{text}"@fr {graph} .\n' for text in ("=HYPERLINK(1)", "'=1")]
    lines += [f'<{BASE}id/prefixes> <{label}> "x"@fr {graph} .\n']
    catalogue = f"<{catalogue_iri(Iris(BASE))}> <{DCAT}dataset> <{dataset_iri(Iris(BASE))}>"
    lines += [f"{catalogue} <{BASE}graph/catalogue> .\n"]
    lines += [f"<{BASE}id/contract/{n}/engagement/01> <{party}> {body} {graph} .\n" for n in range(620)]
    lines += [f'<{BASE}id/contract/gone> <{label}> "x"@fr {graph} .\n']
    nquads = "".join(sorted(lines)).encode()
    (folder / "graph.nq").write_bytes(nquads)
    manifest = {
        "title": {"fr": "Essai", "en": "Test"},
        "version": "1",
        "licence": "https://example.org/œuvre",
        "base_iri": BASE,
        "digest": hashlib.sha256(nquads).hexdigest(),
        "graphs": {},
        "counts": {},
        "files": {},
        "withdrawn": ["id/contract/gone"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return start(folder=folder, workers=1)


def test_links_to_a_thing_are_bounded_and_what_is_left_out_is_counted(crowded: httpx.Client) -> None:
    found = quads(crowded.get("/data/organisation/a.ttl"), "ttl")
    assert sum(q.predicate.value == CLS + "party" for q in found) == 500
    comments = [q.object for q in found if q.predicate.value.endswith("rdf-schema#comment")]
    said = [c.value for c in comments if isinstance(c, ox.Literal)]
    assert any("500" in text and "120" in text and "others" in text for text in said)
    page = crowded.get("/page/organisation/a?lang=en").text
    assert "Only 500 links are shown; 120 others are not" in page
    everything = re.search(r'href="(/sparql\?[^"]*format=csv[^"]*)"', page)
    assert everything
    assert len(crowded.get(everything[1].replace("&amp;", "&")).text.splitlines()) == 621


def test_a_text_that_a_spreadsheet_would_run_is_set_off(crowded: httpx.Client) -> None:
    rows = list(csv.reader(io.StringIO(crowded.get("/data/organisation/a.csv").text)))
    assert {"'=HYPERLINK(1)", "''=1"} <= {row[2] for row in rows}


@pytest.mark.parametrize(
    "path",
    [
        "/data/organisation/a.ttl",
        "/page/organisation/a",
        "/catalog.ttl",
        "/catalog.html",
        "/.well-known/sparql-prefixes.ttl",
        "/contracts.csv",
        "/sparql?query=ASK{}",
    ],
)
def test_a_licence_at_an_address_with_accents_is_told(crowded: httpx.Client, path: str) -> None:
    response = crowded.get(path)
    assert response.status_code == 200, response.text
    assert links(response)["license"] == ["https://example.org/%C5%93uvre"]


@pytest.mark.parametrize("base", [BASE, "https://example.org/un/catalogue/"])
def test_what_is_under_the_base_is_linked_here(base: str) -> None:
    urls = Urls(base, "http://localhost", "")
    for path in ("sparql", "catalog", "vocab", "dumps/graph.nq", "id/contract/1"):
        assert urls.link(base + path) == f"/{path}"
    assert urls.link(VOCAB.rstrip("/")) == "/vocab"
    assert urls.link(base + "else") == base + "else"


@pytest.mark.parametrize("accept", ["*/*", HTML["Accept"]])
@pytest.mark.parametrize(
    "path",
    [
        "/id/contract/gone",
        "/data/contract/gone.ttl",
        "/page/contract/gone",
        "/id/contract/gone/engagement/01",
    ],
)
def test_what_was_withdrawn_is_gone_and_says_so(crowded: httpx.Client, path: str, accept: str) -> None:
    response = crowded.get(path, headers={"Accept": accept, "Accept-Language": "en"})
    assert response.status_code == 410
    assert "withdrawn" in response.text
    assert crowded.get("/id/contract/gone2").status_code == 404


# --- ontology, code lists, shapes


def test_every_term_of_the_ontology_has_an_anchor(bundled: httpx.Client) -> None:
    terms = {
        q.subject.value.partition("#")[2]
        for q in quads(bundled.get("/ontology.ttl"), "ttl")
        if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(CLS)
    }
    assert len(terms) > 50
    for lang in ("fr", "en"):
        page = bundled.get(f"/ontology?lang={lang}", headers=HTML).text
        assert {t for t in terms if f'id="{t}"' not in page} == set()


def test_the_versions_and_parts_of_the_ontology_are_documents(bundled: httpx.Client) -> None:
    whole = bundled.get("/ontology.nt").content
    for path in ("/ontology/0.1.0.nt", "/ontology/alignments.nt", "/ontology/", "/ontology?format=nt"):
        response = bundled.get(path, headers={"Accept": "application/n-triples"})
        assert (response.status_code, response.content) == (200, whole), path
    assert bundled.get("/shapes/core.ttl").content == bundled.get("/shapes.ttl").content
    for path in ("/ontology/9.9.9", "/ontology.docx", "/shapes/none", "/ontology/x%22y"):
        assert bundled.get(path).status_code == 404, path


def test_every_shape_with_a_name_has_an_anchor(bundled: httpx.Client) -> None:
    page = bundled.get("/shapes?lang=en", headers=HTML).text
    named = {
        q.subject.value.partition("#")[2]
        for q in quads(bundled.get("/shapes.ttl"), "ttl")
        if q.predicate.value.endswith("shacl#name") and isinstance(q.subject, ox.NamedNode)
    }
    assert len(named) > 50
    assert {n for n in named if f'id="{n}"' not in page} == set()


def test_the_shapes_are_told_in_the_order_of_a_record(bundled: httpx.Client) -> None:
    page = bundled.get("/shapes?lang=en", headers=HTML).text
    heads = [html.unescape(head) for head in re.findall(r"<h2 id=[^>]*>(.*?)</h2>", page)]
    assert heads == [
        "The contract",
        "Territory",
        "Dates and periods",
        "Parties",
        "Programme",
        "Funding",
        "Certainty",
        "Sources",
        "Code lists",
        "What other rules are made of",
    ]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<li><a href="#([^"]+)"', page)) <= set(ids), (
        "each line of the contents leads there"
    )
    order = [
        "LocalHealthContract-identifier",
        "LocalHealthContract-status",
        "Milestone-statedDate",
        "Engagement-role",
    ]
    places = [ids.index(name) for name in (*order, "ProgrammeElement-type", "Budget-amount", "Quote-exact")]
    assert places == sorted(places)
    # Each rule has its severity in words, what it points out and what to do.
    rules = re.findall(r'<dt id=".*?</dd>', page, re.DOTALL)
    assert len(rules) > 250
    for rule in rules:
        assert re.search('class="status[^>]*>(error|warning|info)<', rule)
        assert "What to do:" in rule


def test_every_code_list_has_a_page_with_all_its_terms(bundled: httpx.Client) -> None:
    index = bundled.get("/vocab?lang=en", headers=HTML).text
    concepts: dict[str, set[str]] = {}
    for q in quads(bundled.get("/vocab.ttl"), "ttl"):
        if q.predicate.value.endswith("core#inScheme") and isinstance(q.object, ox.NamedNode):
            concepts.setdefault(q.object.value, set()).add(q.subject.value)  # type: ignore[union-attr]
    assert len(concepts) == 14
    for scheme, terms in concepts.items():
        path = scheme.removeprefix(BASE.rstrip("/"))
        assert f'href="{path}?lang=en"' in index
        page = bundled.get(path, headers=HTML).text
        assert {t for t in terms if f'id="{t.rpartition("/")[2]}"' not in page} == set(), scheme
        data = {t.subject.value for t in statements(bundled.get(f"{path}.ttl"), "ttl")}  # type: ignore[union-attr]
        assert terms <= data
    determinants = bundled.get("/vocab/determinant?lang=fr", headers=HTML).text
    codes = re.findall(r"<code>(D[\d.]+)</code>", determinants)
    assert codes[:3] == ["D1", "D1.1", "D1.2"]


def test_a_concept_shows_the_contracts_that_use_it(bundled: httpx.Client) -> None:
    page = bundled.get("/vocab/determinant/acces-aux-soins?lang=fr", headers=HTML).text
    for key in ("26362-3", "38382-a", "42218-a"):
        assert f"/id/contract/{key}" in page


# --- elsewhere: prefixes, other hosts, the permanent addresses


def test_behind_a_prefix_and_on_another_host(
    start: Callable[..., httpx.Client], bundled_release: Path
) -> None:
    client = start(folder=bundled_release, public_url="https://data.example.org/sante/", workers=1)
    moved = client.get("/id/contract/26362-3.json", headers={"Host": "inside:1"})
    assert moved.headers["location"] == "/sante/data/contract/26362-3.json"
    assert '</sante/data/contract/26362-3>; rel="describedby"' in moved.headers["link"]
    document = {q.subject.value for q in quads(client.get("/data/contract/26362-3.ttl"), "ttl")}  # type: ignore[union-attr]
    assert "https://data.example.org/sante/data/contract/26362-3" in document
    void = client.get("/.well-known/void.nt").text
    assert "sparqlEndpoint> <https://data.example.org/sante/sparql>" in void
    assert "dataDump> <https://data.example.org/sante/dumps/graph.nq>" in void
    assert f"<{BASE}id/dataset/cls-graph>" in void
    dumps = client.get("/dumps").json()
    assert dumps["files"][0]["url"].startswith("https://data.example.org/sante/dumps/")
    spoofed = client.get(
        "/id/contract/26362-3", headers={"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"}
    )
    assert "evil" not in str(spoofed.headers)


W3ID = (
    *("", "sparql", "id/contract/26362-3", "id/contract/26362-3/engagement/01", "id/organisation/ars-84"),
    *("ontology", "ontology#Milestone", "ontology/0.1.0", "ontology/alignments", "ontology.ttl"),
    *("vocab", "vocab/determinant", "vocab/determinant/logement", "shapes#Commune", "shapes/core"),
    *(".well-known/void", ".well-known/sparql-examples/cpam", "dumps", "dumps/graph.trig"),
    *("releases", "releases/0.1.0", "releases/0.1.0/graph.nq", "feed", "feed/0.1.0/1", "feed.fr.atom"),
    *("catalog", "problem/gone"),
)


def test_the_redirects_of_the_permanent_addresses_arrive(bundled: httpx.Client, repo: Path) -> None:
    text = (repo / "docs" / "w3id.md").read_text(encoding="utf-8")
    rules = [
        (re.compile(p), t) for p, t in re.findall(r"^RewriteRule (\S+) HOST(\S*) \[R=302", text, re.MULTILINE)
    ]
    assert len(rules) >= 10

    def follow(iri: str) -> str:
        path = iri.removeprefix(BASE).partition("#")[0]
        for pattern, target in rules:
            if found := pattern.match(path):
                return re.sub(r"\$(\d)", lambda m: found[int(m[1])] or "", target)
        raise AssertionError(f"no rule for {iri}")

    iris = [BASE + path for path in W3ID]
    for iri in iris:
        for accept in (HTML["Accept"], "text/turtle", "*/*"):
            response = bundled.get(follow(iri), headers={"Accept": accept})
            if response.status_code == 303:
                response = bundled.get(
                    urljoin(str(response.url), response.headers["location"]), headers={"Accept": accept}
                )
            assert response.status_code == 200, (iri, accept)
    assert follow(f"{BASE}problem/gone") == "/docs#gone"
    assert 'id="gone"' in bundled.get("/docs", headers=HTML).text
