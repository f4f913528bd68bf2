"""Whether a number can be one: length and check digit."""

from __future__ import annotations

import re

LA_POSTE = "356000000"


def possible(kind: str, number: str) -> bool:
    """Whether ``number`` is well-formed (``kind``: siren, siret, finess), check digit and all.

    The sites of La Poste follow a rule of their own: the digits of their SIRET add up to a multiple of 5.

    >>> possible("siren", "212603625"), possible("siren", "212603626")
    (True, False)
    """
    if kind == "finess":
        return re.fullmatch(r"(?:[0-9]{2}|2[AB])[0-9]{7}", number, re.ASCII) is not None
    if not re.fullmatch(r"[0-9]{9}" if kind == "siren" else r"[0-9]{14}", number, re.ASCII) or not int(
        number
    ):
        return False
    if kind == "siret" and not possible("siren", number[:9]):
        return False
    if kind == "siret" and number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0:
        return True
    return _luhn(number)


def _luhn(number: str) -> bool:
    digits = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in digits) % 10 == 0
