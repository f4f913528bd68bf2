"""The form of a text: its blocks (headings, paragraphs, list items) and sentences, with their positions.

Patterns are matched against ``fold(text)``, which has the length of the text: every position holds in both.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_SAME = {
    **dict.fromkeys("’‘ʼ´`′", "'"),
    **dict.fromkeys("–—‑−‐", "-"),
    **dict.fromkeys("\xa0\u202f\u2009", " "),
}

BULLET = re.compile(
    r"[ "
    r""
    r""
    r""
    r"\t]*(?:[•◦‣·∙*»°\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f100-\U0001faff]\ufe0f?|"
    r"[-–—o>+](?=[ \t])|[-–](?=[A-ZÀ-Ý])|\[\+\](?=[ \t]))[ \t]*(?=\S)"
)
NUMBER = re.compile(
    r"[ \t]*(?:\d{1,2}(?:\.\d{1,2})*[ ]?[.)/°][ \t]*(?:[-–][ \t])?|\d{1,2}[ ]?[-–:·•|][ \t]+|"
    r"\d{1,2}(?:\.\d{1,2})+(?:[ ]?[-–—:])?[ \t]+|[A-H][ \t][-–][ \t]|[a-hA-H][.)][ \t]+|"
    r"[ivxIVX]{1,4}[.)/][ \t]+|\(\d{1,2}\)[ \t]*|#\d{1,2}[ \t]*(?:[:–-][ \t]*)?)(?=[^\W\d]|[«\"“])"
)
MARKUP = re.compile(r"\*\*|(?m:^[ \t]*\|[ \t:|-]+$|^[ \t]*\|(?=.*\|[ \t]*$)|(?<=\S)[ \t]*\|[ \t]*$)")
"""Signs of Markdown that say nothing here: bold, the frame of a table."""
HASH = re.compile(r"[ \t]*#{1,6}[ \t]+")
WRAPPED = re.compile(
    r"(?:\b(?:de|du|des|la|le|les|et|a|au|aux|en|par|pour|sur|avec|dans|un|une|que|ou|son|sa|ses)|[ld]'|,)$"
)
RULE = re.compile(r"\s*(?:[-=_*~–—#]\s*){4,}")
ROW = re.compile(r"\s*[^\W\d][^:;.\n]{1,40}?(?: {3,}|\t| ?\| )\S|\s*[A-ZÀ-Ý][\w'’ -]{1,40} ?: \S")
"""A row of a table: a label, a wide gap, what it holds."""
PARALLEL = re.compile(
    r"(?:et |puis |enfin )?(?:(?P<article>l'|la |le |les |une? )|(?:mieux )?\w+(?:er|ir|re) )"
)
"""How lines of a list may begin that have no mark: with an article, or an infinitive, all of them."""
TURN = re.compile(
    r"et (?:\w+ )?(?:un|deux|trois|\d) (?:axes?|priorites?|orientations?|objectifs?|themes?) "
    r"[\w' ]{4,40} ?:$"
)
""" "Et deux axes transversaux :", below the items of one list and above those of the next."""
JOINT = re.compile(r"\s*(?:de|du|des|d'|et (?=\S+ \S)|ou|aux?|en|par|sur|dans|pour)\b")
KEYWORD = re.compile(
    r"[ \t]*(?:axe|priorite|orientation|objectif|defi|enjeu|ambition|thematique|article|et|entre)\b"
)
HEADED = re.compile(
    r"[ \t]*(?:les |nos |ses )?(?:(?:axes|priorites|orientations|objectifs|defis|enjeux|ambitions|thematiques"
    r"|themes|actions|volets|chantiers)(?: [a-z]+s)?|signataires|partenaires|duree|periode|contacts?) ?:?"
)
"""A line that is but what heads the lines below it."""
SENTENCE = re.compile(r"(?<![.!?…])[.!?…]++[»\")]*+(?=\s+[«\"“(A-ZÀ-ÖØ-ÞŒ0-9•])")
ABBREVIATION = re.compile(
    r"(?:[;:(] ?\d{1,2}|  \d{1,2}|\b(?:m|mm|mme|mmes|dr|drs|pr|st|ste|art|l|r|no|cf|etc|tel|av|bd|janv|fevr"
    r"|juil|sept|oct|nov|dec|p)|\b[a-z]|[;:,] ?[ivx]{2,4})\.$"
)
LABELLED = re.compile(
    r"[ \t]*(?:axe|priorite|orientation|objectif|volet|pilier|defi|enjeu|fiche|action|mesure)[\w-]*"
    r"(?: actions?)? (?:n ?°? ?|#)?\d"
)
LEADS = re.compile(r" ?\.{3}| ?…| ?_{3}|(?: \.){3}")
"""What leads to the page in a line of a table of contents."""
LONG = 70
WIDEST = 130
"""Lines are broken by hand, or by a page, at fewer characters: where one is longer, each break is meant."""
LONGEST = 2500


def fold(text: str) -> str:
    """The text in lower case, without accents, with plain dashes, apostrophes and spaces; same length.

    >>> fold("L’Éducation – Cœur")
    "l'education - cœur"
    """
    return "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    char = _SAME.get(char, char)
    low = char.lower()
    return unicodedata.normalize("NFD", low)[:1] if len(low) == 1 else char


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list item: its content without the mark, and its place.

    ``level`` is the indentation of an item; ``mark`` what it is marked with (a bullet, "1.").
    """

    kind: str
    start: int
    end: int
    level: int = 0
    mark: str = ""


