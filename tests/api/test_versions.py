"""Two releases one after the other: what was cited stays, the catalogue and feed readers know both."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, RDF

from tests.api.test_catalog import SUITE
from tests.api.test_swap import point, until, version
from tests.walking import server_of, serving

ATOM = {"a": "http://www.w3.org/2005/Atom"}
BASE = "https://w3id.org/cls-sante/"
VERSIONS = Namespace(str(DCAT))
TITLES = "SELECT ?c ?t { ?c a <https://w3id.org/cls-sante/ontology#LocalHealthContract> ; "
TITLES += "<http://purl.org/dc/terms/title> ?t }"


@pytest.fixture
def two(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> Path:
    """A folder of two releases of one corpus; ``current`` is the first."""
    folder = tmp_path / "releases"
    folder.mkdir()
    assert cli("build", "--corpus", tiny.root, "--out", folder / "1.2.3").code == 0
    tiny.edit("2e contrat local de santé d’Exemple", "Deuxième contrat d’Exemple <& co>")
    tiny.edit('version: "1.2.3"', 'version: "1.3.0"', "dataset.yaml")
    tiny.edit('date: "2025-01-01"', 'date: "2025-03-01"', "dataset.yaml")
    done = cli("build", "--corpus", tiny.root, "--out", folder / "1.3.0", "--previous", folder / "1.2.3")
    assert done.code == 0, done.err
    point(folder, "1.2.3")
    return folder


def cited(page: httpx.Response) -> str:
    """The address that a page gives for citing its answer."""
    found = re.search(r'<a href="([^"]*)" rel="bookmark">', page.text)
    assert found is not None, page.text
    return html.unescape(found[1])


def entries(feed: bytes) -> list[tuple[str, str]]:
    """Title and content of each entry of an Atom feed, with what the format asks for."""
    root = ElementTree.fromstring(feed)
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.findtext(f"a:{name}", namespaces=ATOM)
    found = []
    for entry in root.findall("a:entry", ATOM):
        assert all(entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "updated"))
        found.append([entry.findtext(f"a:{name}", "", ATOM) for name in ("title", "content")])
    return [(title, content) for title, content in found]


def test_what_a_page_gives_for_citing_gives_the_same_bytes_later(
    two: Path, command_line: Callable[..., Any]
) -> None:
    _, address = command_line("--store", two)
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        people = {"Accept": "text/html"}
        links = [
            cited(client.get("/sparql", params={"query": TITLES, "lang": "en"}, headers=people)),
            cited(client.get("/queries/contracts", headers=people)),
        ]
        forms = {"Accept": "text/csv"}
        before = [client.get(link, headers=forms) for link in links]
        assert [answer.status_code for answer in before] == [200, 200], before[-1].text
        assert all("2e contrat local" in answer.text for answer in before)
        point(two, "1.3.0")
        until(lambda: version(address) == "1.3.0")
        for link, old in zip(links, before, strict=True):
            again = client.get(link, headers=forms)
            assert again.content == old.content
            assert again.headers["cls-release"].startswith("1.2.3;")
            assert "2e contrat local" in client.get(link, headers=people).text
            now = client.get(str(httpx.URL(link).copy_remove_param("release")), headers=forms)
            assert "Deuxième contrat" in now.text


def test_the_catalogue_and_the_feed_know_both(two: Path, command_line: Callable[..., Any]) -> None:
    point(two, "1.3.0")
    _, address = command_line("--store", two)
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        graph = Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")
        whole = URIRef(f"{BASE}id/dataset/cls-graph")
        old, new = URIRef(f"{BASE}releases/1.2.3"), URIRef(f"{BASE}releases/1.3.0")
        assert set(graph.objects(whole, VERSIONS["hasVersion"])) == {old, new}
        assert graph.value(whole, VERSIONS["hasCurrentVersion"]) == new
        assert graph.value(new, VERSIONS["previousVersion"]) == old
        assert (old, VERSIONS["version"], Literal("1.2.3")) in graph
        assert client.get(str(graph.value(old, DCAT.landingPage))).status_code == 200
        # A harvester takes what is a dataset for one of the catalogue.
        assert (old, RDF.type, DCAT.Dataset) not in graph
        shapes = Graph().parse(SUITE / "shapes.ttl")
        conforms, _, text = validate(graph, shacl_graph=shapes, do_owl_imports=False)
        assert conforms, text

        page = client.get("/contracts?lang=en", headers={"Accept": "text/html"}).text
        link = re.search(r'type="application/atom\+xml" href="([^"]+)"', page)
        assert link is not None
        feed = client.get(html.unescape(link[1]))
        assert feed.headers["content-type"].startswith("application/atom+xml")
        (latest, what), (first, all_of_it) = entries(feed.content)
        assert (latest, first) == ("Version 1.3.0", "Version 1.2.3")
        assert "Deuxième contrat d’Exemple &lt;&amp; co&gt;" in what
        assert "renamed" in what
        assert "added" in all_of_it
        french = client.get("/feed.atom", headers={"Accept-Language": "fr"})
        assert french.headers["content-language"] == "fr"
        assert "renommé" in entries(french.content)[0][1]
        for entry in ElementTree.fromstring(feed.content).findall("a:entry/a:link", ATOM):
            assert client.get(entry.attrib["href"]).status_code == 200
        same = client.get("/feed.atom", headers={"If-None-Match": french.headers["etag"]})
        assert same.status_code == 304
        assert client.get("/feed.de.atom").status_code == 404


@pytest.mark.slow
def test_a_static_publication_with_a_history_tells_the_same(
    two: Path, cli: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "www").mkdir()
    server = server_of(tmp_path / "www")
    url = f"http://127.0.0.1:{server.server_port}/cls"
    done = cli(
        "publish", "--release", two / "1.3.0", "--history", two, "--out", tmp_path / "www" / "cls",
        "--url", url, "--formats", "ttl",
    )  # fmt: skip
    assert done.code == 0, done.err
    with serving(server), httpx.Client(timeout=20) as client:
        page = client.get(f"{url}/index.html").text
        link = re.search(r'type="application/atom\+xml" href="([^"]+)"', page)
        assert link is not None
        feed = client.get(f"{url}/{html.unescape(link[1])}")
        assert [title for title, _ in entries(feed.content)] == ["Version 1.3.0", "Version 1.2.3"]
        for entry in ElementTree.fromstring(feed.content).findall("a:entry/a:link", ATOM):
            assert client.get(entry.attrib["href"]).status_code == 200
        graph = Graph().parse(data=client.get(f"{url}/catalog.ttl").content, format="turtle")
        assert len(set(graph.objects(None, VERSIONS["hasVersion"]))) == 2


def test_the_description_of_the_service_knows_the_parameter(bundled: httpx.Client) -> None:
    paths = bundled.get("/openapi.json").json()["paths"]
    for path in ("/sparql", "/contracts", "/dumps/{name}", "/queries/contracts"):
        assert "release" in {p["name"] for p in paths[path]["get"]["parameters"]}, path
    for path in ("/releases", "/feed"):
        assert "release" not in {p["name"] for p in paths[path]["get"].get("parameters", [])}, path
