"""Where a corpus is.

``--corpus DIR`` names one; else it is the one the user stands in, else the bundled one, inside the
wheel (``cls_graph/_corpus``) or beside the package in a checkout.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cls_graph.errors import CorpusError

FOLDERS = ("ontology", "shapes", "data")


def bundled_root() -> Path:
    """The corpus that comes with the package. Raises ``CorpusError`` where there is none."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_corpus", package.parent):
        if all((candidate / name).is_dir() for name in FOLDERS):
            return candidate
    raise CorpusError(
        "Le paquet installé ne contient pas les données ; réinstallez cls-graph, ou donnez --corpus DOSSIER.",
        "The installed package holds no data; reinstall cls-graph, or give --corpus DIR.",
    )


def nearest_root(files: Sequence[Path] = ()) -> Path:
    """The corpus that a user means without saying so.

    It is the one that the first of ``files`` is in, else the one they stand in, else the bundled one:
    whoever edits a record in a checkout must have that record checked, not an installed copy.
    """
    try:
        named = _root_above(files[0].resolve().parent) if files else None
        return named or _root_above(Path.cwd()) or bundled_root()
    except FileNotFoundError:
        raise CorpusError(
            "Le dossier où vous êtes n'existe plus : changez de dossier (cd), ou donnez --corpus DOSSIER.",
            "The folder that you stand in is gone: change to another (cd), or give --corpus DIR.",
        ) from None


def _root_above(start: Path) -> Path | None:
    """The corpus that a folder is in, if any."""
    for folder in (start, *start.parents):
        if (folder / "data" / "dataset.yaml").is_file() and (folder / "data" / "contracts").is_dir():
            return folder
    return None
