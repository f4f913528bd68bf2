"""Which contracts a page speaks of, and the sentences that are about each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.dates import Date, number
from cls_graph.drafting.frames import Frame
from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK
from cls_graph.drafting.places import LOCAL, Candidate
from cls_graph.drafting.several import NONE, Listed
from cls_graph.geo import codes, fold_name
from cls_graph.geo.codes import COMMON
from cls_graph.geo.names import essential, without_article

PLURAL = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|plusieurs|\d|nouveaux|ces|des|les) (?:nouveaux "
    r")?(?:contrats locaux de sante|cls|contrats)\b|\bcontrats locaux de sante\b"
)


OWN_HEAD = re.compile(
    r"(?:le )?(?:contrat local de sante(?! mentale)|cls)(?: \(cls\))? (?:de la |de l'|du |des |de |d')(?=\S)"
)
"""A heading that says whose contract it heads: "Contrat local de santé du Thouarsais"."""
HEAD_LEAD = re.compile(
    r"^(?:\d{1,2} ?[.)/–-] ?)?"
    r"(?:À |(?:[Ll]a )?(?:[Vv]ille|[Cc]ommune) (?:de |du |des |d[’'])(?:l[’']|la )?)?\s*"
)
LABEL = re.compile(r"(?:periode|duree|date de signature|signature|signataires) ?:")
""" "Signataires : …": what stands in a line below the name of a territory."""
DATED = re.compile(r",? (?:\(|le )?(?:\d{1,2}(?:er)? )?[a-zéû]+ 20\d\d\)?$")
"""The date after the name of a heading: "Provence Alpes Agglomération, 13 décembre 2022"."""
CONTRACT = re.compile(r"\bcontrat\b|\bcls\b")
SEVERAL = re.compile(r"\b(?:deux|trois|quatre|cinq|six) (?:\w+ )?(?:contrats locaux de sante|cls)\b")
DOES_SO = re.compile(
    r"(?:en (?:a|ont) fait (?:autant|de meme)|(?:a|ont) fait de meme|(?:a|ont) signe le (?:sien|leur))\b"
)
MANY = re.compile(r"\bcontrats loca(?:l|ux) de sante\b|\b(?:les|des|en|\d) cls\b")
GENERAL = re.compile(
    r"(?:un|tout|chaque) (?:contrat local de sante|cls)\b|\bles contrats locaux de sante (?!de|du|d')"
)
GOES_ON = re.compile(r"(?:il|ils|celui-ci|ceux-ci|ce contrat|ces contrats)\b")
""" "Un contrat local de santé est porté par … Il porte sur …": of such contracts in general."""
OF_ALL = re.compile(r"\b(?:(?:ces|les) (?P<n>deux|trois|quatre|cinq)|ces) (?:\w+ )?(?:cls|contrats)\b")
"""What is said of all the contracts of a page."""
SIGNED = re.compile(
    r"\b(?:contrat local de sante|cls)\b[^.;]{0,80}\b(?:sign|paraph|conclu|scell)|"
    r"\b(?:sign|paraph|scell|conclu)\w*[^.;]{0,160}\b(?:contrat|cls)\b"
)


FOLK_WORD = re.compile(FOLK)
_STEM = 5
"""Letters of a name, at least, by which its people are known."""


@dataclass
class Contract:
    """One contract of a page: the spans of text that are about it."""

    territory: Candidate | None
    parts: list[tuple[int, int]]
    several: bool = False
    signed: Date | None = None
    """The day of its signing, where a list or table gives it in the line of this contract."""
    stated: int = 0
    """How many contracts the text counts where it lists them; 0: it does not."""
    listed: int = 0
    """How many were read there."""
    others: tuple[Candidate, ...] = ()
    """The territories of the other contracts that the same sentence names."""

    def told(self, text: str) -> str:
        """What a text says of this contract."""
        return "\n".join(text[s:e] for s, e in self.parts)

    def without_others(self, frame: Frame) -> Frame:
        """A passage without those who sign for the territories of the other contracts."""
        theirs = {c.key for c in self.others}
        if not theirs:
            return frame
        kept = [s for s in frame.signers if not (s.mention.kind in LOCAL and _keys(s.mention) & theirs)]
        return replace(frame, signers=kept)

    def holds(self, position: int) -> bool:
        """Whether a position is in the text about this contract."""
        return any(s <= position < e for s, e in self.parts)


def each_once(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, each place once.

    One that the codes do not have is another by its people: "l'agglomération lavalloise" is that of Laval.
    """
    kept: dict[str, Candidate] = {}
    for one in candidates:
        kept.setdefault(one.place.key if one.place else one.key, one)
    named = [c for c in kept.values() if c.place]
    known = {w for c in named for w in essential(c.label).split() if len(w) >= _STEM and w not in COMMON}
    return [c for c in kept.values() if c.place or not _by_its_people(c, known)]


