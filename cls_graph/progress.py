"""How far long work has come: one line on a terminal, nothing elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from cls_graph.errors import Text

WIDTH = 24
"""Characters of the bar."""
_OFTEN = 0.1
_SURE = 2.0
"""Seconds of a step, after which what is left of it is estimated."""
_LEFT = {"fr": "encore {time}", "en": "{time} left"}


class Progress(Protocol):
    """Told of each step of long work and, where the step has parts, how many of them are done."""

    def __call__(self, step: Text, done: int = 0, total: int = 0, /) -> None: ...


def silent(step: Text, done: int = 0, total: int = 0, /) -> None:
    """Tell nobody."""


def steps(progress: Progress, step: Text) -> Callable[[int, int], None]:
    """For work that knows its parts but not its name: tells ``done`` of ``total`` of one step."""
    return lambda done, total: progress(step, done, total)


@contextmanager
def ticking(lang: str, out: TextIO | None = None) -> Iterator[Progress]:
    """Shows the step, its bar and its seconds on one line of standard error, if that is a terminal."""
    out = out or sys.stderr
    if not out.isatty():
        yield silent
        return
    line = _Line(lang, out)
    _lines.add(line)
    line.start()
    try:
        yield line.tell
    finally:
        line.stop()
        _lines.discard(line)
        line.clear()


class _Line:
    """One line, drawn anew by whoever tells, and each second by a thread of its own."""

    def __init__(self, lang: str, out: TextIO) -> None:
        self._lang, self._out = lang, out
        self._step, self._done, self._total = "", 0, 0
        self._begun = self._drawn = 0.0
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._ended.clear()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def clear(self) -> None:
        print("\r\x1b[K", end="", file=self._out, flush=True)

    def tell(self, step: Text, done: int = 0, total: int = 0, /) -> None:
        words, now = step[self._lang], time.monotonic()
        with self._lock:
            if words != self._step:
                self._step, self._begun, self._drawn = words, now, 0.0
            self._done, self._total = done, total
            if now - self._drawn >= _OFTEN or done == total:
                self._draw(now)

    def _tick(self) -> None:
        while not self._ended.wait(1):
            with self._lock:
                if self._step:
                    self._draw(time.monotonic())

    def _draw(self, now: float) -> None:
        self._drawn = now
        text = shown(self._step, self._done, self._total, now - self._begun, self._lang)
        encoding = self._out.encoding or "utf-8"
        text = text.encode(encoding, "replace").decode(encoding)
        room = shutil.get_terminal_size().columns - 1
        print(f"\r\x1b[K{text[:room]}", end="", file=self._out, flush=True)


def shown(step: str, done: int, total: int, seconds: float, lang: str) -> str:
    """The line: a step, its bar and numbers where it has parts, its time so far and to go.

    >>> shown("Pages", 3, 4, 12.4, "en")
    '… Pages [##################------] 3/4, 75 % (12 s, 4 s left)'
    """
    if not total:
        return f"… {step} ({_time(seconds)})"
    full = WIDTH * done // total
    times = [_time(seconds)]
    if done and done < total and seconds >= _SURE:
        times.append(_LEFT[lang].format(time=_time(seconds * (total - done) / done)))
    bar = "#" * full + "-" * (WIDTH - full)
    return f"… {step} [{bar}] {done}/{total}, {100 * done // total} % ({', '.join(times)})"


def _time(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole} s" if whole < 100 else f"{whole // 60} min {whole % 60:02} s"


_lines: weakref.WeakSet[_Line] = weakref.WeakSet()


def _before_fork() -> None:
    for line in list(_lines):
        line.stop()


def _after_fork_in_parent() -> None:
    for line in list(_lines):
        line.start()


if hasattr(os, "register_at_fork"):
    # A process with one thread is forked: another's lock would stay locked in the child for ever.
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_lines.clear
    )
