"""What things are called on a page, in the language of its reader, and texts that are in it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.collation import by_words
from cls_graph.namespaces import PREFIXES, RDF
from cls_graph.plainly import IN_WORDS
from cls_graph.store.describe import LABELS
from cls_graph_api.results import shorten
from cls_graph_api.shown import Link
from cls_graph_api.urls import LANGUAGES, Urls
from cls_graph_api.words import words_for

TYPE = RDF + "type"
Term = NamedNode | Literal

About = dict[str, dict[str, list[Term]]]
"""What is said of each node, by property."""


def by_node(said: Iterable[Triple]) -> About:
    """Statements by what they are about; those about or of blank nodes are not shown."""
    found: About = {}
    for triple in said:
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            values = found.setdefault(subject.value, {}).setdefault(triple.predicate.value, [])
            if value not in values:
                values.append(value)
    return found


class Naming:
    """The names of what a description speaks of."""

    def __init__(self, about: About, urls: Urls, lang: str) -> None:
        self._about = about
        self._urls = urls
        self._lang = lang
        self._order = [lang, *(code for code in LANGUAGES if code != lang), ""]
        self._names: dict[str, Link] = {}

    def named(self, iri: str) -> Link:
        """The name of a thing in the language of the page, with its link."""
        known = self._names.get(iri)
        if known is None:
            known = self._names[iri] = self._named(iri)
        return known

    def _named(self, iri: str) -> Link:
        href = self._urls.link(iri)
        for name in LABELS:
            best = self._best(self._values(iri, name))
            if best is not None:
                return Link(best.text, href, best.lang, iri)
        path = words_for(iri, self._lang) or self._part_name(iri) or self._urls.path_of(iri)
        return Link(path or shorten(iri, PREFIXES), href, iri=iri)

    def _part_name(self, iri: str) -> str:
        """``engagement 01``: what a node without a name is, with its number where it is one of several."""
        types = [v.value for v in self._values(iri, TYPE) if v.value != iri]
        last = iri.rpartition("/")[2]
        number = f" {last}" if any(c.isdigit() for c in last) else ""
        return f"{self.named(types[0]).text}{number}" if types else ""

    def _values(self, iri: str, name: str) -> list[Term]:
        return self._about.get(iri, {}).get(name, [])

    def _best(self, values: Iterable[Term]) -> Link | None:
        """The literal in the best language there is."""
        texts = [v for v in values if isinstance(v, Literal)]
        ranked = sorted(texts, key=lambda v: (self._rank(v.language or ""), v.value))
        return self._literal(ranked[0]) if ranked else None

    def _rank(self, code: str) -> int:
        return self._order.index(code) if code in self._order else len(self._order)

    def _literal(self, value: Literal) -> Link:
        in_words = IN_WORDS.get(value.datatype.value)
        if in_words is not None:
            return Link(in_words(value.value, self._lang))
        href = value.value if value.value.startswith(("https://", "http://")) else ""
        return Link(value.value, href, (value.language or "") if value.language != self._lang else "")

    def _readable(self, values: list[Term]) -> list[Term]:
        """Of texts in several languages, those in the language of the page, if there are any."""
        chosen = [v for v in values if isinstance(v, Literal) and v.language == self._lang]
        untagged = [v for v in values if not (isinstance(v, Literal) and v.language)]
        return [*untagged, *chosen] if chosen else values


def in_order(link: Link) -> tuple[str, str, str]:
    """The place of words in a list; those that are the same go by what they name."""
    return *by_words(link.text), link.iri
