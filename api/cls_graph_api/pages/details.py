"""What a comparison asks of a few contracts beyond the index: axes, funding, counts, milestones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cls_graph.namespaces import CLS, SCHEMA, SKOS
from cls_graph.plainly import dated
from cls_graph.sheets.names import FREQUENCIES
from cls_graph_api.i18n import grouped, translator
from cls_graph_api.pages.model import Index
from cls_graph_api.representations import rows
from cls_graph_api.shown import Link
from cls_graph_api.site import Site

_MOST = 5000
_AXES = f"""
SELECT ?c ?e ?label ?code ?position ?type WHERE {{{{
  VALUES ?c {{{{ {{contracts}} }}}} ?c <{CLS}hasProgrammeElement> ?e .
  ?e a <{CLS}Axis> ; <{SKOS}prefLabel> ?label
  OPTIONAL {{{{ ?e <{CLS}elementCode> ?code }}}} OPTIONAL {{{{ ?e <{CLS}position> ?position }}}}
  OPTIONAL {{{{ ?e <{CLS}axisType> ?type }}}}
}}}} ORDER BY ?c ?position ?e ?label LIMIT {_MOST}
"""
_COUNTS = f"""
SELECT ?c ?n ?item ?value WHERE {{{{
  VALUES ?c {{{{ {{contracts}} }}}} ?c <{CLS}hasStatedCount> ?n .
  ?n <{CLS}countedItem> ?item ; <{CLS}countValue> ?value
}}}} ORDER BY ?c ?item ?value LIMIT {_MOST}
"""
_FUNDING = f"""
SELECT ?c ?f ?funder ?value ?currency ?frequency ?year ?purpose WHERE {{{{
  VALUES ?c {{{{ {{contracts}} }}}} ?c <{CLS}hasFunding> ?f . ?f <{SCHEMA}funder> ?funder
  OPTIONAL {{{{ ?f <{SCHEMA}amount> ?a . ?a <{SCHEMA}value> ?value
    OPTIONAL {{{{ ?a <{SCHEMA}currency> ?currency }}}} }}}}
  OPTIONAL {{{{ ?f <{CLS}amountFrequency> ?frequency }}}} OPTIONAL {{{{ ?f <{CLS}fundingYear> ?year }}}}
  OPTIONAL {{{{ ?f <{CLS}fundingPurpose> ?purpose }}}}
}}}} ORDER BY ?c ?f ?purpose LIMIT {_MOST}
"""
_MILESTONES = f"""
SELECT ?c ?m ?type ?stated ?inferred WHERE {{{{
  VALUES ?c {{{{ {{contracts}} }}}} ?c <{CLS}hasMilestone> ?m . ?m <{CLS}milestoneType> ?type
  OPTIONAL {{{{ ?m <{CLS}statedDate> ?stated }}}} OPTIONAL {{{{ ?m <{CLS}inferredDate> ?inferred }}}}
}}}} ORDER BY ?c ?type ?m LIMIT {_MOST}
"""


@dataclass
class Details:
    """By contract: lines of axes and funding; counts and milestones by what they are of."""

    axes: dict[str, list[Link]] = field(default_factory=dict)
    funding: dict[str, list[Link]] = field(default_factory=dict)
    counts: dict[str, dict[str, list[Link]]] = field(default_factory=dict)
    milestones: dict[str, dict[str, list[Link]]] = field(default_factory=dict)


async def details_of(
    site: Site, iris: Sequence[str], index: Index, lang: str, link: Callable[[str], str]
) -> Details:
    """The details of some contracts in a language. Raises as ``QueryPool.query``."""
    found, t = Details(), translator(lang)
    values = {"contracts": " ".join(f"<{iri}>" for iri in iris)}
    for row in await _once(site, _AXES.format(**values), "e"):
        kind = f" ({index.name(row['type'], lang)})" if row.get("type") else ""
        code = f"{row['code']}{t('colon')} " if row.get("code") else ""
        other = "" if lang == "fr" else "fr"
        found.axes.setdefault(row["c"], []).append(
            Link(f"{code}{row['label']}{kind}", link(row["e"]), other, row["e"])
        )
    for row in await _once(site, _COUNTS.format(**values), "n"):
        number = int(row["value"]) if row["value"].isdigit() else None
        text = row["value"] if number is None else grouped(number, lang)
        cell = found.counts.setdefault(row["c"], {}).setdefault(row["item"], [])
        cell.append(Link(text, link(row["n"]), iri=row["n"], number=number))
    for row in await _once(site, _FUNDING.format(**values), "f"):
        text = " · ".join(filter(None, _funding(row, index, lang)))
        found.funding.setdefault(row["c"], []).append(Link(text, link(row["f"]), iri=row["f"]))
    for row in await _once(site, _MILESTONES.format(**values), "m"):
        stated = dated(row.get("stated", ""), lang)
        said = stated or row.get("inferred") or t("no_date")
        if row.get("inferred") and row.get("inferred") != row.get("stated"):
            said = f"{said} ({t('date_inferred')}{t('colon')} {row['inferred']})" if stated else said
        cell = found.milestones.setdefault(row["c"], {}).setdefault(row["type"], [])
        cell.append(Link(said, link(row["m"]), iri=row["m"]))
    return found


async def _once(site: Site, query: str, node: str) -> list[dict[str, str]]:
    """The rows of a query, the first for each node."""
    kept: dict[str, dict[str, str]] = {}
    for row in await rows(site, query):
        kept.setdefault(row[node], row)
    return list(kept.values())


def _funding(row: dict[str, str], index: Index, lang: str) -> list[str]:
    amount = row.get("value", "")
    if amount.isdigit():
        amount = grouped(int(amount), lang)
    frequency = row.get("frequency", "").rpartition("/")[2].lower()
    return [
        index.name(row["funder"], lang),
        f"{amount}\u00a0{row.get('currency', '')}".strip(),
        FREQUENCIES[frequency][lang] if frequency in FREQUENCIES else frequency,
        row.get("year", ""),
        row.get("purpose", ""),
    ]
