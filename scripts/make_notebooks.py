"""Runs the notebooks of ``docs/notebooks/`` and writes their outputs into them.

``python scripts/make_notebooks.py`` writes them; ``--check`` writes nothing and exits 1 when one of them has
other outputs than its cells give. They are run in an empty folder, over the bundled data.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "notebooks"
SECONDS = 300
"""Of a cell, at most."""


def executed(path: Path) -> str:
    """A notebook with the outputs of its cells, as it is to be kept: no clock, no machine, no version."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        # Tables of text are as wide as the terminal, which a notebook has not.
        os.environ["COLUMNS"] = "110"
        client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": folder}})
        client.execute()
    return nbformat.writes(_plain(notebook), version=4, indent=1, sort_keys=True).rstrip() + "\n"


def _plain(notebook: Any) -> Any:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    lang = notebook.metadata.get("lang", "en")
    notebook.metadata = {"kernelspec": kernel, "lang": lang, "language_info": {"name": "python"}}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id, cell.metadata = f"cell-{number:02d}", {}
    return notebook


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description="Run the notebooks of docs/notebooks.")
    parser.add_argument("--check", action="store_true", help="only say which notebooks are out of date")
    check = parser.parse_args().check
    stale = 0
    for path in sorted(FOLDER.glob("*.ipynb")):
        text = executed(path)
        if path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{path.name}: {'out of date' if check else 'written'}", file=sys.stderr)
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(bool(check and stale))


if __name__ == "__main__":
    sys.exit(main())
