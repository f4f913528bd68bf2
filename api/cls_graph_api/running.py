"""Queries that can be stopped by the identifier that their client chose for them."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from cls_graph.errors import BadRequest, NotFound, QueryCancelled
from cls_graph.service.ticket import Ticket

_IDENTIFIER = re.compile(r"[A-Za-z0-9._~:\-]{8,128}")


def usable(identifier: str) -> str:
    """The identifier itself. Raises ``BadRequest`` for one that cannot be used, even unused."""
    if not _IDENTIFIER.fullmatch(identifier):
        raise BadRequest(
            "query-request-id : de 8 à 128 lettres, chiffres ou . _ ~ : -",
            "query-request-id: 8 to 128 letters, digits or . _ ~ : -",
            parameter="query-request-id",
        )
    return identifier


@dataclass
class Entry:
    """A query under its identifier. ``sending``: its answer has begun to leave."""

    identifier: str | None
    ticket: Ticket
    task: asyncio.Task[object] | None
    sending: bool = False


class Running:
    """The queries that run or wait, by identifier: whoever knows it may stop the query, nobody else."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, identifier: str | None, ticket: Ticket) -> Entry:
        """Note the query of the current task. Raises ``BadRequest`` for an identifier that is in use."""
        entry = Entry(identifier, ticket, asyncio.current_task())
        if identifier is not None:
            if identifier in self._entries:
                raise BadRequest(
                    "Une requête en cours porte déjà cet identifiant.",
                    "A query that is running already has this identifier.",
                    parameter="query-request-id",
                )
            self._entries[identifier] = entry
        return entry

    def remove(self, entry: Entry) -> None:
        """The query is over."""
        if entry.identifier is not None and self._entries.get(entry.identifier) is entry:
            del self._entries[entry.identifier]

    def cancel(self, identifier: str) -> None:
        """Stop a query. Raises ``NotFound`` when none of that identifier runs or waits."""
        entry = self._entries.get(identifier)
        if entry is None:
            raise NotFound(
                "Aucune requête en cours ne porte cet identifiant.",
                "No query that is running has this identifier.",
            )
        entry.ticket.stop(QueryCancelled("La requête a été annulée.", "The query was cancelled."))
        if not entry.ticket.working and not entry.sending and entry.task is not None:
            entry.task.cancel()
