"""``/search``: what is called so, or has that code; accents do not count, small slips are forgiven."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.geo.names import fold_name
from cls_graph_api import openapi
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering
from cls_graph_api.pages.described import PAGED
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Index
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
SIZE = 30
"""Things on a page by default. Data has all of them, unless it is asked for by page."""
SLIP = 100
"""How far a forgiven slip is; more than any number of words that only begin so."""

_MOST_WORDS = 12
_SMALL = frozenset("de du des d la le les l et a au aux en of the and for".split())
_SORTS = {
    "LocalHealthContract": "contracts_title",
    "Organization": "organisations_title",
    "Territory": "territories_title",
    "Concept": "terms_title",
    "ConceptScheme": "vocabularies",
    "PolicyFramework": "frameworks_title",
    "SourceDocument": "documents_title",
    "Person": "persons_title",
}


@dataclass(frozen=True)
class Entry:
    """A thing under one of its names; ``code`` for an official number or key, which must match whole."""

    iri: str
    text: str
    words: tuple[str, ...]
    code: bool = False


@dataclass
class Words:
    """The names of a release by word."""

    entries: list[Entry] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=dict)

    def add(self, iri: str, text: str, *, code: bool = False) -> None:
        words = tuple(fold_name(text).split())
        for word in dict.fromkeys(words):
            self.by_word.setdefault(word, []).append(len(self.entries))
        self.entries.append(Entry(iri, text, words, code))

    def like(self, word: str) -> dict[str, int]:
        """The known words that ``word`` may stand for, each with how far it is: 0 itself, 1 begins so.

        Only where there is none of these, words with a slip or two, ``SLIP`` each.
        """
        near = {known: 0 if known == word else 1 for known in self.by_word if known.startswith(word)}
        if near or len(word) < 4 or word.isdigit():
            return near
        allowed = 1 if len(word) < 8 else 2
        found = {w: slips(word, w, allowed) for w in self.by_word if abs(len(w) - len(word)) <= allowed}
        return {w: SLIP * n for w, n in found.items() if n <= allowed}


@dataclass(frozen=True)
class Hit:
    """A thing that was found, under the name that matched; ``near`` where a slip was forgiven."""

    iri: str
    name: str
    lang: str
    also: str
    sort: str
    near: bool


def slips(one: str, other: str, most: int) -> int:
    """How many letters were changed, left out, added or swapped between two words; ``most`` + 1 past it.

    >>> slips("valnece", "valence", 2), slips("isere", "isere", 2), slips("lyon", "brest", 2)
    (1, 0, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _initials(name: str) -> str:
    """What a framework is called for short, which its own name seldom says.

    >>> _initials("Projet régional de santé 2018-2028")
    'PRS'
    """
    words = [w for w in fold_name(name).split() if w not in _SMALL and not w.isdigit()]
    return "".join(word[0] for word in words).upper()


_KNOWN: WeakKeyDictionary[Index, Words] = WeakKeyDictionary()


def words_of(index: Index) -> Words:
    """The words of a release, gathered once."""
    found = _KNOWN.get(index)
    if found is None:
        found = Words()
        for iri, names in index.names.items():
            if index.kinds.get(iri) == "PropertyGroup":
                continue
            for text in dict.fromkeys((*names.best.values(), *sorted(names.others))):
                found.add(iri, text)
            if index.kinds.get(iri) == "PolicyFramework":
                for text in dict.fromkeys(map(_initials, names.best.values())):
                    found.add(iri, text)
        for iri, code in _codes(index):
            if code:
                found.add(iri, code, code=True)
        # Other threads search meanwhile: it is there when all of it is.
        _KNOWN[index] = found
    return found


def _codes(index: Index) -> Iterable[tuple[str, str]]:
    yield from ((c.iri, c.key) for c in index.contracts.values())
    yield from ((o.iri, text) for o in index.organisations.values() for text in (o.siren, o.key))
    yield from ((t.iri, t.code) for t in index.territories.values())
    yield from ((c.iri, c.notation) for c in index.concepts.values())


def search(index: Index, text: str, lang: str) -> list[Hit]:
    """The things that have all the words of ``text`` in one of their names, the nearest first."""
    asked = fold_name(text).split()[:_MOST_WORDS]
    if not asked:
        return []
    known = words_of(index)
    scores: dict[int, int] | None = None
    for word in asked:
        here: dict[int, int] = {}
        for like, far in known.like(word).items():
            for entry in known.by_word[like]:
                here[entry] = min(far, here.get(entry, far))
        scores = here if scores is None else {e: scores[e] + far for e, far in here.items() if e in scores}
    best: dict[str, tuple[Any, ...]] = {}
    for number, score in (scores or {}).items():
        found = known.entries[number]
        rank = (score, len(found.words) - len(asked), not found.code, number)
        if found.iri not in best or rank < best[found.iri]:
            best[found.iri] = rank
    ordered = sorted(best.items(), key=lambda row: (row[1][:2], _sort(index, row[0]), row[1][2:]))
    return [_hit(index, iri, known.entries[rank[-1]].text, lang, rank[0] >= SLIP) for iri, rank in ordered]


def _hit(index: Index, iri: str, text: str, lang: str, near: bool) -> Hit:
    name, code = index.named(iri, lang)
    return Hit(iri, name, code, "" if text == name else text, index.kinds.get(iri, ""), near)


def _sort(index: Index, iri: str) -> int:
    kind = index.kinds.get(iri, "")
    return list(_SORTS).index(kind) if kind in _SORTS else len(_SORTS)


@router.read(
    "/search",
    "/search.{suffix}",
    summary="Search by name, other name or code / Recherche par nom, autre nom ou code",
    described=openapi.listing(
        openapi.parameter("q", "Words or a code / Mots ou code"),
        *PAGED,
    ),
)
async def search_page(request: Request) -> Response:
    """Contracts, bodies, territories, terms, frameworks, documents: HTML, JSON or CSV."""
    site, lang = Site.of(request), language(request)
    form = answering.form_of(request)
    query = answering.parameters(request, ("q", "page", "size"))
    page = answering.number(query, "page", 1, 10_000)
    size = answering.number(query, "size", SIZE, answering.LARGEST)
    text = next(iter(query.get("q", ())), "")
    etag = answering.tag(request, form, {**query})
    if known := answering.unchanged(request, etag):
        return known
    index = await while_connected(request, index_of(site))
    # Words with a slip are held against all words of the release.
    hits = await while_connected(request, asyncio.to_thread(search, index, text, lang))
    last = max(1, -(-len(hits) // size))
    shown = hits[(page - 1) * size : page * size]
    if form == "html":
        asked = _Paged(page, last, {"q": text, "size": "" if size == SIZE else str(size)})
        return answering.respond(request, _html(request, asked, hits, shown), "text/html", etag)
    paged = bool({"page", "size"} & query.keys())
    if not paged:
        page, shown = 1, hits
    if form == "csv":
        rows = [[hit.iri, hit.name, hit.sort, hit.also] for hit in shown]
        body = answering.as_csv(["iri", "label", "type", "matched"], rows)
        return answering.respond(request, body, "text/csv", etag)
    found = {
        "query": text,
        "total": len(hits),
        "page": page,
        "size": size if paged else len(hits),
        "items": [
            {"iri": h.iri, "label": h.name, "type": h.sort, "matched": h.also or h.name, "exact": not h.near}
            for h in shown
        ],
    }
    return answering.respond(request, answering.as_json(found), "application/json", etag)


@dataclass(frozen=True)
class _Paged:
    """Which page is shown of how many, under which parameters."""

    page: int
    last: int
    query: dict[str, str]

    def address(self, **changes: str) -> dict[str, str]:
        """The parameters with some of them changed."""
        return {**self.query, **changes}


def _html(request: Request, asked: _Paged, hits: list[Hit], shown: list[Hit]) -> str:
    site, text = Site.of(request), asked.query["q"]
    return site.page(
        request,
        "search.html",
        text=text,
        total=len(hits),
        hits=[(hit, site.urls(request).link(hit.iri), _SORTS.get(hit.sort, "")) for hit in shown],
        near=bool(hits) and all(hit.near for hit in hits),
        asked=asked,
        formats=answering.alternates(request, "/search", {"q": text}) if text else [],
    )
