"""Checks of what an answer says of itself, and of the metadata that editors and robots look for."""

from __future__ import annotations

from functools import partial

from pyoxigraph import NamedNode, Triple

from cls_graph.namespaces import PREFIXES
from cls_graph.scoring import specs
from cls_graph.scoring.checks import MAY, MUST, SHOULD, Group, Outcome, Spec, absent, failed, judged, passed
from cls_graph.scoring.description import RDF
from cls_graph.scoring.protocol import ONE
from cls_graph.scoring.readers import Unreadable, graph
from cls_graph.scoring.target import JSON, Target
from cls_graph.scoring.wire import Reply

GROUP = Group("metadata", {"fr": "Métadonnées", "en": "Metadata"})
VOID, DCTERMS = PREFIXES["void"], PREFIXES["dcterms"]
_RELEASE = ("cls-release", "last-modified", "content-version", "memento-datetime")


@GROUP.check("etag", SHOULD, specs.http("8.8.3"), fr="Une réponse a un ETag.", en="An answer has an ETag.")
def _etag(target: Target) -> Outcome:
    said = target.ask(ONE).headers.get("etag", "")
    return judged(bool(said), f"ETag: {said or '∅'}")


@GROUP.check(
    "not-modified",
    MUST,
    specs.http("13.1.2"),
    fr="Une réponse déjà connue (If-None-Match) est 304, sans corps.",
    en="An answer that is known already (If-None-Match) is 304, without a body.",
)
def _not_modified(target: Target) -> Outcome:
    tag = target.ask(ONE).headers.get("etag", "")
    if not tag:
        return absent("pas d'ETag", "no ETag")
    reply = target.ask(ONE, headers={"If-None-Match": tag})
    return judged(reply.status == 304 and not reply.body, reply.told("fr"), reply.told("en"))


@GROUP.check(
    "etag-by-format",
    MUST,
    specs.http("8.8.3"),
    fr="Deux formats d'une réponse n'ont pas le même ETag.",
    en="Two formats of an answer do not have the same ETag.",
)
def _etag_by_format(target: Target) -> Outcome:
    tags = [target.ask(ONE, kind).headers.get("etag", "") for kind in (JSON, "text/csv")]
    if not all(tags):
        return absent("pas d'ETag", "no ETag")
    return judged(tags[0] != tags[1], ", ".join(tags))


@GROUP.check(
    "cache-control",
    MAY,
    Spec("RFC 9111, 5.2", "https://www.rfc-editor.org/rfc/rfc9111#section-5.2"),
    fr="Cache-Control dit si une réponse peut être gardée.",
    en="Cache-Control says whether an answer may be kept.",
)
def _cache_control(target: Target) -> Outcome:
    said = target.ask(ONE).headers.get("cache-control", "")
    return judged(bool(said), f"Cache-Control: {said or '∅'}")


@GROUP.check(
    "licence-header",
    MAY,
    specs.LICENCE,
    fr="Une réponse dit sous quelle licence elle est (Link, rel=license).",
    en="An answer says under which licence it is (Link, rel=license).",
)
def _licence_header(target: Target) -> Outcome:
    said = target.ask(ONE).headers.get("link", "")
    return judged("license" in said.lower(), f"Link: {said or '∅'}")


@GROUP.check(
    "release-header",
    MAY,
    specs.http("8.8.2"),
    fr="Une réponse dit de quelle version ou de quelle date sont les données.",
    en="An answer says of which version or date the data are.",
)
def _release_header(target: Target) -> Outcome:
    headers = target.ask(ONE).headers
    said = [f"{name}: {headers[name]}" for name in _RELEASE if name in headers]
    return judged(bool(said), "; ".join(said) or "∅")


def void(target: Target) -> tuple[Reply, list[Triple], str]:
    """The description of the dataset at its well-known address, its statements, and why there are none."""
    if "void" not in target.memory:
        url, reply = target.fetch(target.root + ".well-known/void", RDF)
        triples: list[Triple] = []
        problem = "" if reply.ok else reply.told("en")
        if not problem:
            try:
                triples = graph(reply.kind, reply.body, url)
            except Unreadable as error:
                problem = str(error)
        target.memory["void"] = (reply, triples, problem)
    found: tuple[Reply, list[Triple], str] = target.memory["void"]
    return found


