"""Where stores are known to differ from SPARQL 1.1, in one table: what is probed, documented and tested.

A probe is a query that reads no data, so that it costs next to nothing at any store and can be
asked at each connection. What cannot be seen without data of its own is in the table too; the tests
of the stores look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cls_graph.errors import Text

PREFIXES = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX x: <urn:x-cls-graph:probe:> "


@dataclass(frozen=True)
class Deviation:
    """One row: its name, a sentence, the makes of store that are known to have it, and how it is found.

    ``probe`` is a query of one variable ``?v``, ``expected`` the values that SPARQL 1.1 asks for; it is empty
    where it takes data to see it.
    """

    name: str
    text: Text
    seen: tuple[str, ...]
    probe: str = ""
    expected: tuple[str, ...] = ()


OXIGRAPH, VIRTUOSO = "Oxigraph 0.5", "Virtuoso 7.2.5"

DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(
        "literals-by-value",
        {
            "fr": "Les nombres sont gardés par leur valeur : 05 revient en 5.",
            "en": "Numbers are kept by value: 05 comes back as 5.",
        },
        (OXIGRAPH, VIRTUOSO),
        "SELECT ?v { VALUES ?v { 05 } }",
        ("05",),
    ),
    Deviation(
        "derived-types",
        {
            "fr": "Les types dérivés de xsd:integer sont lus comme xsd:integer.",
            "en": "Types derived from xsd:integer are read as xsd:integer.",
        },
        (OXIGRAPH,),
        'SELECT (DATATYPE(?n) AS ?v) { VALUES ?n { "7"^^xsd:int } }',
        ("http://www.w3.org/2001/XMLSchema#int",),
    ),
    Deviation(
        "booleans-as-numbers",
        {
            "fr": "Les booléens sont rendus par 0 et 1, de type xsd:integer ou xsd:boolean.",
            "en": "Booleans come as 0 and 1, of type xsd:integer or xsd:boolean.",
        },
        (VIRTUOSO,),
        "SELECT ?v { VALUES ?v { true } }",
        ("true",),
    ),
    Deviation(
        "zero-length-paths",
        {
            "fr": "Un chemin de longueur nulle (*, ?) depuis un terme absent des données ne donne rien.",
            "en": "A path of length zero (*, ?) from a term that is not in the data gives nothing.",
        },
        (OXIGRAPH,),
        "SELECT ?v { x:a x:p* ?v }",
        ("urn:x-cls-graph:probe:a",),
    ),
    Deviation(
        "values-before-path",
        {
            "fr": "VALUES ?x suivi d'un chemin ?x p* ?y est refusé : mettez le terme dans le chemin.",
            "en": "VALUES ?x followed by a path ?x p* ?y is refused: put the term into the path.",
        },
        (VIRTUOSO,),
        'SELECT (IF(COUNT(*) < 3, "answered", "") AS ?v) { VALUES ?s { x:a x:b } ?s x:p* ?o }',
        ("answered",),
    ),
    Deviation(
        "minus-without-shared",
        {
            "fr": "MINUS sans variable commune retire tout, au lieu de rien.",
            "en": "MINUS without a shared variable removes everything, instead of nothing.",
        },
        (VIRTUOSO,),
        "SELECT (COUNT(*) AS ?v) { VALUES ?a { 1 2 3 } MINUS { VALUES ?b { 1 } } }",
        ("3",),
    ),
    Deviation(
        "regex-accents",
        {
            "fr": 'REGEX(…, "i") ne rapproche pas les lettres accentuées : employez LCASE et CONTAINS.',
            "en": 'REGEX(…, "i") does not match accented letters: use LCASE and CONTAINS.',
        },
        (VIRTUOSO,),
    ),
    Deviation(
        "sum-of-nothing",
        {
            "fr": "SUM() d'aucune ligne n'est pas 0.",
            "en": "SUM() of no row is not 0.",
        },
        (VIRTUOSO,),
        "SELECT (SUM(?n) AS ?v) { x:a x:p ?n }",
        ("0",),
    ),
    Deviation(
        "errors-not-unbound",
        {
            "fr": "Une expression en erreur (1/0) fait échouer la requête, au lieu de rester vide.",
            "en": "An expression in error (1/0) fails the query, instead of leaving its variable unbound.",
        },
        (VIRTUOSO,),
        'SELECT (COALESCE(?z, "unbound") AS ?v) { BIND(1/0 AS ?z) }',
        ("unbound",),
    ),
    Deviation(
        "dates-against-years",
        {
            "fr": "Comparer une date à une année (xsd:gYear) donne un résultat, au lieu d'une erreur.",
            "en": "A date compares with a year (xsd:gYear), instead of being an error.",
        },
        (VIRTUOSO,),
        'SELECT (COALESCE(?d < ?y, "error") AS ?v) '
        '{ VALUES (?d ?y) { ("2018-01-01"^^xsd:date "2019"^^xsd:gYear) } }',
        ("error",),
    ),
    Deviation(
        "durations-as-numbers",
        {
            "fr": "Dans une expression, une durée (xsd:duration) est un nombre de mois ou de secondes ; dans "
            "une réponse le service la récrit : P12M revient en P1Y.",
            "en": "In an expression a duration (xsd:duration) is a number of months or seconds; in an answer "
            "the service spells it again: P12M comes back as P1Y.",
        },
        (VIRTUOSO,),
        'SELECT (STR(?d) AS ?v) { VALUES ?d { "P1Y"^^xsd:duration } }',
        ("P1Y",),
    ),
    Deviation(
        "alternative-paths-once",
        {
            "fr": "Les doublons d'un chemin alternatif (a|b) sont retirés : COUNT y compte moins.",
            "en": "Duplicates of an alternative path (a|b) are removed: COUNT counts fewer.",
        },
        (OXIGRAPH, VIRTUOSO),
    ),
    Deviation(
        "cycles-without-start",
        {
            "fr": "Sur un cycle, p+ ne revient pas au point de départ.",
            "en": "On a cycle, p+ does not come back to its start.",
        },
        (VIRTUOSO,),
    ),
    Deviation(
        "union-with-duplicates",
        {
            "fr": "Un triplet présent dans deux graphes compte deux fois dans le graphe par défaut : "
            "employez DISTINCT.",
            "en": "A triple that is in two graphs counts twice in the default graph: use DISTINCT.",
        },
        (OXIGRAPH, VIRTUOSO),
    ),
)


def known(name: str) -> Deviation:
    """The row of a name."""
    return next(row for row in DEVIATIONS if row.name == name)


def probe(ask: Callable[[str], list[str]]) -> list[str]:
    """The names of the deviations that a store shows.

    ``ask`` gives the values of the one variable of a query, unbound ones left out, and raises for a query
    that the store fails on.
    """
    return [row.name for row in DEVIATIONS if row.probe and tuple(ask(PREFIXES + row.probe)) != row.expected]
