"""The registry of a made-up corpus: what each territory adds to it, and what several share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.faults import Batch
from benchmarks.quoting import document_key
from benchmarks.rarities import persons
from benchmarks.world import (
    DEPARTMENTAL,
    FIRST_LISTED,
    VINTAGE,
    Territory,
    association,
    departmental_body,
    listed_commune,
    regional_body,
)
from cls_graph.geo.codes import Place, codes
from cls_graph.records import territory_graph
from cls_graph.records.registry import Registry
from cls_graph.records.territories import Territory as Row


@dataclass
class Entries:
    """Entries of the registry, as plain data."""

    organisation: list[dict[str, Any]] = field(default_factory=list)
    framework: list[dict[str, Any]] = field(default_factory=list)
    document: list[dict[str, Any]] = field(default_factory=list)
    person: list[dict[str, Any]] = field(default_factory=list)
    territory: list[Row] = field(default_factory=list)


@dataclass
class Places:
    """The bodies that several territories share, of which only those that a contract names are written."""

    regions: set[str] = field(default_factory=set)
    departments: dict[str, str] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)
    communes: dict[str, Territory] = field(default_factory=dict)
    """The members of groupings that a contract lists, by their code."""

    def note(self, batch: Batch) -> None:
        """Remember what a batch names beyond its own territory."""
        self.regions.add(batch.territory.region)
        self.departments[batch.territory.department] = batch.territory.region
        for record in batch.records:
            self.bodies.update(e["party"] for e in record["engagements"] if "party" in e)
            for key in record["contract"].get("communes", {}).get("list", ()):
                commune = listed_commune(batch.territory, int(key[-3:]) - FIRST_LISTED)
                self.communes[commune.code] = commune

    def local(self, batch: Batch) -> Entries:
        """The entries of one territory."""
        texts = [_document(batch, generation) for generation in range(1, len(batch.records) + 1)]
        return Entries(
            organisation=batch.bodies,
            document=texts,
            person=list(persons(batch.records)),
            territory=[_row(batch.territory)],
        )

    def shared(self) -> Entries:
        """Agencies, regional projects, départements, members of groupings, associations."""
        entries = Entries(territory=[_row(commune) for _, commune in sorted(self.communes.items())])
        for region in sorted(self.regions):
            entries.organisation.append(regional_body(region))
            entries.framework.append(_project(region))
            entries.territory.append(Row("region", region, f"Région {region}", "", "", VINTAGE))
        for code, region in sorted(self.departments.items()):
            entries.territory.append(Row("departement", code, f"Département {code}", "", region, VINTAGE))
            entries.organisation += [
                departmental_body(kind, code) for kind in DEPARTMENTAL if f"{kind}-{code}" in self.bodies
            ]
        ranks = sorted(
            int(key.rpartition("-")[2]) for key in self.bodies if key.startswith("reseau-association")
        )
        entries.organisation += [association(rank) for rank in ranks]
        return entries


def _row(place: Territory) -> Row:
    return Row(place.level, place.code, place.name, place.department, place.region, VINTAGE)


@contextmanager
def with_populations(registry: Registry) -> Iterator[None]:
    """While it lasts, the made-up communes of a registry are among the official codes, with a population."""
    real = codes()
    known = [Place(r.level, r.code, r.name, r.departement, r.region) for r in registry.territories.values()]
    made = {p.key: p._replace(population=population(p.code)) for p in known if p.level == "commune"}
    official = replace(real, places=made | real.places)
    setattr(territory_graph, "codes", lambda: official)  # noqa: B010
    try:
        yield
    finally:
        setattr(territory_graph, "codes", codes)  # noqa: B010


def population(code: str) -> int:
    """The made-up population of a made-up commune."""
    return 200 + int(code) * 7919 % 30_000


def _document(batch: Batch, generation: int) -> dict[str, Any]:
    return {
        "key": document_key(batch.territory, generation),
        "title": f"Contrat local de santé de {batch.territory.name} ({generation})",
        "publisher": f"ars-{batch.territory.region}",
        "url": f"https://example.org/textes/{batch.territory.code}/{generation}",
        "type": "press-release",
        "language": "fr",
        "reliability": "official-release",
    }


def _project(region: str) -> dict[str, Any]:
    return {
        "key": f"prs-{region}",
        "title": f"Projet régional de santé de la région {region}",
        "type": "regional-health-project",
        "territory": [f"region/{region}"],
    }
