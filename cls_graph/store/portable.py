"""What is made of the text of a query before it goes to a store of another make.

The text is read by our own engine first, so that what is not SPARQL 1.1 (``define input:…`` of
Virtuoso, say) never leaves, and a mistake is told with its line and column as everywhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import pyoxigraph as ox

from cls_graph.errors import QueryRefused
from cls_graph.store.tokens import TOKEN, lower_booleans, scan

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
    text = lower_booleans(text)
    # Nothing is in this store: only the form of the text counts.
    ox.Store().query(text, base_iri=base)
    relative = False
    verb = ""
    declared: set[str] = set()
    for token in TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group()
        if kind == "word":
            verb = word.upper()
        elif kind == "prefix":
            if verb == "PREFIX":
                declared.add(word)
            elif word not in declared:
                # Our engine asks for no space after a keyword, and so reads `FROMex:g` as others do not.
                raise _refused(f"{word}:")
        elif kind == "iri":
            iri = _unescaped(word[1:-1])
            absolute = _SCHEME.match(iri) is not None
            relative = relative or not absolute
            # A declared name that is relative: another reader may put it together in another way.
            if iri.lower().startswith(_BUILT_IN) or (verb in _DECLARATIONS and not absolute):
                raise _refused(f"<{iri}>")
            verb = ""
    return f"BASE <{base}> {text}" if relative and base else text


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query or a request names: those of its default graph, and its named graphs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def split_dataset(text: str, base: str | None) -> tuple[str, Dataset | None]:
    """The text without its ``FROM`` clauses, and what they say; ``None`` where there are none.

    Stores differ in what wins where a request names a dataset too, so the request is to say it all. The text
    is well-formed.
    """
    pieces: list[str] = []
    default: list[str] = []
    named: list[str] = []
    prefixes: dict[str, str] = {}
    verb = prefix = ""
    at, start = 0, -1
    for token in TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group()
        if kind == "open":
            break
        if kind == "word":
            verb, prefix = word.upper(), ""
            start = token.start() if verb == "FROM" else start if verb == "NAMED" else -1
        elif kind == "prefix":
            prefix = word
        elif kind in ("iri", "local") and start >= 0:
            name = _unescaped(word[1:-1]) if kind == "iri" else prefixes.get(prefix, "") + _plain(word[1:])
            (named if verb == "NAMED" else default).append(urljoin(base or "", name))
            pieces.append(text[at:start])
            at, start, prefix = token.end(), -1, ""
        elif kind == "iri" and verb == "BASE":
            base = _unescaped(word[1:-1])
        elif kind == "iri":
            prefixes[prefix] = _unescaped(word[1:-1])
    found = Dataset(tuple(default), tuple(named)) if default or named else None
    return "".join([*pieces, text[at:]]), found


def looks_into_graphs(text: str) -> bool:
    """Whether the word ``GRAPH`` is in a query."""
    return "GRAPH" in scan(text).words


def _unescaped(iri: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), iri)


def _plain(local: str) -> str:
    return re.sub(r"\\(.)", r"\1", local)


def _refused(what: str) -> QueryRefused:
    return QueryRefused(
        f"{what} est refusé : au magasin distant ne sont transmis ni ses fonctions propres, ni déclarations "
        "relatives, ni mots sans espace.",
        f"{what} is refused: what is passed on to the remote store has no functions of its own, no relative "
        "declarations and no words without a space.",
    )
