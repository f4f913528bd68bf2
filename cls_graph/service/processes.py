"""The pool's side of the workers' processes: talk to them, kill them, know how they died."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from typing import Any

from cls_graph.service import frames
from cls_graph.service.frames import Kind
from cls_graph.service.link import Link


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


class Child:
    """A fork of the keeper, as the pool sees it; ``close`` hangs up on it."""

    def __init__(self, pid: int, close: Callable[[], None]) -> None:
        self.late = False
        self.exit_code: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.process = Process(pid)
        self._close = close

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self.process.pid

    def kill(self, *, late: bool = False) -> None:
        """Kill the process, whatever it is doing; ``late``: because its time was up."""
        self.late = self.late or late
        self.process.kill()

    def ended(self, code: int | None) -> None:
        """Note how the process ended (``None``: its keeper is gone and nobody can say)."""
        if not self.exit_code.done():
            self.exit_code.set_result(code)
        self._close()
        self.process.forget()


class Worker(Child):
    """One worker: takes a request at a time, and answers it over ``link``."""

    def __init__(self, pid: int, protections: list[str], link: Link) -> None:
        super().__init__(pid, link.close)
        self.protections = protections
        self.demoted = False
        self.link = link

    def send(self, request: dict[str, Any]) -> None:
        """Send one request; its answer comes to who listens to ``link``."""
        self.link.send(frames.pack(Kind.QUERY, request))

    def demote(self) -> None:
        """Let quicker queries go first from now on; the worker is retired after this one."""
        self.demoted = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)
