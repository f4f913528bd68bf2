"""A folder that is written beside its place and swapped in, whole or not at all."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cls_graph.errors import OutputError
from cls_graph.files import cannot_write
from cls_graph.unfinished import unfinished

_MANY = 2000
"""Files, from which on all disks are synchronised at once rather than one file after the other."""


@contextmanager
def replaced(out: Path, manifest: str) -> Iterator[Path]:
    """A new folder, which takes the place of ``out`` in one step when the block ends well.

    ``manifest`` names the JSON file by which a folder of this kind is known: it says what is in it
    (``files``, a list or an object by path). Raises ``OutputError`` where ``out`` is something else, or
    cannot be written; then nothing has changed.
    """
    check_replaceable(out, manifest)
    out = out.resolve()  # a link to a release stays a link
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work = unfinished(out)
        work.mkdir(0o700)
    except OSError as error:
        raise cannot_write(out, error) from None
    try:
        work.chmod(0o755)
        yield work
        _flush(work)
        _swap(work, out)
    except OSError as error:
        raise cannot_write(out, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check_replaceable(out: Path, manifest: str) -> None:
    """Refuse a target that holds anything but a folder of this kind: nobody's files are deleted."""
    if not out.exists() and not out.is_symlink():
        return
    if out.is_dir() and _is_ours(out, manifest):
        return
    raise OutputError(
        f"« {out} » existe et n'est pas une publication : choisissez un autre dossier.",
        f"'{out}' exists and is not a release: choose another folder.",
    )


def _is_ours(folder: Path, manifest: str) -> bool:
    """Whether a folder is empty, or holds a manifest of ours and no work that it does not name."""
    try:
        # An empty folder is nobody's work: that of the contracts, where there are none yet.
        names = {path.name for path in folder.iterdir() if not path.is_dir() or any(path.iterdir())}
        if not names:
            return True
        said = json.loads((folder / manifest).read_text(encoding="utf-8"))
        ours = str(said["generator"]).startswith("cls-graph ")
        return ours and names <= {manifest, *(name.partition("/")[0] for name in said["files"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _flush(folder: Path) -> None:
    """Everything in a folder to disk."""
    paths = [*folder.rglob("*"), folder]
    if len(paths) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(work: Path, out: Path) -> None:
    """Put ``work`` in the place of ``out``; what was there ends up in ``work``.

    Linux exchanges two names in one step, so that a reader, or a kill, never meets a gap.
    """
    if not out.exists():
        os.rename(work, out)
        return
    if _exchange(work, out):
        return
    aside = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.old-"))
    try:
        os.rename(out, aside / "release")
        try:
            os.rename(work, out)
        except OSError:
            os.rename(aside / "release", out)
            raise
    except OSError:
        with suppress(OSError):  # what was there may still be in it
            aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """renameat2(2) with RENAME_EXCHANGE; ``False`` where the system or the file system has it not."""
    if not sys.platform.startswith("linux"):
        return False
    at_cwd, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)
