"""What is said of a query that cannot be read: what is likely meant, at its own place."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from cls_graph.errors import QuerySyntaxError, Text
from cls_graph.namespaces import PREFIXES, XSD
from cls_graph.queries import library
from cls_graph.store import fault_words
from cls_graph.store.faults import find_fault
from cls_graph.store.syntax import syntax_error
from cls_graph.suggesting import suggest

CLS = f"PREFIX cls: <{PREFIXES['cls']}>\n"


def refused(query: str, **more: bool) -> QuerySyntaxError:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().update(query) if more else ox.Store().query(query)
    return syntax_error(query, str(caught.value), **more)


# The query, with the place of the fault marked by ¦; what is said in French, in English.
FAULTS = [
    ("¦", "La requête est vide", "The query is empty"),
    ("¦  \n # rien\n", "La requête est vide", "The query is empty"),
    (CLS.rstrip() + "¦\n", "La requête est vide", "The query is empty"),
    ("¦SELEC ?a { ?a ?b ?c }", "« SELECT » ?", "'SELECT'?"),
    ("¦hello", "ne commence pas une requête", "does not begin a query"),
    ("¦DELETE WHERE { ?a ?b ?c }", "change des données", "changes data"),
    ("¦INSERT DATA { <urn:a> <urn:b> 1 }", "change des données", "changes data"),
    ("SELECT ?a WHERE { ?a ?b ¦}", "Il manque l'objet : après « ?b »", "comes after '?b'"),
    (CLS + "SELECT ?a { ?a cls:x¦, ?c }", "après « cls:x »", "comes after 'cls:x'"),
    ("SELECT ?a { ?a ?b ?c . ?d ¦}", "la propriété et l'objet après « ?d »", "missing after '?d'"),
    ("SELECT ?a { ?a ?b ?c ¦?d ?e ?f }", "avant « ?d » un « . »", "Before '?d' a '.'"),
    ("SELECT ?a { ?a ¦'x' ?c }", "ne peut pas être une propriété", "cannot be a property"),
    ('SELECT ?a { ?a ?b ¦"x }', "par \" n'est pas fermé", 'with " is not closed'),
    ("SELECT ?a { ?a ?b ¦'x\n}", "par ' n'est pas fermé", "with ' is not closed"),
    ('SELECT ?a { ?a ?b ¦"""x }', 'par """ n\'est pas fermé', 'with """ is not closed'),
    ("SELECT * { ?s ?p ¦“x” }", "guillemets droits", "straight ones"),
    ("SELECT * { ?s ¦<http://x ?o }", "n'est pas fermée par « > »", "not closed by '>'"),
    ("SELECT * { ?s ¦http://x.org/p ?o }", "entre « < » et « > »", "between '<' and '>'"),
    ("SELECT ?a ¦{ ?a ?b ?c ", "il manque « } »", "'}' is missing"),
    ("SELECT ?a { ?a ?b ?c } ¦}", "« } » ne ferme rien", "'}' closes nothing"),
    ("SELECT ?a { ?a ?b ?c FILTER(?a > 3 ¦}", "il manque « ) » avant", "')' is missing before it"),
    ("SELECT ?a { ¦[ ?a ?b ?c }", "« [ » n'est pas fermé", "'[' is not closed"),
    ("SELECT ?a WHERE ¦?a ?b ?c }", "Il manque « { »", "'{' is missing"),
    ("SELECT ?a { ?a ?b ?c } ¦ORDR BY ?a", "« ORDER » ?", "'ORDER'?"),
    ("SELECT ?a { ¦OPTINAL { ?a ?b ?c } }", "« OPTIONAL » ?", "'OPTIONAL'?"),
    ("SELECT ?a { ?a ?b ?c ¦FITLER(?a > 3) }", "« FILTER » ?", "'FILTER'?"),
    ("SELECT ?a { ?a ?b ?c FILTER(¦lenght(?a) > 3) }", "« STRLEN » ?", "'STRLEN'?"),
    ("SELECT ¦name { ?a ?b ?c }", "Une variable s'écrit ?nom", "A variable is written ?name"),
    ("¦SELECT { ?a ?b ?c }", "SELECT ne demande rien", "SELECT asks for nothing"),
    ("SELECT ?a¦, ?b { ?a ?b ?c }", "sans virgule", "without commas"),
    ("SELECT ¦COUNT(?x) AS ?n { ?x ?y ?z }", "(COUNT(?x) AS ?n)", "(COUNT(?x) AS ?n)"),
    ("SELECT ¦(COUNT(?x)) { ?x ?y ?z }", "avec un nom", "with a name"),
    ("SELECT (COUNT(?x ¦AS ?n) { ?x ?y ?z }", "avant AS", "before AS"),
    ("SELECT ?a { ?a ?b ?c FILTER(?a ¦= ) }", "une valeur après « = »", "missing after '='"),
    ("SELECT ?a { ?a ?b ?c FILTER(?a ¦== 3) }", "« = », non « == »", "'=', not '=='"),
    ("SELECT ?a { ?a ?b ?c FILTER ¦?a > 3 }", "entre parenthèses", "in brackets"),
    ("SELECT ?a { ?a ?b ?c BIND(?a ¦?d) }", "ou AS", "or AS"),
    ("SELECT ?a { ?a ?b ?c } ¦LIMIT", "un nombre entier", "a whole number"),
    ("SELECT ?a { ?a ?b ?c } LIMIT ¦99999999999999999999999", "trop grand", "too large"),
    ("SELECT ?a { ?a ?b ?c } ¦ORDER ?a", "ORDER BY ?x", "ORDER BY ?x"),
    ("SELECT ?a { ?a ?b ?c }\n¦FILTER(?a)", "entre les accolades", "within the braces"),
    ("SELECT * { ?s ?p ?o } LIMIT 10¦;", "Rien ne suit la fin", "Nothing follows the end"),
    ("SELECT ?a { ?a ¦cls:x ?c }", "Ajoutez : PREFIX cls: <", "Add: PREFIX cls: <"),
    ("SELECT ?a { ?a ¦b:c ?c }", "« b: » n'est pas déclaré", "'b:' is not declared"),
    ("PREFIX ¦cls <http://x> SELECT * {}", "PREFIX veut un nom", "PREFIX takes a name"),
    ("SELECT ?a { ?a ?b .5 } ¦LIMIT", "un nombre entier", "a whole number"),
    ("SELECT ?a { ?a ?b 1.e5 . ?c ?d 1. ?e ?f 2 } ¦LIMIT", "un nombre entier", "a whole number"),
    ("SELECT ?a { ?a ?b ?c FILTER(?a<?b&&?c>?d) } ¦LIMIT", "un nombre entier", "a whole number"),
    # What a text is taken for, and the habits of other languages.
    ("SELECT * { ?a ?b ¦Valence }", '"Valence" ; une variable', '"Valence"; a variable'),
    ("SELECT * { ?a ?b ?c FILTER(LANG(?c) = ¦fr) }", '"fr" ; une variable', '"fr"; a variable'),
    ("SELECT * { ?a ?b ¦of ?c }", "« of » est de trop", "'of' is one too many"),
    ("SELECT * { ?a ?b ¦= 'x' }", "FILTER(?x = 3)", "FILTER(?x = 3)"),
    ("SELECT * { ?a ?b ?c FILTER LANG(?c) ¦= 'fr' }", "FILTER(?x = 3)", "FILTER(?x = 3)"),
    ("SELECT * { ?a ?b ?c FILTER(?a = 1 ¦AND ?c = 2) }", "?x > 1 && ?x < 5", "?x > 1 && ?x < 5"),
    ("SELECT * { ?a ?b ?c FILTER(?a ¦IS NULL) }", "!BOUND(?x)", "!BOUND(?x)"),
    ("SELECT * { ?a ?b ?c FILTER(?a ¦<> 'x') }", "Différent s'écrit « != »", "written '!='"),
    (
        "SELECT * { ?a ?b ?c FILTER(?c > ¦2020-01-31^^<urn:d>) }",
        '"2020-01-31"^^xsd:date',
        '"2020-01-31"^^xsd:date',
    ),
    ("SELECT ¦TOP 10 ?a { ?a ?b ?c }", "LIMIT 10", "LIMIT 10"),
    ("¦@prefix x: <urn:x> . SELECT * {}", "sans « @ »", "without '@'"),
    ("PREFIX x: <urn:x> ¦. SELECT * {}", "« . » derrière", "'.' behind"),
    # Brackets and braces that are left out, or are too many.
    ("SELECT (¦COUNT DISTINCT ?a AS ?n) { ?a ?b ?c }", "COUNT(DISTINCT ?x)", "COUNT(DISTINCT ?x)"),
    ("SELECT * { ?a ?b ?c FILTER(?c ¦CONTAINS 'x') }", 'CONTAINS(?x, "…")', 'CONTAINS(?x, "…")'),
    ("SELECT * { ?a ?b ?c ¦REGEX(?c, 'x') }", "dans FILTER(REGEX(…))", "within FILTER(REGEX(…))"),
    ("SELECT * { ?a ?b ?c FILTER(?c ¦IN 1, 2) }", "FILTER(?x IN (1, 2))", "FILTER(?x IN (1, 2))"),
    ("SELECT * { ?a ?b ¦IN (1, 2) }", "FILTER(?x IN (1, 2))", "FILTER(?x IN (1, 2))"),
    ("SELECT * { ?a ?b <urn:c> ¦(1 2) }", "avant « ( » un « . »", "Before '(' a '.'"),
    ("SELECT * { ?a ?b ?c ¦[ ?d ?e ] }", "avant « [ » un « . »", "Before '[' a '.'"),
    ("SELECT * { ?a ?b ?c ¦OPTIONAL ?d ?e ?f }", "veut des accolades", "takes braces"),
    ("SELECT * { FILTER(NOT ¦EXISTS(?a ?b ?c)) }", "EXISTS veut des accolades", "EXISTS takes braces"),
    ("SELECT * { ?a ?b ?c ¦UNION ?d ?e ?f }", "relie deux groupes", "joins two groups"),
    ("SELECT * { ?a ?b ?c BIND¦(?d = STR(?a)) }", "BIND donne un nom", "BIND gives a name"),
    ("SELECT * { ?a ?b ?c ¦BIND STR(?a) AS ?d }", "BIND donne un nom", "BIND gives a name"),
    ("SELECT * { VALUES ?a ¦('b' 'c') }", "VALUES veut des accolades", "VALUES takes braces"),
    ("SELECT * { VALUES ?a { 'b'¦, 'c' } }", "par des espaces", "by spaces"),
    ("SELECT (GROUP_CONCAT(?a¦, ', ') AS ?n) { ?a ?b ?c }", 'separator=", "', 'separator=", "'),
    ("SELECT DISTINCT¦(?a) { ?a ?b ?c }", "pour toute la ligne", "of the whole row"),
    ("SELECT * ¦?a ?b ?c", "Il manque « { »", "'{' is missing"),
    ("SELECT * { ?a ?b ?c . ¦. }", "est de trop", "is one too many"),
    # The end of a query.
    ("SELECT * { ?a ?b ?c } ORDER BY ?c ¦DESC", "ORDER BY DESC(?x)", "ORDER BY DESC(?x)"),
    ("SELECT * { ?a ?b ?c } LIMIT 3 ¦ORDER BY ?c", "ORDER vient plus tôt", "ORDER comes earlier"),
    ("SELECT ?a { ?a ?b ?c } GROUP BY ?a ¦HAVING ?a > 2", "HAVING(COUNT(?x) > 2)", "HAVING(COUNT(?x) > 2)"),
    ("SELECT ?a { ?a ?b ?c } GROUP BY ?a HAVING COUNT(?b) ¦> 2", "veut une condition", "takes a condition"),
    ("ASK WHERE¦", "s'arrête avant d'être complète", "ends before it is complete"),
]


