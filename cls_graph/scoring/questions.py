"""What is asked of the query language, in three tables: expressions, questions, known deviations.

A section of SPARQL 1.1 Query stands beside each, with its anchor in the published text. Over 300 lines, as
each question is a row.
"""

from __future__ import annotations

from cls_graph.errors import Text
from cls_graph.scoring.checks import MAY, MUST, SHOULD

_DATE = '"2011-01-10T14:45:13.815-05:00"^^xsd:dateTime'

EXPRESSIONS: dict[str, tuple[str, str, Text, tuple[str, ...]]] = {
    "logic": (
        "17.2",
        "evaluation",
        {
            "fr": "La logique est à trois valeurs : une erreur n'est pas faux.",
            "en": "Logic has three values: an error is not false.",
        },
        (
            "true || (1/0 = 1)",
            "!(false && (1/0 = 1))",
            'COALESCE(1/0, "none") = "none"',
            "!COALESCE(BOUND(?nothing), true)",
            "1 IN (3, 2, 1)",
            "4 NOT IN (3, 2, 1)",
            'IF("", false, true)',
        ),
    ),
    "terms": (
        "17.4.2",
        "func-rdfTerms",
        {
            "fr": "Fonctions sur les termes : sorte, langue, type, construction.",
            "en": "Functions on terms: kind, language, datatype, construction.",
        },
        (
            "ISIRI(<urn:a>)",
            'ISLITERAL("a")',
            "ISNUMERIC(1.5)",
            '!ISNUMERIC("1")',
            "ISBLANK(BNODE())",
            'STR(<urn:a>) = "urn:a"',
            'LANG("a"@fr) = "fr"',
            "DATATYPE(1) = xsd:integer",
            'IRI("urn:a") = <urn:a>',
            'STRDT("1", xsd:integer) = 1',
            'LANG(STRLANG("a", "en")) = "en"',
            "ISIRI(UUID())",
            "STRLEN(STRUUID()) = 36",
            'sameTerm("a"@en, STRLANG("a", "en"))',
        ),
    ),
    "strings": (
        "17.4.3",
        "func-strings",
        {
            "fr": "Fonctions sur les textes, lettres accentuées comprises.",
            "en": "Functions on texts, accented letters included.",
        },
        (
            'STRLEN("été🎉") = 4',
            'SUBSTR("foobar", 4) = "bar"',
            'SUBSTR("foobar", 4, 1) = "b"',
            'UCASE("été") = "ÉTÉ"',
            'LCASE("ÉTÉ") = "été"',
            'STRSTARTS("foobar", "foo")',
            'STRENDS("foobar", "bar")',
            'CONTAINS("foobar", "oba")',
            'STRBEFORE("abc", "b") = "a"',
            'STRAFTER("abc", "b") = "c"',
            'STRBEFORE("abc", "x") = ""',
            'ENCODE_FOR_URI("Los Angeles é") = "Los%20Angeles%20%C3%A9"',
            'CONCAT("a", "b", "c") = "abc"',
            'LANGMATCHES("fr-CA", "fr")',
            '!LANGMATCHES("", "*")',
        ),
    ),
    "regex": (
        "17.4.3.14",
        "func-regex",
        {"fr": "REGEX et REPLACE, avec leurs options.", "en": "REGEX and REPLACE, with their flags."},
        (
            'REGEX("Alice", "^ali", "i")',
            '!REGEX("Alice", "^ali")',
            'REGEX("a.c", "a\\\\.c")',
            'REPLACE("abcd", "b", "Z") = "aZcd"',
            'REPLACE("abab", "(a)b", "$1") = "aa"',
            'REPLACE("ABCD", "b", "z", "i") = "AzCD"',
        ),
    ),
    "numbers": (
        "17.4.4",
        "func-numerics",
        {
            "fr": "Nombres : opérations, arrondis, comparaison entre types.",
            "en": "Numbers: operations, rounding, comparison across types.",
        },
        (
            "1 + 2 * 3 = 7",
            "7 / 2 = 3.5",
            "DATATYPE(1 / 2) = xsd:decimal",
            "ABS(-1.5) = 1.5",
            "CEIL(1.2) = 2",
            "FLOOR(1.8) = 1",
            "ROUND(2.5) = 3",
            "1 = 1.0",
            "1 = 1.0e0",
            '"001"^^xsd:integer = 1',
            "RAND() < 1",
            "0.1 + 0.2 = 0.3",
        ),
    ),
    "dates": (
        "17.4.5",
        "func-date-time",
        {"fr": "Dates : parties, fuseau, comparaison.", "en": "Dates: parts, time zone, comparison."},
        (
            f"YEAR({_DATE}) = 2011",
            f"MONTH({_DATE}) = 1",
            f"DAY({_DATE}) = 10",
            f"HOURS({_DATE}) = 14",
            f"MINUTES({_DATE}) = 45",
            f"SECONDS({_DATE}) = 13.815",
            f'TZ({_DATE}) = "-05:00"',
            "DATATYPE(NOW()) = xsd:dateTime",
            '"2011-01-01T12:00:00Z"^^xsd:dateTime = "2011-01-01T13:00:00+01:00"^^xsd:dateTime',
            '"2011-01-01T00:00:00Z"^^xsd:dateTime < "2012-01-01T00:00:00Z"^^xsd:dateTime',
        ),
    ),
    "hashes": (
        "17.4.6",
        "func-hash",
        {"fr": "Empreintes : MD5, SHA1, SHA256, SHA512.", "en": "Hashes: MD5, SHA1, SHA256, SHA512."},
        (
            'MD5("abc") = "900150983cd24fb0d6963f7d28e17f72"',
            'SHA1("abc") = "a9993e364706816aba3e25717850c26c9cd0d89d"',
            'SHA256("abc") = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"',
            'STRLEN(SHA512("abc")) = 128',
        ),
    ),
    "casts": (
        "17.5",
        "FunctionMapping",
        {"fr": "Conversions entre types de XML Schema.", "en": "Casts between types of XML Schema."},
        (
            'xsd:integer("5") = 5',
            'xsd:decimal("1.50") = 1.5',
            'xsd:double("1e2") = 100',
            'xsd:boolean("1")',
            'xsd:string(5) = "5"',
            'xsd:dateTime("2011-01-01T00:00:00Z") = "2011-01-01T00:00:00Z"^^xsd:dateTime',
            'COALESCE(xsd:integer("five"), "error") = "error"',
        ),
    ),
}
"""By name: section, anchor, sentence, and expressions that are true."""

