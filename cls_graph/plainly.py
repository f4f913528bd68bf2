"""Values of records and graphs as people say them: yes and no, how long, a day without its year, numbers."""

from __future__ import annotations

import re

from cls_graph.errors import Text
from cls_graph.namespaces import XSD

TRUTH: dict[str, Text] = {"true": {"fr": "oui", "en": "yes"}, "false": {"fr": "non", "en": "no"}}
MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
NO_YEAR: Text = {"fr": "année non dite", "en": "year not said"}
_SPANS = {
    "fr": (("an", "ans"), ("mois", "mois"), ("jour", "jours")),
    "en": (("year", "years"), ("month", "months"), ("day", "days")),
}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")
_MONTH_DAY = re.compile(r"--(0[1-9]|1[0-2])-([0-3][0-9])", re.ASCII)


def truth(value: str | bool, lang: str) -> str:
    """Yes or no; what is neither stays as it is.

    >>> truth("true", "fr"), truth(False, "en"), truth("peut-être", "fr")
    ('oui', 'no', 'peut-être')
    """
    text = str(value).lower() if isinstance(value, bool) else value
    return TRUTH[text][lang] if text in TRUTH else text


def lasting(duration: str, lang: str) -> str:
    """A duration in words; one that no person would write so stays as it is.

    >>> lasting("P5Y", "fr"), lasting("P1Y6M", "en")
    ('5 ans', '1 year 6 months')
    """
    found = _DURATION.fullmatch(duration)
    said = [(int(n), _SPANS[lang][i]) for i, n in enumerate(found.groups() if found else ()) if n]
    return " ".join(f"{n} {words[n > 1]}" for n, words in said) or duration


def dated(date: str, lang: str) -> str:
    """A day without its year in words; every other date stays as it is.

    >>> dated("--04-16", "fr"), dated("--04-01", "fr"), dated("--04-16", "en"), dated("2025-04", "fr")
    ('16 avril, année non dite', '1er avril, année non dite', '16 April, year not said', '2025-04')
    """
    found = _MONTH_DAY.fullmatch(date)
    if not found:
        return date
    month, day = int(found[1]), int(found[2])
    number = "1er" if lang == "fr" and day == 1 else str(day)
    return f"{number} {MONTHS[lang][month - 1]}, {NO_YEAR[lang]}"


_NUMBER = re.compile(r"(?P<sign>-?)\+?0*(?P<whole>\d+)(?:\.(?P<rest>\d+))?", re.ASCII)


def figured(number: str, lang: str) -> str:
    """A number as the language writes it; what is none stays as it is.

    >>> figured("5000.5", "fr"), figured("-12000.25", "en"), figured("-0.5", "fr"), figured("env. 3", "fr")
    ('5\u202f000,5', '-12,000.25', '-0,5', 'env. 3')
    """
    found = _NUMBER.fullmatch(number)
    if not found:
        return number
    # By its digits: a number may be longer than a number of this language is read.
    whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "," if lang == "en" else "\u202f", found["whole"])
    rest = found["rest"]
    return f"{found['sign']}{whole}" + (f"{'.' if lang == 'en' else ','}{rest}" if rest else "")


IN_WORDS = {
    XSD + "boolean": truth,
    XSD + "duration": lasting,
    XSD + "gMonthDay": dated,
    XSD + "decimal": figured,
    XSD + "integer": figured,
}
"""What says a literal in words, by its datatype."""
