"""The signatories that a chain of bodies means: plural words opened, members and second posts told apart."""

from __future__ import annotations

import re
from dataclasses import replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.gazetteer import UP
from cls_graph.drafting.layout import Page, fold

GROUPS = {"epci", "petr"}
SPELT = re.compile(r"(?: \w+){0,2} ?(?:-|:|,|,? a savoir) ?(?:l'|la |le |les )?")


class Members:
    """Reads what the bodies of a chain are to one another."""

    page: Page

    def _signers(self, chosen: list[Mention], frame: Frame) -> list[Signer]:
        """The bodies of a chain: plural words opened, members of a grouping left out, posts told apart."""
        out: list[Signer] = []
        state: Mention | None = None
        for index, mention in enumerate(chosen):
            depth = self._within(chosen, index)
            if depth is not None:
                if depth.kind == "etat":
                    state = depth
                elif not depth.plural:
                    if depth.weak and self._fills(mention):  # "CESAME (établissement de santé mentale)"
                        out = [s if s.mention is not depth else _of_kind(s, mention.kind) for s in out]
                    continue  # a member of a single body: the body signs
                else:
                    out = [s for s in out if s.mention is not depth]
                    if {depth.kind, mention.kind} == {"epci", "petr"}:
                        mention = replace(
                            mention, kind=depth.kind
                        )  # "communautés de communes (Pays de Lunel)"
            after = chosen[index + 1] if index + 1 < len(chosen) else None
            if (
                after
                and mention.plural
                and not mention.parts
                and {mention.kind, after.kind} <= GROUPS
                and SPELT.fullmatch(self.page.folded, mention.end, after.start)
            ):
                continue  # "les intercommunalités de l'Est creusois – A, B et C –": the names are the bodies
            if previous_of := chosen[index - 1] if index else None:
                gap = self.page.text[previous_of.end : mention.start]
                if (
                    gap == ", "
                    and mention.generic
                    and mention.text[0].islower()
                    and not mention.plural
                    and previous_of.name
                ):
                    continue  # "l'hôpital de Navarre, établissement public de santé mentale": what it is
            signer = Signer(mention, 0, within=state if depth is not None and depth.kind == "etat" else None)
            previous = chosen[index - 1] if index else None
            if previous and self._same_person(previous, mention) and not self._for_both(mention):
                if previous.kind == mention.kind == "prefecture":
                    continue
                signer.post_rank = 1
            gap = self.page.folded[(previous.end if previous else mention.start) : mention.start]
            signer.new = bool(re.search(r"nouveau", gap)) or bool(
                out and out[-1].new and not re.search(r"[;.]", gap)
            )
            for part in mention.parts or (mention,):
                out.append(
                    Signer(
                        part,
                        0,
                        frame.kind == "list",
                        frame.doubt,
                        signer.within,
                        signer.post_rank,
                        signer.new,
                    )
                )
        return out

    def _for_both(self, mention: Mention) -> bool:
        """Whether the sentence says that a person signs for both posts: "à ce double titre"."""
        start, end = self.page.sentence_at(mention.start)
        return bool(re.search(r"\bdouble (?:titre|qualite|casquette)\b", self.page.folded[start:end]))

    def _within(self, chosen: list[Mention], index: int) -> Mention | None:
        """The body in whose parentheses this one stands."""
        start = self.page.text.rfind("(", 0, chosen[index].start)
        if start < 0 or ")" in self.page.text[start : chosen[index].start]:
            return None
        for other in reversed(chosen[:index]):
            if other.end <= start and not self.page.text[other.end : start].strip():
                return other
        return None

    def _fills(self, mention: Mention) -> bool:
        """Whether a body is all that stands in brackets."""
        text = self.page.text
        return text[mention.start - 1] == "(" and text[mention.end : mention.end + 1] == ")"

    def _same_person(self, first: Mention, second: Mention) -> bool:
        """ "maire de X et président de Y": two posts of one person, without an article or a name between."""
        gap = self.page.text[first.end : second.start]
        folded = fold(gap)
        person_before = first.post or re.search(
            r"(?:president|direct|maire|represent)\w*[^,;]*$",
            fold(self.page.text[max(0, first.start - 70) : first.start]),
        )
        joined = re.match(
            r"(?:,|et|, et)?\s*(?:(?:egalement|aussi) )?(?:vice-)?(?:president|maire|conseill|"
            r"direct|prefet|qui preside|qui dirige)\w*",
            folded.strip() if second.post is False else folded.strip() + fold(second.text),
        )
        names = re.search(
            rf"(?<![\w])(?:M\.|Mme|Dr|[{UP}][a-zà-ÿ-]+ [{UP}][\w-]+)",
            re.sub(
                r"(?:Vice-)?[Pp]r[ée]sidente?|Maire|Conseill\w+|Directe?u?r\w*|Préf\w+|Sous-préf\w+", "", gap
            ),
        )
        return bool(person_before and joined and not names)


def _of_kind(signer: Signer, kind: str) -> Signer:
    """The signer with the kind that brackets after its name say."""
    return replace(signer, mention=replace(signer.mention, kind=kind))
