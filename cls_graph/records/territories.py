"""``territories.csv``: the places of the registry, one a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cls_graph.errors import Text
from cls_graph.findings import Finding, Place, finding
from cls_graph.records import lexical

_NAME = f"^(?!.*{lexical.CONTROL}).+$"
_DEPARTEMENT = r"^([0-9]{2,3}|2[AB])?$"
_REGION = r"^([0-9]{2,3})?$"
_CODE: dict[str, Text] = {
    "departement": {
        "fr": "departement : un code de département, ou rien, est attendu (63, 2A)",
        "en": "departement: the code of a département, or nothing, is expected (63, 2A)",
    },
    "region": {
        "fr": "region : un code de région, ou rien, est attendu (84)",
        "en": "region: the code of a région, or nothing, is expected (84)",
    },
}
COLUMNS = ("level", "code", "name", "departement", "region", "vintage")


@dataclass(frozen=True)
class Territory:
    """A row of ``territories.csv``. Empty text: not applicable."""

    level: str
    code: str
    name: str
    departement: str
    region: str
    vintage: str

    @property
    def key(self) -> str:
        """How records name it: ``commune/26362``."""
        return f"{self.level}/{self.code}"


Rows = dict[str, tuple[Territory, Place]]


def read_territories(name: str, data: bytes) -> tuple[Rows, list[Finding]]:
    """The rows that are right, by key, each with its place; findings for the others.

    ``name`` is the file as the user knows it. Never raises on bad content.
    """
    rows: Rows = {}
    return rows, list(_read(name, data, rows))


def _read(name: str, data: bytes, found: Rows) -> Iterator[Finding]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        yield finding("encoding", Place(name, line, 1), byte=f"0x{data[error.start]:02X}")
        return
    lines = text.split("\n")
    rows, begin, expected = csv.reader(io.StringIO(text), strict=True), 1, ",".join(COLUMNS)
    try:
        header = next(rows, None)
        if header is None:
            yield finding("empty-file", Place(name))
            return
        if tuple(header) != COLUMNS:
            reason = {"fr": f"en-tête « {','.join(header)} »", "en": f"header '{','.join(header)}'"}
            yield finding("csv-shape", Place(name, 1, 1), reason=reason, expected=expected)
            return
        begin = rows.line_num + 1
        for row in rows:
            place, begin = Place(name, begin, 1), rows.line_num + 1
            if not any(row):
                continue
            if len(row) != len(COLUMNS):
                reason = {"fr": f"{len(row)} cellules", "en": f"{len(row)} cells"}
                yield finding("csv-shape", place, reason=reason, expected=expected)
                continue
            where = [Place(name, place.line, _column(lines[place.line - 1], n)) for n in range(len(row))]
            yield from _row(Territory(*(cell.strip() for cell in row)), where, found)
    except csv.Error as error:
        reason = {"fr": "guillemet mal placé ou non fermé", "en": str(error)}
        yield finding("csv-shape", Place(name, begin, 1), reason=reason, expected=expected)


def _column(line: str, cell: int) -> int:
    """Where a cell begins in a line, from 1; 1 where the row goes on to another line before it.

    >>> [_column('commune,01001,"Lent, Le",01', n) for n in range(4)]
    [1, 9, 15, 26]
    """
    commas, quoted = 0, False
    for at, sign in enumerate(f"{line},", 1):
        if commas == cell:
            return at
        quoted ^= sign == '"'
        commas += sign == "," and not quoted
    return 1


def _row(territory: Territory, places: Sequence[Place], found: Rows) -> Iterator[Finding]:
    """One row: its cells, at ``places``, are of their kinds; its key is free."""
    place, *_, last = places
    cells = (
        (
            territory.key,
            lexical.TERRITORY,
            {"fr": "niveau/code attendu (commune/26362)", "en": "level/code expected (commune/26362)"},
            place,
        ),
        (territory.name, _NAME, {"fr": "un nom est attendu", "en": "a name is expected"}, places[2]),
        (territory.departement, _DEPARTEMENT, _CODE["departement"], places[3]),
        (territory.region, _REGION, _CODE["region"], places[4]),
        (
            territory.vintage,
            f"^({lexical.YEAR})?$",
            {"fr": "une année est attendue", "en": "a year is expected"},
            last,
        ),
    )
    wrong = [row for row in cells if not re.match(row[1], row[0])]
    for cell, _, expected, where in wrong:
        yield finding("bad-value", where, value=cell, expected=expected)
    if not wrong and territory.key in found:
        yield finding("key-taken", place, value=territory.key, other=str(found[territory.key][1]))
    elif not wrong:
        found[territory.key] = (territory, place)