def _by_its_people(candidate: Candidate, known: set[str]) -> bool:
    """Whether a name ends with the word for the people of a place that is known by one of some words."""
    last = "".join(essential(candidate.label).split()[-1:])
    return FOLK_WORD.fullmatch(last) is not None and any(last.startswith(word) for word in known)


def _keys(mention: Mention) -> set[str]:
    """The names of a body as those of territories are told apart."""
    return {Candidate(name, mention.kind, 0, 0).key for name in (mention.name, mention.text) if name}


def contracts_of(
    page: Page,
    candidates: list[Candidate],
    subjects: list[list[Mention]],
    departements: tuple[str, ...] = (),
    counted: Listed = NONE,
) -> list[Contract]:
    """The contracts of the page. ``subjects`` are the local authorities of each passage of signing.

    ``counted``: the territories that a sentence names together as those of several contracts.
    """
    whole = [(0, len(page.text))]
    if sections := _sections(page, candidates, departements):
        return sections
    anchored = each_once([c for c in candidates if c.anchored])
    candidates = [c for c in candidates if not c.anchored or any(c is one for one in anchored)]
    if counted.own or not {c.key for c in counted.territories} <= {c.key for c in anchored}:
        return _counted(page, counted)
    groups = sorted(anchored, key=lambda c: c.start)
    if len(groups) < 2:
        own: dict[str, Candidate] = {}
        for mentions in subjects:
            if len(mentions) == 1:
                for candidate in candidates:
                    if candidate.end == mentions[0].end or candidate.key in fold_name(mentions[0].text):
                        own[candidate.key] = candidate
                        break
        also = {c.key: c for c in candidates if _does_so(page, c)}
        if len(own) == 1 and also.keys() - own.keys():
            groups = sorted({**own, **also}.values(), key=lambda c: c.start)
        if len(own) > 1 and len(own) == sum(1 for s in subjects if len(s) == 1):
            groups = sorted(own.values(), key=lambda c: c.start)
    groups = [g for g in groups if not any(g is not o and f" {g.key} " in f" {o.key} " for o in groups)]
    levels = {"commune" if g.kind == "commune" else "group" for g in groups}
    if len(groups) < 2 or len(levels) > 1 or not PLURAL.search(page.folded) or _together(page, groups):
        if counted.territories:
            return _counted(page, counted)
        return [Contract(candidates[0] if candidates else None, whole)]
    return _divided(page, groups, shared=False)


def _does_so(page: Page, candidate: Candidate) -> bool:
    """Whether a place does what another has done: "Le pays de Guingamp en a fait autant"."""
    said = rf"\b{re.escape(page.folded[candidate.start : candidate.end])} {DOES_SO.pattern}"
    return re.search(said, page.folded) is not None


def _counted(page: Page, counted: Listed) -> list[Contract]:
    """The contracts of places that one sentence names together."""
    made = _divided(page, counted.territories, shared=True)
    ends = [*(c.start for c in counted.territories[1:]), 0]
    for contract, place, stop in zip(made, counted.territories, ends, strict=True):
        contract.stated, contract.listed = counted.stated, len(made)
        contract.others = tuple(c for c in counted.territories if c.key != place.key)
        if counted.own:
            start, end = page.sentence_at(place.start)
            parts = [(start, counted.territories[0].start), (place.start, stop or end)]
            contract.parts = [*parts, *(p for p in contract.parts if p != (start, end))]
    return made


