"""Things that only have another key now: contracts by what they say, bodies by the key they say they had."""

from __future__ import annotations

import re

from cls_graph.changes.lines import quads
from cls_graph.changes.states import State
from cls_graph.namespaces import CLS, DCTERMS

_SAME = 0.5
"""Share of the statements that two contracts must have in common to be one."""
_MOST = 20


def rekeyed_contracts(
    old: State, new: State, before: dict[str, set[str]], after: dict[str, set[str]]
) -> dict[str, str]:
    """Contracts that only have another key now: same carrier or title, and most statements the same."""
    come: dict[str, list[str]] = {}
    for key in sorted(after.keys() - before.keys()):
        for mark in (_code(key), _title(after[key])):
            come.setdefault(mark, []).append(key)
    found: dict[str, str] = {}
    for key in sorted(before.keys() - after.keys()):
        likely = (come.get(mark, []) for mark in (_code(key), _title(before[key])))
        # A title that many share says nothing.
        candidates = {other for them in likely if len(them) <= _MOST for other in them} - {*found.values()}
        plain = _without_key(before[key], old.iris.thing("contract", key)) if candidates else set()
        scores = []
        for other in sorted(candidates):
            there = _without_key(after[other], new.iris.thing("contract", other))
            scores.append((len(plain & there) / max(len(plain | there), 1), other))
        best = max(scores, default=(0.0, ""))
        if best[0] >= _SAME:
            found[key] = best[1]
    return found


def _code(key: str) -> str:
    """The code of the carrier, which begins the key."""
    return key.rpartition("-")[0]


def _title(lines: set[str]) -> str:
    mark = f" <{DCTERMS}title> "
    return min((line.partition(mark)[2].rpartition(" <")[0] for line in lines if mark in line), default="")


def _without_key(lines: set[str], iri: str) -> set[str]:
    graph = re.compile(r" <[^>]*> \.\n$")
    return {graph.sub("", line.replace(iri, "urn:this")) for line in lines}


def rekeyed_things(old: State, new: State) -> dict[str, str]:
    """Bodies of the registry that have another key now and say so (``formerly``): old IRI, new IRI."""
    mark = f" <{CLS}formerKey> "
    known, still = _subjects(old), _subjects(new)
    found = {}
    for quad in quads(line for line in new.graphs.get(new.iris.graph("registry"), ()) if mark in line):
        now, was = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
        kind = (new.iris.kind_and_key(now) or ("",))[0]
        former = old.iris.thing(kind, was)
        if former in known and former not in still:
            found[former] = now
    return found


def _subjects(state: State) -> set[str]:
    return {line[1:].partition(">")[0] for line in state.graphs.get(state.iris.graph("registry"), ())}


def renamed(lines: set[str], names: dict[str, str]) -> set[str]:
    """The lines with other IRIs for some things, and for what is under them."""
    if not names:
        return lines
    pattern = re.compile("|".join(f"{re.escape(name)}(?=[>/])" for name in sorted(names, reverse=True)))
    return {pattern.sub(lambda found: names[found[0]], line) for line in lines}
