"""The territory that a text means: names found, weighed, the likeliest first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.common import Names, is_one, join_common, joint_signers, names_from
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP, NAME
from cls_graph.drafting.places import LOCAL, Candidate, Context, is_folk, resolve
from cls_graph.drafting.weighing import join_short, weigh_signing, weigh_title
from cls_graph.geo import codes, fold_name

CLS = re.compile(
    r"(?:contrats? loca(?:l|ux) de sante(?! mentale)(?: \(?cls\)?)?|\bcontrat pour la "
    r"sante(?: dans| en)?|\bcls)(?: n?°? ?[1-6]\b| [iv]{1,3}\b)?(?: (?:intercommunal|communal|"
    r"metropolitain|territorial|commun|partage|unique|mutualise))?"
    r"(?: \(?20\d\d ?[-/] ?20\d\d\)?)?(?: (?:signe|conclu|porte) "
    r"(?:pour|sur|par))?"
    r"|\b(?:le (?:plus recent|dernier|premier|nouveau|second|deuxieme|troisieme), )celui\b"
)
OPENING = re.compile(
    rf"(?:^|\n|[.!?:] |, )(?P<name>(?:L[eas]{{1,2}} |L['’])?{CAP}(?: {CAP})?) "
    rf"(?:signe|se dote|s['’]engage|renouvelle|lance|"
    rf"poursuit|a signé|et l['’](?:ARS|Agence))\b"
)
IN_TOWN = re.compile(rf"(?:^|\n|[.!?«–] )(?:À|A) (?P<name>{CAP}), ")
""" "À Saint-Laurent-du-Maroni, …": the town of a mairie that signs, where nothing else names it."""
SEEN = 2000
"""Inhabitants of the smallest town that a heading alone is taken to name."""
PLACED = re.compile(rf"\b(?:[ÀàA]|de|d[’'])[ ]?(?P<name>{CAP})(?! [A-ZÀ-Ý])")
BARE = ("Pays", "Agglomération", "Agglo", "Métropole", "Ville", "Communauté")
COUNCIL = re.compile(
    r"\b(?:conseils? (?P<kind>municipa|communautaire|metropolitain)\w*|hotel de ville|mairie)"
    r" (?:de la |de l'|du |des |de |d')(?:communaute (?:de communes|d'agglomeration) (?:du |de la |de |"
    r"d'|des )?)?"
)
TO_PLACE = re.compile(
    r"(?:,? (?:sur |pour |dans )?(?:le |les |la )?(?:territoires? |perimetre |bassin (?:de "
    r"vie |de sante )?)?)?(?:de la |de l'|du |des |de |d'|la |le |l'|a l'echelle (?:de la |de "
    r"l'|du |de )|entre (?:la |le |l')?|aux |au |a (?:la |l')?)?"
)


def territories(
    page: Page, mentions: list[Mention], signers: list[Mention], context: Context
) -> list[Candidate]:
    """The territories the text may mean, the likeliest first."""
    found: dict[str, Candidate] = {}
    mentions = [_in_full(m, mentions) for m in mentions]
    signers = [_in_full(m, mentions) for m in signers]
    by_start = {m.start: m for m in mentions}

    def add(label: str, kind: str, start: int, end: int, score: float, anchored: int = 0) -> None:
        if label.removeprefix("La ").removeprefix("Le ").removeprefix("L’").removeprefix("L'") in BARE:
            return
        if page.text[start:end] != label:
            # A name that stands elsewhere: "la Ville et le CCAS d'Aubagne".
            start = max(page.text.find(label, start), page.text.find(label))
            if start < 0:
                return
            end = start + len(label)
        made = Candidate(label, kind, start, end)
        known = found.get(made.key)
        if known is None:
            known = found[made.key] = made
        if kind in ("epci", "petr") and known.kind in ("commune", ""):
            known.kind = kind
        known.score += score
        known.anchored += anchored

    listed: list[Names] = []
    for match in CLS.finditer(page.folded):
        link = TO_PLACE.match(page.folded, match.end())
        at = link.end() if link else match.end()
        if link and not link.group().strip() and page.text[match.end() : match.end() + 1] != " ":
            continue
        at = at + 1 if page.text[at : at + 1] == " " else at
        head = page.blocks[max(page.block_at(match.start()), 0)].kind == "heading"
        mention = by_start.get(at)
        weight = 8 if head or match.start() < 250 else 6
        if is_one(page, match.start()) and len(names := names_from(page, by_start, at)) > 1:
            listed.append(names)
        if mention and mention.kind in (*LOCAL, "departement") and mention.name:
            for part in mention.parts or (mention,):
                if mention.kind in LOCAL:
                    label = part.name if part.kind == "commune" else part.text
                    start = part.end - len(part.name) if part.kind == "commune" else part.start
                    add(label, part.kind, start, part.end, weight, 1)
            continue
        name = NAME.match(page.text, at)
        if name and link and link.group().strip() == "des" and is_folk(name.group()):
            continue  # "un contrat pour la santé des Samaritains"
        if (
            name
            and mention is None
            and not re.match(r"(?:20\d\d|Santé|Agence|ARS|Projet|Programme)", name.group())
        ):
            end = name.end()
            if page.text[at - 3 : at] in ("La ", "Le "):
                at -= 3
            add(page.text[at:end], "", at, end, weight, 1)
    for index, mention in enumerate(m for s in signers for m in (s.parts or (s,))):
        if mention.kind in LOCAL and mention.name:
            label = mention.name if mention.kind == "commune" else mention.text
            start = mention.end - len(mention.name) if mention.kind == "commune" else mention.start
            add(label, mention.kind, start, mention.end, 2.5 if index < 2 else 1.5)
    for mention in mentions:
        if mention.kind in LOCAL and mention.name and not mention.parts:
            block = page.blocks[max(page.block_at(mention.start), 0)]
            label = mention.name if mention.kind == "commune" else mention.text
            start = mention.end - len(mention.name) if mention.kind == "commune" else mention.start
            add(
                label,
                mention.kind,
                start,
                mention.end,
                2 if block.kind == "heading" and mention.start < 400 else 0.4,
            )
    for match in re.finditer(
        rf"\b(?:[Tt]erritoire|[Bb]assin(?: de vie| de santé)?) (?:de la |de l[’']|du |des |de |"
        rf"d[’'])({CAP}(?: {CAP})*)",
        page.text,
    ):
        add(match.group(1), "", match.start(1), match.end(1), 1)
    unnamed = any(s.kind == "commune" and not s.name for s in signers)
    for match in IN_TOWN.finditer(page.text, 0, 400) if unnamed else ():
        if codes().find(match.group("name"), "commune"):
            add(match.group("name"), "commune", *match.span("name"), 3)
    for match in COUNCIL.finditer(page.folded):
        if name := NAME.match(page.text, match.end()):
            kind = "commune" if match.group("kind") in (None, "municipa") else "epci"
            add(name.group(), kind, *name.span(), 2)
    for mention in mentions:
        if mention.kind == "collectivite-outre-mer" and mention.name and not mention.acronym:
            add(mention.name, mention.kind, mention.end - len(mention.name), mention.end, 0.8)
    for block in page.blocks[:2]:
        # "Tourcoing : conseil municipal du 10 décembre", "Orléans Métropole – CLS".
        first = by_start.get(block.start)
        name = NAME.match(page.text, block.start)
        at = first.end if first else name.end() if name else block.start
        if not re.match(r"(?: ?:| [–—-]) ", page.text[at : at + 4]):
            continue
        if first and first.kind in LOCAL and first.name:
            label = first.name if first.kind == "commune" else first.text
            add(label, first.kind, first.end - len(label), first.end, 2 if block.kind == "heading" else 0.5)
        elif block.kind == "para":
            continue  # "Saint-Vallier – La communauté de communes a signé …": where it was written
        elif name and codes().find(name.group(), "region"):
            continue
        elif name and (known := codes().find(name.group(), "commune") or codes().find(name.group(), "epci")):
            add(name.group(), known[0].level, *name.span(), 2)
    for match in OPENING.finditer(page.text):
        if codes().find(match.group("name"), "commune"):
            add(match.group("name"), "commune", *match.span("name"), 2)
    if not found:
        for label, kind, start, end in _bearers(page, mentions, signers, context):
            add(label, kind, start, end, 1)
    title = page.text[: page.blocks[0].end] if page.blocks else ""
    for candidate in found.values():
        if candidate.key and candidate.key in fold_name(title):
            candidate.score += 2.5
        candidate.place, candidate.choices = resolve(candidate.label, candidate.kind, context)
        if candidate.place is not None:
            candidate.score += 1.5
        if candidate.kind == "":
            candidate.kind = (
                candidate.place.level
                if candidate.place
                else "petr"
                if candidate.label.startswith("Pays")
                else "commune"
            )
    weigh_signing(found, signers, mentions)
    weigh_title(found, signers, fold_name(title))
    listed += joint_signers(page, signers, anchored=any(c.anchored for c in found.values()))
    join_short(found)
    join_common(page, found, listed, context)
    return sorted(found.values(), key=lambda c: (-c.score, c.start))


def _in_full(mention: Mention, mentions: list[Mention]) -> Mention:
    """A group named by its initials ("la CCPA"), as the text names it in full."""
    if mention.kind not in ("epci", "petr") or not mention.text.isupper() or " " in mention.text:
        return mention
    full = [
        m for m in mentions if m.kind == mention.kind and m.name == mention.name and m.text != mention.text
    ]
    return replace(mention, text=full[0].text) if full and mention.name else mention


def _town_spoken_of(page: Page, context: Context) -> Names:
    """The town of "notre ville": the one the text places things in most often."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for match in PLACED.finditer(page.text):
        place = resolve(match.group("name"), "commune", context)[0]
        if place is not None and place.population > SEEN:
            counted[match.group("name")] += 1
            first.setdefault(match.group("name"), match.span("name"))
    ranked = counted.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return []
    return [(ranked[0][0], "commune", *first[ranked[0][0]])]


def _bearers(page: Page, mentions: list[Mention], signers: list[Mention], context: Context) -> Names:
    """What is left to name the territory where nothing else does: a park, the town a page is about."""
    if any(m.kind == "commune" and not m.name for m in (*signers, *mentions)) and (
        town := _town_spoken_of(page, context)
    ):
        return town
    for mention in mentions:
        if mention.kind == "autre" and mention.name and re.match(r"parc|pole metro", fold_name(mention.text)):
            return [(mention.name, "petr", mention.end - len(mention.name), mention.end)]
    for block in page.blocks[:3]:
        if (name := NAME.match(page.text, block.start)) is None:
            continue
        words = list(re.finditer(r"\S+", name.group()))
        for last in reversed(words):
            label = name.group()[: last.end()]
            if any(p.population > SEEN for p in codes().find(label, "commune")):
                return [(label, "commune", block.start, block.start + len(label))]
    return []
