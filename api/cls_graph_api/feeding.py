"""The pages of the change feed, made by a process of its own when they are first asked, and kept in files."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cls_graph.errors import ReleaseDamaged, ServiceError
from cls_graph.release.archive import Kept

_SECONDS = 600.0
_NAME = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+_")


class Feed:
    """The feed over the releases that are kept; made anew when there is another."""

    ADDRESS = "urn:x-cls-graph:feed"
    """What stands in the files for the address of the feed."""

    def __init__(self) -> None:
        self.chain = ""
        self._folder: Path | None = None
        self._open: dict[str, bool] = {}
        self._making = asyncio.Lock()

    async def page(self, kept: Sequence[Kept], name: str, suffix: str) -> tuple[bytes, bool] | None:
        """The bytes of a page, and whether they are the same for ever; ``None`` where there is none.

        Raises ``ReleaseDamaged``.
        """
        chain = hashlib.sha256("".join(sorted(one.digest for one in kept)).encode()).hexdigest()
        async with self._making:
            if chain != self.chain:
                await self._make([one.folder for one in kept if one.answers])
                self.chain = chain
        if self._folder is None or not all(part and set(part) <= _NAME for part in name.split("/")):
            return None
        path = self._folder / f"{name}.{suffix}"
        if ".." in name.split("/") or not path.is_file():
            return None
        last = (self._folder / "last").read_text(encoding="utf-8").strip()
        return await asyncio.to_thread(path.read_bytes), name.partition(".")[0] != "index" and name != last

    async def _make(self, folders: Sequence[Path]) -> None:
        folder = Path(tempfile.mkdtemp(prefix="cls-graph-feed-"))
        words = [
            sys.executable,
            "-P",
            "-m",
            "cls_graph.changes.feed_files",
            str(folder),
            self.ADDRESS,
            *map(str, folders),
        ]
        modules = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CLS_")}
        process = await asyncio.create_subprocess_exec(
            *words,
            env={**environment, "PYTHONPATH": modules},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(_SECONDS):
                _, said = await process.communicate()
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if process.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            reason = said.decode(errors="replace").strip().rpartition("\n")[2]
            error = ReleaseDamaged if process.returncode == 1 else ServiceError
            raise error(f"Le flux n'a pas pu être fait : {reason}", f"The feed could not be made: {reason}")
        before, self._folder = self._folder, folder
        if before is not None:
            shutil.rmtree(before, ignore_errors=True)

    def close(self) -> None:
        """Remove the files."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
            self.chain = ""
