"""A Python that has imported everything, and forks a process for each command that is handed over to it.

``python server.py SOCKET`` closes its standard output once it listens, and serves until its standard input
ends. A request is what ``client.py`` sends; the
process has the arguments, environment, folder and streams of that client, and ends with it. Nothing has run
in this process but imports: what a command keeps or counts, it keeps for itself.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import struct
import sys
import threading
import traceback
import types
from collections.abc import Sequence

PACKAGES = ("cls_graph", "cls_graph_api")
LATER = ("openpyxl", "pyshacl", "uvicorn", "uvloop")
"""What commands import only where they need it."""


def load() -> None:
    """Import what commands need."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy, where there is one, would start threads
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith(".__main__"):
                importlib.import_module(module.name)
    for name in LATER:
        importlib.import_module(name)
    threads = len(os.listdir("/proc/self/task"))
    assert threads == 1, f"a process with {threads} threads is not to be forked"
    gc.collect()
    gc.freeze()


class Server:
    """Clients, and the process of each."""

    def __init__(self, path: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen(64)
        self._woken, self._waker = socket.socketpair()
        for end in (self._woken, self._waker):
            end.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector = selectors.DefaultSelector()
        for source in (self._listener, self._woken, sys.stdin):
            self._selector.register(source, selectors.EVENT_READ)
        self._clients: dict[int, socket.socket] = {}

    def serve(self) -> list[str] | None:
        """Fork for each client. In such a process: the words to run. In this one, at the end: nothing."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is sys.stdin:
                    return None
                if key.fileobj is self._listener:
                    words = self._accept()
                    if words is not None:
                        return words
                elif key.fileobj is self._woken:
                    self._woken.recv(4096)
                elif key.fileobj in self._clients.values():
                    self._leave(key.data)
            self._reap()

    def _accept(self) -> list[str] | None:
        client, _ = self._listener.accept()
        told, streams, _, _ = socket.recv_fds(client, 4, 3)
        (size,) = struct.unpack("I", told)
        request = b""
        while len(request) < size:
            request += client.recv(size - len(request))
        pid = os.fork()
        if pid == 0:
            words = self._become(request, streams)
            client.close()
            return words
        for stream in streams:
            os.close(stream)
        client.sendall(struct.pack("i", pid))
        self._clients[pid] = client
        self._selector.register(client, selectors.EVENT_READ, pid)
        return None

    def _become(self, request: bytes, streams: Sequence[int]) -> list[str]:
        """In the new process: be what the client is."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for held in (self._listener, self._woken, self._waker, *self._clients.values()):
            held.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        folder, count, *rest = (os.fsdecode(part) for part in request.split(b"\0"))
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(pair.split("=", 1) for pair in rest[int(count) :] if pair)
        return rest[: int(count)]

    def _leave(self, pid: int) -> None:
        """The client has gone before its process, which goes too."""
        os.kill(pid, signal.SIGKILL)
        self._selector.unregister(self._clients[pid])

    def _reap(self) -> None:
        for pid in list(self._clients):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                client = self._clients.pop(pid)
                if client in {key.fileobj for key in self._selector.get_map().values()}:
                    self._selector.unregister(client)
                    with contextlib.suppress(OSError):  # it left meanwhile
                        client.sendall(struct.pack("i", os.waitstatus_to_exitcode(status)))
                client.close()


def run(words: list[str]) -> int:
    """Run ``-m MODULE ARGUMENTS`` or ``-c CODE ARGUMENTS`` as the interpreter does; the exit code."""
    try:
        if words[0] == "-m":
            sys.argv = words[1:]
            runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = ["-c", *words[2:]]
            main = types.ModuleType("__main__")
            sys.modules["__main__"] = main
            exec(compile(words[1], "<string>", "exec"), main.__dict__)
    except SystemExit as leave:
        if leave.code is None or isinstance(leave.code, int):
            return leave.code or 0
        print(leave.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def leave(code: int) -> None:
    """End as the interpreter does, but for the memory, which the system takes back faster."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    load()
    server = Server(sys.argv[1])
    os.dup2(2, 1)  # whoever waits for the end of this output sees that it listens
    given = server.serve()
    if given is not None:
        leave(run(given))
