"""What a contract is to do, where no word says "axe": "il ambitionne de …", "ils agiront sur …"."""

from __future__ import annotations

import re
from itertools import takewhile

from cls_graph.drafting.axes import GENERAL, PLURAL, Axis
from cls_graph.drafting.chosen import Chosen
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.layout import Block
from cls_graph.drafting.prose import STEP

NAMED = r"(?:contrat(?: local(?: de sante)?)?|cls|document|texte|(?:programme|plan) d'actions?)"
CONTRACT = (
    rf"(?:(?:(?:ce|le|notre|leur) (?:nouveau |present |premier |deuxieme )?{NAMED}|il|celui-ci)"
    r"(?: (?:de|sur) [\w']+ ans)?(?: 20\d\d ?[-/] ?20\d\d)?"
    r"(?: d(?:e |u |es |')(?!ville\b|territoire\b|relance\b)(?:la |l'|les )?[\w'-]+(?: [\w'-]+){0,5}?)?"
    r"(?: 20\d\d ?[-/] ?20\d\d)?(?: \([^)]*\))?(?:,[^,.;:]{3,60},)?)"
)
PARTIES = (
    r"(?:(?:les|ses|nos) (?:\w+ )?(?:partenaires|signataires|acteurs|elus|collectivites)|les efforts"
    r"|l'effort|la (?:ville|commune|communaute [\w' -]{3,50}?|collectivite|metropole)|l'agglomeration"
    r"|le territoire|le (?:petr|pays)|on|nous|ils|elles|l'action)"
)
TERM = (
    r"(?:(?:pendant|durant|pour|sur|au cours de|dans) (?:les |ces |ses )?"
    rf"(?:{NUMBER.replace('?P<n>', '?:')} )(?:prochaines |annees a venir|ans a venir)?(?:annees|ans)?"
    r"|(?:d'ici(?: a)?|jusqu'(?:en|a)) (?:la )?(?:fin )?20\d\d)"
)
""" "Pendant quatre ans", "d'ici 2028": what the partners do while it lasts, they do by the contract."""
ON = (
    r"(?:s'attaquer(?:a|ont) (?P<a>a |aux? )"
    r"|(?:se )?concentrer(?:a|ont) (?:(?:leurs|ses|les) efforts )?(?P<b>sur )"
    r"|(?:travailler(?:a|ont)|agir(?:a|ont)|porter(?:a|ont)(?: (?:leurs|ses) efforts)?|miser(?:a|ont)"
    r"|se mobiliser(?:a|ont)|se pencher(?:a|ont)|mettr(?:a|ont) l'accent) (?P<c>sur ))"
)
WHILE = re.compile(rf"\b{TERM},? (?:{PARTIES}|{CONTRACT})(?: et (?:ses|leurs) (?:\w+ )?\w+)?,? {ON}")
WHILE_LIST = re.compile(rf"{TERM},? (?:{PARTIES}|{CONTRACT})[^.;:]{{0,40}} {ON}?:$")
CHOSEN = re.compile(
    rf"\b(?:{PARTIES}|{CONTRACT}) (?:ont|a) (?:\w+ )?(?:choisi|decide|convenu) d(?:e |')"
    r"(?:travailler|agir|porter (?:leurs|ses|l') ?efforts?|concentrer (?:leurs|ses) efforts|se concentrer"
    r"|mettre l'accent|faire porter (?:leurs|ses|l') ?efforts?) (?P<c>sur )"
)
INFINITIVES = re.compile(
    rf"(?:(?:^|[,;] )(?:l'|son |leur |notre )(?:objectif|ambition|but|idee)(?: (?:du|de ce) (?:contrat|cls))?"
    rf" (?:est|sera) d(?:e |')|(?:^|[,;] ){NUMBER} ans pour |(?:^|[,;] ){CONTRACT} (?:vise a "
    rf"|ambitionne d(?:e |')|entend |devra |doit (?:permettre de )?"
    r"|permettra d(?:e |')|a pour (?:ambition|but|objet|objectif|vocation) d(?:e |')|se propose d(?:e |')"
    r"|cherchera a |aidera a |prevoit d(?:e |')|veut ))(?:« ?)?(?=(?:mieux )?\w+(?:er|ir|re)\b)"
)
LINK = re.compile(r",? (?:et|ainsi que) (?:enfin )?|, (?:puis )?")
VERB = re.compile(
    r"(?:de |d'|a )?(?P<verb>(?:mieux |ne pas )?(?!(?:entre|outre|autre|contre)\b)[a-z'-]{2,}(?:er|ir|re)\b)"
)
USUAL = re.compile(
    r"\b(?:inegalites|politiques|acteurs (?:locaux|du territoire)|reunir|rassembler|comite|fiches?|bilan"
    r"|evaluer|partenariat|signer|federer|animer)\b"
)
"""What every such contract is for, and how it is run, is no axis of one."""
BODIES = re.compile(
    r"(?:l'|la |le |les )(?:\w+ )?(?:ville|commune|agglomeration|departement|region|hopital|cpam|ars|caf)s?\b"
)
AIMS_AT = re.compile(
    rf"(?:^|[,;] ){CONTRACT} (?:cible|aborde|s'attaque(?:ra)? a|traite de|concerne|vise|embrasse|privilegie"
    r"|met en avant) (?=l'|la |le |les )"
)
PARTED = re.compile(
    rf"\b{CONTRACT}\b[^.;:]{{1,40}}?,? d'une part,? (?P<one>[^.;:]{{5,120}}?),?(?: et)?,? d'autre part,? "
    r"(?P<two>[^.;:]{5,120})"
)
FEW = re.compile(
    r"\b(?:tient|resume|decline|articule|repose|structure\w*|bati|organise\w*|concu|pense|construit\w*"
    r"|se lit|se dit|s'ecrit|s'ordonne|rangee?s|repartie?s)"
    rf"(?: \w+)? (?:en|autour de|sur|a) {NUMBER} (?:grand[es]{{1,2}} )?"
    r"(?:verbes?|mots?(?: d'ordre|[ -]cles)?|points|idees(?: fortes)?|directions|lignes|parties|blocs"
    r"|familles|dossiers|registres|dimensions|temps|sujets)(?: [\w']+){0,3} ?: "
)
AIM_LIST = re.compile(
    rf"(?:^|[.,;] ){CONTRACT} (?:entend|vise|veut|doit|devra|permettra|a pour (?:ambition|but|objet|objectif"
    r"|vocation)|se propose|cherche|ambitionne)s?(?: (?:donc|aussi|ainsi|notamment|a la fois|a|de)){0,2} ?:$"
)
""" "Le document, qui engage dix partenaires, entend à la fois :", above infinitives."""
MOTTO = re.compile(
    rf"(?:^|avec |en ){NUMBER} (?:mots d'ordre|maitres[ -]mots|verbes|mots[ -]cles"
    r"|(?:mots|idees) (?:resument|guident|structurent|portent|definissent)[^.;:]{0,30}) ?: "
)
ANEW = re.compile(
    r"\b(?:le (?:nouveau|second|deuxieme|troisieme|present)(?: contrat| cls)?|celui-ci|il|ce "
    r"dernier)\b[^.;:]{0,20}? en "
    rf"(?:compte|comporte|comprend|retient|fixe|a)(?: desormais)? {NUMBER} ?: "
)
""" "Le précédent avait trois axes. Le nouveau en compte deux : …"."""
PROMISE = re.compile(
    r"(?:ce que (?:nous (?:voulons|allons|souhaitons)|l'on va|on va|(?:le|ce|votre) (?:contrat|cls)|prevoit"
    r"|contient|dit)\b[^.;:]{0,40}|ce qu'(?:il|on y|on va|ils)\b[^.;:]{0,40}|sur quoi\b[^.;:]{2,50}\?"
    r"|de quoi (?:parle|s'agit)\b[^.;:]{2,40}\?|les grandes lignes(?: du (?:contrat|cls))?"
    rf"|(?:le |notre )?(?:contrat|cls)\b[^.;:]{{0,50}} en {NUMBER} (?:verbes|mots|points|temps|actes|lettres)"
    r"|(?:le )?contenu du (?:contrat|cls)|pour (?:quoi faire|faire quoi) ?\?|(?:avec )?quels "
    r"objectifs ?\?|nos engagements|ce qui va changer)(?: ?[:?])?"
)
""" "Ce que nous voulons faire", above the lines that tell it."""
END = re.compile(r"[.;:!?»]|, (?:afin|qui|ce qui|dans|avec|pour|grace)\b")
DONE = re.compile(r"\b(?:a ete|ont ete|bilan|deja|avant)\b")
APART = re.compile(r" ?: | - ")


