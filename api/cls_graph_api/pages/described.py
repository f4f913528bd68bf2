"""What the OpenAPI description says of the lists: the parameters that narrow, order and page them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cls_graph import media
from cls_graph_api import openapi
from cls_graph_api.i18n import TEXTS
from cls_graph_api.pages.answering import LARGEST

PAGED = (
    openapi.parameter(
        "page",
        "The page; data without it is whole / La page ; sans elle, les données sont entières",
        openapi.COUNT,
    ),
    openapi.parameter("size", "Rows of a page / Lignes d'une page", {**openapi.COUNT, "maximum": LARGEST}),
)


def narrowed(
    facets: Mapping[str, str], *more: dict[str, Any], files: Sequence[media.Format] = media.LISTS
) -> dict[str, Any]:
    """What describes a list with these facets, and its ``files``; ``more`` are further parameters."""
    return openapi.listing(
        openapi.parameter("q", "Words in a name, or a code / Mots d'un nom, ou un code"),
        openapi.parameter(
            "sort", "A column; with - before it, from the last / Une colonne ; avec -, à rebours"
        ),
        *PAGED,
        openapi.parameter("more", "The facet shown in full on the page / La facette montrée en entier"),
        *(_facet(name, word) for name, word in facets.items()),
        *more,
        files=files,
    )


def _facet(name: str, word: str) -> dict[str, Any]:
    fr, en = TEXTS[word]
    text = (
        f"{en}; may be repeated, any of them does; a value that is no choice is refused, with the choices / "
        f"{fr} ; peut être répété, l'un d'eux suffit ; une valeur hors des choix est refusée, avec les choix"
    )
    return openapi.parameter(name, text, {"type": "array", "items": {"type": "string"}})
