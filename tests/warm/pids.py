"""The process behind a client of the server beside."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any


def own_pid(process: subprocess.Popen[Any]) -> int:
    """The number of the process that a client stands for, which it bears as its name; its own otherwise."""
    name = Path(f"/proc/{process.pid}/comm")
    said = name.read_text().strip() if name.exists() else ""
    return int(said) if said.isdigit() else process.pid
