"""Files that are replaced whole, or left as they were."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cls_graph.errors import OutputError


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file whole: written beside, flushed, then renamed over."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(
            f"Impossible d'écrire dans {path.parent} ({error.strerror}).",
            f"Cannot write in {path.parent} ({error.strerror}).",
        ) from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        os.chmod(name, mode)
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise OutputError(
            f"Impossible d'écrire {path} ({error.strerror}).", f"Cannot write {path} ({error.strerror})."
        ) from None
