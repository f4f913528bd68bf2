"""Puts what drafts propose into the registry: bodies, territories and the document, shown, appended.

Nothing else is touched. No identifier is made up: a body has its kind, its label and the place that gives
its key.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.drafting.document import DOCUMENTS, Entry, with_entry
from cls_graph.drafting.outcome import Draft, Plain
from cls_graph.errors import OutputError
from cls_graph.geo import Place, codes
from cls_graph.geo.codes import COLUMNS
from cls_graph.records.registry import load_registry

BODIES, TERRITORIES = "organisations.yaml", "territories.csv"


@dataclass
class Additions:
    """What the registry lacks: bodies, places in the order in which they contain each other, the document."""

    organisations: list[Plain] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    document: Entry | None = None

    def lines(self, lang: str) -> list[str]:
        """A line for each, to show."""
        bodies = [f"{o['key']}  {o['label']}" for o in self.organisations]
        places = [f"{p.key}  {p.name}" for p in self.places]
        return [*bodies, *places, *([self.document.line(lang)] if self.document else [])]


def additions(drafts: Iterable[Draft], corpus: Corpus) -> Additions:
    """The bodies and places that the drafts name and the registry has not, each once.

    A key is a body: what another draft calls it is left out.
    """
    found, registry, table = Additions(), corpus.registry, codes()
    keys: list[str] = []
    known = set(registry.organisations)
    for draft in drafts:
        head = draft.record["contract"]
        keys += [fact["value"] for fact in head.get("territory", [])]
        for body in draft.organisations:
            keys += body["territory"]
            if body["key"] not in known:
                known.add(body["key"])
                found.organisations.append(body)
    places: dict[str, Place] = {}
    for key in keys:
        place = table.places.get(key)
        if place is not None:
            lies = [f"departement/{d}" for d in table.departements_of(place)]
            around = [f"region/{place.region}", *lies, key]
            places |= {k: table.places[k] for k in around if k in table.places}
    order = ("region", "departement", "arrondissement", "epci", "commune")
    missing = [p for p in places.values() if p.key not in registry.territories]
    found.places = sorted(missing, key=lambda p: (order.index(p.level), p.code))
    return found


def registered(wanted: Additions, corpus: Corpus) -> tuple[dict[Path, bytes], dict[Path, bytes | None]]:
    """The files of the registry with the additions at their ends, and what they held (``None``: new).

    Raises ``OutputError`` where a file is not laid out so that this is certain to add them and no more.
    """
    files: dict[Path, bytes] = {}
    known: dict[Path, bytes | None] = {}
    data = corpus.root / "data"
    if wanted.organisations:
        path = data / BODIES
        known[path] = path.read_bytes() if path.is_file() else None
        files[path] = _with_bodies(path, known[path] or b"organisations: []\n", wanted.organisations)
    if wanted.places:
        path = data / TERRITORIES
        known[path] = path.read_bytes() if path.is_file() else None
        old = known[path] or f"{','.join(COLUMNS)}\n".encode()
        gap = b"" if old.endswith(b"\n") else b"\n"
        files[path] = old + gap + _rows(wanted.places).encode()
    if wanted.document is not None:
        path = data / DOCUMENTS
        known[path] = path.read_bytes() if path.is_file() else None
        files[path] = with_entry(path, known[path] or b"documents: []\n", wanted.document)
    return files, known


def _with_bodies(path: Path, old: bytes, bodies: Sequence[Plain]) -> bytes:
    """The file with entries after its last one, read back before it is trusted."""
    entries = "".join(
        f"  - key: {b['key']}\n    label: {json.dumps(b['label'], ensure_ascii=False)}\n"
        f"    kind: {b['kind']}\n    territory: [{', '.join(b['territory'])}]\n"
        for b in bodies
    )
    text = old.decode("utf-8-sig", "replace")
    before, _ = load_registry({path.name: old})
    if not before.organisations:
        text = text.replace("organisations: []", "organisations:")
        listed = re.search(r"^organisations:", text, re.MULTILINE)
        text = text if listed else text.rstrip("\n") + "\norganisations:\n"
    new = (text.rstrip("\n") + "\n" + entries).encode()
    after, findings = load_registry({path.name: new})
    wanted = {**before.organisations, **{b["key"]: after.organisations.get(b["key"]) for b in bodies}}
    if findings or after.organisations != wanted or None in wanted.values():
        raise OutputError(
            f"{path} n'est pas écrit de façon à recevoir des organismes à la fin : rien n'est écrit.",
            f"{path} is not laid out so that bodies can be added at its end: nothing is written.",
        )
    return new


def _rows(places: Sequence[Place]) -> str:
    """Rows of ``territories.csv``."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(codes().row(place) for place in places)
    return out.getvalue()
