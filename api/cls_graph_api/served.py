"""What ``serve`` is to serve: a built release, a folder of releases, or a store that is written to."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cls_graph.errors import UsageError
from cls_graph.service.folder import create, description, is_store
from cls_graph.settings import Settings
from cls_graph.store.address import Address
from cls_graph_api.auth import VARIABLE
from cls_graph_api.manifest import read_manifest
from cls_graph_api.site import BLANK, NQUADS
from cls_graph_api.watch import CURRENT, release_in

STORE = {
    "fr": "Dossier d'une publication, ou de publications avec un lien « current », ou adresse (http) d'un "
    "magasin SPARQL 1.1 ; avec --writable, dossier où les données sont gardées.",
    "en": "Folder of a release, or of releases with a link 'current', or address (http) of a SPARQL 1.1 "
    "store; with --writable, the folder where the data is kept.",
}
WRITABLE = {
    "fr": f"Ouvrir l'écriture (/update, /store) à qui présente le jeton de {VARIABLE}.",
    "en": f"Open writing (/update, /store) to who presents the token of {VARIABLE}.",
}
EMPTY = {
    "fr": "Avec --writable : un magasin nouveau commence vide, sans le corpus.",
    "en": "With --writable: a new store begins empty, without the corpus.",
}
# What is true of a release only as it was published.
_FIXED = ("files", "graphs", "counts", "corpus", "digest", "date")


@dataclass(frozen=True)
class Served:
    """A folder, and how to find the next release (see ``watch.Watch``) or the token for writing.

    Or, in the place of the folder, the address of a remote store.
    """

    folder: Path | str
    token: str = ""
    locate: Callable[[], Path] | None = None
    look: bool = False
    archive: Path | None = None
    """The folder of releases that ``folder`` is one of, if it is in such a folder."""


def served(args: argparse.Namespace, settings: Settings, lang: str) -> Served:
    """What the command line asks for; builds the release, or makes the store, if it is not there.

    Raises ``UsageError`` for options that do not go together, ``OutputError`` and ``CorpusError``.
    """
    from cls_graph.release import ensure_release

    if args.store is not None and "://" in args.store:
        return _remote(args)
    if args.writable:
        return _writable(args, settings, lang)
    if args.empty:
        raise UsageError("--empty demande --writable.", "--empty needs --writable.")
    if args.store is None:
        # Only when asked: building takes a while.
        return Served(
            ensure_release(args.corpus, settings, lang),
            locate=lambda: ensure_release(args.corpus, settings, lang),
        )
    folder = Path(args.store).expanduser()
    if is_store(folder):
        raise UsageError(
            f"{folder} est un magasin ouvert à l'écriture : ajoutez --writable.",
            f"{folder} is a store for writing: add --writable.",
        )
    return Served(
        release_in(folder),
        locate=lambda: release_in(folder),
        look=True,
        archive=folder if (folder / CURRENT).exists() else None,
    )


def _writable(args: argparse.Namespace, settings: Settings, lang: str) -> Served:
    token = os.environ.get(VARIABLE, "").strip()
    if not token:
        raise UsageError(
            f"--writable demande un jeton : donnez-le dans la variable {VARIABLE}.",
            f"--writable needs a token: give it in the variable {VARIABLE}.",
        )
    folder = Path(args.store).expanduser() if args.store else _usual(empty=args.empty)
    if not is_store(folder):
        _create(folder, args, settings, lang)
    elif args.empty and description(folder)["union"]:
        raise UsageError(
            f"{folder} contient déjà un corpus : choisissez un autre dossier, ou retirez --empty.",
            f"{folder} already holds a corpus: choose another folder, or leave out --empty.",
        )
    return Served(folder, token)


def _create(folder: Path, args: argparse.Namespace, settings: Settings, lang: str) -> None:
    """A new store. One of a corpus answers from all its graphs at once, as its release does."""
    from cls_graph.release import ensure_release

    if args.empty:
        create(folder, None, BLANK, union=False)
        return
    release = ensure_release(args.corpus, settings, lang)
    manifest = {name: value for name, value in read_manifest(release).items() if name not in _FIXED}
    create(folder, release / NQUADS, manifest, union=True)


def _remote(args: argparse.Namespace) -> Served:
    if args.writable or args.empty:
        raise UsageError(
            "Un magasin distant est lu seulement : écrivez-y par ses moyens ou avec « cls-graph load ».",
            "A remote store is only read: write to it by its own means, or with 'cls-graph load'.",
        )
    # Raises for one that cannot be used.
    return Served(Address.of(args.store).query)


def _usual(*, empty: bool) -> Path:
    """The user's folder for data that lasts (XDG Base Directory; LOCALAPPDATA on Windows)."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", "~"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
    return base.expanduser() / "cls-graph" / ("empty" if empty else "store")