QUESTIONS: dict[str, tuple[str, str, Text, str, tuple[str, ...]]] = {
    "bind": (
        "10.1",
        "bind",
        {"fr": "BIND donne une valeur à une variable.", "en": "BIND gives a variable its value."},
        "SELECT ?v { VALUES ?a { 1 2 } BIND(?a * 10 AS ?v) }",
        ("10", "20"),
    ),
    "values": (
        "10.2",
        "inline-data",
        {
            "fr": "VALUES joint ses lignes ; UNDEF laisse une variable libre.",
            "en": "VALUES joins its rows; UNDEF leaves a variable free.",
        },
        'SELECT ?v { VALUES (?a ?v) { (1 "x") (2 "y") (3 "z") } VALUES (?a ?v) { (1 UNDEF) (UNDEF "y") } }',
        ("x", "y"),
    ),
    "filter": (
        "3",
        "termConstraint",
        {"fr": "FILTER garde les lignes qui conviennent.", "en": "FILTER keeps the rows that fit."},
        "SELECT ?v { VALUES ?v { 1 2 3 4 } FILTER(?v > 1 && ?v != 3) }",
        ("2", "4"),
    ),
    "optional": (
        "6",
        "optionals",
        {
            "fr": "OPTIONAL garde la ligne qui n'a pas de suite.",
            "en": "OPTIONAL keeps a row that has no counterpart.",
        },
        'SELECT ?v { VALUES ?a { 1 2 } OPTIONAL { VALUES (?a ?b) { (1 "one") } } '
        'BIND(COALESCE(?b, "none") AS ?v) }',
        ("none", "one"),
    ),
    "union": (
        "7",
        "alternatives",
        {"fr": "UNION réunit, sans retirer les doublons.", "en": "UNION joins, without removing duplicates."},
        "SELECT ?v { { VALUES ?v { 1 2 } } UNION { VALUES ?v { 2 3 } } }",
        ("1", "2", "2", "3"),
    ),
    "minus": (
        "8.2",
        "neg-minus",
        {"fr": "MINUS retire les lignes compatibles.", "en": "MINUS removes the rows that are compatible."},
        "SELECT ?v { VALUES ?v { 1 2 3 } MINUS { VALUES ?v { 2 } } }",
        ("1", "3"),
    ),
    "exists": (
        "8.1",
        "neg-pattern",
        {
            "fr": "FILTER NOT EXISTS retire les lignes que le motif retrouve.",
            "en": "FILTER NOT EXISTS removes the rows that its pattern finds.",
        },
        "SELECT ?v { VALUES ?v { 1 2 3 } FILTER NOT EXISTS { VALUES ?v { 2 } } }",
        ("1", "3"),
    ),
    "subquery": (
        "12",
        "subqueries",
        {"fr": "Une sous-requête est évaluée d'abord.", "en": "A sub-query is evaluated first."},
        "SELECT ?v { { SELECT (MAX(?a) AS ?m) { VALUES ?a { 1 5 3 } } } BIND(?m + 1 AS ?v) }",
        ("6",),
    ),
    "group": (
        "11",
        "aggregates",
        {
            "fr": "GROUP BY, HAVING et les fonctions d'ensemble.",
            "en": "GROUP BY, HAVING and the aggregate functions.",
        },
        'SELECT ?v { { SELECT ?k (CONCAT(STR(SUM(?n)), "/", STR(COUNT(DISTINCT ?n)), "/", STR(MIN(?n)), "/", '
        'STR(MAX(?n))) AS ?v) { VALUES (?k ?n) { ("a" 1) ("a" 2) ("a" 2) ("b" 9) } } '
        "GROUP BY ?k HAVING(COUNT(*) > 1) } }",
        ("5/2/1/2",),
    ),
    "group-concat": (
        "11",
        "aggregates",
        {
            "fr": "GROUP_CONCAT emploie le séparateur donné.",
            "en": "GROUP_CONCAT uses the separator that is given.",
        },
        'SELECT (STRLEN(GROUP_CONCAT(?a; SEPARATOR="--")) AS ?v) { VALUES ?a { "x" "y" "z" } }',
        ("7",),
    ),
    "distinct": (
        "15.3.1",
        "modDistinct",
        {"fr": "DISTINCT retire les doublons.", "en": "DISTINCT removes duplicates."},
        "SELECT DISTINCT ?v { VALUES ?v { 1 1 2 } }",
        ("1", "2"),
    ),
    "slice": (
        "15.4",
        "modOffset",
        {"fr": "LIMIT et OFFSET découpent la suite.", "en": "LIMIT and OFFSET cut the sequence."},
        "SELECT ?v { VALUES ?v { 1 2 3 4 } } ORDER BY ?v LIMIT 2 OFFSET 1",
        ("2", "3"),
    ),
    "paths": (
        "9.1",
        "pathSyntax",
        {"fr": "Les chemins de propriétés sont compris.", "en": "Property paths are understood."},
        "SELECT (COUNT(*) AS ?v) { ?s (x:a/x:b|^x:c)+/x:d/!(x:e|^x:f) ?o }",
        ("0",),
    ),
    "escapes": (
        "19.2",
        "codepointEscape",
        {"fr": "Les échappements \\u et \\n sont lus.", "en": "The escapes \\u and \\n are read."},
        'SELECT (CONCAT("\\u00E9", STR(STRLEN("\\n\\"")), \'a\') AS ?v) { }',
        ("é2a",),
    ),
    "base": (
        "4.1.1.2",
        "relIRIs",
        {"fr": "BASE et PREFIX complètent les IRI.", "en": "BASE and PREFIX complete IRIs."},
        "BASE <http://example.org/a/> PREFIX e: <http://example.org/> "
        "SELECT (STR(?i) AS ?v) { VALUES ?i { <b> e:c } }",
        ("http://example.org/a/b", "http://example.org/c"),
    ),
    "comments": (
        "19.4",
        "grammarComments",
        {
            "fr": "Un # dans un IRI ou un texte n'ouvre pas de commentaire.",
            "en": "A # inside an IRI or a text opens no comment.",
        },
        'SELECT (CONCAT(STR(<urn:a#b>), "#c") AS ?v) # } \n { }',
        ("urn:a#b#c",),
    ),
}
"""By name: section, anchor, sentence, query of ``?v``, and its values."""

