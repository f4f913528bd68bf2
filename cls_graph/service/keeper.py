"""The keeper: one thread, one store, and a fork for each worker that is asked for.

Started by the pool as ``python -m cls_graph.service.keeper FD PARENT PATH SETTINGS``.
It loads a release, or opens a writable store, into memory once; workers share its pages
until they write to them. It must stay single-threaded, or a fork could copy a lock that
nobody frees.

In a writable store each write makes a new keeper, forked from the one before, which goes
once its last query has ended. A keeper ends when the pool closes its socket, however that
comes about: so none outlives the service.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cls_graph.errors import ClsGraphError
from cls_graph.service import candidate, sandbox, worker
from cls_graph.service.frames import HEADER_SIZE, Kind, pack, unpack_header
from cls_graph.service.recovery import recover
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore, Store
from cls_graph.store.address import is_address
from cls_graph.store.writable import WritableStore


def main(arguments: list[str]) -> None:
    """Load the store, say so, then fork and reap until the pool closes its end."""
    descriptor, parent, path, said = arguments
    settings = Settings(**json.loads(said))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandbox.die_with_parent(int(parent))
    control: socket.socket | None = socket.socket(fileno=int(descriptor))
    assert control is not None
    number = 0
    try:
        store: Store
        about: dict[str, Any] = {}
        if is_address(path):
            store, about = _connected(path, settings)
        elif os.path.isdir(path):
            store, number = recover(Path(path), settings)
        else:
            store = EmbeddedStore.from_file(path, apart=settings.inference == "fast")
    except ClsGraphError as error:
        control.sendall(pack(Kind.ERROR, dict(error.detail)))
        return
    # Objects that outlive the fork are not to be touched, page by page, by the collector.
    gc.collect()
    gc.freeze()
    while control is not None:
        # Each time round after the first, this is a new process: a candidate that was promoted.
        ready = {
            "pid": os.getpid(),
            "quads": len(store),
            "number": number,
            "threads": _threads(),
            "about": about,
        }
        try:
            control.sendall(pack(Kind.READY, ready))
        except ConnectionError:
            return
        control = Keeper(control, store, settings).serve()
        number += 1


class Keeper:
    """The loop of the keeper's process."""

    def __init__(self, control: socket.socket, store: Store, settings: Settings) -> None:
        self._control = control
        self._store = store
        self._settings = settings
        self._workers: set[int] = set()
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def serve(self) -> socket.socket | None:
        """Until the control socket closes; kills every worker then.

        Returns only in another process: with its control socket, in a candidate that is to keep the
        store from now on.
        """
        try:
            while True:
                ready, _, _ = select.select([self._control.fileno(), self._woken], [], [])
                if self._woken in ready:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._woken, 4096)
                    self._reap()
                if self._control.fileno() in ready:
                    successor = self._obey()
                    if successor is not None:
                        return successor
        except ConnectionError:
            return None
        finally:
            # None in a candidate, which forgets them as it is forked.
            for pid in self._workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _obey(self) -> socket.socket | None:
        """Take one SPAWN or CANDIDATE; raises ``ConnectionError`` when the pool is gone."""
        data, descriptors, _, _ = socket.recv_fds(self._control, HEADER_SIZE, 1)
        if not data:
            raise ConnectionError
        kind, _ = unpack_header(data)
        for descriptor in descriptors:
            sock = socket.socket(fileno=descriptor)
            if kind is Kind.SPAWN:
                self._fork(sock, self._work)
            elif self._fork(sock, self._stand):
                return sock
        return None

    def _fork(self, sock: socket.socket, begin: Callable[[socket.socket, int], bool]) -> bool:
        """Fork; the child calls ``begin`` with its socket and our number, and ends unless that is true."""
        keeper = os.getpid()
        try:
            pid = os.fork()
        except OSError:
            # The pool sees its end of the pair close, and asks again later.
            sock.close()
            return False
        if pid:
            if begin == self._work:
                self._workers.add(pid)
            sock.close()
            return False
        try:
            self._become_child()
            if begin(sock, keeper):
                return True
        except Exception as error:
            with contextlib.suppress(OSError):
                sock.sendall(pack(Kind.ERROR, {"kind": "start", "message": str(error)}))
        except BaseException:
            pass
        os._exit(0)

    def _work(self, sock: socket.socket, keeper: int) -> bool:
        worker.run(sock, self._store, self._settings, keeper)
        return False

    def _stand(self, sock: socket.socket, keeper: int) -> bool:
        assert isinstance(self._store, WritableStore)
        return candidate.run(sock, self._store, self._settings, keeper)

    def _become_child(self) -> None:
        self._workers.clear()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        os.close(self._woken)
        os.close(self._wake)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._workers.discard(pid)
            code = os.waitstatus_to_exitcode(status)
            self._control.sendall(pack(Kind.EXITED, {"pid": pid, "code": code}))


def _connected(url: str, settings: Settings) -> tuple[Store, dict[str, Any]]:
    # Only here: an HTTP client takes a while to import.
    from cls_graph.store.remote import RemoteStore

    store = RemoteStore.connect(url, settings)
    return store, store.about.as_json()


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


if __name__ == "__main__":
    main(sys.argv[1:])
