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
    "large": (
        "Ce nombre est trop grand pour {0} : prenez-en un d'au plus 18 chiffres, ou retirez {0}.",
        "This number is too large for {0}: take one of 18 digits at most, or leave {0} out.",
    ),
    "brace": ("Il manque « {{ » avant « {0} ».", "'{{' is missing before '{0}'."),
    "outside": (
        "« {0} » se place entre les accolades, avant la « }} » qui précède.",
        "'{0}' stands within the braces, before the '}}' that comes before it.",
    ),
    "end": (
        "Rien ne suit la fin de la requête, « ; » non plus.",
        "Nothing follows the end of a query, nor does ';'.",
    ),
    "foreign": ("« {0} » n'est pas de SPARQL ; on écrit : {1}.", "'{0}' is not of SPARQL; one writes: {1}."),
    "call": (
        "« {0} » est une fonction ; ce qu'elle prend la suit entre parenthèses : {0}({1}).",
        "'{0}' is a function; what it takes follows in brackets: {0}({1}).",
    ),
    "test": (
        "« {0}(…) » se place dans FILTER({0}(…)), ou dans BIND({0}(…) AS ?x).",
        "'{0}(…)' stands within FILTER({0}(…)), or within BIND({0}(…) AS ?x).",
    ),
    "bare": (
        'Un texte s\'écrit entre guillemets : "{0}" ; une variable : ?{0} ; un terme : préfixe:{0}.',
        'A text is written between quotation marks: "{0}"; a variable: ?{0}; a term: prefix:{0}.',
    ),
    "surplus": (
        "« {0} » est de trop : la valeur suit tout de suite la propriété.",
        "'{0}' is one too many: the value follows right after the property.",
    ),
    "block": (
        "{0} veut des accolades : {0} {{ ?x ex:p ?y }}.",
        "{0} takes braces: {0} {{ ?x ex:p ?y }}.",
    ),
    "union": (
        "UNION relie deux groupes, chacun entre accolades : {{ … }} UNION {{ … }}.",
        "UNION joins two groups, each in braces: {{ … }} UNION {{ … }}.",
    ),
    "bind": (
        "BIND donne un nom à ce qui est calculé : BIND(STR(?x) AS ?texte).",
        "BIND gives a name to what is computed: BIND(STR(?x) AS ?text).",
    ),
    "in": (
        "IN compare à une liste entre parenthèses, dans un filtre : FILTER(?x IN (1, 2)).",
        "IN compares with a list in brackets, within a filter: FILTER(?x IN (1, 2)).",
    ),
    "direction": (
        "{0} se place devant, avec des parenthèses : ORDER BY {0}(?x).",
        "{0} stands in front, with brackets: ORDER BY {0}(?x).",
    ),
    "having": (
        "HAVING veut une condition entre parenthèses : HAVING(COUNT(?x) > 2).",
        "HAVING takes a condition in brackets: HAVING(COUNT(?x) > 2).",
    ),
    "order": (
        "{0} vient plus tôt : l'ordre est GROUP BY, HAVING, ORDER BY, LIMIT et OFFSET, VALUES.",
        "{0} comes earlier: the order is GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, VALUES.",
    ),
    "turtle": (
        "En SPARQL : PREFIX ex: <http://example.org/>, sans « @ » devant ni « . » derrière.",
        "In SPARQL: PREFIX ex: <http://example.org/>, without '@' before or '.' behind.",
    ),
    "twice": ("Ce « . » est de trop.", "This '.' is one too many."),
    "unequal": ("Différent s'écrit « != ».", "Unequal is written '!='."),
    "compare": (
        "« {0} » compare, dans un filtre : FILTER(?x {0} 3). Dans un triplet la valeur suit la propriété, "
        "sans signe.",
        "'{0}' compares, within a filter: FILTER(?x {0} 3). In a triple the value follows the property, "
        "without a mark.",
    ),
    "spaces": (
        "Ici les valeurs sont séparées par des espaces, sans virgule.",
        "Here values are separated by spaces, without commas.",
    ),
    "separator": (
        'Ce qui sépare s\'écrit : GROUP_CONCAT(?x; separator=", ").',
        'What separates is written: GROUP_CONCAT(?x; separator=", ").',
    ),
    "list": (
        "Il manque avant « {0} » un « . », un « ; » ou un « , ». Pour l'une de plusieurs valeurs : "
        "FILTER(?x IN (1, 2)).",
        "Before '{0}' a '.', a ';' or a ',' is missing. For one of several values: FILTER(?x IN (1, 2)).",
    ),
    "values": (
        "VALUES veut des accolades : VALUES ?x {{ 1 2 }}.",
        "VALUES takes braces: VALUES ?x {{ 1 2 }}.",
    ),
    "distinct": (
        "DISTINCT vaut pour toute la ligne, sans parenthèses : SELECT DISTINCT ?x.",
        "DISTINCT is of the whole row, without brackets: SELECT DISTINCT ?x.",
    ),
    "date": ('Une date s\'écrit : "{0}"^^xsd:date.', 'A date is written: "{0}"^^xsd:date.'),
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
