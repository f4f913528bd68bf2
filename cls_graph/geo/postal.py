"""The département that a number behind a place means: its own number, or a postal code."""

from __future__ import annotations

import re

NUMBER = re.compile(r"97\d(?:\d\d)?|(?:2[AB]|\d\d)(?:\d{3})?")
"""What may be one: two letters or digits, three overseas, five of a postal code. A year is none."""
ISLANDS = {"97133": "977", "97150": "978"}
"""Saint-Barthélemy and Saint-Martin, which kept the postal codes of the Guadeloupe."""


def of_postal(code: str) -> str:
    """The code of the département of a postal code, or of its own number; "" for anything else.

    >>> of_postal("33 130"), of_postal("20090"), of_postal("20600"), of_postal("97400"), of_postal("1968")
    ('33', '2A', '2B', '974', '')
    """
    plain = code.replace(" ", "")
    if NUMBER.fullmatch(plain) is None:
        return ""
    if plain in ISLANDS:
        return ISLANDS[plain]
    if len(plain) == 5 and plain.startswith("20"):
        return "2A" if plain[2] in "01" else "2B"
    return plain[: 3 if plain.startswith(("97", "98")) else 2]
