"""The snapshots of a writable store: its dataset after a number of writes, in N-Quads.

A snapshot counts once it has its final name, and its last line sums up what stands before it.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from cls_graph.errors import CorpusError

_NAME = re.compile(r"(snapshot|journal)-(\d{20})\.(?:nq|log)")
_BLOCK = 1 << 20


class Snapshot:
    """A snapshot being written beside the others; nothing counts before ``commit``."""

    def __init__(
        self, folder: Path, number: int, installed: Callable[[int | None], None] = lambda _: None
    ) -> None:
        self._folder = folder
        self._number = number
        self._installed = installed
        self._final = folder / f"snapshot-{number:020}.nq"
        self.path = self._final.with_suffix(".tmp")
        self._file: IO[bytes] | None = None
        self._sum = 0

    def write(self, data: bytes) -> None:
        """Add a block."""
        self._sum = zlib.crc32(data, self._sum)
        self._opened().write(data)

    def flush(self) -> None:
        """Let others read what is there."""
        self._opened().flush()

    def commit(self) -> None:
        """Put the snapshot in place, on disk. Raises ``OSError``."""
        file = self._opened()
        file.write(_trailer(self._sum))
        file.flush()
        os.fsync(file.fileno())
        file.close()
        os.replace(self.path, self._final)
        try:
            sync_folder(self._folder)
        except OSError:
            self._installed(None)
            raise
        self._installed(self._number)

    def abandon(self) -> None:
        """Forget it."""
        if self._file is not None:
            self._file.close()
            self.path.unlink(missing_ok=True)

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = self.path.open("wb")
        return self._file


def snapshot_of(folder: Path) -> tuple[int, Path]:
    """The newest snapshot: its number and its file. Raises ``CorpusError`` when there is none."""
    found = files_of(folder, "snapshot")
    if not found:
        raise CorpusError(f"{folder} n'a pas d'instantané.", f"{folder} has no snapshot.")
    return found[-1]


def verify_snapshot(path: Path) -> None:
    """Raise ``CorpusError`` when a snapshot is not what was written."""
    total, held = 0, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            held += block
            # The last line is not part of what it sums up.
            cut = max(0, len(held) - len(_trailer(0)))
            total, held = zlib.crc32(held[:cut], total), held[cut:]
    if held != _trailer(total):
        raise damaged(path, path.stat().st_size)


def sync_folder(folder: Path) -> None:
    """Make new and renamed files of a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def damaged(path: Path, offset: int) -> CorpusError:
    """The error for a file of the store that is not as it was written."""
    return CorpusError(
        f"{path} est endommagé à l'octet {offset} : restaurez le dossier depuis une sauvegarde.",
        f"{path} is damaged at byte {offset}: restore the folder from a backup.",
    )


def files_of(folder: Path, kind: str) -> list[tuple[int, Path]]:
    """The snapshots or the journals of a folder, by number."""
    names = [(match, folder / match.group()) for p in folder.iterdir() if (match := _NAME.fullmatch(p.name))]
    return sorted((int(match[2]), path) for match, path in names if match[1] == kind)


def _trailer(checksum: int) -> bytes:
    return b"# end %08x\n" % checksum
