"""The keeper: one thread, one store, and a fork for each worker that is asked for.

Started by the pool as ``python -m cls_graph.service.keeper FD PARENT PATH SETTINGS``.
It loads the release into memory once; workers share its pages until they write to
them. It must stay single-threaded, or a fork could copy a lock that nobody frees.
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

from cls_graph.errors import ClsGraphError
from cls_graph.service import sandbox, worker
from cls_graph.service.frames import HEADER_SIZE, Kind, pack
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore


def main(arguments: list[str]) -> None:
    """Load the store, say so, then fork and reap until the pool closes its end."""
    descriptor, parent, path, settings = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandbox.die_with_parent(int(parent))
    control = socket.socket(fileno=int(descriptor))
    try:
        store = EmbeddedStore.from_file(path)
    except ClsGraphError as error:
        control.sendall(pack(Kind.ERROR, dict(error.detail)))
        return
    # Objects that outlive the fork are not to be touched, page by page, by the collector.
    gc.collect()
    gc.freeze()
    keeper = Keeper(control, store, Settings(**json.loads(settings)))
    control.sendall(pack(Kind.READY, {"quads": len(store), "threads": _threads()}))
    keeper.serve()


class Keeper:
    """The loop of the keeper's process."""

    def __init__(self, control: socket.socket, store: EmbeddedStore, settings: Settings) -> None:
        self._control = control
        self._store = store
        self._settings = settings
        self._children: set[int] = set()
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Until the control socket closes; kills every worker then."""
        try:
            while True:
                ready, _, _ = select.select([self._control.fileno(), self._woken], [], [])
                if self._woken in ready:
                    os.read(self._woken, 4096)
                    self._reap()
                if self._control.fileno() in ready and not self._obey():
                    return
        except ConnectionError:
            return
        finally:
            for pid in self._children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        """Take one SPAWN; false when the pool is gone."""
        data, descriptors, _, _ = socket.recv_fds(self._control, HEADER_SIZE, 1)
        if not data:
            return False
        for descriptor in descriptors:
            self._spawn(socket.socket(fileno=descriptor))
        return True

    def _spawn(self, sock: socket.socket) -> None:
        keeper = os.getpid()
        try:
            pid = os.fork()
        except OSError:
            # The pool sees its end of the pair close, and asks again later.
            sock.close()
            return
        if pid:
            self._children.add(pid)
            sock.close()
            return
        try:
            self._become_worker()
            worker.run(sock, self._store, self._settings, keeper)
        except Exception as error:
            with contextlib.suppress(OSError):
                sock.sendall(pack(Kind.ERROR, {"kind": "start", "message": str(error)}))
        finally:
            os._exit(0)

    def _become_worker(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        os.close(self._woken)
        os.close(self._wake)

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._children.discard(pid)
            code = os.waitstatus_to_exitcode(status)
            self._control.sendall(pack(Kind.EXITED, {"pid": pid, "code": code}))


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


if __name__ == "__main__":
    main(sys.argv[1:])
