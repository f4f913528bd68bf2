"""Checks of the catalogue: DCAT at an address of the endpoint's host, as harvesters read it."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from cls_graph.namespaces import DCAT, DCTERMS, HYDRA
from cls_graph.scoring import specs
from cls_graph.scoring.checks import MAY, SHOULD, Group, Outcome, absent, failed, judged, passed
from cls_graph.scoring.description import RDF
from cls_graph.scoring.readers import Unreadable, graph
from cls_graph.scoring.target import Target

GROUP = Group("catalogue", {"fr": "Catalogue", "en": "Catalogue"})
_USUAL = ("catalog", "catalogue", "catalog.ttl", "dcat", "catalog.jsonld")
_NEXT = {HYDRA + "next", HYDRA + "nextPage"}


def _places(target: Target) -> list[str]:
    """Where the catalogue may be: what the data name, at the endpoint's own host; then usual addresses."""
    kind = f"?v a <{DCAT}Catalog>"
    query = f"SELECT DISTINCT ?v {{ {{ {kind} }} UNION {{ GRAPH ?g {{ {kind} }} }} }} LIMIT 5"
    named = [url for url in target.values(query) if target.wire.reaches(url)]
    return [*named, *(target.root + name for name in _USUAL)]


def found(target: Target) -> tuple[str, list[Triple], str]:
    """The address of the catalogue and its statements; or what was seen instead of one."""
    if "catalogue" not in target.memory:
        told = ""
        result: tuple[str, list[Triple], str] | None = None
        for place in _places(target):
            url, reply = target.fetch(place, RDF)
            if not reply.ok:
                told = told or f"{place}: {reply.told('en')}"
                continue
            try:
                triples = graph(reply.kind, reply.body, url)
            except Unreadable as error:
                told = told or f"{place}: {error}"
                continue
            if any(_is(t, "Catalog") for t in triples):
                result = (url, triples, "")
                break
        target.memory["catalogue"] = result or ("", [], told or "∅")
    kept: tuple[str, list[Triple], str] = target.memory["catalogue"]
    return kept


def _is(triple: Triple, name: str) -> bool:
    return isinstance(triple.object, NamedNode) and triple.object.value == DCAT + name


def _none() -> Outcome:
    return absent("pas de catalogue", "no catalogue")


@GROUP.check(
    "given",
    SHOULD,
    specs.DCAT,
    fr="Un catalogue DCAT est donné en RDF, à une adresse du même hôte.",
    en="A DCAT catalogue is given in RDF, at an address of the same host.",
)
def _given(target: Target) -> Outcome:
    url, _, problem = found(target)
    return passed(url) if url else failed(problem)


@GROUP.check(
    "datasets",
    SHOULD,
    specs.DCAT,
    fr="Chaque jeu de données a un titre, une description et une licence (ou ses distributions en ont une).",
    en="Each dataset has a title, a description and a licence (or its distributions have one).",
)
def _datasets(target: Target) -> Outcome:
    url, triples, _ = found(target)
    if not url:
        return _none()
    said: dict[str, set[str]] = {}
    for t in triples:
        said.setdefault(str(t.subject), set()).add(t.predicate.value)
    licensed = {s for s, names in said.items() if names & {DCTERMS + "license", DCTERMS + "rights"}}
    for t in triples:
        if t.predicate.value == DCAT + "distribution" and str(t.object) in licensed:
            licensed.add(str(t.subject))
    datasets = sorted({str(t.subject) for t in triples if _is(t, "Dataset")})
    if not datasets:
        return failed("aucun dcat:Dataset", "no dcat:Dataset")
    wanted = {DCTERMS + "title", DCTERMS + "description"}
    poor = [d for d in datasets if not wanted <= said.get(d, set()) or d not in licensed]
    fr = f"{len(datasets)} jeux de données" + (f", incomplets : {', '.join(poor[:3])}" if poor else "")
    en = f"{len(datasets)} datasets" + (f", incomplete: {', '.join(poor[:3])}" if poor else "")
    return judged(not poor, fr, en)


@GROUP.check(
    "distributions",
    SHOULD,
    specs.DCAT,
    fr="Une distribution mène à un fichier, ou au service lui-même.",
    en="A distribution leads to a file, or to the service itself.",
)
def _distributions(target: Target) -> Outcome:
    url, triples, _ = found(target)
    if not url:
        return _none()
    names = {DCAT + "downloadURL", DCAT + "accessURL", DCAT + "endpointURL"}
    urls = sorted(
        {t.object.value for t in triples if t.predicate.value in names and isinstance(t.object, NamedNode)}
    )
    if not urls:
        return failed("∅")
    near = [u for u in urls if target.wire.reaches(u) and u != target.url]
    if not near:
        return passed(", ".join(urls[:3]))
    reply = target.wire.send("HEAD", near[0])
    return judged(reply.ok, f"{near[0]}: {reply.told('fr')}", f"{near[0]}: {reply.told('en')}")


@GROUP.check(
    "paging",
    MAY,
    specs.HYDRA,
    fr="La page suivante du catalogue, s'il y en a une, est donnée.",
    en="The next page of the catalogue, where there is one, is given.",
)
def _paging(target: Target) -> Outcome:
    url, triples, _ = found(target)
    if not url:
        return _none()
    onward = sorted(
        {t.object.value for t in triples if t.predicate.value in _NEXT and isinstance(t.object, NamedNode)}
    )
    if not onward:
        return absent("une seule page", "one page only")
    _, reply = target.fetch(onward[0], RDF)
    return judged(reply.ok, f"{onward[0]}: {reply.told('fr')}", f"{onward[0]}: {reply.told('en')}")
