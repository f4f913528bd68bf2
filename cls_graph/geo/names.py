"""Names of places brought to one spelling, so that what a text writes meets what the registers write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TYPES = {
    "communaute de communes": "cc",
    "communautes de communes": "cc",
    "communaute d agglomeration": "ca",
    "communaute urbaine": "cu",
    "etablissement public territorial": "ept",
    "com com": "cc",
    "comcom": "cc",
    "cdc": "cc",
}
_TYPE = re.compile(r"^(?:" + "|".join(TYPES) + r")\b")
_PREFIX = re.compile(r"^(?:cc|ca|cu|ept|metropole)\b(?: (?:de la|de l|du|des|de|d|les|la|le|l)\b)? ?")
_ARTICLE = re.compile(r"^(?:les|la|le|l) ")
_SAINT = re.compile(r"\bst(e?)\b")
_LINKS = frozenset(
    "cc ca cu cdc ept communaute communautes commune communes agglomeration agglo urbaine metropole "
    "intercommunalite "
    "intercom com de du des d la le les l et a en sur".split()
)
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=100_000)
def fold_name(name: str) -> str:
    """A name without case, accents, dashes and apostrophes; "St" is "saint".

    >>> fold_name("Saint-Égrève"), fold_name("ST EGREVE"), fold_name("L’Île-d’Yeu")
    ('saint egreve', 'saint egreve', 'l ile d yeu')
    """
    text = name.lower().replace("œ", "oe").replace("æ", "ae").replace("&", " et ")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _SAINT.sub(r"saint\1", _OTHER.sub(" ", text).strip())


def without_article(folded: str) -> str:
    """A folded name without its leading article: "le mans" is "mans" too."""
    return _ARTICLE.sub("", folded)


def group_names(name: str) -> list[str]:
    """The folded names under which a group of communes is known, from its official one.

    >>> group_names("CA du Pays Voironnais")
    ['ca du pays voironnais', 'pays voironnais']
    """
    found = [fold_name(re.sub(r"\(.*?\)", " ", name))]
    found += [fold_name(inner) for inner in re.findall(r"\(([^)]{3,})\)", name)]
    short = _PREFIX.sub("", found[0])
    if short and short != found[0]:
        found.append(short)
    return list(dict.fromkeys(f for f in found if f))


def essential(name: str) -> str:
    """The words that tell one group of communes from another, without type, links and brackets.

    >>> essential("CA de Nevers"), essential("Nevers Agglomération (58)")
    ('nevers', 'nevers')
    """
    return " ".join(w for w in fold_name(re.sub(r"\(.*?\)", " ", name)).split() if w not in _LINKS)


def group_query(name: str) -> list[str]:
    """The folded forms to look for, from how a text names a group of communes."""
    folded = fold_name(name)
    if _TYPE.match(without_article(folded)):
        folded = without_article(folded)
    typed = _TYPE.sub(lambda m: TYPES[m.group()], folded)
    short = without_article(_PREFIX.sub("", typed))
    return list(dict.fromkeys(f for f in (typed, without_article(folded), short) if f))
