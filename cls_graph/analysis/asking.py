"""Queries of one store, with answers that are whole: rows, truths, and what things are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pyoxigraph as ox

from cls_graph.errors import TooLarge
from cls_graph.namespaces import CLS, DCAT, DCTERMS, DEFAULT_BASE, ORG, RDFS, SKOS, VOID
from cls_graph.queries.solutions import solutions
from cls_graph.queries.spots import Atlas, territories_in, territory_queries
from cls_graph.store.base import GraphResults, Results, Store, Term, TripleStream
from cls_graph.store.failing import malformed
from cls_graph.store.syntax import not_evaluated, syntax_error

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}

Rows = list[tuple[Term | None, ...]]
# A pattern that finds few things comes first, in a query within: it is what the engine then starts from.
_CONTRACT = f"{{ SELECT ?contract WHERE {{ ?contract a <{CLS}LocalHealthContract> }} }}"
KEYS = f"SELECT ?contract ?key WHERE {{ ?contract <{DCTERMS}identifier> ?key }}"
"""The keys of contracts, and of all that has one: to read them takes a third of looking up each contract."""

TITLES = f"SELECT ?contract ?title WHERE {{ {_CONTRACT} ?contract <{DCTERMS}title> ?title }}"
"""What contracts are called."""

ORGANISATIONS = f"""\
SELECT ?organisation ?key ?label ?class WHERE {{
  {{ SELECT ?organisation ?class WHERE {{ ?organisation <{ORG}classification> ?class }} }}
  ?organisation <{SKOS}prefLabel> ?label ; <{DCTERMS}identifier> ?key .
}}"""
"""What organisations are called, and of which kind they are."""

_CHUNK = 500
_NAMES = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


_DATASET = "id/dataset/cls-graph"
ORIGIN = f"""\
SELECT ?title ?version ?licence WHERE {{
  ?dataset a <{VOID}Dataset> ; <{DCTERMS}title> ?title .
  OPTIONAL {{ ?dataset <{DCAT}version> ?version }}
  OPTIONAL {{ ?dataset <{DCTERMS}license> ?licence }}
  FILTER (LANG(?title) = "%s" && STRENDS(STR(?dataset), "/{_DATASET}"))
}}
ORDER BY ?title ?version ?licence"""
"""What the data are, of which release, under which licence; in a language."""


BASE = f"""\
SELECT ?dataset WHERE {{ ?dataset a <{VOID}Dataset> FILTER (STRENDS(STR(?dataset), "{_DATASET}")) }}
ORDER BY ?dataset"""
"""The dataset, whose identifier begins with the base of the data."""


def kinds(lang: str) -> str:
    """The query for what the kinds of organisations are called in a language."""
    return f"""\
