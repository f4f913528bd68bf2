"""A thing as data: what is said of it, what points to it, and the formats that both are written in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph import media
from cls_graph.namespaces import CLS, DCAT, DCTERMS, FOAF, PREFIXES, RDF, RDFS, VOCAB, VOID, XSD
from cls_graph.rdf import sort_quads
from cls_graph.store.describe import MAX_INCOMING
from cls_graph.store.writing import Ready
from cls_graph_api.documents import LICENCE
from cls_graph_api.i18n import TEXTS
from cls_graph_api.naming import About, by_node
from cls_graph_api.site import Site
from cls_graph_api.tree import tree

JSON = media.Format("json", "application/json", "json", graph=True)
FORMATS: tuple[media.Format, ...] = (
    next(f for f in media.FORMATS if f.name == "ttl"),
    JSON,
    *(f for f in media.FORMATS if f.name in ("jsonld", "nt", "rdf", "trig", "nq", "csv")),
)
"""How a thing can be had. JSON is a tree that is JSON-LD too; CSV has a statement a line."""

_TEXTS = {XSD + "string", RDF + "langString"}
_CHUNK = 200
_MAX_QUOTES = 50


@dataclass(frozen=True)
class Described:
    """What is said of a thing and of the nodes under it, and at most ``MAX_INCOMING`` links to it."""

    iri: str
    whole: list[Triple]
    """All of it with the labels of what it names, for pages."""
    own: list[Triple]
    incoming: list[Triple]
    left_out: int
    """Links to the thing that are not in ``incoming``."""
    infer: bool = False
    """Whether what is entailed is in it."""

    @cached_property
    def about(self) -> About:
        """``whole`` by node, which a page in each language is made from."""
        return by_node(self.whole)

    @property
    def triples(self) -> list[Triple]:
        """The statements that a format writes."""
        return [*self.own, *self.incoming]


async def describe(site: Site, iri: str, *, infer: bool = False) -> Described | None:
    """The description of a thing, or ``None`` where nothing is said of it.

    A node of a contract comes with the quotes that it rests on, which have nodes of their own; with
    ``infer`` also what is entailed.
    """
    if not is_iri(iri):
        return None
    whole = await site.pool.statements(iri, infer=infer)
    if not whole:
        return None
    own, incoming = _sorted_out(iri, whole)
    for evidence in _evidence(iri, own):
        quoted = await site.pool.statements(evidence, infer=infer)
        more, _ = _sorted_out(evidence, quoted)
        own, whole = [*own, *more], [*whole, *quoted]
    left_out = 0
    if len(incoming) >= MAX_INCOMING:
        left_out = max(0, await _count_incoming(site, iri, infer) - len(incoming))
    known = set(own) if incoming else set()
    return Described(iri, whole, own, [t for t in incoming if t not in known], left_out, infer)


def _sorted_out(iri: str, said: Sequence[Triple]) -> tuple[list[Triple], list[Triple]]:
    """What is said of a thing, and what points to it."""
    own, incoming = [], []
    thing, under = NamedNode(iri), iri + "/"
    for triple in said:
        subject = triple.subject
        if subject == thing or getattr(subject, "value", "").startswith(under):
            own.append(triple)
        elif triple.object == thing:
            incoming.append(triple)
    return own, incoming


def _evidence(iri: str, own: list[Triple]) -> list[str]:
    """The evidence nodes that are not under the thing itself."""
    named = {
        t.object.value
        for t in own
        if t.predicate.value == CLS + "hasEvidence" and isinstance(t.object, NamedNode)
    }
    return sorted(e for e in named if not e.startswith(iri + "/"))[:_MAX_QUOTES]


def is_iri(text: str) -> bool:
    """Whether ``text`` can be an IRI at all."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


async def rows(site: Site, query: str, *, infer: bool = False) -> list[dict[str, str]]:
    """The rows of a SELECT query, the values as text."""
    answer = await site.pool.query(query, asked="json", infer=infer)
    found = json.loads(b"".join([block async for block in answer.body]))["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


async def _count_incoming(site: Site, iri: str, infer: bool) -> int:
    other = f'FILTER(isIRI(?s) && !STRSTARTS(STR(?s), "{iri}/"))'
    inner = f"SELECT DISTINCT ?s ?p WHERE {{ ?s ?p <{iri}> {other} }}"
    found = await rows(site, f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {inner} }} }}", infer=infer)
    return int(found[0]["n"])


