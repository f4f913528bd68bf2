"""The communes of contracts, with their population, from the official codes that come with the package.

Everything here is computed at build: the registry names the territories that stewards write down, this adds
the communes that follow from them. Nothing is added where the codes do not know a territory.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.geo.codes import Codes, Place, codes
from cls_graph.namespaces import CLS, DCTERMS, IGEO, SKOS
from cls_graph.rdf import lang_text, typed
from cls_graph.records import mapping as m
from cls_graph.records.emitter import STATUS, Emitter, Mapped
from cls_graph.records.iris import Iris
from cls_graph.records.model import Record
from cls_graph.records.registry_graph import TERRITORY_CLASSES
from cls_graph.records.territories import Territory

NOTE = "Calculée depuis le territoire du contrat et les codes officiels ({source}, millésime {vintage})."


def territories_to_graph(
    records: Iterable[Record], known: dict[str, Territory], iris: Iris, official: Codes | None = None
) -> list[Triple]:
    """The commune list of each contract whose record states none, and the facts of every place concerned.

    ``known``: the territories of the registry by key, whose names are written there already.
    """
    official = official or codes()
    mapped = Mapped()
    emit = Emitter(iris, mapped, iris.base)
    places: dict[str, Place] = {}
    for key in known:
        _with_parts(official, key, places)
    for record in records:
        stated = record.contract.communes
        for key in stated.list if stated is not None else ():
            _with_parts(official, key, places)
        territories = [fact.value for fact in record.contract.territory]
        communes = {c for key in territories for c in communes_of(official, key)}
        for key in [*territories, *(f"commune/{code}" for code in communes)]:
            _with_parts(official, key, places)
        if stated is None and communes:
            _list(emit, iris.thing("contract", record.contract.key), sorted(communes), official)
    for key, place in sorted(places.items()):
        _place(emit, place, official, known.get(key))
    return mapped.triples


def communes_of(official: Codes, key: str) -> list[str]:
    """The codes of the communes of a territory: itself, or its members.

    >>> communes_of(codes(), "commune/26362")
    ['26362']
    """
    level, _, code = key.partition("/")
    if level == "commune":
        return [code] if key in official.places else []
    if level == "epci":
        return official.members.get(code, [])
    if level == "arrondissement":
        return [c for c, around in official.arrondissement.items() if around == code]
    return [
        p.code
        for p in official.places.values()
        if p.level == "commune" and code == (p.departement if level == "departement" else p.region)
    ]


def _with_parts(official: Codes, key: str, places: dict[str, Place]) -> None:
    """A territory, its communes, and what they are part of."""
    if key not in official.places:
        return
    keys = [key]
    if key.startswith("epci/"):
        keys += [f"commune/{code}" for code in communes_of(official, key)]
    for one in keys:
        place = official.places[one]
        places[one] = place
        for around in _around(official, place):
            places.setdefault(around, official.places[around])


def _around(official: Codes, place: Place) -> list[str]:
    """The keys of the territories that a place is part of."""
    keys = (
        [f"epci/{official.group[place.code]}"]
        if place.level == "commune" and place.code in official.group
        else []
    )
    keys += [f"departement/{place.departement}"] if place.level not in ("departement", "region") else []
    keys += [f"region/{place.region}"] if place.level != "region" else []
    return [key for key in keys if key in official.places]


def _list(emit: Emitter, contract: str, communes: list[str], official: Codes) -> None:
    node = f"{contract}/communes"
    emit.add(contract, CLS + "hasCommuneList", node)
    emit.node(node, (CLS + "CommuneList",), ())
    for code in communes:
        emit.add(node, CLS + "listsCommune", emit.iris.thing("territory", f"commune/{code}"))
    emit.add(node, CLS + "vintage", typed(official.vintage, "gYear"))
    emit.add(node, CLS + "assertionStatus", STATUS + "computed")
    note = NOTE.format(source=official.source, vintage=official.vintage)
    emit.add(node, CLS + "inferenceNote", lang_text(note))


def _place(emit: Emitter, place: Place, official: Codes, row: Territory | None) -> None:
    """``row``: what the registry says of it, not said again: a query would count it twice."""
    iri = emit.iris.thing("territory", place.key)
    written = {f"departement/{row.departement}", f"region/{row.region}"} if row is not None else set()
    if row is None:
        emit.node(iri, (TERRITORY_CLASSES[place.level],), ())
        emit.identifier(iri, place.key)
        emit.label(iri, place.name, SKOS + "prefLabel")
        emit.add(iri, IGEO + "codeINSEE", Literal(place.code, datatype=NamedNode(m.XSD_TOKEN)))
        emit.add(iri, CLS + "vintage", typed(official.vintage, "gYear"))
    for key in _around(official, place):
        if key not in written:
            emit.add(iri, DCTERMS + "isPartOf", emit.iris.thing("territory", key))
    if place.population >= 0:
        emit.add(iri, CLS + "population", typed(str(place.population), "integer"))
        emit.add(iri, CLS + "populationVintage", typed(official.vintage, "gYear"))
