"""Dates, periods and durations of a text, at the precision it gives."""

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
FULL = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(DAYS)}) )?(?P<day>\d{{1,2}}|1er|premier) (?:et \d{{1,2}} "
    rf")?{_MONTH}(?![a-z])(?:,? (?:de l'annee |dernier,? )?{_YEAR})?"
)
SLASH = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d|\d\d)\b")
ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
MONTH_YEAR = re.compile(rf"\b{_MONTH}(?![a-z]) {_YEAR}")
YEAR = re.compile(
    r"(?:\ben |\bannee |\ben l'an |\bdebut |\bcourant |\bfin |\bde )(?P<year>20\d\d)\b(?! ?[-/a])"
)
LAST_MONTH = re.compile(rf"\b(?:en|au mois de|debut|fin|mi) ?-?(?P<past>{'|'.join(MONTHS)}) dernier\b")
""" "En juin dernier", of a text that says when it was published."""
RELATIVE = re.compile(
    rf"\b(?:aujourd'hui|ce jour|hier|ce (?:matin|soir|midi)|(?:ce|cet) (?:{'|'.join(DAYS)})|"
    rf"(?:{'|'.join(DAYS)})(?: (?:dernier|soir|matin|apres-midi))?)\b"
)

NUMBERS = {
    word: number
    for number, word in enumerate(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(), 1
    )
} | {"vingt": 20, "trente": 30, "une": 1}
NUMBER = r"(?P<n>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"


@dataclass(frozen=True)
class Date:
    """A date as stated: ``value`` is partial (``--04-16``), empty for "hier"; ``weekday`` 0 is Monday."""

    start: int
    end: int
    value: str
    weekday: int | None = None
    relative: str = ""


@dataclass(frozen=True)
class Span:
    """A period or a duration as stated."""

    start: int
    end: int
    begin: str = ""
    stop: str = ""
    duration: str = ""


def number(word: str) -> int:
    """The number of a word or of digits; 0 where it is none."""
    return int(word) if word.isdigit() else NUMBERS.get(word, 0)


def find_dates(page: Page, start: int, end: int) -> list[Date]:
    """The dates between two positions, in order."""
    text, found = page.folded, []
    taken: list[tuple[int, int]] = []
    for pattern in (ISO, SLASH, FULL, MONTH_YEAR, YEAR, LAST_MONTH, RELATIVE):
        for match in pattern.finditer(text, start, end):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            date = _date(match)
            if date is not None:
                taken.append(match.span())
                found.append(date)
    return sorted(found, key=lambda d: d.start)


def _date(match: re.Match[str]) -> Date | None:
    groups = match.groupdict()
    begin, end = match.span()
    if past := groups.get("past"):
        return Date(begin, end, "", None, f"--{MONTHS[past]}")
    if not groups:
        word = match.group()
        named = next((i for i, d in enumerate(DAYS) if d in word), None)
        return Date(begin, end, "", named, word)
    year, month, day = (str(groups.get(part) or "") for part in ("year", "month", "day"))
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


