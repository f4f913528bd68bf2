"""The spans of a sentence whose bodies do not sign: who is present or consulted, members of a grouping."""

from __future__ import annotations

import re
from bisect import bisect_left

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page
from cls_graph.drafting.members import Members
from cls_graph.drafting.naming import CAP
from cls_graph.drafting.phrases import GROUPING, PRESENCE, RELATIVE, REPRESENTED, SIDE
from cls_graph.geo import codes

VERB = re.compile(
    r"\b(?:a|ont|viennent de|vient de)\b[^.;]{0,40}"
    r"\b(?:(?:co-?|contre)?sign|paraph|appos|conclu|ratifi|scell|officialis)"
    r"|\b(?:(?:co-?|contre)?sign|paraph|ratifi|scell)ent\b"
)
SUBJECT = re.compile(
    r"(?:\bcontrat|\bcls|\bsante|\bdocument|\baccord|(?:^|[.;:,] )(?:il|celui-ci))$"
    r"|\b(?:contrat|cls|sante|document|accord), (?:signe|conclu|paraphe|scelle)[^.;:]*$"
)
"""What "rassemble" bodies as its signatories, not as its members."""
WORKED = re.compile(
    r"(?:elabor|prepar|travaill|accompagn|associ|pilot|anim|coordonn|financ|co-?financ|souten|en partenariat"
    r"|en lien)"
)
"""Work before the signature: whoever is named after the next comma is no part of it."""
REMIT = re.compile(
    r"\b(?:ars|agence regionale de sante)(?: [\w-]+){0,3} pour (?:le |la |l'|les )?"
    r"(?P<land>[\w'-]+(?: [\w'-]+)?)"
    r"(?P<also> et (?:pour )?(?:le |la |l'|les )?[^,;.:]{3,40})(?=[,;.]| et )"
)
""" "Le directeur de l'ARS pour le Rhône et la Métropole de Lyon": where an agency acts."""
DIRECTS = re.compile(
    r"\bdirect(?:eur|rice) (?:departementale?|territoriale?) (?:du |de la |de l'|des |de |d')"
    r"(?P<land>[\w'-]+(?: [\w'-]+)?)(?P<also> et (?:de |d)[^,;.:()]{3,50}?) (?:de l'|d')"
    r"(?:ars|agence regionale)\b"
)
WHO_SIGN = re.compile(
    r", (?:(?:tous |toutes )?(?:qui )?(?:en |y |l'|le |tous |toutes |ont |sont |deux |trois |quatre |cinq "
    r"|six |egalement |aussi |deja |desormais |aujourd'hui |ete |eux |elles |memes? )*)"
    r"(?:(?:co-?)?signataires\b|(?:co-?)?(?:signe|paraphe|conclu)\b)"
    r"(?![^.;,]{0,20}\b(?:charte|convention)\b)"
)
""" "a travaillé avec A et B, tous signataires": those one works with sign, where that is said of them."""
ENDING = re.compile(
    r"[;.]|\b(?:co-?)?signataires?\b[^.;:]{0,60}:|, (?=(?:le|ce|un) (?:\w+ ){0,2}(?:contrat|cls|document)\b)"
    r"|(?<!ainsi)(?<!meme) que (?=l'|la |le |les )|, (?:a|ont|viennent|vient|signe\w*|se sont|s'est)\b"
    r"|\b(?:a|ont) (?:\w+ ){0,2}(?:sign|paraph)|, par (?=l'|la |le |les )|$"
)
"""Where whoever is near ends at the latest."""


class Masks(Members):
    """Finds the spans to pass over. ``weak`` are names that only a list may show to be bodies."""

    def __init__(self, page: Page, mentions: list[Mention], weak: list[Mention]) -> None:
        self.page, self.mentions, self.weak = page, mentions, weak
        self.all = sorted([*mentions, *weak], key=lambda m: m.start)
        self._starts = [m.start for m in self.all]

    def between(self, start: int, end: int) -> list[Mention]:
        """The bodies named between two places, in order."""
        return [m for m in self.begun(start, end) if m.end <= end]

    def begun(self, start: int, end: int) -> list[Mention]:
        """The bodies whose names begin between two places, in order."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _masked(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of a sentence whose bodies do not sign: who is present, who is a member of a grouping."""
        text = self.page.folded[start:end]
        spans = []
        for match in PRESENCE.finditer(text):
            stop = ENDING.search(text, match.end())
            sign = WHO_SIGN.search(text, match.end()) if WORKED.search(match.group()) else None
            if sign and not re.search(r"[;:]|\b(?:a|ont|est|sont)\b", text[match.end() : sign.start()]):
                continue
            until = stop.start() if stop else len(text)
            aside = next((r for r in RELATIVE.finditer(text) if r.start() < match.start() < r.end()), None)
            if aside is not None:
                spans.append((start + match.start(), start + aside.end()))
                continue  # "la Ville, qui finance le poste, l'ARS et la CAF ont signé"
            spans.append((start + match.start(), start + self._subject_after(start, text, match, until)))
        for match in GROUPING.finditer(text):
            if not match.start() or "signataires" in match.group()[:45]:
                continue  # "Rassemblés à Pau, A et B ont signé"; "le contrat regroupe six signataires"
            plain = re.match(r",? ?(?:compt|associ|form|reuni)", match.group())
            listing = "dont" in match.group()[:6] and re.search(
                r"(?:contrat|cls|sante|document|accord|texte|partenaires|signataires|acteurs|institutions"
                r"|structures)(?: [a-z]+)?$|(?:contrat|cls)\b[^,;.]{0,70}$",
                text[: match.start()],
            )
            spelt = re.match(r"\W*\w+ ?:", match.group()) or SUBJECT.search(text, 0, match.start())
            if not plain and not listing and not spelt:
                spans.append((start + match.start(), start + match.end()))
        spans += [(start + m.start(), start + m.end()) for m in SIDE.finditer(text)]
        for match in REPRESENTED.finditer(text):
            spans.append((start + match.start(), start + match.end()))
        for remit in (*REMIT.finditer(text), *DIRECTS.finditer(text)):
            if codes().find(remit["land"], "departement"):
                spans.append((start + remit.start("also"), start + remit.end("also")))
        for match in re.finditer(r"\ba l'instar (?:de la |de l'|du |des |de |d')", text):
            # Another town or group that is a model does not sign this contract; another body does.
            spans += [
                (start + match.start(), m.end)
                for m in self.between(start + match.end(), end)[:1]
                if m.start == start + match.end() and m.kind in ("commune", "epci", "petr")
            ]
        return spans

    def _subject_after(self, start: int, text: str, match: re.Match[str], until: int) -> int:
        """Where whoever is present ends and a subject begins: "En présence du préfet, la Ville a signé"."""
        at = match.end()
        if not VERB.search(text, at):
            return until
        worked = WORKED.match(match.group())
        for comma in re.finditer(r", ", text[at:until]):
            place = at + comma.end()
            named = self.between(start + at, start + at + comma.start())
            person = (worked or not named) and re.match(
                rf"{CAP}(?: {CAP})+,", self.page.text[start + place :]
            )
            bare = re.match(r"(?:l'|la |le |les |notre )", text[place:])
            ahead = self.between(start + place, start + min(place + 75, len(text)))
            commas = text[place : ahead[0].start - start].count(",") if ahead else 9
            if commas <= (1 if person else 0 if bare else -1):
                return at + comma.start()
        return until


def masked(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    """Whether a body stands in one of the spans."""
    return any(start <= mention.start < end for start, end in spans)
