"""What the service remembers between requests: figures, budgets, kept answers, running queries."""

from __future__ import annotations

from cls_graph.queries.parameters import Choice
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings
from cls_graph_api.budgets import Budgets
from cls_graph_api.kept import Cache
from cls_graph_api.metrics import Metrics
from cls_graph_api.running import Entry, Running


class Desk:
    """One for each site."""

    def __init__(self, settings: Settings) -> None:
        self.metrics = Metrics()
        self.budgets = Budgets(settings)
        self.cache = Cache(settings.cache_bytes)
        self.running = Running()
        self.choices: dict[tuple[str, str], list[Choice]] = {}
        """What the data list for a parameter of a question, by release and query."""
        self.completions: dict[str, tuple[str, bytes]] = {}
        """What an editor may propose, by language: the release that was last asked for, and the answer."""

    def admit(self, client: str, identifier: str | None) -> Entry:
        """Take a query in; what it costs is charged to ``client``.

        Raises ``TooManyRequests``, and ``BadRequest`` for an ``identifier`` that cannot be used.
        """
        self.budgets.enter(client)
        long = False
        charged = 0.0

        def on_long(ticket: Ticket) -> None:
            nonlocal long
            long = self.budgets.long(client, ticket)

        def on_end(ticket: Ticket) -> None:
            nonlocal long, charged
            seconds = ticket.seconds - charged
            self.budgets.leave(client, seconds, long=long)
            self.metrics.query(ticket.cause, ticket.waited, seconds)
            long, charged = False, ticket.seconds
            if entry.sending:
                self.running.remove(entry)

        entry = self.running.add(identifier, Ticket(on_long, on_end))
        return entry
