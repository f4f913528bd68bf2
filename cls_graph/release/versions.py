"""Versions of data releases, and their order (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re

Version = tuple[int, int, int]
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


def numbers(version: str) -> Version | None:
    """The three numbers of a version, or ``None`` for one of another form."""
    found = _VERSION.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def order(version: str) -> tuple[Version, bool, str]:
    """A key to sort versions by; a pre-release comes before its release."""
    found = _VERSION.fullmatch(version)
    return numbers(version) or (0, 0, 0), bool(found and not found[4]), version
