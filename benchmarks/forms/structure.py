"""What a text would be written as in a word processor: headings, paragraphs, nested lists, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

BULLET = re.compile(r"([ \t]*)([•◦▪●–*-])[ \t]+(?=\S)")
NUMBER = re.compile(r"([ \t]*)(\d{1,2})([.)])[ \t]+(?=\S)")
CELLS = re.compile(r"\s+\|\s+|\t+|(?<=\S) {3,}(?=\S)")
WRAPPED = 60
"""Characters of a line that was broken by hand, where the next goes on in lower case."""
LONG = 8
"""Letters of a word that may be cut at the end of a line."""


@dataclass
class Part:
    """A part of a text.

    ``kind``: heading, lines (a paragraph, or several lines without room between), item, row, as-is.
    ``level``: of a heading from 1, of an item from 0. ``mark``: the bullet or number of an item.
    """

    kind: str
    lines: list[str]
    level: int = 0
    mark: str = ""
    cells: list[str] = field(default_factory=list)
    block: int = 0
    """Parts with a blank line between them are of different blocks."""


def parts(text: str) -> Iterator[Part]:
    """The parts of a text, in order."""
    if re.search(r"^\S.*\S {3,}\S", text, re.MULTILINE) and all(len(li) < 110 for li in text.split("\n")):
        yield Part("as-is", text.split("\n"))  # laid out by hand, in columns of letters
        return
    first = True
    for at, block in enumerate(re.split(r"\n\s*\n", text.strip("\n"))):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        for part in _block(_unwrapped(lines), first=first):
            part.block = at
            yield part
        first = False


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines with those joined that were broken by hand."""
    out: list[str] = []
    for line in lines:
        if (
            out
            and len(out[-1]) >= WRAPPED
            and out[-1][-1] not in ".:;!?"
            and (line.lstrip()[0].islower() or line[:2] == "  ")
            and not BULLET.match(line)
            and not NUMBER.match(line)
        ):
            out[-1] = f"{out[-1]} {line.strip()}"
        else:
            out.append(line)
    return out


def _block(lines: list[str], *, first: bool) -> Iterator[Part]:
    """The parts of lines that stand together."""
    margin = min((len(m.group(1)) for li in lines if (m := BULLET.match(li) or NUMBER.match(li))), default=0)
    for at, line in enumerate(lines):
        words = line.strip()
        if mark := BULLET.match(line) or NUMBER.match(line):
            level = min((len(mark.group(1)) - margin + 1) // 2, 2)
            yield Part("item", [line[mark.end() :]], level, "".join(mark.groups()[1:]))
        elif len(cells := CELLS.split(words.strip("| "))) > 1 and re.search(r"[|\t]|\S {3,}\S", words):
            yield Part("row", [words], cells=cells)
        elif at == 0 and _is_heading(words, alone=len(lines) == 1, follows=lines[1:2]):
            yield Part("heading", [words], 1 if first else 2 if words.isupper() or words[0].isdigit() else 3)
            first = False
        else:
            yield Part("lines", [words])


def _is_heading(words: str, *, alone: bool, follows: list[str]) -> bool:
    if len(words) > 90 or words[-1] in ".;,!" or words.startswith(("|", "#", "*")):
        return False
    return alone or bool(BULLET.match(follows[0]) or NUMBER.match(follows[0])) or len(follows[0]) > 90


def grouped(found: Iterator[Part]) -> Iterator[list[Part]]:
    """Parts of one kind that follow one another, together: a list, a table, the lines of a paragraph."""
    group: list[Part] = []
    for part in found:
        apart = part.kind != "item" and group and part.block != group[0].block
        if group and (part.kind != group[0].kind or part.kind == "heading" or apart):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def cut(words: str, sign: str, escape: Callable[[str], str]) -> str:
    """Words with ``sign`` (a soft hyphen) where a long word may be cut: between a vowel and a syllable."""
    syllable = r"(?<=[a-zéèêîïôûù]{2}[aeiouyéèêîô])(?=[bcdfgjlmnpqrstv][aeiouyéèêîô][a-zéèêîïôûùç]{2})"

    def parted(match: re.Match[str]) -> str:
        return re.sub(syllable, "\0", match.group()) if len(match.group()) >= LONG else match.group()

    return escape(re.sub(r"[^\W\d_]+", parted, words)).replace("\0", sign)
