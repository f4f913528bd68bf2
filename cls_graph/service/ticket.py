"""What a caller holds of a query that it has asked for: how long it worked, and the means to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from cls_graph.errors import ClsGraphError


class _Stoppable(Protocol):
    def stop(self, error: ClsGraphError) -> None: ...


class Ticket:
    """One query, from the moment it is asked for until its worker is free again.

    ``on_long`` is called once it has worked for a second, and may ``stop`` it; ``on_end`` each
    time a worker has ended with it (twice when the first died for no fault of the query).
    """

    def __init__(
        self,
        on_long: Callable[[Ticket], None] | None = None,
        on_end: Callable[[Ticket], None] | None = None,
    ) -> None:
        self.cause = "done"
        """How it ended: done, timeout, memory, cancelled, budget, client, crash, cut or error."""
        self.error: ClsGraphError | None = None
        """Why it was stopped, when ``stop`` did it."""
        self.waited = 0.0
        """Seconds in the queue."""
        self.seconds = 0.0
        """Seconds that a worker has given to it."""
        self.taken_up = False
        """Whether a worker was ever on it."""
        self._on_long = on_long
        self._on_end = on_end
        self._asked = self._begun = time.monotonic()
        self._stream: _Stoppable | None = None

    @property
    def working(self) -> bool:
        """Whether a worker is on it."""
        return self._stream is not None

    def stop(self, error: ClsGraphError) -> None:
        """End the query with ``error``, whether it runs, sends its answer or still waits."""
        if self.error is None:
            self.error = error
            if self._stream is not None:
                self._stream.stop(error)

    def begun(self, stream: _Stoppable) -> None:
        """A worker takes the query up."""
        self._begun = time.monotonic()
        self.waited = self._begun - self._asked
        self._stream = stream
        self.taken_up = True

    def long(self) -> None:
        """The worker has been on it for a second."""
        if self._on_long is not None:
            self._on_long(self)

    def ended(self, cause: str) -> None:
        """The worker is done with it."""
        self.cause = cause
        self.seconds += time.monotonic() - self._begun
        self._stream = None
        if self._on_end is not None:
            self._on_end(self)
