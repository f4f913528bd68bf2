"""A record as the YAML text that a person would write: the layout of the files in ``data/contracts``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from cls_graph.records import lexical
from cls_graph.records import values as v
from cls_graph.records.facts import QUALIFIERS, Evidence, Fact, Item
from cls_graph.records.model import Record
from cls_graph.records.schema import RECORD, header

WIDTH = 110
HEAD = header(RECORD)

_BARE = re.compile(r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)*", re.I)


class Quoted(str):
    """A text that is written between quotation marks."""


def record_text(record: Record) -> str:
    """A record as a new file."""
    return HEAD + "\n\n".join("\n".join(pair(k, x, 0)) for k, x in surface(record).items()) + "\n"


def surface(source: Any) -> Any:
    """What is written of a model: mappings, lists, texts; a fact of which nothing else is known is its value.

    Keys come in the order of the model; status, note and evidence after an item's own, then its parts.
    """
    if isinstance(source, Fact) and source.is_plain:
        return _plain(type(source), "value", source.value)
    if not isinstance(source, BaseModel):
        return source
    fields = type(source).model_fields
    written: dict[str, Any] = {}
    for key in _order(type(source), list(fields), source):
        value = getattr(source, key)
        if value is None or value == () or (key == "assertion" and value == "stated"):
            continue
        if isinstance(value, tuple):
            written[key] = [surface(x) if isinstance(x, BaseModel) else x for x in value]
        elif isinstance(value, BaseModel):
            written[key] = surface(value)
        else:
            written[key] = _plain(type(source), key, value)
    return written


def _order(model: type[BaseModel], fields: list[str], source: Any) -> list[str]:
    """Keys in the order in which they are written."""
    own = [k for k in fields if k not in QUALIFIERS]
    parts = [k for k in own if issubclass(model, Item) and _holds_items(getattr(source, k))]
    first = [k for k in own if k == "id"]
    return [*first, *(k for k in own if k not in parts and k not in first), *_known(fields), *parts]


def _known(fields: list[str]) -> list[str]:
    return [k for k in QUALIFIERS if k in fields]


def _holds_items(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(x, Item) for x in value)


_CODES = (v.ContractKey, v.ThingKey, v.TerritoryRef, v.Currency, v.Duration)
_BARE_KINDS = {get_args(kind)[1] for kind in _CODES}


def _plain(model: type[BaseModel], key: str, value: Any) -> Any:
    """A value as it is written: codes and numbers bare, all else quoted."""
    if not isinstance(value, str):
        return surface(value)
    info = model.model_fields[key]
    kinds = [x for x in info.metadata if isinstance(x, lexical.Kind)]
    for argument in get_args(info.annotation):
        kinds += [x for x in getattr(argument, "__metadata__", ()) if isinstance(x, lexical.Kind)]
    coded = any("x-scheme" in dict(kind.schema) or kind in _BARE_KINDS for kind in kinds)
    # A literal of the model has no kind: it is one of a few words.
    return value if coded or not kinds else Quoted(value)


def scalar(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        bare = not isinstance(value, Quoted) and _BARE.fullmatch(value)
        return str(value) if bare else json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\x7F")
    return str(value)


def pair(key: str, value: Any, indent: int) -> Iterator[str]:
    """The lines of a key and its value."""
    pad = " " * indent
    if isinstance(value, dict):
        yield f"{pad}{key}:"
        yield from mapping(value, indent + 2)
    elif isinstance(value, list):
        yield f"{pad}{key}:"
        for item in value:
            yield from list_item(item, indent + 2)
    else:
        yield f"{pad}{key}: {scalar(value)}"


def mapping(value: dict[str, Any], indent: int) -> Iterator[str]:
    """The lines of a mapping."""
    for key, inner in value.items():
        yield from pair(key, inner, indent)


def list_item(value: Any, indent: int) -> Iterator[str]:
    """The lines of an item of a list; a piece of evidence in one line where there is room."""
    pad = " " * indent
    if not isinstance(value, dict):
        yield f"{pad}- {scalar(value)}"
        return
    if "quote" in value and set(value) <= set(Evidence.model_fields):
        flow = f"{pad}- {{{', '.join(f'{k}: {scalar(x)}' for k, x in value.items())}}}"
        if len(flow) <= WIDTH:
            yield flow
            return
    first, *rest = list(mapping(value, indent + 2))
    yield f"{pad}- {first[indent + 2 :]}"
    yield from rest
