"""Slips that a word or a mark shows by what stands beside it: habits of SQL and Turtle, brackets left out.

They are looked at before the shape of the query is, for what is said of them is nearer to what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cls_graph.store.fault_words import Fault, fault, near, shown
from cls_graph.store.lexing import FUNCTIONS, KEYWORDS, TERMS, UPDATES, Token

_FOREIGN = {
    "AND": "?x > 1 && ?x < 5",
    "OR": "?x = 1 || ?x = 2",
    "IS": "BOUND(?x), !BOUND(?x)",
    "NULL": "BOUND(?x), !BOUND(?x)",
    "BETWEEN": "?x >= 1 && ?x <= 5",
    "THEN": "IF(?x > 3, 1, 2)",
    "ELSE": "IF(?x > 3, 1, 2)",
    "CASE": "IF(?x > 3, 1, 2)",
    "JOIN": "?a ex:p ?b . ?b ex:q ?c",
    "TOP": "… LIMIT 10",
}
"""Words of other languages, and what is written here."""
_EXAMPLES = {"COUNT": "DISTINCT ?x", "IF": "?x > 3, 1, 2", "GROUP_CONCAT": '?x; separator=", "'}
_PAIRS = frozenset({"CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "REGEX", "LANGMATCHES"})
"""Functions of two texts."""
_RANKS = {"GROUP": 0, "HAVING": 1, "ORDER": 2, "LIMIT": 3, "OFFSET": 3, "VALUES": 4}
_COMPARING = frozenset({"=", "!=", "<", ">", "<=", ">=", "&&", "||"})
_BLOCKS = frozenset({"OPTIONAL", "MINUS", "EXISTS"})
_OPERATORS = _COMPARING | {"+", "-", "*", "/", "(", ","}
OPENED_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Around:
    """Where a token stands: the clause, the bracket around it, the part of a triple, the tokens beside it."""

    query: str
    clause: str
    kind: str
    """Of the bracket; nothing outside of any."""
    called: str
    """The word before that bracket."""
    part: str
    before: Token | None
    after: Token | None
    last: int
    """The rank of the last modifier."""
    update: bool

    @property
    def following(self) -> str:
        """The text of the next token."""
        return self.after.text if self.after is not None else ""

    @property
    def beside(self) -> str:
        """The text of the token before."""
        return self.before.text if self.before is not None else ""


def derailing(query: str, found: Iterable[Token]) -> Iterator[Fault]:
    """What is not closed, or is no mark of the language: the tokens behind it are not what they seem."""
    for token in found:
        if token.kind == "string" and token.text[:3] in ('"""', "'''"):
            if len(token.text) < 6 or not token.text.endswith(token.text[:3]):
                yield fault("string", token.start, token.text[:3])
        elif token.kind == "mark":
            if token.text in "\"'":
                yield fault("string", token.start, token.text)
            elif token.text in "“”„«»‘’":
                yield fault("quotes", token.start, token.text)
            elif token.text == "<" and OPENED_IRI.match(query, token.start):
                yield fault("iri", token.start)


def rank(token: Token) -> int:
    """The place of a modifier among the modifiers, or -1."""
    return _RANKS.get(token.word, -1)


def slip(token: Token, at: Around) -> Fault | None:
    """The slip that a token is, or nothing."""
    if token.kind == "word":
        return _word(token, at)
    if token.kind == "language" and at.clause == "prologue" and token.text.lower() in ("@prefix", "@base"):
        return fault("turtle", token.start)
    if token.kind in ("mark", "iri"):
        return _mark(token, at)
    if token.kind == "open":
        return _open(token, at)
    if token.kind == "number" and _DATE.match(at.query, token.start):
        return fault("date", token.start, at.query[token.start : token.start + 10])
    if at.clause == "select" and not at.kind and at.beside.upper() not in ("FROM", "NAMED"):
        starts = token.kind == "variable" and at.beside == "*"
        if starts or (token.kind in ("name", "string") and at.following != "("):
            return fault("brace", token.start, shown(token.text))
    return None


def _word(token: Token, at: Around) -> Fault | None:
    word, inside = token.word, at.kind in ("expression", "function")
    if at.clause == "prologue" and not at.kind:
        return None
    called = at.following == "("
    if word in _FOREIGN and (inside or not at.kind):
        return fault("foreign", token.start, token.text, _FOREIGN[word])
    if word in FUNCTIONS and not called and (inside or at.part == "predicate"):
        example = _EXAMPLES.get(word) or ('?x, "…"' if word in _PAIRS else "?x")
        return fault("call", token.start, word, example)
    if word in FUNCTIONS and called and at.part and at.kind == "group" and at.beside.upper() != "FILTER":
        return fault("test", token.start, word)
    known = word in KEYWORDS or word in FUNCTIONS or (at.update and word in UPDATES)
    if not known and not called and not (at.beside == "-" and word in ("LTR", "RTL")):
        return _bare(token, at, inside)
    return _keyword(token, at, inside)


def _bare(token: Token, at: Around, inside: bool) -> Fault | None:
    """A word that is none of the language where a text may be meant."""
    if at.part == "object" and at.after is not None and at.after.kind in TERMS:
        return fault("surplus", token.start, shown(token.text))
    if at.part == "object" or (inside and at.beside in _OPERATORS and at.following != ":"):
        # A truth value that is misspelt is likelier than a text of nearly its letters.
        truth = near(token.word, ("TRUE", "FALSE"), ("", ""))
        return None if truth[0] else fault("bare", token.start, shown(token.text))
    return None


def _keyword(token: Token, at: Around, inside: bool) -> Fault | None:
    word = token.word
    if word == "UNION" and at.beside + at.following != "}{":
        return fault("union", token.start)
    if word in _BLOCKS and at.following != "{":
        return fault("block", token.start, word)
    if word == "BIND" and at.following != "(":
        return fault("bind", token.start)
    if word == "IN" and (at.part or (inside and at.following != "(")):
        return fault("in", token.start)
    if at.kind or at.clause not in ("modifiers", "where"):
        return None
    if word in ("ASC", "DESC") and at.following != "(":
        return fault("direction", token.start, word)
    if word == "HAVING" and at.following != "(" and (at.after is None or at.after.word not in FUNCTIONS):
        return fault("having", token.start)
    if 0 <= rank(token) < at.last:
        return fault("order", token.start, word)
    return None


def _mark(token: Token, at: Around) -> Fault | None:
    text = token.text
    if text == "." and at.clause == "prologue" and not at.kind:
        return fault("turtle", token.start)
    if text == "." and at.kind == "group" and at.beside in (".", "{"):
        return fault("twice", token.start)
    if text == "<>" and at.kind in ("expression", "function") and at.before is not None:
        ended = at.before.kind in TERMS or at.beside == ")"
        return fault("unequal", token.start) if ended else None
    if text in _COMPARING and at.kind == "group" and at.part:
        return fault("compare", token.start, text)
    if text in _COMPARING and not at.kind and at.clause == "modifiers":
        return fault("having", token.start)
    if text == "," and at.kind == "data":
        return fault("spaces", token.start)
    if (
        text in (",", ";")
        and at.called == "GROUP_CONCAT"
        and (text == "," or at.following.upper() != "SEPARATOR")
    ):
        return fault("separator", token.start)
    return None


def _open(token: Token, at: Around) -> Fault | None:
    if token.text != "{" and at.kind in ("group", "nodes") and at.part == "after" and not at.beside.isalpha():
        return fault("list", token.start, token.text)
    if token.text == "(" and at.before is not None and at.before.kind == "variable" and at.called == "VALUES":
        return fault("values", token.start)
    return None