class Deeds(Chosen):
    """Reads what a contract, or its partners while it lasts, are to do."""

    def _deeds(self) -> list[list[Axis]]:
        """The ways of a sentence to tell it, and the lines under a heading that promises it."""
        found = []
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            if not self._mine(start) or GENERAL.search(text):
                continue
            for way in (self._on, self._infinitives, self._named, self._parted, self._few, self._steps):
                if axes := way(start, text):
                    found.append(axes)
        return [*found, *self._promised()]

    def _on(self, start: int, text: str) -> list[Axis]:
        """ "Pendant quatre ans, la commune s'attaquera à l'eau, au diabète et à l'habitat"."""
        match = WHILE.search(text) or CHOSEN.search(text)
        if match is None:
            return []
        by = next(value for value in match.groupdict().values() if value)
        axes = self._repeated(start, text, match, by)
        return axes if len(axes) > 2 and not self._usual(axes) else []

    def _infinitives(self, start: int, text: str) -> list[Axis]:
        """ "Il ambitionne de réduire A, de faire reculer B et de mieux coordonner C"."""
        match = INFINITIVES.search(text)
        if match is None:
            return []
        until = self._until(text, match.end())
        links = [m for m in LINK.finditer(text, match.end(), until) if VERB.match(text, m.end(), until)]
        edges = [match.end(), *(m.end() for m in links)]
        ends = [*(m.start() for m in links), until]
        verbs = [VERB.match(text, s, e) for s, e in zip(edges, ends, strict=True)]
        axes = [
            self._axis(start + v.start("verb"), start + e, "visee")
            for v, e in zip(verbs, ends, strict=True)
            if v
        ]
        return axes if len(axes) > 2 and not self._usual(axes) else []

    def _named(self, start: int, text: str) -> list[Axis]:
        """ "Il cible l'accès aux soins, la santé mentale et le bien vieillir"."""
        match = AIMS_AT.search(text)
        if match is None:
            return []
        spans = self._pieces(start + match.end(), start + self._until(text, match.end()))
        plain = all(re.match(r"l'|la |le |les ", self.page.folded[s:e]) and e - s < 80 for s, e in spans)
        plain = plain and all(self.page.text[s:e].split(" ")[-1][:1].islower() for s, e in spans)
        axes = [self._axis(*s, "visee") for s in spans] if plain else []
        return axes if len(axes) > 2 and not self._usual(axes) else []

    def _until(self, text: str, at: int) -> int:
        stop = END.search(text, at)
        return stop.start() if stop else len(text)

    def _parted(self, start: int, text: str) -> list[Axis]:
        """ "Le contrat vise, d'une part, A et, d'autre part, B"."""
        match = PARTED.search(text)
        parts = [match.span(p) for p in ("one", "two")] if match else []
        axes = [self._axis(start + s, start + e, "visee") for s, e in parts]
        return [] if self._usual(axes) else axes

    def _few(self, start: int, text: str) -> list[Axis]:
        """ "La feuille de route tient en quatre verbes : soigner, prévenir, accompagner, coordonner"."""
        match = FEW.search(text) or MOTTO.search(text)
        if match is None and (anew := ANEW.search(text)):
            before = self.page.folded[max(0, start - 250) : start + anew.start()]
            match = anew if re.search(rf"\b{PLURAL}\b", before) else None
        if match is None:
            return []
        count, end = number(match.group("n")), start + len(text)
        axes = self._enumeration(start + match.end(), end, "visee", "unspecified", count)
        return axes if len(axes) == count else []

    def _steps(self, start: int, text: str) -> list[Axis]:
        """ "D'abord, il s'agit de A. Ensuite, de B. Enfin, de C.", where the contract was just spoken of."""
        step = STEP.match(text)
        if step is None or not step.group("first"):
            return []
        before = self.page.folded[max(0, start - 300) : start]
        axes = self._one_by_one(start, "visee") if re.search(rf"\b{NAMED}\b", before) else []
        return axes if len(axes) > 2 and not self._usual(axes) else []

    def _usual(self, axes: list[Axis]) -> bool:
        words = [self.page.folded[a.start : a.end] for a in axes]
        return any(USUAL.search(w) or BODIES.match(w) for w in words)

    def _promised(self) -> list[list[Axis]]:
        """The lines, or items, of one form below "Ce que nous voulons faire", or "l'effort portera sur :"."""
        found = []
        for index, block in enumerate(self.blocks):
            text = self.page.folded[block.start : block.end]
            head = block.kind != "item" and PROMISE.fullmatch(text) and not DONE.search(text)
            if not head and not WHILE_LIST.search(text) and not AIM_LIST.search(text):
                continue
            lines = self._lines_of_one_form(index)
            axes = [a for a in (self._item(b, "visee", "unspecified") for b in lines) if a]
            if len(axes) > 2 and not self._usual(axes) and all(a.end - a.start < 110 for a in axes):
                found.append(axes)
        return found

    def _lines_of_one_form(self, index: int) -> list[Block]:
        """Items that follow a block, else lines with a name and what is told of it."""
        after = self.blocks[index + 1 : index + 12]
        if after and after[0].kind == "item":
            return list(takewhile(lambda b: b.kind == "item", after))
        ended = list(takewhile(lambda b: self.page.text[b.end - 1] in ";,", after))
        if len(ended) > 1:
            return after[: len(ended) + 1]
        return list(takewhile(lambda b: APART.search(self.page.folded, b.start + 4, b.start + 80), after))
