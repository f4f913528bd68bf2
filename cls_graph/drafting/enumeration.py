"""Enumerations in a sentence: divided by number, semicolon, comma, "et", by the form of their parts."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.axes import Axis
from cls_graph.drafting.layout import Block, Page, led

ROMAN = re.compile(r"(?:^|(?<=[ ;,]))[ivx]{1,4}\. ")
"""The number of a part: "I. Offre de soins ; II. Prévention"."""

ASIDE = re.compile(
    r" ?\((?:axe )?transvers(?:al|ale|e)\)$| ?\((?:axe|priorite|objectif|orientation) ?(?:n ?°? ?)?\d\)$"
    r"| ?\(\w+ (?:fiches?|actions?|mesures?)[^()]*\)$"
    r"|, avec un volet\b[^;:]*$"
    r"|, (?:premiere?|principale?|deuxieme|seconde?) (?:cause|facteur|motif|preoccupation|enjeu)\b[^;:,]*$"
)
""" "Accès aux soins (5 fiches)", "Coordination (axe transversal)"."""
OWN_MARK = re.compile(
    r"(?:[\u2460-\u24ff\u2776-\u2793] ?|(?:os|axe|a|o|p)? ?\d{1,2}(?: ?[-:.)] ?| )|\(\d{1,2}\) "
    r"?)(?=[^\W\d]|[«(])"
)
""" "OS1 – Soins", "A1 soins": marks of the text's own, where every part has one."""
CROSSING = re.compile(
    r",? (?:et|ainsi qu'|plus|avec) ?un axe transvers(?:al|e)(?: ?:| consacre a|,| \(| -) ?"
)
RUN = re.compile(r"(?<=[\s:;,.(-])\(?(?P<rank>\d)\s?[.)/°] *(?=[^\W\d]|«)")
""" "1. Soins. 2. Santé mentale.": parts that full stops divide."""
PART_OF = re.compile(
    r", (?:dont|notamment|en particulier|y compris)\b"
    r"(?! (?:est|sont|sera|seront|on|il|elle)\b)(?![^,;]*\b(?:est|sont|a|ont|sera|seront|doit)\b)"
    r"[^,;:]{3,60}$"
)
""" "L'offre de soins, dont la médecine de ville": what stays with the part that it narrows."""
TALLIES = re.compile(
    r"(?:,| et| ainsi que| pour) \d{1,3} (?:fiches?|actions?|mesures?)\b[^,;.]*"
    r"(?:, (?:et )?\d{1,3} [^,;.]*)*$"
)
""" "Quatre orientations : A, B, C, D, 14 actions et 30 mesures": what is counted beside the axes."""
DOING = re.compile(
    r"(?!(?:ag|cli|pati|accid|adolesc|tal|abs|ferm|interv|prud|urg|ev|impercept|pres|conv|cont|par|asc)ent)"
    r"[a-z]{3,}(?<!m)ent"
)
"""A verb in the plural."""
ALONE = re.compile(r"(?:(?<=[:;,] )|(?<=[:;,] « ))(?P<verb>[A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re))(?= ?[,(;.»]| ?:)")
"""A verb that stands for an axis."""
DASHES = " - "
""" "Axes : soins – santé mentale – bien vieillir"."""


