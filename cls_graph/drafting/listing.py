"""Lists of signatories: items, or lines, under a heading that announces them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.announcer import LEADERS, announces
from cls_graph.drafting.axes import sort_of
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.headers import Headers
from cls_graph.drafting.hospitals import with_psychiatry
from cls_graph.drafting.layout import Block, fold
from cls_graph.drafting.masks import masked
from cls_graph.drafting.persons import is_person
from cls_graph.drafting.phrases import GROUP_LEAD, NEGATED, PERSON
from cls_graph.drafting.weak import kind_of_name

FILLED = re.compile(r"[^:|]{0,60}?signataires?(?: {3,}| ?\| | ?: )\S")
"""A row that holds its own list: what follows it is another row."""


HEAD_ROW = re.compile(
    r"(?:institutions?|organismes?|structures?|signataires?|partenaires?|noms?|membres?)"
    r"(?: \| [\w' -]{3,40})+"
)
"""The head of a table of those who sign."""
REPRESENTED = re.compile(r"(?:dument )?represente|ci-apres")
SAYS = re.compile(r"(?:ils?|elles?|cette|ce|son|sa|ses|leur) ")
ABSENT = re.compile(
    r"\((?:excusee?s?|absente?s?|invitee?s?|observat\w+|pour information)\b|\b(?:excusee?|absente?)s?$"
)
"""Of a list of those who came to sign, this one did not."""


class Lists(Headers):
    """Reads the lists of a page."""

    cell = " | "
    """What parts the cells of the rows of a list."""

    def _lists(self, used: set[int]) -> Iterator[Frame]:
        blocks = self.page.blocks
        index = 0
        while index < len(blocks):
            block = blocks[index]
            line = self.page.folded[block.start : block.end]
            items = self._items(index) if self._may_announce(index, line) else []
            named = sum(
                any(m.start < blocks[i].start + 75 for m in self.between(blocks[i].start, blocks[i].end))
                for i in items
            )
            bodies = len(items) > 1 and named >= 0.8 * len(items)
            if items and not announces(self.page.folded, block.start, block.end, bodies=bodies):
                items = []
            if not items or (LEADERS.search(line) and not bodies):
                index += 1  # of the heads of a table of contents, only bodies are told by one
                continue
            frame = Frame("list", self.page.sentences_of(block)[-1][0], block.end)
            self.cell = " / " if " / " in line else " | "
            for item in items:
                alone = len(items) == 1 and blocks[item].kind != "item"
                told = self.chain(blocks[item].start, blocks[item].end, frame) if alone else []
                own = told if len(told) > 1 else self._item(blocks[item], frame)
                for signer in own:
                    signer.doubt = "cut" if self._cut(items, item) else signer.doubt
                    signer.listed = True
                    frame.signers.append(signer)
                used.add(item)
            if frame.signers:
                yield frame
            index = items[-1] + 1

    def _cut(self, items: list[int], item: int) -> bool:
        """Whether an item is the last of a text that breaks off: the others end with a comma, it does not."""
        blocks = self.page.blocks
        ends = [self.page.text[blocks[i].end - 1] for i in items]
        last = item == items[-1] == len(blocks) - 1
        return last and len(items) > 2 and set(ends[:-1]) <= set(";,") and ends[-1] not in ".;,!)…"

    def _may_announce(self, index: int, line: str) -> bool:
        block = self.page.blocks[index]
        last = line[max(line.rfind(". "), 0) :] if block.kind != "heading" else line
        if re.search(r"\b(?:precedent|premier contrat|ancien)", last) and not re.search(
            "nouveau|second", last
        ):
            return False
        if re.search(r"\b(?:non[- ]signataires|futurs? signataires)\b", last) or NEGATED.search(last):
            return False
        if FILLED.match(line) or (block.kind == "item" and not self._heads(index)):
            return False
        return block.kind == "item" or block.kind == "heading" or line.rstrip().endswith(":")

    def _heads(self, index: int) -> bool:
        """Whether a numbered line is the heading of the list below, which is marked otherwise."""
        block, after = self.page.blocks[index], self.page.blocks[index + 1 : index + 2]
        own = sort_of(block.mark)
        return (
            own in ("1", "a")
            and bool(after)
            and after[0].kind == "item"
            and sort_of(after[0].mark) != own
            and not self.page.text[block.start : block.end].endswith((".", ";", ","))
        )

    def _items(self, index: int) -> list[int]:
        """The list that follows a block: its items, or short lines that each name a body."""
        blocks = self.page.blocks
        found: list[int] = []
        kind = ""
        for at in range(index + 1, len(blocks)):
            block = blocks[at]
            text = self.page.text[block.start : block.end]
            if not kind:
                kind = "item" if block.kind == "item" else "line"
            if kind == "item":
                if found and block.kind != "item" and REPRESENTED.match(self.page.folded, block.start):
                    continue
                first = blocks[found[0]] if found else block
                if sort_of(block.mark) != sort_of(first.mark) and not self._opens_with_body(block):
                    break  # the next heading, numbered, after bullets
                if block.kind == "item" or (
                    found
                    and self.page.text[blocks[at - 1].end - 1] in ",;"
                    and len(text) < 120
                    and any(block.start <= m.start < block.start + 75 for m in self.mentions)
                    and self._item(block, Frame("list", 0, 0))
                ):
                    found.append(at)
                else:
                    break
            else:
                if not found and self._row(block):
                    return [at]
                if at == index + 1 and HEAD_ROW.fullmatch(self.page.folded, block.start, block.end):
                    continue
                if block.kind == "item" or len(text) > 160 or re.search(r"[a-z]{3}\.\s+[A-Z]", text):
                    break
                if re.match(
                    r"(?:\(?represente|\(?ci-apres|\([^()]*\)$)", self.page.folded[block.start : block.end]
                ):
                    continue
                if found and self._describes(at, found[-1]):
                    continue
                if not self.begun(block.start, min(block.end, block.start + 75)):
                    if (
                        found
                        and len(text) < 70
                        and re.match(
                            r"(?:l[ae] |l'|m\.|mme|monsieur|madame|son |sa )",
                            self.page.folded[block.start : block.end],
                        )
                    ):
                        continue
                    break
                if re.search(r"\b(?:est|sont|a|ont|vise|comprend|s'articule)\b", text):
                    break
                found.append(at)
        return found

    def _describes(self, at: int, above: int) -> bool:
        """Whether a line says what the body of the line above does, and a line with a body follows it."""
        blocks = self.page.blocks
        if above != at - 1 or at + 1 >= len(blocks) or not SAYS.match(self.page.folded, blocks[at].start):
            return False
        return self._alone(blocks[above]) and self._alone(blocks[at + 1])

    def _alone(self, block: Block) -> bool:
        """Whether a line is nothing but a body."""
        named = [m for m in self.between(block.start, block.end) if not m.weak]
        lead = self.page.folded[block.start : named[0].start] if named else "-"
        rest = self.page.text[named[0].end : block.end] if named else "-"
        return lead in ("", "l'", "la ", "le ", "les ") and not rest.strip(" :;,.")

    def _opens_with_body(self, block: Block) -> bool:
        """Whether a body is named at the beginning of a block."""
        return any(m.start < block.start + 75 for m in self.between(block.start, block.end))

    def _row(self, block: Block) -> bool:
        """Whether a paragraph is nothing but bodies between commas."""
        signers = self.chain(block.start, block.end, Frame("list", 0, 0))
        rest = self.page.text[signers[-1].mention.end : block.end] if signers else ""
        return len(signers) > 2 and not rest.strip(" .;)")

    def _item(self, block: Block, frame: Frame) -> list[Signer]:
        """The bodies of one item of a list of signatories."""
        start, end = block.start, block.end
        folded = self.page.folded[start:end]
        if ABSENT.search(folded):
            return []
        if lead := GROUP_LEAD.match(folded):
            told = self.chain(start + lead.end(), end, frame)
            if told:
                return told
        cut = re.search(
            r",? ?\b(?:represente|ci-apres|en presence|pour son|via son)\w*|(?<=\w) ?: |"
            + re.escape(self.cell),
            folded,
        )
        if (
            cut
            and cut.start() > 8
            and not (cut.group().endswith(": ") and re.match(r"pour\b|m\.|mme", folded))
        ):
            end = start + cut.start()
        spans = self._masked(start, end)
        inside = [m for m in self.begun(start, end) if not masked(m, spans)]
        chosen: list[Mention] = []
        edge = start
        for mention in inside:
            if mention.start < edge or (mention.weak and (chosen or mention.start > start + 4)):
                continue
            gap = self.page.folded[edge : mention.start]
            if not chosen and not self._bridge(edge, mention.start, spans, closing=False):
                break
            if chosen and mention.kind == chosen[-1].kind == "chu" and gap == ", ":
                break  # "l'Assistance publique – Hôpitaux de Paris, CHU d'Île-de-France"
            if chosen and not re.fullmatch(
                r"(?:, |/| / | et | & | ainsi que |, et |; | \(|, dont )(?:l'|la |le |les |son |sa |ses |de "
                r"la |du |de l')?",
                gap,
            ):
                break
            chosen.append(mention)
            edge = mention.end
        if (
            folded.startswith("pour ")
            and chosen
            and re.match(r",? l[ea] ", self.page.folded[chosen[0].end :])
        ):
            chosen = chosen[:1]  # "Pour l'État, le préfet"
        bracket = self.page.text.find(" (", start, chosen[0].start) if chosen else -1
        if chosen and (bracket < 0 or not self.page.text[start].isupper()):
            return self._signers(chosen, frame)
        if chosen:
            # "CESAME (centre de santé mentale angevin)": the brackets say what it is.
            words = self.page.text[start:bracket]
            return [Signer(Mention(start, bracket, chosen[0].kind, words, words), 0, True)]
        left, right = self.page.trim(start, end, ",;.•-–*")
        words = re.sub(r"^(?:L[’']|La |Le |Les )", "", self.page.text[left:right])
        left = right - len(words)
        words = words.split(" – ")[0].split(" - ")[0].rstrip(" ,;.")
        if (
            not words
            or len(words) > 110
            or PERSON.match(words)
            or not words[0].isupper()
            or len(words.split()) > 14
        ):
            return []
        if is_person(self.page, left, self.page.text.find(",", left, right)):
            return []
        if re.match(r"(?:et|plusieurs|autres|de nombreu|tout|des )", fold(words)):
            return []
        made = Mention(left, left + len(words), kind_of_name(words), words, words, weak=True)
        made = with_psychiatry(self.page, [made])[0]
        return [Signer(made, 0, True)]
