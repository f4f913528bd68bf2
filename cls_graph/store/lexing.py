"""The tokens of a query that may be wrong, and the words that the language has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cls_graph.store.tokens import SKIPPED

FUNCTIONS = frozenset(
    "ABS ADJUST AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR "
    "GROUP_CONCAT HASLANG HASLANGDIR HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG "
    "LANGDIR LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW OBJECT PREDICATE RAND REGEX REPLACE ROUND "
    "SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG "
    "STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TZ UCASE URI UUID YEAR".split()
)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset(
    "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH DATA INTO TO ALL DEFAULT USING".split()
)
KEYWORDS = frozenset(
    "SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE VERSION FROM NAMED WHERE DISTINCT REDUCED ORDER GROUP HAVING "
    "BY ASC DESC LIMIT OFFSET VALUES UNDEF FILTER OPTIONAL UNION MINUS GRAPH SERVICE LATERAL BIND AS IN NOT "
    "EXISTS SEPARATOR SILENT TRUE FALSE".split()
)
MODIFIERS = frozenset({"ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES"})
TERMS = frozenset({"variable", "iri", "name", "string", "number"})

_TOKEN = re.compile(
    r"""(?P<number>(?:\d+\.(?=[eE])|\d+(?:\.\d+)?|\.\d+)(?:[eE][+\-]?\d+)?(?![\w:]))
      | (?P<name>(?:\w[\w\-.]{0,255}+)?:(?:(?:[\w:%]|\\.)(?:(?:[\w\-:%·.]|\\.)*(?:[\w\-:%·]|\\.))?)?)
      | """
    + SKIPPED
    + r"""| (?P<word>\w++) | (?P<open>[{(\[]) | (?P<close>[})\]])
      | (?P<mark>&&|\|\||\^\^|[!<>=]=|<<|>>|\S)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; ``word`` is its text in capitals, of bare words only."""

    kind: str
    text: str
    start: int
    word: str = ""


def tokens(query: str) -> list[Token]:
    """The tokens of a query, comments left out."""
    found = []
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind == "comment":
            continue
        word = match.group().upper() if kind == "word" else ""
        found.append(Token(kind, match.group(), match.start(), word))
    return found
