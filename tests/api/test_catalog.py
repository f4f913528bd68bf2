"""``/catalog``: valid DCAT-AP, harvested page by page in every format, every file where it says."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import DCAT, SH

from tests.harvest import FORMATS, harvest

SUITE = Path(__file__).resolve().parents[1] / "suites" / "dcat-ap"
"""DCAT-AP 3.0.1, with its licence beside it."""

DATASET = "https://w3id.org/cls-sante/id/dataset/"
ADVISED = {"description", "contactPoint", "spatial", "temporal", "conformsTo", "issued", "format", "type"}


@pytest.fixture(scope="module")
def paged(start: Callable[..., httpx.Client], bundled_release: Path) -> httpx.Client:
    return start(folder=bundled_release, catalogue_page=4)


@pytest.mark.parametrize("media_type", ["", *FORMATS])
def test_a_harvester_reads_every_page_in_its_format(paged: httpx.Client, media_type: str) -> None:
    found = harvest(paged, f"{paged.base_url}/catalog", media_type)
    # The whole, ontology, code lists, and eight contracts: four on a page.
    assert len(found.pages) == 3
    named = ("cls-graph", "ontology", "vocabularies", "26362-3")
    assert {DATASET + name for name in named} <= found.datasets.keys()
    assert len(found.datasets) == 11
    assert found.services == []  # the endpoint is a distribution of the whole
    for name, dataset in found.datasets.items():
        assert dataset["title"], name
        assert dataset["description"], name
        assert dataset["keywords"], name
        ours = name in (DATASET + "ontology", DATASET + "vocabularies")
        assert dataset["licence"] == ("cc-by" if ours else "lov2"), name
        assert dataset["frequency"] == "IRREG", name
        assert dataset["modified"] == "2026-11-22", name
        assert dataset["landing_page"].startswith(str(paged.base_url)), name
        assert dataset["resources"], name
    whole = found.datasets[DATASET + "cls-graph"]
    assert whole["title"] == "Graphe des contrats locaux de santé"
    assert [r["url"] for r in whole["resources"] if r["api"]] == [f"{paged.base_url}/sparql"]
    period = (datetime.date(2025, 1, 1), datetime.date(2027, 12, 31))
    assert found.datasets[DATASET + "26362-3"]["temporal"] == period
    assert found.datasets[DATASET + "243800984-2017"]["temporal"] is None  # no end is known


def test_every_file_and_page_that_the_catalogue_names_is_there(paged: httpx.Client) -> None:
    found = harvest(paged, f"{paged.base_url}/catalog.rdf", "application/rdf+xml")
    files = [r for d in found.datasets.values() for r in d["resources"] if r["download"]]
    assert len({r["url"] for r in files}) == len(files) > 40
    for file in files:
        answer = paged.get(file["url"])
        assert answer.status_code == 200, file["url"]
        kind = answer.headers["content-type"].partition(";")[0]
        assert file["media_type"] == f"http://www.iana.org/assignments/media-types/{kind}"
        if "/dumps/" in file["url"]:
            assert len(answer.content) == file["size"]
            assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
    for dataset in found.datasets.values():
        page = paged.get(dataset["landing_page"], headers={"Accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]


def test_each_page_is_valid_dcat_ap(paged: httpx.Client) -> None:
    shapes = Graph().parse(SUITE / "shapes.ttl")
    recommended = Graph().parse(SUITE / "shapes_recommended.ttl")
    for page in harvest(paged, f"{paged.base_url}/catalog.ttl").pages:
        data = Graph().parse(data=paged.get(page).content, format="turtle")
        conforms, _, text = validate(data, shacl_graph=shapes, do_owl_imports=False, advanced=False)
        assert conforms, text
        conforms, report, text = validate(data, shacl_graph=recommended, do_owl_imports=False)
        # What is only advised, and not known: whom to write to, geometry, periods that no text gives.
        advised = {str(p).rpartition("#")[2].rpartition("/")[2] for p in report.objects(None, SH.resultPath)}
        assert conforms or advised <= ADVISED, text


def test_the_gate_is_shut_for_what_is_not_valid(paged: httpx.Client) -> None:
    data = Graph().parse(data=paged.get("/catalog.ttl").content, format="turtle")
    data.remove((None, DCAT.accessURL, None))
    shapes = Graph().parse(SUITE / "shapes.ttl")
    assert not validate(data, shacl_graph=shapes, do_owl_imports=False)[0]


def test_a_page_for_people_leads_to_the_next(paged: httpx.Client) -> None:
    first = paged.get("/catalog", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert first.status_code == 200
    assert "Page 1 of 3, 11 datasets" in first.text
    assert 'rel="next"' in first.text
    last = paged.get("/catalog?page=3", headers={"Accept": "text/html"})
    assert 'rel="next"' not in last.text
    assert 'rel="prev"' in last.text


def test_pages_that_are_not_there(paged: httpx.Client) -> None:
    assert paged.get("/catalog?page=4").status_code == 404
    assert paged.get("/catalog.pdf").status_code == 404
    for page in ("0", "-1", "x", "1.5", "²"):
        assert paged.get("/catalog", params={"page": page}).status_code == 400
    assert paged.get("/catalog?page=99999999999999999999").status_code == 404
    assert paged.get("/catalog", headers={"Accept": "image/png"}).status_code == 406


def test_a_client_that_has_the_page_is_told_so(paged: httpx.Client) -> None:
    first = paged.get("/catalog.ttl")
    again = paged.get("/catalog.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert paged.get("/catalog.ttl?page=2").headers["etag"] != first.headers["etag"]
    assert 'rel="next"' in first.headers["link"]


def test_behind_a_public_address_the_catalogue_names_that(
    start: Callable[..., httpx.Client], bundled_release: Path
) -> None:
    client = start(folder=bundled_release, public_url="https://data.example.org/sante", workers=1)
    text = client.get("/catalog.nt").text
    assert "<https://data.example.org/sante/dumps/graph.nq>" in text
    assert "127.0.0.1" not in text
    assert "<https://w3id.org/cls-sante/dumps/" not in text


def test_a_release_without_a_catalogue_has_none(client: httpx.Client) -> None:
    assert client.get("/catalog").status_code == 404
