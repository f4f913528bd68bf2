"""The axes of a contract: numbered lines, bullets, enumerations in a sentence, "le premier axe concerne"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.layout import Block, Page

WORDS = {
    "axe": 0, "orientation": 1, "priorite": 1, "pilier": 1, "volet": 1, "chantier": 1, "thematique": 1,
    "theme": 1,
    "ambition": 1, "domaine": 1, "champ": 1, "defi": 2, "enjeu": 2, "objectif": 2, "engagement": 3,
}  # fmt: skip
_SINGULAR = (
    r"(?:axe|orientation|priorite|pilier|volet|chantier|thematique|theme|ambition|domaine|defi|"
    r"enjeu|objectif)"
)
_PLURAL = (
    r"(?:axes|orientations|priorites|piliers|volets|chantiers|thematiques|themes|ambitions|"
    r"domaines|champs|defis|enjeux|objectifs)"
)
TYPES = (("transvers", "transversal"), ("strategi", "strategic"), ("themati", "thematic"))
ORDINALS = {
    **dict.fromkeys(("premier", "premiere", "1er", "1re", "1ere"), 1),
    **dict.fromkeys(("deuxieme", "second", "seconde", "2e", "2eme", "2nd"), 2),
    **dict.fromkeys(("troisieme", "3e", "3eme"), 3),
    **dict.fromkeys(("quatrieme", "4e", "4eme"), 4),
    **dict.fromkeys(("cinquieme", "5e", "5eme"), 5),
    **dict.fromkeys(("sixieme", "6e", "6eme"), 6),
    **dict.fromkeys(("septieme", "7e", "7eme"), 7),
    **dict.fromkeys(("dernier", "derniere"), 99),
}
LABELLED = re.compile(
    rf"(?P<word>{_SINGULAR})(?P<type> (?:strategique|transversale?|thematique|prioritaire|"
    rf"operationnel(?:le)?|majeure?|d'intervention|de travail))?"
    r" ?(?:n ?[°o]?\.? ?)?(?P<rank>\d{1,2}|[ivx]{1,4}|[a-h])(?P<sub>\.\d+)?\b(?P<mark> "
    r"?(?:[:.)/]|-(?= )|, (?:intitulee? |nommee? )?(?=[«\"])|\()? *)"
)
ANNOUNCE = re.compile(
    rf"(?:\b{NUMBER} (?:grand[es]{{0,2}} |principa(?:ux|les) |nouve(?:aux|lles) )*|\b(?:les |"
    rf"ses |des |ces |plusieurs |aux? |nos |leurs |principa(?:ux|les) |grand[es]{{1,2}} |"
    rf"differente?s |diverse?s |suivante?s )+|^)"
    rf"(?P<word>{_PLURAL})\b(?P<rest>(?: (?!d'action\b)[\w'°()-]+){{0,14}}?)"
)
SETTING = re.compile(
    r"\b(?:s'articul|articul|declin|structur|organis|repos|s'appuie|construit|bati|compos|"
    r"compt|comport|compren|retien|retenu|fix|defin|defini|porte|identifi|s'oriente|orient|"
    r"decoup"
    r"|regroup|decompos|deploie|present|prevoi|reparti|couvr|propos|poursui|affich|repond|est|"
    r"sont|autour|ont ete|contient|donn|trac|pos|engag|cibl|dessin|partage|dégag|degag|se "
    r"resum|partir|traduit|arrete|mis|mett|inscri)"
)
GENERAL = re.compile(
    r"\b(?:les (?:contrats locaux de sante|cls)\b(?! (?:de|du|d')\b)|un (?:contrat local|cls)|"
    r"loi hpst|projet regional de sante(?![^.]*\bcontrat)|politiques? publiques? de)"
)
VERBS = (
    r"(?:concerne|porte sur|vise(?: a)?|s'attache a\b|est consacree? (?:a|aux?)\b|traite de|cible|"
    r"a pour (?:objet|but|objectif)(?: (?:de|d'))?|consiste a\b|est dediee? (?:a|aux?)\b|est "
    r"relati(?:f|ve) a|s'interesse a|est|entend|aborde|touche (?:a|aux?)\b|cherche a\b|ambitionne "
    r"de|prevoit de|couvre|repond (?:a|aux?)\b|s'articule autour de|se concentre sur|met l'accent "
    r"sur|se penche sur|interroge|renvoie a)"
)
PROSE = re.compile(
    rf"\b(?:(?:le|la|l'|un|une) ?)?(?P<nth>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    rf"(?: (?P<word>{_SINGULAR})(?: (?:strategique|thematique|transversale?|"
    rf"prioritaire|majeure?|d'intervention|de travail|du contrat|du cls))?)?(?:,| :)? "
    rf"?(?:(?:lui|elle|quant a lui|quant a elle|enfin|intitulee?),? )?(?P<verb>{VERBS})? ?"
)
LABEL_PROSE = re.compile(rf"\b(?:l')?(?P<word>{_SINGULAR}) (?P<rank>\d)\b,? (?P<verb>{VERBS}) ")
STOP_ITEM = re.compile(r"(?<!\bart)[.;](?:\s|$)|\n")


@dataclass
class Axis:
    """An axis as the text words it; ``start`` and ``end`` hold the label alone, ``whole`` the mark too."""

    start: int
    end: int
    code: str = ""
    kind: str = "unspecified"
    open: bool = False
    sure: float = 0.95
    children: list[Axis] = field(default_factory=list)
    whole: tuple[int, int] = (0, 0)
    word: str = "axe"


@dataclass
class Announced:
    """A number of axes that the text announces: "quatre axes stratégiques"."""

    start: int
    end: int
    value: int
    kind: str
    word: str


@dataclass
class Programme:
    """The axes found, and the numbers announced."""

    axes: list[Axis] = field(default_factory=list)
    counts: list[Announced] = field(default_factory=list)


class ProgrammeReader:
    """Reads the axes of one contract in the parts of a page that are about it."""

    def __init__(self, page: Page, parts: list[tuple[int, int]], skipped: list[tuple[int, int]]) -> None:
        self.page, self.parts, self.skipped = page, parts, skipped
        self.blocks = [b for b in page.blocks if self._mine(b.start)]

    def _mine(self, position: int) -> bool:
        inside = any(s <= position < e for s, e in self.parts)
        return inside and not any(s <= position < e for s, e in self.skipped)

    def read(self) -> Programme:
        """The axes by the surest way that the text offers, the words for an axis before those for an aim."""
        programme = Programme(counts=self._counts())
        ways = [self._labelled(), *self._announced(), self._prose(), *self._single()]
        ways = [w for w in ways if w]
        if not ways:
            return programme
        best = min(WORDS.get(w[0].word, 9) for w in ways)
        kept = [w for w in ways if WORDS.get(w[0].word, 9) == best]
        programme.axes = _merge(kept, self.page)
        return programme

    def _counts(self) -> list[Announced]:
        found = []
        for match in re.finditer(
            rf"\b{NUMBER} (?:grand[es]* |principa\w+ )?(?P<word>{_PLURAL})(?P<type> "
            rf"(?:strategiques|transversa\w+|thematiques))?",
            self.page.folded,
        ):
            if not self._mine(match.start()) or not (value := number(match.group("n"))):
                continue
            kind = _type(match.group("word") + (match.group("type") or ""))
            found.append(Announced(*match.span(), value, kind, singular(match.group("word"))))
        return found

    # --- "Axe 1 : …"

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
        return _distinct(found, self.page)

    def _label_line(self, index: int, block: Block, match: re.Match[str]) -> Axis | None:
        start, end = self.page.trim(match.end(), block.end, ' :-–—.«»"')
        if start >= end:
            following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if following is None or following.end - following.start > 200:
                return None
            start, end = following.start, following.end
        return self._axis(
            start, end, match.group("word"), code=(match.start(), match.end()), kind=_type(match.group())
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
                    self._axis(start, end, here.group("word"), code=here.span(), kind=_type(here.group()))
                )
        return found

    def _without(self, start: int, end: int) -> int:
        tail = re.search(r"[\s,;]+(?:et|puis|enfin)(?: l[ea']?)?$", self.page.folded[start:end])
        return start + tail.start() if tail else end

    # --- "s'articule autour de quatre axes : …"

    def _announced(self) -> list[list[Axis]]:
        found = []
        for index, block in enumerate(self.blocks):
            for start, end in self.page.sentences_of(block):
                text = self.page.folded[start:end]
                if block.kind == "item" or GENERAL.search(text):
                    continue
                last = end == block.end or end >= block.end - 1
                for axes in self._sentence(index, block, start, text, last):
                    found.append(axes)
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
            kind = (
                _type(match.group("word") + rest[: colon.start()])
                if colon
                else _type(match.group("word") + rest[:18])
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
            if axes and (count or WORDS.get(word, 9) < 2 or colon):
                for axis in axes:
                    axis.open = bool(
                        re.search(
                            r"\b(?:parmi (?:lesquels|lesquelles|eux)|notamment|dont|tels? que|telles? que)\b",
                            rest[: (colon.end() if colon else 20)],
                        )
                    )
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
        firsts = [b for b in items if b.level == top and _sort_of(b.mark) == _sort_of(items[0].mark)]
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
        text = self.page.folded[start:end]
        cut = re.search(r" ?: (?=\w)| ?\((?=[^)]{25,}\)$)| [-–] (?=\w+ \w+ \w+)", text)
        children: list[Axis] = []
        if cut and cut.start() > 5 and not re.match(rf"(?:{_SINGULAR})\b", text):
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

    # --- enumerations in a sentence

    def _enumeration(self, start: int, end: int, word: str, kind: str, count: int) -> list[Axis]:
        text = self.page.folded[start:end]
        stop = re.search(r"[.!?](?:\s|$)", text)
        end = start + stop.start() if stop else end
        pieces = self._pieces(start, end, count)
        if count and len(pieces) > count and not re.search(r"notamment|dont", text):
            pieces = pieces[:count] if len(pieces) == count + 1 and ";" not in text else pieces
        if re.match(r" ?(?:le|la|l')? ?(?:premiere?|1er)\b", self.page.folded[start:end]):
            return []
        if len(pieces) < 2 or any(e - s > 190 for s, e in pieces):
            return []
        sure = 0.95 if not count or len(pieces) == count else 0.7
        return [self._axis(s, e, word, kind=kind, sure=sure) for s, e in pieces]

    def _pieces(self, start: int, end: int, count: int = 0) -> list[tuple[int, int]]:
        """The parts of an enumeration: by number, semicolon or slash, else by commas and "et"."""
        text = self.page.folded[start:end]
        marks = list(
            re.finditer(r"(?:^|(?<=[ ;,(]))(?:\d[)°.]|\d[ -]+(?=[a-z])|\([1-9ivx]+\)|[ivx]+\))[ ]*", text)
        )
        if len(marks) > 1 and marks[0].start() < 4:
            cuts = [m.span() for m in marks] + [(len(text), len(text))]
            spans = [(start + a[1], start + b[0]) for a, b in pairwise(cuts)]
            return self._clean(spans)
        for mark in (r";", r" / ", r" • | · | ● "):
            if re.search(mark, text):
                return self._clean(self._split(start, text, mark))
        if "«" in text:
            quoted = [(start + m.start(), start + m.end()) for m in re.finditer(r"«[^»]+»", text)]
            if len(quoted) > 1 and (not count or len(quoted) == count):
                return quoted
        return self._clean(self._commas(start, end, count))

    def _split(self, start: int, text: str, mark: str) -> list[tuple[int, int]]:
        spans, at = [], 0
        for match in re.finditer(mark, text):
            spans.append((start + at, start + match.start()))
            at = match.end()
        return [*spans, (start + at, start + len(text))]

    def _commas(self, start: int, end: int, count: int) -> list[tuple[int, int]]:
        text = self.page.folded[start:end]
        relative = re.sub(
            r", (?:qui|dont|afin|notamment|en particulier|y compris|avec|pour|par|visant|"
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
        shape = _shape(text.strip())
        like = [c for c in cuts if _alike(shape, text[c[1] :])]
        options.append(like)
        if commas and ands:
            final = [a for a in ands if a > commas[-1]]
            options += [[*commas, *final[:1]], [*commas, *final[-1:]], commas]
            options += [
                [*[c for c in commas if _alike(shape, text[c[1] :])], *final[-1:]],
                [*[c for c in commas if _alike(shape, text[c[1] :])], *final[:1]],
            ]
        elif ands:
            options += [[a] for a in ands if _alike(shape, text[a[1] :])] + [[a] for a in ands]
        elif commas:
            options.append(commas)
        if count:
            fitting = [o for o in options if len(o) + 1 == count]
            fitting.sort(key=lambda o: -sum(_alike(shape, text[cut[1] :]) for cut in o))
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
        return (start, start + match.start()) if match else (start, end)

    def _clean(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        out = []
        for start, end in spans:
            start, end = self.page.trim(start, end, " ,;:.-–)")
            lead = re.match(
                r"(?:et|puis|enfin|ainsi que|d'une part|d'autre part)[ ,]+(?:enfin,? )?",
                self.page.folded[start:end],
            )
            start = start + lead.end() if lead else start
            end = self._without(start, end)
            start, end = self.page.trim(start, end, " ,;:.-–")
            if self.page.text[start:end].count("(") < self.page.text[start:end].count(")"):
                end -= 1
            if end - start > 3:
                out.append((start, end))
        return out

    # --- "le premier axe concerne …"

    def _prose(self) -> list[Axis]:
        found: list[tuple[int, Axis]] = []
        word = ""
        for start, end in self.page.sentences:
            if not self._mine(start) or GENERAL.search(self.page.folded[start:end]):
                continue
            text = self.page.folded[start:end]
            if announced := list(ANNOUNCE.finditer(text)):
                word = singular(announced[-1].group("word"))
            ranked = list(LABEL_PROSE.finditer(text))
            verbs = bool(re.search(rf"\b(?:premier|1er|premiere)\b[^.;,]*\b{VERBS} ", text))
            marks = [
                m
                for m in PROSE.finditer(text)
                if m.group("verb")
                or (
                    verbs
                    and re.match(r"(?:a |sur |l'|la |le |les |au |aux |de )", text[m.end() :])
                    and m.start() > 0
                )
                or (m.group("word") and re.match(r"\s*[«:]", text[m.end() - 1 :]))
            ]
            for here, after in zip(ranked, [*ranked[1:], None], strict=False):
                left, right = self._prose_span(start, text, here.end(), after.start() if after else len(text))
                found.append((int(here.group("rank")), self._axis(left, right, here.group("word"))))
            for here, after in zip(marks, [*marks[1:], None], strict=False):
                if re.search(
                    r"\b(?:contrat|cls|fois|ministre|vice|adjoint|lieu|temps|recours|age)\b", here.group()
                ) or re.match(r" ?(?:contrat|cls)", text[here.end() :]):
                    continue
                word = here.group("word") or word
                rank = ORDINALS[here.group("nth")]
                if not word or (rank > 1 and not found):
                    continue
                left, right = self._prose_span(start, text, here.end(), after.start() if after else len(text))
                if right - left > 5:
                    found.append((rank, self._axis(left, right, word)))
        ranks = [r for r, _ in found]
        return [a for _, a in found] if len(found) > 1 and 1 in ranks else []

    def _single(self) -> list[list[Axis]]:
        """ "un axe transversal, l'animation du réseau": one axis beside those that are counted."""
        found = []
        for match in re.finditer(
            r"\bun axe (?:transversal|transverse)(?:,| :| \() ?(?P<label>(?:l'|la |le |les |« "
            r")[^,.;:()]{4,90}?)(?=,|\.|;|\)| et (?:deux|trois|quatre|cinq|\d))",
            self.page.folded,
        ):
            if self._mine(match.start()):
                found.append([self._axis(*match.span("label"), "axe", kind="transversal")])
        return found

    def _prose_span(self, start: int, text: str, left: int, right: int) -> tuple[int, int]:
        lead = re.match(r"(?:a |sur |de |d')(?=\w)", text[left:right])
        left = left + lead.end() if lead else left
        piece = text[left:right]
        cut = re.search(
            r"[.;!]|, (?:avec|qui|afin|notamment|en |dont|tandis|alors|pour|grace|et l|le |la "
            r"|quand|l'|par exemple|a travers|puis)|, (?=(?:le|la|l')? ?(?:deux|second|trois|"
            r"quatr|cinq|dernier))",
            piece,
        )
        right = left + cut.start() if cut else right
        a, b = self.page.trim(start + left, start + right, ' ,;:.«»"')
        tail = re.search(r"[ ,;]+(?:et|puis|enfin|tandis que)(?: (?:le|la|l'))?$", self.page.folded[a:b])
        return a, (a + tail.start() if tail else b)

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
        if end > start and self.page.text[end - 1] == "." and not self.page.text[start:end].endswith("..."):
            end -= 1
        mark = self.page.text[code[0] : code[1]].strip(" :-–—.(,") if code else ""
        return Axis(
            start, end, mark, kind, False, sure, children or [], (code[0] if code else start, end), word
        )


def _sort_of(mark: str) -> str:
    """What a list is marked with: digits, letters, or the bullet itself."""
    return "1" if mark[:1].isdigit() else "a" if mark[:1].isalpha() and len(mark) > 1 else mark


def singular(word: str) -> str:
    """ "axes" → "axe", "enjeux" → "enjeu"."""
    return word[:-1]


def _type(words: str) -> str:
    return next((kind for stem, kind in TYPES if stem in words.lower().replace("é", "e")), "unspecified")


def _shape(text: str) -> str:
    """The form that a part begins with: an article, an infinitive, else nothing sure."""
    if re.match(r"(?:l'|la |le |les |une? |des )", text):
        return "article"
    if re.match(r"(?:mieux )?\w+(?:er|ir|re)\b", text):
        return "verb"
    if re.match(r"«", text):
        return "quote"
    return ""


def _alike(shape: str, text: str) -> bool:
    return _shape(text) == shape and (
        shape != "" or not re.match(r"(?:de|du|des|d'|a|aux?|en|par|sur)\b", text)
    )


def _distinct(axes: list[Axis], page: Page) -> list[Axis]:
    """Each code once: a summary and the detail of a text name the same axes."""
    seen: dict[str, Axis] = {}
    out = []
    for axis in axes:
        key = re.sub(r"\W", "", page.folded[axis.whole[0] : axis.start]) or page.folded[axis.start : axis.end]
        if key not in seen:
            seen[key] = axis
            out.append(axis)
    return out


def _merge(ways: list[list[Axis]], page: Page) -> list[Axis]:
    """One list of axes from the ways that found some: those of another type add up, the same again do not."""
    out: list[Axis] = []
    for axes in sorted(ways, key=lambda w: (not w[0].code, w[0].start)):
        kinds = {a.kind for a in out}
        spans = [(a.start, a.end) for a in out]
        words = {_key(page, a) for a in out}
        fresh = [
            a
            for a in axes
            if _key(page, a) not in words
            and not any(s <= a.start < e or a.start <= s < a.end for s, e in spans)
        ]
        if (
            not out
            or (
                len(fresh) == len(axes)
                and axes[0].kind not in kinds
                and len(kinds | {axes[0].kind}) > 1
                and "unspecified" not in kinds | {axes[0].kind}
            )
            or (
                not out[0].code
                and len(fresh) == len(axes)
                and (
                    (axes[0].kind == "transversal" and "transversal" not in kinds)
                    or (len(out) == 1 and kinds == {"transversal"})
                )
            )
        ):
            out += fresh
    return sorted(out, key=lambda a: a.start)


def _key(page: Page, axis: Axis) -> str:
    return re.sub(r"\W+", " ", page.folded[axis.start : axis.end]).strip()
