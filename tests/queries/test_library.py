"""The ready questions and the competency questions, on the bundled data.

The rows in ``expected/`` are what the source texts say, read again by a person; a note or a list of
spellings, which may be reworded, is left out of them and looked at apart.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyoxigraph import Quad

from cls_graph import queries
from cls_graph.collation import by_words
from cls_graph.corpus import Corpus
from cls_graph.namespaces import prefixes
from cls_graph.queries import library
from cls_graph.queries.asking import compute
from cls_graph.queries.binding import unplaced
from cls_graph.queries.question import projection
from cls_graph.queries.solutions import solutions
from cls_graph.store import EmbeddedStore

EXPECTED = Path(__file__).parent / "expected"
BY_PROPERTIES = {"facts"}
EMPTY = {"period-conflicts"}
"""Questions about what the bundled sources do not hold: the rows are those of a record made for them."""
CONTRACTS = "https://w3id.org/cls-sante/id/contract/"


@pytest.fixture(scope="module")
def store(bundled_quads: list[Quad]) -> EmbeddedStore:
    return EmbeddedStore.from_quads(bundled_quads)


@pytest.fixture(scope="module")
def ask(store: EmbeddedStore) -> Callable[[str], list[tuple[str, ...]]]:
    """The rows of a SPARQL query with every prefix declared, as text."""

    prologue = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes().items())

    def run(text: str) -> list[tuple[str, ...]]:
        names, rows = store.rows(prologue + text)
        return [tuple(getattr(row.get(name), "value", "") for name in names) for row in rows]

    return run


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_expectation_is_that_of_a_question() -> None:
    assert {p.stem for p in EXPECTED.glob("*.csv")} | BY_PROPERTIES <= set(library())


@pytest.mark.parametrize("name", sorted(library()))
def test_questions_have_a_title_and_a_description_in_both_languages(name: str) -> None:
    question = library()[name]
    for texts in (question.title, question.description):
        assert set(texts) == {"fr", "en"}
        assert all(texts.values())
        assert texts["fr"] != texts["en"]
    assert question.title["fr"].endswith("?")


def test_a_question_that_can_have_no_row_says_what_that_means() -> None:
    open_ones = {n for n, q in library().items() if [p for p in q.parameters if p.type != "language"]}
    for name in open_ones | EMPTY:
        said = library()[name].empty
        assert set(said) == {"fr", "en"}, name
        assert said["fr"] != said["en"]


@pytest.mark.parametrize("name", sorted(set(library()) - BY_PROPERTIES))
def test_the_rows_are_those_that_the_sources_give(store: EmbeddedStore, name: str) -> None:
    path = EXPECTED / f"{name}.csv"
    assert path.exists(), f"write the rows that you expect of {name} into {path}"
    text = path.read_text(encoding="utf-8")
    columns, expected = text.splitlines()[0].split(","), table(text)
    assert bool(expected) == (name not in EMPTY), (
        "no row on the bundled data: add the name to EMPTY, and a test"
    )
    for infer in (False, True):
        answer = queries.run(name, store, infer=infer)
        rows = table(_csv(answer))
        assert set(columns) <= set(answer.columns)
        assert [{c: row[c] for c in columns} for row in rows] == expected


@pytest.mark.parametrize("name", sorted(library()))
def test_a_question_says_what_its_columns_and_parameters_are(store: EmbeddedStore, name: str) -> None:
    question = library()[name]
    assert unplaced(question) == []
    answer = queries.run(name, store)
    assert answer.columns == question.columns
    for lang in ("fr", "en"):
        labels = [question.label(column, lang) for column in question.columns]
        assert all(labels)
        assert len(set(labels)) == len(labels), labels
        assert all(parameter.label[lang] for parameter in question.parameters)


@pytest.mark.parametrize("name", sorted(library()))
def test_the_order_of_the_rows_leaves_nothing_open(store: EmbeddedStore, name: str) -> None:
    """No two rows are equal in all that the query puts them in order by."""
    text = queries.bind(library()[name], {})
    order = text[text.rindex("ORDER BY") :]
    names = re.findall(r"[?](\w+)", order)
    head, rest = text.split("SELECT", 1)
    hidden = [n for n in names if n not in projection(text)]
    shown = " ".join(f"?{n}" for n in hidden)
    first = rest.lstrip().removeprefix("DISTINCT")
    _, rows = store.rows(f"{head}SELECT {shown} {first}" if "GROUP BY" not in text or hidden else text)
    keys = [tuple(str(row.get(n)) for n in names) for row in rows]
    tied = [key for key, times in Counter(keys).items() if times > 1]
    assert not tied, (
        f"ORDER BY of {name}.rq leaves the order of these rows open, add a variable to it: {tied}"
    )
    assert len({tuple(map(str, row.items())) for row in rows}) == len(rows), f"{name}.rq gives a row twice"


def test_shared_parties_come_under_their_spellings(store: EmbeddedStore) -> None:
    rows = store.select(library()["shared-parties"].text)
    spellings = {row["label"].value: set(row["spellings"].value.split(" | ")) for row in rows}  # type: ignore[union-attr]
    agency = spellings["Agence régionale de santé Auvergne-Rhône-Alpes"]
    assert {"Agence régionale de santé Auvergne–Rhône-Alpes", "l’ARS", "Agence Régionale de Santé"} <= agency
    assert spellings["Centre Hospitalier Alpes Isère"] == {"CHAI", "le Centre Hospitalier Alpes Isère"}


def test_every_cpam_and_every_inferred_date_says_why(store: EmbeddedStore) -> None:
    for name in ("cpam", "inferred-dates"):
        for row in store.select(library()[name].text):
            assert len(str(row["note"])) > 22


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_names_are_in_the_order_of_words(store: EmbeddedStore, lang: str) -> None:
    rows = queries.run("organisations", store, lang=lang).rows
    once = [row[1].value for row in rows if row[3].value == "1"]  # type: ignore[union-attr]
    assert once.index("Caisse d’allocations familiales de la Drôme") < once.index("CHU Grenoble-Alpes")
    assert once == sorted(once, key=by_words)
    names = [cell.value for cell in cells(store, "determinants", "label", lang="fr")]
    assert names.index("Éducation à la santé et littératie") < names.index(
        "Parcours de soins et coordination"
    )


def test_the_order_does_not_hang_on_the_engine(store: EmbeddedStore) -> None:
    question = library()["co-signatories"]
    found = [tuple(row) for row in store.query(queries.bind(question, {}))]  # type: ignore[union-attr]
    shuffled = sorted(found, key=lambda row: str(row[0])[::-1])
    assert compute(question, shuffled) == queries.run("co-signatories", store).rows


# --- what kind of value a column holds


def cells(store: EmbeddedStore, name: str, column: str, **given: str) -> list[Any]:
    answer = queries.run(name, store, **given)
    place = answer.columns.index(column)
    return [row[place] for row in answer.rows]


@pytest.mark.parametrize(
    ("name", "column", "types"),
    [
        ("in-force", "begin", {"gYear"}),
        ("in-force", "end", {"gYear"}),
        ("milestones", "inferredDate", {"date"}),
        ("milestones", "statedDate", {"gYear", "gYearMonth", "gMonthDay"}),
        ("milestones", "date", {"gYear", "gYearMonth", "date"}),
        ("no-signature-date", "inferredDate", {"date"}),
        ("territories", "vintage", {"gYear"}),
        ("coverage", "vintage", {"gYear"}),
        ("funding-by-year", "year", {"gYear"}),
        ("contracts", "duration", {"duration"}),
    ],
)
def test_dates_and_years_are_typed(store: EmbeddedStore, name: str, column: str, types: set[str]) -> None:
    found = cells(store, name, column)
    assert {cell.datatype.value.rpartition("#")[2] for cell in found if cell is not None} == types


@pytest.mark.parametrize("name", sorted(library()))
def test_what_is_missing_is_not_an_empty_text(store: EmbeddedStore, name: str) -> None:
    for row in queries.run(name, store).rows:
        assert not [cell for cell in row if isinstance(cell, ox.Literal) and not cell.value]


def test_a_gap_is_a_number_of_years_where_both_ends_are_known() -> None:
    graph = """
        @prefix cls: <https://w3id.org/cls-sante/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix time: <http://www.w3.org/2006/time#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:b> cls:succeeds <urn:a> ; dcterms:identifier "b" ; dcterms:title "B"@fr ;
            cls:validityPeriod [ time:hasBeginning [ time:inXSDDate "2021-03-01"^^xsd:date ] ] .
        <urn:a> dcterms:identifier "a" ;
            cls:validityPeriod [ time:hasEnd [ time:inXSDgYear "2018"^^xsd:gYear ] ] .
    """
    made = EmbeddedStore.from_quads(ox.parse(graph, format=ox.RdfFormat.TURTLE))
    (row,) = queries.run("successions", made).rows
    assert [str(cell) for cell in row[3:]] == [
        '"2018"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        '"2021-03-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        '"3"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]


@pytest.fixture(scope="module")
def codes(ask: Callable[[str], list[tuple[str, ...]]]) -> dict[str, set[str]]:
    """By language, the codes of the code lists that are no words of it."""
    notations = {code for (code,) in ask("SELECT ?code { ?x skos:inScheme ?y ; skos:notation ?code }")}
    labels = ask("SELECT (LANG(?said) AS ?lang) ?said { ?x skos:inScheme ?y ; skos:prefLabel ?said }")
    return {lang: notations - {said for of, said in labels if of == lang} for lang in ("fr", "en")}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", sorted(n for n, q in library().items() if q.parameter("lang")))
def test_people_read_words_in_their_language(
    store: EmbeddedStore, codes: dict[str, set[str]], name: str, lang: str
) -> None:
    """No code and no bare IRI stands where people read words."""
    question = library()[name]
    answer = queries.run(name, store, lang=lang)
    columns, rows = question.for_people(answer.rows)
    told = {"status", "role", "kind", "milestone", "frequency", "level", "value", "fact", "certainty"}
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if column in told and isinstance(cell, ox.Literal):
                assert cell.value not in codes[lang], (column, cell)
                assert not cell.value.startswith("http"), (column, cell)
    for code in question.programs:
        place = answer.columns.index(code)
        assert {type(row[place]) for row in answer.rows} <= {ox.NamedNode, type(None)}


def test_every_value_of_a_fact_is_words(store: EmbeddedStore, keys: list[str]) -> None:
    for lang in ("fr", "en"):
        for key in keys:
            values = cells(store, "facts", "value", contract=key, lang=lang)
            assert not [value for value in values if not isinstance(value, ox.Literal)], key
    english = {c.value for c in cells(store, "facts", "value", contract="243800984-2", lang="en")}
    # A body without a name in English has its French one; a period says its years, or how long it is.
    assert {"CIAS du Pays Voironnais", "2024–2029", "P5Y", "people in precarity"} <= english


@pytest.mark.parametrize(
    ("date", "certain", "possible"),
    [
        ("2026-01-01", {"200071199-2025", "26362-3"}, {"42218-a"}),
        ("2025-06-30", set(), {"200071199-2025", "26362-3", "42218-a"}),
        ("2027-02-01", {"200071199-2025"}, {"26362-3", "42218-a"}),
        ("2024-12-31", set(), {"42218-a"}),
        # Its beginning is not mentioned, but it was signed in 2023.
        ("2022-12-31", set(), set()),
        ("1990-01-01", set(), set()),
    ],
)
def test_a_row_says_whether_the_contract_is_surely_in_force(
    store: EmbeddedStore, date: str, certain: set[str], possible: set[str]
) -> None:
    rows = queries.run("in-force", store, date=date, lang="en").rows
    found = {row[0].value: row[-1].value for row in rows}  # type: ignore[union-attr]
    assert {key for key, said in found.items() if said == "certain"} == certain
    assert {key for key, said in found.items() if said.startswith("possible: ")} == possible


def test_known_signatories_are_those_of_the_list_of_contracts(store: EmbeddedStore) -> None:
    known = dict(zip(cells(store, "contracts", "key"), cells(store, "contracts", "known"), strict=True))
    rows = store.select(
        "SELECT ?key (COUNT(DISTINCT ?body) AS ?n) WHERE { ?c <http://purl.org/dc/terms/identifier> ?key ; "
        "<https://w3id.org/cls-sante/ontology#signatory> ?body } GROUP BY ?key"
    )
    assert {row["key"]: row["n"] for row in rows} == {k: n for k, n in known.items() if n.value != "0"}


# --- every fact of a contract


def _csv(answer: queries.Answer) -> str:
    found = solutions(answer.columns, answer.rows).serialize(format=ox.QueryResultsFormat.CSV)
    assert found is not None
    return found.decode()


def facts(store: EmbeddedStore, key: str) -> list[dict[str, str]]:
    answer = queries.run("facts", store, contract=key)
    return table(_csv(answer))


@pytest.fixture(scope="module")
def keys() -> list[str]:
    return [read.value.contract.key for read in Corpus.open().records if read.value is not None]


def test_facts_leave_out_no_statement_of_any_contract(
    store: EmbeddedStore, ask: Callable[[str], list[tuple[str, ...]]], keys: list[str]
) -> None:
    """Whatever has a status of its own, evidence apart, is a row of the question."""
    for key in keys:
        stated = ask(
            "SELECT DISTINCT ?node WHERE { ?node cls:assertionStatus ?status "
            "FILTER NOT EXISTS { ?node a cls:Evidence } "
            f'FILTER (STRSTARTS(STR(?node), "{CONTRACTS}{key}/")) }}'
        )
        assert {row["node"] for row in facts(store, key)} == {node for (node,) in stated}, key


def test_every_fact_has_its_quote_and_source_or_its_note(store: EmbeddedStore, keys: list[str]) -> None:
    for key in keys:
        for row in facts(store, key):
            assert row["status"]
            assert row["value"]
            assert (row["quote"] and row["source"].startswith("https://") and row["start"]) or row["note"], (
                row
            )


def test_facts_of_valence_are_those_of_its_text(store: EmbeddedStore) -> None:
    rows = facts(store, "26362-3")
    values = {row["value"] for row in rows}
    assert {
        "AMENAGER un cadre de vie favorable à la santé et résilient au changement climatique",
        "3",
    } <= values
    assert {row["source"] for row in rows if row["source"]} == {
        "https://www.auvergne-rhone-alpes.ars.sante.fr/index.php/"
        "lancement-du-3e-contrat-local-de-sante-de-la-ville-de-valence"
    }
    quotes = {row["quote"] for row in rows}
    assert {"leur 3e CLS", "30 fiches actions", "6 nouveaux partenaires"} & quotes


def test_quotes_of_the_facts_stand_in_the_texts(store: EmbeddedStore, sources: Path, keys: list[str]) -> None:
    texts = [path.read_bytes().decode() for path in sorted(sources.iterdir())]
    for key in keys:
        for row in facts(store, key):
            start = int(row["start"] or 0)
            if row["quote"]:
                assert any(text[start : start + len(row["quote"])] == row["quote"] for text in texts)


# --- competency questions


@pytest.mark.parametrize(
    ("determinant", "contracts"),
    [
        ("acces-aux-soins", {"26362-3", "42218-a", "200071199-2025", "243800984-2", "38382-a"}),
        ("sante-mentale", {"42218-a", "200071199-2025", "243800984-2", "38382-a"}),
        ("sante-environnement", {"26362-3", "42218-a", "243800984-2"}),
        ("bien-vieillir", {"243800984-2", "38382-a"}),
        ("logement", {"26362-3"}),
    ],
)
def test_which_contracts_address_a_determinant(
    ask: Callable[[str], list[tuple[str, ...]]], determinant: str, contracts: set[str]
) -> None:
    rows = ask(
        "SELECT DISTINCT ?key WHERE { ?c a cls:LocalHealthContract ; dcterms:identifier ?key ; "
        f"cls:hasProgrammeElement?/cls:addressesDeterminant det:{determinant} }}"
    )
    assert {key for (key,) in rows} == contracts


def test_which_share_of_the_signatories_is_resolved_by_context(
    ask: Callable[[str], list[tuple[str, ...]]],
) -> None:
    """Counted by SPARQL and by hand, over the records."""
    (shares,) = ask(
        "SELECT (COUNT(*) AS ?all) (SUM(IF(?s = as:resolved-by-context, 1, 0)) AS ?resolved) WHERE { "
        "?e a cls:Engagement ; cls:partyRole role:signatory ; cls:assertionStatus ?s }"
    )
    roles = ("signatory", "lead-signatory", "associated-signatory")
    statuses = [
        e.assertion
        for read in Corpus.open().records
        if read.value is not None
        for e in read.value.engagements
        if e.role.value in roles
    ]
    assert shares == (str(len(statuses)), str(statuses.count("resolved-by-context")))
    assert 0 < statuses.count("resolved-by-context") < len(statuses)


def test_which_contract_succeeds_which(ask: Callable[[str], list[tuple[str, ...]]]) -> None:
    rows = ask(
        "SELECT ?a ?b WHERE { ?x cls:succeeds ?y . ?x dcterms:identifier ?a . ?y dcterms:identifier ?b }"
    )
    assert rows == [("243800984-2", "243800984-2017")]


def test_which_contracts_implement_the_regional_project_and_how_that_is_known(
    ask: Callable[[str], list[tuple[str, ...]]],
) -> None:
    rows = ask(
        "SELECT ?key ?status WHERE { ?c dcterms:identifier ?key ; cls:hasFrameworkReference ?r . "
        "?r cls:referencedFramework ?f ; cls:frameworkRelation fr:implements ; "
        "cls:assertionStatus/skos:notation ?status . ?f a cls:RegionalHealthProject } ORDER BY ?key"
    )
    assert rows == [("26362-3", "stated"), ("42218-a", "inferred")]


def test_which_kinds_of_signatory_of_valence_are_outside_health(
    ask: Callable[[str], list[tuple[str, ...]]],
) -> None:
    rows = ask(
        'SELECT DISTINCT ?kind WHERE { ?c dcterms:identifier "26362-3" ; cls:hasEngagement ?e . '
        "?e cls:partyRole role:signatory ; cls:partyKind/skos:notation ?kind }"
    )
    outside = {"bailleur-social", "autorite-mobilite", "service-eau", "education-nationale"}
    assert outside <= {kind for (kind,) in rows}


def test_valence_has_sixteen_signatories_as_it_says(ask: Callable[[str], list[tuple[str, ...]]]) -> None:
    rows = ask(
        'SELECT ?p WHERE { ?c dcterms:identifier "26362-3" ; cls:hasEngagement ?e . '
        "?e cls:partyRole role:signatory ; cls:listPosition ?p } ORDER BY ?p"
    )
    assert [int(p) for (p,) in rows] == list(range(1, 17))


def test_no_bundled_source_contradicts_another_on_a_period(
    ask: Callable[[str], list[tuple[str, ...]]],
) -> None:
    assert ask("SELECT ?c WHERE { ?c cls:alternativePeriod ?p }") == []


def test_the_metropole_signs_in_saint_egreve_only(ask: Callable[[str], list[tuple[str, ...]]]) -> None:
    rows = ask(
        "SELECT ?key WHERE { ?c dcterms:identifier ?key ; cls:hasEngagement ?e . "
        "?e cls:party <https://w3id.org/cls-sante/id/organisation/epci-200040715> ; "
        "cls:partyRole role:signatory }"
    )
    assert rows == [("38382-a",)]


def test_who_is_party_under_a_kind_only_stays_unresolved(ask: Callable[[str], list[tuple[str, ...]]]) -> None:
    """An engagement without a known body has a kind, and is unresolved or a group."""
    rows: Any = ask(
        "SELECT ?e ?status ?kind ?collective WHERE { "
        "?e a cls:Engagement ; cls:assertionStatus/skos:notation ?status . "
        "FILTER NOT EXISTS { ?e cls:party ?p } OPTIONAL { ?e cls:partyKind ?kind } "
        "OPTIONAL { ?e cls:isCollective ?collective } }"
    )
    assert len(rows) > 5
    for engagement, status, kind, collective in rows:
        assert kind, engagement
        assert status == "unresolved" or collective == "true", engagement
