"""Literals in the spelling of their datatype, where a store writes them in one of its own."""

from __future__ import annotations

import re

from cls_graph.namespaces import XSD

BOOLEAN, DURATION = XSD + "boolean", XSD + "duration"
_TRUTH = {"1": "true", "0": "false"}
_MONTHS = re.compile(r"(-?)(\d+)")
_SECONDS = re.compile(r"(-?)(\d+)\.(\d+)")


def spelled(value: str, datatype: str) -> str:
    """The lexical form (XML Schema 1.1, part 2) of what Virtuoso writes for a boolean or a duration.

    It gives durations as a number: whole months, or seconds with a decimal point.

    >>> spelled("18", DURATION), spelled("-93600.0", DURATION), spelled("P1D", DURATION)
    ('P1Y6M', '-P1DT2H', 'P1D')
    """
    if datatype == BOOLEAN:
        return _TRUTH.get(value, value)
    if datatype != DURATION:
        return value
    if found := _MONTHS.fullmatch(value):
        years, months = divmod(int(found[2]), 12)
        return f"{found[1]}P" + (_parts((years, "Y"), (months, "M")) or "0M")
    if found := _SECONDS.fullmatch(value):
        return f"{found[1]}P{_day_time(int(found[2]), found[3].rstrip('0'))}"
    return value


def _day_time(whole: int, fraction: str) -> str:
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    time = _parts((hours, "H"), (minutes, "M"))
    if seconds or fraction:
        time += f"{seconds}.{fraction}S" if fraction else f"{seconds}S"
    return (_parts((days, "D")) + (f"T{time}" if time else "")) or "T0S"


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)
