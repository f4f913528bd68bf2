"""Files and folders that are being written beside their places, and what a killed process has left of them.

The name says which process writes: ``.NAME.cls-graph-SYSTEM-PID-RANDOM``. Where that process is no more, the
next one that writes into the folder takes the thing away.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

_MARK = re.compile(r"\..{1,40}\.cls-graph-(?P<system>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{12}", re.DOTALL)
_DAY = 24 * 3600
_swept: set[tuple[int, Path]] = set()


def unfinished(target: Path) -> Path:
    """A new name for what shall take the place of ``target``, in the same folder; what is dead there goes.

    Not the whole of a long name is in it: with what is added it would be longer than the disk takes.
    """
    folder, me = target.parent, os.getpid()
    if (me, folder) not in _swept:
        _swept.add((me, folder))
        sweep(folder)
    return folder / f".{target.name[:40]}.cls-graph-{_system()}-{me}-{secrets.token_hex(6)}"


def sweep(folder: Path) -> None:
    """Take away what processes that are no more have left unfinished in a folder, as far as we may."""
    with suppress(OSError), os.scandir(folder) as entries:
        dead = [entry for entry in entries if (mark := _MARK.fullmatch(entry.name)) and _dead(entry, mark)]
        for entry in dead:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                with suppress(OSError):
                    os.unlink(entry.path)


def _dead(entry: os.DirEntry[str], mark: re.Match[str]) -> bool:
    """Whether nobody writes a thing any more: its process is gone or, where none can see it, a day is."""
    if mark["system"] == _system() and os.path.isdir("/proc/self"):
        return not _runs(int(mark["pid"]))
    with suppress(OSError):
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > _DAY
    return False


def _runs(pid: int) -> bool:
    """Whether a process is there, and does more than wait for its parent to hear of its end."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True  # that of somebody else
    try:
        said = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return True
    return said.rpartition(b")")[2].split()[:1] not in ([b"Z"], [b"X"])


@cache
def _system() -> str:
    """What tells apart systems that write into one folder: when this one began, who counts processes."""
    said = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        said = boot + os.readlink("/proc/self/ns/pid")
    return hashlib.sha256(said.encode()).hexdigest()[:8]
