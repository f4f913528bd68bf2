"""Work shared by forked processes: each part once, and an end that is told however it comes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cls_graph.errors import CorpusError
from cls_graph_api.publishing.crew import share

pytestmark = pytest.mark.slow


def untold(done: int, total: int) -> None:
    """Nobody asks."""


@pytest.mark.parametrize("processes", [1, 3])
def test_each_part_is_done_once_and_told(tmp_path: Path, processes: int) -> None:
    told: list[tuple[int, int]] = []

    def work(numbers: Iterator[int]) -> None:
        for number in numbers:
            with (tmp_path / str(number)).open("x") as file:
                file.write(str(os.getpid()))

    share(40, work, processes, lambda done, total: told.append((done, total)))
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(40))
    here = {path.read_text() for path in tmp_path.iterdir()} == {str(os.getpid())}
    assert here == (processes == 1)
    assert told[-1] == (40, 40)


def test_an_error_is_raised_as_it_was(tmp_path: Path) -> None:
    def full(numbers: Iterator[int]) -> None:
        for number in numbers:
            if number == 3:
                raise OSError(errno.ENOSPC, "No space left on device", "page.html")

    with pytest.raises(OSError, match="No space left") as caught:
        share(10, full, 2, untold)
    assert caught.value.errno == errno.ENOSPC

    def broken(numbers: Iterator[int]) -> None:
        raise CorpusError("La page de x", "The page of x")

    with pytest.raises(CorpusError) as told:
        share(10, broken, 2, untold)
    assert told.value.detail == {"fr": "La page de x", "en": "The page of x"}


def test_a_killed_process_is_told_and_none_is_left() -> None:
    def dies(numbers: Iterator[int]) -> None:
        for number in numbers:
            if number == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()

    with pytest.raises(CorpusError, match="--workers 1"):
        share(10, dies, 2, untold)
    assert not multiprocessing.active_children()
