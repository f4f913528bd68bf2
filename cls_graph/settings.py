"""Every setting of the service, in one table.

A setting is read from the command line, else from the environment, else from its
default. Help texts, documentation and tests are made from ``SETTINGS``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cls_graph.errors import UsageError


@dataclass(frozen=True)
class Setting:
    """One row: name (attribute), environment variable, type, default, a sentence by language."""

    name: str
    env: str
    kind: type
    default: Any
    fr: str
    en: str

    def read(self, text: str) -> Any:
        """The value of ``text``; raises ``UsageError`` when it is not of the setting's type."""
        try:
            value = self.kind(text)
        except ValueError:
            value = None
        if value is None or (self.kind in (int, float) and value < 0):
            raise UsageError(
                f"{self.env} doit être un nombre positif ({self.kind.__name__}), pas « {text} ».",
                f"{self.env} must be a positive number ({self.kind.__name__}), not '{text}'.",
            )
        return value


SETTINGS: tuple[Setting, ...] = (
    Setting("host", "CLS_HOST", str, "127.0.0.1", "Adresse d'écoute.", "Address to listen on."),
    Setting("port", "CLS_PORT", int, 8000, "Port d'écoute.", "Port to listen on."),
    Setting(
        "cache",
        "CLS_CACHE",
        str,
        "",
        "Dossier des publications construites (par défaut le cache de l'utilisateur).",
        "Folder of built releases (by default the user's cache).",
    ),
    Setting(
        "query_timeout",
        "CLS_QUERY_TIMEOUT",
        float,
        10.0,
        "Durée maximale d'une requête, en secondes ; au-delà son processus est tué.",
        "Longest run of a query, in seconds; past it its process is killed.",
    ),
    Setting(
        "query_memory",
        "CLS_QUERY_MEMORY",
        int,
        1024,
        "Mémoire qu'une requête peut prendre, en Mio ; 0 : sans limite.",
        "Memory a query may take, in MiB; 0: no limit.",
    ),
    Setting(
        "max_query_length",
        "CLS_MAX_QUERY_LENGTH",
        int,
        100_000,
        "Longueur maximale d'une requête, en caractères.",
        "Longest query text, in characters.",
    ),
    Setting(
        "max_nesting",
        "CLS_MAX_NESTING",
        int,
        100,
        "Imbrication maximale des accolades et parenthèses d'une requête.",
        "Deepest nesting of braces and parentheses in a query.",
    ),
    Setting(
        "workers",
        "CLS_WORKERS",
        int,
        4,
        "Nombre de processus de requête.",
        "Number of query processes.",
    ),
    Setting(
        "queue_timeout",
        "CLS_QUEUE_TIMEOUT",
        float,
        5.0,
        "Attente maximale d'un processus libre, en secondes ; au-delà 503.",
        "Longest wait for a free process, in seconds; past it 503.",
    ),
    Setting(
        "max_body",
        "CLS_MAX_BODY",
        int,
        1_000_000,
        "Taille maximale du corps d'une demande, en octets.",
        "Largest request body, in bytes.",
    ),
    Setting(
        "public_url",
        "CLS_PUBLIC_URL",
        str,
        "",
        "Adresse publique du service, préfixe compris (par défaut celle de la demande).",
        "Public address of the service, with its prefix (by default that of the request).",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The values in force. Attributes are the names of ``SETTINGS``."""

    host: str = "127.0.0.1"
    port: int = 8000
    cache: str = ""
    query_timeout: float = 10.0
    query_memory: int = 1024
    max_query_length: int = 100_000
    max_nesting: int = 100
    workers: int = 4
    queue_timeout: float = 5.0
    max_body: int = 1_000_000
    public_url: str = ""

    @classmethod
    def load(cls, given: Mapping[str, Any] | None = None, env: Mapping[str, str] | None = None) -> Settings:
        """Settings from ``given`` (command line, ``None`` = not said), then ``env``, then defaults."""
        env = os.environ if env is None else env
        values: dict[str, Any] = {}
        for row in SETTINGS:
            said = (given or {}).get(row.name)
            if said is not None:
                values[row.name] = said
            elif row.env in env:
                values[row.name] = row.read(env[row.env])
        return cls(**values)