@pytest.mark.parametrize(("marked", "fr", "en"), FAULTS, ids=[text[0].splitlines()[-1] for text in FAULTS])
def test_a_usual_fault_is_told_at_its_place(marked: str, fr: str, en: str) -> None:
    before, _, after = marked.partition("¦")
    error = refused(before + after)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    said = {lang: error.describe(lang) for lang in ("fr", "en")}
    assert fr in said["fr"]["detail"]
    assert en in said["en"]["detail"]
    assert (said["fr"]["line"], said["fr"]["column"]) == (line, column)
    assert said["fr"]["detail"].startswith(f"Ligne {line}, colonne {column}. ")


def test_what_is_none_of_the_usual_lists_no_tokens() -> None:
    for query in (
        "CONSTRUCT ?a { ?a ?b ?c }",
        "SELECT * { ?a <urn:b>^-1 ?c }",
        "SELECT ?a FROM { ?a ?b ?c }",
    ):
        detail = refused(query).describe("en")["detail"]
        assert "cannot go on like that" in detail
        assert "xpected" not in detail


def test_an_update_is_not_told_to_ask_a_question() -> None:
    said = refused("INSERT DATA { <urn:a> <urn:b> }", update=True).describe("en")["detail"]
    assert said.startswith("Line 1, column 31. The object is missing")


