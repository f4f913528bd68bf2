"""The pool's side of the keeper's process: start it, have it fork, take over from another."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cls_graph.errors import CorpusError, ServiceError
from cls_graph.service import frames
from cls_graph.service.frames import Frame, Kind
from cls_graph.service.link import Link
from cls_graph.service.processes import Child, Process, Worker, bury
from cls_graph.settings import Settings
from cls_graph.store.address import SECRETS, is_address

Standing = tuple[Child, socket.socket, asyncio.StreamReader, asyncio.StreamWriter]
_SPAWN_SECONDS = 15.0
_STOP_SECONDS = 2.0
_BURIALS = (0.2, 2.0)
_SECRETS = ("CLS_WRITE_TOKEN",)


def _nobody(_: Child | None) -> None:
    pass


class Keeper:
    """The keeper's process, its control socket and its children.

    ``on_end`` is called with each child that ends, and with ``None`` when the keeper itself is lost.
    """

    def __init__(
        self,
        control: socket.socket,
        process: subprocess.Popen[bytes] | Process,
        group: int,
        on_end: Callable[[Child | None], None] = _nobody,
    ) -> None:
        self.group = group
        self.lost = False
        self.quads = 0
        self.number = 0
        self.about: dict[str, Any] = {}
        """What is known of a remote store (see ``store.remote.About``)."""
        self.on_end = on_end
        self._process = process
        self._control = control
        self._children: dict[int, Child] = {}
        self._early: dict[int, int] = {}
        self._watch: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @classmethod
    async def start(
        cls, path: Path | str, settings: Settings, on_end: Callable[[Child | None], None]
    ) -> Keeper:
        """Start the process and wait until it has loaded ``path``: N-Quads, a store's folder or address.

        Raises ``CorpusError`` when it cannot be loaded, ``ServiceError`` when no process can be started.
        """
        if not hasattr(os, "fork"):
            raise ServiceError(
                "Ce système ne sait pas dupliquer un processus ; le service demande Linux ou macOS.",
                "This system cannot fork a process; the service needs Linux or macOS.",
            )
        ours, theirs = socket.socketpair()
        with theirs:
            process = _launch(theirs, path, settings)
        # It leads the group of all that come of it.
        keeper = cls(ours, process, process.pid, on_end)
        try:
            # The stream owns a copy: file descriptors are passed over the socket itself.
            reader, writer = await asyncio.open_connection(sock=ours.dup())
            await keeper.attach(reader, writer)
        except BaseException:
            await keeper.stop()
            raise
        return keeper

    async def attach(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Wait until the process says that it is ready to fork."""
        self._writer = writer
        self._control.setblocking(False)
        first = await frames.read(reader)
        if first is None:
            raise ServiceError(
                "Le processus qui charge les données s'est arrêté au démarrage.",
                "The process that loads the data stopped as it started.",
            )
        if first.kind is Kind.ERROR:
            raise CorpusError(**first.json())
        self.quads, self.number = first.json()["quads"], first.json()["number"]
        self.about = first.json()["about"]
        self._watch = asyncio.create_task(self._listen(reader))

    async def spawn(self) -> Worker:
        """Fork one worker and wait until it has shut itself in. Raises ``ServiceError``."""
        link = await Link.over(self._fork(Kind.SPAWN))
        try:
            hello = await _greeting(link.first())
            worker = Worker(hello["pid"], hello["sandbox"], link)
            self._adopt(worker)
        except BaseException:
            link.close()
            raise
        return worker

    async def stand(self) -> Standing:
        """Fork a candidate: as the pool sees it, with its socket and streams. Raises ``ServiceError``."""
        ours = self._fork(Kind.CANDIDATE)
        reader, writer = await asyncio.open_connection(sock=ours.dup(), limit=4 * frames.BLOCK)
        try:
            hello = await _greeting(frames.read(reader))
            child = Child(hello["pid"], writer.close)
            self._adopt(child)
        except BaseException:
            ours.close()
            writer.close()
            raise
        return child, ours, reader, writer

    def _fork(self, kind: Kind) -> socket.socket:
        """Have the keeper fork; our end of the child's socket."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [frames.pack(kind)], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise no_worker(str(error)) from error
        return ours

    def _adopt(self, child: Child) -> None:
        """Note a child that has shut itself in, unless it has ended meanwhile."""
        if self.lost or child.pid in self._early:
            child.ended(self._early.pop(child.pid, None))
            raise no_worker("")
        self._children[child.pid] = child

    def let_go(self, child: Child) -> None:
        """A candidate is a keeper of its own from now on."""
        self._children.pop(child.pid, None)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while (frame := await frames.read(reader)) is not None:
            end = frame.json()
            child = self._children.pop(end["pid"], None)
            if child is None:
                self._early[end["pid"]] = end["code"]
            else:
                child.ended(end["code"])
                self.on_end(child)
        self.lost = True
        self._process.kill()
        self._end_children()
        self.on_end(None)

    def _end_children(self) -> None:
        for child in self._children.values():
            child.kill()
            child.ended(None)
        self._children.clear()

    def kill(self) -> None:
        """Kill the process; what depends on it is told so, as if it had died by itself."""
        self._process.kill()

    async def stop(self) -> None:
        """Kill the children, then the keeper; returns when the process is reaped."""
        self.lost = True
        if self._watch is not None:
            self._watch.cancel()
        self._end_children()
        if self._writer is not None:
            self._writer.close()
        self._control.close()
        self._process.kill()
        for seconds in _BURIALS:
            asyncio.get_running_loop().call_later(seconds, bury, self.group)
        if isinstance(self._process, Process):
            self._process.forget()
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, _STOP_SECONDS)


def _launch(control: socket.socket, path: Path | str, settings: Settings) -> subprocess.Popen[bytes]:
    """Start the keeper; of ours it gets the control socket, the module path and stderr."""
    command = [sys.executable, "-P", "-m", "cls_graph.service.keeper"]
    command += [str(control.fileno()), str(os.getpid()), str(path), json.dumps(asdict(settings))]
    modules = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
    environment = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    if not is_address(path):
        environment = {name: value for name, value in environment.items() if name not in SECRETS}
    return subprocess.Popen(
        command,
        pass_fds=[control.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": modules},
        # A Ctrl-C in the terminal is for the service, which then stops its processes.
        start_new_session=True,
    )


async def _greeting(coming: Coroutine[Any, Any, Frame | None]) -> dict[str, Any]:
    """What a child says once it has shut itself in. Raises ``ServiceError``."""
    first: Frame | None
    try:
        # Not wait_for: on Python 3.11 it swallows a cancellation that comes with the frame.
        async with asyncio.timeout(_SPAWN_SECONDS):
            first = await coming
    except TimeoutError:
        first = None
    if first is None or first.kind is not Kind.READY:
        raise no_worker(first.json()["message"] if first else "")
    return first.json()


def no_worker(reason: str) -> ServiceError:
    """The error for a process that could not be forked."""
    return ServiceError(
        f"Aucun processus de requête n'a pu être démarré. {reason}".rstrip(),
        f"No query process could be started. {reason}".rstrip(),
    )
