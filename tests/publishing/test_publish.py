"""``cls-graph publish``: a plain web server holds it; every link is walked, the catalogue harvested."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT

from tests.harvest import harvest
from tests.walking import Walk, server_of, serving, walk

pytestmark = pytest.mark.slow

SUITE = Path(__file__).resolve().parents[1] / "suites" / "dcat-ap"
BASE = "https://w3id.org/cls-sante/"


@dataclass
class Published:
    """A static publication of the bundled data, as a server holds it under a path of its own."""

    folder: Path
    url: str
    client: httpx.Client
    walked: Walk


@pytest.fixture(scope="module")
def published(
    bundled_release: Path, run_cli: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    root = tmp_path_factory.mktemp("www")
    server = server_of(root)
    url = f"http://127.0.0.1:{server.server_port}/sante/cls"
    folder = root / "sante" / "cls"
    done = run_cli(
        "publish", "--release", bundled_release, "--out", folder, "--url", url + "/",
        "--catalogue-page", "4", timeout=300,
    )  # fmt: skip
    assert done.code == 0, done.err
    with serving(server), httpx.Client(timeout=20) as client:
        yield Published(folder, url, client, walk(url + "/"))


def test_no_link_is_broken(published: Published) -> None:
    assert published.walked.broken == []
    assert len(published.walked.pages) > 500


def test_nothing_needs_a_running_service(published: Published) -> None:
    for url, page in published.walked.pages.items():
        assert page.forbidden == [], url
        assert page.headings == 1, url
        assert page.lang in ("fr", "en"), url
    host = published.url.partition("/sante")[0]
    assert not [link for link in published.walked.outside if link.startswith(host)]
    for path in published.folder.rglob("*"):
        if path.suffix in (".html", ".ttl", ".jsonld", ".rdf") and "dumps" not in path.parts:
            assert f"{published.url}/sparql" not in path.read_text(encoding="utf-8"), path


def test_every_page_and_file_is_a_few_links_away(published: Published) -> None:
    files = {p.relative_to(published.folder).as_posix() for p in published.folder.rglob("*") if p.is_file()}
    reached = {url.removeprefix(published.url + "/") or "index.html" for url in published.walked.reached}
    hidden = files - reached
    assert not [name for name in hidden if name.endswith(".html")]
    assert not [name for name in hidden if name.startswith(("data/", "vocab/", "dumps/contracts/"))]
    for name in ("page/contract/26362-3.html", "page/contract/26362-3.en.html", "data/contract/26362-3.ttl"):
        assert name in reached


def test_types_are_those_that_the_server_knows(published: Published) -> None:
    kinds = {Path(url).suffix: kind for url, kind in published.walked.reached.items()}
    assert kinds[".html"] == "text/html"
    assert kinds[".csv"] == "text/csv"
    assert kinds[".css"] == "text/css"
    assert kinds[".json"] == "application/json"


def test_pages_say_what_the_data_say_in_both_languages(published: Published) -> None:
    french = published.client.get(f"{published.url}/page/contract/26362-3.html").text
    english = published.client.get(f"{published.url}/page/contract/26362-3.en.html").text
    assert '<html lang="fr"' in french
    assert '<html lang="en"' in english
    assert "3e Contrat local de santé de la Ville de Valence" in french
    assert 'href="26362-3.en.html"' in french
    assert 'href="26362-3.html"' in english
    triples = list(
        ox.parse((published.folder / "data/contract/26362-3.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    )
    assert len(triples) > 900
    for extension, form in (("jsonld", ox.RdfFormat.JSON_LD), ("rdf", ox.RdfFormat.RDF_XML)):
        same = ox.parse((published.folder / f"data/contract/26362-3.{extension}").read_bytes(), format=form)
        assert {q.triple for q in same} == {q.triple for q in triples}


@pytest.mark.parametrize("start", ["catalog.ttl", "catalog.rdf", "catalog.jsonld"])
def test_a_harvester_reads_the_catalogue(published: Published, start: str) -> None:
    found = harvest(published.client, f"{published.url}/{start}")
    assert len(found.pages) == 3
    assert len(found.datasets) == 11
    assert found.services == []
    period = (datetime.date(2025, 1, 1), datetime.date(2027, 12, 31))
    assert found.datasets[f"{BASE}id/dataset/26362-3"]["temporal"] == period
    for dataset in found.datasets.values():
        assert dataset["licence"] in ("lov2", "cc-by")
        assert published.client.get(dataset["landing_page"]).status_code == 200
        assert dataset["resources"]
        for file in dataset["resources"]:
            assert file["download"]
            content = published.client.get(file["url"])
            assert content.status_code == 200, file["url"]
            assert file["size"] in (None, len(content.content))
    if start == "catalog.ttl":
        shapes = Graph().parse(SUITE / "shapes.ttl")
        for page in found.pages:
            data = Graph().parse(data=published.client.get(page).text, format="turtle")
            conforms, _, text = validate(data, shacl_graph=shapes, do_owl_imports=False)
            assert conforms, text


def test_words_of_links_that_lead_nowhere_stay(published: Published) -> None:
    """Headings sort, tiles of the map filter, questions are asked: only at a running service."""
    table = published.client.get(f"{published.url}/determinants.html").text
    assert "<span>Déterminant</span></th>" in table
    start = published.client.get(f"{published.url}/index.html").text
    assert "<g><title>Drôme (26): 1</title>" in start
    assert "<li></li>" not in start


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_list_leads_to_all_that_it_lists(published: Published, lang: str) -> None:
    mark = "" if lang == "fr" else ".en"
    for name in ("contract", "organisation"):
        there = {p.name for p in (published.folder / "page" / name).glob("*.html")}
        mine = {n for n in there if n.endswith(".en.html") == (lang == "en")}
        listed = published.client.get(f"{published.url}/{name}s{mark}.html").text
        assert mine
        assert mine == set(re.findall(rf'<a href="page/{name}/([^"]+)"', listed)) & there


def test_every_list_has_a_title_in_words(published: Published) -> None:
    files = sorted((published.folder / "list").glob("*.html"))
    assert len(files) > 15
    for file in files:
        title = re.search("<h1>([^<]*)</h1>", file.read_text(encoding="utf-8"))
        assert title is not None
        assert title[1] != file.name.partition(".")[0]
        assert title[1][:1].isupper()


def test_nothing_is_offered_that_only_a_service_does(published: Published) -> None:
    words = (
        "Voir la réponse",
        "Toutes les questions",
        "Six questions",
        "Votre question",
        "Comparer les",
        "requête d",
        "requête citée",
    )
    for name in (
        "index",
        "contracts",
        "organisations",
        "territories",
        "determinants",
        "ontology",
        "shapes",
        "releases",
    ):
        page = published.client.get(f"{published.url}/{name}.html").text
        assert not [said for said in words if said in page], name
        assert not re.search(r"(·|\u00a0:)\s*</(p|span)>", page), name
        assert "Réduire la liste" not in page


def test_void_names_files_and_no_endpoint(published: Published) -> None:
    text = (published.folder / ".well-known/void.ttl").read_text(encoding="utf-8")
    dumps = re.findall(rf"<{published.url}/(dumps/[^>]+)>", text)
    assert {"dumps/graph.nq", "dumps/graph.trig", "dumps/graph.jsonld"} <= set(dumps)
    assert all((published.folder / name).is_file() for name in dumps)
    assert "sparqlEndpoint" not in text
    assert "void:Linkset" in text


def test_servers_and_robots_are_told(published: Published) -> None:
    rules = (published.folder / ".htaccess").read_text(encoding="utf-8")
    assert f"{published.url}/data/$1/$2.ttl [R=303" in rules
    assert "AddType text/turtle .ttl" in rules
    nginx = (published.folder / "nginx.conf").read_text(encoding="utf-8")
    assert f"return 303 {published.url}/$cls_folder/$cls_kind/$cls_key.$cls_suffix" in nginx
    robots = (published.folder / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {published.url}/sitemap.xml" in robots
    listed = re.findall("<loc>([^<]+)</loc>", (published.folder / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(listed) == len(list(published.folder.rglob("*.html")))
    assert set(listed) - {f"{published.url}/index.html"} <= published.walked.reached.keys()


@pytest.fixture
def tiny(tiny: Any) -> Any:
    """The tiny corpus with the terms that it names: each is two pages and files, which take long to write."""
    said = "".join(p.read_text(encoding="utf-8") for p in (tiny.root / "data").rglob("*.yaml"))
    for name in ("approach", "counted-item", "determinant", "milestone-type", "organisation-kind"):
        file = tiny.root / "ontology" / "vocab" / f"{name}.ttl"
        scheme, *terms = re.split(r"\n\n(?=:)", file.read_text(encoding="utf-8"))
        named = [term for term in terms if re.search(rf"\b{term[1:].split()[0]}\b", said)]
        file.write_text("\n\n".join([scheme, *named, ""]), encoding="utf-8")
    return tiny


def test_the_same_release_gives_the_same_bytes(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    for name in ("a", "b"):
        run = cli(
            *("publish", "--corpus", tiny.root, "--out", tmp_path / name, "--json", "--formats", "ttl,csv"),
            *("--workers", "1" if name == "a" else "3"),
        )
        assert run.code == 0
    first, second = (
        {
            p.relative_to(tmp_path / n).as_posix(): p.read_bytes()
            for p in (tmp_path / n).rglob("*")
            if p.is_file()
        }
        for n in ("a", "b")
    )
    assert first == second
    said = run.json()
    assert said["url"] == BASE.rstrip("/")
    assert said["counts"]["files"] == len(first) - 1
    assert "data/contract/01999-2.csv" in first
    assert "data/contract/01999-2.rdf" not in first


def test_nothing_of_others_is_replaced_and_a_failure_changes_nothing(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    assert cli("publish", "--corpus", tiny.root, "--out", other).code == 2
    assert [p.name for p in other.iterdir()] == ["mine.txt"]
    out = tmp_path / "out"
    assert cli("publish", "--corpus", tiny.root, "--out", out, "--formats", "ttl").code == 0
    before = (out / "publication.json").read_bytes()
    tiny.edit("party: ars-84", "party: ars-85")
    assert cli("publish", "--corpus", tiny.root, "--out", out).code == 1
    assert (out / "publication.json").read_bytes() == before
    tiny.edit("party: ars-85", "party: ars-84")
    tiny.edit('version: "1.2.3"', 'version: "1.2.4"', "dataset.yaml")
    assert cli("publish", "--corpus", tiny.root, "--out", out, "--formats", "ttl").code == 0
    assert json.loads((out / "publication.json").read_bytes())["version"] == "1.2.4"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus", "other", "out", "sources"]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("options", [("--url", "ftp://x"), ("--url", "http://x/?a"), ("--formats", "pdf")])
def test_what_cannot_be_done_is_said_first(
    cli: Callable[..., Any], tmp_path: Path, lang: str, options: tuple[str, str]
) -> None:
    run = cli("publish", "--out", tmp_path / "out", *options, "--lang", lang)
    assert run.code == 2
    assert options[1].partition("?")[0] in run.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (None, "manifest.json, ce fichier ou ce dossier n'existe pas."),
        ("{", "manifest.json, ce n'est pas du JSON (ligne 1, colonne 2)."),
    ],
)
def test_a_folder_that_is_no_release_is_told_of_in_french(
    cli: Callable[..., Any], tmp_path: Path, manifest: str | None, why: str
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    out = ("--out", tmp_path / "out", "--url", "http://127.0.0.1:8000")
    run = cli("publish", "--release", tmp_path, *out, "--lang", "fr")
    assert run.code == 2
    assert why in run.err
    assert "Errno" not in run.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("suffix", ["ttl", "trig", "jsonld"])
def test_the_change_feed_is_followed_from_file_to_file(published: Published, suffix: str) -> None:
    tree = "https://w3id.org/tree#"
    todo, seen = [f"{published.url}/feed/index.{suffix}"], set()
    members: set[str] = set()
    while todo:
        url = todo.pop()
        seen.add(url)
        answer = published.client.get(url)
        assert answer.status_code == 200, url
        form = ox.RdfFormat.from_extension(suffix)
        for quad in ox.parse(answer.content, format=form, base_iri=url):
            if quad.predicate.value == tree + "node" and quad.object.value not in seen:
                todo.append(quad.object.value)
            if quad.predicate.value.endswith("isVersionOf"):
                members.add(quad.object.value)
    assert f"{BASE}id/contract/26362-3" in members
    assert f"{BASE}id/organisation/ars-84" in members


def test_a_history_without_releases_is_refused(
    bundled_release: Path, run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    done = run_cli("publish", "--release", bundled_release, "--out", tmp_path / "out", "--history", tmp_path)
    assert done.code == 2
    assert "history" in done.err or str(tmp_path) in done.err
    assert not (tmp_path / "out").exists()


def test_earlier_releases_stay_and_their_addresses_answer(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    history, out = tmp_path / "history", tmp_path / "out"
    assert cli("build", "--corpus", tiny.root, "--out", history / "1.2.3").code == 0
    tiny.edit('version: "1.2.3"', 'version: "1.3.0"\nwithdrawn: [id/contract/01999-1]', "dataset.yaml")
    tiny.edit("{key: ars-84,", "{key: ars-84, formerly: [ars-old],", "organisations.yaml")
    assert cli("build", "--corpus", tiny.root, "--out", history / "1.3.0").code == 0
    run = cli(
        *("publish", "--release", history / "1.3.0", "--history", history, "--out", out, "--formats", "ttl"),
        *("--url", "https://data.example.org/s"),
    )
    assert run.code == 0, run.err
    assert "published here" not in run.err
    for version in ("1.2.3", "1.3.0"):
        files = {p.relative_to(history / version) for p in (history / version).rglob("*") if p.is_file()}
        assert len(files) > 20
        for name in files:
            assert (out / "releases" / version / name).read_bytes() == (history / version / name).read_bytes()
    page = (out / "releases.html").read_text(encoding="utf-8")
    assert 'href="releases/1.2.3.html"' in page
    assert 'href="releases/1.3.0.html"' in page
    assert "SPARQL" not in page  # only a service can be asked
    assert 'href="1.2.3/graph.nq"' in (out / "releases/1.2.3.html").read_text(encoding="utf-8")
    assert 'href="1.3.0/graph.nq"' in (out / "releases/1.3.0.en.html").read_text(encoding="utf-8")
    catalogue = Graph().parse(out / "catalog.ttl")
    for version in ("1.2.3", "1.3.0"):
        landing = catalogue.value(URIRef(f"{BASE}releases/{version}"), DCAT.landingPage)
        assert str(landing) == f"https://data.example.org/s/releases/{version}.html"
    rules = (out / ".htaccess").read_text(encoding="utf-8")
    digest = json.loads((history / "1.3.0/manifest.json").read_bytes())["digest"]
    assert f"RewriteRule ^dumps/{digest}/(.+)$ dumps/$1 [L]" in rules
    assert "(contract/01999\\-1)" in rules
    assert "https://data.example.org/s/id/organisation/ars-84 [R=301" in rules
    assert r"feed/(?!1\.2\.3\.\.1\.3\.0/1\.)" in rules


def test_what_was_published_as_unchanging_stays_or_is_told(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    history, out = tmp_path / "history", tmp_path / "out"

    def publish(version: str, *more: str | Path) -> Any:
        words = ("--release", history / version, "--out", out, "--formats", "ttl", "--lang", "en", *more)
        return cli("publish", *words, "--url", "https://data.example.org/s")

    assert cli("build", "--corpus", tiny.root, "--out", history / "1.2.3").code == 0
    first = publish("1.2.3")
    assert first.code == 0, first.err
    assert "published here" not in first.err
    told = {path.relative_to(out): path.read_bytes() for path in (out / "releases/1.2.3").rglob("*.*")}
    assert Path("releases/1.2.3/tables/contracts.csv") in told
    tiny.edit('version: "1.2.3"', 'version: "1.3.0"', "dataset.yaml")
    assert cli("build", "--corpus", tiny.root, "--out", history / "1.3.0").code == 0
    assert publish("1.3.0", "--history", history).code == 0
    assert {name: (out / name).read_bytes() for name in told} == told
    alone = publish("1.3.0")
    assert alone.code == 0
    assert "Version 1.2.3 was published here and is no more" in alone.err
    with (history / "1.2.3/tables/contracts.csv").open("a") as file:
        file.write("changed\n")
    damaged = publish("1.3.0", "--history", history)
    assert damaged.code == 2
    assert "contracts.csv no longer has the digest in the manifest of version 1.2.3" in damaged.err
    assert not (out / "releases/1.2.3").exists()


def test_a_manifest_leads_to_nothing_outside_its_folder(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    history, out, secret = tmp_path / "history", tmp_path / "out", tmp_path / "history" / "secret.txt"
    manifest = history / "1.2.3" / "manifest.json"
    assert cli("build", "--corpus", tiny.root, "--out", manifest.parent).code == 0
    tiny.edit('version: "1.2.3"', 'version: "1.3.0"', "dataset.yaml")
    assert cli("build", "--corpus", tiny.root, "--out", tmp_path / "1.3.0").code == 0
    secret.write_bytes(b"secret")
    good, entry = json.loads(manifest.read_bytes()), {"sha256": hashlib.sha256(b"secret").hexdigest()}
    words = ("--release", tmp_path / "1.3.0", "--history", history, "--out", out, "--formats", "ttl")
    for said, shown in (
        ({"files": []}, "files: []"),
        ({"files": {"graph.nq": {}}}, "files: 'graph.nq'"),
        ({"files": {"graph.nq": "0" * 64}}, "files: 'graph.nq'"),
        ({"files": {"../secret.txt": entry}}, "files: '../secret.txt'"),
        ({"files": {"tables/../../secret.txt": entry}}, "files: 'tables/../../secret.txt'"),
        ({"files": {str(secret): entry}}, "files: '/"),
        ({"version": "../1.2.3"}, "version: '../1.2.3'"),
    ):
        manifest.write_text(json.dumps(good | said))
        done = cli("publish", *words, "--url", "https://data.example.org/s", "--lang", "en")
        assert done.code == 2, done.err
        assert f"{manifest} is not the manifest of a release ({shown}" in done.err
        assert not out.exists()


def test_documents_are_files(published: Published) -> None:
    """Without rules a server knows no document without an ending: none is named so in the data."""
    folder = published.folder
    paths = ("data/contract/*.ttl", "vocab/*/*.ttl", ".well-known/void.ttl")
    for path in [path for pattern in paths for path in folder.glob(pattern)]:
        said = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        documents = {q.subject.value for q in said if q.predicate.value.endswith("/primaryTopic")}
        assert f"{published.url}/{path.relative_to(folder).as_posix()}" in documents
        assert all(
            (folder / d.removeprefix(f"{published.url}/")).is_file() for d in documents if published.url in d
        )
