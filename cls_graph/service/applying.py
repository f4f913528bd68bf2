"""Doing a write: in a candidate, and again from the journal when a store is opened."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from cls_graph.errors import BadRequest, ClsGraphError, GraphMissing, QueryRefused, UpdateFailed
from cls_graph.service.operations import DEFAULT_GRAPH, Operation, Part, Verb
from cls_graph.settings import Settings
from cls_graph.store.updates import prepare
from cls_graph.store.writable import WritableStore


@dataclass(frozen=True)
class Outcome:
    """What a write did: quads in the store now, whether it made a graph, whether a replay does the same."""

    quads: int
    created: bool = False
    replayable: bool = True

    def as_json(self) -> dict[str, Any]:
        """As a mapping; ``Outcome(**mapping)`` reads it back."""
        return asdict(self)


def apply(store: WritableStore, operation: Operation, settings: Settings) -> Outcome:
    """Do ``operation``. The store is to be thrown away if it raises.

    Raises ``QueryRefused`` (LOAD, SERVICE), ``QueryTooComplex``, ``GraphMissing``, ``UpdateFailed``,
    ``BadRequest`` (a document that cannot be read, with line and column) and ``SyntaxError`` with the
    engine's message for a malformed update.
    """
    if operation.verb is Verb.NOTHING:
        return Outcome(len(store), replayable=False)
    if operation.verb is Verb.UPDATE:
        try:
            update = prepare(operation.text, settings.max_nesting, operation.using, operation.using_named)
        except QueryRefused:
            # Where it is malformed matters more than what it asks for.
            store.parse_update(operation.text, operation.base)
            raise
        try:
            store.update(update.text, operation.base)
        except (RuntimeError, OSError) as error:
            raise UpdateFailed(f"Le moteur dit : {error}", f"The engine says: {error}") from error
        return Outcome(len(store), replayable=update.replayable)
    created = _graph_store(store, operation)
    return Outcome(len(store), created)


def _graph_store(store: WritableStore, operation: Operation) -> bool:
    """An operation of the Graph Store Protocol; true when it made a graph."""
    graph = operation.graph
    there = graph is None or store.exists(graph)
    if operation.verb is Verb.DELETE:
        if not there:
            raise GraphMissing(f"Il n'y a pas de graphe <{graph}>.", f"There is no graph <{graph}>.")
        store.drop(graph)
        return False
    if operation.verb is Verb.PUT and there:
        store.drop(graph)
    for part in operation.parts:
        _add(store, graph, part, operation.base)
    if graph is not None and graph != DEFAULT_GRAPH:
        store.create(graph)
    return not there


def _add(store: WritableStore, graph: str | None, part: Part, base: str | None) -> None:
    try:
        store.add(graph, part.body, part.format, base)
    except SyntaxError as error:
        raise unreadable(error) from error
    except ClsGraphError:
        raise
    except (ValueError, RuntimeError) as error:
        raise BadRequest(f"Le moteur dit : {error}", f"The engine says: {error}") from error


def unreadable(error: SyntaxError) -> BadRequest:
    """The error for a document that the engine could not parse."""
    line, column = error.lineno, error.offset
    where_fr = f"Ligne {line}, colonne {column}. " if line else ""
    where_en = f"Line {line}, column {column}. " if line else ""
    return BadRequest(
        f"{where_fr}Le document est mal formé : {error.msg}",
        f"{where_en}The document is malformed: {error.msg}",
        line=line,
        column=column,
    )
