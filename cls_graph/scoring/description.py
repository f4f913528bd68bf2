"""Checks of the service description: that there is one, and that what it says is so."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.namespaces import FORMATS, SD
from cls_graph.scoring import specs
from cls_graph.scoring.checks import MAY, MUST, SHOULD, Group, Outcome, absent, failed, judged, passed, unsure
from cls_graph.scoring.readers import Unreadable, graph, is_graph
from cls_graph.scoring.target import Target
from cls_graph.scoring.wire import Reply

GROUP = Group("description", {"fr": "Description du service", "en": "Service description"})
RDF = "text/turtle, application/rdf+xml;q=0.8, application/n-triples;q=0.7, application/ld+json;q=0.6"
_SELECT = 'SELECT ("a" AS ?v) { }'
_CONSTRUCT = "CONSTRUCT { <urn:x-cls-graph:a> <urn:x-cls-graph:b> ?v } { VALUES ?v { 1 } }"
_KNOWN = {
    "SPARQL_Results_JSON": (_SELECT, "application/sparql-results+json"),
    "SPARQL_Results_XML": (_SELECT, "application/sparql-results+xml"),
    "SPARQL_Results_CSV": (_SELECT, "text/csv"),
    "SPARQL_Results_TSV": (_SELECT, "text/tab-separated-values"),
    "Turtle": (_CONSTRUCT, "text/turtle"),
    "N-Triples": (_CONSTRUCT, "application/n-triples"),
    "RDF_XML": (_CONSTRUCT, "application/rdf+xml"),
    "JSON-LD": (_CONSTRUCT, "application/ld+json"),
    "TriG": (_CONSTRUCT, "application/trig"),
}
"""The formats that a description may promise, how each is asked for."""


def described(target: Target) -> tuple[Reply, list[Triple], str]:
    """The description as it was given, its statements, and why there are none."""
    if "description" not in target.memory:
        reply = target.send(headers={"Accept": RDF})
        triples: list[Triple] = []
        problem = "" if reply.ok and is_graph(reply.kind) else reply.told("en")
        if not problem:
            try:
                triples = graph(reply.kind, reply.body, target.url)
            except Unreadable as error:
                problem = str(error)
        target.memory["description"] = (reply, triples, problem)
    found: tuple[Reply, list[Triple], str] = target.memory["description"]
    return found


def values(triples: list[Triple], name: str) -> list[str]:
    """The values of a property of the vocabulary of service descriptions, sorted."""
    return sorted(
        {
            t.object.value
            for t in triples
            if t.predicate.value == SD + name and isinstance(t.object, NamedNode | Literal)
        }
    )


def _none() -> Outcome:
    return absent("pas de description", "no description")


@GROUP.check(
    "given",
    SHOULD,
    specs.DESCRIPTION,
    fr="Sans paramètre, l'adresse donne une description en RDF.",
    en="Without a parameter the address gives a description in RDF.",
)
def _given(target: Target) -> Outcome:
    reply, triples, problem = described(target)
    kinds = {t.object.value for t in triples if isinstance(t.object, NamedNode)}
    if problem:
        return failed(reply.told("fr") if not is_graph(reply.kind) else problem, problem)
    return judged(SD + "Service" in kinds, f"{reply.kind}, {len(triples)} triples")


@GROUP.check(
    "endpoint",
    MUST,
    specs.VOCABULARY,
    fr="La description nomme l'adresse à laquelle elle a été demandée.",
    en="The description names the address that it was asked at.",
)
def _endpoint(target: Target) -> Outcome:
    _, triples, problem = described(target)
    if problem or not triples:
        return _none()
    said = values(triples, "endpoint")
    return judged(target.url.rstrip("/") in {url.rstrip("/") for url in said}, ", ".join(said) or "∅")


@GROUP.check(
    "language",
    SHOULD,
    specs.VOCABULARY,
    fr="Elle dit que SPARQL 1.1 est compris.",
    en="It says that SPARQL 1.1 is understood.",
)
def _language(target: Target) -> Outcome:
    _, triples, problem = described(target)
    if problem or not triples:
        return _none()
    said = values(triples, "supportedLanguage")
    return judged(SD + "SPARQL11Query" in said, ", ".join(v.removeprefix(SD) for v in said) or "∅")


@GROUP.check(
    "formats-kept",
    SHOULD,
    specs.VOCABULARY,
    fr="Les formats annoncés sont donnés.",
    en="The formats that are announced are given.",
)
def _formats(target: Target) -> Outcome:
    _, triples, problem = described(target)
    if problem or not triples:
        return _none()
    said = [v.removeprefix(FORMATS) for v in values(triples, "resultFormat")]
    known = [name for name in said if name in _KNOWN]
    if not known:
        return failed("aucun format annoncé", "no format announced")
    broken = []
    for name in known:
        query, kind = _KNOWN[name]
        reply = target.ask(query, kind)
        if not reply.ok or reply.kind != kind:
            broken.append(f"{name}: {reply.told('en')}")
    return failed("; ".join(broken)) if broken else passed(", ".join(known))


def _of_default_dataset(triples: list[Triple]) -> list[str]:
    """The named graphs that a query sees which names no dataset."""

    def after(subjects: set[str], name: str) -> set[str]:
        return {
            str(t.object) for t in triples if t.predicate.value == SD + name and str(t.subject) in subjects
        }

    datasets = {str(t.object) for t in triples if t.predicate.value == SD + "defaultDataset"}
    return sorted(name.strip("<>") for name in after(after(datasets, "namedGraph"), "name"))


@GROUP.check(
    "graphs-kept",
    SHOULD,
    specs.VOCABULARY,
    fr="Les graphes annoncés existent (trois d'entre eux sont demandés).",
    en="The graphs that are announced exist (three of them are asked for).",
)
def _graphs(target: Target) -> Outcome:
    _, triples, problem = described(target)
    if problem or not triples:
        return _none()
    said = [v for v in _of_default_dataset(triples) if not set(v) & set('<>"{}|^`\\ ')]
    if not said:
        return absent("aucun graphe annoncé", "no graph announced")
    for name in (said[0], said[len(said) // 2], said[-1]):
        answer = target.select(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        if answer.table.truth is None:
            return unsure(answer.problem or name)
        if not answer.table.truth:
            return failed(name)
    return passed(f"{len(said)} graphes", f"{len(said)} graphs")


@GROUP.check(
    "union-kept",
    SHOULD,
    specs.VOCABULARY,
    fr="Le graphe par défaut est l'union des autres si c'est annoncé, et seulement alors.",
    en="The default graph is the union of the others where that is announced, and only there.",
)
def _union(target: Target) -> Outcome:
    _, triples, problem = described(target)
    if problem or not triples:
        return _none()
    if not target.named or target.triples < 0:
        return absent("aucun graphe nommé", "no named graph")
    said = SD + "UnionDefaultGraph" in values(triples, "feature")
    name = target.named[0]
    inside = target.values(f"SELECT ?v {{ GRAPH <{name}> {{ ?s ?p ?v }} ?s ?p ?v }} LIMIT 1")
    words = {True: ("annoncée", "announced"), False: ("non annoncée", "not announced")}[said]
    found = {True: ("constatée", "found"), False: ("absente", "absent")}[bool(inside)]
    return judged(said == bool(inside), f"union {words[0]}, {found[0]}", f"union {words[1]}, {found[1]}")


@GROUP.check(
    "syntaxes",
    SHOULD,
    specs.DESCRIPTION,
    fr="La description est donnée dans la syntaxe demandée : Turtle, RDF/XML.",
    en="The description is given in the syntax that is asked for: Turtle, RDF/XML.",
)
def _syntaxes(target: Target) -> Outcome:
    _, _, problem = described(target)
    if problem:
        return _none()
    for kind in ("text/turtle", "application/rdf+xml"):
        reply = target.send(headers={"Accept": kind})
        if not reply.ok or reply.kind != kind:
            return failed(f"{kind}: {reply.told('fr')}", f"{kind}: {reply.told('en')}")
    return passed("text/turtle, application/rdf+xml")


@GROUP.check(
    "page",
    MAY,
    specs.DESCRIPTION,
    fr="Un navigateur reçoit une page à la même adresse.",
    en="A browser gets a page at the same address.",
)
def _page(target: Target) -> Outcome:
    reply = target.send(headers={"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"})
    return judged(reply.ok and reply.kind == "text/html", reply.told("fr"), reply.told("en"))
