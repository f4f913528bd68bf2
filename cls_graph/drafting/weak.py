"""Proper names that no word shows to be bodies: only their place in a list may."""

from __future__ import annotations

import re

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.gazetteer import UP
from cls_graph.drafting.kinds import SUFFIXES
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP, LINK
from cls_graph.drafting.persons import FIRST_NAMES
from cls_graph.geo import codes, fold_name

WEAK = re.compile(
    rf"(?:(?<=[,;:(] )|(?<=\bet )|(?<=\bque )|(?<=\bpar )|(?<=\bavec ))(?:l[’']|la |le |les "
    rf")({CAP}(?: {LINK}{{0,2}}{CAP})*(?: \d\d(?=[,;.]| et ))?)"
)
LOUD = re.compile(rf"(?:(?<=, )|(?<=; )|(?<=\bet ))([{UP}]{{3,}}(?: [{UP}\d][\w’'-]*)*|CH)(?=[,;.)]| et )")


OWN = re.compile(
    r"(?:(?<=, )|(?<=; )|(?<=\bet ))((?:Santé|Espace|Maison|Cap|Action|Accueil|Solidarités?|Aide|Info|Point"
    r"|Relais|Planning|Emploi|Addictions?|Plateforme|Collège|Réseau|Ligue|Comité|Emmaüs|Groupama|Habitat"
    rf"|Sciences Po)(?: publique)?(?: {LINK}{{0,2}}{CAP}| \d{{2}})+)(?=[,.;]| et )"
)
""" "…, Santé Escale 41.": a name that begins with what the body is for."""
NOUNS = (
    r"agences?|amicale|ateliers?|campus|centres?|clubs?|comites?|compagnie|confederation|coordination|cooperative"
    r"|ecoles?|espace|etablissements?|facultes?|foyers?|groupements?|instituts?|laboratoires?|ligue|lycees?"
    r"|maisons?|observatoires?|office|plateforme|poles?|regie|residences?|societe"
)
"""Nouns of bodies of many kinds, which stand for much else too: only a list shows which."""
CALLED = re.compile(
    rf"(?:(?<=[,;] )|(?<=\bet )|(?<=\bpar )|(?<=\bavec ))(?:l'|la |le |les )(?P<name>(?:{NOUNS})"
    r"(?! de pilotage)(?: (?!(?:a|ont|avait|est|sont|etait|se|qui|dont|pour|signe\w*|lors|ainsi|mais"
    r"|en presence|dans)\b)[\w'’-]+){0,8}?)(?=[,;.)]| et (?:l'|la |le |les |son |d')| ont | ainsi que |$)"
)
""" "…, l'institut de cancérologie de l'Ouest et la CAF": a body by a noun that may be one."""
ALONE = re.compile(rf"(?:(?<=, )|(?<=\bet ))(?P<name>[{UP}][\w’-]{{4,}})(?=[,;.]| et )")
""" "…, Vilogia et la CAF": a name of one word that nobody bears."""
OTHERS = frozenset(
    "monsieur madame docteur maire lundi mardi mercredi jeudi vendredi samedi dimanche france europe".split()
)
GROUP = re.compile(
    r"(?!CAF|CARSAT|CAUE|CADA|CCAS|CCI|CAMSP|CAARUD|CASH|CAP\b|CAPS\b|CCSS|CAT\b|CADES)C[AC][A-Z]{2,5}"
)
"""Initials of a group of communes: "CAPSO", "CCPA"."""


def weak_mentions(page: Page, found: list[Mention]) -> list[Mention]:
    """Proper names that no word shows to be bodies: with an article, or in capitals."""
    taken = bytearray(len(page.text))
    for mention in found:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    out = []
    for pattern in (CALLED, WEAK, LOUD, OWN, ALONE):
        for match in pattern.finditer(page.folded if pattern is CALLED else page.text):
            start, end = match.span(1)
            words = page.text[start:end]
            if any(taken[start:end]) or re.match(
                r"(?:Dr|Docteur|CLS|PRS|Maire|Président|Plan|Projet|Conseil|Loi)\b", words
            ):
                continue
            if pattern is ALONE and not _nobody(words):
                continue
            if pattern is WEAK and (codes().find(words, "region") or codes().find(words, "departement")):
                continue  # "… de Vesoul, la Bretagne compte 33 contrats"
            taken[start:end] = b"\x01" * (end - start)
            kind = "reseau-association" if pattern is OWN else kind_of_name(words)
            out.append(Mention(start, end, kind, words, words, weak=True))
    return out


def _nobody(word: str) -> bool:
    """Whether a capitalised word is the name of no person, town or land, as far as is known."""
    plain = fold_name(word).replace(" ", "-")
    lands = ("commune", "departement", "region")
    return plain not in FIRST_NAMES | OTHERS and not any(codes().find(word, level) for level in lands)


def kind_of_name(words: str) -> str:
    """The kind that a name without words of a kind suggests by its end, else ``autre``."""
    if GROUP.fullmatch(words):
        return "epci"
    if words == "CH":
        return "hopital-public"
    parts = fold_name(words).split()
    return SUFFIXES.get(parts[-1], "autre") if len(parts) > 1 else "autre"
