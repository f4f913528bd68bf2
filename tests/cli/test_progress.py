"""The line that says how far long work has come."""

from __future__ import annotations

import io
import os
import re
import time

from cls_graph.progress import ticking


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


STEP = {"fr": "Pages", "en": "Pages"}


def test_a_terminal_shows_how_far_and_of_what() -> None:
    out = Terminal()
    with ticking("en", out) as tell:
        tell({"fr": "Lecture", "en": "Reading"})
        for done in range(5):
            tell(STEP, done, 4)
    drawn = re.split(r"\r\x1b\[K", out.getvalue())
    assert drawn[1].startswith("… Reading (0 s)")
    assert drawn[-2].startswith("… Pages [########################] 4/4, 100 %")
    assert drawn[-1] == ""  # nothing stays on the line


def test_long_steps_tick_and_a_fork_does_not_stop_them() -> None:
    out = Terminal()
    with ticking("fr", out) as tell:
        tell(STEP)
        child = os.fork()
        if child == 0:
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        time.sleep(1.3)
    assert "Pages (1 s)" in out.getvalue()


def test_elsewhere_nothing_is_written() -> None:
    out = io.StringIO()
    with ticking("fr", out) as tell:
        tell(STEP, 1, 4)
    assert out.getvalue() == ""
