"""Places that a text names without saying what they are: "Pays Voironnais", "Saint Martin d'Hères"."""

from __future__ import annotations

import re
from functools import lru_cache

from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK
from cls_graph.geo import codes, fold_name

UP = "A-ZÀ-ÖØ-ÞŒ"
SAID = re.compile(r"''([^' ]+)''")
"""What a registered name says that the group calls itself: "CA de Blois ''Agglopolys''"."""
EVERYDAY = frozenset("foret estuaire savanes oriente".split())
"""Names of groups that are everyday words too."""
CAMEL = re.compile(rf"[{UP}][a-zà-ÿ]+[{UP}][\wà-ÿ]+")


@lru_cache(maxsize=1)
def _group_index() -> dict[str, frozenset[str]]:
    """Names of groups of communes by their first word; those that are also communes are left out."""
    table = codes()
    index: dict[str, set[str]] = {}
    for level, form in table.names:
        if (
            level != "epci"
            or " " not in form
            or ("commune", form) in table.names
            or ("departement", form) in table.names
            or ("region", form) in table.names
        ):
            continue
        if re.match(r"(?:cc|ca|cu) ", form):
            continue
        index.setdefault(form.split(" ", 1)[0], set()).add(form)
    return {word: frozenset(forms) for word, forms in index.items()}


@lru_cache(maxsize=1)
def _joined_names() -> frozenset[str]:
    """Names of groups of communes in one word: "GrandAngoulême"."""
    return frozenset(form.replace(" ", "") for forms in _group_index().values() for form in forms)


@lru_cache(maxsize=1)
def coined_names() -> frozenset[str]:
    """Names of groups of communes that are one word, and no other place's nor its people's: "Arlysère"."""
    table = codes()
    own = {form for level, form in table.names if level == "epci" and " " not in form and len(form) > 4}
    for place in table.places.values():
        own |= {fold_name(said) for said in SAID.findall(place.name)}
    others = {form for level, form in table.names if level != "epci"} | EVERYDAY
    return frozenset(form for form in own - others if not re.fullmatch(FOLK, form))


def group_at(page: Page, position: int, *, lower: bool = False) -> int | None:
    """The end of the name of a known group of communes that begins here, the longest.

    ``lower``: also where it begins without a capital ("agglomération montargoise et rives du Loing").
    """
    if position >= len(page.text) or not (
        page.text[position].isupper() or page.text[position].isdigit() or lower
    ):
        return None
    camel = CAMEL.match(page.text, position)
    if camel and fold_name(camel.group()) in _joined_names():
        return camel.end()
    line = page.folded[position : position + 90].split("\n")[0]
    words = list(re.finditer(r"[a-z0-9œ]+", line))
    if not words or words[0].start() != 0:
        return None
    forms = _group_index().get(fold_name(words[0].group()), frozenset())
    best = None
    for last in words[1:10] if forms else ():
        if fold_name(page.text[position : position + last.end()]) in forms:
            best = position + last.end()
    return best


LINKS = frozenset("de du des d la le les l en sur sous lez pres et aux au a di es".split())
WORD = re.compile(r"[a-z0-9œ]+")
BETWEEN = re.compile(r" |['-] ?")
"""What may stand between two words of the name of a commune."""


@lru_cache(maxsize=1)
def _town_index() -> dict[str, frozenset[str]]:
    """Names of communes of several words, by their first."""
    index: dict[str, set[str]] = {}
    for level, form in codes().names:
        if level == "commune" and " " in form:
            index.setdefault(form.split(" ", 1)[0], set()).add(form)
    return {word: frozenset(forms) for word, forms in index.items()}


def town_at(page: Page, position: int) -> int | None:
    """The end of the name of several words of a commune that begins here, the longest.

    Its hyphens may be missing; its words have capitals, but for those that only link.
    """
    if position >= len(page.text) or not page.text[position].isupper():
        return None
    first = WORD.match(page.folded, position)
    forms = _town_index().get(fold_name(first.group()), None) if first else None
    if first is None or forms is None:
        return None
    best, end = None, first.end()
    for _ in range(9):
        gap = BETWEEN.match(page.folded, end)
        word = WORD.match(page.folded, gap.end()) if gap else None
        if word is None or not (page.text[word.start()].isupper() or word.group() in LINKS):
            break
        end = word.end()
        if fold_name(page.text[position:end]) in forms:
            best = end
    return best
