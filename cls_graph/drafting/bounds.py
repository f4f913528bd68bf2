"""What a text may cost that somebody else has written: characters, work, time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cls_graph.errors import SourcesError

LONGEST = 400_000
"""Characters of a text that are read: a contract of a hundred and fifty pages has fewer."""
SECONDS = 120.0
"""Seconds of the processor that a text may take to be read, and to be drafted from."""


def too_much(name: str, fr: str, en: str) -> SourcesError:
    """The error for a text that passes a bound, which ``fr`` and ``en`` name."""
    return SourcesError(
        f"{name} demande bien plus de travail qu'un contrat ({fr}) : enregistrez à part les pages du "
        f"contrat, ou copiez-en le texte.",
        f"{name} takes far more work than a contract does ({en}): save the pages of the contract alone, or "
        f"copy their text.",
    )


class _Late(BaseException):
    """The time is over. No ``Exception``: a library may take those for a fault of the file, and go on."""


@contextmanager
def in_time(name: str) -> Iterator[None]:
    """Raise ``SourcesError`` in what goes on for more than ``SECONDS`` of the processor.

    Only the main thread of a process can be interrupted so, and not on Windows; elsewhere nothing is bounded.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(*_: Any) -> None:
        raise _Late

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    except _Late:
        raise too_much(name, f"plus de {SECONDS:g} s", f"over {SECONDS:g} s") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.signal(signal.SIGVTALRM, before)
