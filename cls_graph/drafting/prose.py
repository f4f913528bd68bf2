"""Axes told in sentences: "le premier axe concerne", "un axe « santé mentale »", "A et B sont les axes"."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.axes import (
    ANNOUNCE,
    GENERAL,
    LABEL_PROSE,
    ORDINALS,
    PLURAL,
    PROSE,
    SINGULAR,
    VERBS,
    Axis,
    singular,
    type_of,
)
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.enumeration import Enumerations
from cls_graph.drafting.foreign import of_another

EACH = re.compile(
    rf"(?:\bune? |\b(?:l'|le |la ))(?P<word>{SINGULAR})(?: (?:strategique|transversale?|transverse|"
    rf"thematique|prioritaire))?"
    r"(?: (?=«)| ?: |,? (?:sur|dediee? (?:a|aux?)|consacree? (?:a|aux?)|relati(?:f|ve) (?:a|aux?)|"
    r"autour de|"
    r"intitulee?|portant sur) |(?<=un volet) |(?<=un axe) "
    r"(?!est\b|sera\b|qui\b|d[eu]\b|pour\b|majeur|transvers|a\b))"
)
FIRST = re.compile(
    rf"»?,?(?: ?: ?(?:telles?|tels|ce|voila)| en)? (?:sont|seront|seraient|constituent|forment|composent"
    rf"|deviennent) (?:ainsi )?"
    rf"(?:les|ses|nos|leurs) (?:{NUMBER} )?(?:grand[es]* |principa\w+ )?(?P<word>{PLURAL})\b"
)
THESE = re.compile(
    rf" ?: (?:voila )?(?:(?:ces|les) )?{NUMBER} (?:grand[es]* |principa\w+ )?(?P<word>{PLURAL})\b"
    r"(?: \w+)? (?:structurent|guident|composent|forment|portent|orientent|constituent"
    r"|pour (?:le|un|ce) (?:\w+ )?(?:contrat|cls))"
)
""" "A, B, C : ces trois thèmes structurent le contrat"."""
BACK = re.compile(
    r" ?: (?:(?:voila|telles sont|tels sont|ce sont(?: la)?) (?:les|ses|nos|leurs)|(?:le (?:nouveau "
    r")?contrat|le cls|il|celui-ci|les partenaires|on)\b"
    rf"[^.;:]{{2,60}}? (?:ces|a|poursuit|sur)) (?:{NUMBER} )?(?:grand[es]* |principa\w+ )?"
    rf"(?P<word>{PLURAL})\b(?! ?:)"
)
""" "A, B, C : le contrat se concentre sur ces trois sujets", "A, B, C : voilà les priorités du contrat"."""

WATCHWORDS = re.compile(
    r"»?,? en (?:sont|seront|constituent|forment) (?:les|ses) (?:(?:trois|quatre|cinq|six|\d) )?"
    r"(?:maitres[- ]mots|mots d'ordre|mots[- ]cles|fils rouges|grandes lignes|points? forts?"
    rf"|temps forts?|(?P<word>{PLURAL}))\b"
)
""" "Mobilité, addictions et santé mentale en sont les maîtres-mots"."""
MADE = re.compile(
    rf"\b(?:fait|font|feront|fera) (?:ainsi |donc )?(?:de |du |des |d')(?P<list>[^.;:]{{5,200}}?) (?:ses"
    rf"|leurs|les|nos) "
    rf"(?:{NUMBER} )?(?:grand[es]* |principa\w+ )?(?P<word>{PLURAL})\b"
)
QUOTED = re.compile(rf"\b(?:le |la |l'|une? )(?P<word>{SINGULAR}) « ?(?P<name>[^«»]{{3,80}}?) ?»")
""" "Le volet « accès aux soins » prévoit …", a sentence each."""
STEP = re.compile(
    r"(?:(?P<first>(?:tout )?d'abord|premierement|en premier lieu|pour commencer)|ensuite|puis|deuxiemement"
    r"|troisiemement|en (?:deuxieme|second|troisieme) lieu|enfin|et enfin|pour finir"
    r"|(?:puis )?(?:vient|viennent|suit|suivent)(?: (?:ensuite|apres|enfin))?|s'y ajoutent?(?: enfin)?),? "
    r"(?:(?:il (?:s'agit|s'agira|faut|faudra) (?:de |d')?|(?:de |d'))(?=(?:mieux )?\w+(?:er|ir|re)\b))?"
    r"(?=l'|la |le |les |(?:mieux )?\w+(?:er|ir|re) )"
)
BEHIND = re.compile(
    rf"(?:(?<=, )|(?<=; )|(?<= et )|(?<=: )|^|(?<=\n)|(?<=\. ))(?P<one>[^,;().:«»\n]{{4,80}}?) "
    rf"\((?P<word>{SINGULAR}) (?:n ?°? ?)?(?P<rank>\d)\)"
)
RANKED = re.compile(
    r"\baxe (?:n ?°? ?)?(?P<rank>\d)(?:,| :| \(| -)? ?«\s?(?P<named>[^«»]{4,120}?)\s?»"
    r"|«\s?(?P<told>[^«»]{4,120}?)\s?» \((?:l')?axe (?:n ?°? ?)?(?P<behind>\d)\)"
)
NAMED_SO = re.compile(r", « ?(?P<name>[^«»]{3,110}?) ?», \w[\w' ]{0,30}$")
""" "La première orientation, « l'accès aux soins », vise à …"."""
PARTED_IN = re.compile(
    rf"\b(?:en|dans) {NUMBER} (?:grand[es]{{1,2}} )?(?:familles|directions|blocs|ensembles|parties|registres"
    r"|rubriques|temps)\b"
)
""" "Trente actions, rangées en cinq familles. La première touche à …"."""
SINGLE = re.compile(r"\bun axe (?:transversal|transverse) ?:$")
OPENS = re.compile(r", $")
""" "Premier axe, l'accès aux soins"."""
FOLDS = {"double": 2, "triple": 3, "quadruple": 4}
TRIPLE = re.compile(
    rf"\b(?P<word>{SINGULAR})\b[^.;:]{{0,40}}? (?P<n>double|triple|quadruple)\b[^.;:]{{0,15}}? ?: "
)


class Prose(Enumerations):
    """Reads the axes that sentences tell one by one."""

    def _prose(self) -> list[Axis]:
        found: list[tuple[int, Axis]] = []
        word, cut = ("visee" if PARTED_IN.search(self.page.folded) else ""), False
        for start, end in self.page.sentences:
            if not self._mine(start) or GENERAL.search(self.page.folded[start:end]):
                continue
            text = self.page.folded[start:end]
            if announced := list(ANNOUNCE.finditer(text)):
                word = singular(announced[-1].group("word"))
            ranked = list(LABEL_PROSE.finditer(text))
            if not any(m.group("verb") for m in ranked[:1]):
                ranked = []  # "l'axe 1 vise A, l'axe 2 B": the first has the verb
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
                or (found and re.match(r"\s*«", text[m.end() - 1 :]) and OPENS.search(m.group()))
                or (m.group("word") and m.start() == 0 and OPENS.search(m.group()))
                or (m.group().rstrip().endswith(":") and (m.group("word") or found))
                or (m.group().rstrip().endswith(" -") and m.group("word"))
            ]
            for here, after in zip(ranked, [*ranked[1:], None], strict=False):
                left, right = self._prose_span(start, text, here.end(), after.start() if after else len(text))
                found.append((int(here.group("rank")), self._axis(left, right, here.group("word"))))
            for here, after in zip(marks, [*marks[1:], None], strict=False):
                noun = here.end("word") if here.group("word") else here.end()
                named = text[here.start() : noun]
                if re.search(
                    r"\b(?:contrat|cls|fois|ministre|vice|adjoint|lieu|temps|recours|age)\b", named
                ) or re.match(r" ?(?:contrat|cls)", text[here.end() :]):
                    continue
                word = here.group("word") or word
                rank = ORDINALS[here.group("nth")]
                if not word or (rank > 1 and not found):
                    continue
                left, right = self._prose_span(start, text, here.end(), after.start() if after else len(text))
                if right - left > 5:
                    found.append((rank, self._axis(left, right, word)))
                cut = cut or (right - left <= 5 and rank > 1)
        ranks = [r for r, _ in found]
        if len(found) == 1 and ranks == [1] and cut:
            return [found[0][1]]  # the text breaks off after the first
        return [a for _, a in found] if len(found) > 1 and 1 in ranks else []

    def _single(self) -> list[list[Axis]]:
        """ "un axe transversal, l'animation du réseau": one axis beside those that are counted."""
        found = []
        for match in re.finditer(
            r"\bun (?P<word>axe|choix|volet|objectif) (?:transversal|transverse)(?:,| :| \() ?"
            r"(?P<label>(?:l'|la |le |les |« )[^,.;:()]{4,90}?)"
            r"(?=,|\.|;|\)| ?:|$| et (?:deux|trois|quatre|cinq|\d))",
            self.page.folded,
        ):
            if self._mine(match.start()):
                found.append([self._axis(*match.span("label"), match.group("word"), kind="transversal")])
        for block, below in pairwise(self.blocks):
            if SINGLE.search(self.page.folded, block.start, block.end) and below.end - below.start < 110:
                found.append([self._axis(below.start, below.end, "axe", kind="transversal")])
        return found

    def _each(self) -> list[Axis]:
        """ "un axe « santé mentale », un axe dédié à l'eau": each axis with its own word."""
        found = []
        for start, end in self.page.sentences:
            if not self._mine(start) or GENERAL.search(self.page.folded[start:end]):
                continue
            marks = list(EACH.finditer(self.page.folded, start, end))
            for here, after in zip(marks, [*marks[1:], None], strict=False):
                if len(marks) < 2:
                    break
                right = self._without(here.end(), after.start() if after else end)
                stop = re.search(r"[.;:!?»]", self.page.folded[here.end() : right])
                right = here.end() + stop.start() if stop else right
                left, right = self.page.trim(here.end(), right, ' ,;:.«»"')
                kind = type_of(here.group())
                found.append(self._axis(left, right, here.group("word"), kind=kind))
        return found

    def _each_item(self) -> list[list[Axis]]:
        """ "– un axe « soins » ; – un axe « prévention »": an item each."""
        runs: list[list[Axis]] = [[]]
        for block in self.blocks:
            mark = EACH.match(self.page.folded, block.start, block.end) if block.kind == "item" else None
            if mark is None:
                runs += [[]]
                continue
            left, right = self.page.trim(mark.end(), block.end, ' ,;:.«»"')
            runs[-1].append(self._axis(left, right, mark.group("word"), kind=type_of(mark.group())))
        return [run for run in runs if len(run) > 1]

    def _quoted(self) -> list[list[Axis]]:
        """ "Le volet « A » prévoit … Enfin, le volet « B » réunit …": in sentences of their own."""
        found: dict[str, Axis] = {}
        for match in QUOTED.finditer(self.page.folded):
            start, end = self.page.sentence_at(match.start())
            if self._mine(match.start()) and not GENERAL.search(self.page.folded, start, end):
                axis = self._axis(*match.span("name"), match.group("word"))
                found.setdefault(match.group("name"), axis)
        axes = list(found.values())
        return [axes] if len(axes) > 1 and len({a.word for a in axes}) == 1 else []

    def _behind(self) -> list[list[Axis]]:
        """ "Accès aux soins (axe 1), santé mentale (axe 2)": the label after the name."""
        found = []
        for start, end in self.page.sentences:
            marks = list(BEHIND.finditer(self.page.folded, start, end)) if self._mine(start) else []
            if len(marks) > 1 and marks[0].group("rank") == "1":
                found.append([self._axis(*m.span("one"), m.group("word")) for m in marks])
        return found

    def _ranked(self) -> list[list[Axis]]:
        """ "L'axe 2, « B »; les autres sont « A » (axe 1) et « C » (axe 3)": wherever they stand."""
        found: dict[int, Axis] = {}
        for match in RANKED.finditer(self.page.folded):
            if self._mine(match.start()):
                part = "named" if match.group("named") else "told"
                rank = int(match.group("rank") or match.group("behind"))
                found.setdefault(rank, self._axis(*match.span(part), "axe"))
        whole = len(found) > 1 and sorted(found) == list(range(1, len(found) + 1))
        return [[found[rank] for rank in sorted(found)]] if whole else []

    def _before(self) -> list[list[Axis]]:
        """ "A, B et C sont les trois axes du contrat": the axes come first."""
        found = []
        for start, end in self.page.sentences:
            tries = (
                pattern.search(self.page.folded, start, end) for pattern in (FIRST, THESE, BACK, WATCHWORDS)
            )
            match = next((m for m in tries if m), None)
            if not match or not self._mine(start) or GENERAL.search(self.page.folded[start:end]):
                continue
            count = number(match.groupdict().get("n") or "")
            begin = (
                max(start - 1, *(self.page.text.rfind(mark, start, match.start()) for mark in ".;:«»")) + 1
            )
            word = singular(match.group("word") or "visees")
            if of_another("", word, self.page.folded[match.end() : end]):
                continue
            axes = self._enumeration(begin, match.start(), word, type_of(match.group()), count)
            if (count and len(axes) == count) or (not count and len(axes) > 2):
                found.append(axes)
        return found

    def _made(self) -> list[list[Axis]]:
        """ "Le contrat fait de A, de B et de C ses trois priorités"."""
        found = []
        for start, end in self.page.sentences:
            match = MADE.search(self.page.folded, start, end)
            if not match or not self._mine(start) or GENERAL.search(self.page.folded[start:end]):
                continue
            count, word = number(match.group("n") or ""), singular(match.group("word"))
            cuts = list(re.finditer(r"(?:,? et |, )(?:de |du |des |d')", match.group("list")))
            edges = [match.start("list"), *(match.start("list") + c.end() for c in cuts)]
            ends = [*(match.start("list") + c.start() for c in cuts), match.end("list")]
            axes = [self._axis(s, e, word) for s, e in zip(edges, ends, strict=True)]
            if len(axes) > 1 and (not count or len(axes) == count):
                found.append(axes)
        return found

    def _triple(self) -> list[list[Axis]]:
        """ "L'ambition est triple : A, B et C"."""
        found = []
        for start, end in self.page.sentences:
            match = TRIPLE.search(self.page.folded, start, end)
            if match and self._mine(start):
                count = FOLDS[match.group("n")]
                axes = self._enumeration(match.end(), end, match.group("word"), "unspecified", count)
                found += [axes] if len(axes) == count else []
        return found

    def _one_by_one(self, start: int, word: str) -> list[Axis]:
        """ "D'abord A, avec … Ensuite B. Enfin C.": a sentence each."""
        block = self.page.blocks[self.page.block_at(start)]
        told = [s for s in self.page.sentences_of(block) if s[0] >= start]
        axes: list[Axis] = []
        for begin, end in told:
            step = STEP.match(self.page.folded, begin, end)
            if step is None or (not axes and not step.group("first")):
                break
            left, right = self._prose_span(
                begin, self.page.folded[begin:end], step.end() - begin, end - begin
            )
            why = self.page.folded.find(", car ", left, right)
            axes.append(self._axis(left, right if why < 0 else why, word))
        return axes if len(axes) > 1 else []

    def _prose_span(self, start: int, text: str, left: int, right: int) -> tuple[int, int]:
        named = NAMED_SO.search(text[:left])
        if named:
            return start + named.start("name"), start + named.end("name")
        lead = re.match(r"(?:a |aux? |sur |de |d')(?=\w)", text[left:right])
        left = left + lead.end() if lead else left
        piece = text[left:right]
        cut = re.search(
            r"[.;!]|(?<=\w{3}) ?: |, (?:avec|qui|afin|notamment|en |dont|tandis|alors|pour|grace|et l|le |la "
            r"|quand|l'|par exemple|a travers|puis)|, (?=(?:le|la|l')? ?(?:deux|second|trois|"
            r"quatr|cinq|dernier))",
            piece,
        )
        right = left + cut.start() if cut else right
        if piece.lstrip().startswith("«") and "»" in piece:
            right = left + piece.index("»")
        a, b = self.page.trim(start + left, start + right, ' ,;:.«»"/')
        tail = re.search(r"[ ,;]+(?:et|puis|enfin|tandis que)(?: (?:le|la|l'))?$", self.page.folded[a:b])
        return a, (a + tail.start() if tail else b)
