"""Terms of a query that are nowhere in the data: what an empty answer is often due to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from cls_graph.errors import ClsGraphError
from cls_graph.namespaces import CLS, RDF, VOCAB, XSD
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
  FILTER (EXISTS {{ ?a ?t ?b }} || EXISTS {{ ?c ?d ?t }} || EXISTS {{ ?t ?e ?f }}
          || EXISTS {{ GRAPH ?t {{ ?g ?h ?i }} }}) }}"""


async def unknown_terms(site: Site, query: str, lang: str) -> list[tuple[str, str]]:
    """Each term as the query writes it, and which may be meant; nothing where the data cannot be asked."""
    written = await asyncio.to_thread(_terms, query)
    if not written:
        return []
    values = " ".join(f"<{iri}>" for iri in written)
    try:
        known = {row["t"] for row in await rows(site, _KNOWN.format(terms=values))}
        absent = {iri: text for iri, text in written.items() if iri not in known}
        counted = [row["term"] for row in await counted_terms(site)] if absent else []
    except ClsGraphError:
        # The answer itself is good: it stands without a hint.
        return []
    return await asyncio.to_thread(_suggested, query, absent, counted, lang)


def _suggested(
    query: str, absent: Mapping[str, str], known: Sequence[str], lang: str
) -> list[tuple[str, str]]:
    """What each term may be meant for. Not for the event loop: likeness is computed, term by term."""
    spaces = _prefixes(query)
    whole = [f"<{term}>" for term in known]
    short = {shorten(term, spaces) for term in known}

    def meant(iri: str, text: str) -> str:
        # Of whole IRIs only those of our vocabulary are likely to be slips.
        if len(text) > _LONGEST or (text.startswith("<") and not iri.startswith((CLS, VOCAB))):
            return ""
        return suggest(text, whole if text.startswith("<") else short)[lang].strip()

    return [(text, meant(iri, text)) for iri, text in absent.items()]


def _prefixes(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    all_tokens = tokens(query)
    for word, name, iri in zip(all_tokens, all_tokens[1:], all_tokens[2:], strict=False):
        if word.word == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.text[:-1]] = iri.text[1:-1]
    return found


def _terms(query: str) -> dict[str, str]:
    """The terms of a query by IRI, as they are written.

    What a PREFIX names is none, nor are datatypes and functions: no statement is about them.
    """
    spaces, before, declared = _prefixes(query), "", False
    found: dict[str, str] = {}
    all_tokens = tokens(query)
    for token, following in zip(all_tokens, [*all_tokens[1:], None], strict=True):
        called = following is not None and following.text == "("
        iri = ""
        if token.kind == "name" and before not in ("PREFIX", "^^") and not called:
            prefix, _, local = token.text.partition(":")
            if prefix in spaces and local and not set(local) & set("\\%"):
                iri = spaces[prefix] + local
        elif token.kind == "iri" and not declared and before not in ("BASE", "^^") and not called:
            iri = token.text[1:-1] if ":" in token.text else ""
        if iri and not iri.startswith(XSD) and iri != RDF + "langString":
            found.setdefault(iri, token.text)
        declared = before == "PREFIX"
        before = token.word or token.text
    return dict(list(found.items())[:_MOST])
