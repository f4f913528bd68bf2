"""Files that are replaced whole, or left as they were."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cls_graph.errors import OutputError
from cls_graph.reasons import reason
from cls_graph.unfinished import unfinished


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file whole: written beside, flushed, then renamed over. Raises ``OutputError``."""
    replace_files({path: data})


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Replace several files whole: where one cannot be written, none is. Raises ``OutputError``."""
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            parts[path] = beside(path, data)
        for path, part in parts.items():
            put_in_place(part, path)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def beside(path: Path, data: bytes) -> Path:
    """The content that a file shall have, flushed to a file beside it, with its mode. Raises ``OSError``.

    For several files that are replaced together: ``put_in_place`` each when all are there. A new file has the
    mode that the umask gives it; of a link it is the file behind it that counts. What shall go into a pipe or
    a device waits in the folder of temporary files.
    """
    target = _behind(path)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if special(path):
        number, waiting = tempfile.mkstemp(prefix="cls-graph-")
        part = Path(waiting)
        try:
            with open(number, "wb") as out:
                out.write(data)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        return part
    part = unfinished(target)
    try:
        with part.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def put_in_place(part: Path, path: Path) -> None:
    """Rename what ``beside`` wrote over the file. Raises ``OSError``; the file is then as it was.

    A pipe or a device stays what it is, and is written into; what is open is written on.
    """
    try:
        if special(path):
            with path.open("ab") as out:
                out.write(part.read_bytes())
        else:
            os.replace(part, _behind(path))
    finally:
        part.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The error for a path that cannot be written, with the reason."""
    said = reason(error)
    return OutputError(f"Impossible d'écrire {path} ({said['fr']}).", f"Cannot write {path} ({said['en']}).")


def changed_meanwhile(path: Path) -> OutputError:
    """The error for a file that somebody else has written since it was read."""
    return OutputError(
        f"{path} a été modifié entre-temps ; rien n'y est écrit, relancez.",
        f"{path} was changed meanwhile; nothing is written to it, run again.",
    )


def special(path: Path) -> bool:
    """Whether a path is a pipe, a device, or the name of what is open (``/dev/stdout``): none is replaced."""
    folder = os.path.realpath(path.parent)
    stream = folder == "/dev" or folder.startswith("/proc/")
    return path.exists() and not path.is_dir() and (stream or not path.is_file())


def _behind(path: Path) -> Path:
    """The file that a path leads to: a link stays a link."""
    return Path(os.path.realpath(path))
