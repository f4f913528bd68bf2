"""The fast engine, where it is installed: pyshifty (``pip install 'cls-graph[fast]'``)."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Triple

from cls_graph.checking.pyshacl_engine import lean
from cls_graph.checking.results import Result, ntriples, results_of
from cls_graph.errors import CorpusError


class PreparedShapes:
    """Shapes planned once, for any number of data graphs.

    Raises ``ImportError`` without pyshifty, ``CorpusError`` for shapes that it refuses.
    """

    def __init__(self, shapes: Sequence[Triple]) -> None:
        import shifty

        try:
            self._validator = shifty.PreparedValidator(ntriples(lean(shapes)))
        except ValueError as error:
            raise _refused(error) from error

    def validate(self, data: bytes) -> list[Result]:
        """All results over data in N-Triples.

        Raises ``CorpusError`` for a construct that the engine does not know: it would otherwise pass over it.
        """
        try:
            _, report, _ = self._validator.validate(
                data, graph_mode="data", infer=False, on_unsupported="error", sort_results=False
            )
        except ValueError as error:
            raise _refused(error) from error
        return results_of(report)


def _refused(error: ValueError) -> CorpusError:
    return CorpusError(
        f"pyshifty refuse les formes ou les données : {error}. Essayez --engine pyshacl.",
        f"pyshifty refuses the shapes or the data: {error}. Try --engine pyshacl.",
    )
