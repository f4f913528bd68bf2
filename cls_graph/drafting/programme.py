"""The axes of a contract: numbered lines, bullets, enumerations in a sentence, "le premier axe concerne"."""

from __future__ import annotations

import re

from cls_graph.drafting.axes import (
    ANNOUNCE,
    GENERAL,
    PLURAL,
    WORDS,
    Announced,
    Axis,
    Programme,
    merge,
    singular,
    type_of,
)
from cls_graph.drafting.bullets import Bullets
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.enumeration import shape_of
from cls_graph.drafting.layout import Block

TOLD = re.compile(
    r"(?P<mid>(?: [\w'()-]+){0,16}?)(?P<sure>,? a savoir |,? tel(?:le)?s que |,? soit |,? (?:qui|que) "
    r"sont |"
    r",? au nombre de \w+, sont |, )(?P<list>(?:l'|la |le |les |celle |\w+(?:er|ir|re) |«|[a-z])[^.:]*"
    r"(?:,| et )[^.]*)"
)
AGAIN = re.compile(r"(?:elles?|ils?|ceux-ci|celles-ci|ces (?:\w+ )?\w+s|leur)\b[^.;]{0,140}")
OPEN = re.compile(r"\b(?:parmi (?:lesquels|lesquelles|eux)|notamment|dont|tels? que|telles? que)\b")


class ProgrammeReader(Bullets):
    """Reads the axes of one contract in the parts of a page that are about it."""

    def read(self) -> Programme:
        """The axes by the surest way that the text offers, the words for an axis before those for an aim."""
        programme = Programme(counts=self._counts())
        ways = [
            self._labelled(),
            *self._announced(),
            self._prose(),
            *self._single(),
            self._each(),
            *self._before(),
            *self._aimed(),
        ]
        ways = [w for w in ways if w]
        if not ways:
            return programme
        best = min(WORDS.get(w[0].word, 9) for w in ways)
        kept = [w for w in ways if WORDS.get(w[0].word, 9) == best]
        programme.axes = merge(kept, self.page)
        return programme

    def _counts(self) -> list[Announced]:
        found = []
        for match in re.finditer(
            rf"\b{NUMBER} (?:grand[es]* |principa\w+ )?(?P<word>{PLURAL})(?P<type> "
            rf"(?:strategiques|transversa\w+|thematiques))?",
            self.page.folded,
        ):
            if not self._mine(match.start()) or not (value := number(match.group("n"))):
                continue
            kind = type_of(match.group("word") + (match.group("type") or ""))
            found.append(Announced(*match.span(), value, kind, singular(match.group("word"))))
        return found

    def _announced(self) -> list[list[Axis]]:
        found: list[list[Axis]] = []
        known: tuple[str, int] | None = None
        for index, block in enumerate(self.blocks):
            for start, end in self.page.sentences_of(block):
                text = self.page.folded[start:end]
                if block.kind == "item" or GENERAL.search(text) or not self._mine(start):
                    continue
                last = end == block.end or end >= block.end - 1
                for axes in self._sentence(index, block, start, text, last):
                    found.append(axes)
                said = list(ANNOUNCE.finditer(text))
                if said:
                    known = singular(said[-1].group("word")), number(said[-1].group("n") or "")
                elif known and last and AGAIN.match(text) and text.rstrip().endswith(":"):
                    found.append(self._list(index, known[0], type_of(text), known[1]))
                if block.kind == "heading" and not said:
                    known = None
        return found

    def _sentence(self, index: int, block: Block, start: int, text: str, last: bool) -> list[list[Axis]]:
        found: list[list[Axis]] = []
        marks = [
            m
            for m in ANNOUNCE.finditer(text)
            if not re.search(r"\b(?:politiques|sante publique)\b", m.group("rest"))
        ]
        for at, match in enumerate(marks):
            word = singular(match.group("word"))
            count = number(match.group("n") or "")
            rest = text[match.end("word") :]
            stop = marks[at + 1].start() - match.end("word") if at + 1 < len(marks) else len(rest)
            colon = re.search(r" ?:", rest[:stop])
            axes: list[Axis] = []
            row = re.match(r" {3,}| ?\| ", rest)
            if row and match.start() == 0 and not colon:
                spans = self._pieces(start + match.end("word") + row.end(), start + len(text))
                spans = spans if re.search(r";|\d[.)] ", rest) or len(spans) > 2 else []
                found += [[self._axis(*s, word) for s in spans]] if spans else []
                continue
            kind = (
                type_of(match.group("word") + rest[: colon.start()])
                if colon
                else type_of(match.group("word") + rest[:18])
            )
            if (
                colon
                and len(rest[: colon.start()].split()) <= 18
                and not re.search(r"\.\s", rest[: colon.start()])
            ):
                after = start + match.end("word") + colon.end()
                limit = start + match.end("word") + stop
                if not self.page.text[after:limit].strip():
                    axes = self._list(index, word, kind, count) if last else []
                else:
                    axes = self._enumeration(after, limit, word, kind, count)
            elif (
                last
                and at == len(marks) - 1
                and (block.kind == "heading" or not text.rstrip().endswith((".", "!", "?")) or count)
            ):
                axes = self._list(index, word, kind, count)
            if not axes and (inside := re.match(r"(?: [\w']+){0,3} ?\((?P<list>[^()]*,[^()]*)\)", rest)):
                axes = self._enumeration(
                    start + match.end("word") + inside.start("list"),
                    start + match.end("word") + inside.end("list"),
                    word,
                    kind,
                    count,
                )
            if not axes:
                tail = re.match(
                    r"(?P<mid>(?: [\w'()-]+){0,8}?)(?: (?:sont|est|figurent|apparaissent)|"
                    r",(?: a savoir)?| que sont|, qui sont) (?P<list>[^.:]*,[^.:]* et [^.]*|"
                    r"[^.:;,]+ et [^.;]+)",
                    rest[:stop],
                )
                if (
                    tail
                    and (
                        count or re.search(r"\b(?:sont|figurent|apparaissent) ?$", rest[: tail.start("list")])
                    )
                    and not re.search(r"\b(?:afin|pour|qui|dont|ete|ont)\b", tail.group("mid"))
                    and not re.match(
                        r"(?:defini|identifi|retenu|issu|partag|decline|ainsi|ensuite|dont|"
                        r"qui|afin|pour|chacun|et )",
                        tail.group("list"),
                    )
                ):
                    axes = self._enumeration(
                        start + match.end("word") + tail.start("list"),
                        start + match.end("word") + tail.end("list"),
                        word,
                        kind,
                        count,
                    )
            if not axes and (told := TOLD.match(rest[:stop])):
                begin = start + match.end("word") + told.start("list")
                finish = start + match.end("word") + told.end("list")
                axes = self._enumeration(begin, finish, word, kind, count)
                shapes = {shape_of(self.page.folded[a.start : a.end]) for a in axes}
                bare = told.group("sure") == ", "
                if (bare and (len(axes) != count or len(shapes) > 1 or "" in shapes)) or (
                    count and len(axes) != count
                ):
                    axes = []
            if axes and (count or WORDS.get(word, 9) < 2 or colon):
                some = OPEN.search(rest[: (colon.end() if colon else 20)])
                at = start + match.end("word")
                for axis in axes:
                    axis.open = (at + some.start(), at + some.end()) if some else None
                found.append(axes)
        return found
