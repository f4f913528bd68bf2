"""How the values of a record are written as terms, and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode

from cls_graph.namespaces import FREQUENCY, VOCAB
from cls_graph.rdf import Term, lang_text, typed
from cls_graph.records.iris import Iris
from cls_graph.records.lexical import date_datatype


class Codec(Protocol):
    """How a value is written as a term, read back, and named in the IRI of a statement about it."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term: ...

    def read(self, term: Any, iris: Iris, contract: str) -> Any: ...


def local_part(value: Any) -> str:
    """What names one value of several in the IRI of a statement.

    >>> local_part("commune/26362")
    'commune-26362'
    """
    return str(value).replace("/", "-")


@dataclass(frozen=True)
class Plain:
    """A literal: ``string``, ``integer``, ``boolean``, ``duration``, … or a partial date (``date-like``)."""

    datatype: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        if self.datatype == "string":
            return Literal(value)
        if self.datatype == "date-like":
            return typed(value, date_datatype(value) or "string")
        if self.datatype == "boolean":
            return typed("true" if value else "false", "boolean")
        if self.datatype == "number":
            return typed(value, "integer" if "." not in value else "decimal")
        return typed(str(value), self.datatype)

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value


@dataclass(frozen=True)
class French:
    """A text in French."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return lang_text(value)

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value


@dataclass(frozen=True)
class Concept:
    """A concept of a code list, by its slug."""

    scheme: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(f"{VOCAB}{self.scheme}/{value}")

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value.removeprefix(f"{VOCAB}{self.scheme}/")


@dataclass(frozen=True)
class Frequency:
    """A frequency of the EU authority list, by its code in lower case."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(FREQUENCY + value.upper())

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value.removeprefix(FREQUENCY).lower()


@dataclass(frozen=True)
class Ref:
    """A thing of the registry, or another contract, by its key."""

    kind: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(iris.thing(self.kind, value))

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return iris.key(self.kind, term.value)


@dataclass(frozen=True)
class Agent:
    """An organisation, or a person (keys ``p-…``)."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(iris.thing(agent_kind(value), value))

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        found = iris.kind_and_key(term.value)
        if found is None or found[0] not in ("organisation", "person"):
            raise ValueError(f"{term.value} is not an agent")
        return found[1]


@dataclass(frozen=True)
class Sibling:
    """Another item of the same contract, by its id."""

    part: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(f"{contract}/{self.part}/{value}")

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value.removeprefix(f"{contract}/{self.part}/")


def agent_kind(key: str) -> str:
    """Keys of persons are opaque and begin with ``p-``; every other agent is an organisation."""
    return "person" if key.startswith("p-") else "organisation"