async def write(site: Site, thing: Described, fmt: media.Format, document: str) -> bytes:
    """The description in one of ``FORMATS``; ``document`` is the address that it is served at."""
    return (await write_all(site, thing, [fmt], document))[0]


async def write_all(
    site: Site, thing: Described, formats: Sequence[media.Format], document: str
) -> list[bytes]:
    """The same in several formats, put in order once."""
    about = _about(site, thing, document)
    ready: Ready | None = None
    found = []
    for fmt in formats:
        if fmt.name == "csv":
            found.append(_csv(thing.triples))
        elif fmt.name == "json":
            text = json.dumps(tree(thing.iri, thing.own, thing.incoming), ensure_ascii=False, indent=1)
            found.append((text + "\n").encode())
        elif fmt.name in ("trig", "nq"):
            quads = [*await _quads(site, thing), *(Quad(t.subject, t.predicate, t.object) for t in about)]
            found.append(_write_quads(quads, fmt))
        else:
            ready = ready or Ready.of([*thing.triples, *about])
            found.append(ready.written(fmt))
    return found


def _about(site: Site, thing: Described, document: str) -> list[Triple]:
    """What a document says of itself: its topic, licence and version, and what it leaves out."""
    node = NamedNode(document)
    manifest = site.manifest
    found = [
        Triple(node, NamedNode(FOAF + "primaryTopic"), NamedNode(thing.iri)),
        Triple(node, NamedNode(VOID + "inDataset"), NamedNode(site.base + "id/dataset/cls-graph")),
        Triple(node, NamedNode(DCAT + "version"), Literal(str(manifest["version"]))),
    ]
    licence = LICENCE if thing.iri.startswith(VOCAB) else manifest.get("licence")
    if licence:
        found.append(Triple(node, NamedNode(DCTERMS + "license"), NamedNode(str(licence))))
    if thing.left_out:
        for lang, words in zip(("fr", "en"), TEXTS["left_out"], strict=True):
            text = words.format(n=len(thing.incoming), left=thing.left_out)
            found.append(Triple(node, NamedNode(RDFS + "comment"), Literal(text, language=lang)))
    return found


def _csv(triples: Sequence[Triple]) -> bytes:
    """A statement a line. A text that a spreadsheet would run as a formula is set off with an apostrophe."""
    from cls_graph.workbooks import csv_safe  # which takes a while to load

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["subject", "property", "value", "datatype", "language"])
    for t in triples:
        cells = [getattr(t.subject, "value", ""), t.predicate.value, getattr(t.object, "value", "")]
        if isinstance(t.object, Literal):
            if t.object.datatype.value in _TEXTS:
                cells[2] = csv_safe(cells[2])
            cells += [t.object.datatype.value, t.object.language or ""]
        else:
            cells += ["", ""]
        table.writerow(cells)
    return out.getvalue().encode()


async def _quads(site: Site, thing: Described) -> list[Quad]:
    """The statements in the named graphs that hold them."""
    wanted, found = set(thing.triples), []
    subjects = sorted({str(t.subject) for t in wanted if isinstance(t.subject, NamedNode)})
    for start in range(0, len(subjects), _CHUNK):
        values = " ".join(subjects[start : start + _CHUNK])
        query = f"SELECT ?s ?p ?o ?g WHERE {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        answer = await site.pool.query(query, asked="json", infer=thing.infer)
        body = b"".join([block async for block in answer.body])
        results = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        assert isinstance(results, ox.QuerySolutions)
        for s, p, o, g in results:
            quad = Quad(s, p, o, g)
            if quad.triple in wanted:
                found.append(quad)
    return found


def _write_quads(quads: list[Quad], fmt: media.Format) -> bytes:
    ordered = sort_quads(quads)
    if fmt.name == "nq":
        return ox.serialize(ordered, format=ox.RdfFormat.N_QUADS) or b""
    text = " ".join(map(str, ordered))
    names = {name: space for name, space in sorted(PREFIXES.items()) if f"<{space}" in text}
    return ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=names) or b""
