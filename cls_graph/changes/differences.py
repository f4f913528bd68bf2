"""What changed in one thing: its items, their values, and the quotes that carry them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from cls_graph.changes.items import BESIDE, Item, Quoted
from cls_graph.rdf import AnyTerm

PATCH, MINOR, MAJOR = "patch", "minor", "major"
SIZES = (PATCH, MINOR, MAJOR)
ADDED, WITHDRAWN, CHANGED, MOVED, REKEYED = "added", "withdrawn", "changed", "moved", "rekeyed"


@dataclass(frozen=True)
class Change:
    """One thing to tell. ``slot`` is empty where a whole item came or went; terms are those of RDF."""

    action: str
    item: str
    part: str
    slot: str = ""
    old: tuple[AnyTerm, ...] = ()
    new: tuple[AnyTerm, ...] = ()
    quotes: tuple[Quoted | None, Quoted | None] = (None, None)
    size: str = PATCH


def differences(one: dict[str, Item], two: dict[str, Item]) -> Iterator[Change]:
    """What changed in a thing that is on both sides, item by item in the order of their IRIs."""
    for iri in sorted({*one, *two}):
        before, after = one.get(iri), two.get(iri)
        if before is None and after is not None:
            yield Change(ADDED, iri, after.part, size=MINOR)
        elif after is None and before is not None:
            yield Change(WITHDRAWN, iri, before.part, size=MAJOR)
        elif before is not None and after is not None:
            yield from fields(before, after)
            yield from _evidence(before, after)


def fields(before: Item, after: Item) -> Iterator[Change]:
    """What changed in the values of an item."""
    for slot in sorted({*before.fields, *after.fields}):
        was, now = before.fields.get(slot, set()), after.fields.get(slot, set())
        if not (was and now) and _goes_along(slot, before, after):
            continue
        gone, come = sorted(was - now, key=str), sorted(now - was, key=str)
        if len(gone) == len(come) == 1 or (gone and come and len(was) == len(gone)):
            yield Change(CHANGED, after.iri, after.part, slot, tuple(gone), tuple(come))
            continue
        if gone:
            yield Change(WITHDRAWN, after.iri, after.part, slot, old=tuple(gone))
        if come:
            yield Change(ADDED, after.iri, after.part, slot, new=tuple(come))


def _goes_along(slot: str, before: Item, after: Item) -> bool:
    """Whether it is said of a fact that came or went itself, which is told."""
    if not slot.endswith(BESIDE):
        return False
    fact, _, value = slot.rpartition(".")[0].partition("|")

    def there(item: Item) -> bool:
        if value:
            return any(getattr(term, "value", "") == value for term in item.fields.get(fact, ()))
        return any(
            name == fact or (name.startswith(fact + ".") and not name.endswith(BESIDE))
            for name in item.fields
        )

    return there(before) != there(after)


def _evidence(before: Item, after: Item) -> Iterator[Change]:
    """Quotes that came, went, or stand elsewhere in the text now."""
    gone = sorted(before.quotes - after.quotes, key=_position)
    come = sorted(after.quotes - before.quotes, key=_position)
    for alike in (attrgetter("words"), attrgetter("place")):
        for quote in list(gone):
            again = next((q for q in come if alike(q) == alike(quote)), None)
            if again is not None:
                gone.remove(quote)
                come.remove(again)
                action = CHANGED if again.place == quote.place else MOVED
                yield Change(action, after.iri, after.part, quote.slot, quotes=(quote, again))
    for quote in gone:
        yield Change(WITHDRAWN, after.iri, after.part, quote.slot, quotes=(quote, None))
    for quote in come:
        yield Change(ADDED, after.iri, after.part, quote.slot, quotes=(None, quote))


def _position(quote: Quoted) -> tuple[str, str, int, str]:
    return quote.slot, quote.document, int(quote.start or 0), quote.exact
