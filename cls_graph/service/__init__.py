"""The query service: killable workers over one release. There is no HTTP in it.

::

    pool = QueryPool(release / "graph.nq", settings)
    await pool.start()
    answer = await pool.query("ASK {}", accept="text/csv")
"""

from cls_graph.service.asking import Answer, View
from cls_graph.service.pool import QueryPool

__all__ = ["Answer", "QueryPool", "View"]