DEVIATING: dict[str, tuple[str, str, str, Text]] = {
    "booleans-as-numbers": (
        MUST,
        "2.3.3",
        "matchArbDT",
        {"fr": "true reste true.", "en": "true stays true."},
    ),
    "values-before-path": (
        MUST,
        "9.3",
        "pathSyntax",
        {"fr": "VALUES avant un chemin est accepté.", "en": "VALUES before a path is accepted."},
    ),
    "minus-without-shared": (
        MUST,
        "8.3",
        "neg-notexists-minus",
        {
            "fr": "MINUS sans variable commune ne retire rien.",
            "en": "MINUS without a shared variable removes nothing.",
        },
    ),
    "sum-of-nothing": (
        MUST,
        "18.5.1",
        "aggregateAlgebra",
        {"fr": "SUM() d'aucune ligne est 0.", "en": "SUM() of no row is 0."},
    ),
    "errors-not-unbound": (
        MUST,
        "10.1",
        "bind",
        {
            "fr": "Une expression en erreur laisse sa variable libre, et la requête répond.",
            "en": "An expression in error leaves its variable unbound, and the query is answered.",
        },
    ),
    "dates-against-years": (
        SHOULD,
        "17.3",
        "OperatorMapping",
        {
            "fr": "Comparer une date à une année est une erreur.",
            "en": "To compare a date with a year is an error.",
        },
    ),
    "zero-length-paths": (
        SHOULD,
        "9.1",
        "pathSyntax",
        {
            "fr": "Un chemin de longueur nulle part aussi d'un terme absent des données.",
            "en": "A path of length zero starts from a term that is not in the data, too.",
        },
    ),
    "derived-types": (
        SHOULD,
        "17.4.2",
        "func-datatype",
        {
            "fr": "DATATYPE donne le type écrit (xsd:int).",
            "en": "DATATYPE gives the type that was written (xsd:int).",
        },
    ),
    "literals-by-value": (
        MAY,
        "2.3.1",
        "matchLangTags",
        {"fr": "Un nombre garde son écriture : 05.", "en": "A number keeps its spelling: 05."},
    ),
    "durations-as-numbers": (
        MAY,
        "17.4.2",
        "func-str",
        {"fr": "Une durée reste une durée : P1Y.", "en": "A duration stays a duration: P1Y."},
    ),
}
"""By the name of a known deviation: what it weighs, section, anchor, and what is right."""
