"""What things are called, in both states: labels of bodies, titles of contracts, words of the code lists."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from cls_graph.changes.comparing import Comparison
from cls_graph.changes.lines import quads
from cls_graph.changes.states import State
from cls_graph.geo import codes
from cls_graph.namespaces import CLS, DCTERMS, FOAF, FREQUENCY, PREFIXES, RDFS, SKOS
from cls_graph.plainly import IN_WORDS
from cls_graph.rdf import AnyTerm
from cls_graph.sheets.names import FREQUENCIES

_BY_RANK = (RDFS + "label", DCTERMS + "title", FOAF + "name", SKOS + "prefLabel")
_MARKS = tuple(f" <{prop}> " for prop in _BY_RANK)
_TERRITORY = f" <{CLS}territory> "

Labels = dict[str, dict[str, str]]
"""By IRI and language; the language of a plain text is empty."""


class Names:
    """The names of one comparison; those of the new state first."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison

    def of(self, iri: str, lang: str, *, before: bool = False) -> str:
        """The name of a thing, as it is now or as it was before; its short IRI where it has none."""
        order = (self._old, self._new) if before else (self._new, self._old)
        for labels in order:
            texts = labels.get(iri)
            if texts:
                return next(texts[code] for code in (lang, "fr", "", *texts) if code in texts)
        return self._official(iri) or short(iri)

    def _official(self, iri: str) -> str:
        """The name of a territory that no registry has: that of the official codes."""
        kind, key = self._comparison.new.iris.kind_and_key(iri) or ("", "")
        place = codes().places.get(key) if kind == "territory" else None
        return place.name if place is not None else ""

    def term(self, term: AnyTerm, lang: str, *, before: bool = False) -> str:
        """A value in words."""
        if isinstance(term, NamedNode):
            often = term.value.removeprefix(FREQUENCY).lower()
            if term.value.startswith(FREQUENCY) and often in FREQUENCIES:
                return FREQUENCIES[often][lang]
            return self.of(term.value, lang, before=before)
        if isinstance(term, Literal):
            in_words = IN_WORDS.get(term.datatype.value)
            return in_words(term.value, lang) if in_words else term.value
        return str(term)

    def place(self, contract: str, lang: str) -> str:
        """The name of the territories of a contract: what it is known by."""
        for state, names in ((self._comparison.new, self._new), (self._comparison.old, self._old)):
            key = (state.iris.kind_and_key(contract) or ("", ""))[1]
            lines = state.graphs.get(state.iris.graph(f"contract/{key}"), ())
            places = quads(line for line in lines if _TERRITORY in line and line.startswith(f"<{contract}> "))
            found = [names.get(getattr(q.object, "value", "")) for q in places]
            texts = [next(iter(texts.values())) for texts in found if texts]
            if texts:
                return ", ".join(sorted(texts))
        return ""

    @cached_property
    def _old(self) -> Labels:
        return _labels(self._comparison.old, self._comparison)

    @cached_property
    def _new(self) -> Labels:
        return _labels(self._comparison.new, self._comparison)


def short(iri: str) -> str:
    """An IRI with its prefix, or its last part."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and "/" not in iri[len(start) :]:
            return f"{prefix}:{iri[len(start) :]}"
    return iri.rstrip("/").rpartition("/")[2] or iri


def _labels(state: State, comparison: Comparison) -> Labels:
    """The labels of the registry, the model and the contracts that are told of."""
    graphs = [state.iris.graph(name) for name in ("registry", "vocab", "ontology")]
    for group in comparison.groups:
        if group.kind == "contract":
            graphs += [state.iris.graph(f"contract/{key}") for key in (group.key, group.former) if key]
    found: Labels = {}
    rank: dict[tuple[str, str], int] = {}
    for quad in quads(_named(state, graphs)):
        iri, text = getattr(quad.subject, "value", ""), quad.object
        if not isinstance(text, Literal):
            continue
        lang, place = text.language or "", _BY_RANK.index(quad.predicate.value)
        if place >= rank.get((iri, lang), -1):
            rank[iri, lang] = place
            found.setdefault(iri, {})[lang] = text.value
    return found


def _named(state: State, graphs: Iterable[str]) -> Iterable[str]:
    for graph in graphs:
        yield from (line for line in state.graphs.get(graph, ()) if any(mark in line for mark in _MARKS))
