"""Nouns of axes that are of something else: roads, another plan, a body's own aims, what a survey found."""

from __future__ import annotations

import re

from cls_graph.drafting.axes import WORDS

SENSE = re.compile(
    r"(?: (?:directrices|de force|d'action|d'intervention|strategiques|prioritaires|principa\w+"
    r"|majeur\w*))* (?:routiers?|ferroviaires?|rouges?|cyclables|verts?|de (?:circulation|communication"
    r"|transport"
    r"|recherche)"
    r"|(?:abordee?s|evoquee?s|discutee?s|traitee?s) (?:en|lors|au cours|pendant|par le (?:conseil|comite))"
    r""
    r""
    r""
    r"|regiona(?:l|ux|les)|nationa(?:l|ux|les)|medica(?:l|ux|les)|therapeutiques?|pedagogiques?|electora(?:l|ux)"
    r"|(?:du|de la|de l'|des|d'un|d'une|de cette|de ce|de leur|de son) (?:\w+ )?(?:projets? regiona(?:l"
    r"|ux)|prs|schema"
    r"|contrats? de ville|contrats? territoria(?:l|ux)|ptsm|projets? territoria(?:l|ux)"
    r"|projets? de (?:sante|territoire)"
    r"|strategie|politiques?|convention|charte|cpts|hopital|etablissement"
    r"|clsm|conseil local de sante mentale|maison de sante|msp|association|ght|loi|pcaet|plan (?!d'action)\w+"
    r"|agenda))\b"
)
"""Right after the noun: another sense of it, or whose they are."""
SURVEY = (
    r"(?:diagnostic|etude|enquete|etat des lieux|evaluation|bilan|rapport|audit|questionnaire|observatoire)"
)
FINDING = re.compile(
    rf"\b{SURVEY}\b[^.;:]{{0,200}}?\b(?:fait (?:ressortir|apparaitre|emerger)"
    r"|(?:met|mettent) en (?:evidence|lumiere)"
    r"|(?:revele|pointe|montre|souligne|releve)(?:nt)?)\b"
    rf"|\b{SURVEY}\b[^.;:]{{0,200}}?\b(?:a|ont) (?:\w+ ){{0,2}}?(?:releve|identifie|montre|pointe"
    rf"|mis en (?:evidence|lumiere"
    r"|avant)|revele|souligne|signale|fait (?:ressortir|apparaitre|emerger|remonter))\b"
    rf"|\b(?:releves?|identifiee?s?|pointee?s?|mise?s? en (?:evidence|lumiere)) par (?:le |la |l'|un "
    rf"|une |cette |ce )?"
    rf"{SURVEY}\b"
)
"""What a survey found, before anybody chose what to do about it."""
OWNER = re.compile(
    r"(?:^|[,;:] )(?:de son cote, |en parallele, |par ailleurs, |de plus, )?(?:le |la |l'|les |ce "
    r"|cette |cet |son |sa |un |une )"
    r"(?:\w+ )?(?:cpts|communaute professionnelle|ght|hopital|centre hospitalier|clinique"
    r"|maison de sante|msp|association"
    r"|caisse|cpam|caf|msa|mutuelle|mutualite|universite|lycee|college|projet (?:regional|territorial"
    r"|de sante|de territoire"
    r"|d'etablissement|educatif)|prs|ptsm|schema|contrat (?:de ville|territorial|de relance)|convention"
    r"|charte|strategie"
    r"|plan (?!d'actions?\b|local de sante)(?:strategique |pluriannuel )?"
    r"(?:d(?:e|u|es)\b|d'|climat|local|national|regional"
    r"|alimentaire)|programme (?:national|regional|de reussite)|reseau|pcaet|plu\w*|crte|clsm|ctg"
    r"|projet d(?:e |u )(?:la |l'|le )?(?:maison|pole|centre|cpts|hopital|etablissement)"
    r"|region|departement|etat|gouvernement|ministere"
    r"|conseil local de sante mentale|pole de sante)\b(?:(?!\bcontrat local\b|\bcls\b| et (?:le|la|l'"
    r"|les) )[^.;:,]){0,80}$"
)
"""Whoever else a sentence says this of."""
OURS = re.compile(r"\b(?:contrat local|ce contrat|le contrat|du contrat|cls|retenue?s|reprise?s?)\b")


OCCASION = re.compile(
    r"\b(?:journee|matinee|soiree|seminaire|colloque|forum|conference|table ronde|reunion|pleniere|webinaire"
    r"|ateliers?|formation|campagne|exposition|rencontre)\b[^.;:]{0,40}? "
    r"(?:s'est (?:articule|organise|deroule)e?|s'(?:articul|organis|inter)\w+|etait|portait|proposait"
    r"|abordait|a (?:porte|aborde|traite|propose))\b[^.;:]*$"
)
""" "La journée s'est articulée autour de trois thématiques"."""


def of_another(lead: str, word: str, rest: str) -> bool:
    """Whether the noun of axes between ``lead`` and ``rest`` is of something else than the contract."""
    if SENSE.match(rest):
        return True
    clause = lead.rstrip()
    if OURS.search(rest[:90]) or OURS.search(clause):
        return False
    if OWNER.search(re.sub(r"\b(?:\w+|\d+) ?$", "", clause)):
        return True
    if OCCASION.search(clause):
        return True
    told = bool(FINDING.search(clause) or FINDING.search(rest.split(":")[0][:80]))
    return told and WORDS.get(word, 9) >= 2
