"""Checks of the formats of answers, and of how one is chosen."""

from __future__ import annotations

from functools import partial

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MAY, MUST, SHOULD, Group, Outcome, Spec, failed, judged, passed
from cls_graph.scoring.protocol import ONE, told
from cls_graph.scoring.readers import Cell, Unreadable, graph, is_graph, table
from cls_graph.scoring.target import JSON, Target, read

GROUP = Group("formats", {"fr": "Formats et négociation", "en": "Formats and negotiation"})
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
_DATE = "http://www.w3.org/2001/XMLSchema#date"
ROWS = (
    "SELECT ?i ?p ?l ?d ?u { VALUES (?i ?p ?l ?d ?u) { (<http://example.org/é> "
    '"a, \\"b\\"\\tc\\n=1" "été"@fr "2025-04-16"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF) } }'
)
"""One row of every kind of term, and of none."""
CELLS = {
    "i": Cell("iri", "http://example.org/é"),
    "p": Cell("literal", 'a, "b"\tc\n=1'),
    "l": Cell("literal", "été", lang="fr"),
    "d": Cell("literal", "2025-04-16", _DATE),
}
_STRING = "http://www.w3.org/2001/XMLSchema#string"
GRAPH = (
    "CONSTRUCT { <http://example.org/a> <http://example.org/p> ?o } "
    '{ VALUES ?o { "été"@fr <http://example.org/b> "2025-04-16"^^<http://www.w3.org/2001/XMLSchema#date> } }'
)
TRIPLES = {
    '<http://example.org/a> <http://example.org/p> "été"@fr',
    "<http://example.org/a> <http://example.org/p> <http://example.org/b>",
    f'<http://example.org/a> <http://example.org/p> "2025-04-16"^^<{_DATE}>',
}


def _table(target: Target, kind: str) -> Outcome:
    """Whether ``ROWS`` come whole in a format."""
    reply = target.ask(ROWS, kind)
    if not reply.ok or reply.kind != kind:
        return told(reply, False)
    try:
        found = table(reply.kind, reply.body)
    except Unreadable as error:
        return failed(str(error))
    if len(found.rows) != 1:
        return failed(f"{len(found.rows)} lignes au lieu d'une", f"{len(found.rows)} rows instead of one")
    wrong = [name for name, cell in CELLS.items() if not _same(found.rows[0].get(name), cell)]
    wrong += [name for name in found.rows[0] if name not in CELLS]
    if wrong:
        shown = "; ".join(f"?{name} = {found.rows[0].get(name)}" for name in wrong)
        return failed(shown)
    return judged(set(found.variables) == {*CELLS, "u"}, reply.kind)


def _same(found: Cell | None, cell: Cell) -> bool:
    if found is None or found.value != cell.value:
        return False
    if not found.kind:
        return True
    datatype = "" if found.datatype == _STRING else found.datatype
    return (found.kind, datatype, found.lang) == (cell.kind, cell.datatype, cell.lang)


_TABLES: tuple[tuple[str, str, str, Spec], ...] = (
    ("json", MUST, JSON, specs.JSON),
    ("xml", MUST, XML, specs.XML),
    ("csv", SHOULD, CSV, specs.CSV),
    ("tsv", SHOULD, TSV, specs.CSV),
)
for _name, _level, _kind, _spec in _TABLES:
    GROUP.add(
        _name,
        _level,
        _spec,
        {
            "fr": f"Une ligne de termes de chaque sorte revient exacte en {_name.upper()}.",
            "en": f"A row of terms of every kind comes back exact in {_name.upper()}.",
        },
        partial(_table, kind=_kind),
    )


def _ask(target: Target, kind: str) -> Outcome:
    for query, truth in (("ASK { }", True), ("ASK { FILTER(false) }", False)):
        answer = target.select(query, kind)
        if not answer.well or answer.reply.kind != kind:
            return failed(answer.problem or answer.reply.told("en"))
        if answer.table.truth is not truth:
            return failed(f"{query}: {answer.table.truth}")
    return passed("true, false")


for _name, _kind, _spec in (("ask-json", JSON, specs.JSON), ("ask-xml", XML, specs.XML)):
    _word = _name.removeprefix("ask-").upper()
    GROUP.add(
        _name,
        MUST,
        _spec,
        {"fr": f"ASK donne un booléen en {_word}.", "en": f"ASK gives a boolean in {_word}."},
        partial(_ask, kind=_kind),
    )


def _graph(target: Target, accept: str, kind: str = "") -> Outcome:
    """Whether ``GRAPH`` comes whole, in a syntax or in any."""
    reply = target.ask(GRAPH, accept)
    if not reply.ok or not is_graph(reply.kind) or (kind and reply.kind != kind):
        return told(reply, False)
    try:
        found = {str(triple) for triple in graph(reply.kind, reply.body, target.url)}
    except Unreadable as error:
        return failed(str(error))
    missing = [*sorted(TRIPLES - found), *sorted(found - TRIPLES)]
    return failed("; ".join(missing)) if missing else passed(reply.kind)


