"""Contracts that one sentence names together: "trois CLS : A, B et C", "A et B ont chacune leur contrat"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.common import Names, names_from
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.layout import Page
from cls_graph.drafting.places import LOCAL, Candidate, Context, resolve
from cls_graph.geo import codes, fold_name

_CLS = r"(?:contrats? loca(?:l|ux) de sante(?! mentale)|cls\b)"
_AUTHORITIES = (
    r"(?:villes|communes|municipalites|collectivites|territoires|intercommunalites|agglomerations|epci"
    r"|communautes(?: de communes| d'agglomeration)?|pays)"
)
COUNTED = re.compile(
    rf"\b{NUMBER} (?:nouveaux |autres |premiers )?(?:contrats locaux de sante(?! mentale)|cls\b)"
)
OWNERS = re.compile(rf"\b{NUMBER} (?:nouvelles |premieres )?{_AUTHORITIES}\b")
OTHERS = re.compile(rf"\bautres (?:{_AUTHORITIES}|contrats locaux de sante|cls)\b")
""" "Huit autres villes ont un CLS : …": those are of no concern here."""
IN_ALL = re.compile(rf"\b{NUMBER} (?:nouveaux )?(?:contrats|cls)\b(?! de (?!sante))")
CLS = re.compile(_CLS)
PLURAL = re.compile(
    r"\b(?:des|les|leurs|ces|aux|\d{1,2}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) (?:\w+ ){0,2}?"
    r"(?:contrats locaux de sante(?! mentale)|cls\b)"
)
""" "Des CLS", "leurs seconds contrats locaux de santé"."""
EACH = re.compile(
    rf"\bchacune?s? (?:d'elles |d'eux |a |ont |est |sont )?(?:\w+ )?(?:d')?"
    rf"(?:un |leurs? |son )(?:\w+ )?{_CLS}"
    rf"|\b(?:tous|toutes) (?:\w+ ){{0,3}}(?:d'un |un |leurs? |son )(?:propre |\w+ )?{_CLS}"
    rf"|{_CLS}[^.;:]{{0,30}}? chacune?\b"
)
HAVE = re.compile(
    r"\b(?:(?:co-?)?sign\w+|paraph\w+|conclu\w*|scell\w+|dotee?s?|disposent|possedent|beneficient|couvertes?"
    r"|couverts?|ont|valident|renouvel\w+|existent|engagee?s|adopt\w+|lies|liees)\b"
)
PARTLY = re.compile(r"\b(?:dont|notamment|parmi (?:lesquel(?:le)?s|eux|elles)|entre autres|par exemple)\b")
""" "Cinq communes ont signé, dont A et B": more than are named."""
COMMON = re.compile(
    rf"{_CLS} (?:\w+ )?(?:commun|partage|mutualise|unique|intercommunal|conjoint)\b"
    rf"|\b(?:meme|seul|unique) {_CLS}|\b(?:ensemble|conjointement|en commun)\b"
    r"|\b(?:communs?|partages?) aux?\b"
)
"""One contract of several places."""
THE_ONE = re.compile(r"\b(?:le|ce|notre|du|au) (?:\w+ )?$")
""" "Le contrat est signé avec vingt communes, dont A et B": one contract."""
LATER = re.compile(
    r"\b(?:prepar\w+|projets? de|en projet|elabor\w+|reflech\w+|reflexion|envisag\w+|souhait\w+|s'appretent"
    r"|vont|futurs?|future|bientot|travaillent|signeront|devraient|seront|prochain\w*)\b"
)
FORMER = re.compile(
    r"\b(?:avai(?:en)?t|etai(?:en)?t|anciens|precedents|premiere generation|apres ceux|comme ceux"
    r"|a l'instar)\b"
)
_OF = r"(?:de |du |des |d')"
LEAD = re.compile(
    r"(?: ?: |\b(?:a|avec|entre|par|pour|de|sur|et|ceux"
    r"|(?:dont|notamment|lesquel(?:le)?s)(?: a| de| avec| pour)?) |\b(?:du|des|aux) |\bd')"
    rf"(?:(?:a |de |avec )?(?:les |des )?{_AUTHORITIES}(?: suivante?s)?(?: :)? ?{_OF}?"
    rf"|celles? de |ceux {_OF})?"
    r"(?=\S)"
)
OPENINGS = (
    re.compile(r"[^,;:]{2,60}, "),
    re.compile(r"(?:les |des )?(?:villes|communes) (?:de |du |des |d')|les "),
)
""" "Dans le Val-de-Marne, Champigny et Vitry signent …"."""
ARTICLE = re.compile(r"(?:la |le |les |l')")
YEARS = re.compile(r" \(20\d\d")
BY_TURNS = re.compile(
    r"\b(?:l'une?|l'autre|le (?:premier|second|deuxieme|troisieme|dernier)) "
    r"(?:avec|a|pour|sur|de|par|du|des) (?:la |le |les |l')?(?:(?:ville|commune) (?:de |du |d'))?(?=\S)"
)
""" "Deux contrats, l'un avec Bressuire, l'autre avec Thouars"."""
LESS = 8.0
"""What a place loses that is only named in a list of the contracts of others."""
LIKE_IT = re.compile(
    r"\b(?:un contrat|un cls|des contrats|des cls)(?: local de sante| locaux de sante)? "
    r"(?:identiques?|similaires?|semblables?|du meme type|de meme nature) "
    r"(?:a |ont )?(?:aussi |egalement )?(?:ete )?(?:signes?|conclus?) (?:avec|par|a) "
    r"(?:(?:les |la |l')?(?:villes?|communes?) )?(?:les )?(?:de la |de l'|du |des |de |d')?"
)
""" "Le même jour, un contrat identique a été signé avec Colombes"."""


@dataclass
class Listed:
    """Territories that a sentence names together, and how many contracts it counts; 0 where it does not."""

    territories: list[Candidate] = field(default_factory=list)
    stated: int = 0
    own: bool = False
    """Whether it gives years for each: "Vénissieux (2022-2026) et Givors (2020-2023)"."""


NONE = Listed()


def listed(
    page: Page,
    mentions: list[Mention],
    candidates: list[Candidate],
    signing: list[Mention],
    context: Context,
) -> Listed:
    """The territories of the contracts of a page, where a sentence names them; else none.

    Places of one level that the codes hold; where the page has a contract of another place too, none. The
    sentence counts as many contracts, or says in another way that they are several: of each, of years of
    their own, in the plural.
    """
    by_start = {m.start: m for m in mentions}
    local = sorted(m.start for m in mentions if m.kind in LOCAL)
    counts = {number(m["n"]) for m in IN_ALL.finditer(page.folded)}
    told = [s for s in page.sentences if CLS.search(page.folded, *s)]
    beside = [(m.end(), end) for start, end in told for m in OTHERS.finditer(page.folded, start, end)]
    for start, end in told:
        if OTHERS.search(page.folded, start, end):
            continue
        named = local[bisect_left(local, start) : bisect_left(local, end)]
        below = _items(page, by_start, end, context)
        lists = _lists(page, by_start, named, (start, end), context)
        for found in [below, *lists] if len(below) > 1 else lists:
            stated = _several(page, found, start, end, counts)
            if stated is None or (stated != len(found) and not all(c.place for c in found)):
                continue
            past = page.folded[start:end].find("deja") >= 0
            strict = past or stated != len(found)
            spans = [(found[0].start, found[-1].end), *beside]
            if alone(found, candidates, spans=spans, signing=signing, strict=strict):
                dated = all(YEARS.match(page.folded, c.end) for c in found)
                return Listed([_in_full(page, c) for c in found], stated, dated)
            if past and stated == 0:
                weigh_less(candidates, spans)  # "plusieurs villes ont déjà signé des CLS : A, B"
    for like in LIKE_IT.finditer(page.folded):
        found = _places(page, by_start, like.end(), page.sentence_at(like.start())[1], context)
        own = candidates[0] if candidates else None
        if found and own and own.place and own.kind == found[0].kind and own.start < like.start():
            return Listed([own, *(c for c in found if c.key != own.key)])
    return NONE


def _in_full(page: Page, place: Candidate) -> Candidate:
    """The place by its longer name, where the text has that elsewhere: "Champigny", "Champigny-sur-Marne"."""
    name = place.place.name if place.place and place.kind == "commune" else ""
    at = page.text.find(name) if name else -1
    if at < 0 or fold_name(name) == fold_name(place.label):
        return place
    return replace(place, label=name, start=at, end=at + len(name), short=place.key)


def _lists(
    page: Page, by_start: dict[int, Mention], named: list[int], span: tuple[int, int], context: Context
) -> list[list[Candidate]]:
    """The lists of two places or more of a sentence, longest first; ``named``: its authorities' places."""
    start, end = span
    begins = {start, *(m.end() for m in LEAD.finditer(page.folded, start, end))}
    begins |= {*named, *(m.end() for p in OPENINGS if (m := p.match(page.folded, start, end)))}
    made = [_places(page, by_start, at, end, context) for at in sorted(begins)]
    alternate = [
        _places(page, by_start, m.end(), end, context)[:1] for m in BY_TURNS.finditer(page.folded, start, end)
    ]
    if len(alternate) > 1 and all(alternate):
        made.append([one[0] for one in alternate])
    return sorted((m for m in made if len(m) > 1), key=lambda m: (-len(m), m[0].start))


