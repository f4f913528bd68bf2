"""Linked data and pages over HTTP."""

from __future__ import annotations

import sys
from collections.abc import Callable
from html.parser import HTMLParser

import httpx
import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/cls-sante/"
CONTRACT = BASE + "id/contract/26362-3"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HTML = {"Accept": BROWSER}


class Reader(HTMLParser):
    """The elements, attributes and words of a page; fails on what a strict policy would not allow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words = ""
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"{name} on <{tag}>"
            assert name != "style"
            if name in ("href", "src", "action"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += " " + " ".join(data.split())


@pytest.mark.parametrize(
    ("path", "accept", "location"),
    [
        ("/id/contract/26362-3", BROWSER, "/page/contract/26362-3"),
        ("/id/contract/26362-3", "text/turtle", "/data/contract/26362-3"),
        ("/id/contract/26362-3", "*/*", "/data/contract/26362-3"),
        ("/id/contract/26362-3.jsonld", BROWSER, "/data/contract/26362-3.jsonld"),
        ("/id/contract/26362-3.html", "*/*", "/page/contract/26362-3"),
        ("/id/contract/26362-3?format=ttl", BROWSER, "/data/contract/26362-3.ttl"),
        ("/id/contract/26362-3?lang=en", BROWSER, "/page/contract/26362-3?lang=en"),
    ],
)
def test_an_identifier_leads_to_a_page_or_to_data(
    client: httpx.Client, path: str, accept: str, location: str
) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.headers["location"]) == (303, location)
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    ("suffix", "fmt"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("nt", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_data_is_the_same_in_every_format(client: httpx.Client, suffix: str, fmt: ox.RdfFormat) -> None:
    response = client.get(f"/data/contract/26362-3.{suffix}")
    found = {q.subject.value for q in ox.parse(response.content, fmt)}  # type: ignore[union-attr]
    subjects = {s for s in found if s.startswith(BASE)}  # the others are the document itself
    assert CONTRACT + "/evidence/valence-252-263/position" in subjects
    assert all(s == CONTRACT or s.startswith(CONTRACT + "/") for s in subjects)
    links = response.headers["link"]
    assert all(f'rel="{rel}"' in links for rel in ("alternate", "describedby", "license"))


@pytest.mark.parametrize("accept", ["*/*", BROWSER])
@pytest.mark.parametrize(
    "path", ["/id/contract/none", "/data/contract/none", "/page/contract/none", "/id/a b<c", "/nothing"]
)
def test_what_is_not_there_says_so(client: httpx.Client, path: str, accept: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 404
    assert len(response.content) > 50
    assert response.headers["access-control-allow-origin"] == "*"


def test_what_is_entailed_is_no_part_of_a_description(client: httpx.Client) -> None:
    for suffix in ("nt", "trig", "csv"):
        assert "entailed" not in client.get(f"/data/contract/26362-3.{suffix}").text
    assert "entailed" not in client.get("/page/contract/26362-3").text


def test_a_former_key_moves_to_the_new_one(client: httpx.Client) -> None:
    for route in ("id", "data", "page"):
        response = client.get(f"/{route}/organisation/ars-rhone")
        assert (response.status_code, response.headers["location"]) == (301, f"/{route}/organisation/ars-84")
    assert client.get("/id/organisation/x%22)%20%7D%20%23").status_code == 404


def test_data_and_pages_are_not_sent_twice(client: httpx.Client) -> None:
    for path in ("/data/contract/26362-3.ttl", "/page/contract/26362-3", "/", "/ontology"):
        first = client.get(path, headers=HTML)
        again = client.get(path, headers={**HTML, "If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    french, english = (client.get("/", params={"lang": c}).headers["etag"] for c in ("fr", "en"))
    assert french != english


def test_a_contract_page_gives_each_fact_with_its_quote(client: httpx.Client) -> None:
    page = client.get("/page/contract/26362-3", headers=HTML)
    words = Reader(page.text).words
    assert "Contrat <b>de Valence</b> & environs" in words
    fact = "rang du contrat 3 énoncé citation et source « leur 3e CLS » Lancement du contrat"
    assert f"{fact} , caractères 252–263" in " ".join(words.split())
    assert "Note : L'année n'est pas écrite." in words
    assert "/id/document/valence" in Reader(page.text).links
    english = Reader(client.get("/page/contract/26362-3?lang=en").text).words
    assert "contract ordinal" in english
    assert "inferred" in english


def test_links_keep_the_language_that_was_asked_for(client: httpx.Client) -> None:
    links = Reader(client.get("/page/contract/26362-3?lang=en").text).links
    assert "/id/organisation/ars-84?lang=en" in links
    assert "/data/contract/26362-3.ttl" in links
    assert "/page/contract/26362-3?lang=fr" in links


def test_a_page_shows_what_refers_to_the_thing(client: httpx.Client) -> None:
    page = Reader(client.get("/page/organisation/ars-84").text)
    assert "/id/contract/26362-3" in page.links
    assert "/id/contract/38382-a" in page.links
    assert "Contrat de Saint-Égrève" in page.words


def test_hostile_labels_stay_text(client: httpx.Client) -> None:
    for path in ("/page/organisation/evil", "/page/contract/26362-3", "/"):
        page = Reader(client.get(path, headers=HTML).text)
        assert not {"script", "img", "b"} & set(page.tags)
        assert not [link for link in page.links if link.startswith("javascript")]


def test_pages_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    response = client.get("/page/contract/26362-3", headers=HTML)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"]
    assert client.get("/static/style.css").status_code == 200
    assert client.get("/openapi.json").json()["paths"]["/sparql"]["get"]["parameters"]


def test_the_start_page_asks_six_questions_that_are_answered(bundled: httpx.Client) -> None:
    page = Reader(bundled.get("/", headers=HTML).text)
    assert "8 contrats" in page.words
    questions = [link for link in page.links if link.startswith("/sparql?") and "format=csv" in link]
    assert len(questions) == 6
    answers = [bundled.get(link) for link in questions]
    assert [a.status_code for a in answers] == [200] * 6
    assert all(len(a.text.splitlines()) > 1 for a in answers)
    assert "/id/organisation/ars-84," in answers[0].text
    assert "/vocab/determinant/acces-aux-soins," in answers[1].text


def test_every_link_of_the_pages_leads_somewhere(bundled: httpx.Client) -> None:
    pages = (
        "/",
        "/sparql",
        "/ontology",
        "/shapes",
        "/vocab",
        "/vocab/determinant",
        "/dumps",
        "/.well-known/sparql-examples",
        "/.well-known/sparql-examples/cpam",
        "/page/contract/26362-3",
        "/page/organisation/ars-84",
    )
    seen = {link for path in pages for link in Reader(bundled.get(path, headers=HTML).text).links}
    local = {link.split("#")[0] for link in seen if link.startswith("/")}
    assert len(local) > 100
    for link in sorted(local - {""}):
        assert bundled.head(link, headers=HTML).status_code in (200, 303), link


def test_the_language_of_the_page(client: httpx.Client) -> None:
    def lang(**headers: str) -> str:
        return client.get(
            "/", headers={**HTML, **{k.replace("_", "-"): v for k, v in headers.items()}}
        ).headers["content-language"]

    assert lang() == "fr"
    assert lang(Accept_Language="en-GB,en;q=0.9,fr;q=0.5") == "en"
    assert lang(Accept_Language="de,fr;q=0.5,en;q=0.1") == "fr"
    assert lang(Accept_Language="de") == "fr"
    assert client.get("/?lang=en", headers={"Accept-Language": "fr"}).headers["content-language"] == "en"


def test_terms_and_code_lists_answer_too(client: httpx.Client) -> None:
    page = client.get("/ontology?lang=en", headers=HTML).text
    assert 'id="ordinal"' in page
    assert "Order number." in page
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert b"cls:ordinal a owl:DatatypeProperty" in turtle.content
    concept = client.get("/vocab/assertion-status/stated", headers={"Accept": "application/n-triples"})
    assert "énoncé".encode() in concept.content
    assert "énoncé" in client.get("/vocab/assertion-status/stated", headers=HTML).text


def test_behind_a_prefix_links_stay_inside_and_identifiers_stay_public(
    start: Callable[..., httpx.Client],
) -> None:
    client = start(public_url="https://data.example.org/sante", workers=1)
    page = Reader(client.get("/", headers=HTML).text)
    local = [link for link in page.links if link.startswith("/")]
    assert local
    assert all(link.startswith("/sante/") for link in local)
    moved = client.get("/id/contract/26362-3", headers=HTML)
    assert moved.headers["location"] == "/sante/page/contract/26362-3"
    assert (
        b"https://w3id.org/cls-sante/id/contract/26362-3" in client.get("/data/contract/26362-3.nt").content
    )
    assert (
        b"<https://data.example.org/sante/sparql>"
        in client.get("/sparql?", headers={"Accept": "application/n-triples"}).content
    )


def test_behind_a_proxy_that_strips_the_prefix(start: Callable[..., httpx.Client]) -> None:
    client = start(root_path="/sante", workers=1)
    page = client.get("/page/contract/26362-3", headers=HTML)
    links = Reader(page.text).links
    assert "/sante/id/organisation/ars-84" in links
    assert "/sante/page/contract/26362-3?lang=en" in links


def test_health_tells_the_release_and_the_protections(client: httpx.Client) -> None:
    health = client.get("/healthz").json()
    assert (health["status"], health["version"], health["workers"]) == ("ok", "1.2.3", 2)
    assert health["sandbox"] == (["seccomp", "nofile"] if sys.platform == "linux" else ["nofile"])
    assert client.get("/readyz").json()["sandbox"] == health["sandbox"]
