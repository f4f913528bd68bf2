"""A folder of releases: which versions are kept, and where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cls_graph.release.build import MANIFEST, NQUADS
from cls_graph.release.versions import order

_NEEDED = {"base_iri", "digest", "version", "title"}
_Key = tuple[str, int, int, int]
"""A manifest by its folder, and by what changes with it."""


@dataclass(frozen=True)
class Kept:
    """A release that is kept: its folder and its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def version(self) -> str:
        return str(self.manifest["version"])

    @property
    def digest(self) -> str:
        return str(self.manifest["digest"])

    @property
    def date(self) -> str:
        return str(self.manifest.get("date", ""))

    @property
    def place(self) -> tuple[Any, str]:
        """Its place in the order of versions."""
        return order(self.version), self.date

    @property
    def answers(self) -> bool:
        """Whether its quads are there, so that queries can be answered from it."""
        return (self.folder / NQUADS).is_file()

    @property
    def intact(self) -> bool:
        """Whether its quads have the digest that the manifest gives."""
        try:
            with (self.folder / NQUADS).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.digest
        except OSError:
            return False


class Archive:
    """The releases in the subfolders of a folder, looked at anew each time; ``None`` has none.

    Or those in some folders that are known.
    """

    def __init__(self, place: Path | Sequence[Path] | None) -> None:
        self._place = place
        self._read: dict[_Key, Kept | None] = {}

    def releases(self) -> list[Kept]:
        """Every release, the newest version first; one of two with the same digest."""
        found: dict[str, Kept] = {}
        for kept in self._each():
            found.setdefault(kept.digest, kept)
        return sorted(found.values(), key=lambda kept: kept.place, reverse=True)

    def _each(self) -> list[Kept]:
        before, found = self._read, dict[_Key, Kept | None]()
        for folder in self._folders():
            path = folder / MANIFEST
            try:
                stat = path.stat()
            except OSError:
                continue
            key = (str(folder), stat.st_ino, stat.st_mtime_ns, stat.st_size)
            found[key] = before[key] if key in before else _kept(folder)
        # Other threads look meanwhile: what they find is whole.
        self._read = found
        return [kept for kept in found.values() if kept is not None]

    def _folders(self) -> Sequence[Path]:
        if not isinstance(self._place, Path):
            return self._place or ()
        try:
            return sorted(
                p for p in self._place.iterdir() if not p.name.startswith(".") and not p.is_symlink()
            )
        except OSError:
            return ()


def _kept(folder: Path) -> Kept | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(manifest, dict) or not manifest.keys() >= _NEEDED:
        return None
    return Kept(folder, manifest)
