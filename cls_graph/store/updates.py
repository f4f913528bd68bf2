"""What must be known of the text of an update before the engine sees it, and what is written into it.

The engine's Python interface takes no dataset for an update (``using-graph-uri`` of the
SPARQL 1.1 Protocol, 2.2.3), so the clauses that stand for it are put into the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from cls_graph.errors import BadRequest, QueryRefused, QueryTooComplex
from cls_graph.store.tokens import TOKEN, scan

# Two runs of these may differ: in what they give, or in which or how many solutions they meet first.
_VOLATILE = frozenset(
    "LOAD NOW RAND UUID STRUUID LIMIT OFFSET SAMPLE GROUP_CONCAT SUM AVG MIN MAX REDUCED".split(),
)

_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})


@dataclass(frozen=True)
class Update:
    """An update that may run: its text, and whether running it again does the same again."""

    text: str
    replayable: bool


@dataclass(frozen=True)
class _Word:
    """A bare word outside braces, where it stands, and whether braces come between it and the one before."""

    text: str
    start: int
    end: int
    apart: bool


def prepare(
    text: str, max_nesting: int, using: Sequence[str] | None = None, using_named: Sequence[str] | None = None
) -> Update:
    """The update to run for ``text`` with the dataset of the request.

    Raises ``QueryTooComplex`` for deep nesting, ``QueryRefused`` for LOAD and SERVICE, ``BadRequest``
    where the request names a dataset and so does the text (Protocol, 2.2.3). Malformed text passes:
    the engine says where it is wrong.
    """
    found = scan(text)
    if found.depth > max_nesting:
        raise QueryTooComplex(
            f"La mise à jour imbrique {found.depth} niveaux ; la limite est {max_nesting}.",
            f"The update nests {found.depth} levels; the limit is {max_nesting}.",
        )
    words = list(_outside(text))
    if found.remote:
        raise _refused("SERVICE")
    if _loads(words):
        raise _refused("LOAD")
    # The engine asks for no space after a word: LIMIT1 is two.
    replayable = not any(name in word for word in found.words for name in _VOLATILE)
    if using is None and using_named is None:
        return Update(text, replayable)
    if any(word.text in ("WITH", "USING") for word in words):
        raise BadRequest(
            "La demande (using-graph-uri) et la mise à jour (USING, WITH) nomment chacune un jeu de données.",
            "The request and the update each name a dataset (using-graph-uri, and USING or WITH).",
        )
    clauses = "".join(f" USING <{_iri(g)}>" for g in using or ())
    clauses += "".join(f" USING NAMED <{_iri(g)}>" for g in using_named or ())
    return Update(_inserted(text, words, clauses + " "), replayable)


def _loads(words: Sequence[_Word]) -> bool:
    """Whether a LOAD is asked for that may not just fail: LOAD SILENT does so in the sandbox, unseen."""
    texts = [word.text for word in words]
    return any(
        "LOAD" in text and not (text == "LOAD" and following == "SILENT")
        for text, following in pairwise([*texts, ""])
    )


def probe(text: str, missing: str) -> str:
    """The update with an operation before its first that cannot be done: to drop the graph ``missing``.

    The engine parses the whole text before it does the first thing, so that this tells whether it is
    well-formed, and no more.
    """
    first = next((word.start for word in _outside(text) if word.text not in _PROLOGUE), len(text))
    return f"{text[:first]}DROP GRAPH <{missing}> ;{text[first:]}"


def _outside(text: str) -> Iterator[_Word]:
    """The bare words outside braces, in capitals; also a prefix that LOAD could be glued to."""
    depth, declared, apart = 0, False, False
    for token in TOKEN.finditer(text):
        match token.lastgroup:
            case "open":
                depth, apart = depth + 1, True
            case "close":
                depth -= 1
            case "word" if depth <= 0:
                word = token.group().upper()
                declared = word == "PREFIX"
                yield _Word(word, token.start(), token.end(), apart)
                apart = False
                continue
            case "prefix" if depth <= 0 and not declared and token.group().upper().startswith("LOAD"):
                yield _Word("LOAD", token.start(), token.end(), apart)
        if token.lastgroup != "comment":
            declared = False


def _inserted(text: str, words: Sequence[_Word], clauses: str) -> str:
    """The text with ``clauses`` before each WHERE; a ``DELETE WHERE`` is first written out in full."""
    pieces, at, before = [], 0, ""
    for word in words:
        if word.text == "WHERE":
            pieces.append(text[at : word.start])
            if before == "DELETE" and not word.apart:
                pieces.append(_pattern(text, word.end))
            pieces.append(clauses)
            at = word.start
        before = word.text
    return "".join([*pieces, text[at:]])


def _pattern(text: str, start: int) -> str:
    """The group in braces that begins after ``start``; nothing where it does not end."""
    depth, begun = 0, start
    for token in TOKEN.finditer(text, start):
        if token.lastgroup == "open":
            begun = begun if depth else token.start()
            depth += 1
        elif token.lastgroup == "close":
            depth -= 1
            if depth <= 0:
                return text[begun : token.end()]
    return ""


def _iri(name: str) -> str:
    """``name``, when it is an absolute IRI; raises ``BadRequest``."""
    try:
        return ox.NamedNode(name).value
    except ValueError as error:
        raise BadRequest(
            f"Ce n'est pas un IRI absolu : {name!r}.", f"This is not an absolute IRI: {name!r}."
        ) from error


def _refused(word: str) -> QueryRefused:
    return QueryRefused(
        f"{word} est refusé : ce service ne va chercher de données sur aucun autre serveur.",
        f"{word} is refused: this service fetches data from no other server.",
    )
