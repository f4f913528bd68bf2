"""From the bytes of a file to a model, or to findings with file, line and column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from cls_graph.errors import Text
from cls_graph.findings import Finding, Place, certain, finding
from cls_graph.records import tree
from cls_graph.records.lexical import SHOWN
from cls_graph.records.tree import Document, Path, TreeError
from cls_graph.suggesting import suggest

M = TypeVar("M", bound=BaseModel)

KIND_NAMES: dict[str, Text] = {
    "mapping": {"fr": "des clés et leurs valeurs", "en": "a mapping of keys to values"},
    "list": {"fr": "une liste", "en": "a list"},
    "text": {"fr": "un texte", "en": "a text"},
}

YAML_REASONS: dict[str, str] = {
    "mapping values are not allowed in this context": "deux-points inattendu",
    "did not find expected key": "clé attendue (indentation ou guillemet)",
    "did not find expected ',' or ']'": "liste entre crochets non fermée",
    "did not find expected ',' or '}'": "accolade non fermée",
    "did not find expected '-' indicator": "tiret de liste attendu",
    "did not find expected node content": "valeur attendue",
    "found unexpected end of stream": "guillemet non fermé",
    "could not find expected ':'": "deux-points attendu après la clé",
    "found character that cannot start any token": "caractère inattendu (tabulation, @ ou `)",
    "found a tab character that violates indentation": "tabulation dans l'indentation",
    "block sequence entries are not allowed in this context": "tiret de liste inattendu",
    "found unknown escape character": "barre oblique inverse inattendue entre guillemets",
}


@dataclass
class Read(Generic[M]):
    """The outcome of reading one file: a model or none, findings, and the place of every path.

    ``digest`` is the SHA-256 of the bytes that were read: who writes at these places looks whether they hold.
    """

    file: str
    value: M | None
    findings: list[Finding] = field(default_factory=list)
    document: Document | None = None
    digest: str = ""

    def place(self, path: Path = ()) -> Place:
        """Where a path of the record stands."""
        if self.document is None:
            return Place(self.file)
        mark = self.document.mark(path)
        return Place(self.file, mark.line, mark.column)

    def key_place(self, path: Path) -> Place:
        """Where the key that a path ends in stands."""
        if self.document is None:
            return Place(self.file)
        mark = self.document.key_mark(path)
        return Place(self.file, mark.line, mark.column)


def read_model(model: type[M], file: str, data: bytes) -> Read[M]:
    """Read one YAML file as ``model``. ``file`` is the name to show. Never raises on bad content."""
    try:
        document = tree.parse(tree.decode(data))
    except TreeError as error:
        place = Place(file, error.mark.line, error.mark.column)
        if error.rule == "empty-file":
            place = Place(file)
        params = dict(error.params)
        if error.rule == "yaml-syntax":
            reason = params["reason"]
            params["reason"] = {"fr": YAML_REASONS.get(reason, reason), "en": reason}
            excerpt = params["excerpt"]
            params["excerpt"] = {
                "fr": f" (« {excerpt} »)" if excerpt else "",
                "en": f" ('{excerpt}')" if excerpt else "",
            }
        return Read(file, None, [finding(error.rule, place, **params)])
    if _is_json_draft(document.tree):
        return Read(file, None, [finding("draft-as-json", Place(file, 1, 1))], document)
    if not isinstance(document.tree, dict):
        problem = finding("wrong-kind", Place(file, 1, 1), expected=KIND_NAMES["mapping"])
        return Read(file, None, [problem], document)
    read: Read[M] = Read(file, None, document=document, digest=hashlib.sha256(data).hexdigest())
    validate(read, model)
    return read


def _is_json_draft(tree: Any) -> bool:
    """Whether a file is what ``draft --json`` prints: a draft, or several, with what is said beside it."""
    first = tree[0] if isinstance(tree, list) and tree else tree
    return isinstance(first, dict) and {"contract", "source", "doubts", "invalid"} <= set(first)


def validate(read: Read[M], model: type[M]) -> None:
    """Make the tree of ``read`` a model, or put findings at the places that it knows."""
    assert read.document is not None
    try:
        read.value = model.model_validate(read.document.tree)
    except ValidationError as error:
        read.findings = list(_findings(read, model, error))


def _findings(read: Read[M], model: type[M], error: ValidationError) -> Iterator[Finding]:
    for problem in error.errors(include_url=False, include_input=False):
        path = tuple(problem["loc"])
        kind, context = problem["type"], problem.get("ctx", {})
        if kind == "extra_forbidden":
            allowed = sorted(_fields(model, path[:-1]))
            yield finding(
                "unknown-key",
                read.key_place(path),
                key=path[-1],
                allowed=", ".join(allowed),
                suggestion=suggest(str(path[-1]), allowed),
                edit=certain(str(path[-1]), set(allowed) - set(_value(read, path[:-1]))),
            )
        elif kind in ("missing", "missing_key"):
            key = context.get("key", path[-1])
            if kind == "missing" and key == "value" and len(path) > 1 and not _has(read, path[:-1]):
                path, key = path[:-1], path[-2]
            yield finding("missing-key", read.place(path[:-1] if kind == "missing" else path), key=key)
        elif kind == "bad_value":
            expected = {"fr": context["fr"], "en": context["en"]}
            yield finding("bad-value", read.place(path), value=context["value"], expected=expected)
        elif kind == "wrong_kind":
            yield finding("wrong-kind", read.place(path), expected=KIND_NAMES[context["kind"]])
        elif kind in ("period_order", "period_empty", "amount_currency"):
            yield finding(kind.replace("_", "-"), read.place(path), **context)
        elif kind == "literal_error":
            words = str(context["expected"])
            expected = {"fr": f"{words.replace(' or ', ' ou ')} attendu", "en": f"{words} expected"}
            shown = str(_value(read, path))[:SHOWN]
            yield finding("bad-value", read.place(path), value=shown, expected=expected)
        else:
            name = "list" if kind in ("tuple_type", "list_type") else "mapping" if "model" in kind else "text"
            yield finding("wrong-kind", read.place(path), expected=KIND_NAMES[name])


def _value(read: Read[Any], path: Path) -> Any:
    value: Any = read.document.tree if read.document else None
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            break
    return value


def _has(read: Read[Any], path: Path) -> bool:
    return read.document is not None and path in read.document.marks


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The keys allowed at a path of a model."""
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        fields = getattr(current, "model_fields", {})
        if part not in fields:
            continue
        current = _model_in(fields[part].annotation) or current
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The model that an annotation holds: ``Fact[Period] | None`` holds ``Fact[Period]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
