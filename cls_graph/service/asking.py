"""What can be asked of the data, whichever generation answers: queries, descriptions, whole graphs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyoxigraph as ox

from cls_graph import media
from cls_graph.errors import BadRequest, NotFound
from cls_graph.namespaces import DEFAULT_BASE
from cls_graph.service import guard
from cls_graph.service.generation import Generation, Manifest
from cls_graph.service.rows import Cut
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings

_NTRIPLES = next(f for f in media.GRAPHS if f.name == "nt")


@dataclass(frozen=True)
class Answer:
    """A decided answer. ``whole`` is all of it when it was short; ``body`` gives it in any case.

    ``body`` raises if the answer breaks off. ``close`` says that the rest is not wanted, and kills
    the query if it still runs: call it unless ``body`` was read to its end. ``volatile`` is true when
    another run may answer differently (``NOW()``, ``RAND()``). ``cut`` is where a limit ended it early.
    """

    format: media.Format
    media_type: str
    whole: bytes | None
    body: AsyncIterator[bytes]
    close: Callable[[], None]
    volatile: bool
    cut: Cut | None = None


class Coming(Protocol):
    """An answer under way (see ``answer.Stream``)."""

    @property
    def cut(self) -> Cut | None: ...

    def whole(self) -> bytes | None: ...

    def blocks(self) -> AsyncIterator[bytes]: ...

    def abandon(self) -> None: ...


Tickets = Callable[[], Ticket]
"""Makes the ticket of a query that comes without one, so that whoever it is for has it counted."""


class Asking:
    """The questions. A subclass says which generation answers them."""

    _settings: Settings
    _tickets: Tickets = Ticket

    @property
    def generation(self) -> Generation:
        """The generation that answers."""
        raise NotImplementedError

    @property
    def manifest(self) -> Manifest:
        """What is said of its data: the manifest of a release."""
        return self.generation.manifest

    @property
    def changing(self) -> bool:
        """Whether the data is written to."""
        return self.generation.changing

    @property
    def quads(self) -> int:
        """Quads in the store."""
        return self.generation.quads

    @property
    def about(self) -> dict[str, Any]:
        """What is known of the remote store that answers (see ``store.remote.About``); else empty."""
        return self.generation.about

    @property
    def workers(self) -> int:
        """Workers alive."""
        return self.generation.workers

    @property
    def ready(self) -> bool:
        """Whether a query can be answered now, or as soon as a worker is forked for it."""
        return self.generation.ready

    @property
    def idle(self) -> int:
        """Workers that have nothing to do."""
        return self.generation.idle

    @property
    def waiting(self) -> int:
        """Queries that wait for a worker."""
        return self.generation.waiting

    @property
    def sandbox(self) -> list[str]:
        """The protections that the workers report (see ``sandbox``)."""
        return list(self.generation.protections)

    async def query(
        self,
        text: str,
        *,
        accept: str | None = None,
        asked: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        ticket: Ticket | None = None,
        base: str | None = None,
        infer: bool = False,
    ) -> Answer:
        """Evaluate a query; returns once its answer is whole or safely under way.

        ``base`` resolves its relative IRIs, which are malformed without. ``infer`` asks the entailed
        graphs too, where no dataset is named.
        The format is ``asked`` (a short name or media type) or chosen by ``accept``. A dataset in the
        arguments replaces the query's. ``timeout`` can only shorten the configured one, and ``ticket``
        follows the query and can stop it. Raises ``QueryRefused``, ``QueryTooComplex``,
        ``QuerySyntaxError``, ``NotAcceptable``, ``Busy``, ``QueryTimeout``, ``QueryOutOfMemory``,
        ``WorkerLost``.
        """
        found = guard.inspect(text, self._settings, writable=self.changing)
        among = media.GRAPHS if guard.wants_graph(found) else media.SOLUTIONS
        if found.form is None:
            # Not a query at all: where it goes wrong matters more than the format.
            accept = asked = None
        fmt = media.choose(accept, among, asked)
        request = {
            "op": "query",
            "text": text,
            "format": fmt.name,
            "default_graphs": _list(default_graphs),
            "named_graphs": _list(named_graphs),
            "base": base,
            "infer": infer,
        }
        stream = await self._run(request, timeout, ticket)
        return _answer(fmt, _spelled(fmt, accept, asked), stream, volatile=found.volatile)

    async def describe(
        self, iri: str, fmt: media.Format, *, context: bool = False, infer: bool = False
    ) -> bytes:
        """The bounded description of a thing; empty when nothing is said of it.

        With ``context``: also what points to it, and the labels of all that is named. With ``infer``:
        also what is entailed.
        Raises ``BadRequest`` when ``iri`` is not an IRI, and as ``query``.
        """
        request = {"op": "describe", "iri": iri, "format": fmt.name, "context": context, "infer": infer}
        stream = await self._run(request, None)
        return b"".join([block async for block in stream.blocks()])

    async def statements(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The description of a thing with its context, in order, each statement once.

        Raises as ``describe``.
        """
        body = await self.describe(iri, _NTRIPLES, context=True, infer=infer)
        return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]

    async def graph(self, graph: str | None, fmt: media.Format, media_type: str) -> Answer:
        """A graph of the store (the default graph for an empty name), or all of them for ``None``."""
        request = {"op": "graph", "graph": graph, "format": fmt.name}
        return _answer(fmt, media_type, await self._run(request, None), volatile=False)

    async def explain(self, statement: tuple[str, str, str], lang: str) -> dict[str, Any]:
        """Why a statement is there: ``explanation`` (see ``Explanation.as_json``) and ``text``.

        ``statement`` is three words as ``Explainer.find`` takes them. Raises ``NotFound`` where it is not
        there, ``BadRequest`` where a word means nothing, and as ``query``.
        """
        base = str(self.manifest.get("base_iri", DEFAULT_BASE))
        request = {"op": "explain", "statement": list(statement), "base": base, "lang": lang}
        stream = await self._run(request, None)
        found: dict[str, Any] = json.loads(b"".join([block async for block in stream.blocks()]))
        if "problem" in found:
            error = NotFound if found["problem"] == NotFound.code else BadRequest
            raise error(found["detail"]["fr"], found["detail"]["en"])
        return found

    async def exists(self, graph: str) -> bool:
        """Whether there is a graph of this name, be it empty."""
        stream = await self._run({"op": "exists", "graph": graph}, None)
        return b"".join([block async for block in stream.blocks()]) == b"true"

    async def published(self) -> str:
        """The digest of the release that is in the remote store now; empty where it is not known.

        Raises ``StoreFailed`` and as ``query``.
        """
        stream = await self._run({"op": "published"}, None)
        return b"".join([block async for block in stream.blocks()]).decode()

    async def _run(
        self, request: dict[str, Any], timeout: float | None, ticket: Ticket | None = None
    ) -> Coming:
        limit = self._settings.query_timeout
        seconds = limit if timeout is None else min(limit, timeout)
        return await self.generation.run(request, seconds, ticket or self._tickets())


