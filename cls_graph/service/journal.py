"""The durable record of a writable store: a folder of snapshots and of the writes since.

::

    store.json                 what the store is (written once, last: without it there is no store)
    snapshot-<n>.nq            the dataset after n writes (N-Quads; its first and last lines are comments)
    journal-<n>.log            the writes since, from n + 1 on, each with its length, checksum and number
    lock                       held by the service that writes here

A write counts once it is in the journal, or in a snapshot under its final name, and the
disk has said so. What a kill or a power cut leaves half-written at the end of the last
journal was never acknowledged, and is cut off at the next start. What does not fit and has writes after
it is damage, and is reported rather than repaired.
"""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cls_graph.errors import OutputError
from cls_graph.reasons import reason
from cls_graph.service.snapshots import Snapshot, damaged, files_of, snapshot_of, sync_folder

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows has no fork either)
    fcntl = None  # type: ignore[assignment]

_MAGIC = b"cls-graph journal 1\n"
_MARK = b"CLSW"
_ENTRY = struct.Struct("!4sIIQ")


@dataclass(frozen=True)
class Entry:
    """A write in a journal: its number, its bytes, and where it ends in the file."""

    number: int
    payload: bytes
    end: int


class Journal:
    """The folder, held by one service. Methods block: call them from a thread."""

    def __init__(self, folder: Path) -> None:
        """Take the lock and cut off what was never acknowledged.

        Raises ``OutputError`` when another service holds the folder or it cannot be written,
        ``CorpusError`` when it is damaged.
        """
        self.folder = folder
        self.broken = False
        self._base = 0
        self._file: IO[bytes] | None = None
        self._lock: int | None = hold(folder)
        try:
            self.number = self._recover()
        except BaseException:
            self.close()
            raise

    @property
    def pending(self) -> tuple[int, int]:
        """Bytes and writes in the journal, which a snapshot would save."""
        return self._file.tell() if self._file else 0, self.number - self._base

    def append(self, payload: bytes) -> int:
        """Add a write and return its number once it is on disk; raises ``OSError``, and is unchanged then.

        When that cannot be had either, the journal is ``broken``, and takes no more.
        """
        if self.broken:
            raise OSError("the journal is broken")
        file = self._file or self._begin()
        number, start = self.number + 1, file.tell()
        body = number.to_bytes(8) + payload
        try:
            file.write(_ENTRY.pack(_MARK, len(payload), zlib.crc32(body), number) + payload)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            self._undo(file, start)
            raise
        self.number = number
        return number

    def snapshot(self, number: int) -> Snapshot:
        """A snapshot of the dataset after write ``number``, to be written."""
        return Snapshot(self.folder, number, self._installed)

    def _installed(self, number: int | None) -> None:
        """Note that a snapshot is in place: go on after it, and forget what it makes superfluous.

        ``None``: it may be in place or not, so that nothing can be added to either side.
        """
        if number is None:
            self.broken = True
            return
        if self._file is not None:
            self._file.close()
            self._file = None
        self.number = self._base = number
        for kind in ("snapshot", "journal"):
            for start, path in files_of(self.folder, kind):
                if start < number:
                    with contextlib.suppress(OSError):
                        path.unlink()

    def close(self) -> None:
        """Let the folder go."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _begin(self) -> IO[bytes]:
        # Opened for appending: the file may be there, from before a restart or a write that failed.
        file = _journal(self.folder, self._base).open("ab")
        if file.tell() == 0:
            try:
                file.write(_MAGIC)
                file.flush()
                os.fsync(file.fileno())
                sync_folder(self.folder)
            except OSError:
                self._undo(file, 0)
                raise
        self._file = file
        return file

    def _undo(self, file: IO[bytes], start: int) -> None:
        """Take a failed write back; a failed fsync says nothing of what is on the disk."""
        self._file = None
        try:
            with contextlib.suppress(OSError):
                file.close()
            with open(file.name, "r+b") as again:
                again.truncate(start)
                os.fsync(again.fileno())
        except OSError:
            self.broken = True

    def _recover(self) -> int:
        for leftover in self.folder.glob("*.tmp"):
            leftover.unlink()
        self._base, _ = snapshot_of(self.folder)
        number, end = self._base, len(_MAGIC)
        for entry in entries_since(self.folder, self._base):
            number, end = entry.number, entry.end
        path = _journal(self.folder, self._base)
        if path.exists():
            _cut(path, end)
            self._begin()
        return number


def entries_since(folder: Path, number: int) -> Iterator[Entry]:
    """The writes after snapshot ``number``, in order.

    What is unfinished at the end is passed over. Raises ``CorpusError`` for damage anywhere else.
    """
    for start, path in files_of(folder, "journal"):
        if start > number:
            # The snapshot that it follows is gone.
            raise damaged(path, 0)
    path = _journal(folder, number)
    data = path.read_bytes() if path.exists() else b""
    if not data.startswith(_MAGIC):
        if _MAGIC.startswith(data):
            return
        raise damaged(path, 0)
    at = len(_MAGIC)
    while at < len(data):
        entry = _entry(data, at)
        if entry is None and _unfinished(data, at, number):
            return
        if entry is None or entry.number != number + 1:
            raise damaged(path, at)
        yield entry
        at, number = entry.end, entry.number


def _entry(data: bytes, at: int) -> Entry | None:
    if at + _ENTRY.size > len(data):
        return None
    mark, size, checksum, number = _ENTRY.unpack_from(data, at)
    start, end = at + _ENTRY.size, at + _ENTRY.size + size
    if mark != _MARK or end > len(data) or zlib.crc32(data[start - 8 : end]) != checksum:
        return None
    return Entry(number, data[start:end], end)


def _unfinished(data: bytes, at: int, number: int) -> bool:
    """Whether what begins at ``at`` is the last thing that was being written: no write comes after it."""
    while (at := data.find(_MARK, at + 1)) >= 0:
        entry = _entry(data, at)
        if entry is not None and entry.number > number:
            return False
    return True


def _journal(folder: Path, number: int) -> Path:
    return folder / f"journal-{number:020}.log"


def _cut(path: Path, end: int) -> None:
    size = path.stat().st_size
    if size < len(_MAGIC):
        path.unlink()
    elif size > end:
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())


def hold(folder: Path) -> int:
    """Take the lock of a folder, which lasts as long as the descriptor or the process.

    Raises ``OutputError`` when another service has it, or there can be none.
    """
    try:
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        said = reason(error)
        raise OutputError(
            f"Impossible d'écrire dans {folder} ({said['fr']}).", f"Cannot write in {folder} ({said['en']})."
        ) from None
    if fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise OutputError(
                f"Un autre service écrit déjà dans {folder}.", f"Another service already writes in {folder}."
            ) from None
    return handle
