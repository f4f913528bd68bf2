"""The registry of a made-up corpus: what each territory adds to it, and what several share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from benchmarks.contracts import document_key
from benchmarks.faults import Batch
from benchmarks.world import (
    DEPARTMENTAL,
    VINTAGE,
    association,
    departmental_body,
    regional_body,
)
from cls_graph.records.territories import Territory as Row


@dataclass
class Entries:
    """Entries of the registry, as plain data."""

    organisation: list[dict[str, Any]] = field(default_factory=list)
    framework: list[dict[str, Any]] = field(default_factory=list)
    document: list[dict[str, Any]] = field(default_factory=list)
    territory: list[Row] = field(default_factory=list)


@dataclass
class Places:
    """The bodies that several territories share, of which only those that a contract names are written."""

    regions: set[str] = field(default_factory=set)
    departments: dict[str, str] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)

    def note(self, batch: Batch) -> None:
        """Remember what a batch names beyond its own territory."""
        self.regions.add(batch.territory.region)
        self.departments[batch.territory.department] = batch.territory.region
        for record in batch.records:
            self.bodies.update(engagement["party"] for engagement in record["engagements"])

    def local(self, batch: Batch) -> Entries:
        """The entries of one territory."""
        place = batch.territory
        row = Row(place.level, place.code, place.name, place.department, place.region, VINTAGE)
        texts = [_document(batch, generation) for generation in range(1, len(batch.records) + 1)]
        return Entries(organisation=batch.bodies, document=texts, territory=[row])

    def shared(self) -> Entries:
        """Agencies, regional projects, départements, associations."""
        entries = Entries()
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
