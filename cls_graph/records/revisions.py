"""The states of an amended contract: the one first signed, then one for each amendment.

An amendment (avenant) revises its contract and makes no new one. Each state says which period held in it;
a state that changes nothing of the period has that of the state before it.
"""

from __future__ import annotations

from collections.abc import Mapping

from cls_graph.errors import Text
from cls_graph.namespaces import CLS
from cls_graph.rdf import lang_text
from cls_graph.records import mapping as m
from cls_graph.records.emitter import STATUS, Emitter
from cls_graph.records.model import Amendment, Record

INITIAL = "initial"
ORIGIN: Text = {"fr": "État d’origine", "en": "Original state"}
AMENDED: Text = {"fr": "Avenant", "en": "Amendment"}
"""What a state without a title of its own is called."""
ORIGIN_NOTE = "État d’origine du contrat, avant ses avenants."


def chain(amendments: Mapping[str, Amendment], key: str) -> list[Amendment]:
    """An amendment and those before it, newest first; a chain that goes round is cut."""
    found: dict[str, Amendment] = {}
    while key in amendments and key not in found:
        found[key] = amendments[key]
        revises = amendments[key].revises
        key = revises.value if revises is not None else INITIAL
    return list(found.values())


def current(record: Record) -> str:
    """The id of the amendment that no other revises: the end of the longest chain, then the last id."""
    amendments = {a.id: a for a in record.amendments}
    revised = {a.revises.value for a in record.amendments if a.revises is not None}
    ends = [key for key in amendments if key not in revised] or list(amendments)
    return max(ends, key=lambda key: (len(chain(amendments, key)), key))


def emit_revisions(emit: Emitter, contract: str, record: Record) -> None:
    """What links the states: order, the period of each, the current one. Their own facts are a section."""
    base = f"{contract}/{m.REVISION.part}"
    initial = f"{base}/{INITIAL}"
    emit.add(contract, m.REVISION.property, initial)
    emit.node(initial, m.REVISION.classes, ("contract",))
    emit.add(initial, CLS + "assertionStatus", STATUS + "computed")
    emit.add(initial, CLS + "inferenceNote", lang_text(ORIGIN_NOTE))
    for lang, called in ORIGIN.items():
        emit.add(initial, m.LABEL, lang_text(called, lang))
    origin = f"{contract}/period" if record.contract.period is not None else None
    if origin is not None:
        emit.add(initial, CLS + "revisionPeriod", origin)
    amendments = {a.id: a for a in record.amendments}
    last = current(record)
    for key, amendment in amendments.items():
        for lang, called in AMENDED.items() if amendment.title is None else ():
            emit.add(f"{base}/{key}", m.LABEL, lang_text(f"{called} {key}", lang))
        if amendment.revises is None:
            emit.add(f"{base}/{key}", CLS + "revises", initial)
        changed = next((a.id for a in chain(amendments, key) if a.period is not None), None)
        period = f"{base}/{changed}/period" if changed is not None else origin
        if period is not None and changed != key:
            emit.add(f"{base}/{key}", CLS + "revisionPeriod", period)
        if key == last:
            emit.add(contract, CLS + "currentRevision", f"{base}/{key}")
            if period is not None:
                emit.add(contract, CLS + "validityPeriod", period)
