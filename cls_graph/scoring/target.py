"""The endpoint as the checks see it: how it is asked, what was found out about it, what may be done to it."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx

from cls_graph.scoring.canaries import Canaries
from cls_graph.scoring.readers import Table, Unreadable, table
from cls_graph.scoring.wire import Reply, Wire

JSON = "application/sparql-results+json"
_HOPS = 4
_LONG = 1500
"""Longest query that is sent in an address."""


@dataclass(frozen=True)
class Answer:
    """A reply with the table in it; ``problem`` says why there is none."""

    reply: Reply
    table: Table
    problem: str = ""

    @property
    def well(self) -> bool:
        """Whether there is a table."""
        return not self.problem


@dataclass
class Target:
    """An endpoint. ``updates`` are the addresses that are tried for updates, ``graphs`` that of its store."""

    url: str
    wire: Wire
    canaries: Canaries
    updates: Sequence[str] = ()
    graphs: str = ""
    base: str = ""
    """IRIs that begin so are looked up at the endpoint's own host."""
    auth: Any = None
    """For what is written with ``--erase``, and for nothing else."""
    token: str = ""
    """Makes the names of graphs that are written one's own."""
    server: str = ""
    memory: dict[str, Any] = field(default_factory=dict)
    """What one check leaves to the next."""

    def send(self, method: str = "GET", *, limit: float | None = None, **request: Any) -> Reply:
        """The reply of the endpoint to one request, as it is given."""
        return self.wire.send(method, self.url, limit=limit, **request)

    def ask(
        self,
        query: str,
        accept: str | None = JSON,
        *,
        limit: float | None = None,
        headers: dict[str, str] | None = None,
        also: Sequence[tuple[str, str]] = (),
    ) -> Reply:
        """The reply to a query: by GET, or as a form where it is long."""
        said = dict(headers or {})
        if accept is not None:
            said["Accept"] = accept
        pairs: list[tuple[str, Any]] = [("query", query), *also]
        if len(query) <= _LONG:
            return self.send(params=httpx.QueryParams(pairs), headers=said, limit=limit)
        body = str(httpx.QueryParams(pairs)).encode()
        said["Content-Type"] = "application/x-www-form-urlencoded"
        return self.send("POST", content=body, headers=said, limit=limit)

    def fetch(self, url: str, accept: str) -> tuple[str, Reply]:
        """The reply at an address, and the address that gave it: redirects are gone after at known hosts."""
        for _ in range(_HOPS):
            reply = self.wire.send("GET", url, headers={"Accept": accept})
            where = reply.headers.get("location", "")
            if reply.status not in (301, 302, 303, 307, 308) or not where:
                break
            try:
                onward = str(httpx.URL(url).join(where).copy_with(fragment=None))
            except (httpx.InvalidURL, ValueError):
                break
            if not self.wire.reaches(onward):
                break
            url = onward
        return url, reply

    def select(self, query: str, accept: str = JSON, **more: Any) -> Answer:
        """The table that a query gives."""
        return read(self.ask(query, accept, **more))

    def values(self, query: str) -> list[str]:
        """The values of ``?v``; none where the query fails."""
        answer = self.select(query)
        return answer.table.values() if answer.well else []

    def alive(self) -> bool:
        """Whether it answers a small query; asked again until the limit of one request is over."""
        for _ in range(3):
            reply = self.ask("ASK { }")
            if reply.ok:
                return True
        return False

    @cached_property
    def local(self) -> bool:
        """Whether it is on this machine: only there can it reach a canary on loopback, or read a file."""
        try:
            found = socket.getaddrinfo(httpx.URL(self.url).host, None, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError):
            return False
        return any(_own(family, address[0]) for family, _, _, _, address in found)

    @cached_property
    def triples(self) -> int:
        """Triples of its default graph; -1 where it does not say."""
        found = self.values("SELECT (COUNT(*) AS ?v) { ?s ?p ?o }")
        return int(found[0]) if len(found) == 1 and found[0].isdigit() else -1

    @cached_property
    def named(self) -> list[str]:
        """A few of its named graphs."""
        return self.values("SELECT DISTINCT ?v { GRAPH ?v { ?s ?p ?o } } LIMIT 5")

    @property
    def root(self) -> str:
        """The address of its host, without a path."""
        return str(httpx.URL(self.url).copy_with(path="/", query=None, fragment=None))


def read(reply: Reply) -> Answer:
    """The reply with what is in it, or with what is wrong with it."""
    if not reply.ok:
        return Answer(reply, Table(), reply.told("en") or "no answer")
    try:
        return Answer(reply, table(reply.kind, reply.body))
    except Unreadable as error:
        return Answer(reply, Table(), str(error))


def _own(family: int, address: Any) -> bool:
    """Whether an address is one of this machine: only these can be listened on."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
