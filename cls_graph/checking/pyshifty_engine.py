"""The fast engine, where it is installed: pyshifty (``pip install 'cls-graph[fast]'``)."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Triple

from cls_graph.checking.pyshacl_engine import lean
from cls_graph.checking.results import Result, ntriples, results_of


class PreparedShapes:
    """Shapes planned once, for any number of data graphs. Raises ``ImportError`` without pyshifty."""

    def __init__(self, shapes: Sequence[Triple]) -> None:
        import shifty

        self._validator = shifty.PreparedValidator(ntriples(lean(shapes)))

    def validate(self, data: bytes) -> list[Result]:
        """All results over data in N-Triples.

        Raises ``ValueError`` for a construct that the engine does not know: it would otherwise pass over it.
        """
        _, report, _ = self._validator.validate(
            data, graph_mode="data", infer=False, on_unsupported="error", sort_results=False
        )
        return results_of(report)
