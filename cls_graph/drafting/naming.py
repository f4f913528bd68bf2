"""How proper names are written: the words of a name, what may follow it, where a person's name begins."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.gazetteer import UP, group_at, town_at
from cls_graph.drafting.kinds import HEADS, Head
from cls_graph.drafting.layout import Page
from cls_graph.drafting.persons import FIRST_NAMES
from cls_graph.geo import fold_name

_NOT = (
    r"(?!(?:M\.|MM\b|Mme|Mr\b|Mlle|Monsieur|Madame|Docteur|Dr\b|Pr\b|[Pp]résident|PRÉSIDENT|"
    r"Maire\b|Direct(?:eur|rice)"
    r"|[PS][a-z-]*[Pp]réf[eè]t|Préf[eè]t|Vice|[Rr]eprésent|CLS\b|CONTRAT|Contrat|Axes?\b|AXE|"
    r"ET\b|DE\b|DU\b|DES\b|LA\b|LE\b|LES\b|AU\b|AUX\b"
    r"|[SNC][’'][A-ZÀ-Ý]|SE\b|S[OA]N?\b(?= )|(?:NOTRE|VOTRE|AVEC|POUR|DANS|UNE?|QUI|RENOUVELL\w+)\b"
    r"|À\b|VERSION\b|(?:Entre|ENTRE) [Ll](?:[ae]s?\b|[AE]S?\b|[’'])"
    r"|SIGNE|ONT\b|EST\b|Une?\b|Ils?\b|Elles?\b|Ces?\b|Cette\b|Ont\b|Signe|Vu\b|Nous\b|Vous\b|Fiche|Accueil\b|Contacts?\b|Actualit|Délégu|Adjoint|Secrétaire))"
)
CAP = rf"{_NOT}[{UP}][\w’'&]*(?:[-‑–][\w’']+)*(?:\.(?=[{UP}]\.?))?"
LINK = (
    r"(?:(?:de la|de|du|des|DE LA|DE|DU|DES|sur|SUR|sous|en|lès|les|la|le|LA|LE|LES|à|au|aux|&|-|"
    r"de l[’']|d[’']|l[’']|L[’']|D[’']|DE L[’'])(?: |(?<=[’'])))"
)
_FOLK = r"(?:[a-zà-ÿ-]{3,}(?:ois|oise|ais|aise|ien|ienne|ain|aine|in|ine|ard|on|onne|ot|éen)|basque|corse)\b"
_LAND = (
    r"(?:Pays|Bassin|Bocage|Grand|Ouest|Est|Nord|Sud|Haut|Bas|Plaine|Plateau|Centre|Vallée|Littoral|Côte"
    r"|Perche)"
)
STREET = r"(?:bis|ter|rue|avenue|av\.|place|boulevard|bd|allée|chemin|route|quai|cours|impasse)\b"
NAME = re.compile(
    rf"(?:(?:La|Le|Les|LA|LE|LES) (?=[{UP}])|L[’'](?=[{UP}]))?"
    rf"(?:{_LAND} {_FOLK}|{CAP})(?: {LINK}{{0,2}}(?:{_LAND} {_FOLK}|{CAP})"
    rf"| (?=\d{{2}}\b(?! ?h)(?!,? {STREET}))\d{{2}})*"
)
LINE = re.compile(
    r"(?<!\bde)(?<!\bdu)(?<!\bet)(?<!\ben)(?<!\bà)(?<!\bdes)(?<!\bsur)\s*\n\s*(?:l[ae]s? |l[’'])(?=\S)"
)
ISLANDS = re.compile(
    r"(?:la )?Guadeloupe(?:(?:,| –| -| et|,? et)? (?:et )?(?:de |des |à )?"
    r"(?:Saint[- ]Martin|Saint[- ]Barth[ée]lemy|[IÎ]les du Nord))+|(?:La |la )?Réunion et (?:de )?Mayotte"
)
"""Names of the overseas agencies that join several islands."""
ACRONYM = re.compile(r" ?\(\s*(?:(?:l[’']|la |le |les )?[«\"]?\s*)?([^(),;:]{2,60}?)\s*[»\"]?\s*\)")


_LANDS = rf"(?:du|de la|de l[’']|des) ?{CAP}(?: {LINK}{{0,2}}{CAP})*"
INNER_LANDS = re.compile(rf"(?:, {_LANDS})* et {_LANDS}")


def inner_lands(page: Page, head: Head, comma: int) -> int | None:
    """The end of a name of several lands: "Syndicat mixte du Bassin d'Aurillac, du Carladès et de la X"."""
    match = INNER_LANDS.match(page.text, comma) if head.kind == "autre" and page.text[comma] == "," else None
    if match is None:
        return None
    parts = re.finditer(r"(?:, | et )(?:du|de la|de l[’']|des) ?", page.text[comma : match.end()])
    if any(h.pattern.match(page.folded, comma + p.end()) for p in parts for h in HEADS):
        return None
    return match.end()


def is_acronym(inner: str, before: str) -> bool:
    """Whether words in parentheses say the same body again: its initials, or what they stand for."""
    letters = [c for c in inner if c.isalpha()]
    if len(letters) > 1 and sum(c.isupper() for c in letters) * 2 >= len(letters):
        return True
    initials = "".join(
        w[0]
        for w in re.findall(r"\w+", fold_name(inner))
        if w not in ("de", "la", "du", "des", "l", "d", "et")
    )
    return fold_name(before).replace(" ", "").endswith(initials) or (
        len(inner.split()) == 1 and inner[0].isupper()
    )


def name_at(page: Page, position: int) -> int | None:
    """The end of the proper name that begins here."""
    if (islands := ISLANDS.match(page.text, position)) is not None:
        return islands.end()
    group, match = group_at(page, position), NAME.match(page.text, position)
    whole = position + before_person(match.group()) if match else None
    if (town := town_at(page, position)) is not None and (whole is None or whole < town):
        whole = town  # "Vals près le Puy"
    if whole is not None and (line := LINE.search(page.source, position, whole)) is not None:
        whole = line.start()  # a list that is lines alone: "l'ARS Occitanie / la Préfecture du Gers"
    goes_on = (
        group is not None and page.text[group : group + 1] == " " and page.text[group + 1 : group + 2] != "à"
    )
    if group is not None and (whole is None or whole < group or not goes_on):
        return group  # "Sud Nivernais à Decize"
    # "Grand Paris Sud" is more than "Grand Paris".
    return whole


def before_person(name: str) -> int:
    """The length of a name without the person named right after it: "Ajaccio Laurent Marcangeli"."""
    words = list(re.finditer(r"\S+", name))
    for before, word in pairwise(words[:-1]):
        plain = fold_name(word.group()).replace(" ", "-")
        if plain in FIRST_NAMES and before.group()[0].isupper() and before.group() not in ("Saint", "Sainte"):
            return before.end()
    return len(name)


def plural_before(page: Page, start: int, end: int) -> bool:
    """Whether what stands before a body says that there are several."""
    return (
        bool(
            re.search(
                r"(?:\bles|\bdes|\bleurs|\bses|\bnos|\d|deux|trois|quatre|cinq|six|plusieurs|"
                r"aux) ?$|(?:[•\-:,\n]|^) ?$",
                page.folded[max(0, start - 10) : start],
            )
        )
        if page.text[start:end].isupper() is False
        else bool(re.search(r"\b(?:les|des|aux|deux|trois) $", page.folded[max(0, start - 10) : start]))
    )
