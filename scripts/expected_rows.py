"""Writes the rows that tests expect of the ready questions again, after a new or mended record.

``python scripts/expected_rows.py [NAME...]`` keeps the columns of each file of ``tests/queries/expected``.
What it changes is to be read against the source texts (``git diff``): the tests hold what a person has read.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from cls_graph import queries
from cls_graph.corpus import Corpus
from cls_graph.release import compose
from cls_graph.store import EmbeddedStore

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "tests" / "queries" / "expected"


def rows(name: str, columns: list[str], store: EmbeddedStore) -> str:
    """The rows of a question as CSV, of some of its columns."""
    answer = queries.run(name, store)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        writer.writerow([getattr(cells[column], "value", "") for column in columns])
    return out.getvalue()


def main() -> int:
    """Write the files that have changed, and say which; the exit code."""
    store = EmbeddedStore.from_quads(compose(Corpus.open(ROOT)))
    for path in sorted(EXPECTED.glob("*.csv")):
        if sys.argv[1:] and path.stem not in sys.argv[1:]:
            continue
        before = path.read_text(encoding="utf-8")
        after = rows(path.stem, before.splitlines()[0].split(","), store)
        if list(csv.reader(io.StringIO(before))) != list(csv.reader(io.StringIO(after))):
            path.write_text(after, encoding="utf-8")
            print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
