"""The folder that a publication is written to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


class Output:
    """Writes files by their path in the publication, and the folders that they need."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._made: set[str] = set()

    def write(self, name: str, content: bytes) -> None:
        """Write a file. Raises ``OSError``."""
        with open(self._place(name), "wb", buffering=0) as file:
            file.write(content)

    def copy(self, source: Path, name: str) -> None:
        """Copy a file. Raises ``OSError``."""
        shutil.copyfile(source, self._place(name))

    def again(self, name: str, other: str) -> None:
        """Have a file under another name too, once on the disk where that can be. Raises ``OSError``."""
        try:
            os.link(f"{self._folder}/{name}", self._place(other))
        except OSError:
            self.copy(Path(self._folder) / name, other)

    def _place(self, name: str) -> str:
        path = f"{self._folder}/{name}"
        parent = os.path.dirname(path)
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        return path

    def names(self) -> list[str]:
        """The paths of all files, sorted."""
        return sorted(self._below(""))

    def _below(self, inner: str) -> Iterator[str]:
        with os.scandir(f"{self._folder}/{inner}") as entries:
            for entry in entries:
                if entry.is_dir():
                    yield from self._below(f"{inner}{entry.name}/")
                else:
                    yield inner + entry.name

    def digest(self, names: list[str]) -> str:
        """The SHA-256 of the names and digests of some files, in this order."""
        total = hashlib.sha256()
        for name in names:
            with open(f"{self._folder}/{name}", "rb") as file:
                total.update(name.encode() + b"\0")
                total.update(hashlib.file_digest(file, "sha256").digest())
        return total.hexdigest()