def _several(page: Page, found: list[Candidate], start: int, end: int, elsewhere: set[int]) -> int | None:
    """How many contracts a sentence counts that lists these places, 0: it does not; None: not several.

    ``elsewhere``: how many contracts the other sentences count.
    """
    first, last = found[0].start, found[-1].end
    said = [m for m in CLS.finditer(page.folded, start, end) if _beside(page, m.start(), first, last, end)]
    if not said:
        return None
    nearest = min(said, key=lambda m: min(abs(m.start() - last), abs(first - m.end())))
    left, right = min(first, nearest.start()), max(last, nearest.end())
    left = max(start, page.folded.rfind(", ", start, left) if left == first else left - 60, start)
    words, whole = page.folded[left:right], page.folded[start:end]
    if COMMON.search(whole) or LATER.search(words) or FORMER.search(whole, 0, right - start):
        return None
    counts = [number(m.group("n")) for m in COUNTED.finditer(whole)]
    counts += [number(m.group("n")) for m in OWNERS.finditer(whole)]
    counts = [n for n in counts if n > 1]
    if COUNTED.search(whole) and len(found) in counts:
        return len(found)
    if not HAVE.search(whole):
        return None
    before = page.folded[max(start, first - 30) : first]
    partly = bool(PARTLY.search(before))
    each = EACH.search(whole) or all(YEARS.match(page.folded, c.end) for c in found)
    one = THE_ONE.search(page.folded, start, nearest.start())
    many = PLURAL.search(whole) or (partly and counts and not one)
    if not (each or many):
        # "A, B, C et D signent un contrat local de santé. Quatre contrats en une fois …"
        return len(found) if len(found) in elsewhere else None
    if not counts:
        return 0 if each or first < nearest.start() or ":" in before else None
    if len(found) in counts:
        return len(found)
    count = max(counts)
    clear = (partly and len(found) < count) or (":" in before[-4:] and len(found) > 2)
    return count if clear else None