class View(Asking):
    """One generation, held until ``close``: all answers are of the same state of the data."""

    def __init__(self, generation: Generation, settings: Settings, tickets: Tickets = Ticket) -> None:
        self._settings = settings
        self._tickets = tickets
        self._generation = generation
        # The keeper may be replaced, and its number with it.
        self._manifest = generation.manifest
        self._open = True
        generation.pin()

    @property
    def generation(self) -> Generation:
        return self._generation

    @property
    def manifest(self) -> Manifest:
        return self._manifest

    def close(self) -> None:
        """Let the generation go; does nothing the second time."""
        if self._open:
            self._open = False
            self._generation.unpin()


def _answer(fmt: media.Format, media_type: str, stream: Coming, *, volatile: bool) -> Answer:
    return Answer(fmt, media_type, stream.whole(), stream.blocks(), stream.abandon, volatile, stream.cut)


def _list(graphs: Sequence[str] | None) -> list[str] | None:
    return None if graphs is None else list(graphs)


def _spelled(fmt: media.Format, accept: str | None, asked: str | None) -> str:
    """The media type of a format in the client's words: its usual one, or an alias that was asked for."""
    if asked:
        return fmt.media_type
    return media.negotiate(accept, (fmt.media_type, *fmt.aliases)) or fmt.media_type
