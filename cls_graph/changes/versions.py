"""The version that a change asks for (Semantic Versioning 2.0.0), and whether it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cls_graph.changes.comparing import Comparison
from cls_graph.changes.differences import MAJOR, MINOR, PATCH
from cls_graph.findings import Finding, Place, finding
from cls_graph.records.lexical import THING_PATH
from cls_graph.release.versions import numbers, order

SHOWN = 5
"""How many withdrawn identifiers a finding names."""


def asked(previous: str, size: str) -> str:
    """The lowest version that a change of this size asks for after ``previous``.

    Before 1.0.0 a major change asks for a minor version (item 4 of the specification).

    >>> asked("1.2.3", "minor"), asked("0.2.3", "major")
    ('1.3.0', '0.3.0')
    """
    major, minor, patch = numbers(previous) or (0, 0, 0)
    if size == MAJOR and major:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if size in (MAJOR, MINOR) else f"{major}.{minor}.{patch + 1}"


def judge(comparison: Comparison, place: Place, dated: Place) -> list[Finding]:
    """What is to be said of the version and date of the new state, after the old one; nothing where they fit.

    ``place`` is where the version is written, ``dated`` where the date is.
    """
    return [*_of_version(comparison, place), *_of_date(comparison, dated), *_of_withdrawn(comparison, place)]


def _of_version(comparison: Comparison, place: Place) -> Iterator[Finding]:
    old, new = comparison.old.version, comparison.new.version
    if not comparison.graphs:
        return
    if numbers(old) is None or numbers(new) is None:
        yield finding("version-form", place, value=new if numbers(new) is None else old)
        return
    # What follows from the records may change alone, with the code or the rules.
    size = comparison.size or PATCH
    least = asked(old, size)
    values: dict[str, Any] = {"previous": old, "version": new, "asked": least}
    if order(new) <= order(old):
        yield finding("version-not-raised", place, value=new, **values)
    elif (numbers(new) or ()) < (numbers(least) or ()):
        yield finding(f"version-too-low-{size}", place, value=new, **values)


def _of_date(comparison: Comparison, place: Place) -> Iterator[Finding]:
    """The feed and its readers go by the dates: a release is not older than the one before it."""
    old, new = comparison.old, comparison.new
    if comparison.graphs and new.date < old.date:
        yield finding("release-date-back", place, value=new.date, previous=old.version, before=old.date)


def _of_withdrawn(comparison: Comparison, place: Place) -> Iterator[Finding]:
    """What is gone and not listed answers 404, as if it had never been."""
    listed = tuple(f"{path}/" for path in comparison.new.about.get("withdrawn") or ())
    base = comparison.new.iris.base
    gone = {iri.removeprefix(base) for iri in comparison.gone() if iri.startswith(base)}
    paths: list[str] = []
    for path in sorted(path for path in gone if re.fullmatch(THING_PATH, path)):
        if not f"{path}/".startswith((*listed, *(f"{one}/" for one in paths))):
            paths.append(path)
    if paths:
        shown = ", ".join(paths[:SHOWN]) + (", …" if len(paths) > SHOWN else "")
        yield finding("withdrawn-unlisted", place, value=len(paths), paths=shown)
