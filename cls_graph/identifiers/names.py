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
    "commune": frozenset({"7210"}),
    "departement": frozenset({"7220"}),
    "region": frozenset({"7230"}),
    "epci": frozenset({"7343", "7344", "7346", "7348"}),
    "ccas": frozenset({"7361"}),
    "cias": frozenset({"7361"}),
    "hopital-public": frozenset({"7364"}),
    "chu": frozenset({"7364"}),
    "cpam": frozenset({"8110"}),
    "caf": frozenset({"8110"}),
}
"""Categories of INSEE's nomenclature of legal forms (level 3), by kind of body."""

FINESS: dict[str, frozenset[str]] = {
    "chu": frozenset({"101"}),
    "hopital-public": frozenset({"355", "292"}),
    "hopital-prive": frozenset({"365", "128", "129"}),
    "cpts": frozenset({"604"}),
}
"""Categories of establishments of FINESS, by kind of body."""


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
