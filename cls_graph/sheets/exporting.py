"""Exports: records chosen, checked to come back whole, written as a workbook or as CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.errors import OutputError
from cls_graph.files import cannot_write
from cls_graph.records.model import Record
from cls_graph.records.reader import Read
from cls_graph.sheets.grids import Grid, chosen, digest, grids
from cls_graph.sheets.keeping import sealed, write_work
from cls_graph.sheets.loading import MAX_CELLS
from cls_graph.sheets.notes import NOTES
from cls_graph.sheets.rows import assemble, rows
from cls_graph.sheets.words import Words, plain
from cls_graph.workbooks import csv_safe

DELIMITERS = {"fr": ";", "en": ","}
"""What the spreadsheet of a user of this language opens at once."""


def write_xlsx(corpus: Corpus, target: Path, keys: Sequence[str], lang: str, *, force: bool = False) -> int:
    """Write a workbook, whole or not at all; how many records it holds.

    One that somebody has worked in is replaced with ``force`` only (``keeping``).
    Raises ``OutputError``, ``UsageError``, ``ChecksFailed``.
    """
    from cls_graph.sheets.writing import save, workbook

    reads, states, found, words = _content(corpus, keys, lang)
    size = sum(len(grid.rows) * len(grid.headers) for grid in found)
    if size > MAX_CELLS:
        raise OutputError(
            f"Un classeur tient au plus {MAX_CELLS} cellules, et {len(reads)} fiches en demandent {size} :"
            f" donnez des clés, pour au plus {len(reads) * MAX_CELLS // size} fiches à la fois, ou --csv.",
            f"A workbook holds {MAX_CELLS} cells at most, and {len(reads)} records take {size}: give keys,"
            f" for {len(reads) * MAX_CELLS // size} records at most at a time, or --csv.",
        )
    book = workbook(found, states, words)
    content = io.BytesIO()
    save(book, content, words.corpus.kind.noun(NOTES[lang][0], lang))
    write_work({target: sealed(content.getvalue())}, force=force)
    return len(reads)


def write_csv(corpus: Corpus, folder: Path, keys: Sequence[str], lang: str, *, force: bool = False) -> int:
    """Write a CSV file a table into ``folder``; how many records they hold.

    UTF-8 with its mark, and the delimiter that spreadsheets expect in that language. Files of that name
    that hold something else are replaced with ``force`` only, all or none; others stay.
    Raises as ``write_xlsx``.
    """
    reads, states, found, words = _content(corpus, keys, lang)
    tables: list[tuple[str, list[Sequence[object]]]] = [(g.name, [g.headers, *g.rows]) for g in found]
    tables.append((words.sheet("notes"), [words.state_headers, *([k, s] for k, s in states.items())]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    files = {folder / f"{plain(name).replace(' ', '-')}.csv": lines for name, lines in tables}
    write_work({p: csv_bytes(lines, DELIMITERS[lang]) for p, lines in files.items()}, force=force)
    return len(reads)


def csv_bytes(lines: Sequence[Sequence[object]], delimiter: str) -> bytes:
    """A CSV file that a spreadsheet opens without evaluating anything in it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for line in lines:
        writer.writerow(["" if x is None else csv_safe(x) if isinstance(x, str) else x for x in line])
    return out.getvalue().encode("utf-8-sig")


def _content(
    corpus: Corpus, keys: Sequence[str], lang: str
) -> tuple[list[Read[Record]], dict[str, str], list[Grid], Words]:
    reads = chosen(corpus, keys)
    records = [read.value for read in reads if read.value is not None]
    states = {}
    for read, record in zip(reads, records, strict=True):
        _comes_back(read.file, record)
        states[record.contract.key] = digest(Path(read.file).read_bytes())
    words = Words(corpus, lang)
    return reads, states, grids(records, words), words


def _comes_back(file: str, record: Record) -> None:
    """Nothing of a record may be lost in the tables: two items of one id, a value twice in a list."""
    found = rows(record)
    addresses = [row.address for row in found]
    if len(set(addresses)) == len(addresses):
        again = assemble(found).tree
        if Record.model_validate(again) == record:
            return
    raise OutputError(
        f"{file} : la fiche ne tient pas dans un tableau, deux éléments ou deux valeurs y sont les mêmes."
        " Corrigez-la (cls-graph check), puis exportez.",
        f"{file}: the record does not fit in tables, two items or two values in it are the same."
        " Mend it (cls-graph check), then export.",
    )
