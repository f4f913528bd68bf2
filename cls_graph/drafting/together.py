"""Bodies that a text names several at once, by initials before a land, or as its own: "notre hôpital"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.kinds import PROFESSIONS
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import NAME, name_at
from cls_graph.geo import codes


def named_together(page: Page, found: list[Mention], taken: bytearray) -> list[Mention]:
    """The bodies found, those named together told apart, with those that only their place shows."""
    found = _by_its_services(page, _led(page, found, taken))
    found += _professions(page, found, taken)
    found += _and_that_of(page, found, taken)
    found = _named_elsewhere(page, [_spelt_out(page, mention, taken) for mention in found])
    return [*found, *_ours(page, found, taken)]


SYNDICATE = re.compile(
    r"(?<![\w-])(?P<name>S(?:Y|M|IV|ICT)[A-Z]{1,8}) (?:de la |de l[’']|du |des |de |d[’'])$"
)


def _led(page: Page, found: list[Mention], taken: bytearray) -> list[Mention]:
    """Syndicates by their initials before a land: "le SYDEL du Pays Cœur d'Hérault"."""
    out = []
    for mention in found:
        lead = SYNDICATE.search(page.text, max(0, mention.start - 20), mention.start)
        if lead and mention.kind in ("epci", "petr") and not any(taken[lead.start() : lead.end()]):
            taken[lead.start() : lead.end()] = b"\x01" * (lead.end() - lead.start())
            kind = "petr" if mention.kind == "petr" else "autre"
            words = page.text[lead.start() : mention.end]
            mention = replace(mention, start=lead.start(), kind=kind, text=words, acronym=lead.group("name"))
        out.append(mention)
    return out


def _by_its_services(page: Page, found: list[Mention]) -> list[Mention]:
    """ "L'État (DRAC Hauts-de-France)": one body, which acts through another."""
    states = {m.end: m for m in found if m.kind == "etat" and m.name == "État" and not m.parts}
    inside = {
        m.start: m
        for m in found
        if m.kind == "etat"
        and m.start - 2 in states
        and page.text[m.start - 2 : m.start] == " ("
        and page.text[m.end : m.end + 1] == ")"
    }
    through = {id(states[at - 2]): m.text for at, m in inside.items()}
    return [replace(m, through=through.get(id(m), m.through)) for m in found if m.start not in inside]


PROFESSION = re.compile(
    rf"(?:, | et |/)(?:des? |d'|les )?(?P<one>{PROFESSIONS}(?: libera(?:l|ux|les?))?)(?=[,;.)/\n]|$| et )"
)


def _professions(page: Page, found: list[Mention], taken: bytearray) -> list[Mention]:
    """ "URPS Médecins, Pharmaciens et Infirmiers": a union for each profession."""
    out = []
    for mention in found:
        at = mention.end
        while mention.kind == "urps" and (more := PROFESSION.match(page.folded, at)):
            start, at = more.span("one")
            taken[start:at] = b"\x01" * (at - start)
            words = page.text[start:at]
            out.append(replace(mention, start=start, end=at, text=f"URPS {words}", name=words))
    return out


THAT_OF = re.compile(r" et (?:celui|celle|son homologue) (?:de la |de l'|du |des |de |d')(?=[a-zœ])")


def _and_that_of(page: Page, found: list[Mention], taken: bytearray) -> Iterator[Mention]:
    """ "Le maire de Sevran et celui de Livry": the head of another town."""
    for mention in found:
        more = THAT_OF.match(page.folded, mention.end) if mention.post and mention.name else None
        end = name_at(page, more.end()) if more and page.text[more.end()].isupper() else None
        if more is None or end is None or any(taken[more.end() : end]):
            continue
        name = page.text[more.end() : end]
        if codes().find(name, mention.kind):
            start = mention.end + len(" et ")
            taken[start:end] = b"\x01" * (end - start)
            yield replace(mention, start=start, end=end, text=page.text[start:end], name=name, acronym="")


LEVELS = {"departement": "departement", "region": "region", "commune": "commune", "epci": "epci"}
LISTED = re.compile(
    rf"(?: suivantes?)? ?[–—:(-] ?({NAME.pattern}"
    rf"(?:(?:, (?:{NAME.pattern}))+(?:,? et {NAME.pattern})?| et {NAME.pattern}))"
)


def _spelt_out(page: Page, mention: Mention, taken: bytearray) -> Mention:
    """Bodies that dashes or brackets name after a plural: "les trois départements – A, B et C –"."""
    listed = LISTED.match(page.text, mention.end) if mention.plural and not mention.name else None
    if listed is None or mention.kind not in LEVELS or any(taken[mention.end : listed.end()]):
        return mention
    names = list(re.finditer(r"(?:^|, |,? et )((?:(?!, | et ).)+)", listed.group(1)))
    if not all(codes().find(n.group(1), LEVELS[mention.kind]) for n in names):
        return mention
    parts = []
    for one in names:
        start, end = listed.start(1) + one.start(1), listed.start(1) + one.end(1)
        taken[start:end] = b"\x01" * (end - start)
        parts.append(Mention(start, end, mention.kind, one.group(1), one.group(1)))
    closed = listed.end() + (page.text[listed.end() : listed.end() + 2].strip(" ") in (")", "–", "—"))
    return replace(mention, end=max(closed, listed.end()), parts=tuple(parts))


COUNT = re.compile(rf"\b{NUMBER} $")
_ONE = rf"(?>{NAME.pattern})"
ROW = re.compile(rf"{_ONE}(?P<more>(?:, {_ONE})*+)(?P<last>,? et {_ONE})?+")
"""Names in a row, or one: nothing is read twice, however long a row is that does not end in "et"."""


def _named_elsewhere(page: Page, found: list[Mention]) -> list[Mention]:
    """ "Six communes ont signé … Le territoire réunit A, B, C, D, E et F.": the one row of as many towns."""
    rows: dict[int, list[list[tuple[int, int]]]] | None = None
    out = []
    for mention in found:
        counted = COUNT.search(page.folded, max(0, mention.start - 20), mention.start)
        if counted and mention.kind == "commune" and mention.plural and not (mention.name or mention.parts):
            rows = _rows(page) if rows is None else rows
            same = rows.get(number(counted["n"]), [])
            if len(same) == 1:
                towns = (Mention(s, e, "commune", page.text[s:e], page.text[s:e]) for s, e in same[0])
                mention = replace(mention, parts=tuple(towns))
        out.append(mention)
    return out


def _rows(page: Page) -> dict[int, list[list[tuple[int, int]]]]:
    """The rows of three towns or more of a page, as the spans of their names, by how many they are."""
    rows: dict[int, list[list[tuple[int, int]]]] = {}
    for row in ROW.finditer(page.text):
        if not (row["more"] and row["last"]):
            continue
        names = list(re.finditer(r"(?:^|, |,? et )((?:(?!, | et ).)+)", row.group()))
        if len(names) > 2 and all(codes().find(n.group(1), "commune") for n in names):
            spans = [(row.start() + n.start(1), row.start() + n.end(1)) for n in names]
            rows.setdefault(len(names), []).append(spans)
    return rows


OURS = re.compile(
    r"\bnotre (?:etablissement|hopital|clinique|caisse|structure|association|institution|organisme)\b"
)


def _ours(page: Page, found: list[Mention], taken: bytearray) -> Iterator[Mention]:
    """ "Notre établissement", on the pages of a hospital: the body that the page opens with."""
    first = next(
        (m for m in found if m.start < 200 and m.name and m.kind not in (*LEVELS, "ars", "petr")), None
    )
    for match in OURS.finditer(page.folded) if first else ():
        start, end = match.span()
        if first and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            yield replace(
                first, start=start, end=end, text=page.text[start:end], name="", acronym="", parts=()
            )
