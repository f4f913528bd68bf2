"""Rules followed one triple at a time: forwards from what is new, backwards from what is to be explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.entailment.rule import Atom, Rule, Slot, Var
from cls_graph.rdf import AnyTerm

Bindings = dict[str, AnyTerm]
Match = Callable[[AnyTerm | None, NamedNode | None, AnyTerm | None], Iterator[Triple]]
"""A look-up of triples that hold: subject, predicate and object, ``None`` for any."""


def unify(atom: Atom, t: Triple, known: Bindings | None = None) -> Bindings | None:
    """What the variables of a pattern must be for it to be ``t``; ``None`` where it cannot be."""
    bindings = dict(known or {})
    for slot, term in zip(atom, (t.subject, t.predicate, t.object), strict=True):
        if isinstance(slot, Var):
            if bindings.setdefault(slot.name, term) != term:
                return None
        elif slot != term:
            return None
    return bindings


def instance(atom: Atom, bindings: Bindings) -> Triple | None:
    """The triple that a pattern gives; ``None`` where its subject would be a literal."""
    subject, _, value = (_value(slot, bindings) for slot in atom)
    if subject is None or value is None or isinstance(subject, Literal):
        return None
    return Triple(subject, atom[1], value)


def solutions(atoms: Sequence[Atom], match: Match, bindings: Bindings) -> Iterator[Bindings]:
    """All ways in which patterns hold together, given what is bound already."""
    if not atoms:
        yield bindings
        return
    first, *rest = atoms
    subject, _, value = (_value(slot, bindings) for slot in first)
    for t in match(subject, first[1], value):
        found = unify(first, t, bindings)
        if found is not None:
            yield from solutions(rest, match, found)


def forwards(rule: Rule, t: Triple, match: Match) -> Iterator[Triple]:
    """What a rule gives with ``t`` as one of its premises."""
    for number, atom in enumerate(rule.body):
        bindings = unify(atom, t)
        if bindings is None:
            continue
        others = _connected([*rule.body[:number], *rule.body[number + 1 :]], set(bindings))
        for found in solutions(others, match, bindings):
            head = instance(rule.head, found)
            if head is not None:
                yield head


def backwards(rule: Rule, t: Triple, match: Match) -> Iterator[tuple[Triple, ...]]:
    """The premises from which a rule gives ``t``, for each way in which it does."""
    bindings = unify(rule.head, t)
    if bindings is None:
        return
    atoms = _connected(list(rule.body), set(bindings))
    for found in solutions(atoms, match, bindings):
        premises = [instance(atom, found) for atom in rule.body]
        yield tuple(p for p in premises if p is not None)


def _connected(atoms: list[Atom], bound: set[str]) -> list[Atom]:
    """The patterns in an order in which each has a variable that is bound by then, where there is one."""
    ordered: list[Atom] = []
    waiting = list(atoms)
    while waiting:
        best = max(waiting, key=lambda atom: sum(_fixed(slot, bound) for slot in atom))
        waiting.remove(best)
        ordered.append(best)
        bound |= {slot.name for slot in best if isinstance(slot, Var)}
    return ordered


def _fixed(slot: Slot, bound: set[str]) -> bool:
    return not isinstance(slot, Var) or slot.name in bound


def _value(slot: Slot, bindings: Bindings) -> AnyTerm | None:
    return bindings.get(slot.name) if isinstance(slot, Var) else slot
