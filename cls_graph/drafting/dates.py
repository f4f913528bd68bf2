"""Dates of a text, at the precision it gives, and what "hier" means."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from cls_graph.drafting.layout import Page
from cls_graph.records.lexical import date_datatype

MONTHS = {
    name: f"{number:02}"
    for number, names in enumerate(
        "janvier|janv fevrier|fev mars avril|avr mai juin juillet|juil aout septembre|sept "
        "octobre|oct novembre|nov decembre|dec".split(),
        1,
    )
    for name in names.split("|")
}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
PRINTED = re.compile(
    r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?:\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""When a browser printed a page, at the edge of it: no date of the text."""
FULL = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(DAYS)}) )?(?P<day>\d{{1,2}}|1er|premier) (?:et \d{{1,2}} "
    rf")?{_MONTH}(?![a-z])(?:,? (?:de l'annee |dernier,? )?{_YEAR})?"
)
SLASH = re.compile(
    r"\b(?P<day>\d{1,2})(?:[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d|\d\d)"
    r"|-(?P<month_>\d\d)-(?P<year_>20\d\d))\b"
)
ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
MONTH_YEAR = re.compile(rf"\b{_MONTH}(?![a-z]) {_YEAR}")
YEAR = re.compile(
    r"\b(?:en |annee |en l'an |debut |courant |fin |de |printemps |ete |automne |hiver )"
    r"(?P<year>20\d\d)\b(?! ?[-/a])"
)
LAST_MONTH = re.compile(
    rf"\b(?:en|au mois de|debut|fin|mi) ?-?(?P<past>{'|'.join(MONTHS)})(?P<last> dernier\b|\b(?! ?[\d/-]"
    r"| prochain|\.? 20))"
)
""" "En juin dernier", "en juin", of a text that says when it was published."""
RELATIVE = re.compile(
    rf"\b(?:aujourd'hui|ce jour|avant-hier|hier|ce (?:matin|soir|midi)|(?:ce|cet) (?:{'|'.join(DAYS)})|"
    rf"(?:{'|'.join(DAYS)})(?: (?:dernier|soir|matin|apres-midi))?)\b"
)

