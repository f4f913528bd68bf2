"""Parameters: typed, chosen from the data, and one term each whatever is in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyoxigraph import Quad

from cls_graph import queries
from cls_graph.errors import BadRequest, NotFound
from cls_graph.queries import library
from cls_graph.queries.asking import example
from cls_graph.queries.binding import places
from cls_graph.queries.choices import choices_in
from cls_graph.queries.parameters import Parameter, term
from cls_graph.store import EmbeddedStore

HOSTILE = [
    '"',
    "''",
    "\\",
    '"} UNION { ?s ?p ?o } #',
    'x" } . ?s ?p ?o . FILTER("a"="a',
    "\\u0022 } SERVICE <http://127.0.0.1/> {",
    "a\nb\r\n# c",
    "?x $y {} <urn:x> <<",
    "=HYPERLINK()",
    "🎉 e\u0301 \u202e",
]


@pytest.fixture(scope="module")
def store(bundled_quads: list[Quad]) -> EmbeddedStore:
    return EmbeddedStore.from_quads(bundled_quads)


def column(answer: queries.Answer, name: str) -> list[str]:
    at = answer.columns.index(name)
    return [getattr(row[at], "value", "") for row in answer.rows]


def test_a_value_changes_the_answer(store: EmbeddedStore) -> None:
    hospital = queries.run("co-signatories", store, organisation="hopital-public-38")
    assert len(hospital.rows) == 12
    assert "Agence régionale de santé Auvergne-Rhône-Alpes" in column(hospital, "label")
    assert column(queries.run("in-force", store, date="2028-06-01"), "key") == ["200071199-2025", "42218-a"]
    assert column(queries.run("in-force", store, date="2024-12-31"), "key") == ["42218-a"]
    assert set(column(queries.run("milestones", store, contract="42218-a"), "key")) == {"42218-a"}
    assert column(queries.run("quotes-with", store, text="30 FICHES"), "quote") == ["30 fiches actions"]


@pytest.mark.parametrize(
    ("typed", "printed", "rows"),
    [
        ("sante  MENTALE", "santé mentale", 7),
        ("« santé mentale ? »", "santé mentale", 7),
        ("l'offre", "l’offre", 3),
    ],
)
def test_quotes_are_found_as_a_keyboard_types_them(
    store: EmbeddedStore, typed: str, printed: str, rows: int
) -> None:
    found = queries.run("quotes-with", store, text=typed)
    assert len(found.rows) == rows
    assert found.rows == queries.run("quotes-with", store, text=printed).rows


@pytest.mark.parametrize(
    "value",
    ["logement", "det:logement", "https://w3id.org/cls-sante/vocab/determinant/logement", " logement "],
)
def test_a_concept_may_be_written_in_several_ways(store: EmbeddedStore, value: str) -> None:
    answer = queries.run("contracts-by-determinant", store, determinant=value)
    assert set(column(answer, "key")) == {"26362-3"}


def test_a_thing_may_be_named_by_its_identifier(store: EmbeddedStore) -> None:
    by_key = queries.run("programme", store, contract="42218-a")
    by_iri = queries.run("programme", store, contract="https://w3id.org/cls-sante/id/contract/42218-a")
    assert by_key.rows == by_iri.rows != []


def quads_of(*keys: str) -> list[Quad]:
    """Contracts with these keys."""
    said = "".join(
        f'<urn:{key}> a cls:LocalHealthContract ; dcterms:identifier "{key}" ; rdfs:label "{key}"@fr .'
        for key in keys
    )
    heads = (
        "PREFIX cls: <https://w3id.org/cls-sante/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    )
    return list(ox.parse(heads + f"GRAPH <urn:g> {{ {said} }}", format=ox.RdfFormat.TRIG))


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        ([], "UNDEF"),
        (["35238-2", "01004-2023"], '"01004-2023"'),
        (["01004-2023", "26362-3"], '"26362-3"'),
    ],
)
def test_what_is_left_out_is_a_thing_of_the_data(keys: list[str], asked: str) -> None:
    made = EmbeddedStore.from_quads(quads_of(*keys))
    for name in ("facts", "programme", "signatories", "evidence", "contracts-like"):
        query = queries.run(name, made).query
        assert f"VALUES ?contractKey {{ {asked} }}" in query, name
        assert example(library()[name], choices_in(made, "fr")).replace('"fr"', "") == query.replace(
            '"fr"', ""
        )


def test_what_is_given_stays_what_is_given() -> None:
    made = EmbeddedStore.from_quads(quads_of("35238-2"))
    with pytest.raises(BadRequest, match="35238-2"):
        queries.run("facts", made, contract="26362-3")
    assert '"35238-2"' in queries.run("facts", made, contract="").query


def test_labels_come_in_the_language_asked_for(store: EmbeddedStore) -> None:
    assert "Housing" in column(queries.run("determinants", store, lang="en"), "label")
    assert "Logement" in column(queries.run("determinants", store), "label")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("programme", {"contract": "26362"}, "26362-3"),
        ("programme", {"contract": '26362-3" }'}, "26362-3"),
        ("contracts-by-determinant", {"determinant": "logements"}, "logement"),
        ("contracts-by-determinant", {"determinant": "../party-role/signatory"}, "acces-aux-droits"),
        ("in-force", {"date": "2025-02-30"}, "2026-01-31"),
        ("in-force", {"date": "hier"}, "2026-01-31"),
        ("in-force", {"date": "٢٠٢٥-01-01"}, "2026-01-31"),
        ("similar-contracts", {"minimum": "0"}, "1 à 1000"),
        ("similar-contracts", {"minimum": "1.5"}, "1 à 1000"),
        ("similar-contracts", {"minimum": "9" * 400}, "1 à 1000"),
        ("funding-by-year", {"from": "25"}, "1900 à 2100"),
        ("determinants", {"lang": "de"}, "fr, en"),
        ("quotes-with", {"text": "a\x00b"}, "commande"),
        ("quotes-with", {"text": "a" * 501}, "500"),
        ("quotes-with", {"words": "a"}, "text"),
        ("persons", {"contract": "26362-3"}, "aucun"),
    ],
)
def test_what_is_wrong_is_refused_with_the_choices(
    store: EmbeddedStore, name: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        queries.run(name, store, **given)
    assert said in caught.value.detail["fr"]
    assert caught.value.detail["fr"] != caught.value.detail["en"]
    assert caught.value.extra["parameter"] == next(iter(given))


@pytest.mark.parametrize(
    ("least", "most", "said"), [(1, None, "1 at least"), (None, 9, "9 at most"), (1, 9, "from 1 to 9")]
)
def test_the_bounds_of_a_number_are_said(least: int | None, most: int | None, said: str) -> None:
    asked = Parameter("n", "integer", {}, least=least, most=most)
    with pytest.raises(BadRequest, match=said):
        term(asked, "0" if least else "10")


def test_the_nearest_question_is_named(store: EmbeddedStore) -> None:
    with pytest.raises(NotFound, match="co-signatories"):
        queries.run("cosignatories", store)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_one_term(store: EmbeddedStore, text: str) -> None:
    """It is found where it is in a quote, and nothing else is."""
    words = ox.NamedNode("urn:quote")
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    own = EmbeddedStore.from_quads([Quad(words, exact, ox.Literal(f"<{text}>"), ox.NamedNode("urn:g"))])
    question = library()["quotes-with"]
    bound = queries.bind(question, {"text": ox.Literal(text)})
    assert len(places(bound)) == len(places(question.query)) == 1
    assert queries.run("quotes-with", store, text=text).rows == []
    where = bound[bound.index("VALUES") : bound.index("?words")]
    counted = own.select(
        f"SELECT ?quote WHERE {{ {where} ?w <{exact.value}> ?quote FILTER(CONTAINS(?quote, ?text)) }}"
    )
    assert [getattr(row["quote"], "value", "") for row in counted] == [f"<{text}>"]


def test_the_strings_of_the_suite_stay_one_term(naughty_strings: list[str]) -> None:
    """Of the strings that break things, none leaves its place."""
    question = library()["quotes-with"]
    known = places(question.query)
    assert len(naughty_strings) > 500
    for text in naughty_strings:
        bound = queries.bind(question, {"text": ox.Literal(text)})
        assert len(places(bound)) == len(known)
        ox.Store().query(bound)


def test_each_question_can_be_asked_with_each_parameter(store: EmbeddedStore) -> None:
    given = {
        "contract": "42218-a",
        "organisation": "ars-84",
        "determinant": "logement",
        "kind": "cpam",
        "milestone": "signature",
        "departement": "departement/26",
        "region": "region/84",
    }
    empty = {
        name
        for name, question in library().items()
        if not queries.run(
            name, store, **{p.name: given[p.name] for p in question.parameters if p.name in given}
        ).rows
    }
    assert empty == {"period-conflicts"}


@pytest.mark.slow
def test_the_command_takes_parameters(
    cli: Callable[..., Any], bundled_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLS_CACHE", str(bundled_cache))
    run = cli("query", "in-force", "--param", "date=2024-12-31", "--format", "csv")
    assert run.out.splitlines() == [
        "key,title,begin,end,certainty",
        "42218-a,Contrat local de santé de la Ville de Saint-Étienne,,2028,possible : début non mentionné",
    ]
    run = cli("query", "programme", "--param", "contract=26362")
    assert run.code == 2
    assert "26362-3" in run.err
    assert cli("query", "in-force", "--param", "date").code == 2
    assert cli("query", "in-force", "--param", "date=2024-12-31", "--param", "date=2024-12-30").code == 2
    assert cli("query", "ASK {}", "--param", "date=2024-12-31").code == 2
    run = cli("query", "betweenness", "--format", "json")
    assert run.json()["results"]["bindings"][0]["betweenness"]["value"] == "0.675269"
