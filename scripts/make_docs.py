"""Writes the reference pages of ``docs/`` from the tables of the code.

``python scripts/make_docs.py`` writes them; ``--check`` writes nothing and exits 1 when one of them
is out of date. The package must be installed, so that every command is found.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import doc_drawings
from doc_ontology import ontology
from doc_pages import pages
from doc_service import routes
from scorecard_page import scorecard

from cls_graph.corpus import Corpus
from cls_graph.records.schema import SCHEMAS, file_of, schema_text

ROOT = Path(__file__).resolve().parent.parent


def made(corpus: Corpus) -> dict[str, str]:
    """Every file of ``docs/`` that is made, by its name there."""
    return {
        **pages(corpus),
        "images/architecture.svg": doc_drawings.architecture(),
        "images/ontology.svg": doc_drawings.ontology(),
        "ontology.md": ontology(corpus),
        "routes.md": routes(),
        **{f"schema/{file_of(name)}": schema_text(name, corpus.schemes) for name in SCHEMAS},
        "scorecard.md": scorecard(),
    }


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description="Write the reference pages of docs/.")
    parser.add_argument("--check", action="store_true", help="only say which pages are out of date")
    check = parser.parse_args().check
    stale = 0
    for name, text in made(Corpus.open(ROOT)).items():
        path = ROOT / "docs" / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if check:
            print(f"docs/{name} is out of date: run python scripts/make_docs.py", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"docs/{name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
