"""The axes of a contract: numbered lines, bullets, enumerations in a sentence, "le premier axe concerne"."""

from __future__ import annotations

import re

from cls_graph.drafting.axes import (
    ANNOUNCE,
    GENERAL,
    LABELLED,
    PLURAL,
    SINGULAR,
    WORDS,
    Announced,
    Axis,
    Programme,
    distinct,
    merge,
    singular,
    sort_of,
    type_of,
)
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.enumeration import shape_of
from cls_graph.drafting.layout import Block
from cls_graph.drafting.prose import Prose

TOLD = re.compile(
    r"(?P<mid>(?: [\w'()-]+){0,16}?)(?P<sure>,? a savoir |,? tel(?:le)?s que |,? soit |,? (?:qui|que) "
    r"sont |"
    r",? au nombre de \w+, sont |, )(?P<list>(?:l'|la |le |les |celle |\w+(?:er|ir|re) |«|[a-z])[^.:]*"
    r"(?:,| et )[^.]*)"
)
AIMED = re.compile(
    r"\b(?:contrat|cls|il|celui-ci)(?:(?! actions?\b| fiches?\b| mesures?\b)[^.;:]){0,40} (?:vise|porte sur|"
    r"repose sur|se concentre sur|cible|se decline|s'articule)(?:(?! actions?\b| fiches?\b)[^.;:]){0,60}:$"
)
AGAIN = re.compile(r"(?:elles?|ils?|ceux-ci|celles-ci|ces (?:\w+ )?\w+s|leur)\b[^.;]{0,140}")
OPEN = re.compile(r"\b(?:parmi (?:lesquels|lesquelles|eux)|notamment|dont|tels? que|telles? que)\b")


