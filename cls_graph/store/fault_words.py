"""The usual faults of a query, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cls_graph.suggesting import suggest

_TEXTS = {
    "empty": (
        "La requête est vide. Écrivez une question qui commence par SELECT, ASK, CONSTRUCT ou DESCRIBE.",
        "The query is empty. Write a question that begins with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    ),
    "update": (
        "« {0} » change des données ; on ne pose ici que des questions : SELECT, ASK, CONSTRUCT, DESCRIBE.",
        "'{0}' changes data; here there are only questions: SELECT, ASK, CONSTRUCT, DESCRIBE.",
    ),
    "form": (
        "« {0} » ne commence pas une requête ; c'est SELECT, ASK, CONSTRUCT ou DESCRIBE.{1}",
        "'{0}' does not begin a query; SELECT, ASK, CONSTRUCT or DESCRIBE does.{1}",
    ),
    "string": (
        "Le texte qui commence ici par {0} n'est pas fermé : il manque {0} à sa fin.",
        "The text that begins here with {0} is not closed: {0} is missing at its end.",
    ),
    "quotes": (
        'Le guillemet « {0} » n\'est pas de SPARQL : écrivez un texte entre guillemets droits, "ainsi".',
        'The quotation mark {0} is not of SPARQL: write text between straight ones, "like this".',
    ),
    "iri": (
        "L'adresse qui commence ici par « < » n'est pas fermée par « > », ou contient une espace.",
        "The address that begins here with '<' is not closed by '>', or has a space in it.",
    ),
    "bare-iri": (
        "Une adresse s'écrit entre « < » et « > » : <{0}…>.",
        "An address is written between '<' and '>': <{0}…>.",
    ),
    "open": ("« {0} » n'est pas fermé : il manque « {1} ».", "'{0}' is not closed: '{1}' is missing."),
    "close": ("« {0} » ne ferme rien.", "'{0}' closes nothing."),
    "crossed": (
        "« {0} » ferme « {1} », ouvert ligne {2} : il manque « {3} » avant.",
        "'{0}' closes '{1}', opened at line {2}: '{3}' is missing before it.",
    ),
    "word": (
        "« {0} » n'est pas un mot de SPARQL.{1}",
        "'{0}' is not a word of SPARQL.{1}",
    ),
    "declare": (
        "Le préfixe « {0}: » n'est pas déclaré.{1}",
        "The prefix '{0}:' is not declared.{1}",
    ),
    "prefix": (
        "PREFIX veut un nom suivi de « : », puis une adresse entre « < » et « > » : PREFIX ex: <http://example.org/>.",
        "PREFIX takes a name followed by ':', then an address between '<' and '>': PREFIX ex: <http://example.org/>.",
    ),
    "object": (
        "Il manque l'objet : après « {0} » vient une valeur ou une variable (sujet, propriété, objet).",
        "The object is missing: a value or a variable comes after '{0}' (subject, property, object).",
    ),
    "predicate": (
        "Il manque la propriété et l'objet après « {0} » (sujet, propriété, objet).",
        "The property and the object are missing after '{0}' (subject, property, object).",
    ),
    "stop": (
        "Il manque avant « {0} » un « . », ou un « ; » (même sujet), ou un « , » (même propriété).",
        "Before '{0}' a '.' is missing, or a ';' (same subject), or a ',' (same property).",
    ),
    "literal": (
        "Un texte ou un nombre ne peut pas être une propriété (sujet, propriété, objet).",
        "A text or a number cannot be a property (subject, property, object).",
    ),
    "operand": ("Il manque une valeur après « {0} ».", "A value is missing after '{0}'."),
    "equals": ("Égal s'écrit « = », non « == ».", "Equals is written '=', not '=='."),
    "operator": (
        "Entre « {0} » et « {1} » il manque une virgule, un opérateur (=, <, &&…) ou AS.",
        "Between '{0}' and '{1}' a comma, an operator (=, <, &&…) or AS is missing.",
    ),
    "filter": (
        "FILTER veut une condition entre parenthèses : FILTER(?x > 3).",
        "FILTER takes a condition in brackets: FILTER(?x > 3).",
    ),
    "as": (
        "Fermez la parenthèse de la fonction avant AS : (COUNT(?x) AS ?n).",
        "Close the bracket of the function before AS: (COUNT(?x) AS ?n).",
    ),
    "computed": (
        "Ce qui est calculé s'écrit entre parenthèses, avec un nom : (COUNT(?x) AS ?n).",
        "What is computed is written in brackets, with a name: (COUNT(?x) AS ?n).",
    ),
    "commas": (
        "Les variables de SELECT sont séparées par des espaces, sans virgule.",
        "The variables of SELECT are separated by spaces, without commas.",
    ),
    "nothing": (
        "SELECT ne demande rien : nommez des variables (?x), ou * pour toutes.",
        "SELECT asks for nothing: name variables (?x), or * for all.",
    ),
    "by": ("{0} veut BY : {0} BY ?x.", "{0} takes BY: {0} BY ?x."),
    "number": ("{0} veut un nombre entier : {0} 10.", "{0} takes a whole number: {0} 10."),
    "brace": ("Il manque « {{ » avant « {0} ».", "'{{' is missing before '{0}'."),
    "outside": (
        "« {0} » se place entre les accolades, avant la « }} » qui précède.",
        "'{0}' stands within the braces, before the '}}' that comes before it.",
    ),
    "end": (
        "Rien ne suit la fin de la requête, « ; » non plus.",
        "Nothing follows the end of a query, nor does ';'.",
    ),
    "here": (
        "Jusqu'à « {0} » la requête se lit ; là, elle ne peut pas continuer ainsi.",
        "The query can be read up to '{0}'; it cannot go on like that there.",
    ),
    "short": ("La requête s'arrête avant d'être complète.", "The query ends before it is complete."),
}

_WRITTEN = (
    ' Une variable s\'écrit ?nom, un texte "nom", un terme préfixe:nom.',
    ' A variable is written ?name, a text "name", a term prefix:name.',
)
_ALIASES = {
    "LENGTH": "STRLEN",
    "LENGHT": "STRLEN",
    "LEN": "STRLEN",
    "LOWER": "LCASE",
    "UPPER": "UCASE",
    "SUBSTRING": "SUBSTR",
    "LIKE": "CONTAINS",
}
"""What other languages call a function."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at ``start``, an offset in the text."""

    start: int
    fr: str
    en: str


def fault(name: str, start: int, *values: str | tuple[str, str]) -> Fault:
    """The fault of that name; ``values`` are what its words speak of, in both languages where they differ."""
    fr, en = _TEXTS[name]
    pairs = [(value, value) if isinstance(value, str) else value for value in values]
    return Fault(start, fr.format(*(p[0] for p in pairs)), en.format(*(p[1] for p in pairs)))


def shown(text: str) -> str:
    """A token as a sentence can hold it."""
    return text if len(text) <= 40 else text[:39] + "…"


def near(wrong: str, known: Iterable[str], otherwise: tuple[str, str] = _WRITTEN) -> tuple[str, str]:
    """The words that may be meant by one in capitals, in both languages; ``otherwise`` where none is near."""
    meant = _ALIASES.get(wrong)
    said = suggest(meant or wrong, {meant} if meant else known)
    return (said["fr"], said["en"]) if said["fr"] and len(wrong) > 2 else otherwise
