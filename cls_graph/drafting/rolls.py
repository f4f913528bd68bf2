"""Contracts that a page lists one a line or a row: "CLS du Pays de Craon (2024-2027)", a table of towns."""

from __future__ import annotations

import re
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
FEWEST = 2
LONGEST = 160


@dataclass
class _Entry:
    """A line of a list: the territory it names, its span, the day it gives."""

    territory: Candidate
    span: tuple[int, int]
    signed: Date | None = None


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
    kept: dict[str, _Entry] = {}
    for entry in entries:
        place = entry.territory.place
        kept.setdefault(place.key if place else entry.territory.key, entry)
    known = sum(e.territory.place is not None for e in kept.values())
    found = [e.territory for e in kept.values()]
    spans = [e.span for e in entries]
    if len(found) < FEWEST or known < FEWEST or known < 0.6 * len(found):
        return []
    if not alone(found, candidates, spans=spans, signing=signing, strict=True):
        weigh_less(candidates, spans)
        return []
    return [
        Contract(e.territory, [e.span], several=True, signed=e.signed, stated=reader.stated)
        for e in kept.values()
    ]


class _Rolls:
    """Reads the lists and tables of contracts of one page."""

    def __init__(self, page: Page, mentions: list[Mention], context: Context) -> None:
        self.page, self.context = page, context
        self.by_start = {m.start: m for m in mentions}
        self.stated = 0
        """How many contracts the words above a list count."""

    def lines(self) -> list[_Entry]:
        """The contracts of lists of lines."""
        made: list[_Entry] = []
        above: Block | None = None
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
                above = block
                said = self._says(above)
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
            told = bool(title and self._says(title)) or any(re.search(r"\bcls\b|\bcontrat", h) for h in heads)
            if told:
                made += self._table(table, heads)
        return made

    def _says(self, block: Block) -> bool:
        """Whether a block heads a list of contracts that there are."""
        start, end = self.page.sentences_of(block)[-1] if block.kind == "para" else (block.start, block.end)
        words = self.page.folded[start:end]
        if block.kind == "para" and not words.endswith(":"):
            return False
        if not MANY.search(words) or OF_ELSE.search(words):
            return False
        if count := COUNT.search(words):
            self.stated = number(count.group("n"))
        return True

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
        return _Entry(territory, (block.start, block.end), signed[0] if signed else None)

    def _name(self, at: int, end: int, inside: Context) -> tuple[Candidate, int] | None:
        """The territory that is named here, and where what follows it begins."""
        mention = self.by_start.get(at)
        if mention is not None and mention.kind in LOCAL and mention.name and not mention.parts:
            town = mention.kind == "commune"
            label = mention.name if town else mention.text
            start, stop, kind = mention.end - len(label), mention.end, mention.kind
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
        for index, row in enumerate(rows):
            territory, span = columns[at][index], (row[0][0], row[-1][1])
            if territory is None or NOT_YET.search(self.page.folded, *span):
                continue
            group = columns[bearer][index] if bearer is not None else None
            if group is not None and group.place and group.place.level == "epci":
                territory.place, territory.kind = group.place, "epci"
            days = [
                d
                for i, cell in enumerate(row)
                if OF_SIGNING.search(heads[i]) or DAY.search(self.page.folded[cell[0] : cell[1]][:12])
                for d in find_dates(self.page, *cell)
                if len(d.value) > 3
            ]
            made.append(_Entry(territory, span, days[0] if days else None))
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
