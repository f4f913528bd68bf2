"""Which queries make the engine list the named graphs one by one, told from their text.

It does so where a group under ``GRAPH ?g`` has nothing to match before what is optional, taken away or
bound: ``GRAPH ?g {}``. Everywhere else it finds statements, each of which has its graph.
"""

from __future__ import annotations

from functools import lru_cache

from cls_graph.store.tokens import TOKEN

_BARE = frozenset({"OPTIONAL", "MINUS", "BIND", "FILTER"})
"""Words that a group may begin with and have nothing to match before them."""


@lru_cache(maxsize=32)
def lists_graphs(text: str) -> bool:
    """Whether a query may list the named graphs. Errs on the side of yes.

    >>> lists_graphs("SELECT * { GRAPH ?g {} }")
    True
    >>> lists_graphs("SELECT * { GRAPH ?g { ?s ?p ?o OPTIONAL { ?s a ?t } } }")
    False
    """
    if "GRAPH" not in text.upper():
        return False
    before = ["", ""]
    depth = 0
    under: list[int] = []
    """How deep the groups are that a variable names the graph of."""
    for token in TOKEN.finditer(text):
        kind, word = token.lastgroup, token.group().upper()
        if kind == "comment":
            continue
        if under and before[-1] == "{" and (word == "}" or (kind == "word" and word in _BARE)):
            return True
        if kind == "open":
            depth += 1
            if before[0] == "GRAPH" and before[1] == "variable":
                under.append(depth)
        elif kind == "close":
            if under and under[-1] == depth:
                under.pop()
            depth -= 1
        before = [before[1], "variable" if kind == "variable" else word]
    return False
