"""Contracts that several communes, or several groups of communes, have in common."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.dates import number
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import NAME
from cls_graph.drafting.places import Candidate, Context, resolve
from cls_graph.geo import codes, fold_name
from cls_graph.geo.names import without_article

Names = list[tuple[str, str, int, int]]
"""The names of a list, each with its kind, start and end."""
JOIN = re.compile(
    r"(?:,? et |, |/| & |-et-)(?:a |aux )?(?:de la |de l'|du |des |de |d'|la |le |les |l')?"
    r"(?:(?:la |les )?(?:villes?|communes?) (?:du |des |de |d'))?"
)
MOST = 20
"""Names of a list that are read."""
ASIDE = re.compile(r" \([^()\n]{2,30}\)")
"""A département in brackets, behind a name of a list."""
SEVERAL = re.compile(
    r"\b(?:contrat|contrat local de sante|cls) (?:commun|partage|mutualise)\b"
    r"|\b(?:commun|communs) (?:aux?|entre) (?:les )?(?:deux|trois|quatre|cinq|villes|communes)"
    r"|\bles (?:deux|trois|quatre|cinq) (?:villes|communes|municipalites|maires|intercommunalites|"
    r"communautes|epci|collectivites|agglomerations|presidents)\b"
)
PLURAL_BEFORE = re.compile(r"\b(?:les|des|ces|deux|trois|quatre|cinq|plusieurs|leurs|nouveaux|\d) $")
ACTING = re.compile(r",? (?:ont|sont|se sont|signent|lancent|portent|viennent|s'engagent)\b")

ACT = re.compile(r"[^.;\n]{0,80}?\b(?:ont|signent|s'engagent)\b")
"""What says of groups of communes that they act, further on in their sentence."""


EACH = re.compile(r"\bchacune?s? ")
""" "Elles ont chacune signé leur contrat": several contracts."""
INTERCOMMUNAL = re.compile(
    r"\b(?:contrat|contrat local de sante|cls) (?:intercommunal|commun|partage|mutualise|unique)\b"
)
_FEW = r"(?P<n>deux|trois|quatre|cinq|six)"
_TOWNS = r"(?:villes|communes|municipalites)"
THE_FEW = re.compile(rf"\bles {_FEW} {_TOWNS}\b")
FEW_SIGN = re.compile(
    rf"\b{_FEW} {_TOWNS} (?:[a-z'-]+ ){{0,4}}?(?:signent|s'engagent|s'unissent|portent|partagent|ont signe)\b"
    r"[^.:;]{0,40}\b(?:le|un|leur|meme|seul) (?:\w+ )?(?:contrat|cls)\b[^.:;]{0,40} ?: ?"
)
FEW_LISTED = re.compile(
    rf"\b{_FEW} (?:villes|communes|intercommunalites|communautes de communes|agglomerations|epci) ?: ?"
)
FEW_ONE = re.compile(
    rf" ?[:–—-] {_FEW} (?:villes|communes|intercommunalites|communautes|agglomerations|epci),? "
    r"(?:et )?(?:pour )?un (?:seul |meme )?(?:contrat|cls)\b"
)
""" "A, B : deux communautés, un contrat local de santé"."""
ONE = re.compile(
    r"\b(?:meme|seul|unique) (?:\w+ )?(?:contrat|cls)\b"
    r"|\b(?:contrat|contrat local de sante|cls) (?:unique|commun)\b"
)
""" "Un même contrat pour deux communautés de communes : A et B"."""
THEY = re.compile(r",? (?:(?:se |s'|y |en )?[a-z]{3,}(?<!m)ent|ont|sont|font|vont)\b")


def is_one(page: Page, start: int) -> bool:
    """Whether the words for the contract at a place are of one contract, not of several."""
    words = page.folded[start : start + 8]
    return not words.startswith("contrats") and not PLURAL_BEFORE.search(
        page.folded[max(0, start - 12) : start]
    )


def names_from(page: Page, by_start: dict[int, Mention], at: int, *, acting: bool = False) -> Names:
    """The names of a list of places that begins here: "Lormont, Cenon et Floirac".

    ``acting``: also where they are said to act ("Lormont et Cenon ont signé").
    """
    names: Names = []
    while True:
        mention = by_start.get(at)
        if mention is not None:
            if mention.kind not in ("commune", "epci") or not mention.name or mention.acronym in ("CCAS",):
                break
            for part in mention.parts or (mention,):
                label = part.name if part.kind == "commune" or mention.parts else part.text
                names.append((label, part.kind, part.end - len(label), part.end))
            end = mention.end
        else:
            name = NAME.match(page.text, at)
            if name is None:
                break
            names.append((name.group(), "", *name.span()))
            end = name.end()
        aside = ASIDE.match(page.text, end)
        link = JOIN.match(page.folded, aside.end() if aside else end)
        if link is None:
            break
        at = link.end()
        if by_start.get(at) is None and (at >= len(page.text) or not page.text[at].isupper()):
            # A mention may begin with the words that the link has taken: "la communauté de communes".
            if (inner := next((m for p, m in by_start.items() if end < p <= at), None)) is None:
                break
            at = inner.start
        if len(names) > MOST:
            break
    if names and not acting and ACTING.match(page.folded, names[-1][3]):
        return []
    return names


def joint_signers(
    page: Page, signers: list[Mention], mentions: list[Mention], *, anchored: bool
) -> list[Names]:
    """The authorities of one level that sign, or are named together, of a contract that is called common."""
    if anchored or not SEVERAL.search(page.folded):
        return []
    listed = [m for m in mentions if m.parts and m.kind in ("epci", "commune")]
    for kind, told in (("epci", signers), ("commune", signers), ("epci", listed), ("commune", listed)):
        own = {
            (s.name if kind == "commune" else s.text): s
            for m in told
            for s in (m.parts or (m,))
            if s.kind == kind and s.name
        }
        if len(own) > 1:
            return [[(label, kind, s.end - len(label), s.end) for label, s in own.items()]]
    return []


def joint_groups(page: Page, mentions: list[Mention], context: Context) -> list[Names]:
    """The groups of communes that one plural names and that act: "les communautés de communes de A et de B".

    Each must be one that the codes hold.
    """
    listed = []
    for mention in (m for m in mentions if m.plural and m.parts and {p.kind for p in m.parts} == {"epci"}):
        if EACH.search(page.folded, *page.sentence_at(mention.start)):
            continue
        names = [(p.name, "epci", p.end - len(p.name), p.end) for p in mention.parts if p.name]
        acts = ACT.match(page.folded, mention.end)
        if len(names) > 1 and acts and all(resolve(n[0], "epci", context)[0] for n in names):
            listed.append(names)
    return listed


def joint_towns(page: Page, by_start: dict[int, Mention], *, anchored: bool) -> list[Names]:
    """As many towns as a text counts, where they act at the head of a sentence, or follow a colon.

    "Évry et Courcouronnes mènent … Les deux Villes", "Trois communes signent le contrat : A, B et C".
    """
    counts = {number(m["n"]) for m in THE_FEW.finditer(page.folded)} if not anchored else set()
    begins = [start for start, _ in page.sentences if counts]
    told = [(names_from(page, by_start, at, acting=True), counts) for at in begins if page.text[at].isupper()]
    acting = [names for names, few in told if len(names) in few and THEY.match(page.folded, names[-1][3])]
    said = ((names_from(page, by_start, m.end()), number(m["n"])) for m in FEW_SIGN.finditer(page.folded))
    found = [*acting, *(names for names, count in said if len(names) == count)]
    for listed in FEW_LISTED.finditer(page.folded):
        names = names_from(page, by_start, listed.end())
        if ONE.search(page.folded, *page.sentence_at(listed.start())) and len(names) == number(listed["n"]):
            found.append(names)
    for start, _ in page.sentences[:2]:
        names = names_from(page, by_start, start, acting=True)
        few = FEW_ONE.match(page.folded, names[-1][3]) if names else None
        found += [names] if few and len(names) == number(few["n"]) else []
    return found


TITLED = re.compile(r" ?: | ?\. |$")
BESIDE = re.compile(rf" [–—-] |{JOIN.pattern}")


def joint_titled(page: Page, signers: list[Mention], *, anchored: bool) -> list[Names]:
    """The towns that a title begins with, where each signs: "Les Mureaux – Chanteloup : la santé"."""
    towns = {
        without_article(fold_name(p.name)) for s in signers for p in (s.parts or (s,)) if p.kind == "commune"
    }
    if anchored or not page.blocks or not INTERCOMMUNAL.search(page.folded):
        return []
    head = page.blocks[0]
    end = TITLED.search(page.folded, head.start, head.end)
    names: Names = []
    at, stop = head.start, end.start() if end else head.end
    for gap in (*BESIDE.finditer(page.folded, head.start, stop), None):
        left, right = at, gap.start() if gap else stop
        names.append((page.text[left:right], "commune", left, right))
        at = gap.end() if gap else stop
    known = all(without_article(fold_name(n[0])) in towns for n in names)
    return [names] if len(names) > 1 and known else []


def join_common(page: Page, found: dict[str, Candidate], listed: list[Names], context: Context) -> None:
    """One candidate for a list of places of one level and region: the first, with the others."""
    for names in listed:
        made = [Candidate(*n) for n in names]
        for one in made:
            one.place, one.choices = resolve(one.label, one.kind, context)
        whole = codes().find("-".join(n[0] for n in names), "commune")
        if len(whole) == 1 and all(c.place is None or c.place.key != whole[0].key for c in made):
            made[0].label, made[0].end = page.text[made[0].start : made[-1].end], made[-1].end
            made[0].place, made[0].choices, made[0].kind = whole[0], whole, "commune"
            told = found.pop(Candidate(*names[0]).key, made[0])
            made[0].score, made[0].anchored = told.score + 1, told.anchored + 1
            found[made[0].key] = made[0]  # "Évry et Courcouronnes", one commune by now
            continue
        kept = []
        for one in made:
            if one.place is None:
                break
            kept.append(one)
        places = list({c.place.key: c.place for c in kept if c.place is not None}.values())
        level = places[0].level if places else ""
        merged = len(places) == 1 and len(kept) > 1 and all(c.place and c.place.former for c in kept)
        if (len(places) < 2 and not merged) or any(
            p.level != level or p.region != places[0].region for p in places
        ):
            continue
        first = found.setdefault(kept[0].key, kept[0])
        first.place, first.kind, first.others = places[0], level, places[1:]
        first.label, first.start, first.end = kept[0].label, kept[0].start, kept[0].end
        if (written := _written(page, kept)) is not None:
            first.start, first.end = written
            first.label = page.text[first.start : first.end]
        first.anchored += 1
        for one in kept[1:]:
            if (other := found.get(one.key)) is not None and other is not first:
                first.score += other.score
                del found[one.key]
        first.score += 1
        return


def _written(page: Page, kept: list[Candidate]) -> tuple[int, int] | None:
    """Where a text has the places of a list side by side: "Mana et d'Awala-Yalimapo"."""
    first, last = kept[0], kept[-1]
    if all(b.start - a.end < 60 and _joined(page, a.end, b.start) for a, b in pairwise(kept)):
        return first.start, last.end
    names = (re.escape(page.folded[c.start : c.end]) for c in kept)
    beside = re.search(rf"(?<![\w-]){JOIN.pattern.join(names)}(?![\w-])", page.folded)
    return beside.span() if beside else None


def _joined(page: Page, end: int, start: int) -> bool:
    """Whether nothing stands between two names of a list but words that join them."""
    gap = page.text[end:start]
    return bool(BESIDE.search(gap)) and not any(
        word[0].isupper() or word in ("celui", "celle") for word in gap.split()
    )
