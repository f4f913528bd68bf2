"""Files that are replaced whole, or left as they were."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cls_graph.errors import OutputError


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file whole: written beside, flushed, then renamed over. Raises ``OutputError``."""
    try:
        part = beside(path, data)
        try:
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"Impossible d'écrire {path} ({error.strerror}).", f"Cannot write {path} ({error.strerror})."
        ) from None


def beside(path: Path, data: bytes) -> Path:
    """The content that a file shall have, flushed to a file beside it, with its mode. Raises ``OSError``.

    For several files that are replaced together: rename each when all are there.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
