"""What is made of the text of a query before it goes to a store of another make.

The text is read by our own engine first, so that what is not SPARQL 1.1 (``define input:…`` of
Virtuoso, say) never leaves, and a mistake is told with its line and column as everywhere else.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from cls_graph.errors import QueryRefused
from cls_graph.store.tokens import TOKEN

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BUILT_IN = ("bif:", "sql:")
"""Schemes of Virtuoso for its own functions and procedures, some of which reach files and hosts."""

_DECLARATIONS = ("BASE", "PREFIX")


def portable(text: str, base: str | None) -> str:
    """The text to send: read by our engine, free of a store's own functions, its base said.

    Raises ``SyntaxError`` as our engine does, ``RuntimeError`` for a function that it does not know,
    and ``QueryRefused``.
    """
    # Nothing is in this store: only the form of the text counts.
    ox.Store().query(text, base_iri=base)
    relative = False
    declaring = ""
    for token in TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group()
        if kind in ("word", "prefix"):
            name = next((n for n in _DECLARATIONS if word.upper().startswith(n)), "")
            declaring = name or (declaring if kind == "prefix" else "")
        if kind != "iri":
            continue
        iri = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), word[1:-1])
        absolute = _SCHEME.match(iri) is not None
        relative = relative or not absolute
        # A declared name that is relative: another reader may put it together in another way.
        if iri.lower().startswith(_BUILT_IN) or (declaring and not absolute):
            raise _refused(f"{declaring} <{iri}>".lstrip())
        declaring = ""
    return f"BASE <{base}> {text}" if relative and base else text


def without_dataset(text: str) -> str:
    """The text without its ``FROM`` clauses: stores differ in what wins, they or the request's."""
    pieces: list[str] = []
    depth = at = 0
    start: int | None = None
    for token in TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group().upper()
        if kind in ("open", "close"):
            depth += 1 if kind == "open" else -1
        if start is not None and kind in ("iri", "local"):
            pieces.append(text[at:start])
            at, start = token.end(), None
        elif kind == "word" and depth == 0 and word == "FROM":
            start = token.start()
    return " ".join([*pieces, text[at:]])


def _refused(what: str) -> QueryRefused:
    return QueryRefused(
        f"{what} est refusé : les fonctions propres au magasin distant et les déclarations relatives ne lui "
        "sont pas transmises.",
        f"{what} is refused: functions of the remote store's own, and relative declarations, "
        "are not passed on.",
    )
