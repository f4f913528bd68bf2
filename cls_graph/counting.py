"""A number and what it counts, in both languages, in the singular or the plural."""

from __future__ import annotations

from cls_graph.errors import Text


def counted(number: int, fr: str, en: str) -> Text:
    """The number with its words, whose ``{s}`` is there or not.

    >>> counted(1, "position{s} écrite{s}", "position{s} written")
    {'fr': '1 position écrite', 'en': '1 position written'}
    >>> counted(0, "position{s} écrite{s}", "position{s} written")
    {'fr': '0 position écrite', 'en': '0 positions written'}
    """
    return {
        "fr": f"{number} " + fr.format(s="s" if number > 1 else ""),
        "en": f"{number} " + en.format(s="" if number == 1 else "s"),
    }
