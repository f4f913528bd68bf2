"""The commands reach no other machine, whatever their input names; a canary listens on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Tiny

IMPORTS = """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<{base}graph/note> a owl:Ontology ; owl:imports <{url}more.ttl> ; sh:shapesGraph <{url}shapes.ttl> .
"""
REMOTE = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cls: <https://w3id.org/cls-sante/ontology#> .
@prefix clssh: <https://w3id.org/cls-sante/shapes#> .
clssh:Remote a sh:NodeShape ; sh:targetClass cls:LocalHealthContract ; sh:sparql clssh:Remote-query .
clssh:Remote-query a sh:SPARQLConstraint ; sh:message "Ailleurs."@fr , "Elsewhere."@en ;
  sh:select "SELECT $this WHERE {{ SERVICE <{url}> {{ $this ?p ?o }} }}" .
"""


@pytest.mark.parametrize("engine", ["pyshacl", "pyshifty"])
def test_a_check_imports_nothing(tiny: Tiny, cli: Callable[..., Any], canary: Any, engine: str) -> None:
    note = IMPORTS.format(base="https://w3id.org/cls-sante/", url=canary.url)
    (tiny.root / "data" / "note.ttl").write_text(note, encoding="utf-8")
    for name in ("shapes/core.ttl", "ontology/vocab/determinant.ttl"):
        with (tiny.root / name).open("a", encoding="utf-8") as file:
            file.write(f"<urn:more> <http://www.w3.org/2002/07/owl#imports> <{canary.url}more.ttl> .\n")
    assert cli("check", "--corpus", tiny.root, "--engine", engine).code in (0, 1)
    assert canary.hits == 0


@pytest.mark.parametrize("engine", ["pyshacl", "pyshifty"])
def test_a_shape_asks_no_other_server(tiny: Tiny, cli: Callable[..., Any], canary: Any, engine: str) -> None:
    (tiny.root / "shapes" / "remote.ttl").write_text(REMOTE.format(url=canary.url), encoding="utf-8")
    run = cli("check", "--corpus", tiny.root, "--engine", engine, "--lang", "en")
    assert (run.code, canary.hits) == (2, 0), run.out
    assert "SERVICE" in run.err or "SERVICE" in run.out


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}g.ttl> {{ ?s ?p ?o }}",
        "LOAD <{url}g.ttl>",
    ],
)
def test_a_query_asks_no_other_server(tiny: Tiny, cli: Callable[..., Any], canary: Any, query: str) -> None:
    code = cli("query", query.format(url=canary.url), "--corpus", tiny.root).code
    assert code == 2 or "FROM" in query
    assert canary.hits == 0


def test_a_page_that_is_drafted_from_is_only_text(tiny: Tiny, cli: Callable[..., Any], canary: Any) -> None:
    page = tiny.root / "page.html"
    page.write_text(
        f'<html><head><link rel="stylesheet" href="{canary.url}s.css">'
        f'<script src="{canary.url}s.js"></script></head>'
        f'<body><img src="{canary.url}i.png"><iframe src="{canary.url}"></iframe>'
        "<p>La Ville d’Exemple et l’Agence ont signé un contrat local de santé.</p></body></html>",
        encoding="utf-8",
    )
    assert cli("draft", page, "--corpus", tiny.root).code in (0, 1)
    assert canary.hits == 0