class ProgrammeReader(Prose):
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

    def _labelled(self) -> list[Axis]:
        found: list[Axis] = []
        last: Axis | None = None
        for index, block in enumerate(self.blocks):
            match = LABELLED.match(self.page.folded, block.start, block.end)
            inline = list(LABELLED.finditer(self.page.folded, block.start, block.end))
            inline = [m for m in inline if m.group("mark").strip()]
            if match and (match.group("mark").strip() or block.kind == "heading" or block.kind == "item"):
                if len(inline) > 1 and inline[0].start() == block.start:
                    found += self._inline(inline, block.end)
                    continue
                made = self._label_line(index, block, match)
                if made is None:
                    continue
                if match.group("sub") or (found and WORDS[made.word] > WORDS[found[0].word]):
                    if last is not None:
                        last.children.append(made)
                    continue
                if found and WORDS[made.word] < WORDS[found[0].word]:
                    found = []
                last = made
                found.append(made)
            elif len(inline) > 1 or (inline and re.match(r"1|i\b|a\b", inline[0].group("rank"))):
                found += self._inline(inline, block.end)
            elif last is not None and block.kind == "item":
                last.children.append(self._axis(block.start, block.end, "objectif"))
            elif block.kind != "item" and last is not None and not match and block.kind == "heading":
                last = None
        return distinct(found, self.page)

    def _label_line(self, index: int, block: Block, match: re.Match[str]) -> Axis | None:
        start, end = self.page.trim(match.end(), block.end, ' :-–—.«»"')
        if start >= end:
            following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if following is None or following.end - following.start > 200:
                return None
            start, end = following.start, following.end
        return self._axis(
            start, end, match.group("word"), code=(match.start(), match.end()), kind=type_of(match.group())
        )

    def _inline(self, marks: list[re.Match[str]], stop: int) -> list[Axis]:
        found = []
        for here, after in zip(marks, [*marks[1:], None], strict=False):
            end = after.start() if after else stop
            cut = re.search(r"\. |;(?=\s)|\n", self.page.folded[here.end() : end])
            end = here.end() + cut.start() if cut else end
            start, end = self.page.trim(here.end(), end, ' :-–—.,;«»")')
            end = self._without(start, end)
            if start < end:
                found.append(
                    self._axis(start, end, here.group("word"), code=here.span(), kind=type_of(here.group()))
                )
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

    def _list(self, index: int, word: str, kind: str, count: int) -> list[Axis]:
        """The list after an announcement: items, else lines of one form."""
        found: list[Axis] = []
        items: list[Block] = []
        for block in self.blocks[index + 1 : index + 60]:
            if (
                items
                and block.kind != items[0].kind
                and not (items[0].kind == "item" and block.kind == "item")
            ):
                if (
                    items[0].kind == "heading"
                    and block.kind == "para"
                    and len(items) < (count or 99)
                    and not self.page.text[block.start : block.end].rstrip().endswith(":")
                ):
                    continue
                if items[0].kind == "para" and block.kind == "heading" and count and len(items) < count:
                    pass
                else:
                    break
            if (
                not items
                and block.kind == "para"
                and not re.search(r" ?: |;$|,$", self.page.folded[block.start : block.end])
                and block.end - block.start > 160
            ):
                break
            heading = ANNOUNCE.match(self.page.folded, block.start, block.end)
            if not items and heading and block.kind == "heading" and heading.end() >= block.end - 3:
                continue
            if LABELLED.match(self.page.folded, block.start, block.end):
                break
            if items and items[0].kind != "item" and count and len(items) >= count:
                break
            items.append(block)
        if not items:
            return []
        if items[0].kind != "item" and not (
            2 <= len(items) <= 12 and (count == len(items) or all(self._item_like(b) for b in items))
        ):
            if not count or len(items) < count:
                return []
            items = items[:count]
        if (
            items[0].kind != "item"
            and not count
            and not all(
                " :" in self.page.text[b.start : b.end]
                or self.page.text[b.end - 1] in ";,"
                or b.kind == "heading"
                for b in items
            )
        ):
            return []
        top = min(b.level for b in items)
        firsts = [b for b in items if b.level == top and sort_of(b.mark) == sort_of(items[0].mark)]
        if count and len(firsts) > count and len({b.level for b in items}) == 1:
            firsts = firsts[:count] if len(firsts) > count + 3 else firsts
        for block in items:
            if block in firsts:
                axis = self._item(block, word, kind)
                if axis:
                    found.append(axis)
            elif found:
                found[-1].children.append(
                    self._axis(*self.page.trim(block.start, block.end, " ;.,"), "objectif")
                )
        return found if len(found) > 1 or count == 1 else []

    def _item_like(self, block: Block) -> bool:
        text = self.page.text[block.start : block.end]
        return len(text) < 260 and (
            " :" in text or ": " in text or block.kind == "heading" or text[-1] in ";,"
        )

    def _item(self, block: Block, word: str, kind: str) -> Axis | None:
        start, end = self.page.trim(block.start, block.end, " ;.,:")
        lead = re.match(r"(?:de |d'|a )(?=\w{3,}(?:er|ir|re|oir)\b)", self.page.folded[start:end])
        start = start + lead.end() if lead else start
        text = self.page.folded[start:end]
        cut = re.search(r" ?: (?=\w)| ?\((?=[^)]{25,}\)$)| [-–] (?=\w+ \w+ \w+)", text)
        children: list[Axis] = []
        if cut and cut.start() > 5 and not re.match(rf"(?:{SINGULAR})\b", text):
            left, right = self.page.trim(start + cut.end(), end, " ;.,)")
            if cut.group().strip() == ":" and right - left > 8:
                children = [self._axis(*piece, "mesure") for piece in self._pieces(left, right)]
            end = start + cut.start()
        sentence = re.search(r"\. (?=[A-ZÀ-Ü])", self.page.text[start:end])
        if sentence and sentence.start() > 5:
            end = start + sentence.start()
        tail = re.search(r"[ ,;]+et$", self.page.folded[start:end])
        end = start + tail.start() if tail else end
        start, end = self.page.trim(start, end, " ;,.")
        if end - start < 4 or re.fullmatch(r"et|enfin|puis", self.page.folded[start:end]):
            return None
        return self._axis(start, end, word, kind=kind, children=children)

    def _aimed(self) -> list[list[Axis]]:
        """ "Ce contrat vise : …": a list that the contract is said to aim at, where no other is."""
        found = []
        for index, block in enumerate(self.blocks):
            text = self.page.folded[block.start : block.end]
            after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if block.kind != "item" and after and after.kind == "item" and AIMED.search(text):
                found.append(self._list(index, "visee", "unspecified", 0))
        return found
