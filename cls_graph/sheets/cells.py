"""From what a cell holds to the text of a record, and back.

People write a date, a number or a label in many ways. What is certain is understood; what is not is left as
it stands, for the checks to name it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl.utils.datetime import from_excel, to_excel

from cls_graph.errors import Text
from cls_graph.plainly import MONTHS, NO_YEAR, dated, lasting, truth
from cls_graph.records.lexical import date_datatype
from cls_graph.sheets.columns import Column
from cls_graph.sheets.names import DOT
from cls_graph.sheets.words import Words, composed, plain

_SHORT = "janv jan,fevr fev feb,mar,avr apr,,jun,juil jul,aug,sept sep,oct,nov,dec".split(",")
MONTH_OF = {plain(name): number for names in MONTHS.values() for number, name in enumerate(names, 1)}
MONTH_OF |= {name: number for number, names in enumerate(_SHORT, 1) for name in names.split()}
_EXCEL_MONTH = re.compile(r"([^\W\d_]+)\.?-(\d\d)")
"""How a spreadsheet shows a month of a year, and how it is copied: "mars-25"."""
_DAY_LAST = frozenset(map(plain, MONTHS["en"]))
"""Months whose day may come after them: "March 25"; "mars 25" is a day or a year."""
_NO_YEAR = tuple(f" {plain(words)}" for words in NO_YEAR.values())
UNITS = {"an": "Y", "ans": "Y", "annee": "Y", "annees": "Y", "year": "Y", "years": "Y"}
UNITS |= {"mois": "M", "month": "M", "months": "M", "jour": "D", "jours": "D", "day": "D", "days": "D"}
DATES = ("PartialDate", "PeriodDate", "FullDate", "Year")
EXACT = ("Context",)
"""Kinds whose spaces at the ends count."""

YES = frozenset(["oui", "yes", "true", "vrai", "x", "o", "y", "1"])
NO = frozenset(["non", "no", "false", "faux", "n", "0"])
YEARS = range(1900, 2201)


@dataclass
class Problem(Exception):
    """A word that means nothing certain: the rule that it breaks, and what fills the message."""

    rule: str
    params: dict[str, Any] = field(default_factory=dict)


def read(column: Column, value: object, words: Words) -> str | list[str]:
    """The text or texts that a cell means. Raises ``Problem`` where a label or a key is not certain."""
    if column.many:
        pieces = re.split(r"[;\n]" if words.listed(column) else r"\n", _text(value, column))
        return [read_one(column, piece, words) for piece in pieces if piece.strip()]
    return read_one(column, value, words)


def read_one(column: Column, value: object, words: Words) -> str:
    """One value."""
    if column.scheme or column.choices:
        return _code(column, _text(value, column), words)
    if column.refers:
        return _reference(column.refers, _text(value, column), words)
    for kinds, reader in _READERS:
        if column.kind in kinds:
            return reader(value, column)
    return _text(value, column)


def _text(value: object, column: Column) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    text = str(value)
    if column.name == "quote":
        return text.strip()  # letter by letter as its source has it
    return text if column.kind in EXACT else composed(text.strip())


def _squeezed(value: object, column: Column) -> str:
    """Without the spaces that people put in a number, the non-breaking ones among them."""
    return re.sub(r"\s+", "", _text(value, column))


def _integer(value: object, column: Column) -> str:
    text = _squeezed(value, column)
    return re.sub(r"[.,]0+$", "", text)


def _item_id(value: object, column: Column) -> str:
    text = _integer(value, column).lstrip("'")
    return text.zfill(2) if text.isdigit() else text


def _address(value: object, column: Column) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    pieces = [piece.strip() for piece in _text(value, column).split("/")]
    return "/".join(piece.zfill(2) if piece.isdigit() else piece for piece in pieces)


def _boolean(value: object, column: Column) -> str:
    word = plain(_text(value, column))
    return "true" if word in YES else "false" if word in NO else _text(value, column)


def _number(value: object, column: Column) -> str:
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
    else:
        text = re.sub(r"(?i)(€|eur|euros?)$", "", _squeezed(value, column))
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+,\d+", text):
        text = text.replace(".", "")
    text = text.replace(",", ".") if text.count(",") == 1 and not re.search(r",\d{3}$", text) else text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _text(value, column)
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", text) or (
        re.fullmatch(r"-?\d{1,3}\.\d{3}", text) and isinstance(value, str)
    ):
        return _text(value, column)
    return format(number.normalize(), "f") if number else "0"


def _date(value: object, column: Column) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        serial = to_excel(value)  # type: ignore[no-untyped-call]
        if serial in YEARS:
            # The number 2025 in a cell that shows dates: it reads 17 July 1905.
            return str(int(serial))
        day = value.isoformat()[:10]
        return day[:4] if column.kind == "Year" and day.endswith("-01-01") else day
    if isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer():
        if value in YEARS:
            return str(int(value))
        if 10_000 < value < 110_000:
            # A date in a cell that shows numbers.
            return str(from_excel(value))[:10]
    text = _text(value, column)
    number = _integer(text, column)
    if number.isdecimal() and len(number) == 4:
        return number  # A year as a number with a space for thousands, or with decimals.
    return text if date_datatype(text) else _written_date(text) or text


def _written_date(text: str) -> str:
    """A date as people write it, day first; empty where it is none.

    >>> [_written_date(t) for t in ("16/04/2025", "1er avril 2025", "avril 2025", "16 avril", "4/2025")]
    ['2025-04-16', '2025-04-01', '2025-04', '--04-16', '2025-04']
    >>> _written_date("1er avril, année non dite"), _written_date("2025, année non dite")
    ('--04-01', '')
    >>> _written_date("mars-25"), _written_date("mars 25"), _written_date("March 25")
    ('2025-03', '', '--03-25')
    """
    if (month_of := _EXCEL_MONTH.fullmatch(text)) and plain(month_of[1]) in MONTH_OF:
        century = "20" if month_of[2] < "30" else "19"  # as spreadsheets read two figures
        return _joined(f"{century}{month_of[2]}", MONTH_OF[plain(month_of[1])], "")
    said = plain(text.replace("1er ", "1 "))
    bare = next((said.removesuffix(words) for words in _NO_YEAR if said.endswith(words)), "")
    words = (bare or said).split()
    words = [w for w in words if w not in ("le", "the", "of", "en", "in") and not w.endswith("di")] or [""]
    if re.search(r"\d{4} 00 00 00$", " ".join(words)):
        words = words[:-3]
    named = [i for i, w in enumerate(words) if w in MONTH_OF]
    numbers = [w for w in words if w.isdigit()]
    if len(named) == 1 and len(numbers) == len(words) - 1:
        month = MONTH_OF[words[named[0]]]
        year = next((n for n in numbers if len(n) == 4), "")
        days = [n for n in numbers if len(n) <= 2]
        if len(days) + bool(year) != len(numbers) or len(days) > 1:
            return ""
        if days and not year and named == [0] and words[0] not in _DAY_LAST:
            return ""
        return _joined("" if bare else year, month, days[0] if days else "")
    if bare or len(numbers) != len(words) or not all(w in re.split(r"\D+", text) for w in numbers):
        return ""
    lengths = [len(n) for n in numbers]
    if len(numbers) == 3 and lengths[2] == 4 and max(lengths[:2]) <= 2:
        return _joined(numbers[2], int(numbers[1]), numbers[0])
    if len(numbers) == 3 and lengths[0] == 4 and max(lengths[1:]) <= 2:
        return _joined(numbers[0], int(numbers[1]), numbers[2])
    if len(numbers) == 2 and lengths[1] == 4 and lengths[0] <= 2:
        return _joined(numbers[1], int(numbers[0]), "")
    return ""


def _joined(year: str, month: int, day: str) -> str:
    if not year and not day:
        return ""
    date = "-".join([year or "-", f"{month:02}", *([f"{int(day):02}"] if day else [])])
    return date if date_datatype(date) else ""


def _duration(value: object, column: Column) -> str:
    text = _text(value, column)
    words = re.findall(r"\d+|[a-z]+", plain(text))
    words = [w for w in words if w not in ("et", "and")]
    if len(words) % 2 or not words or not all(n.isdigit() for n in words[::2]):
        return text
    totals = {"Y": 0, "M": 0, "D": 0}
    for number, unit in zip(words[::2], words[1::2], strict=True):
        if unit not in UNITS:
            return text
        totals[UNITS[unit]] += int(number)
    years, months = divmod(totals["M"], 12)
    totals["Y"], totals["M"] = totals["Y"] + years, months
    return "P" + "".join(f"{n}{u}" for u, n in totals.items() if n)


_READERS: tuple[tuple[tuple[str, ...], Callable[[object, Column], str]], ...] = (
    (("Integer", "Offset"), _integer),
    (("ItemId",), _item_id),
    (("Address",), _address),
    (("Boolean",), _boolean),
    (("Amount", "Number"), _number),
    (DATES, _date),
    (("Duration",), _duration),
    (
        ("Currency",),
        lambda value, column: {"€": "EUR"}.get(_text(value, column), _text(value, column).upper()),
    ),
)


_SAID: dict[str, tuple[Callable[[str, str], str], Callable[[object, Column], str]]] = {
    "Boolean": (truth, _boolean),
    "Duration": (lasting, _duration),
    "PartialDate": (dated, _date),
}
"""Kinds that a cell says in words, and how they are read."""


def _code(column: Column, text: str, words: Words) -> str:
    if text in words.slugs(column):
        return text
    found = words.codes(column).get(plain(text), set())
    if len(found) == 1:
        return next(iter(found))
    from cls_graph.suggesting import suggest

    shown = {words.code(column, slug) for slug in words.slugs(column)}
    listed = words.list_name(column.scheme or "|".join(column.choices))
    raise Problem("sheet-code", {"value": text, "list": listed, "suggestion": suggest(text, shown)})


def _reference(kind: str, text: str, words: Words) -> str:
    """The key that a cell names: ``key · label``, the key alone, or the label alone where it is certain."""
    entries = words.entries(kind)
    key, dot, label = text.partition(DOT.strip())
    key, label = key.strip(), label.strip()
    if text in entries:
        return text
    named = words.named(kind)
    if dot and key in entries:
        others = named.get(plain(label), set())
        if label and others and key not in others:
            other: Text = {lang: ", ".join(sorted(others)) for lang in ("fr", "en")}
            raise Problem("sheet-two-things", {"value": key, "other": other, "label": label})
        return key
    found = named.get(plain(text), set()) or (named.get(plain(label), set()) if not key else set())
    if len(found) == 1:
        return next(iter(found))
    if len(found) > 1:
        raise Problem("sheet-several", {"value": text, "found": ", ".join(sorted(found))})
    if kind == "organisation" and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key if dot else text):
        near = words.suggester.near(text, entries.values(), kind)
        raise Problem("review-unknown", {"value": text, "suggestion": near})
    return key if dot else text


def shown(column: Column, text: str, words: Words) -> object:
    """A value of a record as a cell shows it: a number, a date or a text."""
    if column.scheme or column.choices:
        return words.code(column, text)
    if column.refers:
        return words.reference(column.refers, text)
    if column.kind in ("Integer", "Offset", "Year") and text.isdigit():
        return int(text)
    if column.kind in ("Amount", "Number") and re.fullmatch(r"-?\d{1,12}(?:\.\d{1,3})?", text):
        number = Decimal(text)
        return int(number) if number == number.to_integral() else number
    if column.kind == "FullDate" and date_datatype(text) == "date":
        return datetime.date.fromisoformat(text)
    said = _SAID.get(column.kind)
    in_words = said[0](text, words.lang) if said else text
    # Only what is read back to the letter: the cell is what the next import reads.
    return in_words if said and said[1](in_words, column) == text else text


def cell(column: Column, value: str | list[str], words: Words) -> object:
    """What a cell shows: one value, or several in one text."""
    if isinstance(value, str):
        return shown(column, value, words)
    join = " ; " if words.listed(column) else "\n"
    return join.join(str(shown(column, one, words)) for one in value)
