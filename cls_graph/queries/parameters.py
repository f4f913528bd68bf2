"""The parameters of a question: their types, what may be given for them, and the terms that it means."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pyoxigraph as ox

from cls_graph.errors import BadRequest, Text
from cls_graph.namespaces import VOCAB, XSD
from cls_graph.queries.words import PARAMETERS

THINGS = ("contract", "organisation", "territory", "document")
"""Types whose values are keys of things in the data (``dcterms:identifier``)."""
TYPES = ("concept", *THINGS, "date", "year", "integer", "text", "language")
LONGEST = 500
"""Characters of a value, at most."""
_SHOWN = 12

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Choice:
    """A value that may be given, and its name for a person."""

    value: str
    label: str


Choices = Callable[["Parameter"], Sequence[Choice] | None]
"""What may be given for a parameter, from the data; ``None`` where nobody knows, and anything goes."""


@dataclass(frozen=True)
class Parameter:
    """One parameter. ``default`` is ``None`` where it may be left out, and the question is then wider."""

    name: str
    type: str
    label: Text
    scheme: str = ""
    default: str | None = None
    least: int | None = None
    most: int | None = None

    @classmethod
    def read(cls, name: str, said: Mapping[str, Any]) -> Self:
        """A parameter from the head of a question, which is checked (see ``head``)."""
        least, most = (int(said[key]) if key in said else None for key in ("min", "max"))
        return cls(
            name,
            said["type"],
            said.get("label") or PARAMETERS[name],
            said.get("scheme", ""),
            said.get("default"),
            least,
            most,
        )

    @property
    def variable(self) -> str:
        """The variable that stands for its value: where that is the key of a thing, the name says so."""
        return f"{self.name}Key" if self.type in THINGS else self.name

    @property
    def listed(self) -> bool:
        """Whether its values are things or concepts that the data list."""
        return self.type == "concept" or self.type in THINGS

    def schema(self) -> dict[str, Any]:
        """The parameter as JSON Schema, for the description of the service."""
        found: dict[str, Any] = {"type": "integer" if self.type in ("integer", "year") else "string"}
        if self.type == "date":
            found["format"] = "date"
        if self.type == "language":
            found["enum"] = ["fr", "en"]
        if self.type == "text":
            found["maxLength"] = LONGEST
        found |= {key: n for key, n in (("minimum", self.least), ("maximum", self.most)) if n is not None}
        # A thing of one corpus is nothing in another: what stands for it there is in the data (``usual``).
        if self.default is not None and self.type not in THINGS:
            found["default"] = int(self.default) if found["type"] == "integer" else self.default
        return found


def terms(
    parameters: Sequence[Parameter], given: Mapping[str, object], choices: Choices = lambda _: None
) -> dict[str, Term]:
    """The terms that ``given`` means, by parameter; empty and ``None`` are as if left out.

    Raises ``BadRequest`` for a parameter that there is not, and for a value of another type or that the
    data do not know, with the first ``choices``.
    """
    known = {p.name: p for p in parameters}
    for name in given:
        if name not in known:
            raise _unknown(name, list(known))
    return {
        name: term(known[name], str(value), choices)
        for name, value in given.items()
        if value is not None and (str(value) != "" or known[name].type == "text")
    }


def usual(parameter: Parameter, choices: Choices = lambda _: None) -> str | None:
    """What stands for a parameter that is left out: its default, or where the data have none such, the first.

    ``None`` where there is neither: the question is then asked of all.
    """
    offered = choices(parameter) if parameter.listed and parameter.default is not None else None
    values = [choice.value for choice in offered or ()]
    if offered is None or parameter.default in values:
        return parameter.default
    return min(values, default=None)


def term(parameter: Parameter, value: str, choices: Choices = lambda _: None) -> Term:
    """The term that a value of a parameter means; raises as ``terms``."""
    if len(value) > LONGEST:
        raise _wrong(
            parameter, value[:20] + "…", f"au plus {LONGEST} caractères", f"{LONGEST} characters at most"
        )
    if parameter.type == "text":
        if any(ord(c) < 32 and c not in "\t\n\r" for c in value) or "\ufffe" in value or "\uffff" in value:
            raise _wrong(
                parameter, "…", "un texte sans caractères de commande", "a text without control characters"
            )
        return ox.Literal(value)
    value = value.strip()
    if parameter.listed:
        return _thing(parameter, value, choices)
    return _plain(parameter, value)


def _plain(parameter: Parameter, value: str) -> Term:
    """A date, a number or a language."""
    if parameter.type == "language":
        if value not in ("fr", "en"):
            raise _wrong(parameter, value, "fr ou en", "fr or en", ["fr", "en"])
        return ox.Literal(value)
    if parameter.type == "date":
        if not _is_date(value):
            raise _wrong(parameter, value, "une date, comme 2026-01-31", "a date, like 2026-01-31")
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    least = 1000 if parameter.type == "year" and parameter.least is None else parameter.least
    most = 9999 if parameter.type == "year" and parameter.most is None else parameter.most
    if not re.fullmatch(r"[+-]?\d{1,15}", value, re.ASCII) or not (
        (least is None or int(value) >= least) and (most is None or int(value) <= most)
    ):
        fr, en = _range(least, most)
        raise _wrong(parameter, value, fr, en)
    return ox.Literal(int(value))


def _is_date(value: str) -> bool:
    try:
        # It reads other forms too (20260131).
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _range(least: int | None, most: int | None) -> tuple[str, str]:
    if least is not None and most is not None:
        return f"un nombre entier de {least} à {most}", f"a whole number from {least} to {most}"
    if least is not None:
        return f"un nombre entier, {least} au moins", f"a whole number, {least} at least"
    if most is not None:
        return f"un nombre entier, {most} au plus", f"a whole number, {most} at most"
    return "un nombre entier", "a whole number"


def _thing(parameter: Parameter, value: str, choices: Choices) -> Term:
    """A concept as its IRI, a thing as its key."""
    key = local(parameter, value)
    offered = choices(parameter)
    if offered is not None and key not in {choice.value for choice in offered}:
        shown = [choice.value for choice in offered]
        raise _wrong(parameter, value, *_among(parameter), shown)
    if parameter.type != "concept":
        return ox.Literal(key)
    if not re.fullmatch(r"[\w.~-]+", key, re.ASCII):
        raise _wrong(parameter, value, *_among(parameter))
    return ox.NamedNode(f"{VOCAB}{parameter.scheme}/{key}")


def local(parameter: Parameter, value: str) -> str:
    """The key that a value says: itself, or the end of an IRI or of a name with a prefix.

    >>> local(Parameter("c", "contract", {}), "https://w3id.org/cls-sante/id/contract/26362-3")
    '26362-3'
    >>> local(Parameter("d", "concept", {}, "determinant"), "det:logement")
    'logement'
    """
    if parameter.type == "concept":
        return re.sub(rf"^(?:.*/{parameter.scheme}/|\w+:(?!//))", "", value)
    return re.sub(rf"^(?:.*/id/|id:){parameter.type}/", "", value)


def _among(parameter: Parameter) -> tuple[str, str]:
    what = {
        "concept": (f"un terme de la liste {parameter.scheme}", f"a term of the list {parameter.scheme}"),
        "contract": ("la clé d'un contrat", "the key of a contract"),
        "organisation": ("la clé d'un organisme", "the key of an organisation"),
        "territory": ("la clé d'un territoire", "the key of a territory"),
        "document": ("la clé d'un document", "the key of a document"),
    }
    return what[parameter.type]


def _wrong(
    parameter: Parameter, value: str, fr: str, en: str, choices: Sequence[str] | None = None
) -> BadRequest:
    near = nearest(value, choices or ())
    some = ", ".join(near[:_SHOWN])
    more = "…" if len(near) > _SHOWN else ""
    return BadRequest(
        f"{parameter.name} : « {value} » n'est pas {fr}." + (f" Au choix : {some}{more}" if some else ""),
        f"{parameter.name}: '{value}' is not {en}." + (f" Choices: {some}{more}" if some else ""),
        parameter=parameter.name,
        choices=near[:100] or None,
    )


def nearest(value: str, choices: Sequence[str]) -> list[str]:
    """The choices, those that hold the value first."""
    wanted = value.lower()
    return sorted(choices, key=lambda choice: wanted not in choice.lower())


def _unknown(name: str, known: list[str]) -> BadRequest:
    fr = f" Paramètres : {', '.join(known)}." if known else " Cette question n'en a aucun."
    en = f" Parameters: {', '.join(known)}." if known else " This question has none."
    return BadRequest(
        f"Paramètre inconnu : {name}.{fr}", f"Unknown parameter: {name}.{en}", parameter=name, choices=known
    )
