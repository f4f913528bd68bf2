"""The query service: killable workers over one release. There is no HTTP in it.

::

    pool = QueryPool(release / "graph.nq", settings)
    await pool.start()
    answer = await pool.query("ASK {}", accept="text/csv")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cls_graph.service.asking import Answer, Asking, View
    from cls_graph.service.pool import QueryPool

__all__ = ["Answer", "Asking", "QueryPool", "View"]


def __getattr__(name: str) -> Any:
    """What ``__all__`` names, imported when it is asked for: the keeper of a store needs none of it."""
    if name == "QueryPool":
        from cls_graph.service.pool import QueryPool

        return QueryPool
    if name in __all__:
        from cls_graph.service import asking

        return getattr(asking, name)
    raise AttributeError(name)
