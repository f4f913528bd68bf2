"""Files that people work in are not written over while their work may be in them.

A workbook that the tool writes ends with the digest of its own bytes, as the comment of its archive: one that
still has it was changed by nobody, and may be replaced. A spreadsheet program that saves it leaves that out.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cls_graph.errors import OutputError, UsageError
from cls_graph.files import replace_files

_MARK = b"cls-graph sha256:"
_SIZE = len(_MARK) + 64
_LENGTH = 2
"""Bytes before the comment that say how long it is."""


def sealed(workbook: bytes) -> bytes:
    """The same workbook with its digest at the end."""
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = _MARK + hashlib.sha256(workbook).hexdigest().encode()
    return out.getvalue()


def untouched(data: bytes) -> bool:
    """Whether a file is a workbook just as the tool wrote it."""
    body, comment = data[: -_SIZE - _LENGTH] + bytes(_LENGTH), data[-_SIZE:]
    return comment == _MARK + hashlib.sha256(body).hexdigest().encode()


def write_work(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write files that people work in, all or none.

    Raises ``UsageError`` for a workbook whose name says that it is something else, and ``OutputError``: also
    where a file is there with something else in it that somebody may have written, unless ``force``.
    """
    for path, data in files.items():
        if data.startswith(b"PK") and path.suffix.lower() != ".xlsx":
            name = path.with_suffix(".xlsx").name
            raise UsageError(
                f"{path} : un classeur s'écrit au format XLSX, que LibreOffice lit aussi. Nommez-le {name}.",
                f"{path}: a workbook is written as XLSX, which LibreOffice opens too. Call it {name}.",
            )
    if not force:
        for path in _in_the_way(files):
            raise OutputError(
                f"{path} existe et a peut-être été complété : rien n'est écrit. Importez-le d'abord, donnez"
                " un autre nom, ou --force pour le remplacer.",
                f"{path} is there and may have been worked in: nothing is written. Import it first, give"
                " another name, or --force to replace it.",
            )
    replace_files(files)


def _in_the_way(files: Mapping[Path, bytes]) -> Iterable[Path]:
    """The files whose content would be lost."""
    for path, data in files.items():
        if path.is_file() and (there := path.read_bytes()) != data and there and not untouched(there):
            yield path
