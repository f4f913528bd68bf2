"""The layouts of the official files that are read, and their rows in one form.

SIRENE: the stock files of INSEE in the layout of the Sirene API 3.11 (``StockUniteLegale``,
``StockEtablissement``) and the establishment export that has the columns of both; columns are found by
name. FINESS: ``etalab-cs1100502-stock``, without header, a first line ``finess;etalab;…;date`` then lines
``structureet`` of 32 fields.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cls_graph.errors import UsageError
from cls_graph.identifiers.files import lines
from cls_graph.reasons import reason

UNIT, SITE = (
    "siren etatAdministratifUniteLegale",
    "siren siret etablissementSiege etatAdministratifEtablissement",
)
UNIT_NAMES = (
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
    "sigleUniteLegale",
)
SITE_NAMES = ("enseigne1Etablissement", "enseigne2Etablissement", "denominationUsuelleEtablissement")
OVERSEAS = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976"}
FINESS_FIELDS = 31
"""Fields of a ``structureet`` line up to the date of update; the UAI number after it is recent."""


@dataclass
class Row:
    """One active body of an official file. ``commune`` is its official code, where the file has it."""

    names: tuple[str, ...]
    numbers: dict[str, str]
    category: str = ""
    commune: str = ""


@dataclass
class Official:
    """An official file, recognised: ``kind`` is ``unit``, ``site``, ``joined`` or ``finess``."""

    path: Path
    kind: str
    columns: dict[str, int] = field(default_factory=dict)
    delimiter: str = ";"
    date: str = ""
    read: int = 0
    unread: int = 0
    """Lines that do not have the layout."""

    @classmethod
    def open(cls, path: Path, wanted: str = "") -> Official:
        """Recognise a file by its first line. Raises ``UsageError``, as for a file that is not ``wanted``."""
        first = next(lines(path), "").strip()
        found = _finess(path, first) or _sirene(path, first)
        if found is None or (wanted and (found.kind == "finess") != (wanted == "finess")):
            shown = first[:60]
            raise UsageError(
                f"{path}, ligne 1 : ni StockUniteLegale ou StockEtablissement (SIRENE, API 3.11), ni "
                f"etalab-cs1100502-stock (FINESS){f', ou pas celui de --kind {wanted}' if wanted else ''} : "
                f"« {shown} ». Donnez le fichier CSV tel qu'il est publié.",
                f"{path}, line 1: neither StockUniteLegale or StockEtablissement (SIRENE, API 3.11), nor "
                f"etalab-cs1100502-stock (FINESS){f', or not that of --kind {wanted}' if wanted else ''}: "
                f"'{shown}'. Give the CSV file as it is published.",
            )
        return found

    def rows(self) -> Iterator[Row]:
        """The active bodies, one at a time. Raises ``UsageError`` for a file that breaks off."""
        text = lines(self.path)
        next(text, "")
        rows = _lenient(text) if self.kind == "finess" else csv.reader(text, delimiter=self.delimiter)
        try:
            yield from self._rows(rows)
        except csv.Error as error:
            raise UsageError(
                f"{self.path}, vers la ligne {self.read + 2} : CSV illisible ({reason(error)['fr']}).",
                f"{self.path}, near line {self.read + 2}: unreadable CSV ({error}).",
            ) from None
        if self.read and self.unread == self.read:
            raise UsageError(
                f"{self.path} : aucune ligne n'a la forme attendue.",
                f"{self.path}: no line has the expected form.",
            )

    def _rows(self, rows: Iterable[list[str]]) -> Iterator[Row]:
        width = FINESS_FIELDS if self.kind == "finess" else len(self.columns)
        for cells in rows:
            if not cells or cells[0] == "geolocalisation":
                continue
            self.read += 1
            if len(cells) < width or (self.kind == "finess" and cells[0] != "structureet"):
                self.unread += 1
                continue
            row = _finess_row(cells) if self.kind == "finess" else self._sirene_row(cells)
            if row is not None:
                yield row

    def _sirene_row(self, cells: list[str]) -> Row | None:
        def cell(name: str) -> str:
            index = self.columns.get(name)
            return "" if index is None else cells[index].strip()

        if cell("etatAdministratifUniteLegale") not in ("", "A"):
            return None
        if cell("etatAdministratifEtablissement") not in ("", "A"):
            return None
        if self.kind != "unit" and cell("etablissementSiege").lower() not in ("true", "1", "vrai"):
            return None  # the body is its seat; its other sites have numbers of their own
        siren, siret = cell("siren"), cell("siret")
        if self.kind == "unit" and cell("nicSiegeUniteLegale"):
            siret = siren + cell("nicSiegeUniteLegale").zfill(5)
        names = tuple(dict.fromkeys(n for n in map(cell, (*UNIT_NAMES, *SITE_NAMES)) if n and n != "[ND]"))
        numbers = {"siren": siren} | ({"siret": siret} if siret else {})
        return Row(names, numbers, cell("categorieJuridiqueUniteLegale"), cell("codeCommuneEtablissement"))


def _lenient(text: Iterable[str]) -> Iterator[list[str]]:
    """A line is a row: a lone quotation mark does not swallow those below."""
    for line in text:
        yield next(csv.reader([line.rstrip("\r\n")], delimiter=";"), [])


def _finess(path: Path, first: str) -> Official | None:
    cells = first.split(";")
    if cells[:2] == ["finess", "etalab"] and len(cells) >= 4:
        return Official(path, "finess", date=cells[3])
    return None


def _sirene(path: Path, first: str) -> Official | None:
    for delimiter in ",;":
        header = next(csv.reader([first], delimiter=delimiter), [])
        columns = {name.strip(): index for index, name in enumerate(header)}
        unit = all(name in columns for name in (*UNIT.split(), "denominationUniteLegale"))
        site = all(name in columns for name in (*SITE.split(), "codeCommuneEtablissement"))
        kind = "joined" if unit and site else "site" if site else "unit" if unit else ""
        if kind and (kind != "unit" or "categorieJuridiqueUniteLegale" in columns):
            return Official(path, kind, columns, delimiter)
    return None


def _finess_row(cells: list[str]) -> Row:
    departement, commune = cells[13].strip(), cells[12].strip().zfill(3)
    code = ("97" if departement in OVERSEAS else departement.zfill(2)) + commune
    names = tuple(dict.fromkeys(n.strip() for n in (cells[4], cells[3]) if n.strip()))
    return Row(names, {"finess": cells[1].strip()}, cells[18].strip(), code)
