"""The folder of a writable store: made once, empty or from a release, and told from other folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cls_graph.errors import CorpusError, OutputError
from cls_graph.files import cannot_write
from cls_graph.reasons import reason
from cls_graph.service.journal import hold
from cls_graph.service.snapshots import Snapshot, sync_folder

DESCRIPTION = "store.json"
_FORMAT = 1
_BLOCK = 1 << 20


def is_store(folder: Path) -> bool:
    """Whether a writable store has been made in ``folder``."""
    return (folder / DESCRIPTION).is_file()


def description(folder: Path) -> dict[str, Any]:
    """What the store in ``folder`` is: ``id``, ``union`` (its default graph) and ``manifest``.

    Raises ``CorpusError`` where that cannot be read.
    """
    path = folder / DESCRIPTION
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict) and found.get("format") == _FORMAT:
            return found
        why = {"fr": f"ce n'est pas le format {_FORMAT}", "en": f"it is not format {_FORMAT}"}
    except (OSError, ValueError) as error:
        why = reason(error)
    raise CorpusError(f"{path} est illisible : {why['fr']}.", f"{path} cannot be read: {why['en']}.")


def create(folder: Path, nquads: Path | None, manifest: dict[str, Any], *, union: bool) -> None:
    """Make a store in ``folder``: of the quads of a release, or empty.

    ``union``: its default graph is the union of its graphs. Nothing counts before the last step, so a
    creation that was interrupted is begun again. Raises ``OutputError`` when the folder holds
    something else or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _ours(folder)
        lock = hold(folder)
        try:
            snapshot = Snapshot(folder, 0)
            for block in _blocks(nquads):
                snapshot.write(block)
            snapshot.commit()
            # Two stores never have the same name for a state of theirs, even in one place.
            identity = os.urandom(8).hex()
            _describe(folder, {"format": _FORMAT, "id": identity, "union": union, "manifest": manifest})
        finally:
            os.close(lock)
    except OSError as error:
        raise cannot_write(folder, error) from None


def _describe(folder: Path, what: dict[str, Any]) -> None:
    temporary = folder / (DESCRIPTION + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(json.dumps(what) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, folder / DESCRIPTION)
    sync_folder(folder)


def _ours(folder: Path) -> None:
    """Refuse a folder that holds anything but what an interrupted creation leaves."""
    for path in folder.iterdir():
        if path.name == "lock" or path.name.startswith(("snapshot-", DESCRIPTION)):
            continue
        raise OutputError(
            f"« {folder} » contient autre chose ({path.name}) : choisissez un dossier vide.",
            f"'{folder}' holds something else ({path.name}): choose an empty folder.",
        )


def _blocks(path: Path | None) -> Iterable[bytes]:
    if path is not None:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