@GROUP.check(
    "void",
    SHOULD,
    specs.VOID,
    fr="/.well-known/void décrit le jeu de données en RDF.",
    en="/.well-known/void describes the dataset in RDF.",
)
def _void(target: Target) -> Outcome:
    _, triples, problem = void(target)
    if problem:
        return failed(problem)
    kinds = {t.object.value for t in triples if isinstance(t.object, NamedNode)}
    return judged(VOID + "Dataset" in kinds, f"{len(triples)} triples")


_SAID: tuple[tuple[str, str, str, str, str], ...] = (
    ("void-licence", DCTERMS + "license", SHOULD, "sa licence", "its licence"),
    ("void-title", DCTERMS + "title", SHOULD, "son titre", "its title"),
    ("void-triples", VOID + "triples", MAY, "son nombre de triplets", "its number of triples"),
    ("void-dump", VOID + "dataDump", MAY, "où le télécharger", "where to download it"),
)


def _void_says(target: Target, predicate: str) -> Outcome:
    _, triples, problem = void(target)
    if problem or not triples:
        return absent("pas de description VoID", "no VoID description")
    found = sorted({str(t.object) for t in triples if t.predicate.value == predicate})
    return judged(bool(found), ", ".join(found[:3]) or "∅")


for _name, _predicate, _level, _fr, _en in _SAID:
    GROUP.add(
        _name,
        _level,
        specs.VOID_DATA,
        {
            "fr": f"La description du jeu de données dit {_fr}.",
            "en": f"The description of the dataset says {_en}.",
        },
        partial(_void_says, predicate=_predicate),
    )


@GROUP.check(
    "void-endpoint",
    SHOULD,
    specs.VOID_DATA,
    fr="La description du jeu de données mène à ce service (void:sparqlEndpoint).",
    en="The description of the dataset leads to this service (void:sparqlEndpoint).",
)
def _void_endpoint(target: Target) -> Outcome:
    _, triples, problem = void(target)
    if problem or not triples:
        return absent("pas de description VoID", "no VoID description")
    found = sorted(
        {
            t.object.value
            for t in triples
            if t.predicate.value == VOID + "sparqlEndpoint" and isinstance(t.object, NamedNode)
        }
    )
    return judged(target.url in found, ", ".join(found) or "∅")


_IN_STORE: tuple[tuple[str, Spec, str, str, str], ...] = (
    (
        "prefixes",
        specs.PREFIXES,
        "?x sh:prefix ?p ; sh:namespace ?n",
        "ses préfixes (sh:declare)",
        "its prefixes (sh:declare)",
    ),
    (
        "examples",
        specs.EXAMPLES,
        "?x rdfs:comment ?c ; sh:select|sh:ask|sh:construct ?q",
        "des exemples de requêtes",
        "examples of queries",
    ),
    (
        "partitions",
        Spec("VoID, 4.3", "https://www.w3.org/TR/void/#class-property-partitions"),
        "?x void:classPartition|void:propertyPartition ?y",
        "ses classes et propriétés (VoID)",
        "its classes and properties (VoID)",
    ),
)


def _in_store(target: Target, pattern: str) -> Outcome:
    prefixes = " ".join(f"PREFIX {p}: <{PREFIXES[p]}>" for p in ("rdfs", "sh", "void"))
    for inside in (pattern, f"GRAPH ?g {{ {pattern} }}"):
        answer = target.select(f"{prefixes} SELECT ?x {{ {inside} }} LIMIT 1")
        if answer.well and answer.table.rows:
            return passed(" ".join(answer.table.values("x")))
    return failed(answer.problem or "∅")


for _name, _spec, _pattern, _fr, _en in _IN_STORE:
    _text = {"fr": f"On peut demander au service {_fr}.", "en": f"The service can be asked for {_en}."}
    GROUP.add(_name, MAY, _spec, _text, partial(_in_store, pattern=_pattern))
