"""How a value of a record is held against its kind: text first, then checked.

Each check says in French and English what it expects; partial dates keep the precision
that was stated. Lexical forms are the canonical ones, so that no store rewrites them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from pyoxigraph import NamedNode

from cls_graph.errors import Text

YEAR = r"[12][0-9]{3}"
MONTH = r"(?:0[1-9]|1[0-2])"
DAY = r"(?:0[1-9]|[12][0-9]|3[01])"

CONTRACT_KEY = r"^(?:[0-9]{9}|(?:[0-9]{2}|2[AB])[0-9]{3})-(?:[1-9][0-9]?|[12][0-9]{3}|[a-z])$"
THING_KEY = r"^[a-z0-9]+(?:-[a-zA-Z0-9]+)*$"
THING_PATH = r"^id/[a-z]+(?:/[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*)+$"
SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
TERRITORY = r"^(?:commune|epci|arrondissement|departement|region)/[0-9AB]{2,9}$"
COMMUNE = r"^commune/(?:[0-9]{2}|2[AB])[0-9]{3}$"
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$"
DURATION = r"^P(?=[0-9])(?:[1-9][0-9]*Y)?(?:(?:[1-9]|1[01])M)?(?:[1-9][0-9]*D)?$"

CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
_CONTROL = re.compile(CONTROL)
SHOWN = 80


def refuse(value: object, fr: str, en: str) -> PydanticCustomError:
    """The error for a value that is not of its kind."""
    text = str(value)
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return PydanticCustomError("bad_value", "{en}", {"value": shown, "fr": fr, "en": en})


def plain_text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong_kind", "{kind}", {"kind": "text"})
    if not value.strip():
        raise refuse(value, "un texte non vide est attendu", "a text that is not empty is expected")
    if value != value.strip():
        raise refuse(value, "pas d'espace au début ni à la fin", "no space at the beginning or the end")
    return _without_control(value)


def _without_control(value: str) -> str:
    """An escape such as "\\0" gets past YAML, but no XML form of the graph could hold it."""
    if _CONTROL.search(value):
        raise refuse(value, "pas de caractère de contrôle", "no control character")
    return value


def matching(pattern: str, fr: str, en: str) -> Callable[[Any], str]:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        text = plain_text(value)
        if not compiled.match(text):
            raise refuse(text, fr, en)
        return text

    return check


def address(pattern: str, fr: str, en: str) -> Callable[[Any], str]:
    """The check of an address that is to be an IRI: of a pattern, and such as RFC 3987 has them."""
    written = matching(pattern, fr, en)

    def check(value: Any) -> str:
        text = written(value)
        try:
            return NamedNode(text).value
        except ValueError as error:
            more = ("« % » s'écrit %25, un port est un nombre", "'%' is written %25, a port is a number")
            raise refuse(text, f"{fr} ({more[0]})", f"{en} ({more[1]})") from error

    return check


@dataclass(frozen=True)
class Kind:
    """The check of a kind of value, and its JSON Schema: metadata for ``Annotated``."""

    check: Callable[[Any], Any]
    schema: tuple[tuple[str, Any], ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {k: list(x) if isinstance(x, tuple) else x for k, x in self.schema}


def kind(check: Callable[[Any], Any], **schema: Any) -> Kind:
    return Kind(check, tuple(schema.items()))


def integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    text = plain_text(value)
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise refuse(text, "un nombre entier à partir de 1 est attendu", "a whole number from 1 is expected")
    return int(text)


def offset(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    text = plain_text(value)
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        raise refuse(text, "une position à partir de 0 est attendue", "a position from 0 is expected")
    return int(text)


def boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise refuse(value, "« true » ou « false » est attendu", "'true' or 'false' is expected")
    return bool(value == "true")


_DATE_TEXT: Text = {
    "fr": "une date à la précision connue est attendue : 2025, 2025-04, 2025-04-16 ou --04-16",
    "en": "a date at the known precision is expected: 2025, 2025-04, 2025-04-16 or --04-16",
}


def date_datatype(value: str) -> str | None:
    """The XML Schema datatype of a partial date, or ``None`` if it is not one.

    >>> [date_datatype(d) for d in ("2025", "2025-04", "--04-16", "2025-02-30")]
    ['gYear', 'gYearMonth', 'gMonthDay', None]
    """
    if re.fullmatch(YEAR, value):
        return "gYear"
    if re.fullmatch(f"{YEAR}-{MONTH}", value):
        return "gYearMonth"
    if re.fullmatch(f"--{MONTH}-{DAY}", value):
        return "gMonthDay" if _is_day("2024" + value[1:]) else None
    if re.fullmatch(f"{YEAR}-{MONTH}-{DAY}", value):
        return "date" if _is_day(value) else None
    return None


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def date_of(*datatypes: str, fr: str = "", en: str = "") -> Callable[[Any], str]:
    def check(value: Any) -> str:
        text = plain_text(value)
        if date_datatype(text) not in datatypes:
            raise refuse(text, fr or _DATE_TEXT["fr"], en or _DATE_TEXT["en"])
        return text

    return check


def amount(value: Any) -> str:
    text = plain_text(value)
    if not re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,2})?", text) or Decimal(text) <= 0:
        raise refuse(
            text,
            "un montant s'écrit en chiffres, sans espace ni symbole (15816 ou 15816.5)",
            "an amount is written in digits, without space or symbol (15816 or 15816.5)",
        )
    return _canonical(text)


def number(value: Any) -> str:
    text = plain_text(value)
    if not re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?", text):
        raise refuse(
            text,
            "un nombre s'écrit en chiffres, sans espace ni unité (80 ou 12.5)",
            "a number is written in digits, without space or unit (80 or 12.5)",
        )
    return _canonical(text)


def _canonical(text: str) -> str:
    number = Decimal(text).normalize()
    return str(int(number)) if number == number.to_integral() else format(number, "f")


def duration(value: Any) -> str:
    text = plain_text(value)
    if not re.match(DURATION, text):
        raise refuse(
            text,
            "une durée s'écrit P5Y (cinq ans), P18M s'écrit P1Y6M, P10D (dix jours)",
            "a duration is written P5Y (five years), P18M is written P1Y6M, P10D (ten days)",
        )
    return text


def context(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 16:
        raise refuse(value, "16 caractères au plus", "16 characters at most")
    return _without_control(value)


def code(scheme: str) -> Kind:
    """A value of a code list. Membership is checked against the vocabulary; the schema lists its slugs."""
    check = matching(
        SLUG, f"une valeur de la liste {scheme} est attendue", f"a value of the list {scheme} is expected"
    )
    return kind(check, **{"type": "string", "x-scheme": scheme})
