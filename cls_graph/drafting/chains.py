"""Chains of bodies: those that a verb or a noun of signing joins, with nothing between them but a list.

Between two bodies of a chain there are only commas, articles, names and posts of persons; it breaks at
anything else, so that whoever is merely near is not taken for a signatory.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.layout import Page, fold
from cls_graph.drafting.members import Members
from cls_graph.drafting.phrases import ALLOWED, GROUPING, OPENERS, PHRASES, PRESENCE, REPRESENTED, STOP

DATIVE = re.compile(r"(?:,| et|, et) ?(?:a la |a l'|aux? |a )")
SUBJECT = re.compile(r"(?:\bcontrat|\bcls|\bsante|\bdocument|\baccord|(?:^|[.;:,] )(?:il|celui-ci))$")
"""What "rassemble" bodies as its signatories, not as its members."""
TITLES = re.compile(r"\b(mm|m|mr|dr|pr)\.")


class Chains(Members):
    """Follows bodies from a passage on or back. ``weak`` are names that only a list may show to be bodies."""

    def __init__(self, page: Page, mentions: list[Mention], weak: list[Mention]) -> None:
        self.page, self.mentions, self.weak = page, mentions, weak
        self.all = sorted([*mentions, *weak], key=lambda m: m.start)
        self._starts = [m.start for m in self.all]

    def between(self, start: int, end: int) -> list[Mention]:
        """The bodies named between two places, in order."""
        left, right = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.all[left:right] if m.end <= end]

    def _masked(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of a sentence whose bodies do not sign: who is present, who is a member of a grouping."""
        text = self.page.folded[start:end]
        spans = []
        for match in PRESENCE.finditer(text):
            stop = re.compile(
                r"[;.]|\bsignataires?\b[^.;:]{0,60}:"
                r"| que (?=l'|la |le |les )|, (?:a|ont|viennent|vient|signe\w*|se sont|s'est)\b|"
                r"\b(?:a|ont) (?:\w+ "
                r"){0,2}(?:sign|paraph)|$"
            ).search(text, match.end())
            spans.append((start + match.start(), start + (stop.start() if stop else len(text))))
        for match in GROUPING.finditer(text):
            plain = re.match(r",? ?(?:compt|associ|form|reuni)", match.group())
            listing = "dont" in match.group()[:6] and re.search(
                r"(?:contrat|cls|sante|document|accord|texte|partenaires|signataires|acteurs|institutions"
                r"|structures)(?: [a-z]+)?$",
                text[: match.start()],
            )
            spelt = re.match(r"\W*\w+ ?:", match.group()) or SUBJECT.search(text, 0, match.start())
            if not plain and not listing and not spelt:
                spans.append((start + match.start(), start + match.end()))
        for match in REPRESENTED.finditer(text):
            spans.append((start + match.start(), start + match.end()))
        for match in re.finditer(r"\ba l'instar (?:de la |de l'|du |des |de |d')", text):
            # Another town or group that is a model does not sign this contract; another body does.
            spans += [
                (start + match.start(), m.end)
                for m in self.between(start + match.end(), end)[:1]
                if m.start == start + match.end() and m.kind in ("commune", "epci", "petr")
            ]
        return spans

    def _backward(self, start: int, at: int, frame: Frame) -> list[Signer]:
        """The subjects of a verb: the bodies before it, from the nearest back."""
        spans = self._masked(start, at)
        if frame.kind == "backward":  # "le contrat, dont la CPAM et la CAF sont signataires"
            spans = [s for s in spans if not re.match(r",? ?dont\b", self.page.folded[s[0] : s[1]])]
        inside = [m for m in self.between(start, at) if not masked(m, spans)]
        chosen: list[Mention] = []
        edge = at
        for mention in reversed(inside):
            if mention.start >= edge:
                continue
            if not self._bridge(mention.end, edge, spans, closing=not chosen):
                break
            if chosen and mention.weak and not self._separated(mention, before=True):
                break
            chosen.append(mention)
            edge = mention.start
        chosen.reverse()
        while chosen and not self._opens(start, chosen[0].start, spans):
            # "lors du conseil de la communauté, le maire a signé": the first is a complement, not a subject.
            chosen.pop(0)
        return self._signers(chosen, frame)

    def chain(
        self, at: int, end: int, frame: Frame, *, wide: bool = False, dative: bool = False
    ) -> list[Signer]:
        """The bodies named from a place on, as long as nothing but a list joins them.

        ``wide``: a list in brackets ends with them; ``dative``: each has its "à" ("la lie à A et à B").
        """
        spans = self._masked(at, end)
        chosen: list[Mention] = []
        edge = at
        if wide:
            end = self._list_end(at, end)
        for mention in self.between(at, end):
            if mention.start < edge:
                continue
            if masked(mention, spans):
                continue
            repeats = dative and DATIVE.fullmatch(self.page.folded, edge, mention.start)
            if not repeats and not self._bridge(edge, mention.start, spans, closing=False, strict=not chosen):
                if not (chosen and self._spells_out(chosen[-1], mention)):
                    break
                chosen.pop()
            chosen.append(mention)
            edge = mention.end
        return self._signers(chosen, frame)

    def _spells_out(self, whole: Mention, part: Mention) -> bool:
        """ "les quatre communautés de communes qui le composent : A, B, C et D": the names are the bodies."""
        gap = self.page.folded[whole.end : part.start]
        return (
            whole.plural
            and not whole.name
            and whole.kind == part.kind
            and bool(re.fullmatch(r"[^.;:()]{0,60} ?: ?(?:l'|la |le |les |celles? de |celles? du )?", gap))
        )

    def _list_end(self, at: int, end: int) -> int:
        opened = self.page.text[at - 1] == "("
        close = self.page.text.find(")", at, end) if opened else -1
        return close if close > 0 else end

    def _bridge(
        self, left: int, right: int, spans: list[tuple[int, int]], *, closing: bool, strict: bool = False
    ) -> bool:
        """Whether the words between two bodies of a list (or the last and the verb) keep them together."""
        gap = self.page.text[left:right]
        for begin, stop in spans:
            if begin < right and stop > left:
                cut, upto = max(begin - left, 0), min(stop - left, len(gap))
                gap = gap[:cut] + " " * (upto - cut) + gap[upto:]
        folded = PHRASES.sub(lambda m: " " * len(m.group()), TITLES.sub(r"\1 ", fold(gap)))
        if re.search(r"[.!?](?=\s)|\n\s*\n", folded):
            return False
        for piece in re.split(r"[,;:]", folded):
            if not self._plain(piece, gap, folded):
                if closing and re.fullmatch(
                    r"\s*(?:(?:officiellement|conjointement|ensemble|egalement|solennellement|"
                    r"tous|toutes|ainsi|enfin|reunis?|ce|cet|cette|hier|jour|soir|matin|"
                    r"apres-midi|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|se|a|qui|"
                    r"y|le|la|\d+|1er|janvier|fevrier|mars|avril|mai|juin|juillet|aout|"
                    r"septembre|octobre|novembre|decembre|dernier|en|se|s'|[ld]'|autour|d'une|"
                    r"meme|table)\s*)+",
                    piece,
                ):
                    continue
                words = piece.split()
                other = re.search(r" et (?:l'|la |le |les )(?P<rest>[^,;]+)$", piece) if closing else None
                if (
                    other
                    and len(other.group("rest").split()) <= 9
                    and not STOP & set(other.group("rest").split())
                    and self._plain(piece[: other.start()], gap, folded)
                ):
                    continue  # one more subject, that nothing shows to be a body
                if (
                    not strict
                    and 0 < len(words) <= 7
                    and "," in folded
                    and words[0] not in STOP
                    and not STOP & set(words[1:])
                    and not re.search(r"\b(?:a|ont|est|sont|etait)\b", piece)
                ):
                    continue  # an apposition: ", établissement support du groupement,"
                return False
        return True

    def _plain(self, piece: str, gap: str, folded: str) -> bool:
        offset = folded.find(piece)
        for word in re.finditer(r"[\w][\w'-]*", piece):
            token = word.group()
            shown = gap[offset + word.start() : offset + word.end()]
            if shown[:1].isupper() or token in ALLOWED:
                continue
            parts = re.split(r"['’]", shown)
            if all(part in ALLOWED or part[:1].isupper() for part in parts if part):
                continue
            return False
        return True

    def _separated(self, mention: Mention, *, before: bool) -> bool:
        return bool(re.search(r"[,;(]|\bet\b", self.page.text[max(0, mention.start - 6) : mention.start]))

    def _opens(self, start: int, at: int, spans: list[tuple[int, int]]) -> bool:
        """Whether a subject may begin here: at the start, after a comma, a post; not after "lors du"."""
        lead = self.page.folded[start:at]
        clause = re.split(r"[,;:|]|\bet |\bque |\bqu'|\bou |\bce (?:sont|seront|furent) |\bc'est ", lead)[-1]
        words = clause.split()
        if not words:
            return True
        if re.search(
            r"\b(?:president|vice-president|direct|maire|adjoint|prefet|represent|elu|deleg|"
            r"chef|secretaire|conseill|medecin|doyen|services|gouvern)\w*",
            clause,
        ):
            return not re.match(r"\s*(?:lors|a|au|dans|chez|apres|avant|pour|sous|avec) ", clause)
        shown = self.page.text[at - len(clause) : at].split() if clause else []
        if words[-1] == "en" and not clause.endswith("("):
            return False  # "en sous-préfecture, l'élu a signé"
        if words[-1] == "(" and len(shown) > 1 and all(w[0].isupper() for w in shown[:-1]):
            return True  # a person, and in brackets the body
        named = re.match(
            r"\s*(?P<who>\S+(?: \S+){1,3}) (?:pour|au nom de|pour le compte de) (?:l['’]|la |le |les )?$",
            clause,
        )
        if named and all(w[0].isupper() for w in shown[: len(named.group("who").split())]):
            return True  # "Charles Demouge pour l'agglomération"
        words = [w for w in words if w not in OPENERS and not w.isdigit()]
        return all(
            w
            in (
                "l'",
                "le",
                "la",
                "les",
                "d'une",
                "part",
                "ainsi",
                "avec",
                "outre",
                "autour",
                "aux",
                "cotes",
                "de",
                "du",
                "deux",
                "trois",
                "dont",
            )
            or w[0] in '«"*#-•–'
            for w in words
        ) and not re.search(r"\b(?:a|au) l", clause)


def masked(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    """Whether a body stands in one of the spans."""
    return any(start <= mention.start < end for start, end in spans)
