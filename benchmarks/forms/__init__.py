"""The forms that people find contracts in: PDFs of Chromium and of LibreOffice Writer, pages of web sites.

Each is made from the texts that drafts are measured with, so that what a form loses can be counted.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.forms import chromium, writer

PRINTED = ("plain", "columns", "boxed", "writer")
"""The styles of Chromium, and the one of LibreOffice Writer."""


def printed(texts: Sequence[str], style: str) -> list[bytes]:
    """Each text as a PDF of a program; those of an earlier run are kept in the folder for temporary files."""
    made = writer.document("") if style == "writer" else chromium.page([""], style)
    told = hashlib.sha256("\0".join([made, *texts]).encode()).hexdigest()[:20]
    folder = Path(tempfile.gettempdir()) / "cls-graph-forms" / f"{style}-{told}"
    if not (folder / "all").exists():
        folder.mkdir(parents=True, exist_ok=True)
        found = writer.prints(texts) if style == "writer" else chromium.prints(texts, style)
        for at, data in enumerate(found):
            (folder / f"{at:04}.pdf").write_bytes(data)
        (folder / "all").touch()
    return [(folder / f"{at:04}.pdf").read_bytes() for at in range(len(texts))]
