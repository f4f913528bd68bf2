"""Every setting of the service, in one table: over 300 lines, as it has one row a setting.

Help texts, documentation and tests are made from ``SETTINGS``; ``settings`` reads their values.
"""

from __future__ import annotations

import math
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
    choices: tuple[str, ...] = ()
    commands: tuple[str, ...] = ("serve",)
    """The commands that have it as an option."""

    @property
    def option(self) -> str:
        """The setting on the command line."""
        return "--" + self.name.replace("_", "-")

    def read(self, text: str, where: str = "") -> Any:
        """The value of ``text``, given as ``where`` (by default in the environment).

        Raises ``UsageError`` where it is not of the setting's type.
        """
        where = where or self.env
        try:
            value = self.kind(text)
        except ValueError:
            value = None
        if value is None or (self.kind in (int, float) and not 0 <= value < math.inf):
            raise UsageError(
                f"{where} doit être un nombre positif ({self.kind.__name__}), pas « {text} ».",
                f"{where} must be a positive number ({self.kind.__name__}), not '{text}'.",
            )
        if self.choices and value not in self.choices:
            words = ", ".join(self.choices)
            raise UsageError(
                f"{where} doit être l'un de : {words}, pas « {text} ».",
                f"{where} must be one of: {words}, not '{text}'.",
            )
        return value


