"""Axes that no noun announces: "au cœur du contrat : 1/ …", "priorité à …", "il s'articule autour de …"."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.announcement import FORMER
from cls_graph.drafting.announcing import Announcements
from cls_graph.drafting.axes import ANNOUNCE, GENERAL, PLURAL, Axis, singular
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.foreign import of_another
from cls_graph.drafting.health import mostly_of_health

HOLDS = r"(?:contrat|cls|document|programme|menu|feuille de route|plan d'actions?|texte|projet)"
NUMBERED = re.compile(rf"\b{HOLDS}\b[^:.;]{{0,50}} ?: (?=(?:1[/).°]|\(1\)|i\)|a\)) ?\S)")
ANEW = r"(?:le|ce) (?:nouveau|deuxieme|second|troisieme|quatrieme)(?=,| (?:s'|se |porte|repose|est ))"
""" "Le deuxième, signé en 2022, se recentre sur …"."""
NOT_AXES = re.compile(
    r"\b(?:signataires?|partenaires?|actions? phares?|signe\w*|mesures?|fiches?|exemples?)\b"
)
TURNING = re.compile(
    rf"\b(?:{HOLDS}|il|celui-ci|accord|partenariat|les efforts(?: communs)?|{ANEW})\b(?:(?! qui "
    rf")[^.;:]){{0,60}}? (?:s'articule|se "
    rf"structure|est structure|se decline|"
    r"s'organise|repose(?:ra)?|s'appuie(?:ra)?|fera porter (?:l'effort|les "
    r"efforts)|porteront|portent|se construit|est construit|est bati|est axe|sera axe|se concentre(?:ra)?|se "
    r"recentre(?:ra)?|porte|portera)"
    r" (?:[a-z]+ ){0,2}?(?P<by>autour (?:de |d'|du |des )|sur |en )"
)
MENU = re.compile(
    r"\b(?:au menu|au programme|a l'ordre du jour|au (?:cœur|centre)|les (?:grandes lignes|points forts))"
    r"(?! (?:de (?:la|cette) )?(?:matinee|journee|soiree|semaine|fete|ceremonie|seance|reunion))"
    r"(?=[^:.;]*\b(?:annees|ans|contrat|cls|mandat|20\d\d)\b)[^:.;]{0,45} ?: "
    r"(?=l'|la |le |les |« ?[a-z]|\w+(?:er|ir|re) )"
)
"""What the contract has in store: "Au menu des trois prochaines années : …"."""
BARE_MENU = re.compile(r"(?:au menu|au programme) ?: ")
HEALTH = re.compile(
    r"\b(?:soins?|soigner|sante|prevention|prevenir|vieillir|vieillissement|addictions?|medecins?|medicale?s?"
    r"|aidants?|environnement\w*|alimentation|nutrition|sport|depistage|parentalite|handicap|precarite|droits"
    r"|autonomie|cancers?|diabete|habitat|eau potable|qualite de l'(?:air|eau)|violences|perinatalite)\b"
)
""" "Au programme : …" without a word of the contract holds axes where each part is a subject of health."""
GIVEN = re.compile(
    r"\b(?:priorites?|(?:met|mise?|mettra|mettent) l'accent|accent (?:est |sera )?mis|la part belle"
    r"|la priorite|attention (?:toute )?particuliere)"
    r"(?: (?:est|sera|sont|seront) (?:donnee?s?|mise?s?|accordee?s?|portee?s?))?"
    r"(?: est)? (?P<by>a |aux? |sur )"
)
OF_IT = re.compile(
    r"\b(?:evaluation|bilan|suivi|coordination|signature|elaboration|presentation|financement|mise en œuvre"
    r"|diagnostic|animation|objet|gouvernance|pilotage) (?:du|de ce|de son|de notre|de leur) (?:\w+ )?$"
)
""" "L'évaluation du contrat portera sur …"."""
BEGINS = re.compile(r"l'|la |le |les |« ?\w|(?:mieux )?\w+(?:er|ir|re)\b")
PARTS = {
    "autour": r"(?:autour )?(?:de la |de l'|du |des |de |d')",
    "sur": r"sur ",
    "a": r"(?:a la |a l'|aux |au |a )",
}
"""The preposition that each part repeats, by the first."""


ACTIONS = (
    r"(?:actions|fiches(?:[- ]actions?)?|mesures) (?:du|de ce|de notre) (?:\w+ )?"
    r"(?:contrat(?: local de sante)?|cls)(?! (?:de ville|territorial|de relance|d'objectifs|de territoire)\b)"
)
GROUPED = re.compile(
    rf"(?:\b{HOLDS}\b[^.;:]{{0,60}} (?:actions|fiches|mesures),? |\b{ACTIONS}\b[^.;:]{{0,30}}? "
    r"(?:s'|se |sont |est ))(?:[a-z]+ ){0,2}?"
    r"(?:articul|structur|regroup|organis|reparti|rang|class|declin)\w+ "
    r"(?:[a-z]+ ){0,2}?(?P<by>autour (?:de |d'|du |des ))"
)
""" "Le contrat compte vingt actions articulées autour de l'accès aux soins, de la prévention et de l'eau"."""
BEARING = re.compile(
    rf"(?:^|[,;:] |\b(?:les|ses|ces|leurs|nos|{NUMBER}) )(?:grand[es]{{1,2}} |principa\w+ )?"
    rf"(?P<word>{PLURAL})\b"
    r"(?P<mid>(?: (?!qui\b|que\b|dont\b|ont\b|sont\b)[\w'()-]+){0,6}?) (?:(?:donc|ainsi|notamment) )?"
    r"(?:(?:concernent|visent|ciblent|couvrent|recouvrent|s'intitulent|embrassent|abordent)(?: \w+ment)? "
    r"(?=l'|la |le |les |«)|portent(?: \w+ment| donc| ainsi)? (?P<sur>sur )"
    r"|(?:touchent|ont trait|s'interessent|s'attachent|repondent) (?P<a>a (?!\w+(?:er|ir|re)\b)|aux? )"
    r"|(?:tournent|s'articulent) (?P<autour>autour (?:de |d'|du |des )))"
)
""" "Les priorités du contrat concernent A, B et C", "ses axes portent sur A, B et C"."""
OF_THIS = re.compile(rf"\b{HOLDS}\b(?! (?:de ville|de territoire|regional|territorial))")
IT_IS = re.compile(
    r"(?:il s'agit(?: \w+ment)?(?: (?P<of>de (?=l'|la )|du |des )| de ?: )|ce sont(?: \w+ment)? |ce sont ?: )"
)
NUMBERED_SO = re.compile(rf"\bau nombre de {NUMBER}\b")


class Aims(Announcements):
    """Reads what a contract is said to turn on, where no word says "axe"."""

    def _numbered(self) -> list[list[Axis]]:
        """ "Au cœur du contrat : 1/ l'offre de soins, 2/ la santé mentale"."""
        found = []
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            match = NUMBERED.search(text)
            if match is None or not self._mine(start) or NOT_AXES.search(text[: match.end()]):
                continue
            spans = self._pieces(start + match.end(), start + len(text.rstrip(" .")))
            if len(spans) > 1:
                found.append([self._axis(*s, "visee") for s in spans])
        return found

    def _menu(self) -> list[list[Axis]]:
        """ "Au menu des trois prochaines années : l'offre de soins, la prévention et le bien vieillir"."""
        found = []
        for start, end in self.page.sentences:
            match = MENU.search(self.page.folded, start, end)
            bare = None if match else BARE_MENU.match(self.page.folded, start, end)
            match = match or bare
            if match is None or not self._mine(start) or NOT_AXES.search(self.page.folded, start, end):
                continue
            stop = end - len(self.page.text[start:end]) + len(self.page.text[start:end].rstrip(" ."))
            spans = self._pieces(match.end(), stop)
            way = HEALTH.search if bare else BEGINS.match
            if len(spans) > 2 and all(way(self.page.folded, *s) and s[1] - s[0] < 90 for s in spans):
                found.append([self._axis(*s, "visee") for s in spans])
        return found

    def _turning(self) -> list[list[Axis]]:
        """ "Il s'articule autour de l'accès aux soins, de la prévention et de la santé mentale"."""
        found = []
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            if not self._mine(start) or GENERAL.search(text):
                continue
            for pattern in (TURNING, GIVEN, GROUPED):
                match = pattern.search(text)
                if match and OF_IT.search(text[: match.start()]):
                    continue
                if match and len(axes := self._repeated(start, text, match, match.group("by"))) > 2:
                    found.append(axes)
        return found

    def _bearing(self) -> list[list[Axis]]:
        """ "Les priorités du contrat concernent l'accès aux soins, la santé mentale et le bien vieillir"."""
        found = []
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            match = BEARING.search(text) if self._mine(start) and not GENERAL.search(text) else None
            if match is None or FORMER.search(text[: match.start("word")]):
                continue
            word = singular(match.group("word"))
            if of_another(text[: match.start("word")], word, text[match.end("word") :]):
                continue
            by = next((match.group(name) for name in ("sur", "a", "autour") if match.group(name)), "-")
            axes = self._repeated(start, text, match, by)
            names = [self.page.folded[a.start : a.end] for a in axes]
            if not OF_THIS.search(text[: match.end("mid")]) and not mostly_of_health(names):
                continue  # of a town, of a festival: "les priorités de la ville concernent la voirie"
            count = number(match.group("n") or "")
            if len(axes) == count or (not count and len(axes) > 2):
                found.append([self._axis(a.start, a.end, word) for a in axes])
        return found

    def _it_is(self) -> list[list[Axis]]:
        """ "Trois axes ont été retenus. Il s'agit de l'accès aux soins, de la prévention et du sport"."""
        found = []
        for block in self.blocks:
            told = self.page.sentences_of(block) if self._mine(block.start) else []
            for (left, right), (start, end) in pairwise(told):
                lead, text = self.page.folded[left:right], self.page.folded[start:end]
                match = IT_IS.match(text)
                said = list(ANNOUNCE.finditer(lead)) if match else []
                if not said or not match or FORMER.search(lead) or GENERAL.search(lead):
                    continue
                told_so = NUMBERED_SO.search(lead)
                count = number(said[-1].group("n") or (told_so.group("n") if told_so else ""))
                word = singular(said[-1].group("word"))
                if of_another(lead[: said[-1].start("word")], word, lead[said[-1].end("word") :]):
                    continue
                axes = self._repeated(start, text, match, "autour" if match.group("of") else "-")
                if count > 1 and len(axes) == count:
                    found.append([self._axis(a.start, a.end, word) for a in axes])
        return found

    def _repeated(self, start: int, text: str, match: re.Match[str], by: str) -> list[Axis]:
        """The parts that repeat the preposition ``by``, each with its article; else those between commas."""
        by = by.split()[0]
        by = "a" if by in ("au", "aux") else by
        stop = re.search(r"[.;:!?]|, (?:afin|qui|ce qui|dans|pour|avec)\b", text[match.end() :])
        until = match.end() + stop.start() if stop else len(text)
        part = PARTS.get(by)
        cuts = (
            [
                *re.finditer(
                    rf"(?:,? (?:et|ainsi que|puis|mais aussi)|,) (?:{part})", text[match.end() : until]
                )
            ]
            if part
            else []
        )
        if len(cuts) > 1:
            edges = [match.end(), *(match.end() + c.end() for c in cuts)]
            ends = [*(match.end() + c.start() for c in cuts), until]
            lead = {"autour": "de ", "a": "a "}.get(by, "")
            return [
                self._axis(start + self._article(text, s, lead), start + e, "visee")
                for s, e in zip(edges, ends, strict=True)
            ]
        spans = self._pieces(start + match.end(), start + until)
        plain = all(not re.match(r"(?:\d|deux|trois|quatre|cinq)", self.page.folded[s:e]) for s, e in spans)
        return [self._axis(*s, "visee") for s in spans] if plain and all(e - s < 90 for s, e in spans) else []

    def _article(self, text: str, at: int, lead: str) -> int:
        """The place of the article that stands with the preposition: "autour de l'accès" has "l'accès"."""
        for article in ("la ", "l'"):
            if lead and text.endswith(f"{lead}{article}", 0, at):
                return at - len(article)
        return at
