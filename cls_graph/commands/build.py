"""``cls-graph build``: records to a checked, digested release."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from cls_graph.changes.releasing import since
from cls_graph.checking.crew import cores
from cls_graph.checking.engines import ENGINES
from cls_graph.checking.report import summary
from cls_graph.corpus import Corpus
from cls_graph.progress import ticking
from cls_graph.release import build
from cls_graph.rules import GROUPS

NAME = "build"
HELP = {
    "fr": "construit une publication : N-Quads, TriG, JSON-LD et manifeste, ou rien si un contrôle échoue",
    "en": "build a release: N-Quads, TriG, JSON-LD and manifest, or nothing where a check fails",
}
EXAMPLE = "cls-graph build --out release"

TEXTS = {
    "out": {
        "fr": "dossier de la publication (défaut : release)",
        "en": "folder of the release (default: release)",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "quotes": {
        "fr": "sans les mots cités (positions et empreintes restent)",
        "en": "without the quoted words (positions and digests stay)",
    },
    "previous": {
        "fr": "dossier de la publication précédente : la nouvelle dit ce qui a changé ; "
        "sa version est contrôlée",
        "en": "folder of the release before: the new one says what changed, and its version is checked",
    },
    "force": {
        "fr": "remplace une publication de la même version, même si ses données sont autres",
        "en": "replace a release of the same version, even if its data are other",
    },
    "engine": {
        "fr": "moteur SHACL (défaut : pyshacl, la référence)",
        "en": "SHACL engine (default: pyshacl, the reference)",
    },
    "workers": {
        "fr": "processus qui se partagent la validation (défaut : un par cœur)",
        "en": "processes that share the validation (default: one for each core)",
    },
    "json": {"fr": "affiche le manifeste", "en": "print the manifest"},
}

DRAFTS = {
    "fr": "Brouillons dans cette publication, que personne n'a relus : {n} (cls-graph check --show info).",
    "en": "Drafts in this release that nobody has reviewed: {n} (cls-graph check --show info).",
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("--out", type=Path, default=Path("release"), metavar="DIR", help=TEXTS["out"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--previous", type=Path, metavar="DIR", help=TEXTS["previous"][lang])
    parser.add_argument("--force", action="store_true", help=TEXTS["force"][lang])
    parser.add_argument("--engine", choices=ENGINES, default="pyshacl", help=TEXTS["engine"][lang])
    parser.add_argument("--workers", type=int, default=cores(), metavar="N", help=TEXTS["workers"][lang])
    parser.add_argument("--no-quotes", action="store_true", help=TEXTS["quotes"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])


def run(args: argparse.Namespace) -> int:
    """Build; raises ``ChecksFailed`` (exit code 1) with the findings where a check fails."""
    corpus = Corpus.open(args.corpus)
    with ticking(args.lang) as progress:
        changed = partial(since, args.previous, quotes=not args.no_quotes) if args.previous else None
        manifest, checked = build(
            corpus,
            args.out,
            quotes=not args.no_quotes,
            since=changed,
            force=args.force,
            engine=args.engine,
            workers=args.workers,
            progress=progress,
        )
    if args.json:
        print(json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True))
        return 0
    for finding in checked.findings:
        if finding.rule in GROUPS["versions"]:
            print(finding.text(args.lang), file=sys.stderr)
    print(summary(checked.findings, args.lang, checked.records), file=sys.stderr)
    drafts = sum(finding.rule == "not-reviewed" for finding in checked.findings)
    if drafts:
        print(DRAFTS[args.lang].format(n=drafts), file=sys.stderr)
    counts = manifest["counts"]
    text = {
        "fr": "{out} : version {version}, contrats : {contracts}, quadruplets : {quads}, empreinte {digest}…",
        "en": "{out}: version {version}, contracts: {contracts}, quads: {quads}, digest {digest}…",
    }[args.lang]
    print(
        corpus.kind.noun(text, args.lang).format(
            out=args.out,
            version=manifest["version"],
            contracts=counts["contracts"],
            quads=counts["quads"],
            digest=manifest["digest"][:12],
        )
    )
    return 0
