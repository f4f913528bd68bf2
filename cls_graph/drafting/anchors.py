"""Places that the words for the contract lead to: "le contrat local de santé du Pays de Craon"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.lands import land_at
from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK
from cls_graph.drafting.naming import NAME, name_at
from cls_graph.drafting.places import LOCAL, is_folk
from cls_graph.geo import Place, codes

_RANK = r"(?:premiere|1ere|deuxieme|seconde|2e|2eme|2nde|troisieme|3e|3eme|quatrieme|4e|4eme|nouvelle)"
_YEARS = r"(?:\(?20\d\d ?[-/] ?(?:20)?\d\d\)?)"
_MORE = (
    r"(?: \(?cls\)?| n?°? ?[1-6]\b| [iv]{1,3}\b| intercommunal| communal| metropolitain| rural| unique"
    r"| territorial(?: de sante)?| (?:commun|partage|mutualise)(?! (?:a|aux?) )"
    rf"| d(?:e |e la )?{_RANK} generation|,? (?:dit )?de {_RANK} generation"
    rf"|,? (?:pour (?:la periode )?)?{_YEARS})"
)
CLS = re.compile(
    r"(?:(?:contrats? loca(?:l|ux) de sante(?! mentale)|\bcontrat pour la sante(?: dans| en)?|\bcls)"
    rf"{_MORE}{{0,4}}(?:,? (?:signe|conclu|porte) (?:pour|sur|par)|, celui\b)?)"
    r"|\b(?:le (?:plus recent|dernier|premier|nouveau|second|deuxieme|troisieme), )celui\b"
    r"|\b(?:contrat|cls)\b(?: \w+){0,5}, celui\b"
)
_THE = r"(?:de la |de l'|du |des |de |d'|la |le |les |l')"
TO_PLACE = re.compile(
    rf"(?P<on>,? (?:sur |pour |dans )?{_THE}?(?:territoires?(?! de belfort)(?! {FOLK})|perimetre) {_THE}?"
    r"|,? (?:(?:pour (?:tous )?les |au (?:benefice|profit|service) (?:de tous les|des) )"
    r"(?:habitants|habitantes et habitants|citoyens|administres) "
    r"|a l'echelle |au benefice |au profit |a destination )"
    r"(?:de la |de l'|du |des |de |d')"
    r"(?:territoires? (?:de la |de l'|du |des |de |d'))?"
    r"| (?:commun|partage|mutualise|propre) (?:aux |au |a (?:la |l')?)"
    r"| entre (?:la |le |l')?"
    r"| d(?:es|e ces) (?:deux|trois|quatre|cinq) (?:intercommunalites|communautes(?: de communes)?|villes"
    r"|communes|cantons|territoires) (?:de la |de l'|du |des |de |d')"
    rf"|,? (?:sur |pour |dans )(?:toute? |l'ensemble d[eu] )?{_THE}"
    rf"| {_THE})"
    r"|(?P<at>,? (?:a (?:la |l')?|aux? |en ))"
    r"|(?P<mark>(?: ?: | - | ?[>/] )(?:la |le |les |l')?)"
    r"|(?P<next> (?=[«\"“A-ZÀ-Ýa-z0-9]))"
)
LINE = re.compile(
    rf"(?P<on>(?:pour |sur |dans )?(?:{_THE}territoires?(?! de belfort) )?(?:de la |de l'|du |des |de |d'))|"
)
"""What the line below the words for the contract may begin with."""
OWNER = re.compile(r"(?:^|\n|[.!?:] )(?P<the>la |le |l')?(?=[a-z])")
OWNS = re.compile(
    r" (?:a (?:enfin |desormais |signe )?|signe |renouvelle |lance |se dote d'|s'est dotee? d')"
    r"(?:(?:son|un) (?:\w+ )?(?:contrat local de sante|cls)\b|son (?:\w+ )?contrat(?= pour\b|\n|$))"
)
"""A land that acts: "La Thiérache a son contrat local de santé"."""
OWNED = re.compile(
    r" (?:signe|paraphe|renouvelle|vient de signer) (?:le|un) (?:\w+ )?"
    r"(?:contrat local de sante(?! mentale)|cls)\b"
    r"| [^.;:\n]{0,80}?\b(?:de|pour|a|dans|sur) son (?:\w+ )?(?:contrat local de sante|cls)\b(?! mentale)"
)
""" "Saumur Val de Loire recrute le coordinateur de son contrat local de santé", of a known place."""
LEVELS = ("commune", "epci", "departement")
HOWS = ("on", "at", "mark", "next")
DASH = re.compile(r" [–—-] ")
WRITTEN = re.compile(
    r"[^,;:\d]{2,40}(?:,| [-–—|])? (?:ce |le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?"
    r"(?:\d{1,2}(?:er)? [a-z]+ 20\d\d|\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d)\b"
)
"""The place and day of a text, below its title: "Saint-Denis, le 23 novembre 2021"."""
OPEN = re.compile(r"[«\"“] ?")
NO_NAME = re.compile(
    r"(?:20\d\d|Santé|Agence|ARS|Projet|Programme|SIVOM|SIVU|SIVM|PETR|EPCI|CCAS|CPTS|CPAM|CPAS"
    r"|(?i:dossier|communiqué|document|convention|avenant|version|signature|préambule|sommaire|annexe))\b"
)
HAS_BEEN = re.compile(
    r"(?:ete|pour|permis|fait|vocation|eu|donne|reuni|signe|mis|abouti|identifie|mobilise|defini|retenu)\b"
)
"""What follows "A" where it is the verb: "LE CONTRAT LOCAL DE SANTE A ETE ELABORE"."""
LANDS = re.compile(
    r"(?:Pays|Val|Vallée|Bassin|Grand|Haut|Haute|Bas|Basse|Sud|Nord|Ouest|Est|Centre|Cœur|Terres?|Portes?"
    r"|Rives|Plaine|Plateau|Monts?|Île|Hautes?-\w+|Cap|Territoire)(?:[ -]|$)",
    re.IGNORECASE,
)
"""Words that begin names of lands."""


@dataclass(frozen=True)
class Anchor:
    """A place that the words for the contract lead to: a body, or else the span of a name."""

    cls: tuple[int, int]
    start: int
    end: int
    mention: Mention | None = None
    how: str = "on"
    """How the words lead there: "on" (du, pour le territoire de), "next" (the name at once), "mark" (after a
    colon or dash), "at" (after "à": the place may be that of the ceremony)."""


def anchors(page: Page, by_start: dict[int, Mention]) -> Iterator[Anchor]:
    """The places that the words for the contract lead to, in order."""
    for match in CLS.finditer(page.folded):
        start, link = match.end(), TO_PLACE.match(page.folded, match.end())
        named = by_start.get(start + 1)  # "CLS Entre Doubs et Loue"
        if named is not None and named.kind == "epci" and named.text == named.name and link:
            yield Anchor(match.span(), start + 1, named.end, named, "on")
            continue
        if link is None and (below := _below(page, start)) is not None:
            start, link = below, LINE.match(page.folded, below)
        if link is None:
            continue
        at = link.end()
        if opened := OPEN.match(page.text, at):
            at = opened.end()
        if start != match.end() and (whole := _line_of_names(page, at)):
            yield Anchor(match.span(), at, whole)
            continue
        how = next((name for name in HOWS if link.groupdict().get(name)), "mark")
        mention = by_start.get(at)
        if mention is not None and mention.kind in LOCAL and mention.name:
            whole = _dashed(page, at, mention.end)
            if whole > mention.end:
                yield Anchor(match.span(), at, whole, how=how)
            elif how != "mark" or not mention.post:
                yield Anchor(match.span(), at, mention.end, mention, how)
        elif mention is None or _no_body(mention):
            least = mention.end if mention else at
            yield from _named(page, match.span(), link.group(), at, least, how)


def _below(page: Page, end: int) -> int | None:
    """Where the next line begins, if the words for the contract end a heading and that is a short one."""
    index = page.block_at(end - 1)
    if index < 0 or index + 1 >= len(page.blocks) or page.text[end : page.blocks[index].end].strip(" :-–"):
        return None
    here, below = page.blocks[index], page.blocks[index + 1]
    if here.kind != "heading" or below.kind != "heading" or end > 600:
        return None
    if WRITTEN.match(page.folded, below.start, below.end):
        return None
    return below.start if len(page.text[below.start : below.end].split()) < 9 else None


def _no_body(mention: Mention) -> bool:
    """Whether a mention only begins a name: "l'agglomération blésoise", "la Région de Brive"."""
    if mention.kind == "region":
        return bool(mention.name) and not codes().find(mention.name, "region")
    return mention.kind in LOCAL and not mention.name


def _line_of_names(page: Page, at: int) -> int | None:
    """The end of a line that is nothing but names with a dash between: "SÉLESTAT – ALSACE CENTRALE"."""
    end = page.blocks[page.block_at(at)].end
    first = NAME.match(page.text, at)
    dash = DASH.match(page.text, first.end()) if first else None
    second = NAME.match(page.text, dash.end()) if dash else None
    return end if second and second.end() == end else None


def _named(page: Page, cls: tuple[int, int], link: str, at: int, least: int, how: str) -> Iterator[Anchor]:
    """The place of a name that is that of no known body; it ends after ``least``."""
    end = name_end(page, at)
    if end <= least or NO_NAME.match(page.text, at):
        return
    if link.strip(", ") == "a" and HAS_BEEN.match(page.folded, at):
        return
    end = _dashed(page, at, end)
    if page.text[at].islower() and how != "on":
        return
    if link.strip(", ") == "en" and any(
        codes().find(page.text[at:end], level) for level in ("region", "departement")
    ):
        return  # "les contrats locaux de santé en Bretagne"
    if link.strip().endswith("es") and is_folk(page.text[at:end]):
        return  # "un contrat pour la santé des Samaritains", "pour les Messins"
    if how == "mark" and not likely_place(page, at, end):
        return
    start = at - 3 if page.text[at - 3 : at] in ("La ", "Le ") else at
    yield Anchor(cls, start, end, how=how)


def _dashed(page: Page, at: int, end: int) -> int:
    """The end of a heading that joins the name of a land to a name: "d'Oloron – Haut Béarn"."""
    dash, block = DASH.match(page.text, end), page.blocks[page.block_at(at)]
    if dash is None or block.kind != "heading":
        return end
    more = page.text[dash.end() : block.end]
    whole = name_end(page, dash.end()) == block.end and LANDS.match(f"{more} ")
    return block.end if whole and not codes().find(more, "departement") else end


def name_end(page: Page, at: int) -> int:
    """The end of the name of a place that begins here; ``at`` where there is none."""
    return max(land_at(page, at) or at, name_at(page, at) or at)


def known_place(name: str) -> Place | None:
    """The commune, group of communes or département of a name, the first of them."""
    return next((p for level in LEVELS for p in codes().find(name, level)), None)


def likely_place(page: Page, start: int, end: int) -> bool:
    """Whether a name that stands alone is that of a place: a known one, a land, or told so elsewhere."""
    name = page.text[start:end]
    if codes().find(name, "region"):
        return False
    if known_place(name) or LANDS.match(f"{name} ") or land_at(page, start) == end:
        return True
    again = rf"\b(?:du|de la|de l[’']|des|en|d[’']|de) ?{re.escape(name)}(?![\w-])"
    return re.search(again, page.text[end:]) is not None


def owners(page: Page, by_start: dict[int, Mention]) -> Iterator[tuple[str, int, int]]:
    """Lands that have or sign a contract of their own: the name, its start and end."""
    for match in OWNER.finditer(page.folded):
        start, body = match.end(), by_start.get(match.end())
        named = body is not None and body.kind in ("petr", "epci") and body.name
        if not named and (body or match.end() - 3 in by_start or not page.text[start].isupper()):
            continue
        end = body.end if body and named else name_end(page, start)
        label = page.text[start:end]
        larger = codes().find(label, "departement") or codes().find(label, "region")
        known = known_place(label) is not None
        owns = (match["the"] and OWNS.match(page.folded, end)) or (known and OWNED.match(page.folded, end))
        if owns and not (larger or label.isupper() or NO_NAME.match(label)):
            yield label, start, end
