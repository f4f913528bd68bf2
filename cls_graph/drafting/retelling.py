"""A text about another kind of contract, read as if it spoke of a local health contract.

The rules of drafting are written in the words "contrat local de santé" and "CLS". A corpus of another kind
names its own (``contract_kind``): in the text that the rules see, those words stand in the place of its own,
and the other way round, so that a local health contract is then some other agreement. Places found there are
led back to the text itself, from which every quote and name is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from cls_graph.drafting.abbreviations import DOTTED, undotted
from cls_graph.drafting.calling import OURS, branded, stands, ways
from cls_graph.drafting.layout import fold
from cls_graph.kind import Kind, Words

_MASCULINE = {
    "la ": "le ", "l'": "le ", "de la ": "du ", "de l'": "du ", "d'une ": "d'un ", "une ": "un ",
    "a la ": "au ", "a l'": "au ", "cette ": "ce ", "cet ": "ce ", "sa ": "son ",
}  # fmt: skip
_ADJECTIVES = {
    "nouvelle ": "nouveau ", "nouvel ": "nouveau ", "premiere ": "premier ", "seconde ": "second ",
    "presente ": "présent ", "precedente ": "précédent ", "ancienne ": "ancien ", "derniere ": "dernier ",
    "future ": "futur ", "1ere ": "1er ", "1re ": "1er ",
}  # fmt: skip
_PLAIN = r"(?:deuxieme |troisieme |quatrieme |2e |3e |4e |nouveau |premier |second |futur |present )"
_OF_ITS_OWN = r"(?! (?:de|du|des|pour|[a-z]+(?:al|ale|if|ive|ique|el|elle|ier|aire|ain|aine|eux))\b| d')"
"""A bare "projet" that goes on with a name of its own ("projet de loi") is another one."""
_DETERMINED = re.compile(r"\b(?:le|la|l'|ce|cette|cet|du|au|son|sa|notre|votre) ?(?:\w+ )?$")
_PRONOUN = re.compile(r"(?P<she>elle|celle-ci)\b(?!-)")
_HIM = {"elle": "il", "celle-ci": "celui-ci"}
APART = re.compile(r"\w[\u0300-\u036f]+")
"""A letter and the accents that stand after it as characters of their own (Unicode's form NFD)."""
_SUBJECT = 24
"""How far into a sentence the name of its subject ends at least, before "elle" may be the contract."""


@dataclass(frozen=True)
class Retold:
    """``text`` as the rules read it; ``at``, ``was``: the places of what was replaced, there and before."""

    text: str
    at: tuple[tuple[int, int], ...] = ()
    was: tuple[tuple[int, int], ...] = ()
    before: Retold | None = None
    """What this was made from, where that is not the text itself."""

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The same place in the text itself; what was replaced is taken whole."""
        if self.at:
            first = self._back(start)[0]
            start, end = first, self._back(end - 1)[1] if end > start else first
        return self.before.back(start, end) if self.before else (start, end)

    def _back(self, position: int) -> tuple[int, int]:
        """The place of one character."""
        index = bisect_right(self.at, position, key=lambda span: span[0]) - 1
        if index < 0:
            return position, position + 1
        (_, end), was = self.at[index], self.was[index]
        return was if position < end else (was[1] + position - end, was[1] + position - end + 1)


def retold(text: str, kind: Kind) -> Retold:
    """The text as the rules of local health contracts read it; itself where that is the kind.

    Accents that stand apart from their letters, as files from macOS and some PDFs have them, are joined, and
    initials are read without their dots.
    """
    # One after the other: an accent that stands apart may be on one of the initials.
    whole = _replaced(text, ((*m.span(), normalize("NFC", m.group())) for m in APART.finditer(text)))
    initials = ((*m.span(), undotted(m.group())) for m in DOTTED.finditer(whole.text))
    joined = _replaced(whole.text, initials, whole)
    if kind.usual:
        return joined
    return _replaced(joined.text, sorted(_replacements(joined.text, kind.names["fr"])), joined)


def _replaced(text: str, put: Iterable[tuple[int, int, str]], before: Retold | None = None) -> Retold:
    """The text with other words at some places, in order; of two that overlap, the first."""
    parts, at, was, done, length = [], [], [], 0, 0
    for start, end, words in put:
        if start < done:
            continue
        parts += [text[done:start], words]
        length += start - done
        at.append((length, length + len(words)))
        was.append((start, end))
        length += len(words)
        done = end
    return Retold("".join([*parts, text[done:]]), tuple(at), tuple(was), before)


def _replacements(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """What is put where: the names, what agrees with them before, and the noun alone."""
    folded = fold(text)
    names = ways(text, folded, words)
    head = fold(words.singular).split()[0]
    longest = "|".join(f"(?P<n{i}>{way.pattern})" for i, way in enumerate(names))
    bare = rf"|(?<=[\s'])(?P<bare>{re.escape(head)}){_OF_ITS_OWN}" if head != "contrat" else ""
    before = "|".join(_spaced(w) for w in sorted(_MASCULINE, key=len, reverse=True))
    adjective = "|".join(_spaced(w) for w in sorted(_ADJECTIVES, key=len, reverse=True))
    pattern = re.compile(
        rf"(?:\b(?P<article>{before})(?P<plain>{_PLAIN})?)?(?:\b(?P<adjective>{adjective}))?"
        rf"(?:\b(?P<name>{longest})\b{bare}\b)"
    )
    told: list[tuple[int, int]] = []
    for match in pattern.finditer(folded):
        if match["name"]:
            way = next(way for i, way in enumerate(names) if match[f"n{i}"] is not None)
            start, end = match.span("name")
            if not stands(text, end, way):
                continue
            ours = way.put in OURS
            told += [(match.start(), end)] if ours else []
            yield start, branded(text, end) if ours else end, _as_written(way.put, text[start:end])
        else:
            ours = bool(_DETERMINED.search(folded, max(0, match.start("bare") - 24), match.start("bare")))
            if ours:
                told.append(match.span())
                yield *match.span("bare"), _as_written("contrat", text[slice(*match.span("bare"))])
        for group, table in (("article", _MASCULINE), ("adjective", _ADJECTIVES)):
            if ours and match[group]:
                put = table[re.sub(r"\s", " ", match[group])]
                yield *match.span(group), _as_written(put, text[slice(*match.span(group))])
    if words.feminine:
        yield from _pronouns(text, folded, told)


def _pronouns(text: str, folded: str, told: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """ "La convention est signée. Elle court jusqu'en 2027.": "elle" after a sentence about it."""
    about, before = False, 0
    for mark in re.finditer(r"[.!?\n]\s+|\Z", folded):
        start, before = before, mark.end()
        pronoun = _PRONOUN.match(folded, start)
        if pronoun is None:
            about = any(s - start < _SUBJECT and start <= s < before for s, _ in told)
        elif about:
            she = text[slice(*pronoun.span("she"))]
            yield *pronoun.span("she"), _as_written(_HIM[pronoun["she"]], she)


def _spaced(words: str) -> str:
    """A pattern of words and the space after them, wherever the line is broken."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return pattern + r"\s" if words.endswith(" ") else pattern


def _as_written(put: str, was: str) -> str:
    """A replacement with the capitals and the line break of what it replaces."""
    if was.isupper() and len(was.strip()) > 1 + was.endswith("'"):
        put = put.upper()
    elif was[:1].isupper():
        put = put[:1].upper() + put[1:]
    broken = re.search(r"\s*\n\s*", was)
    return put.replace(" ", broken.group(), 1) if broken else put