SELECT ?class ?kind WHERE {{
  {{ SELECT DISTINCT ?class WHERE {{ ?organisation <{ORG}classification> ?class }} }}
  ?class <{SKOS}prefLabel> ?kind . FILTER (LANG(?kind) = "{lang}")
}}"""


def answer(store: Store, text: str, *, infer: bool = False) -> bool | tuple[list[str], Rows]:
    """A truth, or the columns and all the rows; a graph is three columns.

    Raises ``QuerySyntaxError``, ``QueryNotEvaluated``, ``StoreFailed``, and ``TooLarge`` for an answer that
    the store has cut.
    """
    found = _asked(store, text, infer)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names, rows = _read(store, found)
    if isinstance(found, ox.QuerySolutions):
        return names, rows
    return names, sorted(set(rows), key=lambda row: tuple(map(str, row)))


def results(store: Store, text: str, *, infer: bool = False) -> Results:
    """The same for the writers of the engine; what a store may cut is read before. Raises as ``answer``."""
    found = _asked(store, text, infer)
    if not store.may_cut or isinstance(found, ox.QueryBoolean):
        return found
    names, rows = _read(store, found)
    if isinstance(found, ox.QuerySolutions):
        return solutions(names, rows)
    return TripleStream(ox.Triple(*row) for row in rows)  # type: ignore[arg-type]


def _asked(store: Store, text: str, infer: bool) -> Results:
    try:
        return store.query(text, infer=infer)
    except SyntaxError as error:
        raise syntax_error(text, str(error)) from error
    except RuntimeError as error:
        raise not_evaluated(str(error)) from error


def _read(store: Store, found: ox.QuerySolutions | GraphResults) -> tuple[list[str], Rows]:
    """The columns and rows of an answer, all of them; the triples of a graph are rows."""
    try:
        if isinstance(found, ox.QuerySolutions):
            names = [v.value for v in found.variables]
            rows: Rows = [tuple(solution[n] for n in names) for solution in found]
        else:
            names = ["subject", "predicate", "object"]
            rows = [(t.subject, t.predicate, t.object) for t in found]
    except SyntaxError as error:
        # Not of the query, which has been read, but of a remote store's answer to it.
        raise malformed(error) from error
    whole(store, len(rows))
    return names, rows


def whole(store: Store, rows: int) -> None:
    """Raise ``TooLarge`` where an answer of so many rows may have been cut: nobody counts on half of one."""
    if store.may_cut and store.ceiling(rows):
        raise TooLarge(
            f"Le serveur a coupé sa réponse à {rows} lignes : restreignez la question, ou ouvrez la "
            "publication elle-même (cls_graph.open du dossier ou du fichier).",
            f"The server has cut its answer at {rows} rows: narrow the question, or open the release itself "
            "(cls_graph.open of its folder or file).",
        )


def strings(store: Store, text: str, *, infer: bool = False) -> list[list[str]]:
    """The rows of a SELECT query as strings; an empty one for what is missing. Raises as ``answer``.

    They come from the engine as one text, not term by term, which takes several times as long.
    """
    _, *lines = _written(store, text, infer)[:-1].split("\n")
    whole(store, len(lines))
    return [[_words(cell) for cell in line.split("\t")] for line in lines]


def columns(store: Store, text: str, *, infer: bool = False) -> list[list[str]]:
    """The columns of a SELECT query, each cell as the engine writes it: ``<iri>``, ``"text"@fr``.

    In a fraction of the time of ``strings``, for who looks at few of the cells. Raises as ``answer``.
    """
    written = _written(store, text, infer)
    wide = written.count("\t", 0, written.index("\n")) + 1
    # The end of a line is that of a cell.
    cells = written.replace("\n", "\t").split("\t")
    found = [cells[wide + place : -1 : wide] for place in range(wide)]
    whole(store, len(found[0]))
    return found


def said_of(things: Sequence[str], store: Store, text: str, *, infer: bool = False) -> list[str | None]:
    """Of each thing, what the rows of a query say of it, whose columns are things and words; ``None``
    for nothing, of several words the first in order. Raises as ``answer``."""
    whom, said = columns(store, text, infer=infer)
    found = dict(zip(whom, said, strict=True))
    if len(found) == len(whom):
        cells = [found.get(cell_of(thing)) for thing in things]
        return [None if cell is None else _words(cell) for cell in cells]
    first = first_of(zip(map(_words, whom), map(_words, said), strict=True))
    return [first.get(thing) for thing in things]


def cell_of(node: str) -> str:
    """How the engine writes an IRI or a blank node."""
    return node if node.startswith("_:") else f"<{node}>"


def _words(cell: str) -> str:
    """What a cell says: an IRI without its brackets, a literal without its quotes and its type."""
    if cell.startswith("<") and not cell.startswith("<<"):
        return cell[1:-1]
    if not cell.startswith('"'):
        return cell
    inner = cell[1 : cell.rindex('"')]
    return _ESCAPE.sub(_unescaped, inner) if "\\" in inner else inner


def _unescaped(found: re.Match[str]) -> str:
    point = found[1] or found[2]
    return chr(int(point, 16)) if point else _ESCAPED.get(found[3], found[3])


def _written(store: Store, text: str, infer: bool) -> str:
    """An answer as tab-separated values: a head, then a line for each row, in which tabs and ends of lines
    are escaped (SPARQL 1.1 Query Results CSV and TSV Formats, section 4). In CSV the engine quotes no IRI,
    even one with a comma in it."""
    found = _asked(store, text, infer)
    assert isinstance(found, ox.QuerySolutions)
    try:
        written = found.serialize(format=ox.QueryResultsFormat.TSV)
    except SyntaxError as error:
        raise malformed(error) from error
    assert written is not None
    return written.decode()


def first_of(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """What rows of two columns say of the thing in the first; of several words, the first in order."""
    found: dict[str, str] = {}
    for thing, words in rows:
        if found.setdefault(thing, words) > words:
            found[thing] = words
    return found


def labels(store: Store, things: Sequence[str], lang: str) -> Mapping[str, str]:
    """What things are called, in ``lang`` where there is such a name."""
    found: dict[str, tuple[bool, bool, str]] = {}
    ways = "|".join(f"<{name}>" for name in _NAMES)
    for start in range(0, len(things), _CHUNK):
        # What is between the brackets was read as an IRI: nothing in it can end it.
        some = " ".join(f"<{iri}>" for iri in things[start : start + _CHUNK])
        text = f"SELECT ?thing ?label WHERE {{ VALUES ?thing {{ {some} }} ?thing {ways} ?label }}"
        rows = answer(store, text)
        assert not isinstance(rows, bool)
        for thing, label in rows[1]:
            if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                rank = (label.language != lang, label.language is not None, label.value)
                found[thing.value] = min(rank, found.get(thing.value, rank))
    return {iri: label for iri, (_, _, label) in found.items()}


def atlas(store: Store) -> Atlas:
    """What places the rows that a store gives; its base is that of its dataset, else the usual one."""
    there = next(iter(strings(store, BASE)), [DEFAULT_BASE + _DATASET])[0]
    return Atlas(there.removesuffix(_DATASET), partial(territories, store))


def territories(store: Store, things: Sequence[str]) -> Mapping[str, Iterable[str]]:
    """By thing, the keys of its territories."""
    found: list[tuple[Term | None, ...]] = []
    for text in territory_queries(things):
        rows = answer(store, text)
        assert not isinstance(rows, bool)
        found += rows[1]
    return territories_in(found)
