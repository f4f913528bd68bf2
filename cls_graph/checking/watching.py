"""Checks as someone edits: what changed is checked at once, the whole again when there is a pause."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cls_graph.checking.engines import Engine, choose, remembering
from cls_graph.checking.run import Checked, check
from cls_graph.corpus import YAML_SUFFIXES, Corpus
from cls_graph.errors import ClsGraphError
from cls_graph.findings import sort
from cls_graph.progress import Progress, silent
from cls_graph.rdf_data import RDF_SUFFIXES
from cls_graph.reasons import refused
from cls_graph.roots import FOLDERS

PAUSE = 0.3
"""Seconds between two looks at the files."""
QUICK = 10.0
"""A corpus whose whole check takes longer is checked whole only when its registry, shapes or files change."""

State = dict[Path, tuple[int, int]]


@dataclass(frozen=True)
class Round:
    """One check while watching."""

    outcome: Checked
    """Of the whole corpus, as far as it is known now."""
    changed: tuple[str, ...]
    """The files that were edited, as the user knows them; none where the whole was looked at again."""
    seconds: float
    gone: frozenset[str] = frozenset()
    """Those of the edited files that are no longer there."""


class Watch:
    """A corpus that is being edited. What has been read and has not changed is not read again."""

    def __init__(self, corpus: Corpus, engine: str = "auto") -> None:
        self._corpus = corpus
        self._engine: Engine = remembering(choose(engine))
        self._state = self._look()
        self._outcome: Checked | None = None
        self._whole_seconds = 0.0
        self._partial = False

    def whole(self, progress: Progress = silent) -> Round:
        """Check everything. Raises what ``check`` raises; the next change is then looked at again."""
        begun = time.monotonic()
        self._state, self._partial = self._look(), False
        self._corpus = self._corpus.again()
        self._outcome = check(self._corpus, (), progress, self._engine)
        self._whole_seconds = time.monotonic() - begun
        return Round(self._outcome, (), self._whole_seconds)

    def look(self) -> Round | None:
        """What the edits since the last look come down to; ``None`` where there is nothing new to say."""
        state = self._look()
        changed = {p for p in self._state.keys() | state.keys() if self._state.get(p) != state.get(p)}
        if not changed:
            return self._after_a_pause()
        if state != self._look():
            return None  # still being written
        edited = changed <= state.keys() & self._state.keys()
        if self._outcome is None or not edited or not all(map(self._is_record, changed)):
            shown = {p: self._corpus.shown(p) for p in sorted(changed)}
            gone = frozenset(name for p, name in shown.items() if p not in state)
            return replace(self.whole(), changed=tuple(shown.values()), gone=gone)
        self._state = state
        return self._some(sorted(changed))

    def _some(self, files: Sequence[Path]) -> Round:
        assert self._outcome is not None
        begun = time.monotonic()
        self._corpus = self._corpus.again()
        found = check(self._corpus, files, engine=self._engine)
        shown = tuple(self._corpus.shown(path) for path in files)
        others = [f for f in self._outcome.findings if f.place.file not in shown]
        self._outcome = replace(self._outcome, findings=sort([*others, *found.findings]))
        self._partial = True
        return Round(self._outcome, shown, time.monotonic() - begun)

    def _after_a_pause(self) -> Round | None:
        """Rules that look across records need the whole: it is told only where it says something else."""
        if not self._partial or self._whole_seconds > QUICK or self._outcome is None:
            return None
        before = self._outcome.findings
        again = self.whole()
        return again if again.outcome.findings != before else None

    def _is_record(self, path: Path) -> bool:
        return self._corpus.root / "data" / "contracts" in path.parents and path.suffix in YAML_SUFFIXES

    def _look(self) -> State:
        state: State = {}
        for name in FOLDERS:
            for path in self._corpus.files(name, *YAML_SUFFIXES, *RDF_SUFFIXES, ".csv"):
                try:
                    told = path.stat()
                except OSError:
                    continue  # gone meanwhile
                state[path] = (told.st_mtime_ns, told.st_size)
        return state


def watch(
    corpus: Corpus,
    engine: str,
    tell: Callable[[Round], None],
    tell_error: Callable[[ClsGraphError], None],
    *,
    progress: Progress = silent,
    pause: float = PAUSE,
    until: Callable[[], bool] = lambda: False,
) -> Checked | None:
    """Check whenever a file changes, until the user stops it (``KeyboardInterrupt``); the last outcome.

    What cannot be checked as it stands now, such as a shape that is half typed, is told by ``tell_error``;
    the outcome is ``None`` then.
    """
    session = Watch(corpus, engine)
    last: Checked | None = None
    look: Callable[[], Round | None] = partial(session.whole, progress)
    try:
        while not until():
            try:
                now = look()
                if now is not None:
                    last = now.outcome
                    tell(now)
            except (ClsGraphError, OSError) as error:
                last = None
                tell_error(refused(error) if isinstance(error, OSError) else error)
            look = session.look
            time.sleep(pause)
    except KeyboardInterrupt:
        pass
    return last