_BOTH = ("serve", "load")
SETTINGS: tuple[Setting, ...] = (
    Setting(
        "old_releases",
        "CLS_OLD_RELEASES",
        int,
        2,
        "Anciennes versions gardées en mémoire à la fois pour ?release= ; 0 : leurs fichiers seulement.",
        "Old versions held in memory at once for ?release=; 0: their files only.",
    ),
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
        "catalogue_page",
        "CLS_CATALOGUE_PAGE",
        int,
        100,
        "Jeux de données par page du catalogue.",
        "Datasets on a page of the catalogue.",
        commands=("serve", "publish"),
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
        "inference",
        "CLS_INFERENCE",
        str,
        "fast",
        "Ce qui est inféré : fast (une copie de plus des énoncés en mémoire) ou small (requêtes lentes).",
        "What is inferred: fast (one more copy of the statements in memory) or small (slow queries).",
        ("fast", "small"),
    ),
    Setting(
        "max_rows",
        "CLS_MAX_ROWS",
        int,
        1_000_000,
        "Lignes (ou triplets) d'une réponse au plus ; 0 : sans limite. Une réponse coupée le dit.",
        "Most rows (or triples) of an answer; 0: no limit. An answer that is cut says so.",
    ),
    Setting(
        "max_bytes",
        "CLS_MAX_BYTES",
        int,
        512 << 20,
        "Taille maximale d'une réponse, en octets ; 0 : sans limite. Une réponse coupée le dit.",
        "Largest answer, in bytes; 0: no limit. An answer that is cut says so.",
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
        "queue_size",
        "CLS_QUEUE_SIZE",
        int,
        256,
        "Requêtes qui peuvent attendre un processus libre ; au-delà 503.",
        "Queries that may wait for a free process; past it 503.",
    ),
    Setting(
        "client_long",
        "CLS_CLIENT_LONG",
        int,
        3,
        "Requêtes de plus d'une seconde qu'un client peut avoir en cours ; au-delà 429. 0 : sans limite.",
        "Queries of over a second that one client may have running; past it 429. 0: no limit.",
    ),
    Setting(
        "client_burst",
        "CLS_CLIENT_BURST",
        float,
        600.0,
        "Réserve de calcul d'un client, en secondes de processus ; vide, 429. 0 : sans limite.",
        "A client's reserve of work, in process seconds; 429 once empty. 0: no limit.",
    ),
    Setting(
        "client_rate",
        "CLS_CLIENT_RATE",
        float,
        2.0,
        "Vitesse à laquelle cette réserve se remplit, en secondes de processus par seconde.",
        "How fast that reserve fills again, in process seconds a second.",
    ),
    Setting(
        "proxies",
        "CLS_PROXIES",
        int,
        0,
        "Nombre de serveurs mandataires devant le service ; X-Forwarded-For n'est cru que pour eux.",
        "Number of proxies in front of the service; X-Forwarded-For is believed of these only.",
    ),
    Setting(
        "cache_bytes",
        "CLS_CACHE_BYTES",
        int,
        64 << 20,
        "Mémoire des réponses gardées, en octets ; 0 : aucune.",
        "Memory for answers that are kept, in bytes; 0: none.",
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
        "max_upload",
        "CLS_MAX_UPLOAD",
        int,
        64 << 20,
        "Taille maximale d'une écriture, en octets.",
        "Largest write, in bytes.",
    ),
    Setting(
        "write_timeout",
        "CLS_WRITE_TIMEOUT",
        float,
        30.0,
        "Durée maximale d'une écriture, en secondes ; au-delà son processus est tué et rien n'a changé.",
        "Longest run of a write, in seconds; past it its process is killed and nothing has changed.",
    ),
    Setting(
        "check_timeout",
        "CLS_CHECK_TIMEOUT",
        float,
        60.0,
        "Durée maximale du contrôle des formes d'une écriture (Prefer: handling=strict), en secondes.",
        "Longest check of a write against the shapes (Prefer: handling=strict), in seconds.",
    ),
    Setting(
        "journal_size",
        "CLS_JOURNAL_SIZE",
        int,
        64 << 20,
        "Taille du journal des écritures, en octets, à partir de laquelle un instantané le remplace.",
        "Size of the journal of writes, in bytes, past which a snapshot takes its place.",
    ),
    Setting(
        "body_timeout",
        "CLS_BODY_TIMEOUT",
        float,
        30.0,
        "Durée maximale d'envoi du corps d'une demande, en secondes ; au-delà 408.",
        "Longest time to send a request body, in seconds; past it 408.",
    ),
    Setting(
        "header_timeout",
        "CLS_HEADER_TIMEOUT",
        float,
        15.0,
        "Durée maximale d'envoi de l'en-tête d'une demande, en secondes ; au-delà la connexion est fermée.",
        "Longest time to send the head of a request, in seconds; past it the connection is closed.",
    ),
    Setting(
        "send_timeout",
        "CLS_SEND_TIMEOUT",
        float,
        60.0,
        "Temps pendant lequel un client peut cesser de lire sa réponse, en secondes.",
        "How long a client may stop reading its answer, in seconds.",
    ),
    Setting(
        "max_connections",
        "CLS_MAX_CONNECTIONS",
        int,
        1000,
        "Connexions ouvertes en même temps ; au-delà 503.",
        "Connections open at once; past it 503.",
    ),
    Setting(
        "stop_timeout",
        "CLS_STOP_TIMEOUT",
        float,
        5.0,
        "À l'arrêt, délai laissé aux demandes en cours, en secondes ; elles sont ensuite tuées.",
        "On stop, time left to requests that are running, in seconds; then they are killed.",
    ),
    Setting(
        "access_log",
        "CLS_ACCESS_LOG",
        str,
        "off",
        "Journal des demandes sur la sortie d'erreur, en JSON : off, on, full (avec le texte des requêtes).",
        "Log of requests on standard error, in JSON: off, on, or full (with the text of queries).",
        ("off", "on", "full"),
    ),
    Setting(
        "public_url",
        "CLS_PUBLIC_URL",
        str,
        "",
        "Adresse publique du service, préfixe compris (par défaut celle de la demande).",
        "Public address of the service, with its prefix (by default that of the request).",
    ),
    Setting(
        "store_dataset",
        "CLS_STORE_DATASET",
        str,
        "auto",
        "Graphes interrogés dans un magasin distant : named (ceux de la publication, nommés à chaque "
        "requête), store (tous ceux du magasin), auto (named jusqu'à 500 graphes).",
        "Graphs that are queried in a remote store: named (those of the release, named with each query), "
        "store (all those of the store), auto (named up to 500 graphs).",
        ("auto", "named", "store"),
    ),
    Setting(
        "store_base",
        "CLS_STORE_BASE",
        str,
        "",
        "Base des IRI de la publication à servir, dans un magasin distant qui en contient plusieurs.",
        "Base IRI of the release to serve, in a remote store that holds several.",
    ),
    Setting(
        "store_rows",
        "CLS_STORE_ROWS",
        int,
        0,
        "Lignes auxquelles un magasin distant coupe ses réponses ; une réponse si longue est dite coupée. "
        "0 : inconnu.",
        "Rows at which a remote store cuts its answers; an answer as long as that is said to be cut. "
        "0: not known.",
    ),
    Setting(
        "store_check",
        "CLS_STORE_CHECK",
        float,
        10.0,
        "Secondes entre deux regards sur la publication d'un magasin distant.",
        "Seconds between two looks at the release in a remote store.",
    ),
    Setting(
        "store_timeout",
        "CLS_STORE_TIMEOUT",
        float,
        300.0,
        "Attente maximale d'un magasin distant à la connexion, au contrôle et au chargement, en secondes.",
        "Longest wait for a remote store as it is connected to, checked and loaded, in seconds.",
        commands=_BOTH,
    ),
    Setting(
        "store_update",
        "CLS_STORE_UPDATE",
        str,
        "",
        "Adresse des mises à jour du magasin (par défaut déduite de celle des requêtes).",
        "Address of the store for updates (by default worked out from that for queries).",
        commands=("load",),
    ),
    Setting(
        "store_graphs",
        "CLS_STORE_GRAPHS",
        str,
        "",
        "Adresse du magasin pour le Graph Store Protocol ; sans elle, des mises à jour sont envoyées.",
        "Address of the store for the Graph Store Protocol; without it, updates are sent.",
        commands=("load",),
    ),
)
