"""The pool's side of the keeper's and the workers' processes: start, talk to, kill, know how they died."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cls_graph.errors import CorpusError, ServiceError
from cls_graph.service import frames
from cls_graph.service.frames import Frame, Kind
from cls_graph.settings import Settings

_SPAWN_SECONDS = 15.0
_STOP_SECONDS = 2.0


class Worker:
    """One worker, as the pool sees it."""

    def __init__(
        self,
        pid: int,
        protections: list[str],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.pid = pid
        self.protections = protections
        self.late = False
        self.demoted = False
        self.exit_code: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._reader = reader
        self._writer = writer
        # A handle cannot come to mean another process, as a number can once it is reaped.
        self._handle: int | None = None
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                self._handle = os.pidfd_open(pid)

    def send(self, request: dict[str, Any]) -> None:
        """Send one request; its answer follows on ``read``."""
        self._writer.write(frames.pack(Kind.QUERY, request))

    async def read(self) -> Frame | None:
        """The next frame, or ``None`` when the worker is gone."""
        return await frames.read(self._reader)

    def kill(self, *, late: bool = False) -> None:
        """Kill the process, whatever it is doing; ``late``: because its time was up."""
        self.late = self.late or late
        with contextlib.suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif not self.exit_code.done():
                os.kill(self.pid, signal.SIGKILL)

    def demote(self) -> None:
        """Let quicker queries go first from now on; the worker is retired after this one."""
        self.demoted = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def ended(self, code: int | None) -> None:
        """Note how the process ended (``None``: its keeper is gone and nobody can say)."""
        if not self.exit_code.done():
            self.exit_code.set_result(code)
        self._writer.close()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Keeper:
    """The keeper's process, its control socket and its workers."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        control: socket.socket,
        on_end: Callable[[Worker | None], None],
    ) -> None:
        self.lost = False
        self.quads = 0
        self._process = process
        self._control = control
        self._on_end = on_end
        self._workers: dict[int, Worker] = {}
        self._early: dict[int, int] = {}
        self._watch: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @classmethod
    async def start(cls, nquads: Path, settings: Settings, on_end: Callable[[Worker | None], None]) -> Keeper:
        """Start the process and wait until it has loaded ``nquads``.

        ``on_end`` is called with each worker that ends, and with ``None`` when the keeper itself is
        lost. Raises ``CorpusError`` when the file cannot be loaded, ``ServiceError`` when no process
        can be started.
        """
        if not hasattr(os, "fork"):
            raise ServiceError(
                "Ce système ne sait pas dupliquer un processus ; le service demande Linux ou macOS.",
                "This system cannot fork a process; the service needs Linux or macOS.",
            )
        ours, theirs = socket.socketpair()
        with theirs:
            process = _launch(theirs, nquads, settings)
        keeper = cls(process, ours, on_end)
        try:
            await keeper._load()
        except BaseException:
            await keeper.stop()
            raise
        return keeper

    async def _load(self) -> None:
        # The stream owns a copy: file descriptors are passed over the socket itself.
        reader, self._writer = await asyncio.open_connection(sock=self._control.dup())
        self._control.setblocking(False)
        first = await frames.read(reader)
        if first is None:
            raise ServiceError(
                "Le processus qui charge les données s'est arrêté au démarrage.",
                "The process that loads the data stopped as it started.",
            )
        if first.kind is Kind.ERROR:
            raise CorpusError(**first.json())
        self.quads = first.json()["quads"]
        self._watch = asyncio.create_task(self._listen(reader))

    async def spawn(self) -> Worker:
        """Fork one worker and wait until it has shut itself in. Raises ``ServiceError``."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [frames.pack(Kind.SPAWN)], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise _no_worker(str(error)) from error
        reader, writer = await asyncio.open_connection(sock=ours, limit=4 * frames.BLOCK)
        try:
            first = await asyncio.wait_for(frames.read(reader), _SPAWN_SECONDS)
        except TimeoutError:
            first = None
        if first is None or first.kind is not Kind.READY:
            writer.close()
            raise _no_worker(first.json()["message"] if first else "")
        hello = first.json()
        worker = Worker(hello["pid"], hello["sandbox"], reader, writer)
        if self.lost or worker.pid in self._early:
            worker.ended(self._early.pop(worker.pid, None))
            raise _no_worker("")
        self._workers[worker.pid] = worker
        return worker

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while (frame := await frames.read(reader)) is not None:
            end = frame.json()
            worker = self._workers.pop(end["pid"], None)
            if worker is None:
                self._early[end["pid"]] = end["code"]
            else:
                worker.ended(end["code"])
                self._on_end(worker)
        self.lost = True
        self._process.kill()
        self._end_workers()
        self._on_end(None)

    def _end_workers(self) -> None:
        for worker in self._workers.values():
            worker.kill()
            worker.ended(None)
        self._workers.clear()

    async def stop(self) -> None:
        """Kill the workers, then the keeper; returns when the process is reaped."""
        self.lost = True
        if self._watch is not None:
            self._watch.cancel()
        self._end_workers()
        if self._writer is not None:
            self._writer.close()
        self._control.close()
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, _STOP_SECONDS)


def _launch(control: socket.socket, nquads: Path, settings: Settings) -> subprocess.Popen[bytes]:
    """Start the keeper; of ours it gets the control socket, the module path and stderr."""
    command = [sys.executable, "-P", "-m", "cls_graph.service.keeper"]
    command += [str(control.fileno()), str(os.getpid()), str(nquads), json.dumps(asdict(settings))]
    path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
    return subprocess.Popen(
        command,
        pass_fds=[control.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        # A Ctrl-C in the terminal is for the service, which then stops its processes.
        start_new_session=True,
    )


def _no_worker(reason: str) -> ServiceError:
    return ServiceError(
        f"Aucun processus de requête n'a pu être démarré. {reason}".rstrip(),
        f"No query process could be started. {reason}".rstrip(),
    )
