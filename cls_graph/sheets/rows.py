"""A record as rows, and the rows as a record again: the same in both ways, nothing lost.

Values are the text of a record; spelling for people (labels, dates, numbers) is the matter of ``cells``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from cls_graph.records.facts import Evidence, Fact, Item
from cls_graph.records.model import Record
from cls_graph.records.tree import Path
from cls_graph.sheets.columns import PARENT, Part, parts, shapes

Value = str | list[str]
Target = tuple[str, str]
"""What evidence is about, in an item: the field (empty: the item as a whole), and the value of a list."""


@dataclass(frozen=True)
class Address:
    """An item of a record. ``owner`` is the path of ids of the item that it is in, ``05`` or ``05/01``."""

    contract: str
    part: str
    owner: str = ""
    ident: str = ""

    @property
    def path(self) -> str:
        """The ids that lead to it within its part: ``05/01``."""
        return f"{self.owner}/{self.ident}" if self.owner else self.ident


@dataclass
class Row:
    """An item: its cells by column name, and what is known of its values.

    ``places`` says where each was read: by column name, or by target, number and key of an evidence.
    """

    address: Address
    cells: dict[str, Value] = field(default_factory=dict)
    facts: dict[Target, dict[str, str]] = field(default_factory=dict)
    evidence: dict[Target, list[dict[str, str]]] = field(default_factory=dict)
    places: dict[Any, Any] = field(default_factory=dict)


def text(value: Any) -> str:
    """A value as the text that a record has."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def rows(record: Record) -> list[Row]:
    """The rows of a record, in its order."""
    found: list[Row] = []
    for part in parts():
        if part.owner is None:
            value = getattr(record, part.field)
            for item in value if part.ident else (value,):
                _walk(item, part, record.contract.key, "", "", found)
    return found


def _walk(item: Any, part: Part, contract: str, owner: str, parent: str, found: list[Row]) -> None:
    ident = getattr(item, part.ident) if part.ident else ""
    row = Row(Address(contract, part.key, owner, ident))
    found.append(row)
    if parent:
        row.cells[PARENT] = parent
    for column in part.columns:
        value = _get(item, column.path)
        if column.path[-1] == "assertion" and value == "stated" and not isinstance(value, Fact):
            continue
        if column.many and value:
            row.cells[column.name] = [text(v.value if isinstance(v, Fact) else v) for v in value]
        elif value is not None and not column.many:
            row.cells[column.name] = text(value)
    for target, source in _sources(item, ()):
        if isinstance(source, Fact):
            known = {k: v for k in ("assertion", "note") if (v := getattr(source, k)) is not None}
            if known:
                row.facts[target] = known
        if source.evidence:
            row.evidence[target] = [
                {k: text(v) for k, v in e.model_dump(exclude_none=True).items()} for e in source.evidence
            ]
    for nested in part.nested:
        holder = _get(item, nested.within)
        for child in getattr(holder, nested.field) if holder is not None else ():
            _walk(child, nested, contract, row.address.path, "", found)
    for child in getattr(item, part.children) if part.children else ():
        _walk(child, part, contract, owner, ident, found)


