"""The layouts of the official files that are read, and their rows in one form.

SIRENE: the stock files of INSEE in the layout of the Sirene API 3.11 (``StockUniteLegale``,
``StockEtablissement``) and the establishment export that has the columns of both; columns are found by
name, in capitals or not. FINESS: ``etalab-cs1100502-stock``, without header, a first line
``finess;etalab;…;date`` then lines ``structureet`` of 32 fields; or a table whose first line has the names of
those fields (``nofinesset``, ``rs``, …), in any order.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
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
FINESS = {"nofinesset": 1, "rs": 3, "rslongue": 4, "commune": 12, "departement": 13, "categetab": 18}
"""Where a ``structureet`` line has what is read of it."""
ACTIVE = ("", "a", "actif", "active")
TRUE = ("true", "1", "vrai", "oui")
DELIMITERS = ",;\t"


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
    """By name, in small letters."""
    width: int = 0
    """Columns that a line has at least."""
    bare: bool = False
    """Whether it has no header, and its lines begin with what they are."""
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
        lenient = self.kind == "finess"
        rows = _lenient(text, self.delimiter) if lenient else csv.reader(text, delimiter=self.delimiter)
        try:
            yield from self._rows(rows)
        except csv.Error as error:
            raise UsageError(
                f"{self.path}, vers la ligne {self.read + 2} : CSV illisible ({reason(error)['fr']}).",
                f"{self.path}, near line {self.read + 2}: unreadable CSV ({error}).",
            ) from None
        if self.read and self.unread == self.read:
            raise UsageError(
                f"{self.path} : aucune ligne n'a la forme attendue, de {self.width} colonnes"
                f"{' à partir de « structureet » (les établissements)' if self.bare else ''}. Donnez le "
                "fichier tel qu'il est publié.",
                f"{self.path}: no line has the expected form, of {self.width} columns"
                f"{' from structureet (the establishments) on' if self.bare else ''}. Give the file as it is "
                "published.",
            )

    def _rows(self, rows: Iterable[list[str]]) -> Iterator[Row]:
        for cells in rows:
            if not cells or cells[0] == "geolocalisation":
                continue
            self.read += 1
            if len(cells) < self.width or (self.bare and cells[0] != "structureet"):
                self.unread += 1
                continue
            row = self._finess_row(cells) if self.kind == "finess" else self._sirene_row(cells)
            if row is not None:
                yield row

    def _cell(self, cells: list[str], name: str) -> str:
        index = self.columns.get(name.lower())
        return "" if index is None else cells[index].strip()

    def _finess_row(self, cells: list[str]) -> Row | None:
        cell = partial(self._cell, cells)
        departement, commune = cell("departement"), cell("commune").zfill(3)
        if len(commune) < 5:
            commune = ("97" if departement in OVERSEAS else departement.zfill(2)) + commune
        names = tuple(dict.fromkeys(n for n in (cell("rslongue"), cell("rs")) if n))
        number = cell("nofinesset")
        if not number:
            self.unread += 1
            return None
        return Row(names, {"finess": number.zfill(9)}, cell("categetab"), commune)

    def _sirene_row(self, cells: list[str]) -> Row | None:
        cell = partial(self._cell, cells)
        if cell("etatAdministratifUniteLegale").lower() not in ACTIVE or cell("dateFin"):
            return None  # closed, or how it was once: the file of the past has a line a state
        if cell("etatAdministratifEtablissement").lower() not in ACTIVE:
            return None
        if self.kind != "unit" and cell("etablissementSiege").lower() not in TRUE:
            return None  # the body is its seat; its other sites have numbers of their own
        siren, siret = cell("siren"), cell("siret")
        if self.kind == "unit" and cell("nicSiegeUniteLegale"):
            siret = siren + cell("nicSiegeUniteLegale").zfill(5)
        names = tuple(dict.fromkeys(n for n in map(cell, (*UNIT_NAMES, *SITE_NAMES)) if n and n != "[ND]"))
        numbers = {"siren": siren} | ({"siret": siret} if siret else {})
        return Row(names, numbers, cell("categorieJuridiqueUniteLegale"), cell("codeCommuneEtablissement"))


def _lenient(text: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """A line is a row: a lone quotation mark does not swallow those below."""
    for line in text:
        yield next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _finess(path: Path, first: str) -> Official | None:
    cells = first.split(";")
    if cells[:2] == ["finess", "etalab"] and len(cells) >= 4:
        return Official(path, "finess", FINESS, FINESS_FIELDS, bare=True, date=cells[3])
    for delimiter, columns, width in _headers(first):
        if all(name in columns for name in FINESS if not name.startswith("rs")) and "rs" in columns:
            return Official(path, "finess", columns, width, delimiter=delimiter)
    return None


def _sirene(path: Path, first: str) -> Official | None:
    for delimiter, columns, width in _headers(first):
        unit = all(name.lower() in columns for name in (*UNIT.split(), "denominationUniteLegale"))
        site = all(name.lower() in columns for name in (*SITE.split(), "codeCommuneEtablissement"))
        kind = "joined" if unit and site else "site" if site else "unit" if unit else ""
        if kind and (kind != "unit" or "categoriejuridiqueunitelegale" in columns):
            return Official(path, kind, columns, width, delimiter=delimiter)
    return None


def _headers(first: str) -> Iterator[tuple[str, dict[str, int], int]]:
    """The columns that a first line names, in small letters, with each delimiter that it may have."""
    for delimiter in DELIMITERS:
        header = next(csv.reader([first], delimiter=delimiter), [])
        yield delimiter, {name.strip().lower(): index for index, name in enumerate(header)}, len(header)
