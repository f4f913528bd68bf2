"""Contracts that a page lists one a line or a row: "CLS du Pays de Craon (2024-2027)", a table of towns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from cls_graph.drafting.anchors import name_end
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import NUMBER, Date, find_dates, number
from cls_graph.drafting.layout import Block, Page
from cls_graph.drafting.places import LOCAL, Candidate, Context, resolve
from cls_graph.drafting.several import alone, weigh_less
from cls_graph.drafting.tables import Cell, Table, tables_of
from cls_graph.geo import codes

CLS = re.compile(
    r"(?:le |un )?(?:\w+ )?(?:contrat local de sante(?! mentale)|cls)\b(?: \(cls\))?(?: n ?°? ?\d)?"
    r"(?: de la | de l'| du | des | de | d'| ?[:-] | )(?=\S)"
)
"""What a line of such a list may begin with: "CLS de la", "Contrat local de santé :"."""
DEPARTEMENT = re.compile(r" ?\((\d\d|2[ab]|97\d)\)")
SAYS_NO_MORE = re.compile(
    r"(?: ?[,:;(|-] ?|\b(?:20\d\d|\d{1,2}|1er|signee?s?|signature|renouvelee?s?|conclu|avenant|depuis|en|le"
    r"|la|l'|du|de|au|et|a|pour|jusqu'a?|cours|vigueur|periode|duree|ans|generation|\d(?:e|er|re|eme)"
    r"|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b|[ ).;/])*"
)
"""What may follow the name in a line that does not begin with the word: years, a day, a rank."""
MANY = re.compile(
    r"\bcontrats loca(?:l|ux) de sante\b(?! mentale)|\b(?:les|des|ces|nos|aux|\d+) (?:\w+ )?cls\b"
    r"|\bcls\b[^.;]{0,40}\b(?:signes|conclus|sont)\b"
)
"""The contracts, in what stands above a list of them."""
OF_ELSE = re.compile(
    r"\b(?:couvr\w+|compose\w*|communes? (?:suivantes?|membres?|concernees?)|conseils? loca|partenaires"
    r"|signataires|projets?(?! regiona)|prepar\w+|elabor\w+|reflexion|envisag\w+|a venir|futurs?|contacts?"
    r"|objectifs?|axes?|actions?|priorites?|enjeux|themes?|thematiques?|acteurs|documents?|telecharg\w+|liens?"
    r"|actualites|pas (?:de|encore)|n'ont)\b"
)
"""Above a list that is not one of contracts that there are."""
NOT_YET = re.compile(
    r"\b(?:prepar\w+|projet|elabor\w+|reflexion|a venir|lancement|prefiguration|diagnostic)\b"
)
"""In the row of a contract that there is not yet."""
OF_SIGNING = re.compile(r"\bsign\w+|^date$")
LAND = re.compile(
    r"\b(?:territoires?|villes?|communes?|collectivites?|epci|intercommunalites?|cls|contrats?)\b"
)
BEARER = re.compile(r"\b(?:porteurs?|structures?|collectivites?|epci|portage)\b")
COUNT = re.compile(rf"\b{NUMBER} (?:\w+ )?(?:contrats locaux de sante(?! mentale)|cls\b)")
DAY = re.compile(r"\bsign\w+[^;|\n]{0,20}$")
YEARS = re.compile(r"\b(20\d\d) ?(?:[-–/]|\ba\b|\bau\b) ?(?:20)?\d\d\b")
YEAR = re.compile(r"\b(20\d\d)\b")
OF_ONE = re.compile(
    r"\b(?:avenants?|prolong\w+|evaluation|bilan|rapport|revue|comites?|diagnostic|actions?|fiches?|annexes?)\b"
)
"""Before a year that is of something of a contract: "CLS de Pau : avenant 2021"."""
FEWEST = 2
LONGEST = 160


@dataclass
class _Entry:
    """A line of a list: the territory it names, its span, the day and the first year it gives."""

    territory: Candidate
    span: tuple[int, int]
    signed: Date | None = None
    year: int = 0
    under: int = -1
    """Where the words begin that head its list."""

    @property
    def key(self) -> str:
        """The place, by its code or else its name."""
        return _key(self.territory)


def _key(place: Candidate) -> str:
    return place.place.key if place.place else place.key


def rolls_of(
    page: Page,
    mentions: list[Mention],
    candidates: list[Candidate],
    signing: list[Mention],
    context: Context,
) -> list[Contract]:
    """The contracts of a page that lists them under one another, of two places or more; else none.

    Most of the places must be ones that the codes hold. Where the page has a contract of another place, none:
    those of the list are of others, and weigh less among the ``candidates``.
    """
    reader = _Rolls(page, mentions, context)
    entries = [*reader.lines(), *reader.rows()]
    kept = _each_once(entries)
    places = {e.key: e.territory.place is not None for e in kept}
    known = sum(places.values())
    spans = [e.span for e in entries]
    if len(places) < FEWEST or known < FEWEST or known < 0.6 * len(places):
        return []
    if not alone([e.territory for e in kept], candidates, spans=spans, signing=signing, strict=True):
        weigh_less(candidates, spans)
        return []
    lists: dict[int, list[_Entry]] = {}
    for entry in entries:
        lists.setdefault(entry.under, []).append(entry)
    listed = {at: len(_each_once(inside)) for at, inside in lists.items()}
    return [
        Contract(
            e.territory,
            [e.span],
            several=True,
            signed=e.signed,
            stated=reader.heads.get(e.under, 0),
            listed=listed[e.under],
        )
        for e in kept
    ]


def _each_once(entries: list[_Entry]) -> list[_Entry]:
    """The first line of each contract: of a place those whose years are apart, if any, else the first."""
    by_place: dict[str, list[_Entry]] = {}
    for entry in entries:
        by_place.setdefault(entry.key, []).append(entry)
    kept: set[int] = set()
    for same in by_place.values():
        years: set[int] = set()
        turns = []
        for entry in same:
            # Signed in December, a contract may begin the year after.
            if entry.year and not years & {entry.year - 1, entry.year, entry.year + 1}:
                years.add(entry.year)
                turns.append(entry)
        kept.update(id(e) for e in (turns if len(turns) > 1 else same[:1]))
    return [e for e in entries if id(e) in kept]


class _Rolls:
    """Reads the lists and tables of contracts of one page."""

    def __init__(self, page: Page, mentions: list[Mention], context: Context) -> None:
        self.page, self.context = page, context
        self.by_start = {m.start: m for m in mentions}
        self.heads = {b.start: count for b in page.blocks if (count := self._heads(b)) is not None}
        """Where the blocks begin that head a list, and how many contracts they count; 0: none."""
        self.starts = list(self.heads)

    def lines(self) -> list[_Entry]:
        """The contracts of lists of lines."""
        made: list[_Entry] = []
        said, inside = False, self.context
        for block in self.page.blocks:
            words = self.page.folded[block.start : block.end]
            named = CLS.match(words)
            if " | " in self.page.text[block.start : block.end]:
                continue
            if (place := self._departement(block)) is not None:
                inside = Context((place,), ())
                continue
            if (
                block.kind == "item"
                and (said or named)
                and len(words) <= LONGEST
                and not NOT_YET.search(words)
            ):
                entry = self._line(
                    block, block.start + (named.end() if named else 0), inside, labelled=bool(named)
                )
                if entry is not None:
                    made.append(entry)
                    continue
            if block.kind != "item" or MANY.search(words):
                said = block.start in self.heads
                inside = self.context
            elif OF_ELSE.search(words):
                said = False  # "- Une quinzaine de CLS sont en projet"
        return made

    def rows(self) -> list[_Entry]:
        """The contracts of tables."""
        made: list[_Entry] = []
        for table in tables_of(self.page):
            title = self._above(table)
            heads = [self.page.folded[s:e] for s, e in table.head]
            told = title is not None and title.start in self.heads
            if told or any(re.search(r"\bcls\b|\bcontrat", h) for h in heads):
                made += self._table(table, heads)
        return made

    def _heads(self, block: Block) -> int | None:
        """How many contracts a block counts that heads a list of those that there are, 0: none; else None."""
        if " | " in self.page.text[block.start : block.end]:
            return None
        start, end = self.page.sentences_of(block)[-1] if block.kind == "para" else (block.start, block.end)
        words = self.page.folded[start:end]
        if block.kind == "para" and not words.endswith(":"):
            return None
        if not MANY.search(words) or OF_ELSE.search(words):
            return None
        count = COUNT.search(words)
        return number(count.group("n")) if count else 0

    def _entry(self, territory: Candidate, span: tuple[int, int], days: list[Date]) -> _Entry:
        """A contract with its years, and the words that head its list."""
        words = self.page.folded[span[0] : span[1]]
        year = YEARS.search(words) or YEAR.search(words)
        own = year and not OF_ONE.search(words, 0, year.start())
        at = bisect_right(self.starts, span[0])
        under = self.starts[at - 1] if at else -1
        return _Entry(
            territory, span, days[0] if days else None, int(year.group(1)) if year and own else 0, under
        )

    def _above(self, table: Table) -> Block | None:
        """The block above a table."""
        at = self.page.block_at(table.head[0][0])
        return self.page.blocks[at - 1] if at > 0 else None

    def _departement(self, block: Block) -> str | None:
        """The code of the département that a line names and says no more: "Maine-et-Loire :"."""
        words = self.page.text[block.start : block.end].rstrip(" :")
        if not words or len(words) > 40 or (block.kind == "item" and not words[0].isupper()):
            return None
        bare = re.sub(r" ?\(\w{2,3}\)$|^(?:Département d(?:e la |e l['’]|u |es |e |['’]))", "", words)
        found = codes().find(bare, "departement")
        return found[0].code if found and not codes().find(bare, "commune") else None

    def _line(self, block: Block, at: int, inside: Context, *, labelled: bool) -> _Entry | None:
        """The contract of one line."""
        named = self._name(at, block.end, inside)
        if named is None:
            return None
        territory, end = named
        rest = SAYS_NO_MORE.match(self.page.folded, end, block.end)
        if not labelled and (territory.place is None or not rest or rest.end() < block.end):
            return None
        dates = find_dates(self.page, end, block.end)
        signed = [d for d in dates if DAY.search(self.page.folded, block.start, d.start) and len(d.value) > 3]
        return self._entry(territory, (block.start, block.end), signed)

    def _name(self, at: int, end: int, inside: Context) -> tuple[Candidate, int] | None:
        """The territory that is named here, and where what follows it begins."""
        mention = self.by_start.get(at)
        if mention is not None and mention.kind in LOCAL and mention.name and not mention.parts:
            town = mention.kind == "commune"
            label = mention.name if town else mention.text
            # Where a cell ends its name does: "CC Sud Vendée" beside "12 mai 2020".
            start, stop, kind = mention.end - len(label), min(mention.end, end), mention.kind
        elif mention is not None and not (mention.kind in LOCAL and not mention.name):
            return None
        else:
            start, stop, kind = at, min(name_end(self.page, at), end), ""
        if stop <= start:
            return None
        code = DEPARTEMENT.match(self.page.folded, stop, end)
        where = Context((code.group(1).upper(),), ()) if code else inside
        label = self.page.text[start:stop]
        place, choices = resolve(label, kind, where)
        if place is not None and place.level not in ("commune", "epci"):
            return None
        made = Candidate(label, place.level if place else kind, start, stop, 1, 1, place, choices)
        return made, code.end() if code else stop

    def _table(self, table: Table, heads: list[str]) -> list[_Entry]:
        """The contracts of one table."""
        rows = [row for row in table.rows if len(row) == len(table.head)]
        columns = [[self._cell(row[index]) for row in rows] for index in range(len(heads))]
        sure = [sum(c is not None and c.place is not None for c in column) for column in columns]
        lands = [i for i, known in enumerate(sure) if known >= max(FEWEST, 0.6 * len(rows))]
        if not lands:
            return []
        at = next((i for i in lands if LAND.search(heads[i]) and not BEARER.search(heads[i])), lands[0])
        bearer = next((i for i in lands if i != at and BEARER.search(heads[i])), None)
        dated = sum(bool(re.search(r"\b20\d\d\b", self.page.folded[row[0][0] : row[-1][1]])) for row in rows)
        if dated < FEWEST:
            return []
        made = []
        borne: dict[str, set[str]] = {}  # a group that bears those of several towns is the territory of none
        for town, group in zip(columns[at], columns[bearer] if bearer is not None else (), strict=False):
            if town is not None and group is not None and group.place:
                borne.setdefault(group.place.key, set()).add(_key(town))
        for index, row in enumerate(rows):
            territory, span = columns[at][index], (row[0][0], row[-1][1])
            if territory is None or NOT_YET.search(self.page.folded, *span):
                continue
            group = columns[bearer][index] if bearer is not None else None
            sole = group is not None and group.place and len(borne.get(group.place.key, ())) == 1
            if group is not None and group.place and group.place.level == "epci" and sole:
                territory.place, territory.kind = group.place, "epci"
            days = [
                d
                for i, cell in enumerate(row)
                if OF_SIGNING.search(heads[i]) or DAY.search(self.page.folded[cell[0] : cell[1]][:12])
                for d in find_dates(self.page, *cell)
                if len(d.value) > 3
            ]
            made.append(self._entry(territory, span, days))
        return made

    def _cell(self, cell: Cell) -> Candidate | None:
        """The place that a cell names, and little else."""
        start, end = cell
        named = CLS.match(self.page.folded, start, end)
        found = self._name(named.end() if named else start, end, self.context)
        if found is None:
            return None
        rest = SAYS_NO_MORE.match(self.page.folded, found[1], end)
        return found[0] if rest and rest.end() == end else None
