"""Subjects of health that a contract is told by, where no noun for an axis announces them.

"Vingt actions rangées sous quatre bannières : l'accès aux soins, la santé mentale …", "Au menu : …",
"La commune a fait de la santé mentale le premier chapitre. Viennent ensuite …".
"""

from __future__ import annotations

import re
from itertools import takewhile

from cls_graph.drafting.axes import GENERAL, PLURAL, SINGULAR, Axis
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.deeds import END, Deeds
from cls_graph.drafting.health import SUBJECT, mostly_of_health
from cls_graph.drafting.layout import Block

OF_IT = re.compile(
    r"\b(?:contrat|cls|document|texte|accord|feuille de route|signataires|partenaires|partenariat|actions"
    r"|fiches|mesures|programme)\b"
)
SHORT = re.compile(
    r"(?:au (?:menu|programme)|a la cle|en ligne de mire|dans le viseur|sur la table|a l'agenda|au sommaire"
    r"|l'objectif|le cap|le but)$"
)
OTHERWISE = re.compile(
    r"\b(?:\w*signataires? (?:sont|etaient)|(?:deux|trois|quatre|cinq|six|sept|\d+) (?:\w+ )?(?:signataires"
    r"|partenaires|communes|villes|quartiers|institutions|elus|reunions|seances|rencontres|stands|groupes"
    r"|commissions|ateliers|ans|temps|structures|etablissements|professionnels|medecins|maladies|indicateurs"
    r"|chiffres|actions|fiches|mesures|projets)\b(?! \w+(?:ee?s|is|ies)\b)"
    r"|difficult\w+|faiblesses?|constats?|besoins?|problem\w+|manqu\w*|diagnostics?|bilan|ateliers?|reunions?"
    r"|stands?|forum|journees?|conferences?|groupes? de travail|formations?|phares?|exemples?|comme|tels?"
    r"|notamment|parmi|dont|financ\w+|hors|ne|n'\w+|pas|absente?s?|causes? (?:de|du)|mortalite|evoqu\w+"
    r"|deplor\w+|regrett\w+|souffr\w+|projet regional|prs|contrats? de ville|schema|convention|plan regional"
    r"|precedent|premier contrat|ancien|avai\w+|etai\w+|deja|evalu\w+|enquete|sondage|habitants|inegalites"
    r"|acteurs|metiers|services?|offre|publics?|populations?|obstacles?|freins?|fragilites?|missions?|competences?|outils?|maladies?"
    r"|pathologies|elus?|professions?|professionnels?|mots-cles|agents?|etapes?|phases?|raisons?|moyens?"
    r"|en savoir|lire|premiere?s actions|lance\w*|equipes?|postes?|recrut\w+|cre\w+)\b"
)
"""Words of a sentence whose list is of something else than the contract's subjects."""
NOT_ONE = re.compile(
    r"(?:l'|la |le |les |un |une |des )?(?:\w+ )?(?:ville|commune|agglomeration|departement|region|hopital"
    r"|cpam|ars|caf|msa|maison|centre|pole|bus|consultations?|ateliers?|journees?|forum|medecins?|infirmi\w+)s?\b"
)
OCCASION = re.compile(
    r"\b(?:visites?|gouters?|buffets?|signature|presentation|remise|verre|concerts?|balades?|repas|initiations?"
    r"|demonstrations?|conferences?|rencontres?|spectacles?|discours|stands?|inauguration)\b"
)
""" "Au programme : le dépistage du diabète, la visite du bus": of a day, not of a contract."""
COUNTED = re.compile(rf"\b{NUMBER} (?:[a-z'-]+ ){{0,2}}?[a-z-]+[sx]\b")
AIMING = re.compile(
    r"\b(?:(?:contrat|cls|document|texte|accord|signataires|partenaires)\b(?: [\w'-]+){0,6}? (?:s'attache\w*"
    r"|entend\w*|vise\w*|agir|agiront|portent?|porter\w*|aborde\w*|couvre\w*|cible\w*|concerne\w*|retien\w+"
    r"|ambitionne\w*|s'engage\w*|traite\w*|veut|veulent|cherche\w*|travaill\w+|prevoi\w+ d'agir|repond\w*"
    r"|met l'accent)\b"
    r"|(?:au (?:cœur|centre)|vise\w* par) (?:du |le |ce |de ce )?(?:nouveau )?(?:contrat|cls|document|texte"
    r"|accord))"
)
""" "C'est pourquoi le contrat s'attache à :", above items."""
ITS_OWN = re.compile(rf"(?:(?:les |ces |sur la table, )?{NUMBER}|il|ses|on y|y)\b")
HEADS = re.compile(
    r"(?:le |notre |un )?(?:contrat(?: local de sante)?|cls)(?: de [\w' -]{3,30})? en \w+ \w+"
    r"|(?:le )?contenu|(?:le )?programme(?: d'actions?)?"
)
_TOP = rf"(?:{SINGULAR}|chapitre|sujet|cause|bataille|combat)"


def _a(name: str, bare: str = "") -> str:
    """A pattern for one subject with its article, in a group of a name."""
    return rf"(?P<{name}>(?:{bare}l'|la |le |les )[^.,;:]{{3,80}}?)"


