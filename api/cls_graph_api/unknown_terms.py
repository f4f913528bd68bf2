"""Terms of a query that are nowhere in the data: what an empty answer is often due to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from cls_graph.store.lexing import tokens
from cls_graph.suggesting import suggest
from cls_graph_api.completions import counted_terms
from cls_graph_api.representations import rows
from cls_graph_api.results import shorten
from cls_graph_api.site import Site

_MOST = 30
_LONGEST = 200
"""Characters of a term that others are compared with."""
_KNOWN = """SELECT ?t WHERE {{ VALUES ?t {{ {terms} }}
  FILTER (EXISTS {{ ?a ?t ?b }} || EXISTS {{ ?c ?d ?t }} || EXISTS {{ ?t ?e ?f }}) }}"""


async def unknown_terms(site: Site, query: str, lang: str) -> list[tuple[str, str]]:
    """Each term as the query writes it, and which may be meant. Raises as ``QueryPool.query``."""
    written = await asyncio.to_thread(_terms, query)
    if not written:
        return []
    values = " ".join(f"<{iri}>" for iri in written)
    known = {row["t"] for row in await rows(site, _KNOWN.format(terms=values))}
    absent = [(iri, text) for iri, text in written.items() if iri not in known]
    if not absent:
        return []
    known_terms = [row["term"] for row in await counted_terms(site)]
    return await asyncio.to_thread(_suggested, query, [text for _, text in absent], known_terms, lang)


def _suggested(query: str, absent: Iterable[str], known: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """What each term may be meant for. Not for the event loop: likeness is computed, term by term."""
    spaces = _prefixes(query)
    short = {shorten(term, spaces) for term in known}
    return [(text, suggest(text, short)[lang].strip() if len(text) <= _LONGEST else "") for text in absent]


def _prefixes(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    all_tokens = tokens(query)
    for word, name, iri in zip(all_tokens, all_tokens[1:], all_tokens[2:], strict=False):
        if word.word == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.text[:-1]] = iri.text[1:-1]
    return found


def _terms(query: str) -> dict[str, str]:
    """The terms of a query by IRI, as they are written; what a PREFIX or a datatype names is none."""
    spaces, before, declared = _prefixes(query), "", False
    found: dict[str, str] = {}
    for token in tokens(query):
        if token.kind == "name" and before not in ("PREFIX", "^^"):
            prefix, _, local = token.text.partition(":")
            if prefix in spaces and local and not set(local) & set("\\%"):
                found.setdefault(spaces[prefix] + local, token.text)
        elif token.kind == "iri" and not declared and before not in ("BASE", "^^") and ":" in token.text:
            found.setdefault(token.text[1:-1], token.text)
        declared = before == "PREFIX"
        before = token.word or token.text
    return dict(list(found.items())[:_MOST])