def _get(item: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        item = getattr(item, key)
        if isinstance(item, Fact):
            item = item.value
        if item is None:
            return None
    return item


def _sources(item: Any, prefix: tuple[str, ...]) -> Iterator[tuple[Target, Any]]:
    """What may have evidence in an item: itself, its facts, the single parts in it."""
    if isinstance(item, Item):
        yield (".".join(prefix), ""), item
    model: type[BaseModel] = type(item)
    for key, form, _ in shapes(model):
        value, path = getattr(item, key), (*prefix, key)
        if form.fact and form.many:
            for fact in value:
                yield (".".join(path), text(fact.value)), fact
        elif form.fact and value is not None:
            yield (".".join(path), ""), value
        elif form.model is not None and not form.many and value is not None:
            yield from _sources(value, path)


@dataclass
class Assembled:
    """A record put together from rows: its tree, and where each path of it was read."""

    tree: dict[str, Any]
    places: dict[Path, Any]


def assemble(found: Iterable[Row]) -> Assembled:
    """The tree of one record. Rows of items that no row owns are left out: see to it before."""
    rows = list(found)
    by_part: dict[str, list[Row]] = {}
    for row in rows:
        by_part.setdefault(row.address.part, []).append(row)
    assembly = _Assembly(by_part)
    tree: dict[str, Any] = {}
    for part in parts():
        if part.owner is not None or part.key not in by_part:
            continue
        if part.ident:
            tree[part.field] = assembly.items(part, "", "", (part.field,))
        else:
            tree[part.field] = assembly.item(part, by_part[part.key][0], (part.field,))
    return Assembled(tree, assembly.places)


class _Assembly:
    def __init__(self, by_part: Mapping[str, list[Row]]) -> None:
        self.by_part = by_part
        self.places: dict[Path, Any] = {}

    def items(self, part: Part, owner: str, parent: str, path: Path) -> list[Any]:
        """The items of one list, in the order of their rows."""
        chosen = [
            row
            for row in self.by_part.get(part.key, ())
            if row.address.owner == owner and str(row.cells.get(PARENT, "")) == parent
        ]
        return [self.item(part, row, (*path, index)) for index, row in enumerate(chosen)]

    def item(self, part: Part, row: Row, path: Path) -> dict[str, Any]:
        if "" in row.places:
            self.places[path] = row.places[""]
        tree: dict[str, Any] = {}
        for column in part.columns:
            if column.name in row.places:
                self.places[(*path, *column.path)] = row.places[column.name]
            if column.name in row.cells:
                self._set(tree, column.path, row.cells[column.name])
        for column in part.columns:
            if column.many and column.name in row.cells:
                self._values(tree, column.path, row, path)
        for holder in part.holders():
            target = (holder, "")
            if target in row.facts or target in row.evidence:
                self._known(tree, tuple(holder.split(".")), row, target, path, part)
        if ("", "") in row.evidence:
            tree["evidence"] = self._evidence(row, ("", ""), (*path, "evidence"))
        for nested in part.nested:
            if found := self.items(nested, row.address.path, "", (*path, *nested.within, nested.field)):
                self._set(tree, (*nested.within, nested.field), found)
        if part.children:
            ident = row.address.ident
            if found := self.items(part, row.address.owner, ident, (*path, part.children)):
                tree[part.children] = found
        return tree

    @staticmethod
    def _set(tree: dict[str, Any], path: tuple[str, ...], value: Value | list[Any]) -> None:
        for key in path[:-1]:
            tree = tree.setdefault(key, {})
        tree[path[-1]] = list(value) if isinstance(value, list) else value

    def _values(self, tree: dict[str, Any], keys: tuple[str, ...], row: Row, path: Path) -> None:
        """Each value of a list, with what is known of it."""
        for key in keys[:-1]:
            tree = tree[key]
        values, name = tree[keys[-1]], ".".join(keys)
        for index, value in enumerate(values):
            here = (*path, *keys, index)
            if name in row.places:
                self.places[here] = row.places[name]
            target = (name, value)
            if target in row.facts or target in row.evidence:
                values[index] = self._qualified(value, row, target, here)

    def _known(
        self,
        tree: dict[str, Any],
        keys: tuple[str, ...],
        row: Row,
        target: Target,
        path: Path,
        part: Part,
    ) -> None:
        """What is known of one field, around its value; a part that is single has it inside."""
        for key in keys[:-1]:
            tree = tree.get(key, {})
        if keys[-1] not in tree:
            return
        here, value = (*path, *keys), tree[keys[-1]]
        if part.column(f"{target[0]}.assertion") is not None:
            value |= {"evidence": self._evidence(row, target, (*here, "evidence"))}
        else:
            tree[keys[-1]] = self._qualified(value, row, target, here)

    def _qualified(self, value: Any, row: Row, target: Target, path: Path) -> dict[str, Any]:
        known: dict[str, Any] = {"value": value, **row.facts.get(target, {})}
        for key in ("assertion", "note"):
            if (target, key) in row.places:
                self.places[(*path, key)] = row.places[target, key]
        if target in row.evidence:
            known["evidence"] = self._evidence(row, target, (*path, "evidence"))
        return known

    def _evidence(self, row: Row, target: Target, path: Path) -> list[dict[str, str]]:
        for index in range(len(row.evidence.get(target, []))):
            for key in ("", *Evidence.model_fields):
                place = row.places.get((target, index, key))
                if place is not None:
                    self.places[(*path, index, key) if key else (*path, index)] = place
        return row.evidence.get(target, [])
