"""What is refused before a query reaches the engine.

The engine has no switch for SERVICE and its parser overflows its stack on deep
nesting, so both are decided on the text. Workers apply the same guard again, and
the kernel sandbox stands behind it.
"""

from __future__ import annotations

from cls_graph.errors import BadRequest, QueryRefused, QueryTooComplex
from cls_graph.settings import Settings
from cls_graph.store.tokens import Scan, scan

GRAPH_FORMS = frozenset({"CONSTRUCT", "DESCRIBE"})


def measure(text: str, settings: Settings) -> None:
    """Raises ``QueryTooComplex`` for a text over the length limit, before anything is read in it."""
    if len(text) > settings.max_query_length:
        raise QueryTooComplex(
            f"La requête a {len(text)} caractères ; la limite est {settings.max_query_length}.",
            f"The query has {len(text)} characters; the limit is {settings.max_query_length}.",
        )


def inspect(text: str, settings: Settings, *, writable: bool = False) -> Scan:
    """The scan of ``text``, when the service may evaluate it.

    Raises ``QueryTooComplex`` (over the length or nesting limit) and ``QueryRefused``
    (SERVICE, updates; ``BadRequest`` for an update where some are taken, but not here). A
    malformed query passes: the engine says where it is wrong.
    """
    measure(text, settings)
    found = scan(text)
    if found.depth > settings.max_nesting:
        raise QueryTooComplex(
            f"La requête imbrique {found.depth} niveaux ; la limite est {settings.max_nesting}.",
            f"The query nests {found.depth} levels; the limit is {settings.max_nesting}.",
        )
    if found.update and writable:
        raise BadRequest(
            f"{found.form} : ceci est une mise à jour, à envoyer à /update.",
            f"{found.form}: this is an update, to be sent to /update.",
        )
    if found.update:
        raise QueryRefused(
            f"{found.form} : ce service est en lecture seule.",
            f"{found.form}: this service is read-only.",
        )
    if found.remote:
        raise QueryRefused(
            "SERVICE est refusé : ce service n'interroge aucun autre serveur. "
            "Le mot reste permis dans les textes, les commentaires et les IRI absolus.",
            "SERVICE is refused: this service queries no other server. "
            "The word stays allowed in strings, comments and absolute IRIs.",
        )
    return found


def harmless(text: str, settings: Settings) -> bool:
    """Whether ``text`` surely passes ``inspect`` or is malformed, told at a glance."""
    return (
        len(text) <= settings.max_query_length
        and sum(text.count(bracket) for bracket in "{([") <= settings.max_nesting
        and "SERVICE" not in text.upper()
    )


def wants_graph(found: Scan) -> bool:
    """Whether the answer is a graph (CONSTRUCT, DESCRIBE) and not solutions."""
    return found.form in GRAPH_FORMS
