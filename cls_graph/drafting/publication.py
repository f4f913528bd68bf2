"""The day on which a text was published, against which "hier" is counted."""

from __future__ import annotations

import re

from cls_graph.drafting.dates import MONTHS, find_dates, to_come
from cls_graph.drafting.layout import Page
from cls_graph.drafting.steps import SIGN, VOTE

ISSUE = re.compile(
    r"\b(?:n ?°? ?\d+|lettre|mag|magazine|bulletin|journal|newsletter|gazette|infos?|edition|hebdo|revue)\b"
    rf"[^\n]{{0,60}}?\b(?P<when>{'|'.join(sorted(MONTHS, key=len, reverse=True))}|printemps|ete|automne)"
    r"(?: ?[-/] ?[a-z]+)? (?P<year>20\d\d)\b"
)
""" "Le Mag n° 22, mai-juin 2022", "La lettre n° 3 – Automne 2023": at the head of a text."""
TELLS = re.compile(r",? [a-z][^.]{60}")
""" "Le 3 octobre 2024, l'agglomération et l'ARS ont …": the day of what is told."""
SEASONS = {"printemps": "05", "ete": "08", "automne": "11"}


def published_on(page: Page) -> str:
    """The day of publication that the text gives, else that of its dateline, else the month of the issue,
    else the day that the file states beside the text.

    Empty where there is none.
    """
    head = page.blocks[6].end if len(page.blocks) > 6 else len(page.text)
    for match in re.finditer(
        r"\b(?:publie\w*|mis en ligne|paru|communique(?: de presse)?)\b[^.\n]{0,25}", page.folded
    ):
        dates = [d for d in find_dates(page, match.start(), match.end() + 25) if len(d.value) == 10]
        if dates:
            return dates[0].value
    for block in page.blocks:
        if block.start > head and block.start < len(page.text) - 300:
            continue
        for date in find_dates(page, block.start, min(block.end, block.start + 90)):
            lead = page.folded[block.start : date.start]
            if (
                len(date.value) == 10
                and not to_come(page, date)
                and (not lead.strip() or re.fullmatch(r"[^.;]{2,60}?,? (?:le )?[-|(]? ?", lead))
                and not (lead in ("", "le ") and TELLS.match(page.folded, date.end, block.end))
                and not SIGN.search(lead)
                and not VOTE.search(lead)
            ):
                return date.value
    for block in page.blocks[:5]:
        if issue := ISSUE.search(page.folded, block.start, block.end):
            when = issue.group("when")
            return f"{issue.group('year')}-{SEASONS.get(when) or MONTHS[when]}"
    return page.published
