"""Names of bodies brought to one form, and the official categories that their kinds have."""

from __future__ import annotations

from functools import lru_cache

from cls_graph.geo import fold_name

LINKS = frozenset("de du des d la le les l a au aux et en".split())
HEADS = {
    "centre communal action sociale": "ccas",
    "centre intercommunal action sociale": "cias",
    "caisse primaire assurance maladie": "cpam",
    "caisse allocations familiales": "caf",
    "centre hospitalier universitaire": "chu",
    "centre hospitalier": "ch",
    "communaute agglomeration": "ca",
    "communaute communes": "cc",
    "communaute urbaine": "cu",
    "communaute professionnelle territoriale sante": "cpts",
    "conseil departemental": "departement",
    "ville": "commune",
    "mairie": "commune",
}
PLACED = {
    "commune": ("commune", ""),
    "ccas": ("ccas",),
    "cias": ("cias",),
    "cpam": ("cpam",),
    "caf": ("caf",),
    "departement": ("departement",),
    "epci": ("",),
}
"""Heads that a kind's official names begin with; the name of its place follows."""

LEGAL: dict[str, frozenset[str]] = {
    "commune": frozenset({"7210"}),  # Commune et commune nouvelle
    "departement": frozenset({"7220"}),  # Département
    "region": frozenset({"7230"}),  # Région
    # Communauté urbaine, Métropole, Communauté de communes, Communauté d'agglomération
    "epci": frozenset({"7343", "7344", "7346", "7348"}),
    "ccas": frozenset({"7361"}),  # Centre communal d'action sociale
    "cias": frozenset({"7367"}),  # Centre intercommunal d'action sociale (CIAS)
    "hopital-public": frozenset({"7364"}),  # Établissement d'hospitalisation
    "chu": frozenset({"7364"}),
    "cpam": frozenset({"8110"}),  # Régime général de la sécurité sociale
    "caf": frozenset({"8110"}),
}
"""Categories by kind of body, with their labels: level 3 of INSEE's "catégories juridiques"
(``http://id.insee.fr/codes/cj/n3/{code}``)."""

FINESS: dict[str, frozenset[str]] = {
    "chu": frozenset({"101"}),  # Centre hospitalier régional (CHR)
    # Centre hospitalier (CH), Centre hospitalier spécialisé lutte maladies mentales
    "hopital-public": frozenset({"355", "292"}),
    "cpts": frozenset({"604"}),  # Communauté professionnelle territoriale de santé (CPTS)
}
"""Categories of establishments by kind of body, with their labels: the nomenclature TRE_R66 of the Agence du
numérique en santé (https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement, edition of 2026-05-05)."""
UNTOLD = frozenset({"hopital-prive"})
"""Kinds that FINESS has, and no category alone says: a match is shown, and never certain."""


@lru_cache(maxsize=50_000)
def form(name: str) -> str:
    """A name without case, accents and links, its head in short.

    >>> form("Centre communal d’action sociale de Valence"), form("CCAS DE VALENCE")
    ('ccas valence', 'ccas valence')
    """
    text = " ".join(word for word in fold_name(name).split() if word not in LINKS)
    for long, short in HEADS.items():
        if text == long or text.startswith(long + " "):
            return (short + text[len(long) :]).strip()
    return text