_Y = r"(20\d\d)"
_D = rf"(?:(\d{{1,2}}|1er) )?({'|'.join(MONTHS)}) (20\d\d)"
RANGE = re.compile(rf"\b{_Y}(?:, 20\d\d)* ?(?:-|/|>|a|et|au) ?{_Y}\b")
SHORT_RANGE = re.compile(rf"\b{_Y} ?[-/] ?(\d\d)\b(?![-/\d])")
DATED_RANGE = re.compile(rf"\b(?:du|de|d') ?{_D} (?:au|a|jusqu'au|jusqu'a) {_D}\b")
_END = rf"(?:la fin de l'annee |la fin de |la fin |fin |l'annee )?(?:{_D}|{_Y})"
UNTIL = re.compile(
    rf"\bjusqu'(?:a la fin de l'annee |a la fin de |a la fin |a fin |au |en |a |a l'annee ){{1,2}}(?:{_D}|"
    rf"{_Y})|\becheance ?:? ?(?:le |en |fin )?(?:{_D}|{_Y})"
    rf"|\b(?:arrivera|prendra|arrive|prend) (?:donc |ainsi )?(?:a "
    rf"echeance|fin|a son terme) (?:en|le|fin|"
    rf"au) (?:{_D}|{_Y})|\b(?:s'acheve(?:ra|r)?|s'achevant|expire(?:ra)?|expirant|se termine(?:ra)?"
    rf"|cesse(?:ra)?|"
    rf"prenant fin) (?:le |au |en |a )?(?:fin )?(?:{_D}|{_Y})|\b(?:le|son|l'|la|du) ?(?:terme|echeance"
    rf"|date de fin|date "
    rf"d'echeance)\b(?: (?!jusqu)[\w']+){{0,4}}? (?:au|a|en) {_END}"
)
SINCE = re.compile(
    rf"\b(?:a (?:compter|partir) (?:du|de|d')|(?:prend|prendra|a pris|prenant) effet (?:le|du|au|en|des)"
    rf"|(?:entre|entrera|est entre) en vigueur (?:le|en|au|des)"
    rf"|(?:debute|commence|demarre)(?:ra)? (?:le|en|au|des)) ?(?:{_D}|{_Y})"
)
_N = "(" + "|".join([r"\d{1,2}", *sorted(NUMBERS, key=len, reverse=True)]) + ")"
SINCE_UNTIL = re.compile(
    rf"\b(?:depuis|a (?:compter|partir) d[eu]|des) ?(?:le |l')?(?:{_D}|{_Y}),? (?:et )?jusqu'(?:au |a |en "
    rf")?{_END}"
)
LASTING = re.compile(
    rf"\b(?:pour|sur|pendant|durant|de|couvre|"
    rf"duree(?: (?!qui\b)[\w']+){{0,8}} ?:|portant sur|valable|valide|"
    rf"porte sur|conclu|etale sur|durera|dure|a)"
    rf" (?:une (?:duree|periode) (?:initiale )?de |la duree de |les |ces |des )?{_N} "
    rf"(?:prochaines annees|annees|ans)(?: a venir)?"
    rf"|(?:(?<=\n)|(?<=\? )|^){_N} ans\b"
    rf"|\b{_N} (?:ans|annees) de plus\b"
    rf"|\b(?:se|nous) donn(?:e|ent|ons) {_N} ans\b"
    rf"|\b{_N} (?:prochaines annees|annees a venir|ans a venir)|\bperiode des {_N} ans\b|"
    rf"\b(?:tout au long de|au cours de|durant) (?:ces|les) {_N} (?:prochaines )?annees\b"
)
ADJECTIVE = re.compile(r"\bcontrat (?:local de sante )?(?:\(cls\) )?(triennal|quadriennal|quinquennal)")
_LONG = {"triennal": 3, "quadriennal": 4, "quinquennal": 5}


def find_spans(page: Page) -> list[Span]:
    """The periods and durations of the text, in order."""
    text, found = page.folded, []
    for match in DATED_RANGE.finditer(text):
        g = match.groups()
        found.append(Span(*match.span(), _partial(g[0], g[1], g[2]), _partial(g[3], g[4], g[5])))
    for match in SINCE_UNTIL.finditer(text):
        g = match.groups()
        begin = g[3] or _partial(g[0], g[1], g[2])
        found.append(Span(*match.span(), begin, g[7] or _partial(g[4], g[5], g[6])))
    for match in RANGE.finditer(text):
        if match.group(1) < match.group(2) <= str(int(match.group(1)) + 15):
            found.append(Span(*match.span(), match.group(1), match.group(2)))
    for match in SHORT_RANGE.finditer(text):
        stop = match.group(1)[:2] + match.group(2)
        if match.group(1) < stop <= str(int(match.group(1)) + 10):
            found.append(Span(*match.span(), match.group(1), stop))
    for pattern, at in ((UNTIL, "stop"), (SINCE, "begin")):
        for match in pattern.finditer(text):
            parts = match.groups()
            groups = [parts[i : i + 4] for i in range(0, len(parts), 4)]
            chosen = next(g for g in groups if any(g))
            value = chosen[3] or _partial(chosen[0], chosen[1], chosen[2])
            begin, stop = (value, "") if at == "begin" else ("", value)
            found.append(Span(*match.span(), begin, stop))
    for match in LASTING.finditer(text):
        years = number(next(word for word in match.groups() if word))
        if 0 < years <= 10:
            found.append(Span(*match.span(), duration=f"P{years}Y"))
    for match in ADJECTIVE.finditer(text):
        found.append(Span(*match.span(), duration=f"P{_LONG[match.group(1)]}Y"))
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _partial(day: str | None, month: str, year: str) -> str:
    parts = [year, MONTHS[month]] + ([("01" if day == "1er" else day.zfill(2))] if day else [])
    return "-".join(parts)


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
    """The date of "hier", "ce jeudi", "en juin dernier" in a text of a given day; empty where unknown."""
    if date.relative.startswith("--") and len(published) > 6:
        year = int(published[:4]) - (date.relative[2:4] >= published[5:7])
        return f"{year}-{date.relative[2:4]}"
    if date_datatype(published) != "date":
        return ""
    day = datetime.date.fromisoformat(published)
    if date.relative.startswith("hier"):
        return (day - datetime.timedelta(days=1)).isoformat()
    if date.weekday is not None:
        back = (day.weekday() - date.weekday) % 7
        return (day - datetime.timedelta(days=back)).isoformat()
    return day.isoformat()
