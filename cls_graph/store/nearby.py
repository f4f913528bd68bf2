"""Descriptions from a store that is asked over a network: few questions, each of many things.

What is near a thing is fetched in rounds, put into a small store of our own, and described from there by
``describe``: so that a page is the same, whichever store is behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph as ox

from cls_graph.store import describe as description

Ask = Callable[[str], ox.QuerySolutions]
"""The solutions of a SELECT over the stated graphs."""

_BATCH = 150
_HERE = ox.NamedNode("urn:x-cls-graph:nearby")


def describe(ask: Ask, iri: str) -> list[ox.Triple]:
    """As ``describe.describe``."""
    return description.describe(_near(ask, iri), iri)


def with_context(ask: Ask, iri: str) -> list[ox.Triple]:
    """As ``describe.with_context``."""
    near = _near(ask, iri)
    if not description.describe(near, iri):
        return []
    most = description.MAX_INCOMING
    # One more than are shown; in order, so that it is always the same ones.
    near.extend(
        _quads(
            ask(
                # Without isIRI(?s), for which Virtuoso takes seconds.
                f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?o {{ <{iri}> }} ?s ?p ?o "
                f'FILTER(!STRSTARTS(STR(?s), "{iri}/")) }} ORDER BY ?s ?p LIMIT {most + 1}'
            )
        )
    )
    shown = description.with_context(near, iri)
    wanted = sorted(description.to_be_named(shown))
    labels = _values(description.LABELS)
    for batch in _batches(wanted):
        both = f"VALUES ?s {{ {_values(batch)} }} VALUES ?p {{ {labels} }}"
        near.extend(_quads(ask(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {both} ?s ?p ?o }}")))
    return description.with_context(near, iri)


def _near(ask: Ask, iri: str) -> ox.Store:
    """A store of what is said of a thing and of the nodes under it, and of their links among each other."""
    near = ox.Store()
    under = iri + "/"
    seen, waiting = {iri}, [iri]
    # Very many things may point to this one. For the nodes under it the filter would only cost: Virtuoso
    # takes seconds for it with many values.
    own = f'FILTER(STRSTARTS(STR(?s), "{under}"))'
    while waiting:
        found: list[ox.Quad] = []
        for batch in _batches(waiting):
            values = _values(batch)
            found += _quads(ask(f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"))
            found += _quads(
                ask(f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?o {{ {values} }} ?s ?p ?o {own} }}")
            )
        own = ""
        near.extend(found)
        ends = {t.value for quad in found for t in (quad.subject, quad.object) if isinstance(t, ox.NamedNode)}
        waiting = sorted(e for e in ends - seen if e.startswith(under))
        seen.update(waiting)
    return near


def _quads(rows: ox.QuerySolutions) -> Iterator[ox.Quad]:
    for row in rows:
        s, p, o = row["s"], row["p"], row["o"]
        assert isinstance(s, ox.NamedNode | ox.BlankNode)
        assert isinstance(p, ox.NamedNode)
        assert o is not None
        yield ox.Quad(s, p, o, _HERE)


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]


def _values(names: Iterable[str]) -> str:
    return " ".join(f"<{name}>" for name in names)