@dataclass
class Page:
    """A text with what is read of its form."""

    source: str
    published: str = ""
    """The day of publication that the file states beside the text, where it does."""

    text: str = field(init=False)
    """The text with a space for every line break inside a block: same length, names in one piece."""

    folded: str = field(init=False)
    blocks: list[Block] = field(init=False)

    def __post_init__(self) -> None:
        plain = MARKUP.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), self.source)
        self.blocks = list(_blocks(plain, fold(plain)))
        flat = list(plain)
        for block in self.blocks:
            for at in range(block.start, block.end):
                if flat[at] in "\r\n\f\v\t\u2028\xa0\u202f":
                    flat[at] = " "
        self.text = "".join(flat)
        self.folded = fold(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences of every block, in order."""
        return [s for block in self.blocks for s in self.sentences_of(block)]

    def sentences_of(self, block: Block) -> list[tuple[int, int]]:
        """The sentences of a block."""
        found, start = [], block.start
        for match in SENTENCE.finditer(self.text, block.start, block.end):
            if ABBREVIATION.search(self.folded, max(start, match.start() - 6), match.end()):
                continue
            found.append((start, match.end()))
            start = match.end()
        found.append((start, block.end))
        trimmed = (self.trim(s, e) for span in found for s, e in _bounded(self.text, *span))
        return [(s, e) for s, e in trimmed if s < e]

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """Where sentences and blocks begin, for lookup."""
        return [s for s, _ in self.sentences], [b.start for b in self.blocks]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The sentence that holds a position."""
        at = bisect_right(self._places[0], position) - 1
        if at >= 0 and position < self.sentences[at][1]:
            return self.sentences[at]
        return position, position

    def block_at(self, position: int) -> int:
        """The index of the block that holds a position, -1 where none does."""
        at = bisect_right(self._places[1], position) - 1
        return at if at >= 0 and position < self.blocks[at].end else -1

    def trim(self, start: int, end: int, extra: str = "") -> tuple[int, int]:
        """A span without the spaces (and the characters of ``extra``) at its ends."""
        while start < end and (self.text[start].isspace() or self.text[start] in extra):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in extra):
            end -= 1
        return start, end


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run of words without a full stop, in parts that can be read in bounded time."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\r\n|\n|\r|\f|\v|\u2028|$", text):
        yield start, match.start()
        start = match.end()


