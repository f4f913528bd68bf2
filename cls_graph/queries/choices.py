"""What may be given for a parameter, asked of the data themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyoxigraph as ox

from cls_graph.namespaces import CLS, DCTERMS, IGEO, ORG, RDFS, SKOS, VOCAB
from cls_graph.queries.parameters import Choice, Parameter
from cls_graph.store.base import Store

_THING = f"?thing a ?class ; <{DCTERMS}identifier> ?value ; <{RDFS}label> ?label ."
_CLASSES = {
    "contract": (CLS + "LocalHealthContract",),
    "document": (CLS + "SourceDocument",),
    "territory": tuple(IGEO + name for name in ("Commune", "Intercommunalite", "Departement", "Region")),
}
_LEVELS = {"departement": (IGEO + "Departement",), "region": (IGEO + "Region",)}
_BODIES = f"?thing <{ORG}classification> ?kind ; <{DCTERMS}identifier> ?value ; <{RDFS}label> ?label ."


def choices_query(parameter: Parameter, lang: str) -> str:
    """A query for the values of a parameter with their labels; empty where the data list none."""
    if parameter.type == "concept":
        where = (
            f"?thing <{SKOS}inScheme> <{VOCAB}{parameter.scheme}> ; <{SKOS}prefLabel> ?label . "
            f'FILTER (LANG(?label) = "{lang}") BIND (STR(?thing) AS ?value)'
        )
    elif parameter.type == "organisation":
        where = _BODIES
    elif parameter.listed:
        classes = _LEVELS.get(parameter.scheme) or _CLASSES[parameter.type]
        where = f"VALUES ?class {{ {' '.join(f'<{c}>' for c in classes)} }} {_THING}"
    else:
        return ""
    return f"SELECT DISTINCT ?value ?label WHERE {{ {where} }} ORDER BY ?label ?value"


def choices_of(parameter: Parameter, rows: Sequence[tuple[str, str]]) -> list[Choice]:
    """The choices from the rows of ``choices_query``: one for each value, in the order of their labels.

    Their order is made here: Virtuoso does not keep to ``ORDER BY`` in some long answers.
    """
    start = f"{VOCAB}{parameter.scheme}/" if parameter.type == "concept" else ""
    found: dict[str, str] = {}
    for value, label in sorted(rows, key=lambda row: (row[1], row[0])):
        found.setdefault(value.removeprefix(start), label)
    return [Choice(value, label) for value, label in found.items()]


def choices_in(store: Store, lang: str) -> Callable[[Parameter], list[Choice] | None]:
    """What the data of a store list, by parameter."""

    def choices(parameter: Parameter) -> list[Choice] | None:
        text = choices_query(parameter, lang)
        if not text:
            return None
        found = store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        rows = [(getattr(row["value"], "value", ""), getattr(row["label"], "value", "")) for row in found]
        return choices_of(parameter, rows)

    return choices
