"""The line that says how far long work has come."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (["check"], ["Reading records [", "Form and references of records ["]),
        (
            ["build", "--out", "release"],
            ["Composing graphs: what follows", "Writing records in Turtle ["],
        ),
        (["publish", "--out", "public"], ["Copying files [", "Change feed [", "Pages and data ["]),
    ],
)
def test_commands_tell_a_terminal(
    tiny: Any, warm: list[str], tmp_path: Path, words: list[str], steps: list[str]
) -> None:
    command = [*warm, "-m", "cls_graph", "--lang", "en", *words, "--corpus", str(tiny.root)]
    env = {**os.environ, "CLS_CACHE": str(tmp_path / "cache"), "COLUMNS": "120"}
    shown, ours = pty.openpty()
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=ours) as run:
        os.close(ours)
        seen = b""
        with contextlib.suppress(OSError):  # what Linux says when nobody has the terminal any more
            while block := os.read(shown, 1 << 16):
                seen += block
        assert run.stdout is not None
        printed = run.stdout.read()
    os.close(shown)
    assert run.returncode == 0, seen
    for step in steps:
        assert step in seen.decode()
    assert b"\x1b[K" not in printed