class Enumerations:
    """Divides the enumerations of the parts of a page that are about one contract."""

    def __init__(self, page: Page, parts: list[tuple[int, int]], skipped: list[tuple[int, int]]) -> None:
        self.page, self.parts, self.skipped = page, parts, skipped
        self.of_health = True
        self.blocks = self._own_blocks()

    def leave_out(self, spans: list[tuple[int, int]]) -> None:
        """Read nothing of these parts of the page."""
        self.skipped = [*self.skipped, *spans]
        self.blocks = self._own_blocks() if spans else self.blocks

    def _own_blocks(self) -> list[Block]:
        return [b for b in self.page.blocks if self._mine(b.start) or self._mine(b.end - 1)]

    def _mine(self, position: int) -> bool:
        inside = any(s <= position < e for s, e in self.parts)
        return inside and not any(s <= position < e for s, e in self.skipped)

    def _axis(
        self,
        start: int,
        end: int,
        word: str,
        *,
        code: tuple[int, int] | None = None,
        kind: str = "unspecified",
        sure: float = 0.95,
        children: list[Axis] | None = None,
    ) -> Axis:
        start, end = self.page.trim(start, end, " ;,")
        if leader := led(self.page.folded, start, end):
            end = leader[0]
        if end > start and self.page.text[end - 1] == "." and not self.page.text[start:end].endswith("..."):
            end -= 1
        if aside := ASIDE.search(self.page.folded, start, end):
            start, end = self.page.trim(start, aside.start())
            kind = "transversal" if "transvers" in aside.group() else kind
        mark = self.page.text[code[0] : code[1]].strip(" :-–—.(,") if code else ""
        return Axis(
            start, end, mark, kind, None, sure, children or [], (code[0] if code else start, end), word
        )

    def _without(self, start: int, end: int) -> int:
        tail = re.search(r"[\s,;]+(?:et|puis|enfin)(?: l[ea']?)?\s*$", self.page.folded[start:end])
        return start + tail.start() if tail else end

    def _enumeration(self, start: int, end: int, word: str, kind: str, count: int) -> list[Axis]:
        if run := self._numbered_run(start, end):
            return [self._axis(*s, word, kind=kind) for s in run] if len(run) == (count or len(run)) else []
        text = ROMAN.sub(lambda m: m.group().replace(".", " "), self.page.folded[start:end])
        stop = re.search(r"(?<![ ,;(:]\d)[.!?](?:\s|$)", text)
        end = start + stop.start() if stop else end
        if verbs := self._infinitives_of(start, end, count):
            return [self._axis(*v, word, kind=kind) for v in verbs]
        close = self.page.text.find("»", start, end)
        if close >= 0 and self.page.text.find("«", start, close) < 0:
            end = close  # what somebody says ends here
        announced = count
        count = 0 if self._breaks_off(end) else count
        tally = TALLIES.search(self.page.folded, start, end) if count else None
        beside = self._pieces(start, tally.start(), count) if tally else []
        pieces = beside if beside and len(beside) == count else self._pieces(start, end, count)
        if count and len(pieces) > count and not re.search(r"notamment|dont", text):
            pieces = pieces[:count] if len(pieces) == count + 1 and ";" not in text else pieces
        if re.match(r" ?(?:le|la|l')? ?(?:premiere?|1er)\b", self.page.folded[start:end]):
            return []
        if len(pieces) < 2 or any(e - s > 190 for s, e in pieces) or self._told_of(pieces):
            return []
        sure = 0.95 if not announced or len(pieces) == announced else 0.7
        return self._unmarked([self._axis(s, e, word, kind=kind, sure=sure) for s, e in pieces])

    def _infinitives_of(self, start: int, end: int, count: int) -> list[tuple[int, int]]:
        """ "Renforcer, ainsi par un bus ; Innover, …": the verbs, where they are as many as are counted."""
        marks = list(ALONE.finditer(self.page.text, start, end)) if count > 1 else []
        return [m.span("verb") for m in marks] if len(marks) == count else []

    def _breaks_off(self, at: int) -> bool:
        """Whether the text ends there in the middle of a sentence: it was cut, and may tell only some."""
        rest = self.page.text[at:].strip()
        return not rest and self.page.text[:at].rstrip()[-1:] not in tuple(".!?»:)")

    def _told_of(self, pieces: list[tuple[int, int]]) -> bool:
        """Whether a part is what somebody does: "ses domaines sont vastes, et déclinent un schéma"."""
        first = (re.match(r"\w+(?= )", self.page.folded[s:e]) for s, e in pieces[1:])
        return any(word and DOING.fullmatch(word.group()) for word in first)

    def _numbered_run(self, start: int, end: int) -> list[tuple[int, int]]:
        """ "1. Soins. 2. Santé mentale. 3. Bien vieillir.": parts that go on after the sentence."""
        block = self.page.blocks[self.page.block_at(start)]
        marks: list[re.Match[str]] = []
        for mark in RUN.finditer(self.page.folded, start, block.end):
            if int(mark.group("rank")) == len(marks) + 1:
                marks.append(mark)
        if len(marks) < 2 or marks[0].start() > start + 2 or marks[-1].start() < end - 3:
            return []
        spans = []
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            until = after.start() if after else block.end
            stop = re.search(r"[.;!?](?:\s|$)", self.page.folded[mark.end() : until])
            spans.append((mark.end(), mark.end() + stop.start() if stop else until))
        return self._clean(spans)

    def _pieces(self, start: int, end: int, count: int = 0) -> list[tuple[int, int]]:
        """The parts of an enumeration: by number, semicolon or slash, else by commas and "et"."""
        if crossing := CROSSING.search(self.page.folded, start, end):
            # "A, B, ainsi qu'un axe transversal, C": one of those that are counted, or one more.
            before = self._pieces(start, crossing.start(), max(count - 1, 0))
            if count and len(before) != count - 1:
                before = self._pieces(start, crossing.start(), count)
            return [*before, *self._clean([(crossing.end(), end)])]
        text = self.page.folded[start:end]
        marks = list(
            re.finditer(
                r"(?:^|(?<=[ ;,(]))(?:[\u2460-\u24ff\u2776-\u2793]|\d[)°./]|\d[ "
                r"-]+(?=[a-z])|\([1-9ivx]+\)|[ivx]+\)|[a-h]\)"
                r"|[ivx]{1,4}\.(?= ))[ ]*",
                text,
            )
        )
        if len(marks) > 1 and marks[0].start() < 4:
            cuts = [m.span() for m in marks] + [(len(text), len(text))]
            spans = [(start + a[1], start + b[0]) for a, b in pairwise(cuts)]
            return self._clean(spans)
        for mark in (r";", r" / ", r" \| ", r" • | · | ● ", r" > ", DASHES):
            if re.search(mark, text) and (mark is not DASHES or ("," not in text and text.count(mark) > 1)):
                return self._clean(self._split(start, text, mark))
        if "«" in text:
            quoted = [(start + m.start(), start + m.end()) for m in re.finditer(r"«[^»]+»", text)]
            if len(quoted) > 1 and (not count or len(quoted) == count):
                return quoted
        return self._clean(self._commas(start, end, count))

    def _unmarked(self, axes: list[Axis]) -> list[Axis]:
        """The axes without the marks of their own that all of them begin with."""
        marks = [OWN_MARK.match(self.page.folded, a.start, a.end) for a in axes]
        if len(axes) > 1 and all(marks):
            for axis, mark in zip(axes, marks, strict=True):
                axis.start = mark.end() if mark else axis.start
        return axes

    def _split(self, start: int, text: str, mark: str) -> list[tuple[int, int]]:
        spans, at = [], 0
        for match in re.finditer(mark, text):
            spans.append((start + at, start + match.start()))
            at = match.end()
        return [*spans, (start + at, start + len(text))]

    def _commas(self, start: int, end: int, count: int) -> list[tuple[int, int]]:
        text = self.page.folded[start:end]
        relative = re.sub(
            r"\([^()]*\)|, (?:qui|dont|afin|notamment|en particulier|y compris|avec|pour|par|visant|"
            r"permettant|tels?|telles?|en lien|grace)\b[^,;]*(?:,(?= et )|(?=,|;|$))",
            lambda m: "\x00" * len(m.group()),
            text,
        )
        cuts = [
            m.span()
            for m in re.finditer(
                r", (?:et |puis |enfin |ainsi que )?(?:enfin )?|(?: et | ainsi que | puis | et enfin )",
                relative,
            )
        ]
        best: list[tuple[int, int]] = []
        options = []
        commas = [c for c in cuts if "," in relative[c[0] : c[1]]]
        ands = [c for c in cuts if c not in commas]
        shape = shape_of(text.strip())
        like = [c for c in cuts if alike(shape, text[c[1] :]) and not _goes_on(text, *c)]
        options.append(like)
        if commas and ands:
            final = [a for a in ands if a > commas[-1]]
            last = [a for a in final if alike(shape, text[a[1] :])][-1:]
            options += [[*commas, *last]] if shape == "verb" else []
            options += [[*commas, *final[-1:]], [*commas, *final[:1]], commas]
            options += [
                [*[c for c in commas if alike(shape, text[c[1] :])], *final[-1:]],
                [*[c for c in commas if alike(shape, text[c[1] :])], *final[:1]],
            ]
        elif ands:
            options += [[a] for a in ands if alike(shape, text[a[1] :])] + [[a] for a in ands]
        elif commas:
            options.append(commas)
        if count:
            fitting = [o for o in options if len(o) + 1 == count]
            fitting.sort(key=lambda o: -sum(alike(shape, text[cut[1] :]) for cut in o))
            best = fitting[0] if fitting else (like or (options[1] if len(options) > 1 else []))
        else:
            best = like if like and len(like) + 1 >= 2 else (options[1] if len(options) > 1 else [])
            closing = [a for a in ands if a > (commas[-1] if commas else (0, 0))]
            inner = [a for a in ands if commas and a < commas[-1]]
            if shape == "" and commas:
                # "A et B, C et D, E et F": bare nouns in pairs; the last "et" divides only where it is alone.
                best = commas if inner else sorted({*commas, *closing[-1:]})
        spans, at = [], 0
        for left, right in sorted(set(best)):
            spans.append((start + at, start + left))
            at = right
        spans.append((start + at, end))
        return [self._relative(s, e) for s, e in spans]

    def _relative(self, start: int, end: int) -> tuple[int, int]:
        match = re.search(
            r", (?:qui|dont|afin|notamment|en particulier|permettant|avec)\b", self.page.folded[start:end]
        )
        whole = self.page.trim(start, end, " ,;")
        if match is None or PART_OF.match(self.page.folded, start + match.start(), whole[1]):
            return start, end
        return start, start + match.start()

    def _clean(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        out = []
        for start, end in spans:
            start, end = self.page.trim(start, end, " ,;:.-–)")
            lead = re.match(
                r"(?:et|puis|enfin|ainsi que|d'une part|d'autre part|(?:tout )?d'abord|ensuite"
                r"|en (?:premier|second|deuxieme|troisieme|quatrieme|dernier) lieu"
                r"|pour (?:commencer|finir)|primo|secundo|tertio"
                r"|(?:premiere|deuxieme|seconde|troisieme|quatrieme|cinquieme)ment)"
                r"[ ,:]+(?:(?:enfin|pour finir),? )?",
                self.page.folded[start:end],
            )
            start = start + lead.end() if lead else start
            tail = re.search(
                r",? (?:d'(?:une|autre) part|(?:tout )?d'abord|ensuite|enfin)$", self.page.folded[start:end]
            )
            end = start + tail.start() if tail else end
            end = self._without(start, end)
            start, end = self.page.trim(start, end, " ,;:.-–")
            if self.page.text[start:end].count("(") > self.page.text[start:end].count(")"):
                end += self.page.text[end : end + 1] == ")"
            if self.page.text[start:end].count("(") < self.page.text[start:end].count(")"):
                end -= 1
            if end - start > 2:
                out.append((start, end))
        return out


def shape_of(text: str) -> str:
    """The form that a part begins with: an article, an infinitive, else nothing sure."""
    if re.match(r"(?:l'|la |le |les |une? |des |celles? |ceux )", text):
        return "article"
    if re.match(r"(?:mieux )?\w+(?:er|ir|re)\b", text):
        return "verb"
    if re.match(r"«", text):
        return "quote"
    return ""


def alike(shape: str, text: str) -> bool:
    return shape_of(text) == shape and (
        shape != "" or not re.match(r"(?:de|du|des|d'|a|aux?|en|par|sur)\b", text)
    )


def _goes_on(text: str, left: int, right: int) -> bool:
    """Whether "et des" goes on with what a part is of: "la prévention des tiques et des maladies"."""
    before = text[max(text.rfind(", ", 0, left), 0) : left]
    return text.startswith("des ", right) and "et" in text[left:right] and " des " in before
