"""``cls-graph score``: a scorecard of any SPARQL endpoint."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cls_graph.errors import UsageError
from cls_graph.files import replace_file
from cls_graph.findings import DOT
from cls_graph.progress import ticking

if TYPE_CHECKING:
    from cls_graph.scoring.target import Target

NAME = "score"
HELP = {
    "fr": "bulletin d'un point d'accès SPARQL : conformité, honnêteté, portes (0 : rien d'exigé ne manque, "
    "1 : un point exigé n'est pas tenu, 2 : impossible)",
    "en": "scorecard of a SPARQL endpoint: conformance, honesty, doors (0: nothing required is missing, "
    "1: a requirement fails, 2: could not run)",
}
EXAMPLE = "cls-graph score http://127.0.0.1:8000/sparql --only doors"
GROUPS = (
    "protocol",
    "description",
    "formats",
    "language",
    "metadata",
    "catalogue",
    "linked-data",
    "updates",
    "doors",
    "honesty",
    "hostile",
)
"""Named here so that the help costs no import; a test holds them against the table."""
FORMATS = ("text", "json", "html")

TEXTS = {
    "url": {"fr": "adresse des requêtes", "en": "address for queries"},
    "only": {"fr": "seulement ce groupe ; peut être répété", "en": "this group only; may be repeated"},
    "timeout": {
        "fr": "délai d'une requête, en secondes ; le tout dure au plus trente fois autant [15]",
        "en": "time limit of one request, in seconds; the whole takes at most thirty times that [15]",
    },
    "update": {
        "fr": "adresse des mises à jour (par défaut déduite de celle des requêtes)",
        "en": "address for updates (by default worked out from that for queries)",
    },
    "graphs": {
        "fr": "adresse du Graph Store Protocol ; sans elle il n'est pas essayé",
        "en": "address of the Graph Store Protocol; without it that is not tried",
    },
    "base": {
        "fr": "les IRI qui commencent ainsi sont cherchés à l'hôte du point d'accès",
        "en": "IRIs that begin so are looked up at the host of the endpoint",
    },
    "erase": {
        "fr": "écrit aussi, dans des graphes à elle, puis les retire ; identifiants : CLS_STORE_USER et "
        "CLS_STORE_PASSWORD, ou CLS_STORE_TOKEN",
        "en": "also write, in graphs of its own, then remove them; credentials: CLS_STORE_USER and "
        "CLS_STORE_PASSWORD, or CLS_STORE_TOKEN",
    },
    "hostile": {
        "fr": "requêtes hostiles aussi vers une autre machine : seulement la vôtre, elles peuvent l'arrêter",
        "en": "hostile queries to another machine too: only to one of yours, they may take it down",
    },
    "format": {"fr": "forme du bulletin", "en": "form of the scorecard"},
    "json": {"fr": "comme --format json", "en": "same as --format json"},
    "out": {"fr": "fichier où écrire le bulletin", "en": "file to write the scorecard to"},
}
_SENDS = {
    "fr": "Envoie à {hosts}, et à aucune autre adresse, {n} points de contrôle. "
    "Canaris : {web} et {file}. {more}",
    "en": "Sends {n} checks to {hosts}, and to no other address. Canaries: {web} and {file}. {more}",
}
_MORE = {
    "hostile": {
        "fr": "Des requêtes hostiles sont envoyées en dernier : elles peuvent arrêter un service fragile.",
        "en": "Hostile queries are sent last: they may take a fragile service down.",
    },
    "erase": {
        "fr": "Écrit dans des graphes à elle, sous urn:x-cls-graph:score:, puis les retire.",
        "en": "Writes in graphs of its own, under urn:x-cls-graph:score:, then removes them.",
    },
    "reads": {
        "fr": "Ce qui est envoyé comme mise à jour ne change rien.",
        "en": "What is sent as an update changes nothing.",
    },
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("url", metavar="URL", help=TEXTS["url"][lang])
    parser.add_argument("--only", action="append", choices=GROUPS, default=[], help=TEXTS["only"][lang])
    parser.add_argument("--timeout", type=float, default=15.0, metavar="SECONDS", help=TEXTS["timeout"][lang])
    for name in ("update", "graphs"):
        parser.add_argument(f"--{name}", default="", metavar="URL", help=TEXTS[name][lang])
    parser.add_argument("--base", default="", metavar="IRI", help=TEXTS["base"][lang])
    parser.add_argument("--erase", action="store_true", help=TEXTS["erase"][lang])
    parser.add_argument("--hostile", action="store_true", help=TEXTS["hostile"][lang])
    parser.add_argument("--format", choices=FORMATS, default="text", help=TEXTS["format"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--out", type=Path, metavar="FILE", help=TEXTS["out"][lang])


def run(args: argparse.Namespace) -> int:
    """Score and report; 1 where a requirement fails. Raises ``UsageError`` and ``EndpointFailed``."""
    # Here: no other command needs an HTTP client.
    from cls_graph.scoring.report import render, sentence
    from cls_graph.scoring.running import Options, score

    if not 0 < args.timeout <= 3600:
        raise UsageError(
            "--timeout est un nombre de secondes, de 0 à 3600.",
            "--timeout is a number of seconds, 0 to 3600.",
        )
    options = Options(
        url=args.url,
        update=args.update,
        graphs=args.graphs,
        base=args.base,
        only=tuple(args.only),
        timeout=args.timeout,
        erase=args.erase,
        hostile=args.hostile,
    )
    with ticking(args.lang) as tell:
        card = score(options, before=lambda target: _announce(target, args), progress=tell)
    text = render(card, "json" if args.json else args.format, args.lang)
    if args.out is None:
        sys.stdout.write(text)
    else:
        replace_file(args.out, text.encode())
        print(f"{args.out}{DOT[args.lang]}{sentence(card, args.lang)}")
    return 0 if card.passed else 1


def _announce(target: Target, args: argparse.Namespace) -> None:
    """Say what is going to be sent, and where, before it is."""
    from cls_graph.scoring.table import checks

    groups = args.only or GROUPS
    chosen = [c for c in checks() if c.group in groups and (args.erase or not c.erases)]
    more = ["erase" if args.erase and "updates" in groups else "reads"]
    more += ["hostile"] if "hostile" in groups and (target.local or args.hostile) else []
    hosts = dict.fromkeys(filter(None, (target.url, *target.updates, target.graphs)))
    text = _SENDS[args.lang].format(
        n=len(chosen),
        hosts=", ".join(hosts),
        web=target.canaries.web,
        file=target.canaries.file,
        more=" ".join(_MORE[name][args.lang] for name in more),
    )
    print(text, file=sys.stderr, flush=True)
