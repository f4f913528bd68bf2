"""The notebooks of the documentation give what they show."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks_in_both_languages() -> None:
    assert {json.loads(path.read_text())["metadata"]["lang"] for path in NOTEBOOKS} == {"fr", "en"}


@pytest.mark.slow
def test_every_notebook_gives_the_outputs_that_it_shows() -> None:
    words = [sys.executable, str(ROOT / "scripts" / "make_notebooks.py"), "--check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stderr}\nRun: python scripts/make_notebooks.py"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_tables_and_pictures_show_themselves(path: Path) -> None:
    cells = json.loads(path.read_text())["cells"]
    shown = {kind for cell in cells for output in cell.get("outputs", ()) for kind in output.get("data", ())}
    assert {"text/html", "image/svg+xml"} <= shown
    assert path.name in (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
