"""Opening a writable store: the newest snapshot, and every write since."""

from __future__ import annotations

from pathlib import Path

from cls_graph.errors import ClsGraphError, CorpusError
from cls_graph.service import sandbox
from cls_graph.service.applying import apply
from cls_graph.service.folder import description
from cls_graph.service.journal import entries_since
from cls_graph.service.operations import Operation
from cls_graph.service.snapshots import snapshot_of, verify_snapshot
from cls_graph.settings import Settings
from cls_graph.store.writable import WritableStore


def recover(folder: Path, settings: Settings) -> tuple[WritableStore, int]:
    """The store in ``folder`` and the number of its last write; the process is closed in on the way.

    Raises ``CorpusError`` when the folder is damaged, or a write done again gives another store
    than the first time.
    """
    number, path = snapshot_of(folder)
    verify_snapshot(path)
    store = WritableStore.from_snapshot(path, union=bool(description(folder)["union"]))
    entries = list(entries_since(folder, number))
    sandbox.enclose()
    for entry in entries:
        operation, notes = Operation.unpack(entry.payload)
        try:
            quads = apply(store, operation, settings).quads
        except (ClsGraphError, SyntaxError, RuntimeError, ValueError) as error:
            raise _differs(folder, entry.number, str(error)) from error
        if quads != notes["quads"]:
            raise _differs(folder, entry.number, f"{quads} / {notes['quads']}")
        number = entry.number
    return store, number


def _differs(folder: Path, number: int, reason: str) -> CorpusError:
    return CorpusError(
        f"{folder} : l'écriture {number} ne peut pas être refaite ({reason}).",
        f"{folder}: write {number} cannot be done again ({reason}).",
    )