@pytest.mark.parametrize("first", ["DELETE WHERE { ?a ?b ?c }", "INSERT DATA { <urn:a> <urn:b> 1 }"])
def test_the_second_operation_of_an_update_is_told_of_as_the_first(first: str) -> None:
    said = refused(f"{first};\nDELETE {{ ?a ?b ?c }} WHERE {{ ?a ?b }}", update=True).describe("en")
    assert (said["line"], said["column"]) == (2, 35)
    assert "object is missing" in said["detail"]
    said = refused(
        f"{first};\nCLEAR GRAPH <urn:g>;\nINSERT DATA {{ <urn:a> <urn:b> }}", update=True
    ).describe("en")
    assert said["line"] == 3
    assert "object is missing" in said["detail"]
    assert find_fault(f"{first} ; ", 100, update=True) is None


def test_only_the_fault_that_is_told_is_put_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look for the words that are meant takes long: a text of many faults would hold up the service."""
    asked: list[str] = []

    def watched(wrong: str, known: Iterable[str]) -> Text:
        asked.append(wrong)
        return suggest(wrong, known)

    monkeypatch.setattr(fault_words, "suggest", watched)
    query = "SELECT ?a { ?a ?b ?c " + "FITLER(?a) " * 5000
    assert "'FILTER'?" in refused(query).describe("en")["detail"]
    assert find_fault("SELECT * FROM { } " + "FITLER(?a) " * 5000, 15) is None
    assert asked == ["FITLER"]


def test_a_text_too_long_to_look_into_is_told_of_where_it_stops() -> None:
    facts = "<urn:a> <urn:b> 1 .\n" * 10_000
    said = refused(f"INSERT DATA {{ {facts}<urn:a> <urn:b> }}", update=True).describe("en")
    assert said["line"] == 10_001
    assert "cannot go on like that there" in said["detail"]
    assert "SELECT" not in refused(f"INSERT DATA {{ {facts}", update=True).describe("en")["detail"]


def test_a_query_that_can_be_read_has_no_fault() -> None:
    queries = [question.query for question in library().values()]
    queries += [
        f"SELECT * {{ FILTER <{XSD}integer>(?x) ?a a (1 2) ; "
        "^<urn:p>/(<urn:q>|!<urn:r>)* ?c, [ <urn:p> true ] . }",
        "PREFIX : <urn:> SELECT ?x (SUM(?y) / 2 AS ?z) "
        "{ { SELECT ?x { ?x :p -1.5e3 } } UNION {} } GROUP BY ?x",
        "PREFIX : <urn:> SELECT * { VALUES (?x ?y) { (:a 'b'@fr) (UNDEF \"1\"^^:t) } "
        "GRAPH ?g { ?x :p.q ?y } } VALUES ?x { :a }",
        "ASK { ?a ?b ?c FILTER NOT EXISTS { ?a ?b 2 } FILTER(?a IN (1, 2) && -?c < 3) "
        "BIND(IF(?a, 1, 2) AS ?d) }",
        "SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=', ') AS ?all) { ?x ?y << ?a ?b ?c >> }",
        "DESCRIBE <urn:a> <urn:b>",
        "SELECT ?a (COUNT(*) AS ?n) { ?a ?b 'x'@en--ltr } GROUP BY ?a HAVING (COUNT(*) > 1) "
        "ORDER BY DESC(?n) ASC(?a) LIMIT 3 OFFSET 2 VALUES ?a { <urn:a> }",
        "PREFIX : <urn:> SELECT DISTINCT (STR(?a) AS ?s) { { ?a (:b|^:c)/(:d) (1 2) . } UNION "
        "{ [] :b [ :c 1 ] } MINUS { ?a :b true } FILTER EXISTS { ?a :b ?c } "
        "FILTER(?a NOT IN (:a, :b) || !BOUND(?c)) }",
    ]
    for query in queries:
        ox.Store().query(query)
        assert find_fault(query, len(query)) is None, query
