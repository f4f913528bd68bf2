"""Reads a body from the words of its kind: the name, the initials, the département that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.ends import head_at, inner_commas, own_end
from cls_graph.drafting.gazetteer import group_at
from cls_graph.drafting.kinds import PAYS, SUFFIXES, Head
from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK as PEOPLE
from cls_graph.drafting.naming import ACRONYM, inner_lands, is_acronym, name_at, plural_before
from cls_graph.drafting.persons import is_person
from cls_graph.geo import codes

PREPOSITION = re.compile(
    r" (?:de la |de l[’']|du |des |de |d[’']|DE LA |DE L[’']|DU |DES |DE |D[’']|en "
    r"|à )"
)
ARTICLE = re.compile(r" (?:la |les? |l[’'])(?=[A-ZÀ-Ý])")
NUMBER = re.compile(
    r" (?:du |de la |de l[’']|de )?(2[AB]|97\d|\d{2})\b(?! ?(?:%|€|ans|fiches|actions|membres|communes|-)"
    r"| (?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c))"
)
ADJECTIVE = re.compile(
    r" (?:locale?s?|publique?s?|publics?|mutualiste|privee?s?|departementale?s?|"
    r"departementaux|regionale?s?|territoriale?s?|interdepartementale?s?)\b"
)
FOLK = re.compile(
    r" (?!signe|prive|voisine|riveraine|urbaine)[a-zà-ÿ-]{4,}(?:ienne|onne|oise|aise|aine|ine|ane|arde"
    r"|ote)s?\b"
)
"""What a body may be called after: "Mutualité française bourguignonne", "Communauté bergeracoise"."""
QUOTED = re.compile(r" [«“\"]\s*[^»”\"]{2,60}\s*[»”\"]")
FREE_END = re.compile(
    r"[,;:.()\n»]| - | \| | et (?:de )?(?:l[ae]s? |l'|son |sa |ses )| ainsi que | mais aussi |"
    r" (?:a|ont|avait|est|sont|se|s'est|signe\w*|qui|dont|pour|afin|en presence|au[xv]? cotes|"
    r"dans|lors|represente\w*)\b| s'(?:y|en|[a-z]+ent)\b| (?:y|ne|n') ?[a-z]+ent\b|$"
)


PEOPLED = re.compile(r"pays [A-ZÀ-Ý][a-zà-ÿ-]+(?:ien|ain|ois|ais|éen|in)\b")
""" "Le pays Lédonien": a land by its people."""
NOTHING = bytearray()


def of_head(page: Page, head: Head, taken: bytearray, inner: bytearray = NOTHING) -> Iterator[Mention]:
    """The bodies whose first words are those of a head.

    ``taken``: what is part of a body already; ``inner``: what is inside the name of a group of communes,
    where no body begins ("Portes Briardes Entre Villes et Forêts").
    """
    for match in head.pattern.finditer(page.folded):
        start, end = match.span()
        if any(taken[start:end]) or any(inner[start : start + 1]):
            continue
        words = page.text[start:end]
        if head.mode == "none" and head.kind == "etat" and not words[0].isupper():
            continue
        if head.mode == "acronym" and (not words.isupper() or _town(page, start, words)):
            continue
        if head is PAYS and not (words[0].isupper() or PEOPLED.match(page.text, start)):
            continue
        if (
            len(words) <= 4
            and not words[:2].isupper()
            and head.kind not in ("commune", "petr")
            and words.islower()
        ):
            continue  # "ch", "ars", "cc" in lower case are parts of other things
        made = _complete(page, head, start, end)
        if made is None:
            continue
        taken[made.start : made.end] = b"\x01" * (made.end - made.start)
        yield made


def _town(page: Page, start: int, word: str) -> bool:
    """Whether a word in capitals is a town, not initials: "LA VILLE DE CHOLET"."""
    before = page.text[max(0, start - 4) : start]
    return bool(codes().find(word, "commune")) and (
        len(word) > 4 or bool(re.search(r"(?:\bD[EU] |\bÀ )$", before))
    )


def _complete(page: Page, head: Head, start: int, end: int) -> Mention | None:
    """The mention whose first words are these: with acronym, name, département."""
    acronym, name = "", ""
    parts: list[Mention] = []
    several = re.match(r"(?!sous-)\w+[sx]\b|[A-Z]+$", page.text[start:end])
    plural = several is not None and plural_before(page, start, end)
    through = ""
    if head.kind == "ars" and page.folded.startswith(("delegation", "dd", "dt", "direct"), start):
        through = page.text[start:end]
        start += re.search(r"(?:agence regionale de sante|ars)$", page.folded[start:end]).start()  # type: ignore[union-attr]
    if head.mode == "none":
        return Mention(start, end, head.kind, page.text[start:end], page.text[start:end])
    if head.mode == "free":
        stop = FREE_END.search(page.folded, end)
        last = stop.start() if stop else end
        commas = inner_commas(page, last) or inner_lands(page, head, last)
        last = commas or last
        if not page.text[end:last].strip() or len(page.text[end:last].split()) > 12:
            return None
        start2, last = page.trim(start, last)
        bracket = ACRONYM.match(page.text, last)
        acronym = bracket.group(1) if bracket else ""
        last = bracket.end() if bracket else last
        return Mention(
            start2,
            last,
            head.kind,
            page.text[start2:last],
            page.text[end:last].strip(),
            acronym,
            plural=plural,
        )
    at = end
    for _ in range(2):
        if adjective := ADJECTIVE.match(page.folded, at):
            at = adjective.end()
        if (bracket := ACRONYM.match(page.text, at)) and is_acronym(bracket.group(1), page.text[start:at]):
            acronym, at = bracket.group(1), bracket.end()
    folks = head.kind == "mutuelle" or page.folded.startswith("communaute d", start)
    whole = (
        group_at(page, at + 1, lower=True) if head.kind == "epci" and page.text[at : at + 1] == " " else None
    )
    if whole and page.text[at + 1].islower():
        name, at = page.text[at + 1 : whole], whole
    elif folks and (folk := FOLK.match(page.text, at)):
        name, at = folk.group().strip(), folk.end()
    number = NUMBER.match(page.text, at)
    if name:
        pass
    elif number and head.kind not in ("etat", "commune", "epci", "petr"):
        name, at = number.group(1), number.end()
        more = re.compile(r" et (2[AB]|97\d|\d{2})\b").match(page.text, at) if plural else None
        if more:
            name, at = page.text[number.start(1) : more.end()], more.end()
            for one in (number.group(1), more.group(1)):
                text = f"{page.text[start:end]} {one}"
                parts.append(Mention(start, at, head.kind, text, one, shown=(start, at)))
    else:
        name, at, parts = _name(page, head, start, at, plural)
    if (
        name
        and (bracket := ACRONYM.match(page.text, at))
        and is_acronym(bracket.group(1), page.text[start:at])
    ):
        acronym, at = bracket.group(1), bracket.end()
    quoted = QUOTED.match(page.text, at)
    if quoted and not name and head.kind in ("epci", "petr", "cpts", "reseau-association", "autre"):
        name, at = quoted.group().strip(' «»“”"'), quoted.end()
    if head.mode in ("name", "group") and not name:
        return None
    if head.mode == "group" and not codes().find(name, "epci"):
        return None
    if page.folded.startswith("collectivite europeenne d'alsace", start):
        name = "Alsace"
    return Mention(
        start,
        at,
        head.kind,
        page.text[start:at],
        name,
        acronym,
        head.post,
        plural,
        False,
        through,
        tuple(parts),
    )


def _name(page: Page, head: Head, start: int, at: int, plural: bool) -> tuple[str, int, list[Mention]]:
    """The name after the words of a kind, and the bodies it names where the words are plural."""
    preposition = PREPOSITION.match(page.text, at)
    begin = preposition.end() if preposition else at + 1
    if not preposition and page.text[at : at + 1] not in (" ", "/"):
        return "", at, []
    if not preposition and head.kind == "epci" and (article := ARTICLE.match(page.text, at)):
        begin = article.end()  # "la communauté d'agglomération la Riviera du Levant"
    if head.kind not in LOCAL and (folk := LOCAL_FOLK.match(page.folded, begin)):
        return page.text[begin : folk.end()], folk.end(), []
    if head.post and not preposition:
        return "", at, []  # "le maire Stéphane Blanchet"
    land = None if group_at(page, begin) else LAND.match(page.folded, begin)
    first = name_at(page, land.end() if land else begin)
    if first is None or (
        preposition and preposition.group() in (" à ", " en ") and head.kind not in ("autre",)
    ):
        return "", at, []
    first = own_end(page, begin, first, dashed=head.kind in (*LOCAL, *STATE))
    if head.kind == "cpts":
        first = inner_commas(page, first) or first  # "CPTS Thiers, Dore et Livradois"
    ends, parts, tied = first, [(begin, first)], False
    while True:
        more = re.compile(r"( et |, | & |/)((?:de la |de l[’']|du |des |de |d[’']|DE LA |DU |DE )?)").match(
            page.text, ends
        )
        if not more:
            break
        nxt = name_at(page, more.end())
        again = bool(plural and head.kind == "epci" and group_at(page, more.end()))
        if nxt is None or (not again and head_at(page, more.end())) or (more.group(1) == ", " and not plural):
            break  # "les communautés de communes du Pays d'Iroise, du Pays des Abers" goes on
        if not more.group(2) and is_person(page, more.end(), nxt):
            break
        if plural and head.kind != "epci" and not more.group(2) and GROUP.search(page.text, more.end(), nxt):
            break  # "les Départements du Cantal et de la Lozère et Saint-Flour Communauté"
        nxt = own_end(page, more.end(), nxt, dashed=head.kind in (*LOCAL, *STATE))
        if not more.group(2) and codes().find(page.text[begin:nxt], "departement"):
            ends, parts = nxt, [(begin, nxt)]  # "le Conseil départemental de Tarn et Garonne"
            continue
        if tied and head.kind == "epci" and more.group(1) == " et " and not more.group(2):
            parts[-1], ends = (parts[-1][0], nxt), nxt  # "de Chaumont et de Saint-Dizier Der et Blaise"
            continue
        tied = bool(more.group(2))
        last = page.folded[more.end() : nxt].rsplit(" ", 1)[-1]
        if not (plural or more.group(2)) and head.kind not in LOCAL and SUFFIXES.get(last, "epci") != "epci":
            break  # "l'hôpital de Nevers et Nièvre Habitat"
        if not (plural or more.group(2)) and _whole(head.kind, page.text[begin:first]):
            beside = page.text[more.end() : nxt]
            if not (codes().find(beside, "region") or codes().find(beside, "departement")):
                break  # "l'ARS Auvergne-Rhône-Alpes et Alliade Habitat": another body
        if (
            more.group(1) == ", "
            and not more.group(2)
            and not re.match(r"[^;.:\n]*?,? et ", page.text[nxt : nxt + 60])
        ):
            break
        parts.append((more.end(), nxt))
        ends = nxt
    name = page.text[begin:ends]
    alone = head.kind == "commune" and len(parts) == 1
    ranked = plural or RANKED.search(page.folded, max(0, start - 20), start)
    if alone and ranked and _of_a_land(page, begin, ends):
        return "", at, []
    members = []
    if plural and len(parts) > 1:
        for index, (left, right) in enumerate(parts):
            edge = start if index == 0 else left
            members.append(
                Mention(
                    edge,
                    right,
                    head.kind,
                    page.text[edge:right],
                    page.text[left:right],
                    post=head.post,
                    shown=(start, ends),
                )
            )
    return name, ends, members


GROUP = re.compile(r" (?:Communauté|Agglo|Agglomération|Métropole)$")
RANKED = re.compile(
    r"\b(?:premiere|deuxieme|troisieme|quatrieme|\d{1,2}e(?:me)?|seule|derniere|nouvelle|autre|plus grande) $"
)
""" "La première ville des Bouches-du-Rhône"."""


def _of_a_land(page: Page, begin: int, end: int) -> bool:
    """Whether towns are those of a département or a group: "six communes de la Loire" is no town Loire."""
    name = page.text[begin:end]
    if re.search(r"\b(?:de |d')$", page.folded[max(0, begin - 4) : begin]) and codes().find(name, "commune"):
        return False
    return (
        bool(codes().find(name, "departement") or codes().find(name, "epci")) or group_at(page, begin) == end
    )


LAND = re.compile(
    r"(?:region|pays|bassin|vallee|agglomeration|territoire|littoral|cote|sud|nord|est|ouest|centre|grand) "
    r"(?:de la |de l'|du |des |de |d')"
)
"""Words in lower case that begin a name: "Groupe hospitalier de la région de Mulhouse"."""
LOCAL_FOLK = re.compile(
    rf"(?:agglomeration|region|metropole|pays|bassin|territoire|vallee|cote|plaine) {PEOPLE}"
)
""" "EPSM de l'agglomération lilloise"."""
LOCAL = ("commune", "epci", "petr", "region", "departement", "ars")


STATE = {"ars": "region", "region": "region"} | dict.fromkeys(
    ("departement", "prefecture", "cpam", "caf"), "departement"
)
"""Kinds of bodies that have one region or département for a name."""


def _whole(kind: str, name: str) -> bool:
    """Whether a name is all that a body of a kind has for one: "Bretagne" of an agency."""
    return kind in STATE and bool(codes().find(name, STATE[kind]))
