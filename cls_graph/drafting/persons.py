"""Names of persons, told from names of bodies: a first name before, or a post behind."""

from __future__ import annotations

import re

from cls_graph.drafting.layout import Page

FIRST_NAMES = frozenset(
    """alain alexandre alexandra alice amandine anais andre anne annie antoine arnaud aurelie aurelien
    benoit bernard bertrand brigitte bruno camille carole caroline catherine cecile celine charles
    chantal christelle christian christine christophe claire claude clement corinne cyril damien
    daniel danielle david delphine denis didier dominique edouard elisabeth elise emilie emmanuel
    emmanuelle eric estelle etienne fabien fabienne fabrice florence florent francis franck francois
    francoise frederic frederique gael gaelle gerard gilbert gilles gregory guillaume guy helene
    henri herve hugo hugues isabelle jacqueline jacques jean jean-charles jean-claude jean-francois
    jean-jacques jean-louis jean-luc jean-marc jean-marie jean-michel jean-paul jean-philippe
    jean-pierre jean-yves jeanne jerome joel johanna jose josiane julie julien karim karine laetitia
    laurence laurent lionel louis luc lucie ludovic lydie magali marc marc-antoine marcel marie
    marie-christine marie-claude marie-france marie-helene marie-pierre marine marion martin martine
    mathieu matthieu maxime melanie michel michele mickael mireille monique muriel nadia nadine
    nathalie nicolas nicole noel odile olivier pascal pascale patrice patricia patrick paul philippe
    pierre pierre-yves rachel raphael raymond regis remi rene renaud richard robert roger roland
    romain sabine sandra sandrine sebastien serge severine simon solene sophie stephane stephanie
    sylvain sylvie thibault thierry thomas valerie veronique vincent virginie xavier yann yannick
    yves yvon yvan cedric bastien aude fatima mohamed samir ahmed""".split()
)
_POST = re.compile(
    r",? (?:(?:vice-)?president|direct|maire|prefet|sous-prefet|adjoint|conseill|represent|"
    r"delegue|secretaire|recteur|rectrice|chef|depute|senat)"
)


def is_person(page: Page, start: int, end: int) -> bool:
    """Whether a proper name is that of a person: a first name, or a post behind it."""
    first = page.folded[start:end].split(" ")[0]
    return (first in FIRST_NAMES and " " in page.text[start:end]) or bool(_POST.match(page.folded, end))
