"""The errors for what a remote store does wrong."""

from __future__ import annotations

from cls_graph.errors import StoreFailed


def failed(fr: str, en: str) -> StoreFailed:
    """The error for what a store does, in words that go on from its name."""
    return StoreFailed(f"Le magasin distant : {fr}.", f"The remote store: {en}.")


def malformed(error: Exception | str) -> StoreFailed:
    """The error for an answer that cannot be read to its end."""
    return failed(
        f"sa réponse est coupée ou mal formée ({error})", f"its answer is cut short or malformed ({error})"
    )
