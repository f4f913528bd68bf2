"""RDF Patch: what turns one release into another, as lines to delete and to add.

The text format of Apache Jena (``H``, ``TX``, ``D``, ``A``, ``TC``; terms as in N-Quads), one
transaction. Blank nodes are named by their labels, which releases keep. Deletions come first and lines
are sorted, so that two patches of the same change are the same bytes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pyoxigraph as ox

from cls_graph.changes.lines import Lines, quads, split
from cls_graph.changes.states import State
from cls_graph.errors import UsageError

MEDIA_TYPE = "application/rdf-patch"
_ROW = re.compile(r"(H|TX|TC|D|A)(?: (.*))? \.\n?")


def write_patch(old: State, new: State) -> Iterator[str]:
    """The lines of the patch from ``old`` to ``new``, which must both be whole."""
    yield f"H id <{_identity(old, new)}> .\n"
    for name, state in (("from", old), ("to", new)):
        # Headers of ours: which release it applies to, and which one it makes.
        yield f"H {name} <urn:sha256:{state.digest}> .\n"
    yield "TX .\n"
    for letter, minus in (("D", (old.graphs, new.graphs)), ("A", (new.graphs, old.graphs))):
        for line in sorted(_missing(*minus)):
            yield f"{letter} {line}"
    yield "TC .\n"


def _missing(these: Lines, those: Lines) -> Iterator[str]:
    for graph, lines in these.items():
        yield from lines - those.get(graph, set())


def _identity(old: State, new: State) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{old.digest} {new.digest}").urn


def apply_patch(store: ox.Store, text: str) -> None:
    """Apply a patch to a store, all or nothing.

    Raises ``UsageError`` with the line for what is no patch, or where a statement that is to be deleted
    is not there or one to be added is: the store has then not changed.
    """
    rows: dict[str, list[str]] = {"D": [], "A": []}
    ended = False
    for number, line in enumerate(split(text), 1):
        row = _ROW.fullmatch(line)
        if not row or (row[1] in rows) != bool(row[2] and row[1] != "H"):
            raise _unusable(number, line)
        if row[1] in rows:
            rows[row[1]].append(f"{row[2]} .\n")
        ended = row[1] == "TC"
    if not ended:
        raise UsageError("Le patch est coupé : TC manque.", "The patch is cut off: TC is missing.")
    try:
        removed, added = quads(rows["D"]), quads(rows["A"])
    except SyntaxError as error:
        raise UsageError(f"Le patch est mal formé : {error}.", f"The patch is malformed: {error}.") from None
    if strange := next((q for q in removed if q not in store), None):
        raise UsageError(f"N'y est pas : {strange} .", f"Not there: {strange} .")
    gone = set(removed)
    if strange := next((q for q in added if q in store and q not in gone), None):
        raise UsageError(f"Y est déjà : {strange} .", f"Already there: {strange} .")
    for quad in removed:
        store.remove(quad)
    store.extend(added)


def _unusable(number: int, line: str) -> UsageError:
    shown = line.strip()[:80]
    return UsageError(
        f"Ligne {number} : pas une ligne de RDF Patch : {shown}",
        f"Line {number}: not a line of RDF Patch: {shown}",
    )
