"""Carries out an import: a backup of what will change, then all the files, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cls_graph.errors import OutputError
from cls_graph.files import beside, cannot_write, changed_meanwhile, put_in_place, special
from cls_graph.sheets.grids import digest
from cls_graph.unfinished import unfinished

BACKUPS = "backups"


def write_all(
    files: Mapping[Path, bytes], backups: Path, known: Mapping[Path, bytes | None]
) -> tuple[Path | None, int]:
    """Write the files whose bytes differ from what is there; the folder of the backup, if any, and how many.

    ``known`` is what some of them are known to hold (``None``: to be new): nothing is written where one has
    changed since.

    What is replaced is copied first, to a folder of ``backups`` named by number and digest of its content.
    All files are written beside their places, then renamed; where one fails the others go back. A pipe or a
    device is never read. Raises ``OutputError``.
    """
    # What is written into a pipe cannot be taken back: those come last.
    streams = [path for path in files if special(path)]
    order = [*(path for path in files if path not in streams), *streams]
    now = {path: path.read_bytes() if path.exists() and path not in streams else None for path in order}
    for path, data in known.items():
        if now[path] != data:
            raise changed_meanwhile(path)
    wanted = {path: files[path] for path in order if now[path] != files[path]}
    replaced = {path: data for path in wanted if (data := now[path]) is not None}
    parts: dict[Path, Path] = {}
    done: list[Path] = []
    at = backups
    try:
        folder = _backup(replaced, backups) if replaced else None
        for at, data in wanted.items():
            at.parent.mkdir(parents=True, exist_ok=True)
            parts[at] = beside(at, data)
        for at, part in parts.items():
            put_in_place(part, at)
            done.append(at)
    except OSError as error:
        for path in done:
            old = now[path]
            if path in streams:
                continue
            if old is None:
                path.unlink(missing_ok=True)
            else:
                put_in_place(beside(path, old), path)
        told = cannot_write(at, error).detail
        raise OutputError(
            f"Rien n'a été changé. {told['fr']}", f"Nothing was changed. {told['en']}"
        ) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return folder, len(wanted)


def _backup(files: Mapping[Path, bytes], backups: Path) -> Path:
    """Copy these files; the same content is kept once."""
    state = digest(b"".join(f"{p.name} {digest(d)}\n".encode() for p, d in sorted(files.items())))[:12]
    taken = sorted(p.name for p in backups.iterdir()) if backups.is_dir() else []
    for name in taken:
        if name.endswith(f"-{state}"):
            return backups / name
    numbers = [int(name.split("-")[0]) for name in taken if name.split("-")[0].isdigit()]
    folder = backups / f"{max(numbers, default=0) + 1:04}-{state}"
    backups.mkdir(parents=True, exist_ok=True)
    draft = unfinished(folder)
    draft.mkdir(0o700)
    for path, data in files.items():
        (draft / path.name).write_bytes(data)
    os.chmod(draft, 0o755)
    os.replace(draft, folder)
    return folder
