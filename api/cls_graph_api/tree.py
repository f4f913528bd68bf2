"""A description as a tree of JSON for programs that know no RDF; it is JSON-LD 1.1 as well."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.namespaces import PREFIXES, RDF, XSD

_TRUTH = {"true": True, "false": False}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def tree(iri: str, own: Sequence[Triple], incoming: Sequence[Triple]) -> dict[str, Any]:
    """The statements about ``iri`` as nested JSON: the nodes under it inside it, each once.

    It is JSON-LD as well: ``@context`` expands the names, ``@reverse`` holds what points to it.
    """
    about: dict[str, list[Triple]] = {}
    for t in own:
        about.setdefault(getattr(t.subject, "value", ""), []).append(t)
    used: set[str] = set()
    inside = _inside(iri, about)
    top = _node(iri, about, used, inside)
    apart = sorted(set(about) - set(inside.values()) - {iri})
    if apart:
        top["@included"] = [_node(iri, about, used, {}) for iri in apart]
    reverse: dict[str, list[dict[str, str]]] = {}
    for t in incoming:
        who = {"@id": getattr(t.subject, "value", "")}
        reverse.setdefault(_short(t.predicate.value, used), []).append(who)
    if reverse:
        top["@reverse"] = reverse
    context = {name: {"@id": PREFIXES[name], "@prefix": True} for name in sorted(used)}
    return {"@context": context, **top}


def _inside(iri: str, about: Mapping[str, list[Triple]]) -> dict[Triple, str]:
    """The statements that a node is written inside of: for each node, the nearest to the thing."""
    found: dict[Triple, str] = {}
    seen, waiting = {iri}, deque([iri])
    while waiting:
        for t in about[waiting.popleft()]:
            target = getattr(t.object, "value", "")
            if isinstance(t.object, NamedNode) and target in about and target not in seen:
                seen.add(target)
                found[t] = target
                waiting.append(target)
    return found


def _node(
    iri: str, about: Mapping[str, list[Triple]], used: set[str], inside: Mapping[Triple, str]
) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": iri}
    for t in about[iri]:
        obj = t.object
        if t.predicate.value == RDF + "type":
            node.setdefault("@type", []).append(_short(getattr(obj, "value", ""), used))
            continue
        if isinstance(obj, NamedNode):
            here = {"@id": obj.value}
            value: Any = _node(obj.value, about, used, inside) if t in inside else here
        else:
            value = _literal(obj, used) if isinstance(obj, Literal) else str(obj)
        node.setdefault(_short(t.predicate.value, used), []).append(value)
    return {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()}


def _literal(value: Literal, used: set[str]) -> Any:
    if value.language:
        return {"@value": value.value, "@language": value.language}
    kind = value.datatype.value
    # Only what any reader of JSON gives back the same: other spellings, and what no double holds, stay text.
    if kind == XSD + "boolean" and value.value in _TRUTH:
        return _TRUTH[value.value]
    if kind == XSD + "integer" and _INTEGER.fullmatch(value.value):
        return int(value.value)
    if kind == XSD + "string":
        return value.value
    return {"@value": value.value, "@type": _short(kind, used)}


def _short(iri: str, used: set[str]) -> str:
    """``cls:party``, where the table of prefixes has one that JSON-LD reads back the same."""
    for name, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and local.replace("-", "").replace("_", "").isalnum():
            used.add(name)
            return f"{name}:{local}"
    return iri
