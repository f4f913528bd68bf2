"""Opens an official file: plain, gzip or zip, UTF-8 or Windows-1252, line by line in constant memory."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cls_graph.errors import UsageError
from cls_graph.reasons import reason

MAX_LINE = 256 * 1024
MAX_RATIO = 200
FREE = 64 * 2**20
"""What may be unpacked before the ratio counts: a small file may well be repetitive."""


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, each with its end. Raises ``UsageError`` (absent, binary, truncated, a bomb)."""
    try:
        packed = path.stat().st_size
        with path.open("rb") as raw:
            yield from _decoded(path, _unpacked(path, raw), packed)
    except (
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        NotImplementedError,
        RuntimeError,
    ) as e:
        raise UsageError(
            f"{path} : archive tronquée ou endommagée ({e}). Téléchargez-la de nouveau.",
            f"{path}: truncated or damaged archive ({e}). Download it again.",
        ) from None
    except OSError as e:
        raise UsageError(
            f"{path} : lecture impossible ({reason(e)['fr']}).",
            f"{path}: cannot be read ({reason(e)['en']}).",
        ) from None


def _unpacked(path: Path, raw: IO[bytes]) -> IO[bytes]:
    magic = raw.read(4)
    raw.seek(0)
    if magic[:2] == b"\x1f\x8b":
        return io.BufferedReader(gzip.GzipFile(fileobj=raw))
    if magic[:2] != b"PK":
        return raw
    archive = zipfile.ZipFile(raw)
    names = archive.namelist()
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UsageError(
            f"{path} est un classeur : enregistrez-le au format CSV.",
            f"{path} is a workbook: save it as CSV.",
        )
    inside = [i for i in archive.infolist() if i.filename.lower().endswith((".csv", ".txt"))]
    if len(inside) != 1:
        raise UsageError(
            f"{path} : l'archive contient {len(inside)} fichiers CSV, un seul est attendu.",
            f"{path}: the archive holds {len(inside)} CSV files, one is expected.",
        )
    return io.BufferedReader(archive.open(inside[0]))  # type: ignore[type-var]


def _decoded(path: Path, stream: IO[bytes], packed: int) -> Iterator[str]:
    read, number, encoding = 0, 0, "utf-8"
    while line := stream.readline(MAX_LINE):
        number += 1
        read += len(line)
        if number == 1 and line.startswith(b"PAR1"):
            raise UsageError(
                f"{path} est un fichier Parquet : téléchargez plutôt la version CSV.",
                f"{path} is a Parquet file: download the CSV one instead.",
            )
        if (len(line) >= MAX_LINE and not line.endswith(b"\n")) or b"\0" in line:
            raise UsageError(
                f"{path}, ligne {number} : ce n'est pas un fichier CSV (binaire, ou ligne trop longue).",
                f"{path}, line {number}: not a CSV file (binary, or a line too long).",
            )
        if read > FREE and read > MAX_RATIO * packed:
            raise UsageError(
                f"{path} : archive suspecte, son contenu dépasse {MAX_RATIO} fois sa taille.",
                f"{path}: suspicious archive, its content is over {MAX_RATIO} times its size.",
            )
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            # The official files are of one encoding: what is not UTF-8 is Windows-1252 to the end.
            encoding = "cp1252" if encoding == "utf-8" else "latin-1"
            yield line.decode(encoding, errors="replace")
