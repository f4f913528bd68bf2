"""The parts of a record as tables, and the columns of each: read off the model, described nowhere else.

A list of items is a part, with a row an item; what is single (a period, a review) is columns of the row.
A list that holds its own kind (the parts of an axis) is one part, whose rows name the item they are in.
Evidence, and what is known of one value, are parts of their own: ``EVIDENCE`` and ``FACTS``.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from cls_graph.records import lexical
from cls_graph.records import mapping as m
from cls_graph.records import values as v
from cls_graph.records.facts import QUALIFIERS, Evidence, Fact, Item
from cls_graph.records.model import Record

KIND_NAMES = {
    id(annotation.__metadata__[0]): name
    for name, annotation in vars(v).items()
    if get_origin(annotation) is Annotated
}

CONTRACT, PARENT, REMOVE = "contract", "parent", "remove"


@dataclass(frozen=True)
class Column:
    """A column: the path of its value in an item, its kind (a name of ``records.values``) and its list.

    ``holder`` is the path of the fact whose value it is, or of the item in it: what evidence is about.
    ``refers`` is the kind of registry entry that a key names.
    """

    path: tuple[str, ...]
    kind: str
    many: bool = False
    required: bool = False
    locked: bool = False
    scheme: str = ""
    refers: str = ""
    choices: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The column in a word: ``period.begin``."""
        return ".".join(self.path)


@dataclass
class Part:
    """A table: the items of one list of a record, or the contract itself.

    ``ident`` is the key that tells its items apart; ``nested`` are the lists in an item; ``children`` is
    the key of the list of its own kind. ``within`` leads to what holds the list, in the item that it is of.
    ``removable``: the last column of its sheet takes rows out.
    """

    key: str
    field: str
    model: type[BaseModel]
    ident: str = ""
    children: str = ""
    owner: Part | None = None
    within: tuple[str, ...] = ()
    removable: bool = True
    columns: list[Column] = dataclasses.field(default_factory=list)
    nested: list[Part] = dataclasses.field(default_factory=list)

    @property
    def in_item(self) -> bool:
        """Whether its rows belong to an item of another part, and not to the contract as a whole."""
        return self.owner is not None and bool(self.owner.ident)

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((c for c in self.columns if c.name == name), None)

    def holders(self) -> list[str]:
        """What evidence may be about, in an item of this part: facts, and parts that are single."""
        return list(dict.fromkeys(".".join(c.holder) for c in self.columns if c.holder))


@dataclass(frozen=True)
class Shape:
    """What an annotation holds: a model or a kind of value; once or many times; as a fact or plain."""

    model: type[BaseModel] | None = None
    kind: str = ""
    schema: tuple[tuple[str, Any], ...] = ()
    choices: tuple[str, ...] = ()
    many: bool = False
    fact: bool = False


