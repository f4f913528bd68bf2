"""What a release holds, as a static publication needs it: the things, the concepts, the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, Triple

from cls_graph.namespaces import CLS, RDFS, VOCAB
from cls_graph.records.iris import Iris
from cls_graph_api.publishing.layout import owner_of

_FORMER = f" <{CLS}formerKey> ".encode()
_LABEL = f" <{RDFS}label> ".encode()
_OTHER = ("ontology", "shapes", "rules", "shortcuts")


@dataclass
class Holdings:
    """Paths of things under ``id/`` and of concepts under the vocabularies; what the catalogue graph says."""

    things: set[str] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    catalogue: list[Triple] = field(default_factory=list)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    """The name of each thing by language."""
    former: dict[str, str] = field(default_factory=dict)
    """Paths of bodies that have another key now, each with the path that it has."""

    @classmethod
    def of(cls, nquads: Path, base: str) -> Holdings:
        """Read from the graph of a release, line by line."""
        found, iris = cls(), Iris(base)
        ours, terms = f"<{base}id/".encode(), f"<{VOCAB}".encode()
        about = f" <{iris.graph('catalogue')}> .\n".encode()
        left_out = tuple(f" <{iris.graph(name)}> .\n".encode() for name in _OTHER)
        inferred = f" <{iris.graph('inferred/')}".encode()
        catalogue: list[bytes] = []
        last = b""
        with nquads.open("rb") as lines:
            for line in lines:
                if line.endswith(about):
                    catalogue.append(line)
                subject = line[: line.index(b" ")]
                if _LABEL in line and subject.startswith(ours):
                    found._name(line)
                elif _FORMER in line and subject.startswith(ours):
                    found._moved(line)
                if subject == last or line.endswith(left_out) or inferred in line[-200:]:
                    continue
                last = subject
                if subject.startswith(ours):
                    found.things.add(owner_of(subject[len(ours) : -1].decode()))
                elif subject.startswith(terms):
                    found.concepts.add(subject[len(terms) : -1].decode())
        found.things = {thing for thing in found.things if "/" in thing}
        found.former = {old: new for old, new in found.former.items() if old not in found.things}
        found.catalogue = [q.triple for q in ox.parse(b"".join(catalogue), format=ox.RdfFormat.N_QUADS)]
        return found

    def _name(self, line: bytes) -> None:
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
        path = getattr(quad.subject, "value", "").partition("/id/")[2]
        if (
            quad.predicate.value == RDFS + "label"
            and isinstance(quad.object, Literal)
            and owner_of(path) == path
        ):
            names = self.labels.setdefault(path, {})
            names.setdefault(quad.object.language or "fr", quad.object.value)
            names.setdefault("fr", quad.object.value)

    def _moved(self, line: bytes) -> None:
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
        path = getattr(quad.subject, "value", "").partition("/id/")[2]
        if isinstance(quad.object, Literal):
            # The first of two that claim a key, as the service has it.
            self.former.setdefault(f"{path.partition('/')[0]}/{quad.object.value}", path)