def _divided(page: Page, groups: list[Candidate], *, shared: bool) -> list[Contract]:
    """The sentences of a page by the contract that they name; ``shared``: what names none is of all."""
    parts: dict[str, list[tuple[int, int]]] = {g.key: [] for g in groups}
    current = ""
    for block in page.blocks:
        general = False
        for start, end in page.sentences_of(block) if block.kind != "item" else [(block.start, block.end)]:
            goes_on = general and GOES_ON.match(page.folded, start, end)
            general = bool(goes_on or GENERAL.search(page.folded, start, end))
            named = [
                g.key
                for g in groups
                if re.search(
                    rf"\b(?:{re.escape(g.key)}|{re.escape(g.short or g.key)})\b",
                    fold_name(page.text[start:end]),
                )
            ]
            if len(named) == 1:
                current = named[0]
            if len(named) > 1:
                current = ""
                for key in named:
                    parts[key].append((start, end))
            elif current and not _of_all(page, start, end, len(groups)):
                parts[current].append((start, end))
            elif (shared and not general) or PLURAL.search(page.folded[start:end]):
                for key in parts:
                    parts[key].append((start, end))
    return [Contract(g, parts[g.key], several=True) for g in groups]


def _of_all(page: Page, start: int, end: int, many: int) -> bool:
    """Whether a sentence is about all the contracts of a page: "les deux contrats", where two are told."""
    said = OF_ALL.search(page.folded, start, end)
    if said is None:
        return False
    return SEVERAL.search(page.folded) is not None or (said["n"] is not None and number(said["n"]) == many)


def _sections(page: Page, candidates: list[Candidate], departements: tuple[str, ...]) -> list[Contract]:
    """Contracts told one after the other, each under the name of its territory as a heading."""
    heads: list[tuple[int, Candidate]] = []
    for index, block in enumerate(page.blocks):
        words = page.text[block.start : block.end]
        words = DATED.sub("", words)
        below = page.blocks[index + 1].start if index + 1 < len(page.blocks) else len(page.text)
        labelled = block.kind == "item" and LABEL.match(page.folded, below)
        if index == 0 or not (block.kind == "heading" or labelled):
            continue
        own = OWN_HEAD.match(page.folded, block.start)
        named = words[own.end() - block.start :] if own else HEAD_LEAD.sub("", words)
        until = next((b.start for b in page.blocks[index + 1 :] if b.kind == "heading"), len(page.text))
        if len(named.split()) > 7:
            continue
        inside = [c for c in candidates if block.end <= c.start < until and c.place is not None]
        told = [c for c in candidates if own and c.anchored and c.start == block.end - len(named)]
        groups = [c for c in inside if c.kind != "commune" and c.label.endswith(f" {named}")]
        known = next((c for c in candidates if c.key == without_article(fold_name(named))), None)
        known = known or next(iter(told), None) or (groups[0] if len(groups) == 1 else None)
        if known is None:
            found = [p for p in codes().find(named) if p.level in ("commune", "epci")]
            near = [p for p in found if p.departement in departements] if len(found) > 1 else found
            place = near[0] if len(near) == 1 else None
            if place is None:
                continue
            known = Candidate(named, place.level, block.end - len(named), block.end, 1, 1, place, found)
        if known.place is not None or own:
            heads.append((block.start, known))
    spans = [
        (start, after[0] if after else len(page.text))
        for (start, _), after in zip(heads, [*heads[1:], None], strict=False)
    ]
    signed = [SIGNED.search(page.folded[s:e]) for s, e in spans]
    spoken = [CONTRACT.search(page.folded[s:e]) for s, e in spans]
    parted = all(len(list(LABEL.finditer(page.folded, *span))) > 1 for span in spans)
    parted = parted and bool(spans and MANY.search(page.folded, 0, spans[0][0]))
    said = any(signed) or (spans and SIGNED.search(page.folded, 0, spans[0][0]))
    announced = said and all(spoken) and SEVERAL.search(page.folded[:400])
    if (
        len(heads) < 2
        or not (all(signed) or announced or parted)
        or len({h.key for _, h in heads}) < len(heads)
    ):
        return []
    shared = [s for s in page.sentences if OF_ALL.search(page.folded, *s) and s[0] >= spans[0][0]]
    return [
        Contract(h, [span, *(s for s in shared if not span[0] <= s[0] < span[1])], several=True)
        for (_, h), span in zip(heads, spans, strict=True)
    ]


def _together(page: Page, groups: list[Candidate]) -> bool:
    """ "le CLS de la Ville et de la Métropole": one contract of several places."""
    folded = fold_name(page.text)
    first, second = groups[0].key, groups[1].key
    joined = (
        rf"(?:contrat local de sante|cls) (?:de la |du |de |d |de l )*(?:ville de |commune de "
        rf")?{re.escape(first)} et (?:de |du |de la |d |des )*{re.escape(second)}"
    )
    return bool(re.search(joined, folded)) and len(groups) == 2
