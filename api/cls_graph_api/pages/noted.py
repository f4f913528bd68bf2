"""What stands beside the facts on the page of a thing: what checks say of them, a contract in brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cls_graph.collation import by_words
from cls_graph.records.emitter import with_parents
from cls_graph_api.i18n import TEXTS, translator
from cls_graph_api.pages.lists import period
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.shown import Fact, Link, Node

MOST = 20
"""Facts of a rule that the page of a thing lists; the page of the rule has all of them."""


@dataclass(frozen=True)
class Noted:
    """What the checks say alike of several facts."""

    severity: str
    message: str
    facts: list[Link]
    """The first of the facts, with their places on the page."""
    more: int
    """Facts that are not among these."""
    all: str
    """Where the findings of this rule are, of all things."""


def noted(
    checks: Sequence[dict[str, Any]], node: Node, iri: str, lang: str, of_rule: Callable[[str], str]
) -> list[Noted]:
    """The findings of a thing and of the nodes under it, those of one rule and message together."""
    places = dict(reversed(list(_places(node, "facts"))))
    found: dict[tuple[str, str, str], dict[Link, None]] = {}
    for check in checks:
        facts = found.setdefault((check["severity"], check["rule"], check["message"][lang]), {})
        if check["node"] != iri:
            above = (places[name] for name in with_parents(check["node"]) if name in places)
            facts.setdefault(next(above, Link(str(check.get("subject", "")), "#facts")))
    return [
        Noted(severity, message, list(facts)[:MOST], max(0, len(facts) - MOST), of_rule(rule))
        for (severity, rule, message), facts in found.items()
    ]


def _places(node: Node, anchor: str) -> Iterator[tuple[str, Link]]:
    """By IRI of a node or a quote, what it says, and where on the page that stands."""
    for fact in node.facts:
        for value in fact.values:
            said = [quote.iri for quote in value.basis.quotes]
            if value.node is not None:
                below = value.node
                place = Link(below.title.text, f"#{below.anchor}")
                yield value.link.iri, place
                yield from ((iri, place) for iri in [*said, *(q.iri for q in below.basis.quotes)])
                yield from _places(below, below.anchor)
            else:
                place = Link(f"{fact.property.text} – {value.link.text}", f"#{anchor}")
                yield from ((iri, place) for iri in said)


def in_brief(iri: str, index: Index, lang: str) -> list[tuple[str, list[Link]]]:
    """What lists say of a contract: its period, and all its determinants with the places that state them."""
    contract = index.contracts.get(iri)
    if contract is None:
        return []
    t = translator(lang)
    found = [("col_period", [Link(period(contract, lang) or t("not_mentioned"), "")])]
    named = [(index.named(of, lang), contract.where.get(of, "")) for of in contract.determinants]
    links = [
        Link(text, f"#{node[len(iri) + 1 :].replace('/', '-')}" if node else "#facts", code)
        for (text, code), node in named
    ]
    links.sort(key=lambda link: by_words(link.text))
    reviews = _reviews(contract, index, lang)
    return [
        *found,
        *([("determinants_title", links)] if links else []),
        *([("record_review", reviews)] if reviews else []),
    ]


def _reviews(contract: Contract, index: Index, lang: str) -> list[Link]:
    """How far the record has been reviewed, by whom and when; then who had reviewed it before."""
    if contract.reviewed is None:
        return []
    t = translator(lang)
    state, by, on = contract.reviewed
    text, code = index.named(state, lang)
    last = ", ".join(word for word in (text, by, on) if word)
    before = t("review_before")
    earlier = [Link(f"{before} {', '.join(w for w in (by, on) if w)}") for on, by in contract.earlier]
    return [Link(last, "", code), *reversed(earlier)]


def section_name(fact: Fact, lang: str) -> str:
    """What the part of a page is called that holds the nodes of a property; its own name by default."""
    local = fact.property.iri.rpartition("#")[2].rpartition("/")[2]
    words = TEXTS.get(f"section_{local}")
    return translator(lang)(f"section_{local}") if words else fact.property.text
