"""The version that a change asks for (Semantic Versioning 2.0.0), and whether it is given."""

from __future__ import annotations

from typing import Any

from cls_graph.changes.comparing import Comparison
from cls_graph.changes.differences import MAJOR, MINOR, PATCH
from cls_graph.findings import Finding, Place, finding
from cls_graph.release.versions import numbers, order


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


def judge(comparison: Comparison, place: Place) -> list[Finding]:
    """What is to be said of the version of the new state, after the old one; nothing where it fits.

    ``place`` is where the version is written.
    """
    old, new = comparison.old.version, comparison.new.version
    if not comparison.graphs:
        return []
    if numbers(old) is None or numbers(new) is None:
        strange = new if numbers(new) is None else old
        return [finding("version-form", place, value=strange)]
    # What follows from the records may change alone, with the code or the rules.
    size = comparison.size or PATCH
    least = asked(old, size)
    values: dict[str, Any] = {"previous": old, "version": new, "asked": least}
    if order(new) <= order(old):
        return [finding("version-not-raised", place, value=new, **values)]
    if (numbers(new) or ()) < (numbers(least) or ()):
        return [finding(f"version-too-low-{size}", place, value=new, **values)]
    return []
