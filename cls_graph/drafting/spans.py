"""Periods and durations of a text, at the precision it gives: "2023-2027", "pour cinq ans"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cls_graph.drafting.dates import MONTHS, NUMBERS, number
from cls_graph.drafting.layout import Page

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_NTH = r"(?:0?[1-9]|1[0-2])"
"""A month in figures."""
_DAY = rf"(?:\d{{1,2}}|1er) {_MONTH} 20\d\d|(?:0?[1-9]|[12]\d|3[01])[/.]{_NTH}[/.]20\d\d"
WHEN = rf"({_DAY}|{_MONTH}\.? 20\d\d|20\d\d)\b"
"""A day, a month or a year, of which ``_value`` makes a date."""
_AT = (
    r"(?:le |en |au |a |a l'|l')?"
    r"(?:la fin de l'annee |la fin de |la fin |fin |debut |l'annee |annee "
    r"|ete |automne |hiver |printemps |mi-)?"
)
_N = "(" + "|".join([r"\d{1,2}", *sorted(NUMBERS, key=len, reverse=True)]) + ")"
_N += r"(?: \((?:\d{1,2}|[a-z]{3,8})\))?"
""" "Cinq", "5", "cinq (5)"."""

DATED_RANGE = re.compile(
    rf"\b(?:du |de |d') ?(?:debut )?{WHEN} (?:au |a |jusqu'au |jusqu'a |et (?:le "
    rf")?)(?:la )?(?:fin |mi-)?{WHEN}"
)
DASHED = re.compile(
    rf"\b({_DAY}|{_MONTH}\.? 20\d\d|(?<![/.\d]){_NTH}/20\d\d) ?(?:-|>|→|/) ?"
    rf"({_DAY}|{_MONTH}\.? 20\d\d|{_NTH}/20\d\d)\b"
)
SAME_YEAR = re.compile(
    rf"\b(?:du|de|d') ?((?:\d{{1,2}}|1er) {_MONTH}|{_MONTH}) (?:au|a) ((?:\d{{1,2}}|1er) "
    rf"{_MONTH}|{_MONTH}) (20\d\d)\b"
)
_COUNTED = (
    r",? ?(?:[€%]|(?:ans|mois|semaines|jours|h|heures|km|m|euros|habitants?|personnes"
    r"|enfants|participants|patients"
    r"|bis|ter|rue|avenue|av|boulevard|bd|place|chemin|allees?|quai|route|impasse|cours|square|esplanade)\b)"
)
"""After figures that are no years: "12-15 ans", "10-12 rue des Lilas", "2 022 habitants"."""
CONTRACT_RANGE = re.compile(
    r"(?:\b(?:contrat local de sante|cls)\b[^.;:\n]{0,60}?(?<!en)(?<!depuis) |\((?=20\d\d +20\d\d\)))"
    rf"(20\d\d) +(20\d\d)\b(?! ?[-/]|{_COUNTED})"
    r"|^ *(20\d\d) *\n+ *(20\d\d) *$",
    re.MULTILINE,
)
""" "Contrat local de santé de Pau 2018 2022": years that nothing joins, also on two lines of a title."""
SHORTEST = re.compile(
    r"\b(?:contrat local de sante|cls)(?: \(cls\))?(?: d(?:e |u |es |')[\w' -]{2,30}?)? \(?"
    rf"([12]\d) ?[-/] ?([123]\d)\b(?! ?[-/\d]|{_COUNTED})"
)
""" "CLS 22-26"."""
SINCE_UNTIL = re.compile(
    rf"\b(?:depuis|a (?:compter|partir) d[eu]|des) ?(?:le |l')?{WHEN},? (?:et )?jusqu'(?:au |a |en "
    rf")?{_AT}{WHEN}"
)
RANGE = re.compile(r"\b(20\d\d)(?:, 20\d\d)* ?(?:-|/|>|→|➔|➜|\||a|et|au) ?(?:la )?(?:fin )?(20\d\d)\b")
YEARS = re.compile(r"\b20\d\d(?:(?:, | ?[-/] ?| et )20\d\d){2,}\b")
""" "2024, 2025, 2026": one after the other."""
SHORT_RANGE = re.compile(r"\b(20\d\d) ?[-/] ?(\d\d)\b(?![-/\d]|" + f" {_MONTH})")
UNTIL = re.compile(
    rf"\bjusqu'{_AT}{_AT}{WHEN}|\bd'ici (?:a )?(?:la )?(?:fin )?{WHEN}|\bjusqu'a quand ?\?\s+{_AT}{WHEN}"
    rf"|\b{WHEN}(?: ?:|, (?:le |la |l')?) ?(?:fin|echeance|terme) (?:du|de ce) (?:contrat|cls)"
    rf"|\becheance ?:? ?{_AT}{WHEN}"
    rf"|\b(?:arrivera|prendra|arrive|prend|arrivant) (?:donc |ainsi )?(?:a (?:son )?echeance|fin|a "
    rf"(?:son )?terme) "
    rf"{_AT}{WHEN}"
    rf"|\b(?:s'acheve(?:ra|r)?|s'achevant|expire(?:ra)?|expirant|se termine(?:ra|r)?|se "
    rf"terminant|cesse(?:ra)?"
    rf"|prenant fin|prendre fin) {_AT}{WHEN}"
    rf"|\b(?:le |son |l'|la |du )?(?:terme|echeance|date de fin|date d'echeance|fin (?:du contrat|de "
    rf"validite|prevue))"
    rf"(?: du (?:contrat|cls))? ?: {_AT}{WHEN}"
    rf"|\b(?:le|son|l'|la|du) ?(?:terme|echeance|date de fin|date d'echeance)\b(?: (?!jusqu)[\w']+){{0,4}}? "
    rf"(?:au|a|en) {_AT}{WHEN}"
)
SINCE = re.compile(
    r"\b(?:date (?:de debut|d'effet|d'entree en vigueur) ?:|a (?:compter|partir) "
    r"d(?:u|e|')|(?:prend|prendra|a pris|prenant) effet "
    r"(?:le|du|au|en|des|a compter du)"
    r"|(?:entre|entrera|est entre) en (?:vigueur|application) (?:le|en|au|des)"
    rf"|(?:debute|commence|demarre)(?:ra)? (?:le|en|au|des)) ?{WHEN}"
)
LASTING = re.compile(
    rf"\b(?:pour|sur|pendant|durant|de|couvre|"
    rf"duree(?: (?!qui\b)[\w']+){{0,8}} ?:|portant sur|valable|valide|"
    rf"porte sur|conclu|etale sur|dure(?:ra|ront|nt)?|vivra|vaudra|vaut|courra"
    rf"|couvrir|couvrira|durer|validite ?:|a)"
    rf" (?:une (?:duree|periode) (?:initiale )?de |la duree de |les |ces |des )?{_N} "
    rf"(?:prochaines annees|annees|ans)(?: a venir)?"
    rf"|(?:(?<=\n)|(?<=\? )|^){_N} ans\b"
    rf"|\b{_N} (?:ans|annees) de plus\b|\bcontrat(?: local de sante)?(?: pluriannuel)? \({_N} ans\)"
    rf"|\b(?:se|nous) donn(?:e|ent|ons) {_N} ans\b"
    rf"|\b{_N} (?:prochaines annees|annees a venir|ans a venir)|\bperiode des {_N} ans\b|"
    rf"\b(?:tout au long de|au cours de|durant) (?:ces|les) {_N} (?:prochaines )?annees\b"
)
MONTHLY = re.compile(rf"\bduree(?: [\w']+){{0,6}}?(?: ?:| de) {_N} mois\b")
ADJECTIVE = re.compile(r"\bcontrat (?:local de sante )?(?:\(cls\) )?(triennal|quadriennal|quinquennal)")
HALF_A_YEAR = 6
_LONG = {"triennal": 3, "quadriennal": 4, "quinquennal": 5}


@dataclass(frozen=True)
class Span:
    """A period or a duration as stated."""

    start: int
    end: int
    begin: str = ""
    stop: str = ""
    duration: str = ""


def find_spans(page: Page) -> list[Span]:
    """The periods and durations of the text, in order."""
    text = page.folded
    kept: list[Span] = []
    for span in sorted([*_ranges(text), *_ends(text), *_lastings(text)], key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _ranges(text: str) -> list[Span]:
    """What has a beginning and an end."""
    found = []
    for pattern in (DATED_RANGE, DASHED, SINCE_UNTIL):
        for match in pattern.finditer(text):
            begin, stop = (_value(part) for part in match.groups())
            if begin[:4] <= stop[:4] <= str(int(begin[:4]) + 15):
                found.append(Span(*match.span(), begin, stop))
    for match in SAME_YEAR.finditer(text):
        first, last, year = match.groups()
        found.append(Span(*match.span(), _value(f"{first} {year}"), _value(f"{last} {year}")))
    for match in RANGE.finditer(text):
        if match.group(1) < match.group(2) <= str(int(match.group(1)) + 15):
            found.append(Span(*match.span(), match.group(1), match.group(2)))
    for match in YEARS.finditer(text):
        told = [int(year) for year in re.findall(r"20\d\d", match.group())]
        if told == list(range(told[0], told[-1] + 1)):
            found.append(Span(*match.span(), str(told[0]), str(told[-1])))
    for match in CONTRACT_RANGE.finditer(text):
        at = 1 if match.group(1) else 3
        if match.group(at) < match.group(at + 1) <= str(int(match.group(at)) + 10):
            found.append(Span(match.start(at), match.end(at + 1), match.group(at), match.group(at + 1)))
    for match in SHORTEST.finditer(text):
        begin, stop = (f"20{year}" for year in match.groups())
        if 1 < int(stop) - int(begin) <= 10:
            found.append(Span(match.start(1), match.end(2), begin, stop))
    for match in SHORT_RANGE.finditer(text):
        stop = match.group(1)[:2] + match.group(2)
        if match.group(1) < stop <= str(int(match.group(1)) + 10):
            found.append(Span(*match.span(), match.group(1), stop))
    return found


def _ends(text: str) -> list[Span]:
    """What has an end alone, or a beginning alone."""
    found = [Span(*m.span(), stop=_value(next(g for g in m.groups() if g))) for m in UNTIL.finditer(text)]
    return [*found, *(Span(*m.span(), begin=_value(m.group(1))) for m in SINCE.finditer(text))]


def _lastings(text: str) -> list[Span]:
    """What lasts so many years."""
    found = []
    for match in LASTING.finditer(text):
        years = number(next(word for word in match.groups() if word))
        if 0 < years <= 10:
            found.append(Span(*match.span(), duration=f"P{years}Y"))
    for match in MONTHLY.finditer(text):
        years, months = divmod(number(match.group(1)), 12)
        if years and not months:
            found.append(Span(*match.span(), duration=f"P{years}Y"))
    for match in ADJECTIVE.finditer(text):
        found.append(Span(*match.span(), duration=f"P{_LONG[match.group(1)]}Y"))
    return found


def lasts(duration: str, begin: str, stop: str) -> bool:
    """Whether a duration in years may be that of a period; of one without both ends, any may.

    >>> lasts("P5Y", "2025", "2029"), lasts("P4Y", "2025", "2029"), lasts("P3Y", "2025", "2029")
    (True, True, False)
    """
    if not begin or not stop:
        return True
    years = int(duration[1:-1])
    between = int(stop[:4]) - int(begin[:4])
    if len(begin) > 4 and len(stop) > 4:
        # Months are told: half a year more or less, as a contract may be said to last whole years.
        return abs(between * 12 + int(stop[5:7]) - int(begin[5:7]) - years * 12) <= HALF_A_YEAR
    return years in (between, between + 1)


def _value(words: str) -> str:
    """The date that "1er janvier 2023", "01/04/2023", "mars 2023" or "2023" writes."""
    if re.search(r"\d[/.]", words):
        *day, month, year = re.split(r"[/.]", words)
        return "-".join([year, month.zfill(2), *(d.zfill(2) for d in day)])
    *before, year = words.split()
    if not before:
        return year
    month = MONTHS[before[-1].rstrip(".")]
    return f"{year}-{month}" + (f"-{before[0].replace('1er', '1').zfill(2)}" if len(before) > 1 else "")