@GROUP.check(
    "graph",
    MUST,
    specs.SUCCESS,
    fr="CONSTRUCT donne un graphe exact, dans une syntaxe de RDF.",
    en="CONSTRUCT gives an exact graph, in a syntax of RDF.",
)
def _any_graph(target: Target) -> Outcome:
    return _graph(
        target, "text/turtle, application/n-triples, application/rdf+xml, application/ld+json;q=0.5"
    )


_GRAPHS: tuple[tuple[str, str, str, str, Spec], ...] = (
    ("turtle", "Turtle", SHOULD, "text/turtle", specs.TURTLE),
    ("n-triples", "N-Triples", SHOULD, "application/n-triples", specs.NTRIPLES),
    ("rdf-xml", "RDF/XML", SHOULD, "application/rdf+xml", specs.RDFXML),
    ("json-ld", "JSON-LD", MAY, "application/ld+json", specs.JSONLD),
)
for _name, _word, _level, _kind, _spec in _GRAPHS:
    GROUP.add(
        _name,
        _level,
        _spec,
        {
            "fr": f"CONSTRUCT donne un graphe exact en {_word}.",
            "en": f"CONSTRUCT gives an exact graph in {_word}.",
        },
        partial(_graph, accept=_kind, kind=_kind),
    )


@GROUP.check(
    "describe",
    MUST,
    specs.query("16.4", "describe"),
    fr="DESCRIBE d'un terme inconnu donne un graphe vide, bien formé.",
    en="DESCRIBE of a term that is not known gives an empty graph, well-formed.",
)
def _describe(target: Target) -> Outcome:
    reply = target.ask("DESCRIBE <urn:x-cls-graph:nothing>", "application/n-triples, text/turtle;q=0.9")
    if not reply.ok:
        return told(reply, False)
    try:
        found = graph(reply.kind, reply.body, target.url)
    except Unreadable as error:
        return failed(str(error))
    return judged(not found, f"{reply.kind}, {len(found)} triples")


@GROUP.check(
    "any",
    MUST,
    specs.ACCEPTED,
    fr="Un client qui accepte tout, ou ne dit rien, reçoit un format de SPARQL.",
    en="A client that accepts everything, or says nothing, gets a format of SPARQL.",
)
def _any(target: Target) -> Outcome:
    for accept in ("*/*", None):
        answer = target.select(ONE, accept)  # type: ignore[arg-type]
        if answer.table.values() != ["1"]:
            seen = answer.problem or answer.reply.told("en")
            return failed(f"Accept: {accept or ''} → {seen}")
    return passed(answer.reply.kind)


@GROUP.check(
    "quality",
    SHOULD,
    specs.http("12.5.1"),
    fr="Les poids (q=) décident du format.",
    en="Weights (q=) decide the format.",
)
def _quality(target: Target) -> Outcome:
    wanted = {
        f"{XML};q=0.2, {JSON};q=0.9": JSON,
        f"{JSON};q=0.2, {XML};q=0.9": XML,
        f"{JSON};q=0, {XML}": XML,
    }
    for accept, kind in wanted.items():
        reply = target.ask(ONE, accept)
        if not reply.ok or reply.kind != kind:
            return failed(f"{accept} → {reply.told('fr')}", f"{accept} → {reply.told('en')}")
    return passed(", ".join(wanted))


@GROUP.check(
    "vary",
    SHOULD,
    specs.http("12.5.5"),
    fr="Vary dit que la réponse dépend d'Accept.",
    en="Vary says that the answer depends on Accept.",
)
def _vary(target: Target) -> Outcome:
    said = target.ask(ONE).headers.get("vary", "")
    names = {name.strip().lower() for name in said.split(",")}
    return judged(bool(names & {"accept", "*"}), f"Vary: {said or '∅'}")


@GROUP.check(
    "not-acceptable",
    SHOULD,
    specs.http("15.5.7"),
    fr="Un format que personne n'écrit (image/png) reçoit 406.",
    en="A format that nobody writes (image/png) gets 406.",
)
def _not_acceptable(target: Target) -> Outcome:
    reply = target.ask(ONE, "image/png")
    return told(reply, reply.status == 406)


@GROUP.check(
    "nosniff",
    MAY,
    Spec("Fetch, X-Content-Type-Options", "https://fetch.spec.whatwg.org/#x-content-type-options-header"),
    fr="Un texte qui ressemble à une page n'est pas donné pour telle au navigateur (nosniff).",
    en="A text that looks like a page is not left for a browser to take for one (nosniff).",
)
def _nosniff(target: Target) -> Outcome:
    answer = read(target.ask('SELECT ("<script>alert(1)</script>" AS ?v) { }'))
    said = answer.reply.headers.get("x-content-type-options", "")
    return judged(said.lower() == "nosniff", f"X-Content-Type-Options: {said or '∅'}")
