"""Queries of one store, with answers that are whole: rows, truths, and what things are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from cls_graph.errors import TooLarge
from cls_graph.namespaces import CLS, DCTERMS, ORG, RDFS, SKOS
from cls_graph.store.base import Store, Term
from cls_graph.store.syntax import syntax_error

Rows = list[tuple[Term | None, ...]]
SIGNED = f"SELECT DISTINCT ?contract ?organisation WHERE {{ ?contract <{CLS}signatory> ?organisation }}"
"""Who signs what: all that the computations need of the store."""

CONTRACTS = f"""\
SELECT DISTINCT ?contract ?key ?title WHERE {{
  ?contract a <{CLS}LocalHealthContract> ; <{DCTERMS}identifier> ?key ; <{DCTERMS}title> ?title .
}}
ORDER BY ?contract ?title"""
"""What contracts are called."""

_CHUNK = 500
_NAMES = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


def organisations(lang: str) -> str:
    """The query for what organisations are called, and for their kinds in a language."""
    return f"""\
SELECT DISTINCT ?organisation ?key ?label ?kind WHERE {{
  ?organisation <{DCTERMS}identifier> ?key ; <{SKOS}prefLabel> ?label ; <{ORG}classification> ?class .
  ?class <{SKOS}prefLabel> ?kind .
  FILTER (LANG(?kind) = "{lang}")
}}
ORDER BY ?organisation ?label ?kind"""


def answer(store: Store, text: str, *, infer: bool = False) -> bool | tuple[list[str], Rows]:
    """A truth, or the columns and all the rows; a graph is three columns.

    Raises ``QuerySyntaxError``, ``StoreFailed``, and ``TooLarge`` for an answer that the store has cut.
    """
    try:
        found = store.query(text, infer=infer)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        if isinstance(found, ox.QuerySolutions):
            names = [v.value for v in found.variables]
            rows: Rows = [tuple(solution[n] for n in names) for solution in found]
        else:
            names = ["subject", "predicate", "object"]
            triples = sorted(set(found), key=str)
            rows = [(t.subject, t.predicate, t.object) for t in triples]
    except SyntaxError as error:
        raise syntax_error(text, str(error)) from error
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


def strings(store: Store, text: str, *, infer: bool = False) -> list[tuple[str, ...]]:
    """The rows of a SELECT query as strings; an empty one for what is missing."""
    found = answer(store, text, infer=infer)
    assert not isinstance(found, bool)
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in found[1]]


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
