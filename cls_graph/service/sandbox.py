"""What a worker gives up before it evaluates its first query.

The engine evaluates SERVICE by opening a socket, and cannot be told not to. After
``enter`` the process has no way to open one, or a file, or to start a program:

* ``seccomp``: a system-call filter (Linux on x86-64 and aarch64; needs no privilege);
* ``netns``: a network namespace of its own, where the filter cannot be had;
* ``nofile``: a limit of no new file descriptor (any POSIX system).

The two that can be had are both used; ``enter`` then tries to open a socket and a
file, and refuses to go on if either succeeds.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import socket
import struct
import sys
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_X32_BIT = 0x40000000


class _Machine(NamedTuple):
    """AUDIT_ARCH value and the numbers of the system calls to refuse."""

    audit: int
    refused: tuple[int, ...]


# By purpose: sockets; programs and processes; opening files; changing the file tree;
# other ways to the same (io_uring, file handles, memory of other processes).
_MACHINES = {
    "x86_64": _Machine(
        0xC000003E,
        (
            *(41, 42, 43, 49, 50, 53, 288),
            *(56, 57, 58, 59, 322, 435),
            *(2, 85, 257, 437),
            *(76, 82, 83, 84, 86, 87, 88, 258, 263, 264, 265, 266, 316),
            *(101, 304, 310, 311, 319, 425),
        ),
    ),
    "aarch64": _Machine(
        0xC00000B7,
        (
            *(198, 199, 200, 201, 202, 203, 242),
            *(220, 221, 281, 435),
            *(56, 437),
            *(34, 35, 36, 37, 38, 45, 276),
            *(117, 265, 270, 271, 279, 425),
        ),
    ),
}


_FORKING = {
    "x86_64": frozenset({56, 57, 58, 435, 2, 257, 437}),
    "aarch64": frozenset({220, 435, 56, 437}),
}
"""What a process that forks others is left: to fork, and to open files (the engine opens none by itself)."""
_CONNECTING = {
    "x86_64": frozenset({41, 42, 49, 2, 257, 437}),
    "aarch64": frozenset({198, 200, 203, 56, 437}),
}
"""What a process that asks a remote store is left: sockets, and the files that hosts are looked up in."""
_FILES = 256


def enter() -> list[str]:
    """Close the process in and name the protections that are on.

    Raises ``OSError`` when a socket or a file can still be opened afterwards.
    """
    on = ["seccomp"] if _seccomp() else ["netns"] if _network_namespace() else []
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    on.append("nofile")
    _prove()
    return on


def enter_with_network() -> list[str]:
    """As ``enter``, but for sockets and files to read: for a process that asks a store over the network."""
    on = ["noexec"] if _seccomp(_CONNECTING) else []
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
    return [*on, "nowrite"]


def enclose() -> list[str]:
    """Close in a process that forks others: no socket and no program, for it and all that come of it.

    Names the protections that are on. To be called once in a line of processes: filters add up.
    """
    if _seccomp(_FORKING):
        return ["seccomp"]
    return ["netns"] if _network_namespace() else []


class Confinement:
    """Limits that a process can lift again: no new socket or file, and so much memory beyond what it has.

    For work whose process goes on to be something else. Raises ``OSError`` when a socket or a file
    can still be opened.
    """

    def __init__(self, mebibytes: int) -> None:
        soft = {resource.RLIMIT_NOFILE: 0, resource.RLIMIT_FSIZE: 0}
        if mebibytes:
            soft[resource.RLIMIT_AS] = address_space() + (mebibytes << 20)
        self._before = {limit: resource.getrlimit(limit) for limit in soft}
        for limit, value in soft.items():
            resource.setrlimit(limit, (value, self._before[limit][1]))
        _prove()

    def lift(self) -> None:
        """Give the process back what it had."""
        for limit, values in self._before.items():
            resource.setrlimit(limit, values)


def live_alone() -> None:
    """Undo ``die_with_parent``."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, 0, 0, 0, 0)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when ``parent`` dies (Linux); exit if it has already."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def limit_memory(mebibytes: int) -> None:
    """Let the process take so much memory beyond what it has; 0 sets no limit."""
    if not mebibytes:
        return
    limit = address_space() + (mebibytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _program(machine: _Machine, name: str, left: Collection[int] = ()) -> bytes:
    """The BPF program: another architecture or a refused call fails with EPERM, the rest passes."""
    load, jump_equal, jump_above, give = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.EPERM
    code = [(load, 0, 0, 4), (jump_equal, 1, 0, machine.audit), (give, 0, 0, refuse), (load, 0, 0, 0)]
    checks = [(jump_above, _X32_BIT)] if name == "x86_64" else []
    checks += [(jump_equal, number) for number in machine.refused if number not in left]
    # Each check jumps over the checks that follow it and over "allow", to "refuse".
    code += [(op, len(checks) - i, 0, value) for i, (op, value) in enumerate(checks)]
    code += [(give, 0, 0, allow), (give, 0, 0, refuse)]
    return b"".join(struct.pack("HBBI", *row) for row in code)


class _Filter(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _seccomp(left: Mapping[str, Collection[int]] = MappingProxyType({})) -> bool:
    name = platform.machine()
    machine = _MACHINES.get(name)
    if sys.platform != "linux" or machine is None:
        return False
    program = _program(machine, name, left.get(name, ()))
    rows = ctypes.create_string_buffer(program, len(program))
    header = _Filter(len(program) // 8, ctypes.addressof(rows))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(header), 0, 0) == 0)


def _network_namespace() -> bool:
    if sys.platform != "linux":
        return False
    libc = _libc()
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def _prove() -> None:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family, socket.SOCK_STREAM).close()
        except OSError:
            continue
        raise OSError("the sandbox does not stop sockets")
    try:
        os.close(os.open("/", os.O_RDONLY))
    except OSError:
        return
    raise OSError("the sandbox does not stop files from being opened")