FIRST = re.compile(
    rf"\b(?:fait d(?:e |u |'|es ){_a('one', '(?<=du )|(?<=des )|')} (?:le|la|son|sa|leur) "
    rf"(?:premi\w+|principal\w*|grande?) {_TOP}"
    rf"|(?:place|met|mettent|placent|inscrit) {_a('two')} en (?:tete|premier|haut)"
    rf"|premiere? {_TOP}\b[^.:;,]{{0,30}} ?: {_a('three')}(?=[.;,]|$)"
    rf"|(?:^|, ){_a('four')} (?:est|constitue|arrive|vient|figure|reste) "
    rf"(?:(?:le|la) premi\w+ {_TOP}|en (?:tete|premier|premiere (?:place|ligne))))\b"
)
NEXT = re.compile(
    r"(?:[^.;:]{0,40}?, devant|(?:[.;]|,)\s+(?:puis )?(?:viennent|suivent|arrivent|s'y ajoutent)"
    r"(?: (?:ensuite|apres|enfin|aussi|egalement|puis))?) (?P<list>(?:l'|la |le |les )[^.;:]{5,220})"
)


class Subjects(Deeds):
    """Reads axes that only their being subjects of health tells, where nothing else tells any."""

    def _subjects(self) -> list[list[Axis]]:
        """The ways of a sentence, then the items below a line."""
        found = []
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            if self._mine(start) and not GENERAL.search(text):
                for way in (self._health_listed, self._first_of_all):
                    if axes := way(start, text):
                        found.append(axes)
        return [*found, *self._below()]

    def _health_listed(self, start: int, text: str) -> list[Axis]:
        """ "Ses actions sont rangées sous quatre bannières : A, B, C et D"."""
        cut = re.search(r" ?: |(?<=^au programme), |(?<=^au menu), ", text)
        lead = text[: cut.start()] if cut else ""
        if cut is None or not self._about(start, lead):
            return []
        stop = END.search(text, cut.end())
        until = stop.start() if stop else len(text)
        counted = list(COUNTED.finditer(lead))
        count = number(counted[-1].group("n")) if counted else 0
        axes = self._of_health(start + cut.end(), start + until, count)
        shown = [self.page.folded[a.start : a.end] for a in axes]
        if SHORT.search(lead) and not all(SUBJECT.search(w) for w in shown):
            return []
        return axes if not 1 < count < 10 or len(axes) == count else []

    def _about(self, start: int, lead: str) -> bool:
        """Whether what leads to a list is of the contract: by a word for it, or on the heels of one."""
        if not lead or OTHERWISE.search(lead) or re.search(rf"\b{PLURAL}\b", lead):
            return False  # with a noun for an axis, what else is said tells whose they are
        if not COUNTED.search(lead) and not SHORT.search(lead):
            return False
        if OF_IT.search(lead):
            return True
        if not SHORT.search(lead) and not ITS_OWN.match(lead):
            return False
        block = self.page.blocks[self.page.block_at(start)]
        before = self.page.folded[max(0, block.start - 400) : start]
        return bool(re.search(r"\b(?:contrat|cls|accord)\b", before))

    def _of_health(self, start: int, end: int, count: int) -> list[Axis]:
        """The parts of an enumeration, where most are subjects of health and none is a body or a place."""
        spans = self._pieces(start, end, count if 1 < count < 10 else 0)
        words = [self.page.folded[s:e] for s, e in spans]
        return [self._axis(*s, "visee") for s in spans] if self._healthy(words) else []

    def _healthy(self, words: list[str]) -> bool:
        articles = {bool(re.match(r"l'|la |le |les ", w)) for w in words}
        plain = all(4 < len(w) < 90 and not NOT_ONE.match(w) and not re.search(r"\d", w) for w in words)
        plain = plain and not any(OCCASION.search(w) for w in words)
        return len(words) > 2 and len(articles) == 1 and plain and mostly_of_health(words)

    def _first_of_all(self, start: int, text: str) -> list[Axis]:
        """ "Elle a fait de A le premier chapitre du document. Viennent ensuite B et C"."""
        first = FIRST.search(text)
        if first is None or OTHERWISE.search(text[: first.start()]):
            return []
        name = next(k for k, v in first.groupdict().items() if v)
        block = self.page.blocks[self.page.block_at(start)]
        tail = re.compile(r"[^.;:,]{0,40}").match(self.page.folded, start + first.end(), block.end)
        after = NEXT.match(self.page.folded, start + first.end(), block.end)
        after = after or (NEXT.match(self.page.folded, tail.end(), block.end) if tail else None)
        if after is None:
            return []
        spans = [(start + first.start(name), start + first.end(name)), *self._pieces(*after.span("list"))]
        words = [self.page.folded[s:e] for s, e in spans]
        plain = all(len(w) < 90 and not NOT_ONE.match(w) for w in words)
        return (
            [self._axis(*s, "visee") for s in spans]
            if plain and mostly_of_health(words) and len(words) > 1
            else []
        )

    def _below(self) -> list[list[Axis]]:
        """Items below "Le contrat entend agir sur :", or below "Le contrat en quatre points"."""
        found = []
        for index, block in enumerate(self.blocks):
            text = self.page.folded[block.start : block.end]
            last = text[max(text.rfind(". ") + 1, 0) :]
            head = block.kind != "item" and len(text) < 60 and HEADS.fullmatch(text.rstrip(" :"))
            leads = text.endswith(":") and AIMING.search(last) and not OTHERWISE.search(last)
            leads = leads and not GENERAL.search(last)
            items = self._items_after(index) if block.kind != "item" and (head or leads) else []
            axes = [a for a in (self._item(b, "visee", "unspecified") for b in items) if a]
            words = [self.page.folded[a.start : a.end] for a in axes]
            if self._healthy(words) and len(axes) == len(items):
                found.append(axes)
        return found

    def _items_after(self, index: int) -> list[Block]:
        return list(takewhile(lambda b: b.kind == "item", self.blocks[index + 1 : index + 12]))
