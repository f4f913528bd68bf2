"""From the query service to the index of a release: a few plain queries, each within its limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from cls_graph.namespaces import CLS, DCTERMS, FOAF, IGEO, ORG, RDF, RDFS, SH, SKOS, TIME
from cls_graph.service import Asking
from cls_graph.service.ticket import Ticket
from cls_graph_api.pages.model import (
    Concept,
    Contract,
    Index,
    Names,
    Organisation,
    Party,
    Territory,
)

_OF_CONTRACT = {
    DCTERMS + "identifier": "key",
    CLS + "contractStatus": "status",
    CLS + "ordinal": "ordinal",
    CLS + "territory": "territories",
    CLS + "inDepartement": "departements",
    CLS + "inRegion": "regions",
    CLS + "implementsFramework": "frameworks",
    CLS + "targetsPopulation": "populations",
    CLS + "succeeds": "predecessors",
    CLS + "addressesDeterminant": "determinants",
}
_OF_ORGANISATION = {
    DCTERMS + "identifier": "key",
    ORG + "classification": "kind",
    CLS + "siren": "siren",
    DCTERMS + "spatial": "territories",
}
_LEVELS = {"Commune": "commune", "Intercommunalite": "epci", "Departement": "departement", "Region": "region"}
_LABELS = (SKOS + "prefLabel", DCTERMS + "title", FOAF + "name", RDFS + "label")
_OTHERS = (SKOS + "altLabel", SKOS + "hiddenLabel")
_NAMED = (
    CLS + "LocalHealthContract",
    CLS + "SourceDocument",
    CLS + "PolicyFramework",
    FOAF + "Person",
    ORG + "Organization",
    SKOS + "Concept",
    SKOS + "ConceptScheme",
)
_YEARS = "|".join(f"<{TIME}{name}>" for name in ("inXSDgYear", "inXSDgYearMonth", "inXSDDate"))


def _values(*iris: str) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _each(iris: Iterable[str]) -> str:
    """The pattern of ``?s ?p ?o`` for some properties, property by property.

    Engines read each of them in one go; VALUES for ``?p`` looks every thing up for every property, which
    takes several times as long.
    """
    return " UNION ".join(f"{{ ?s <{iri}> ?o BIND(<{iri}> AS ?p) }}" for iri in iris)


_CONTRACTS = f"SELECT ?s ?p ?o WHERE {{ ?s a <{CLS}LocalHealthContract> . {_each(_OF_CONTRACT)} }}"
_PERIODS = (
    f"SELECT ?s ?b ?e ?d WHERE {{ ?s <{CLS}validityPeriod> ?period "
    f"OPTIONAL {{ ?period <{TIME}hasBeginning>/({_YEARS}) ?b }} "
    f"OPTIONAL {{ ?period <{TIME}hasEnd>/({_YEARS}) ?e }} "
    f"OPTIONAL {{ ?period <{TIME}hasXSDDuration> ?d }} }}"
)
_PARTIES = (
    f"SELECT ?s ?e ?role ?kind ?party WHERE {{ ?s <{CLS}hasEngagement> ?e . ?e <{CLS}partyRole> ?role "
    f"OPTIONAL {{ ?e <{CLS}partyKind> ?kind }} OPTIONAL {{ ?e <{CLS}party> ?party }} }}"
)
_REVIEWS = (
    f"SELECT ?s ?state ?by ?on WHERE {{ ?r <{FOAF}primaryTopic> ?s ; <{CLS}reviewState> ?state "
    f"OPTIONAL {{ ?r <{CLS}reviewedBy> ?by }} OPTIONAL {{ ?r <{CLS}reviewedOn> ?on }} }}"
)
_EARLIER = (
    f"SELECT ?s ?by ?on WHERE {{ ?r <{FOAF}primaryTopic> ?s ; <{CLS}earlierReview> ?e . "
    f"?e <{CLS}reviewedBy> ?by OPTIONAL {{ ?e <{CLS}reviewedOn> ?on }} }}"
)
_ELEMENTS = f"SELECT ?e ?s WHERE {{ ?s <{CLS}hasProgrammeElement> ?e }}"
_THEMES = f"SELECT ?s ?p ?o WHERE {{ {_each((CLS + 'addressesDeterminant', CLS + 'targetsPopulation'))} }}"
_ABOVE = f"SELECT ?e ?above WHERE {{ ?e <{CLS}isSubElementOf> ?above }}"
_AXES = f"SELECT ?e ?type WHERE {{ ?e <{CLS}axisType> ?type }}"
_ORGANISATIONS = f"SELECT ?s ?p ?o WHERE {{ ?s <{ORG}classification> ?any . {_each(_OF_ORGANISATION)} }}"
_TERRITORIES = (
    f"SELECT ?s ?code ?type ?in WHERE {{ ?s <{IGEO}codeINSEE> ?code ; <{RDF}type> ?type "
    f"OPTIONAL {{ ?s <{DCTERMS}isPartOf> ?in }} }}"
)
_CONCEPTS = (
    f"SELECT ?s ?scheme ?notation ?broader WHERE {{ ?s <{SKOS}inScheme> ?scheme "
    f"OPTIONAL {{ ?s <{SKOS}notation> ?notation }} OPTIONAL {{ ?s <{SKOS}broader> ?broader }} }}"
)
_NAMES = (
    f"SELECT ?s ?type ?p ?o (LANG(?o) AS ?lang) WHERE {{ VALUES ?type {{ {_values(*_NAMED)} }} "
    f"?s <{RDF}type> ?type . {_each((*_LABELS, *_OTHERS))} }}"
)
_PLACE_NAMES = (
    f"SELECT ?s ?p ?o (LANG(?o) AS ?lang) WHERE {{ "
    f"?s <{IGEO}codeINSEE> ?code . {_each((*_LABELS, *_OTHERS))} }}"
)


_SHAPES = (
    f"SELECT ?kind ?path ?order ?group ?place WHERE {{ ?shape <{SH}targetClass> ?kind ; <{SH}property> ?p . "
    f"?p <{SH}path> ?path ; <{SH}order> ?order FILTER(isIRI(?path)) "
    f"OPTIONAL {{ ?p <{SH}group> ?group . ?group <{SH}order> ?place }} }}"
)
_GROUPS = (
    f"SELECT ?s ?o (LANG(?o) AS ?lang) WHERE {{ ?s <{RDF}type> <{SH}PropertyGroup> ; <{RDFS}label> ?o }}"
)


async def read_index(pool: Asking) -> Index:
    """The index of what ``pool`` answers from. Raises as ``QueryPool.query``."""
    index = Index()
    await _contracts(pool, index)
    await _programme(pool, index)
    await _registry(pool, index)
    await _vocabularies(pool, index)
    await _names(pool, index)
    await _order(pool, index)
    _linked(index)
    return index


async def _rows(pool: Asking, query: str, index: Index) -> Iterator[list[str]]:
    """The rows of a SELECT query as text; notes in ``index`` where a limit cut them."""
    # Read once for everybody: whoever comes first does not pay for it.
    answer = await pool.query(query, asked="csv", ticket=Ticket())
    body = b"".join([block async for block in answer.body])
    index.limit = index.limit or (answer.cut.limit if answer.cut else "")
    reader = csv.reader(io.StringIO(body.decode()))
    next(reader, None)
    return reader


async def _contracts(pool: Asking, index: Index) -> None:
    for iri, name, value in await _rows(pool, _CONTRACTS, index):
        contract = index.contracts.setdefault(iri, Contract(iri))
        known = _OF_CONTRACT[name]
        if known == "determinants":
            contract.determinants.setdefault(value, set())
        elif isinstance(held := getattr(contract, known), set):
            held.add(value)
        else:
            setattr(contract, known, value)
    for iri, begin, end, duration in await _rows(pool, _PERIODS, index):
        if iri in index.contracts:
            contract = index.contracts[iri]
            contract.begin, contract.end, contract.duration = _year(begin), _year(end), duration
    for iri, node, role, kind, body in await _rows(pool, _PARTIES, index):
        if iri in index.contracts:
            party = Party(role, kind, body)
            index.contracts[iri].parties.append(party)
            if party.signs:
                index.contracts[iri].states(kind, node)
    for iri, state, by, on in await _rows(pool, _REVIEWS, index):
        if iri in index.contracts:
            index.contracts[iri].reviewed = state, by, on
    for iri, by, on in await _rows(pool, _EARLIER, index):
        if iri in index.contracts:
            index.contracts[iri].earlier = sorted([*index.contracts[iri].earlier, (on, by)])


async def _programme(pool: Asking, index: Index) -> None:
    """Determinants and populations of the elements of a programme, with the types of their axes."""
    above: dict[str, str] = dict(await _rows(pool, _ABOVE, index))
    types: dict[str, str] = dict(await _rows(pool, _AXES, index))
    of: dict[str, list[Contract]] = {}
    for element, iri in await _rows(pool, _ELEMENTS, index):
        if iri in index.contracts:
            of.setdefault(element, []).append(index.contracts[iri])
    for element, name, value in await _rows(pool, _THEMES, index):
        for contract in of.get(element, ()):
            if name == CLS + "targetsPopulation":
                contract.populations.add(value)
                continue
            found = contract.determinants.setdefault(value, set())
            contract.states(value, element)
            if axis := _axis(element, above, types):
                found.add(axis)


def _axis(element: str, above: dict[str, str], types: dict[str, str]) -> str:
    """The type of the axis that an element is, or is part of."""
    seen = set()
    while element and element not in types and element not in seen:
        seen.add(element)
        element = above.get(element, "")
    return types.get(element, "")


async def _registry(pool: Asking, index: Index) -> None:
    for iri, name, value in await _rows(pool, _ORGANISATIONS, index):
        body = index.organisations.setdefault(iri, Organisation(iri))
        known = _OF_ORGANISATION[name]
        if known == "territories":
            body.territories.add(value)
        else:
            setattr(body, known, value)
    for iri, code, kind, within in await _rows(pool, _TERRITORIES, index):
        place = index.territories.setdefault(iri, Territory(iri, code))
        place.level = _LEVELS.get(kind.rpartition("#")[2], place.level)
        if within:
            place.within.add(within)


async def _vocabularies(pool: Asking, index: Index) -> None:
    for iri, scheme, notation, broader in await _rows(pool, _CONCEPTS, index):
        index.concepts[iri] = Concept(iri, scheme, notation, broader)


async def _names(pool: Asking, index: Index) -> None:
    order = {name: rank for rank, name in enumerate(_LABELS)}
    chosen: dict[tuple[str, str], int] = {}

    def note(iri: str, name: str, text: str, lang: str) -> None:
        names = index.names.setdefault(iri, Names())
        rank = order.get(name)
        if rank is None:
            names.others.add(text)
        elif rank < chosen.get((iri, lang), len(order)):
            chosen[iri, lang] = rank
            names.best[lang] = text

    for iri, kind, name, text, lang in await _rows(pool, _NAMES, index):
        index.kinds[iri] = kind.rpartition("#")[2].rpartition("/")[2]
        note(iri, name, text, lang)
    for iri, name, text, lang in await _rows(pool, _PLACE_NAMES, index):
        note(iri, name, text, lang)


async def _order(pool: Asking, index: Index) -> None:
    """The groups and the order that the shapes give the properties of a class."""
    for kind, path, order, group, place in await _rows(pool, _SHAPES, index):
        # Several shapes may speak of a property: the one that places it first counts, whichever comes first.
        known = index.places.get((kind, path))
        found = (group, float(order))
        index.places[kind, path] = found if known is None else min(known, found, key=lambda p: (p[1], p[0]))
        if group:
            index.group_order[group] = float(place)
    for iri, text, lang in await _rows(pool, _GROUPS, index):
        index.names.setdefault(iri, Names()).best[lang] = text
        index.kinds[iri] = "PropertyGroup"


def _linked(index: Index) -> None:
    """What follows from both sides of a link: roles of bodies, contracts of territories."""
    for contract in index.contracts.values():
        for party in contract.parties:
            if party.organisation in index.organisations:
                roles = index.organisations[party.organisation].roles
                roles.setdefault(contract.iri, set()).add(party.role)
        for place in (*contract.territories, *contract.departements, *contract.regions):
            if place in index.territories:
                index.territories[place].contracts.add(contract.iri)
    for place_iri in index.territories:
        index.kinds[place_iri] = "Territory"


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() else None
