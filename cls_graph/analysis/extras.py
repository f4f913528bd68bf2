"""The libraries of the extra ``[analysis]``, loaded when they are first used."""

from __future__ import annotations

import importlib
from typing import Any

from cls_graph.errors import UsageError


def need(module: str) -> Any:
    """A module of the extra. Raises ``UsageError``, which says how to install it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        name = (error.name or module).partition(".")[0]
        raise UsageError(
            f"Il manque {name}. Installez-le : pip install 'cls-graph[analysis]'",
            f"{name} is missing. Install it: pip install 'cls-graph[analysis]'",
        ) from error
