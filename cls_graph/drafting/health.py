"""What a contract of health is about: the words that tell its subjects from those of anything else."""

from __future__ import annotations

import re

SUBJECT = re.compile(
    r"\b(?:soin\w*|soigner|sante|preventi\w+|prevenir|vieilli\w*|addict\w+|medecins?|medica\w+|aidants?"
    r"|environnement\w*|aliment\w+|nutrition\w*|sport\w*|activite physique|sedentarite|depist\w+|parent\w*"
    r"|handicap\w*|precarite|droits|autonomie|cancers?|diabete|obesite|habitat|logement|eau|air|violences"
    r"|perinatal\w*|tabac\w*|alcool\w*|risques?|pollution\w*|bruit|sommeil|ecrans|jeun\w+|enfan\w+|aines"
    r"|seniors|personnes agees|grossesse|naissances?|dentaire|vaccin\w*|sexuel\w*|suicid\w*|mal-etre"
    r"|psychi\w+|maladies?|isolement|chutes|mobilites?|bien-etre|femmes|attractivite|demographie|parcours"
    r"|lutte contre|urgences|lien social)\b"
)
""" "La lutte contre l'obésité", "le bien vieillir": what a contract of health is about."""


def mostly_of_health(names: list[str]) -> bool:
    """Whether two names of three, folded, tell of a subject of health."""
    return 3 * sum(bool(SUBJECT.search(name)) for name in names) >= 2 * len(names)
