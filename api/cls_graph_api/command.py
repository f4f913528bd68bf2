"""``cls-graph serve``: build what is missing, then serve it."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from cls_graph.errors import ClsGraphError, UsageError
from cls_graph.reasons import reason
from cls_graph.settings import Settings, add_options, from_options
from cls_graph.store.deviations import known
from cls_graph_api.app import create_app
from cls_graph_api.connection import server_config
from cls_graph_api.served import EMPTY, STORE, WRITABLE, Served, served
from cls_graph_api.site import Site
from cls_graph_api.watch import Watch, follow

NAME = "serve"
HELP: dict[str, str] = {
    "fr": "construit la publication si elle manque, puis la sert en HTTP",
    "en": "build the release if it is missing, then serve it over HTTP",
}
EXAMPLE = "cls-graph serve --port 8080 --workers 8 --query-timeout 30"
_CORPUS = {
    "fr": "Dossier du corpus (par défaut celui qui est livré).",
    "en": "Folder of the corpus (by default the bundled one).",
}
_WORDS = {
    "fr": {
        "building": "Préparation de la publication…",
        "loading": "Chargement…",
        "ready": "{url} : publication {version}, {quads} quads, {workers} processus, isolement : {sandbox}.",
        "stop": "Ctrl-C pour arrêter.",
        "swapped": "Publication {version} servie.",
        "writable": "Écriture ouverte, dans {folder}.",
        "store": "Magasin distant : {server}.",
        "rows": "Ce magasin coupe ses réponses à {rows} lignes ; celles qui sont coupées le disent.",
        "whole": "Chaque requête porte sur tous les graphes du magasin, publication ou non.",
        "unknown": "Aucune publication n'y a été chargée par « cls-graph load » : nul cache de réponses.",
    },
    "en": {
        "building": "Preparing the release…",
        "loading": "Loading…",
        "ready": "{url}: release {version}, {quads} quads, {workers} processes, sandbox: {sandbox}.",
        "stop": "Ctrl-C to stop.",
        "swapped": "Release {version} is served.",
        "writable": "Writing is open, in {folder}.",
        "store": "Remote store: {server}.",
        "rows": "This store cuts its answers at {rows} rows; those that are cut say so.",
        "whole": "Each query is over all graphs of the store, of the release or not.",
        "unknown": "No release was loaded into it by 'cls-graph load': no answer is cached.",
    },
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the options: the corpus, and one for each setting of the service."""
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=_CORPUS[lang])
    parser.add_argument("--store", metavar="DIR", help=STORE[lang])
    parser.add_argument("--writable", action="store_true", help=WRITABLE[lang])
    parser.add_argument("--empty", action="store_true", help=EMPTY[lang])
    add_options(parser, NAME, lang)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; 0 then. Raises what the command line renders.

    SIGHUP has the release looked for again, and swapped in if it is another one.
    """
    lang = getattr(args, "lang", None) or "fr"
    settings = from_options(args)
    with _listen(settings) as listener:
        _say(_WORDS[lang]["building"], only_terminal=True)
        data = served(args, settings, lang)
        app = create_app(data.folder, settings, token=data.token, corpus=args.corpus, archive=data.archive)
        site: Site = app.state.site
        config = server_config(app, settings)
        _say(_WORDS[lang]["loading"], only_terminal=True)
        serving = _serve(uvicorn.Server(config), listener, site, data, lang)
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(serving)
    return 0


async def _serve(
    server: uvicorn.Server, listener: socket.socket, site: Site, data: Served, lang: str
) -> None:
    watching: asyncio.Task[None] | None = None
    try:
        # Before the server starts, so that what cannot be loaded is one clear error.
        await site.start()
        _say(_ready(listener, site, lang))
        for line in _about(site, lang):
            _say(line)
        if data.token:
            _say(_WORDS[lang]["writable"].format(folder=data.folder))
        watching = _watch(site, data, lang)
        _say(_WORDS[lang]["stop"], only_terminal=True)
        # The server raises the signal again once it has stopped; stopping was all it asked for.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        await server.serve(sockets=[listener])
    finally:
        if watching is not None:
            watching.cancel()
        await site.stop()


def _watch(site: Site, data: Served, lang: str) -> asyncio.Task[None] | None:
    """Follow the release from now on; a writable store is followed by its own writes."""
    if hasattr(signal, "SIGHUP"):
        # The usual end of a process that knows no better.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def say(version: str) -> None:
        _say(_WORDS[lang]["swapped"].format(version=version))

    if isinstance(data.folder, str):
        return asyncio.create_task(follow(site, say))
    if data.locate is None:
        return None
    watch = Watch(site, data.locate, say, look=data.look)
    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, watch.ask)
    return asyncio.create_task(watch.run())


def _ready(listener: socket.socket, site: Site, lang: str) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return _WORDS[lang]["ready"].format(
        url=site.settings.public_url or f"http://{shown}:{port}/",
        version=site.manifest["version"],
        quads=site.pool.quads,
        workers=site.pool.workers,
        sandbox=", ".join(site.pool.sandbox),
    )


def _about(site: Site, lang: str) -> Iterator[str]:
    """What to know of a remote store: what it is, where it cuts, how it differs from SPARQL 1.1."""
    about, words = site.pool.about, _WORDS[lang]
    if not about:
        return
    yield words["store"].format(server=about["server"] or about["url"])
    if about["rows"]:
        yield words["rows"].format(rows=min(about["rows"]))
    if about["dataset"] == "store":
        yield words["whole"]
    if not site.manifest["digest"]:
        yield words["unknown"]
    for name in about["deviations"]:
        yield (
            f"  {name}: {known(name).text[lang]}" if lang == "en" else f"  {name} : {known(name).text[lang]}"
        )


def _listen(settings: Settings) -> socket.socket:
    """A socket bound to the configured address. Raises ``UsageError`` when it is taken or wrong."""
    if settings.port > 65_535:
        raise _unusable(settings, OverflowError("0–65535"))
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise _unusable(settings, error) from None
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Now, not when the release is ready: two servers must not both believe they have the port.
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _unusable(settings, error) from None
    return listener


def _unusable(settings: Settings, error: Exception) -> ClsGraphError:
    said = reason(error)
    where = f"{settings.host}:{settings.port}"
    return UsageError(
        f"Impossible d'écouter sur {where} ({said['fr']}). Choisissez un autre port avec --port.",
        f"Cannot listen on {where} ({said['en']}). Choose another port with --port.",
    )


def _say(line: str, *, only_terminal: bool = False) -> None:
    if not only_terminal or sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)
