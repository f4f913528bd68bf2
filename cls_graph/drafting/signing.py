"""Who signs: the passages of a page that say so, and the bodies each of them names.

A passage (``Frame``) is a verb, a noun, a list or a header of signing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.clauses import Clauses
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.naming import NAME
from cls_graph.drafting.phrases import (
    ACTIVE,
    AFTER_BACKWARD,
    BACKWARD,
    CLAUSE,
    COMMITTEE,
    CONTRACT,
    FUTURE,
    GENERAL,
    LIST_AFTER,
    NEGATED,
    NOT_SIGNING,
    NOUN,
    OTHER_OBJECT,
    PASSIVE,
    PRESENCE,
    SIGNATORIES,
    SIGNED_LIST,
    UNITES,
)
from cls_graph.drafting.places import LOCAL
from cls_graph.drafting.tentative import weigh
from cls_graph.geo import codes

WHAT = re.compile(rf"{CONTRACT}|\bcontracte")
AGREEMENT = re.compile(r"\bpartenariat\b|\baccord\b")
NEXT = re.compile(r"\W*(?:ce|le)(?: nouveau)? (?:contrat|cls)\b")
"""The sentence after "ont scellé un partenariat", where that is the contract."""
WHAT_BEFORE = re.compile(rf"{CONTRACT}|l'ont|l'a |\by (?:a|ont|sont|est) ")
BESIDES = re.compile(
    r"outre (?=(?:l'|la |le |les )[^;.]{3,120}, le (?:contrat|cls|"
    r"document)\b[^;.]{0,40}\bsigne)"
)
BY_SIGNING = re.compile(
    rf"en (?:co-?)?(?:signant|paraphant) [^,.;]{{0,60}}{CONTRACT}[^,.;]{{0,60}}, (?=l'|la |le |les )"
)
MOST = 30
"""Passages of one kind that are read in a sentence: none that is written to be read has more."""
DATED = re.compile(r"\b(?:le|en) (?:\d{1,2}(?:er)? )?[a-z]+ 20\d\d")
"""A vote approves a contract "conclu le 7 juin 2022 entre …": that was signed."""
FAR_COLON = re.compile(r"[^:.;]{0,140}?(?<!\d) ?: (?!\d)")
HAS_SIGNED = re.compile(r"\b(?:signee?s?|signature|officialisee?|paraphee?|conclu|scelle)\b")
ABOUT = re.compile(
    r"sign|paraph|conclu|contra[ct]|ratifi|scell|cls|officialis|adhere|engage|document|"
    r"\bparties?\b"
)


class Reader(Clauses):
    """Reads the passages of a page that say who signs."""

    def frames(self) -> list[Frame]:
        """Every passage that says who signs, in the order of the text."""
        found: list[Frame] = []
        used: set[int] = set()
        found += self._headers(used)
        found += self._lists(used)
        general = signed = -1
        before = ""
        for start, end in self.page.sentences:
            at, text = self.page.block_at(start), self.page.folded[start:end]
            if GENERAL.search(text) or (
                general == at
                and re.match(r"(?:il|ils|celui-ci|ce dispositif|cet outil|ces contrats)\b", text)
            ):
                general = at
            elif at not in used:
                general = -1
                found += self._sentence(start, end)
                found += self.clauses(start, end, self._told(start), before)
                found += self.linked(start, end, self._told(start))
                if signed == at and (match := UNITES.match(text)):
                    found += self._forward("noun", start, match, start + match.end(), end, text)
            before = text
            signed = at if HAS_SIGNED.search(text) and not NEGATED.search(text) else -1
        found = _distinct(sorted((f for f in found if f.signers), key=lambda f: f.start))
        weigh(self.page, found)
        return found

    def _told(self, start: int) -> bool:
        """Whether the sentences before speak of the contract being signed."""
        before = self.page.folded[max(0, start - 600) : start]
        return bool(HAS_SIGNED.search(before) and re.search(r"\bcontrats?\b|\bcls\b", before))

    def _sentence(self, start: int, end: int) -> Iterator[Frame]:
        text = self.page.folded[start:end]
        if not ABOUT.search(text):
            return
        if OTHER_OBJECT.search(text) and not re.search(
            r"contrats? loca(?:l|ux) de sante(?! mentale)|\bcls\b", text
        ):
            return
        for match in islice(ACTIVE.finditer(text), MOST):
            yield from self._active(start, end, match, text)
        for match in islice(PASSIVE.finditer(text), MOST):
            yield from self._passive(start, end, match, text)
        for match in islice(NOUN.finditer(text), MOST):
            if match.group().startswith(("engage", "lie", "unit")) and (
                COMMITTEE.search(text[: match.start()])
                or not re.search(r"\bcontrat|\bcls\b|\bdocument\b|\baccord\b", text[: match.start()])
            ):
                continue
            yield from self._forward("noun", start, match, start + match.end(), end, text)
        for match in SIGNATORIES.finditer(text):
            after = LIST_AFTER.match(text, match.end())
            if re.fullmatch(r"(?:les )?", text[: match.start()]) and self._begins(start + match.end()):
                # A row of a table: "Signataires    Ville de Pau ; ARS".
                yield from self._forward("list", start, match, start + match.end(), end, text)
                continue
            if (after and text[after.end() - 1] != " ") or (after and after.end() > match.end() + 1):
                yield from self._forward("list", start, match, start + after.end(), end, text)
        if outre := BESIDES.match(text):
            # "Outre A et B, le contrat a été signé par C": A and B sign too.
            yield from self._forward("list", start, outre, start + outre.end(), end, text)
        if by := BY_SIGNING.match(text):
            yield from self._forward("list", start, by, start + by.end(), end, text)
        for match in SIGNED_LIST.finditer(text):
            yield from self._forward("list", start, match, start + match.end(), end, text)
        for match in BACKWARD.finditer(text):
            frame = Frame("backward", start + match.start(), start + match.end())
            if not NEGATED.search(text[max(0, match.start() - 12) : match.end() + 5]):
                frame.signers = self._backward(start, start + match.start(), frame)
                yield frame
            rest = AFTER_BACKWARD.match(text, match.end())
            if not frame.signers and (far := FAR_COLON.match(text, match.end())):
                # "Neuf institutions sont signataires du contrat de X : …"
                yield from self._forward("list", start, match, start + far.end(), end, text)
                continue
            if rest and (not frame.signers or re.search(r"parmi|nombre", match.group())):
                yield from self._forward("list", start, match, start + rest.end(), end, text)

    def _active(self, start: int, end: int, match: re.Match[str], text: str) -> Iterator[Frame]:
        before, after = text[: match.start()], text[match.end() :]
        if NEGATED.search(before[-25:] + match.group()) or re.search(r"\bn'$|\bne $", before):
            return
        told = AGREEMENT.search(after) and NEXT.match(self.page.folded, end)
        if (
            not told
            and not WHAT.search(match.group() + after)
            and not WHAT_BEFORE.search(before[-60:] + match.group())
        ):
            return
        if self.page.text[start + match.start()] == "à":
            return
        if NOT_SIGNING.search(before) and re.search(r"\bsigner\b|conclure", match.group()):
            return
        kind = Frame(
            "active", start + match.start(), start + match.end(), future=bool(FUTURE.search(match.group()))
        )
        kind.signers = self._backward(start, kind.start, kind) or self._bare(start, kind)
        yield kind
        if not kind.signers and (
            turned := re.match(
                r"(?: (?:a (?:ses|leurs) cotes|egalement|aussi|ce document|(?:ce|le) "
                r"contrat))*[ :,]+(?=(?:l'|la |le |les )(?!contrat|cls))",
                after,
            )
        ):
            # "Ont également signé la CPAM et la CAF."
            at = start + match.end() + turned.end()
            if any(at <= m.start <= at + 4 for m in self.mentions):
                kind.signers = self.chain(at, end, kind)
        # "a signé avec l'ARS et la CPAM un contrat", "aux côtés de": those sign too.
        for along in re.finditer(
            r"\b(?:avec|aux cotes|au cote|ainsi que|de meme que|tout comme|et avec|conjointement avec"
            r"|accompagnee?s? "
            r"de)\b(?! succes)",
            after,
        ):
            between = after[: along.start()]
            if PRESENCE.search(between) or re.search(r"\b(?:qui|que|dont|afin|pour que|visant)\b", between):
                break
            more = Frame("active", kind.start, kind.end, future=kind.future)
            at = start + match.end() + along.end()
            more.signers = self.chain(at, end, more)
            yield more

    def _bare(self, start: int, frame: Frame) -> list[Signer]:
        """ "Villeurbanne a signé": a commune or "le président" that says no more of itself."""
        lead = self.page.text[start : frame.start]
        name = re.search(rf"(?:^|, |[Aa]insi, )(?P<name>{NAME.pattern}) $", lead)
        if re.search(r"\b(?:qu')?(?:ils?|elles?) $", self.page.folded[start : frame.start]):
            own = [m for m in self.mentions if start <= m.start < frame.start and m.kind in LOCAL and m.name]
            return [Signer(own[-1], 0)] if own else []
        if frame_is_ours(self.page.folded[frame.start : frame.end]):
            words = self.page.text[frame.start : frame.end]
            return [Signer(Mention(frame.start, frame.end, "epci", f"nous {words}", post=True), 0)]
        if name and len(name.group("name")) > 2 and codes().find(name.group("name"), "commune"):
            words = name.group("name")
            at = start + name.start("name")
            return [Signer(Mention(at, at + len(words), "commune", words, words), 0)]
        return []

    def _passive(self, start: int, end: int, match: re.Match[str], text: str) -> Iterator[Frame]:
        gap = match.group("gap")
        verb = match.group()[: len(match.group()) - len(gap)]
        own = re.search(rf"{CONTRACT}[^.;:]{{0,60}}$", text[: match.start()])
        if verb.startswith(("pass", "etabli", "noue")) and match.group("by") != "entre" and not own:
            return
        if re.search(
            r"\b(?:qui|que|dont|afin|visant|prevoit|vise|permet|porte|approuve|adopte|elabore|"
            r"finance|coordonne|anime|pilote|soutenu|accompagne)",
            gap,
        ):
            return
        if AGREEMENT.search(gap) and not WHAT.search(text) and not NEXT.match(self.page.folded, end):
            return
        if PRESENCE.search(gap) or NEGATED.search(text[max(0, match.start() - 30) : match.start() + 12]):
            return
        yield from self._forward("passive", start, match, start + match.end(), end, text)

    def _forward(
        self, kind: str, start: int, match: re.Match[str], at: int, end: int, text: str
    ) -> Iterator[Frame]:
        frame = Frame(kind, start + match.start(), start + match.end())
        before = text[: match.start()]
        if NEGATED.search(before[-20:]):
            return
        if PRESENCE.search(match.group()) or (
            not re.search(r"\bcontrat|\bcls\b", match.group()) and _other_object(before[-80:])
        ):
            return
        if (
            re.search(
                r"\b(?:autoris\w+|habilit\w+|appro(?:uv\w+|bation)|delibere?\b|delibere la|favorable a)\b",
                before,
            )
            and kind in ("noun", "passive")
            and not DATED.search(match.group())
        ):
            frame.doubt = "authorised"
        frame.future = bool(FUTURE.search(before[-40:]))
        frame.signers = self.chain(at, end, frame, wide=kind == "list")
        if kind in ("passive", "noun"):
            self._next_clause(frame)
        if frame.signers and match.groupdict().get("by") == "avec" and kind == "noun":
            # "la signature du CLS de X, avec A et B": X signs too, which the text does not say outright.
            own = [
                m
                for m in self.mentions
                if frame.start < m.start < at and m.kind in ("commune", "epci", "petr") and m.name
            ]
            named = re.compile(r"(?:cls|contrat local de sante(?: \(cls\))?) (?:de la |de |du |d')").search(
                text, match.start(), match.end()
            )
            if named and not own and (name := NAME.match(self.page.text, start + named.end())):
                own = [
                    m
                    for m in self.mentions
                    if m.kind in ("commune", "epci", "petr") and m.name == name.group()
                ][:1]
            frame.signers += [Signer(own[0], 0, doubt="implied")] if own else []
        yield frame

    def _begins(self, at: int) -> bool:
        """Whether a body begins at once at a place, after spaces or the line of a table."""
        gap = re.match(r"[ |]+(?:l'|la |le |les )?", self.page.folded[at : at + 60])
        return gap is not None and any(m.start == at + gap.end() for m in self.all)

    def _next_clause(self, frame: Frame) -> None:
        """ "signé entre A et B, C et D organisent …": C and D are the subject of what follows."""
        if len(frame.signers) < 3:
            return
        last = frame.signers[-1].mention
        if not CLAUSE.match(self.page.folded, last.quote[1]):
            return
        for index in range(len(frame.signers) - 1, 0, -1):
            before, here = frame.signers[index - 1].mention, frame.signers[index].mention
            if "," in self.page.text[before.end : here.start]:
                frame.signers = frame.signers[:index]
                return


def _distinct(frames: list[Frame]) -> list[Frame]:
    """Each list once, however many of its words announce it."""
    seen: dict[tuple[int, ...], Frame] = {}
    for frame in frames:
        known = seen.setdefault(tuple(s.mention.start for s in frame.signers), frame)
        known.doubt = known.doubt or frame.doubt
    return list(seen.values())


def frame_is_ours(words: str) -> bool:
    """ "nous avons signé": those who speak are the authority of the territory."""
    return words.startswith("avons ")


def _other_object(lead: str) -> bool:
    """Whether the last thing named before a passage is another agreement than a local health contract."""
    found = list(OTHER_OBJECT.finditer(lead))
    if found and re.search(
        r"(?:contrat local de sante|\bcls)[^.;:,]{0,30}, (?:une? )?$", lead[: found[-1].start()]
    ):
        return False  # "un CLS, convention passée avec": the contract itself
    return bool(found) and not re.search(
        r"contrats? loca(?:l|ux) de sante(?! mentale)|\bcls\b", lead[found[-1].end() :]
    )
