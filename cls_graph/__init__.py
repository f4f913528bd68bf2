"""cls-graph: the open knowledge graph of the French local health contracts (contrats locaux de santé).

::

    import cls_graph

    g = cls_graph.open()
    g.contracts.to_polars()
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cls_graph.analysis.opened import Graph

__version__ = "0.1.0"

__all__ = ["__version__", "open"]


def open(  # noqa: A001
    place: str | os.PathLike[str] | None = None, *, lang: str = "fr", infer: bool = False
) -> Graph:
    """Open the graph for analysis.

    ``place`` is a folder of a corpus, the folder or file of a release, or the address of a SPARQL 1.1
    endpoint; without one it is the corpus that one stands in, else the bundled data. ``lang`` is the
    language of labels, ``fr`` or ``en``; ``infer``: with what the rules infer. Raises ``CorpusError`` for
    a folder or file that is none of these, ``UsageError`` and ``StoreFailed`` for an address that is none
    or does not answer.
    """
    from cls_graph.analysis.opened import open_graph

    return open_graph(place, lang=lang, infer=infer)
