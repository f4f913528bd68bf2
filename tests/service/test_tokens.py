"""The scan of query text: what it must find, whatever is put in its way."""

from __future__ import annotations

import random
import time

import pyoxigraph as ox
import pytest

from cls_graph.store import scan

REMOTE = "SERVICE <http://127.0.0.1:9/> {?a ?b ?c}"

# Each of these is accepted by the engine, and would call another host.
HIDDEN = [
    "SELECT * {?s ?p ?o.%s}",
    "SELECT * {?s ?p 1%s}",
    "SELECT * {?s ?p true%s}",
    "SELECT * {?s ?p 'x'@fr.%s}",
    "SELECT * {?s ?p ?o # comment\r%s}",
    "PREFIX ex: <urn:> SELECT * {?s ex:-1%s}",
    "PREFIX ex: <urn:> SELECT * {?s ex:a\\' ?o . %s#'\n}",
    "SELECT * {?s <http://a/\\u0041#> ?o %s}",
    "SELECT * {?s ?p 1 FILTER(?s<?p)#>'''\n%s#'''\n}",
    "SELECT * {?s ?p 1 FILTER(?s<?p||?s='>')%s#'\n}",
    "SELECT * {?s ?p ?o %s}",
    "SELECT * {OPTIONAL{?s ?p ?o}%s}",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_service_is_found_wherever_the_engine_reads_it(query: str) -> None:
    text = query % REMOTE
    assert _parses(ox.Store(), text)
    assert scan(text).remote


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {?s ?p ?o SERVICE SILENT <urn:x> {}}",
        "SELECT * {?s ?p ?o sErViCe ?where {}}",
        "PREFIX ex: <urn:> SELECT * {SERVICEex:y {?a ?b ?c}}",
        "PREFIX ex: <urn:> SELECT * {SERVICESILENTex:y {?a ?b ?c}}",
        "SELECT * {?s ?p 1 FILTER(?s<?p)SERVICE#>\n<http://127.0.0.1:9/> {?a ?b ?c}}",
    ],
)
def test_service_is_found_in_any_spelling(query: str) -> None:
    assert scan(query).remote


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
        "SELECT * { ?s ?p '''it's a SERVICE <http://x/> {''' }",
        "# SERVICE <http://x/> {}\nSELECT * { ?s ?p ?o }",
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s <http://www.w3.org/ns/sparql-service-description#endpoint> ?o }",
        "PREFIX ex: <urn:x> SELECT * { ?s ex:service ?o }",
    ],
)
def test_the_word_service_elsewhere_is_not_refused(query: str) -> None:
    assert not scan(query).remote


def test_random_text_never_hides_service_from_the_scan() -> None:
    pieces = ["<", "<?s", ">", "#", "\n", "'", "'''", '"', "\\'", "ex:", "ex:a", "1", "?s", ".", ")"]
    pieces += ["FILTER(?s<?p)", "{", "}", "<urn:x#y>", "<http://a/\\u0041#>", "@fr", "'x'", "-1", "#>", "'>'"]
    choose = random.Random(7)
    store, checked = ox.Store(), 0
    for _ in range(30_000):
        before = "".join(choose.choices(pieces, k=choose.randint(0, 5)))
        query = f"PREFIX ex: <urn:> SELECT * {{?s ?p ?o{before}{REMOTE}" + choose.choice(["}", "#'\n}", "'}"])
        if scan(query).remote or not _parses(store, query):
            continue
        # Accepted by both: then the word is text, and any other word would do there.
        checked += 1
        assert _parses(store, query.replace("SERVICE", "SXRVICE")), query
    assert checked


def _parses(store: ox.Store, query: str) -> bool:
    try:
        store.query(query)
    except SyntaxError:
        return False
    except OSError:
        pass
    return True


@pytest.mark.parametrize(
    ("query", "form", "dataset"),
    [
        ("PREFIX ask: <urn:> SELECT ?x { ?x a ask:b }", "SELECT", False),
        ("BASE <http://select/> # ASK\nCONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT", False),
        ("DESCRIBE <urn:from>", "DESCRIBE", False),
        ("ASK FROM <urn:g> {}", "ASK", True),
        ("SELECT ?from { ?from ?p 'FROM' }", "SELECT", False),
        ("SELECT * FROM NAMED <urn:g> { GRAPH ?g { ?s ?p ?o } }", "SELECT", True),
        ("", None, False),
    ],
)
def test_form_and_dataset(query: str, form: str | None, dataset: bool) -> None:
    found = scan(query)
    assert (found.form, found.names_dataset) == (form, dataset)


def test_nesting_is_counted_outside_strings_only() -> None:
    assert scan("ASK {{{ ?s ?p '{{{{{{' }}}").depth == 3


@pytest.mark.parametrize("piece", ["'", '"', "'''", '"""', "<", "#", "\\", "{", "<a", "''' '", "a.", "a-"])
def test_the_scan_takes_linear_time(piece: str) -> None:
    start = time.perf_counter()
    scan("SELECT * {" + piece * (100_000 // len(piece)))
    assert time.perf_counter() - start < 2
