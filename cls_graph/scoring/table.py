"""All checks, group by group, in the order in which they are made: hostile queries last."""

from __future__ import annotations

from cls_graph.scoring import (
    catalogue,
    datasets,
    description,
    doors,
    formats,
    honesty,
    hostile,
    language,
    linked_data,
    metadata,
    protocol,
    updates,
    writing,
)
from cls_graph.scoring.checks import Check, Group

ADDING = (datasets, writing)
"""Modules that add to the group of another, once that has its own checks."""
GROUPS: tuple[Group, ...] = (
    protocol.GROUP,
    description.GROUP,
    formats.GROUP,
    language.GROUP,
    metadata.GROUP,
    catalogue.GROUP,
    linked_data.GROUP,
    updates.GROUP,
    doors.GROUP,
    honesty.GROUP,
    hostile.GROUP,
)
NAMES = tuple(group.name for group in GROUPS)


def checks() -> list[Check]:
    """Every check."""
    return [check for group in GROUPS for check in group.checks]
