"""The graph as an analyst holds it: ask, and leave with a typed table, a network, a picture.

::

    import cls_graph

    g = cls_graph.open()
    g.query("co-signatories", organisation="ars-84").to_polars()
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from cls_graph.analysis import asking
from cls_graph.analysis.computed import beside, pairs, similar
from cls_graph.analysis.extras import need
from cls_graph.analysis.incidence import Incidence
from cls_graph.analysis.places import Source, source_of
from cls_graph.analysis.signing import Signing
from cls_graph.analysis.speaking import IN_COMMON, OTHER, PAIRS, READY, told, whole_number, words
from cls_graph.analysis.tables import Table
from cls_graph.analysis.values import Column, Later, Thing
from cls_graph.errors import ClsGraphError, NotFound, Text, UsageError
from cls_graph.plainly import truth
from cls_graph.queries import Question, library, question, run
from cls_graph.queries.spots import Atlas
from cls_graph.queries.words import COLUMNS
from cls_graph.service.guard import inspect
from cls_graph.settings import Settings
from cls_graph.suggesting import suggest

if TYPE_CHECKING:
    from cls_graph.analysis.networks import Network


class Graph:
    """An open graph. What is computed from it is computed once: open it again for later data."""

    def __init__(self, source: Source, *, lang: str = "fr", infer: bool = False) -> None:
        """``lang`` is that of labels and headings; ``infer``: with what the rules infer."""
        if lang not in ("fr", "en"):
            raise UsageError(f"lang : « {lang} » n'est pas fr ou en.", f"lang: '{lang}' is not fr or en.")
        self.source, self.lang, self.infer = source, lang, infer
        if not source.remote:
            # To load a store takes hundreds of times as long; then the first question does not wait for it.
            self._signing  # noqa: B018

    def __repr__(self) -> str:
        return f"<cls_graph.Graph {self.source.address}>"

    @told
    def query(self, text: str, /, **params: Any) -> Any:
        """The ``Table`` of a SELECT query or of a ready question by its name, with its parameters.

        A CONSTRUCT or DESCRIBE gives a table of triples, an ASK ``True`` or ``False``. A parameter whose
        name is a word of Python is written with an underscore after it: ``from_=2024``. Raises
        ``QuerySyntaxError``, ``NotFound`` for a name that there is not, ``BadRequest`` for a parameter
        that there is not or a value of another type, ``TooLarge`` for an answer that a server has cut,
        ``QueryRefused`` for SERVICE, which would ask another server, and for an update.
        """
        words("query", text)
        if text in library() or not any(c.isspace() or c in "{}" for c in text):
            return self._ready(self._question(text), {name.rstrip("_"): v for name, v in params.items()})
        if params:
            raise UsageError(
                "Seule une question toute prête a des paramètres.", "Only a ready question has parameters."
            )
        inspect(text, Settings())
        found = asking.answer(self.source.store, text, infer=self.infer)
        return found if isinstance(found, bool) else self._table(*found, text=text)

    def _question(self, name: str) -> Question:
        return question(name, self.source.kind)

    def _said(self, text: Text) -> str:
        """A text in the language of the graph, which calls its contracts by their kind."""
        return self.source.kind.said(text[self.lang], self.lang)

    def _ready(self, asked: Question, params: dict[str, Any]) -> Table:
        lang = params.pop("lang", self.lang)
        found = run(asked.name, self.source.store, lang=lang, infer=self.infer, **params)
        asking.whole(self.source.store, len(found.rows))
        columns, rows = asked.for_people(found.rows)
        heads = {column: asked.label(column, self.lang) for column in columns}
        types = {column: asked.type_of(column) for column in columns}
        said = [(name, str(value)) for name, value in params.items()]
        said += [("computation", asked.how[lang])] if asked.how else []
        known: dict[str, Any] = {"title": asked.title[lang], "heads": heads, "types": types}
        return self._table(list(columns), rows, text=found.query, said=said, **known)

    def _table(
        self,
        names: list[str],
        rows: asking.Rows,
        *,
        text: str,
        title: str = "",
        said: Sequence[tuple[str, str]] = (),
        **known: Any,
    ) -> Table:
        told = [*said, ("query_label", text)]
        if title:
            told = [("question", title), *told]
        labels = partial(asking.labels, self.source.store, lang=self.lang)
        return Table.of_terms(
            names,
            rows,
            lang=self.lang,
            title=title,
            about=self._about(*told),
            labels=labels,
            atlas=self._atlas,
            infer=self.infer,
            **known,
        )

    def _atlas(self) -> Atlas:
        """What places the rows on a map."""
        return asking.atlas(self.source.store)

    def _about(self, *said: tuple[str, str]) -> Sequence[tuple[str, object]]:
        """What files say of rows, by ``ABOUT``: ``said``, and where they are from; read when it is needed."""

        def rows() -> list[tuple[str, object]]:
            origin = zip(("data_set", "release", "licence"), self._origin, strict=True)
            told = [*said, *origin, ("web_address", self.source.address)]
            return [(name, words) for name, words in told if words]

        return Later(rows)

    @cached_property
    def _origin(self) -> Sequence[str]:
        """The title of the data, its release and its licence, as far as it says them."""
        return next(iter(self._strings(asking.ORIGIN % self.lang)), ("", "", ""))

    @cached_property
    def questions(self) -> Table:
        """The ready questions: name, title, parameters."""
        asked = list(library(self.source.kind).values())
        params = [", ".join(p.name for p in q.parameters if p.type != "language") for q in asked]
        return self._computed(
            [
                Column("name", "text", [q.name for q in asked]),
                Column("title", "text", [q.title[self.lang] for q in asked]),
                Column("parameters", "text", params),
            ],
            title=READY[self.lang],
        )

    @cached_property
    @told
    def contracts(self) -> Table:
        """The contracts: key, title, territory, status, period, signatories listed, and known ones."""
        return self._ready(self._question("contracts"), {})

    @cached_property
    @told
    def organisations(self) -> Table:
        """The organisations engaged in a contract, in any role: name, kind, number of contracts.

        The registry holds others too, which no contract names.
        """
        return self._ready(self._question("organisations"), {})

    @cached_property
    def incidence(self) -> Incidence:
        """Who signs which contract, as a sparse matrix."""
        need("scipy.sparse")
        return Incidence.of(self._signing)

    @cached_property
    def _signing(self) -> Signing:
        return Signing.read(self.source.store, infer=self.infer)

    def _strings(self, text: str) -> list[list[str]]:
        return asking.strings(self.source.store, text, infer=self.infer)

    @cached_property
    def _bodies(self) -> dict[str, tuple[str, str, str]]:
        """Key, label and kind of each organisation, by IRI."""
        kinds = asking.first_of(self._strings(asking.kinds(self.lang)))
        told = sorted(
            (iri, label, kinds[kind], key)
            for iri, key, label, kind in self._strings(asking.ORGANISATIONS)
            if kind in kinds
        )
        return {iri: (key, label, kind) for iri, label, kind, key in reversed(told)}

    @cached_property
    def _keys(self) -> list[str | None]:
        """The keys of the contracts that are signed."""
        return self._told_of(asking.KEYS)

    def _titles(self) -> list[str | None]:
        """Their titles."""
        return self._told_of(asking.TITLES)

    def _told_of(self, text: str) -> list[str | None]:
        return asking.said_of(self.incidence.contracts, self.source.store, text, infer=self.infer)

    def _named(self) -> dict[str, str]:
        """What organisations are called, by IRI."""
        return {iri: label for iri, (_, label, _) in self._bodies.items()}

    @told
    def co_signatories(self, org: str | None = None) -> Table:
        """Who signs with an organisation (its key or IRI), and how many contracts they have in common.

        Rows of the question ``co-signatories``, in its order. Without one: all pairs of organisations that
        sign a contract together, those with most in common first, then by IRI. Raises ``NotFound``, and
        ``UsageError`` where the extra is missing.
        """
        if org is None:
            return self._pairs()
        there = self.incidence
        asked = self._question("co-signatories").title[self.lang]
        iri = self._iri(words("org", org))
        columns = beside(there, iri, self._described(there.organisations))
        heads_said = {"contracts": self._said(IN_COMMON)}
        return self._computed(columns, heads_said, asked, [("org", str(org))])

    def _pairs(self) -> Table:
        """All pairs of co-signatories."""
        there = self.incidence
        columns = pairs(there, Later(lambda: self._described(there.organisations)["label"]))
        heads = {**OTHER[self.lang], "contracts": self._said(IN_COMMON)}
        return self._computed(columns, heads, self._said(PAIRS))

    @told
    def similarity(self, minimum: int = 1) -> Table:
        """Pairs of contracts with ``minimum`` shared signatories or more, the most alike first.

        Rows of the question ``similar-contracts``, in its order, with the Jaccard index unrounded as
        ``jaccard``. Raises ``UsageError`` where the extra is missing.
        """
        minimum = whole_number("minimum", minimum, 1)
        columns = similar(self.incidence, self._keys, Later(self._titles), minimum)
        title = self._question("similar-contracts").title[self.lang]
        return self._computed(columns, {"jaccard": "Jaccard"}, title, [("minimum", str(minimum))])

    @told
    def network(self) -> Network:
        """The network of co-signature, a graph of networkx that draws itself (see ``Network``).

        Raises ``UsageError`` where the extra is missing.
        """
        need("networkx")
        from cls_graph.analysis.networks import Network

        there = self.incidence
        heads, signed = self._described(there.organisations), there.signed().tolist()
        made = Network(lang=self.lang)
        for place, iri in enumerate(there.organisations):
            label = heads["label"][place] or Thing(iri).label
            made.add_node(iri, label=label, kind=heads["kind"][place], contracts=signed[place])
        met = there.of_organisations()
        ends = zip(met.one.tolist(), met.other.tolist(), met.common.tolist(), strict=True)
        bodies = there.organisations
        made.add_weighted_edges_from((bodies[one], bodies[other], common) for one, other, common in ends)
        return made

    def _described(self, iris: list[str]) -> dict[str, list[str | None]]:
        found = [self._bodies.get(iri) for iri in iris]
        return {
            "label": [body[1] if body else None for body in found],
            "kind": [body[2] if body else None for body in found],
        }

    def _iri(self, org: str) -> str:
        """The IRI of an organisation given by its key or IRI. Raises ``NotFound``, with the nearest key."""
        keys = {key: iri for iri, (key, _, _) in self._bodies.items()}
        if org in self._bodies or org in self.incidence.organisations:
            return str(org)
        if org in keys:
            return keys[org]
        hint = suggest(org, keys)
        raise NotFound(
            f"Aucun organisme n'a la clé « {org} ».{hint['fr']}",
            f"No organisation has the key '{org}'.{hint['en']}",
        )

    def _computed(
        self,
        columns: list[Column],
        heads: dict[str, str] | None = None,
        title: str = "",
        said: Sequence[tuple[str, str]] = (),
    ) -> Table:
        """A table that is worked out here: of what, and from which arguments, its workbook says too."""
        called = {c.name: self._said(COLUMNS[c.name]) for c in columns if c.name in COLUMNS}
        inferred = ("inferred", truth(self.infer, self.lang))
        return Table(
            columns,
            lang=self.lang,
            title=title,
            heads={**called, **(heads or {})},
            about=self._about(("question", title), *said, inferred),
            labels=lambda _: self._named(),
            atlas=self._atlas,
            infer=self.infer,
        )


def open_graph(
    place: str | os.PathLike[str] | None = None, *, lang: str = "fr", infer: bool = False
) -> Graph:
    """See ``cls_graph.open``."""
    try:
        return Graph(source_of(place, lang), lang=lang, infer=infer)
    except ClsGraphError as error:
        error.args = (error.detail.get(lang, str(error)),)
        raise