def _blocks(text: str, folded: str) -> Iterator[Block]:
    """Lines joined where one runs on into the next."""
    current: Block | None = None
    blank = True
    listing = False
    widest = max((end - start for start, end in _lines(text)), default=0)
    wrapped = widest <= WIDEST
    for start, end in _lines(text):
        if not text[start:end].strip() or RULE.fullmatch(text, start, end):
            blank = True
            continue
        made = _line(text, folded, start, end)
        apart = TURN.fullmatch(folded, made.start, made.end) or (
            listing and current and _parallel(text, folded, current, made, widest)
        )
        if current and not blank and not apart and _runs_on(text, folded, current, made, start, wrapped):
            current = Block(current.kind, current.start, made.end, current.level, current.mark)
            blank = False
            continue
        if current:
            listing = text[current.end - 1] == ":" or (listing and bool(apart))
            yield _final(text, folded, current, blank)
        current, blank = made, False
    if current:
        yield _final(text, folded, current, True)


def _line(text: str, folded: str, start: int, end: int) -> Block:
    for pattern, kind in ((HASH, "heading"), (BULLET, "item"), (NUMBER, "item")):
        match = pattern.match(text, start, end)
        if match and not re.match(
            r"\s*\d{1,2}[ .-]+(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout"
            r"|sept(?:embre)?"
            r"|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\b",
            folded[start:end],
        ):
            level = len(match.group().expandtabs(4)) - len(match.group().expandtabs(4).lstrip())
            return _tight(text, kind, match.end(), end, level, match.group().strip())
    return _tight(text, "para", start, end, 0, "")


def _tight(text: str, kind: str, start: int, end: int, level: int, mark: str) -> Block:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(kind, start, end, level, mark)


def _runs_on(text: str, folded: str, before: Block, line: Block, at: int, wrapped: bool) -> bool:
    if line.kind != "para" or before.kind == "heading":
        return False
    last, first = text[before.end - 1], text[line.start]
    if ROW.match(text, at, line.end) or " | " in text[before.start : before.end]:
        return False
    if LABELLED.match(folded, at, line.end) or _paged(text, before):
        return False
    if last == "-" and text[before.end - 2].isalpha() and first.isalpha():
        return True
    if first.islower() and last not in ".:;!?":
        return True
    if last == ",":
        return False
    if WRAPPED.search(folded, before.start, before.end) and last != ",":
        return True
    if JOINT.match(folded, line.start, line.end) and last not in ".:;!?»" and text[at : line.end].isupper():
        return True
    if (
        KEYWORD.match(folded, line.start)
        or HEADED.fullmatch(folded, line.start, line.end)
        or last in ".:;!?»"
    ):
        return False
    return wrapped and before.kind == "para" and line.start - at < 3 and _last_line(text, before) >= LONG


def _parallel(text: str, folded: str, before: Block, line: Block, widest: int) -> bool:
    """Whether two lines are of a list without marks: both begin so, and there was room for the second."""
    one, other = (PARALLEL.match(folded, b.start, b.end) for b in (before, line))
    if not one or not other or before.kind != "para" or "\n" in text[before.start : before.end]:
        return False
    first = text.find(" ", line.start, line.end)
    room = widest - (before.end - before.start)
    same = (one.group("article") is None) == (other.group("article") is None)
    return same and room > max(20, first - line.start + 1)


def led(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the dots or the rule of a line of contents are, up to its page or its end; read from the end."""
    page = end
    while page > max(start, end - 3) and text[page - 1].isdecimal():
        page -= 1
    at = page
    while at > start and text[at - 1] in " .…_\t":
        at -= 1
    found = LEADS.search(text, at, page)
    return (found.start(), page) if found else None


def _paged(text: str, block: Block) -> bool:
    """Whether it ends as a line of a table of contents does, with its page."""
    leader = led(text, block.start, block.end)
    return leader is not None and leader[1] < block.end


def _last_line(text: str, block: Block) -> int:
    return block.end - max(text.rfind("\n", block.start, block.end), block.start - 1) - 1


def _final(text: str, folded: str, block: Block, blank: bool) -> Block:
    """A short paragraph of one line without a full stop is a heading."""
    content = text[block.start : block.end]
    if block.kind == "para" and len(content) <= 150 and "\n" not in content and content[-1] not in ".;,:…":
        return Block("heading", block.start, block.end)
    return block
