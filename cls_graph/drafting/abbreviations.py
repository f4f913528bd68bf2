"""Kinds of bodies in short and in full ("CH de Rives", "Centre hospitalier de Rives"); initials with dots."""

from __future__ import annotations

import re

from cls_graph.geo import fold_name

IN_FULL = {
    "ars": "agence regionale de sante",
    "caf": "caisse d allocations familiales",
    "ccas": "centre communal d action sociale",
    "cd": "conseil departemental",
    "ch": "centre hospitalier",
    "chi": "centre hospitalier intercommunal",
    "chr": "centre hospitalier regional",
    "chru": "centre hospitalier regional universitaire",
    "chs": "centre hospitalier specialise",
    "chu": "centre hospitalier universitaire",
    "cias": "centre intercommunal d action sociale",
    "cpam": "caisse primaire d assurance maladie",
    "cpts": "communaute professionnelle territoriale de sante",
    "epsm": "etablissement public de sante mentale",
    "ght": "groupement hospitalier de territoire",
    "msa": "mutualite sociale agricole",
    "mairie": "commune",
    "msp": "maison de sante pluriprofessionnelle",
    "ville": "commune",
}
"""What the word or initials that begin a name stand for, folded."""
_LINKS = re.compile(r"\b(?:de la|de l|du|des|de|d) ")
DOTTED = re.compile(
    r"(?<![\w.])(?:[A-ZÀ-ÖØ-Ý]\.){2,}[A-ZÀ-ÖØ-Ý](?!\w)(?:\.(?!\s+[A-ZÀ-ÖØ-Ý]|\s*$|\n))?"
    r"|(?<![\w.])C\.H\.(?= d(?:e|u|es|')\b| d['’])"
)
""" "C.H.A.I.", "C.H. de Rives"; not the dot that ends a sentence, nor the initials of a person."""


def undotted(initials: str) -> str:
    """Initials without their dots."""
    return initials.replace(".", "")


def in_full(name: str) -> str:
    """A name folded, its first initials written out, without the links between its words.

    >>> in_full("CH de Rives") == in_full("Centre Hospitalier de Rives")
    True
    """
    words = _LINKS.sub("", fold_name(name)).split()
    first = IN_FULL.get(words[0], words[0]) if words else ""
    return " ".join([_LINKS.sub("", first), *words[1:]])
