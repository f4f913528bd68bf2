"""The order of names for people: accents, capitals and apostrophes do not part what belongs together.

Engines put texts in the order of code points: capitals before all small letters, É and Î after z.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_BETWEEN = re.compile(r"[\s'’ʼ\-‐‑–—]+")


def folded(text: str) -> str:
    """The text without accents and capitals, its words parted by spaces.

    >>> folded("L’Île-d’Yeu"), folded("Œuvres")
    ('l ile d yeu', 'oeuvres')
    """
    if text.isascii():
        plain = text
    else:
        parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        plain = "".join(c for c in parts if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", plain).casefold()


def by_words(text: str) -> tuple[str, str]:
    """The key to sort a name by; names that are folded alike go by their code points.

    >>> sorted(["Île", "Caisse", "CHU", "école", "Zoo", "CA"], key=by_words)
    ['CA', 'Caisse', 'CHU', 'école', 'Île', 'Zoo']
    """
    return folded(text), text
