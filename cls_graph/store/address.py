"""Where a remote store is, and what lets one in: given by the operator, and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from cls_graph.errors import UsageError

USER, PASSWORD, TOKEN = "CLS_STORE_USER", "CLS_STORE_PASSWORD", "CLS_STORE_TOKEN"
SECRETS = (USER, PASSWORD, TOKEN)
"""The variables with the credentials, which are in no argument and no log."""


def is_address(path: object) -> bool:
    """Whether what is to be served is in a remote store, and not on this machine's disk."""
    return isinstance(path, str) and path.startswith(("http://", "https://"))


@dataclass(frozen=True)
class Address:
    """Where a store takes queries, updates and graphs; an empty address is none."""

    query: str
    update: str = ""
    graphs: str = ""

    @classmethod
    def of(cls, query: str, update: str = "", graphs: str = "") -> Self:
        """The addresses that an operator gave. Raises ``UsageError`` for one that cannot be used.

        Without an address for updates it is the sibling ``update`` of an address that ends in
        ``/query``, else the same.
        """
        for url in filter(None, (query, update, graphs)):
            _check(url)
        sibling = query.removesuffix("/query") + "/update" if query.endswith("/query") else query
        return cls(query, update or sibling, graphs)


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
        parts = urlsplit("")
    if parts.username is not None or parts.password is not None:
        # Not repeated: it is a secret.
        raise UsageError(
            f"L'adresse d'un magasin ne porte pas d'identifiants : donnez-les dans {USER} et {PASSWORD}.",
            f"The address of a store carries no credentials: give them in {USER} and {PASSWORD}.",
        )
    if not usable or parts.fragment or parts.query:
        raise UsageError(
            f"« {url} » n'est pas l'adresse d'un magasin (http://hôte/chemin).",
            f"'{url}' is not the address of a store (http://host/path).",
        )


@dataclass(frozen=True)
class Credentials:
    """A user with a password (Basic or Digest, as the store asks), or a bearer token."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, env: Mapping[str, str]) -> Self:
        """The credentials in the environment."""
        return cls(env.get(USER, ""), env.get(PASSWORD, ""), env.get(TOKEN, "").strip())