def _beside(page: Page, at: int, first: int, last: int, end: int) -> bool:
    """Whether the words for a contract are of the same statement as a list."""
    left, right = (last, at) if at > last else (at, first)
    return ";" not in page.folded[left:right] and right - left < 220


def _places(page: Page, by_start: dict[int, Mention], at: int, end: int, context: Context) -> list[Candidate]:
    """The places of a list that begins here, where all are known and of one level."""
    if not (at in by_start or page.text[at : at + 1].isupper()):
        return []
    names = names_from(page, by_start, at, acting=True)
    return _known([n for n in names if n[3] <= end], context)


def _items(page: Page, by_start: dict[int, Mention], end: int, context: Context) -> list[Candidate]:
    """The places of the list that a sentence announces which ends here: one an item, and nothing else."""
    if page.text[end - 1 : end] != ":":
        return []
    names: Names = []
    for at in range(page.block_at(end - 1) + 1, len(page.blocks)):
        block = page.blocks[at]
        if block.kind != "item":
            break
        begin = ARTICLE.match(page.folded, block.start)
        own = names_from(page, by_start, begin.end() if begin else block.start, acting=True)
        if len(own) != 1 or page.text[own[0][3] : block.end].strip(" ,;."):
            return []
        names += own
    return _known(names, context)


def _known(names: Names, context: Context) -> list[Candidate]:
    """The places of some names, where all are known, or said to be groups, and of one level."""
    made: list[Candidate] = []
    for label, kind, left, right in names:
        place, choices = resolve(label, kind or "commune", context)
        if place is None and not kind and not choices:
            place, choices = resolve(label, "epci", context)
        made.append(Candidate(label, kind or "commune", left, right, 1, 1, place, choices))
    known = {c.place.departement for c in made if c.place}
    for one in made:
        near = [p for p in one.choices if p.departement in known]  # a homonym beside its neighbours
        one.place = one.place or (near[0] if len(near) == 1 else None)
        # Of a plural ("les agglomérations de A et de B"), a name that no register holds is one too.
        one.kind = one.place.level if one.place else one.kind if one.kind == "epci" else ""
    levels = {c.kind for c in made}
    return made if len(levels) == 1 and "" not in levels and len({c.key for c in made}) == len(made) else []


def weigh_less(candidates: list[Candidate], spans: list[tuple[int, int]]) -> None:
    """Takes weight from the places that are only named in lists of the contracts of others."""
    for one in (c for c in candidates if any(s <= c.start < e for s, e in spans)):
        one.anchored, one.score = 0, one.score - LESS
    candidates.sort(key=lambda c: (-c.score, c.start))


def alone(
    found: list[Candidate],
    candidates: list[Candidate],
    *,
    spans: list[tuple[int, int]],
    signing: list[Mention],
    strict: bool,
) -> bool:
    """Whether the page tells of no contract of a place beside those of a list, which stands in ``spans``.

    ``strict``: nor of one of a place without a code, nor of an authority that signs.
    """
    keys = {c.key for c in found}

    def of_list(key: str, at: int) -> bool:
        same = any(f" {k} " in f" {key} " or f" {key} " in f" {k} " for k in keys)
        return same or any(s <= at < e for s, e in spans)

    for one in (c for c in candidates if c.anchored):
        level = one.place.level if one.place else "" if codes().find(one.label, "departement") else one.kind
        counts = level in ("commune", "epci") if one.place or not strict else bool(level)
        if not strict and not one.place:
            continue
        if counts and not of_list(one.key, one.start):
            return False
    others = [m for m in signing if strict and not (m.plural and not m.name)]
    return all(of_list(Candidate(m.name, m.kind, m.start, m.end).key, m.start) for m in others)
