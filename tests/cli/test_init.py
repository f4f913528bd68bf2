"""A new corpus: what init writes and refuses, and the whole loop in it, by real commands."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pty
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import openpyxl
import pytest
import yaml

BASE = "https://data.example.org/cls/"
OURS = "https://w3id.org/cls-sante/"
OPTIONS = ("--base", BASE, "--title", 'Les "CLS" d’Essai', "--publisher", "Essai", "--date", "2026-11-28")
TEXT = """Un deuxième contrat local de santé pour la Ville de Rennes

Le 12 mars 2026, la Ville de Rennes et l'Agence régionale de santé Bretagne ont signé le 2e contrat
local de santé de la Ville de Rennes, pour la période 2026-2030.

Les équipes se sont retrouvées dans une salle lumineuse, et chacun a pu dire ce que les années passées lui ont
appris ; la soirée s'est achevée par un verre de cidre.
"""


def well(done: Any) -> str:
    assert done.code == 0, done.out + done.err
    return str(done.out)


@pytest.fixture(scope="module")
def reviewed(run_cli: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new corpus with a contract drafted from a text, reviewed, taken through a workbook, checked."""
    return walked(run_cli, tmp_path_factory.mktemp("forked"), TEXT)


def walked(run_cli: Callable[..., Any], folder: Path, words: str, *kind: str) -> Path:
    """The loop from ``init`` to a checked record, with a text."""
    well(run_cli("init", "new", *OPTIONS, *kind, cwd=folder))
    new = folder / "new"
    well(run_cli("check", cwd=new))
    (new / "sources").mkdir()
    (new / "sources" / "rennes.txt").write_text(words, encoding="utf-8")
    record = new / "data" / "contracts" / "35238-2.yaml"
    well(run_cli("draft", "sources/rennes.txt", "--out", record, cwd=new))
    for file in [record, *sorted((new / "data").glob("*.yaml"))]:
        schema = file.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
        assert json.loads((file.parent / schema).read_text(encoding="utf-8"))["$defs"], file
    assert run_cli("check", cwd=new).code == 1  # bodies and text are not in the registry yet
    data = new / "data"
    bodies = [
        {
            "key": "commune-35238",
            "label": "Ville de Rennes",
            "kind": "commune",
            "territory": ["commune/35238"],
        },
        {"key": "ars-53", "label": "ARS Bretagne", "kind": "ars", "territory": ["region/53"]},
    ]
    document = {
        **{
            "key": "rennes",
            "title": "Communiqué",
            "publisher": "ars-53",
            "url": "https://example.org/rennes",
        },
        **{"type": "press-release", "language": "fr", "reliability": "official-release"},
        "sha256": hashlib.sha256(words.encode()).hexdigest(),
    }
    (data / "organisations.yaml").write_text(json.dumps({"organisations": bodies}), encoding="utf-8")
    (data / "documents.yaml").write_text(json.dumps({"documents": [document]}), encoding="utf-8")
    rows = "region,53,Bretagne,,,2026\ndepartement,35,Ille-et-Vilaine,,53,2026\n"
    rows += "commune,35238,Rennes,35,53,2026\n"
    with (data / "territories.csv").open("a", encoding="utf-8") as out:
        out.write(rows)
    well(run_cli("verify", "--sources", "sources", "--write", cwd=new))
    well(run_cli("check", cwd=new))
    well(run_cli("review", record, "--xlsx", "queue.xlsx", cwd=new))
    book = openpyxl.load_workbook(new / "queue.xlsx")
    sheet = book["Relecture"]
    decision = next(c.column for c in sheet[1] if c.value == "Décision")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, decision).value = "accepter"
    book.save(new / "queue.xlsx")
    signed = ("--by", "Camille", "--on", "2026-11-28")
    well(run_cli("review", record, "--decisions", "queue.xlsx", *signed, cwd=new))
    well(run_cli("export", "--xlsx", "all.xlsx", cwd=new))
    book = openpyxl.load_workbook(new / "all.xlsx")
    sheet = next(book[name] for name in ("Contrat", "Convention") if name in book.sheetnames)
    title = next(c for c in sheet[1] if c.value == "Titre")
    sheet.cell(2, title.column).value = "Deuxième contrat de Rennes"
    book.save(new / "all.xlsx")
    assert "Deuxième contrat de Rennes" in well(run_cli("import", "all.xlsx", cwd=new))
    well(run_cli("verify", "--sources", "sources", cwd=new))
    well(run_cli("check", cwd=new))
    return new


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_in_the_folder_that_one_stands_in(
    cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("init", ".", *OPTIONS, "--lang", lang).code == 0
    assert Path.cwd() == tmp_path
    assert cli("rules", "--check").code == 0
    # What may be added to the code lists, which are shared, is no finding of this corpus.
    assert cli("check", "--json").json()["findings"] == []
    assert sorted(p.name for p in tmp_path.parent.iterdir() if ".cls-graph-" in p.name) == []
    assert (Path("data") / "dataset.yaml").is_file()


def test_the_whole_loop_works_in_a_new_corpus(run_cli: Callable[..., Any], reviewed: Path) -> None:
    new = reviewed
    text = (new / "data" / "contracts" / "35238-2.yaml").read_text(encoding="utf-8")
    assert "Camille" in text
    well(run_cli("build", "--out", "release", cwd=new))
    question = (
        "PREFIX cls: <https://w3id.org/cls-sante/ontology#> SELECT ?c WHERE { ?c a cls:LocalHealthContract }"
    )
    assert f"{BASE}id/contract/35238-2" in well(run_cli("query", question, cwd=new))
    quads = (new / "release" / "graph.nq").read_text(encoding="utf-8")
    assert f"{OURS}graph/" not in quads
    assert f"{OURS}id/contract" not in quads
    assert f"{OURS}id/dataset" not in quads


NAMED = re.compile(r"contrats? loca(?:l|ux) de santé(?! mentale)|local health contract", re.IGNORECASE)
BARE = re.compile(r"(?<!Deuxième )\bcontrats?\b", re.IGNORECASE)
"""The noun of local health contracts, but in the title that the loop gives."""
PAIR = (
    f"SELECT * {{ VALUES (?a ?b) {{ (<{BASE}id/contract/35238-2> <{BASE}id/organisation/commune-35238>) }} }}"
)
NAMING = (
    "/sparql?network=json&query=" + quote(PAIR),
    *("/map.csv", "/contracts.csv", "/timeline.csv", "/matrix.csv", "/contracts.geojson"),
    *("/network.svg", "/network.json", "/network.graphml", "/network", "/page/organisation/commune-35238"),
    *("/map", "/about", "/organisations", "/determinants", "/compare?c=35238-2"),
    *("/queries", "/queries.json", "/queries/contracts", "/queries/contracts-like.csv", "/openapi.json"),
    *("/.well-known/sparql-examples.ttl", "/docs", "/sparql"),
)
"""Files and pages that name contracts in words."""
THEIRS = re.compile(
    OURS + r"id/(?!agent/)|26362-3|plaine.limagne|voironnais|grenoble|st[ée]phanois|\bvalence\b",
    re.IGNORECASE,
)
READ = {".html", ".ttl", ".jsonld", ".rdf", ".nq", ".trig", ".json", ".csv", ".atom", ".xml"}


def test_the_whole_loop_works_for_another_kind_of_contract_which_is_called_by_its_name(
    run_cli: Callable[..., Any], serve: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    text = TEXT.replace("le 2e contrat\nlocal de santé", "la 2e convention\nde ville")
    text = text.replace("Un deuxième contrat local de santé", "Une deuxième convention de ville")
    named = ("--kind", "convention de ville", "--kind-en", "urban agreement")
    new = walked(run_cli, tmp_path, text, *named)
    record = (new / "data" / "contracts" / "35238-2.yaml").read_text(encoding="utf-8")
    assert all(f'party: "{key}"' in record for key in ("commune-35238", "ars-53"))
    assert '"2026-03-12"' in record
    well(run_cli("build", "--out", "release", cwd=new))
    client = serve(new / "release")
    page = client.get("/page/contract/35238-2", headers={"Accept": "text/html"}, timeout=60)
    assert "convention de ville" in page.text
    files_say_the_noun(client)
    assert "Agence régionale de santé Bretagne" in page.text
    well(run_cli("publish", "--release", "release", "--out", "public", cwd=new))
    public = new / "public"
    for path in [*public.rglob("*"), *(new / "release").rglob("*")]:
        if path.suffix in READ:
            assert not THEIRS.search(path.read_text(encoding="utf-8")), path
    quoted = {"page/contract", "page/document", "list"}  # titles and quotes say what the text says
    pages = [p for p in public.rglob("*.html") if p.relative_to(public).parent.as_posix() not in quoted]
    assert len(pages) > 400
    assert not [p for p in pages if NAMED.search(p.read_text(encoding="utf-8"))]
    assert "<h1>Conventions</h1>" in (public / "contracts.html").read_text(encoding="utf-8")
    assert "<h1>Agreements</h1>" in (public / "contracts.en.html").read_text(encoding="utf-8")
    assert "Ce que des textes publics disent de conventions" in (new / "README.md").read_text(
        encoding="utf-8"
    )
    assert "sur les conventions de ville" in (public / "index.html").read_text(encoding="utf-8")
    assert "about French urban agreements" in (public / "index.en.html").read_text(encoding="utf-8")
    contract = (public / "page" / "contract" / "35238-2.html").read_text(encoding="utf-8")
    assert '<a href="../../ontology.html#LocalHealthContract">convention de ville</a></p>' in contract
    ontology = (public / "ontology.html").read_text(encoding="utf-8")
    assert "Place qu&#39;un organisme tient dans une convention de ville" in ontology
    commands_say_the_noun(run_cli, new)


def files_say_the_noun(client: httpx.Client) -> None:
    """Files, titles of pictures and legends call the contracts as the pages do: "conventions"."""
    for address in ("/contracts", "/organisations", "/matrix", "/compare?c=35238-2"):
        book = openpyxl.load_workbook(io.BytesIO(client.get(address, params={"format": "xlsx"}).content))
        said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [text for text in said if BARE.search(text)], address
    for path in NAMING:
        answer = client.get(path, headers={"Accept": "text/html, */*;q=0.5"})
        assert answer.status_code == 200, path
        assert not BARE.search(answer.text), (path, BARE.search(answer.text))
        assert re.search("[Cc]onvention", answer.text), path


def commands_say_the_noun(run_cli: Callable[..., Any], new: Path) -> None:
    """Ready questions, workbooks, differences and the end of a build, as commands give them."""
    said = [well(run_cli(*words, cwd=new)) for words in (("query",), ("query", "contracts-like"))]
    well(run_cli("export", "--xlsx", "all.xlsx", "--force", cwd=new))
    book = openpyxl.load_workbook(new / "all.xlsx")
    assert "Convention" in book.sheetnames
    said += [str(cell.value) for name in book.sheetnames for row in book[name].iter_rows() for cell in row]
    book["Convention"].title = "Contrat"
    book.save(new / "all.xlsx")
    well(run_cli("import", "all.xlsx", cwd=new))
    (new / "data" / "contracts" / "35238-2.yaml").unlink()
    said.append(well(run_cli("diff", "release", ".", cwd=new)))
    assert "Conventions : 0 ajoutée, 1 retirée" in said[-1]
    assert "- convention retirée :" in said[-1]
    assert not [text for text in said if BARE.search(text)]


def test_a_corpus_without_a_record_is_built_and_published(
    run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    well(run_cli("init", "new", *OPTIONS, cwd=tmp_path))
    for _ in range(2):
        well(run_cli("build", "--out", "release", cwd=tmp_path / "new"))
    assert f"{BASE}id/dataset/cls-graph" in (tmp_path / "new" / "release" / "graph.nq").read_text(
        encoding="utf-8"
    )
    well(run_cli("publish", "--release", "release", "--out", "public", cwd=tmp_path / "new"))
    assert (tmp_path / "new" / "public" / "feed" / "index.ttl").is_file()


def test_the_kind_of_contract_is_asked_for_by_name_and_the_rest_is_guessed(
    run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    kind = ("--kind", "convention territoriale de santé", "--kind-en", "health agreement")
    well(run_cli("init", "new", *OPTIONS, *kind, cwd=tmp_path))
    said = yaml.safe_load((tmp_path / "new" / "data" / "dataset.yaml").read_text(encoding="utf-8"))
    fr = {"singular": kind[1], "plural": "conventions territoriales de santé", "feminine": True}
    en = {"singular": "health agreement", "plural": "health agreements"}
    assert said["contract_kind"] == {"fr": fr, "en": en}
    well(run_cli("build", "--out", "release", cwd=tmp_path / "new"))
    told = (tmp_path / "new" / "release" / "graph.nq").read_text(encoding="utf-8")
    assert '"Listes de codes des conventions"@fr' in told
    assert '"Code lists of the agreements"@en' in told
    assert '"Listes de codes des contrats"@fr' not in told


def test_a_kind_without_an_english_name_has_the_french_plural(
    run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    well(run_cli("init", "new", *OPTIONS, "--kind", "contrat de ville", cwd=tmp_path))
    said = yaml.safe_load((tmp_path / "new" / "data" / "dataset.yaml").read_text(encoding="utf-8"))
    assert said["contract_kind"]["en"] == {"singular": "contrat de ville", "plural": "contrats de ville"}


def test_a_folder_that_holds_something_is_not_touched(run_cli: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    done = run_cli("init", "full", *OPTIONS, "--lang", "en", cwd=tmp_path)
    assert done.code == 2
    assert "not empty" in done.err
    assert [p.name for p in tmp_path.rglob("*")] == ["full", "mine.txt"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--base", "exemple.fr"),
        ("--base", OURS),
        ("--base", OURS + "bretagne/"),
        ("--licence", "libre"),
        ("--date", "hier"),
    ],
)
def test_a_value_that_does_not_do_is_named(
    run_cli: Callable[..., Any], tmp_path: Path, option: str, value: str
) -> None:
    done = run_cli("init", "new", *OPTIONS, option, value, cwd=tmp_path)
    assert done.code == 2
    assert option in done.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_named_where_nobody_can_be_asked(
    run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    done = run_cli("init", "new", "--base", BASE, cwd=tmp_path)
    assert done.code == 2
    assert "--title, --publisher" in done.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_asked_at_a_terminal(
    command: tuple[list[str], dict[str, str]], tmp_path: Path
) -> None:
    words, env = command
    master, slave = pty.openpty()
    typed = f"{OURS}\nexemple.fr\n{BASE}\nCLS d'essai\nObservatoire\n"
    os.write(master, typed.encode())
    done = subprocess.run(
        [*words, "init", "new", "--date", "2026-11-28"],
        stdin=slave,
        stderr=slave,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=env,
        timeout=120,
        check=False,
    )
    os.close(slave)
    said = os.read(master, 1 << 16).decode()
    os.close(master)
    assert done.returncode == 0, said
    assert "adresse sous laquelle" in said
    assert said.count("→") == 2  # the base of this project, and what is no address
    written = (tmp_path / "new" / "data" / "dataset.yaml").read_text(encoding="utf-8")
    assert BASE in written
    assert "CLS d'essai" in written
    assert "Observatoire" in written


LEAK = re.compile(re.escape(OURS) + r"(?!ontology|vocab|shapes|rules|problem|id/agent/cls-graph)[^\s\"'<>]*")
"""An identifier of this project other than the terms, which all corpora share, and who made them."""
PAGES = (
    "/", "/contracts", "/organisations", "/territories", "/determinants", "/queries", "/queries/contracts",
    "/sparql", "/matrix", "/timeline", "/map", "/network", "/search?q=x", "/compare", "/validation", "/about",
    "/catalog", "/releases", "/ontology",
)  # fmt: skip


def test_an_empty_corpus_is_served_and_published(
    run_cli: Callable[..., Any], serve: Callable[..., httpx.Client], tmp_path: Path
) -> None:
    well(run_cli("init", "new", *OPTIONS, cwd=tmp_path))
    well(run_cli("build", "--out", "release", cwd=tmp_path / "new", timeout=180))
    client = serve(tmp_path / "new" / "release")
    for path in PAGES:
        page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "fr"}, timeout=60)
        assert page.status_code == 200, path
        assert "ne contient encore aucun contrat" in page.text, path
        assert LEAK.findall(page.text) == [], path
    for path in ("/catalog.ttl", "/.well-known/void.ttl", "/feed.atom", "/dumps/tables/csv-metadata.json"):
        found = client.get(path, timeout=60)
        assert found.status_code == 200, path
        assert BASE in found.text, path
        assert LEAK.findall(found.text) == [], path
