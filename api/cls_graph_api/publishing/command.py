"""``cls-graph publish``: a release as a folder that any web server can hold."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from cls_graph.checking.crew import cores
from cls_graph.commands.load import read
from cls_graph.errors import UsageError
from cls_graph.progress import ticking
from cls_graph.release import ensure_release
from cls_graph.release.archive import Archive
from cls_graph.release.folder import replaced
from cls_graph.settings import Settings, add_options, from_options
from cls_graph_api.publishing.publisher import PUBLICATION, publish
from cls_graph_api.publishing.versions import broken, published
from cls_graph_api.representations import FORMATS

NAME = "publish"
HELP = {
    "fr": "publie en fichiers : pages, données, catalogue et téléchargements, pour tout serveur web",
    "en": "publish as files: pages, data, catalogue and downloads, for any web server",
}
EXAMPLE = "cls-graph publish --out public --url https://data.example.org/cls"
_TEXTS = {
    "out": {"fr": "dossier de la publication statique", "en": "folder of the static publication"},
    "url": {
        "fr": "adresse où le dossier sera servi (défaut : la base des identifiants, qui y redirige)",
        "en": "address of the folder (default: the base of the identifiers, which redirects there)",
    },
    "release": {
        "fr": "dossier d'une publication construite (défaut : celle du corpus, construite au besoin)",
        "en": "folder of a built release (default: that of the corpus, built where it is missing)",
    },
    "history": {
        "fr": "dossier des publications précédentes : leurs fichiers restent, le flux dit leurs changements",
        "en": "folder of earlier releases: their files stay, and the feed tells their changes",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "formats": {
        "fr": "formats de chaque chose, séparés par des virgules ({choices} ; défaut : {default})",
        "en": "formats of each thing, separated by commas ({choices}; default: {default})",
    },
    "workers": {
        "fr": "processus qui se partagent les pages (défaut : un par cœur)",
        "en": "processes that share the pages (default: one for each core)",
    },
    "json": {"fr": "affiche ce qui a été fait en JSON", "en": "print what was done as JSON"},
}
_DEFAULT = "ttl,jsonld,rdf"
_DONE = {
    "fr": "{out} : version {version}, choses : {things}, fichiers : {files}, pour {url}/",
    "en": "{out}: version {version}, things: {things}, files: {files}, for {url}/",
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    choices = ", ".join(f.name for f in FORMATS)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_TEXTS["out"][lang])
    parser.add_argument("--url", default="", metavar="URL", help=_TEXTS["url"][lang])
    parser.add_argument("--release", type=Path, metavar="DIR", help=_TEXTS["release"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=_TEXTS["corpus"][lang])
    parser.add_argument("--history", type=Path, metavar="DIR", help=_TEXTS["history"][lang])
    text = _TEXTS["formats"][lang].format(choices=choices, default=_DEFAULT)
    parser.add_argument("--formats", default=_DEFAULT, metavar="LIST", help=text)
    parser.add_argument("--workers", type=int, default=cores(), metavar="N", help=_TEXTS["workers"][lang])
    parser.add_argument("--json", action="store_true", help=_TEXTS["json"][lang])
    add_options(parser, NAME, lang)


def run(args: argparse.Namespace) -> int:
    """Publish. Raises ``UsageError``, ``OutputError``, ``CorpusError``, ``ChecksFailed`` (exit code 1)."""
    formats = _formats(args.formats)
    if args.release is not None and args.corpus is not None:
        raise UsageError("--release ou --corpus, pas les deux.", "--release or --corpus, not both.")
    given, before = from_options(args), published(args.out)
    with ticking(args.lang) as progress, replaced(args.out, PUBLICATION) as folder:
        release = args.release or ensure_release(args.corpus, given, args.lang, progress)
        url = _url(args.url or str(read(release)["base_iri"]))
        earlier = _earlier(args.history, release)
        done = publish(release, folder, url, formats, _settings(given, url, args.workers), progress, earlier)
    _say(args, done)
    for lost in broken(before, published(args.out)):
        print(lost[args.lang], file=sys.stderr)
    return 0


def _earlier(history: Path | None, release: Path) -> list[Path]:
    """The releases of a folder, other than the one that is published. Raises ``UsageError``."""
    if history is None:
        return []
    version, digest = (str(read(release)[name]) for name in ("version", "digest"))
    kept = Archive(history).releases()
    if not kept:
        raise UsageError(
            f"Aucune publication dans « {history} » : il faut un sous-dossier pour chacune.",
            f"No release in '{history}': each needs a subfolder of its own.",
        )
    return [one.folder for one in kept if one.digest != digest and one.version != version]


def _say(args: argparse.Namespace, done: dict[str, Any]) -> None:
    if args.json:
        print(json.dumps(done, ensure_ascii=False, indent=2, sort_keys=True))
        return
    counts = done["counts"]
    print(
        _DONE[args.lang].format(
            out=args.out,
            version=done["version"],
            things=counts["things"],
            files=counts["files"],
            url=done["url"],
        )
    )


def _settings(given: Settings, url: str, workers: int) -> Settings:
    """Those of a service that has one client, this one, and all the time it needs."""
    return Settings(
        public_url=url,
        catalogue_page=given.catalogue_page,
        workers=max(1, workers),
        query_timeout=600.0,
        queue_timeout=600.0,
        queue_size=10_000,
        max_rows=0,
        max_bytes=0,
        client_long=0,
        client_burst=0.0,
        cache_bytes=0,
    )


def _url(text: str) -> str:
    """An address without a slash at its end. Raises ``UsageError``."""
    if re.fullmatch(r"https?://[^\s/?#<>\"]+(/[^\s?#<>\"]*)?", text):
        return text.rstrip("/")
    raise UsageError(
        f"--url est une adresse http ou https sans « ? » ni « # », pas « {text} ».",
        f"--url is an http or https address without '?' or '#', not '{text}'.",
    )


def _formats(text: str) -> list[str]:
    """The names of formats. Raises ``UsageError``."""
    asked = [name.strip() for name in text.split(",") if name.strip()]
    known = {f.name for f in FORMATS}
    for name in asked:
        if name not in known:
            names = ", ".join(sorted(known))
            raise UsageError(
                f"Format inconnu : « {name} » (connus : {names}).",
                f"No such format: '{name}' (known: {names}).",
            )
    return asked