def shape(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    """The shape of an annotation of the model."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape(arguments[0], tuple(arguments[1:]))
    for extra in metadata:
        if isinstance(extra, lexical.Kind):
            return Shape(kind=KIND_NAMES.get(id(extra), ""), schema=extra.schema)
    if origin in (Union, types.UnionType):
        return shape(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        inner = shape(arguments[0])
        return Shape(inner.model, inner.kind, inner.schema, inner.choices, True, inner.fact)
    if origin is Literal:
        return Shape(kind="Choice", choices=arguments)
    if isinstance(annotation, type) and issubclass(annotation, Fact):
        value = annotation.model_fields["value"]
        inner = shape(value.annotation, tuple(value.metadata))
        return Shape(inner.model, inner.kind, inner.schema, inner.choices, inner.many, True)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(model=annotation)
    return Shape(kind="PlainText")


@cache
def shapes(model: type[BaseModel]) -> tuple[tuple[str, Shape, bool], ...]:
    """Key, shape and whether it is required, of each field: its own first, then status, note and evidence."""
    fields = model.model_fields
    own = [k for k in fields if k not in QUALIFIERS]
    order = sorted(own, key=lambda k: k != "id") + [k for k in QUALIFIERS if k in fields]
    infos = ((key, fields[key]) for key in order)
    return tuple(
        (key, shape(info.annotation, tuple(info.metadata)), info.is_required()) for key, info in infos
    )


@cache
def parts() -> tuple[Part, ...]:
    """All parts of a record, those of an item after it."""
    found: list[Part] = []
    for key, form, _ in shapes(Record):
        if form.model is not None:
            _part(key, key, form.model, None, found, single=not form.many)
    return tuple(found)


def _part(
    key: str, name: str, model: type[BaseModel], owner: Part | None, found: list[Part], *, single: bool
) -> Part:
    part = Part(key, name, model, owner=owner)
    found.append(part)
    if not single:
        required = (k for k, form, needed in shapes(model) if needed and not form.fact and not form.model)
        part.ident = "id" if "id" in model.model_fields else next(required)
    part.columns = list(_columns(model, part, (), ()))
    for field_key, form, _ in shapes(model):
        if form.model is None or form.model is Evidence:
            continue
        if form.model is model:
            part.children = field_key
        elif form.many:
            nested = _part(f"{key}.{field_key}", field_key, form.model, part, found, single=False)
            part.nested.append(nested)
        elif not form.fact:
            for inner, held, _ in shapes(form.model):
                if held.model is not None and held.many and held.model is not Evidence:
                    nested = _part(f"{key}.{field_key}.{inner}", inner, held.model, part, found, single=False)
                    nested.within = (field_key,)
                    part.nested.append(nested)
    return part


def _columns(
    model: type[BaseModel], part: Part, prefix: tuple[str, ...], holder: tuple[str, ...]
) -> Iterator[Column]:
    for key, form, required in shapes(model):
        path = (*prefix, key)
        if form.model is Evidence or (form.model is not None and form.many):
            continue
        if form.model is not None:
            known = form.fact or issubclass(form.model, Item)
            yield from _columns(form.model, part, path, path if known else holder)
            continue
        schema = dict(form.schema)
        locked = not prefix and (key == part.ident or (not part.ident and key == "key"))
        yield Column(
            path,
            form.kind,
            many=form.many,
            required=required and not prefix,
            locked=locked,
            scheme=str(schema.get("x-scheme", "")),
            refers=_refers(part, key, form),
            choices=form.choices or tuple(schema.get("enum", ())),
            holder=path if form.fact else holder,
        )


@cache
def fields_of(part: str) -> Mapping[str, m.Field]:
    """The rows of the mapping for a part, by key; ``part`` is the key of a section, or ``contract``."""
    if part == CONTRACT:
        return {f.key: f for f in m.CONTRACT}
    for section in vars(m).values():
        if isinstance(section, m.Section) and section.key == part:
            own = [*section.fields, *([section.id_field] if section.id_field else [])]
            return {f.key: f for f in own}
    return {}


def mapped(part: Part, key: str) -> m.Field | None:
    """The row of the mapping for a field of a part."""
    return fields_of(part.field).get(key) or next((f for f in m.AMOUNT if f.key == key), None)


def _refers(part: Part, key: str, form: Shape) -> str:
    """The kind of thing that a key names."""
    if "commune" in str(dict(form.schema).get("pattern", "")):
        return "territory"
    if form.kind == "ContractKey":
        return "contract"
    if form.kind != "ThingKey":
        return ""
    row = mapped(part, key)
    codec = row.codec if row else None
    if type(codec).__name__ == "Agent":
        return "agent"
    return str(getattr(codec, "kind", "organisation"))


ADDRESS = (
    Column((CONTRACT,), "ContractKey", locked=True),
    Column(("part",), "Part", locked=True),
    Column(("item",), "Address", locked=True),
    Column(("field",), "Field", locked=True),
    Column(("value",), "Value", locked=True),
)
"""What a row of ``FACTS`` or ``EVIDENCE`` is about: the item, its field, and which value of a list."""

FACTS = Part(
    "facts",
    "facts",
    Fact,
    columns=[
        Column(("assertion",), "AssertionStatus", scheme="assertion-status"),
        Column(("note",), "PlainText"),
    ],
)

EVIDENCE = Part(
    "evidence",
    "evidence",
    Evidence,
    columns=[
        Column(("order",), "Integer"),
        *(
            Column((k,), f.kind, required=needed, refers="document" if k == "document" else "")
            for k, f, needed in shapes(Evidence)
        ),
    ],
)


def leading(part: Part) -> list[Column]:
    """The columns before those of the item itself: which contract, and what it is in."""
    if part in (FACTS, EVIDENCE):
        return list(ADDRESS)
    if not part.ident:
        return []
    found = [Column((CONTRACT,), "ContractKey", locked=True)]
    if part.in_item:
        found.append(Column(("owner",), "Address", locked=True))
    if part.children:
        found.append(Column((PARENT,), "ItemId"))
    return found


def all_columns(part: Part) -> list[Column]:
    """All columns of the table of a part, in order; the last one marks rows to take out."""
    own = sorted(part.columns, key=lambda c: not c.locked) if part.removable else part.columns
    return [*leading(part), *own, *([Column((REMOVE,), "Boolean")] if part.removable else [])]


def tables() -> list[Part]:
    """Every table of a workbook, in order."""
    return [*parts(), FACTS, EVIDENCE]
