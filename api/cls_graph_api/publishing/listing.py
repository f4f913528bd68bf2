"""Lists of all things of a publication, by kind and in pieces, so that each page is a few clicks away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cls_graph.errors import Text
from cls_graph_api.publishing.client import request_for
from cls_graph_api.publishing.holdings import Holdings
from cls_graph_api.publishing.layout import Target
from cls_graph_api.site import Site

PIECE = 500
"""Things on one page."""
KINDS: dict[str, Text] = {
    "contract": {"fr": "Contrats", "en": "Contracts"},
    "organisation": {"fr": "Organismes", "en": "Organisations"},
    "territory": {"fr": "Territoires", "en": "Territories"},
    "framework": {"fr": "Cadres de politique publique", "en": "Policy frameworks"},
    "document": {"fr": "Documents sources", "en": "Source documents"},
    "person": {"fr": "Personnes", "en": "Persons"},
    "dataset": {"fr": "Jeux de données", "en": "Datasets"},
    "agent": {"fr": "Éditeur et contact", "en": "Publisher and contact"},
    "service": {"fr": "Services de requêtes", "en": "Query services"},
    "prefixes": {"fr": "Préfixes", "en": "Prefixes"},
}


@dataclass
class List:
    """A page of a list: its address, title, whether it is the first of its kind, the things on it."""

    target: Target
    title: Text
    first: bool
    rows: list[tuple[str, str]] = field(default_factory=list)
    """Path and key of each thing."""
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    following: str = ""

    def _name(self, path: str, lang: str) -> str:
        names = self.names.get(path, {})
        return names.get(lang) or names.get("fr", "")

    def html(self, site: Site, lang: str) -> str:
        """The page in a language."""
        request = request_for(site, f"/{self.target.path}", {"lang": lang})
        rows = [(f"/page/{path}", self._name(path, lang) or key, key) for path, key in self.rows]
        return site.page(
            request,
            "holdings.html",
            title=site.kind.noun(self.title[lang], lang),
            rows=rows,
            following=self.following,
        )


def _french(held: Holdings, thing: str) -> str:
    return held.labels.get(thing, {}).get("fr", thing)


def lists(held: Holdings) -> Iterator[List]:
    """The lists of what is held, each kind in pieces."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(held.things):
        by_kind[thing.partition("/")[0]].append(thing)
    for kind, things in sorted(by_kind.items()):
        title = KINDS.get(kind, {"fr": kind, "en": kind})
        ordered = sorted(things, key=lambda t: (_french(held, t).casefold(), t))
        for start in range(0, len(ordered), PIECE):
            number = start // PIECE + 1
            piece = ordered[start : start + PIECE]
            more = start + PIECE < len(ordered)
            yield List(
                Target(f"list/{kind}" + (f"-{number}" if number > 1 else "")),
                title,
                number == 1,
                [(thing, thing.partition("/")[2]) for thing in piece],
                {thing: held.labels.get(thing, {}) for thing in piece},
                f"/list/{kind}-{number + 1}" if more else "",
            )
