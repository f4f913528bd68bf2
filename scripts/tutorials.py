"""Walks a page of ``docs/`` as its reader does: writes its files, runs its commands and Python, in order.

* A fence ``console``: what follows ``$ `` is typed, what follows it is printed. ``…`` stands for anything.
  Without lines after it, only the exit code counts. ``[1]`` alone on the last line is an exit code.
* A name between backquotes, alone in its paragraph, before a fence: the file is written.
* A fence ``python``: an example as ``doctest`` has it, in one session.
* ``cls-graph serve`` goes on running on a port of its own; ``cd`` counts for all that follows.

``python scripts/tutorials.py PAGE`` says what is printed otherwise.
"""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PORT = 8000
FENCE = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass
class Exchange:
    """A command of a page, what the page says it prints, and what it printed."""

    command: str
    shown: str
    code: int = 0
    said: str = ""
    ended: int = 0

    @property
    def holds(self) -> bool:
        """Whether it did what the page says."""
        return self.ended == self.code and (not self.shown or matches(self.shown, self.said))


def matches(shown: str, said: str) -> bool:
    """Whether a text is the one that is shown, in which ``…`` stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None


def exchanges(body: str) -> Iterator[Exchange]:
    """The commands of a fence, each with what it prints."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        ended = re.search(r"^\[(\d+)\]\n?\Z", shown, re.MULTILINE)
        code = int(ended[1]) if ended else 0
        yield Exchange(command, shown[: ended.start()] if ended else shown, code)


@dataclass
class Reader:
    """Someone who reads a page and does what it says, in a folder."""

    folder: Path
    lang: str
    names: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    port: int = PORT
    programs: str = sysconfig.get_path("scripts")
    """The folder of the ``cls-graph`` that is run."""
    _servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def walk(self, text: str) -> list[str]:
        """All of a page; what came out otherwise than it says."""
        try:
            for fence in FENCE.finditer(text):
                self._fence(fence)
        finally:
            for server in self._servers:
                server.terminate()
                server.wait(30)
        return self.wrong

    def _fence(self, fence: re.Match[str]) -> None:
        if fence["file"]:
            path = self.folder / fence["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence["body"], encoding="utf-8")
        elif fence["kind"] == "console":
            for exchange in exchanges(fence["body"]):
                self._types(exchange)
                if not exchange.holds:
                    self.wrong.append(f"$ {exchange.command}\n{exchange.said}[{exchange.ended}]")
        elif fence["kind"] == "python":
            self._python(fence["body"])

    def _types(self, exchange: Exchange) -> None:
        words = exchange.command.split()
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return
        if words[:2] == ["cls-graph", "serve"]:
            self._serves(exchange.command)
            return
        done = subprocess.run(
            ["bash", "-c", self._here(exchange.command)],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=300,
            check=False,
        )
        exchange.ended = done.returncode
        said = (done.stdout or done.stderr).decode("utf-8").replace("\r\n", "\n")
        exchange.said = said.replace(f":{self.port}/", f":{PORT}/")

    def _here(self, text: str) -> str:
        return text.replace(f"127.0.0.1:{PORT}", f"127.0.0.1:{self.port}")

    def _environment(self) -> dict[str, str]:
        path = (self.programs, sysconfig.get_path("scripts"), os.environ.get("PATH", ""))
        return {**os.environ, "PATH": os.pathsep.join(path), "CLS_LANG": self.lang, "COLUMNS": "110"}

    def _serves(self, command: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = ["bash", "-c", f"exec {command} --port {self.port}"]
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(
            words, cwd=self.folder, env=self._environment(), stdin=quiet, stdout=quiet, stderr=quiet
        )
        self._servers.append(server)
        deadline = time.monotonic() + 240
        while server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz"):
                return
            time.sleep(0.2)
        self.wrong.append(f"$ {command}\nit does not answer")

    def _python(self, body: str) -> None:
        example = doctest.DocTestParser().get_doctest(self._here(body), self.names, "page", None, 0)
        said: list[str] = []
        with contextlib.chdir(self.folder):
            doctest.DocTestRunner(optionflags=FLAGS).run(example, out=said.append, clear_globs=False)
        self.names.update(example.globs)
        self.wrong += ["".join(said)] if said else []


def main() -> int:
    """Walk the pages that are named; 1 where something came out otherwise."""
    wrong = 0
    for name in sys.argv[1:]:
        page = Path(name)
        with tempfile.TemporaryDirectory() as folder:
            lang = page.name.split(".")[-2] if page.name.count(".") > 1 else "fr"
            for text in Reader(Path(folder), lang).walk(page.read_text(encoding="utf-8")):
                wrong = 1
                print(f"== {name}\n{text}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
