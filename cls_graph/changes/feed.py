"""The change feed: a Linked Data Event Stream (LDES 1.0) over releases, in TREE pages.

A member is one thing (a contract, a body, a document …) as a release has it: created, updated, or
deleted. All that the release says of the thing is in the member, the IRI of the thing replaced by that
of the member, also at the start of longer ones; put back, they are the statements of the release. Pages
hold the changes of one release, so a page is never written again but for the link to the next. Where quotes
that earlier releases have are left out, the pages have other names: what is at one address never changes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cls_graph.changes.items import owner
from cls_graph.changes.lines import quads, without_quotes
from cls_graph.changes.states import State, read_release
from cls_graph.errors import CorpusError
from cls_graph.namespaces import DCTERMS, FOAF, SKOS
from cls_graph.reasons import reason
from cls_graph.release.build import MANIFEST, repeats_quotes
from cls_graph.release.versions import order

PAGE_SIZE = 100
STRIPPED = "no-quotes/"
"""Begins the names of pages without the quotes that their releases have."""
CREATE, UPDATE, DELETE = "Create", "Update", "Delete"
_NAMES = (SKOS + "prefLabel", DCTERMS + "title", FOAF + "name")


@dataclass(frozen=True)
class Member:
    """A thing that changed in a release. ``lines`` are its statements there, none where it was deleted."""

    iri: str
    thing: str
    action: str
    created: str
    version: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page: its name (``0.1.0..0.2.0/1``), its members, the name of the next; the last has none."""

    name: str
    base: str
    members: tuple[Member, ...]
    following: str = ""
    place: tuple[int, int] = (1, 1)
    """Its number among the pages of its release, and how many these are."""

    @property
    def closed(self) -> bool:
        """Whether it stays as it is for ever."""
        return bool(self.following)


def things(state: State) -> dict[str, set[str]]:
    """The statements of each thing of the data: contracts whole, the registry by thing."""
    found: dict[str, set[str]] = {}
    head = state.iris.graph("contract/")
    for graph, lines in state.graphs.items():
        if graph.startswith(head):
            found.setdefault(state.iris.thing("contract", graph[len(head) :]), set()).update(lines)
    for line in state.graphs.get(state.iris.graph("registry"), ()):
        found.setdefault(owner(line[1:].partition(">")[0], state.iris), set()).add(line)
    return found


def members(old: State | None, new: State, created: str) -> Iterator[Member]:
    """What changed since the release before, sorted by the IRI of the thing."""
    before = things(old) if old else {}
    after = things(new)
    for thing in sorted({*before, *after}):
        was, now = before.get(thing), after.get(thing)
        if was == now:
            continue
        action = CREATE if was is None else DELETE if now is None else UPDATE
        local = thing.removeprefix(new.iris.base)
        iri = f"{new.iris.base}feed/{new.version}/{local}"
        yield Member(iri, thing, action, created, new.version, tuple(sorted(now or ())))


def moments(dates: Sequence[str]) -> list[str]:
    """The time of each release: the start of its day, a second later than the one before at least."""
    found: list[str] = []
    last = datetime.min
    for date in dates:
        last = max(datetime.fromisoformat(date[:10]), last + timedelta(seconds=1))
        found.append(last.isoformat() + "Z")
    return found


def pages(folders: Sequence[Path], size: int = PAGE_SIZE) -> Iterator[Page]:
    """The pages of the feed of these releases, in order. One release at a time is in memory, with the last.

    Where the newest release has no quoted words, none of those before it is repeated here with them, and the
    names of all pages begin with ``STRIPPED``.
    Raises ``CorpusError`` for a release that is damaged, or without a date.
    """
    states = [(*dated(folder), folder) for folder in folders]
    states.sort(key=lambda row: (row[0], order(row[1])))
    spoken = quoting(folders)
    mark = "" if spoken or not any(map(quotes_in, folders)) else STRIPPED
    times = moments([date for date, *_ in states])
    before: State | None = None
    held: Page | None = None
    for (_, version, folder), created in zip(states, times, strict=True):
        state = read_release(folder, data=True)
        if not spoken:
            state.graphs = without_quotes(state.graphs)
        name = mark + (f"{before.version}..{version}" if before else version)
        found = list(members(before, state, created))
        for number, start in enumerate(range(0, len(found), size), 1):
            page = Page(
                f"{name}/{number}",
                state.iris.base,
                tuple(found[start : start + size]),
                place=(number, math.ceil(len(found) / size)),
            )
            if held is not None:
                yield replace(held, following=page.name)
            held = page
        before = state
    if held is not None:
        yield held


def quoting(folders: Sequence[Path]) -> bool:
    """Whether the feed of these releases repeats quoted words, as the newest does. Raises as ``dated``."""
    newest = max(folders, key=lambda folder: (dated(folder)[0], order(dated(folder)[1])), default=None)
    return newest is None or quotes_in(newest)


def quotes_in(folder: Path) -> bool:
    """Whether the files of a release may repeat quoted words."""
    return repeats_quotes(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def dated(folder: Path) -> tuple[str, str]:
    """The date and the version of a release. Raises ``CorpusError`` where it has no date."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        date, version = str(manifest["date"]), str(manifest["version"])
        datetime.fromisoformat(date[:10])
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = reason(error)
        raise CorpusError(
            f"{folder} n'est pas une publication datée : {said['fr']}.",
            f"{folder} is not a release with a date: {said['en']}.",
        ) from None
    return date, version


def name(member: Member) -> str:
    """The name of a thing, in its own statements; the end of its IRI where they have none."""
    for line in member.lines:
        for prop in _NAMES:
            if line.startswith(f"<{member.thing}> <{prop}> "):
                return next(iter(quads([line]))).object.value  # type: ignore[union-attr]
    return member.thing.rpartition("/id/")[2]


def rename(text: str, old: str, new: str) -> str:
    """Lines with another IRI for a thing and for what is under it; their graph stays as it is."""
    return text.replace(f"<{old}>", f"<{new}>").replace(f"<{old}/", f"<{new}/")
