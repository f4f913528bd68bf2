"""The pool's side of the workers' processes: talk to them, kill them, know how they died."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import Any

from cls_graph.service import frames
from cls_graph.service.frames import Frame, Kind


class Process:
    """A process that is not started by us: a worker, a candidate, or a keeper that was one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        # A handle cannot come to mean another process, as a number can once it is reaped.
        self._handle: int | None = None
        self._gone = False
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                self._handle = os.pidfd_open(pid)

    def kill(self) -> None:
        """Kill it, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif not self._gone:
                os.kill(self.pid, signal.SIGKILL)

    def forget(self) -> None:
        """It has died, or was killed just now."""
        self._gone = True
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def bury(group: int) -> None:
    """Wait for the dead of a process group that have come to us.

    Who loses its parent goes to the first process of the system, or container, which may be us.
    """
    with contextlib.suppress(ChildProcessError):
        while os.waitid(os.P_PGID, group, os.WEXITED | os.WNOHANG) is not None:
            pass


class Worker:
    """One worker, or a candidate, as the pool sees it."""

    def __init__(
        self,
        pid: int,
        protections: list[str],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.protections = protections
        self.late = False
        self.demoted = False
        self.exit_code: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.process = Process(pid)
        self._reader = reader
        self._writer = writer

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self.process.pid

    def send(self, request: dict[str, Any]) -> None:
        """Send one request; its answer follows on ``read``."""
        self._writer.write(frames.pack(Kind.QUERY, request))

    async def read(self) -> Frame | None:
        """The next frame, or ``None`` when the worker is gone."""
        return await frames.read(self._reader)

    def kill(self, *, late: bool = False) -> None:
        """Kill the process, whatever it is doing; ``late``: because its time was up."""
        self.late = self.late or late
        self.process.kill()

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
        self.process.forget()
