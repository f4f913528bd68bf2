"""``cls-graph load``: a release into a remote store."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from cls_graph.errors import CorpusError, UsageError
from cls_graph.progress import ticking
from cls_graph.release import ensure_release
from cls_graph.release.build import MANIFEST
from cls_graph.release.cache import intact
from cls_graph.settings import Settings, add_options, from_options
from cls_graph.store.address import Address, Credentials

NAME = "load"
HELP = {
    "fr": "charge une publication dans un magasin SPARQL 1.1 distant, chaque graphe en entier ou pas du tout",
    "en": "load a release into a remote SPARQL 1.1 store, each graph whole or not at all",
}
EXAMPLE = "cls-graph load http://localhost:7878/query --store-graphs http://localhost:7878/store"

TEXTS = {
    "url": {
        "fr": "adresse des requêtes du magasin ; identifiants : CLS_STORE_USER et CLS_STORE_PASSWORD, "
        "ou CLS_STORE_TOKEN",
        "en": "address of the store for queries; credentials: CLS_STORE_USER and CLS_STORE_PASSWORD, "
        "or CLS_STORE_TOKEN",
    },
    "release": {
        "fr": "dossier d'une publication (par défaut celle du corpus, construite au besoin)",
        "en": "folder of a release (by default that of the corpus, built where it is missing)",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "json": {"fr": "affiche ce qui a été fait en JSON", "en": "print what was done as JSON"},
}
_DONE = {
    "fr": "{url} : {triples} triplets ; graphes chargés {loaded}, inchangés {unchanged}, retirés {removed}.",
    "en": "{url}: {triples} triples; graphs loaded {loaded}, unchanged {unchanged}, removed {removed}.",
}
_MERGED = {
    "fr": "Ce magasin garde les valeurs et non leur écriture : {n} triplets s'y confondent avec d'autres.",
    "en": "This store keeps values and not their spelling: {n} triples are one with others in it.",
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("url", metavar="URL", help=TEXTS["url"][lang])
    parser.add_argument("--release", type=Path, metavar="DIR", help=TEXTS["release"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    add_options(parser, NAME, lang)


def run(args: argparse.Namespace) -> int:
    """Load; raises ``UsageError`` for an address that is none, ``CorpusError``, and as ``publish``."""
    # Here: no other command needs an HTTP client.
    from cls_graph.release.publish import publish
    from cls_graph.store.wire import Wire

    settings = from_options(args)
    address = Address.of(args.url, settings.store_update, settings.store_graphs)
    folder = _release(args, settings)
    manifest = read(folder)
    wire = Wire(address, Credentials.of(os.environ), settings.store_timeout)
    try:
        with ticking(args.lang) as progress:
            done = publish(folder, manifest, wire, progress=progress)
    finally:
        wire.close()
    if args.json:
        print(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
        return 0
    counts = {name: len(getattr(done, name)) for name in ("loaded", "unchanged", "removed")}
    print(_DONE[args.lang].format(url=args.url, triples=done.triples, **counts))
    if done.merged:
        print(_MERGED[args.lang].format(n=sum(done.merged.values())))
    return 0


def _release(args: argparse.Namespace, settings: Settings) -> Path:
    if args.release is None:
        with ticking(args.lang) as progress:
            return ensure_release(args.corpus, settings, args.lang, progress)
    if args.corpus is not None:
        raise UsageError("--release ou --corpus, pas les deux.", "--release or --corpus, not both.")
    folder: Path = args.release
    return folder


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a release whose files are as it says. Raises ``CorpusError``."""
    if not intact(folder):
        raise CorpusError(
            f"{folder} n'est pas le dossier d'une publication, ou ses fichiers ont changé.",
            f"{folder} is not the folder of a release, or its files have changed.",
        )
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest
