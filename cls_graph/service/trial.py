"""A write on trial: what the pool holds of a candidate until the write is recorded or dropped."""

from __future__ import annotations

import asyncio
import signal
import socket

from cls_graph.errors import ClsGraphError, QueryOutOfMemory, QueryTimeout, ServiceError, WorkerLost
from cls_graph.service import frames
from cls_graph.service.answer import problem
from cls_graph.service.applying import Outcome
from cls_graph.service.frames import Kind
from cls_graph.service.keepers import Keeper
from cls_graph.service.operations import Operation
from cls_graph.service.processes import Child
from cls_graph.service.snapshots import Snapshot
from cls_graph.store.syntax import syntax_error

_EXIT_SECONDS = 2.0


class Trial:
    """One candidate. ``run`` once, then ``promote`` or ``drop``."""

    def __init__(
        self,
        parent: Keeper,
        child: Child,
        control: socket.socket,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._parent = parent
        self._child = child
        self._control = control
        self._reader = reader
        self._writer = writer

    @classmethod
    async def begin(cls, keeper: Keeper) -> Trial:
        """Fork a candidate. Raises ``ServiceError``."""
        return cls(keeper, *await keeper.stand())

    async def run(
        self, operation: Operation, seconds: float, dump: Snapshot | None, *, always: bool
    ) -> Outcome:
        """What the write did.

        The dataset goes to ``dump`` when the write cannot be replayed, and ``always`` if asked.
        Raises the error that the write ended in; nothing is left of it then.
        """
        timer = asyncio.get_running_loop().call_later(seconds, self._expire)
        try:
            frames.send(self._writer, frames.pack(Kind.WRITE, operation.pack(dump=always)))
            while (frame := await frames.read(self._reader)) is not None:
                if frame.kind is Kind.END:
                    return Outcome(**frame.json())
                if frame.kind is Kind.ERROR:
                    # Of a long text it takes a while to find out what is wrong with it.
                    raise await asyncio.to_thread(_failure, frame, operation)
                if dump is not None:
                    dump.write(frame.payload)
            raise await self._death(seconds)
        except BaseException:
            self.drop()
            raise
        finally:
            timer.cancel()

    async def promote(self) -> Keeper:
        """Make the candidate a keeper. Raises ``ServiceError`` when it has died."""
        keeper = Keeper(self._control, self._child.process, self._parent.group)
        # Before it is told: from then on it may outlive the keeper that it was forked from.
        self._parent.let_go(self._child)
        try:
            frames.send(self._writer, frames.pack(Kind.PROMOTE))
            async with asyncio.timeout(_EXIT_SECONDS):
                await keeper.attach(self._reader, self._writer)
        except (TimeoutError, OSError, ClsGraphError) as error:
            await keeper.stop()
            raise _lost() from error
        except BaseException:
            await keeper.stop()
            raise
        return keeper

    def drop(self) -> None:
        """Forget the write."""
        self._child.kill()
        self._writer.close()
        self._control.close()

    def _expire(self) -> None:
        self._child.kill(late=True)

    async def _death(self, seconds: float) -> ServiceError:
        if self._child.late:
            return QueryTimeout(
                f"L'écriture a été arrêtée après {seconds:g} s ; rien n'a changé.",
                f"The write was stopped after {seconds:g} s; nothing has changed.",
                seconds=seconds,
            )
        try:
            code = await asyncio.wait_for(asyncio.shield(self._child.exit_code), _EXIT_SECONDS)
        except TimeoutError:
            code = None
        if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS):
            return _memory()
        return _lost()


def _failure(frame: frames.Frame, operation: Operation) -> ClsGraphError:
    """The error that a candidate's ERROR frame stands for."""
    said = frame.json()
    if said["kind"] == "problem":
        return problem(said)
    if said["kind"] == "syntax":
        return syntax_error(operation.text, said["message"], update=True)
    if said["kind"] == "memory":
        return _memory()
    return ServiceError(
        "Le moteur a échoué sur cette écriture ; rien n'a changé.",
        "The engine failed on this write; nothing has changed.",
    )


def _memory() -> QueryOutOfMemory:
    return QueryOutOfMemory(
        "L'écriture demande plus de mémoire ou de profondeur qu'il ne lui en est accordé ; rien n'a changé.",
        "The write asked for more memory, or depth, than it is allowed; nothing has changed.",
    )


def _lost() -> WorkerLost:
    return WorkerLost(
        "Le processus qui faisait l'écriture s'est arrêté ; rien n'a changé.",
        "The process that did the write stopped; nothing has changed.",
        retry_after=1,
    )