FOLLOWING = re.compile(
    r"\b(?P<same>\d{1,2}|1er) du meme mois\b|\b(?P<next>lendemain)\b(?! (?:de|du|des|d')\b)"
)
""" "Le 12 du même mois", "le lendemain": of the day before it in the text."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(), 1
    )
} | {"vingt": 20, "trente": 30, "une": 1}
NUMBER = r"(?P<n>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_TENS = {"": 0, "vingt": 20, "trente": 30}
SPELLED = {
    f"{tens}{joint}{unit}" if tens else unit: ten + number
    for tens, ten in _TENS.items()
    for unit, number in NUMBERS.items()
    if ten + number < 40 and (not tens or number < 10)
    for joint in ("-", " ", " et ")
} | {"premier": 1, "vingt": 20, "trente": 30, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19}
_SPELLED = "(?:" + "|".join(sorted(SPELLED, key=len, reverse=True)) + ")"
IN_WORDS = re.compile(
    rf"\b(?P<d>{_SPELLED}) (?P<m>{'|'.join(MONTHS)})(?:,? (?:de l'an )?deux[ -]mille[ -](?P<y>{_SPELLED}))?\b"
)
YEAR_IN_WORDS = re.compile(rf"\bl'an deux[ -]mille[ -](?P<y>{_SPELLED}),? (?:et )?le $")

TO_COME = re.compile(
    r"\b(?:jusqu'(?:au|en|a)|d'ici|avant|horizon|fin|terme|echeance|plus tard|a compter d[eu]|a partir d[eu]"
    r"|vigueur|pren\w+ effet|s'achev\w+|se termin\w+|expir\w+|prevue?s?|aura lieu|se tiendra)\b[^.;]{0,12}$"
    r"|\bau (?:mois de )?$"
)
"""Before a date of what is to come: "jusqu'au 30 juin 2029", "il s'achèvera en juin 2029"."""
OPENS = re.compile(r" (?:(?:jusqu')?au (?=\d)|(?:jusqu'en|a) (?=[a-z]+ 20\d\d))")
"""After the first day of a period: "du 1er juillet 2024 au 30 juin 2029"."""


@dataclass(frozen=True)
class Date:
    """A date as stated: ``value`` is partial (``--04-16``), empty for "hier"; ``weekday`` 0 is Monday."""

    start: int
    end: int
    value: str
    weekday: int | None = None
    relative: str = ""


def number(word: str) -> int:
    """The number of a word or of digits; 0 where it is none."""
    return int(word) if word.isdigit() else NUMBERS.get(word, 0)


def find_dates(page: Page, start: int, end: int) -> list[Date]:
    """The dates between two positions, in order."""
    text, found = page.folded, []
    taken = [match.span() for match in PRINTED.finditer(text, start, end)]
    for pattern in (ISO, SLASH, FULL, MONTH_YEAR, YEAR, FOLLOWING, LAST_MONTH, RELATIVE):
        for match in pattern.finditer(text, start, end):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            date = _date(match)
            if date is not None:
                taken.append(match.span())
                found.append(date)
    for match in IN_WORDS.finditer(text, start, end):
        lead = YEAR_IN_WORDS.search(text, start, match.start())
        year = match.group("y") or (lead.group("y") if lead else "")
        if year and not any(s < match.end() and match.start() < e for s, e in taken):
            day = f"{2000 + SPELLED[year]}-{MONTHS[match.group('m')]}-{SPELLED[match.group('d')]:02}"
            found += [Date(*match.span(), day)] if date_datatype(day) else []
    return sorted(found, key=lambda d: d.start)


def _date(match: re.Match[str]) -> Date | None:
    groups = match.groupdict()
    begin, end = match.span()
    if past := groups.get("past"):
        return Date(begin, end, "", None, f"--{MONTHS[past]}" + ("" if groups["last"] else "?"))
    if match.re is FOLLOWING:
        same = groups["same"]
        return Date(begin, end, "", None, f"+{same.replace('er', '').zfill(2)}" if same else "+")
    if not groups:
        word = match.group()
        named = next((i for i, d in enumerate(DAYS) if d in word), None)
        return Date(begin, end, "", named, word)
    year, month, day = (
        str(groups.get(part) or groups.get(f"{part}_") or "") for part in ("year", "month", "day")
    )
    year = f"20{year}" if len(year) == 2 else year
    month = MONTHS.get(month, month.zfill(2) if month else "")
    day = {"1er": "01", "premier": "01"}.get(day, day.zfill(2) if day else "")
    value = "-".join(p for p in (year, month, day) if p) if year else f"--{month}-{day}"
    if date_datatype(value) is None:
        return None
    weekday = groups.get("weekday")
    if not month:
        begin = match.start("year")
    return Date(begin, end, value, DAYS.index(weekday) if weekday else None)


def to_come(page: Page, date: Date) -> bool:
    """Whether a text tells a date as one to come, or as the first day of a period."""
    before = TO_COME.search(page.folded, max(0, date.start - 40), date.start)
    return bool(before or OPENS.match(page.folded, date.end))


def with_weekday(value: str, weekday: int, years: range) -> list[str]:
    """The full dates of a month and day that fall on a day of the week, among some years."""
    found = []
    for year in years:
        try:
            day = datetime.date.fromisoformat(f"{year}{value[1:]}")
        except ValueError:
            continue
        if day.weekday() == weekday:
            found.append(day.isoformat())
    return found


def relative_date(date: Date, published: str) -> str:
    """The date of "hier", "ce jeudi", "en juin dernier" in a text of a given day; empty where unknown.

    "Le lendemain" and "le 12 du même mois" are those of the day given, which is one that the text tells.
    """
    if date.relative.startswith("+") and date_datatype(published) == "date":
        day = datetime.date.fromisoformat(published)
        told = f"{published[:7]}-{date.relative[1:]}"
        return told if date.relative[1:] else (day + datetime.timedelta(days=1)).isoformat()
    if date.relative.startswith("--") and len(published) > 6:
        month, same = date.relative[2:4], date.relative.endswith("?")
        year = int(published[:4]) - (month > published[5:7] or (month == published[5:7] and not same))
        return f"{year}-{date.relative[2:4]}"
    if date_datatype(published) != "date":
        return ""
    day = datetime.date.fromisoformat(published)
    if date.relative in ("hier", "avant-hier"):
        return (day - datetime.timedelta(days=1 + (date.relative != "hier"))).isoformat()
    if date.weekday is not None:
        back = (day.weekday() - date.weekday) % 7
        return (day - datetime.timedelta(days=back)).isoformat()
    return day.isoformat()
