"""What to take from official files for a registry: numbers to set, and findings where it is not sure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cls_graph.findings import Finding, finding
from cls_graph.identifiers.digits import possible
from cls_graph.identifiers.matching import Matcher, Proposal
from cls_graph.records.registry import Registry

KINDS = ("siren", "siret", "finess")


@dataclass
class Taking:
    """The outcome: numbers to set by body, those that the files confirm, and findings."""

    proposals: list[Proposal]
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def take(registry: Registry, matcher: Matcher) -> Taking:
    """Decide on every proposal: a number of one body alone, never over another number."""
    proposals = [p for p in matcher.proposals.values() if p.candidates]
    taking = Taking(proposals)
    wanted = Counter(n for p in proposals if p.chosen for n in p.chosen.row.numbers.items())
    held = {
        (k, getattr(e, k)): e.key for e in registry.organisations.values() for k in KINDS if getattr(e, k)
    }
    for proposal in proposals:
        entry, chosen = proposal.entry, proposal.chosen
        place = registry.place("organisation", entry.key)
        if proposal.ambiguous:
            lines = len(proposal.candidates) + proposal.dropped
            several = {"fr": f"{lines} lignes du fichier peuvent", "en": f"{lines} lines of the file"}
            alone = {"fr": "une ligne du fichier peut", "en": "one line of the file"}
            told = alone if lines == 1 else several
            taking.findings.append(finding("identifier-unsure", place, subject=entry.key, lines=told))
        if chosen is None:
            continue
        others: dict[str, str] = {}
        conflict = False
        for kind, value in chosen.row.numbers.items():
            mine, owner = getattr(entry, kind), held.get((kind, value), entry.key)
            if mine == value:
                taking.confirmed.setdefault(entry.key, []).append(kind)
            elif mine or owner != entry.key or wanted[kind, value] > 1 or not possible(kind, value):
                conflict = True
                said = mine or (owner if owner != entry.key else "?")
                taking.findings.append(
                    finding(
                        "identifier-conflict",
                        place,
                        subject=entry.key,
                        kind=kind.upper(),
                        value=value,
                        held=said,
                    )
                )
            else:
                others[kind] = value
        if others and not conflict:
            taking.numbers[entry.key] = others
    return taking
