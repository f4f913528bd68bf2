"""``cls-graph check``: all checks of a corpus or of some of its files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cls_graph.checking import check
from cls_graph.checking.report import FORMATS, render
from cls_graph.cli import progress
from cls_graph.corpus import Corpus
from cls_graph.findings import at_least
from cls_graph.rules import SEVERITIES

NAME = "check"
HELP = {
    "fr": "contrôle les fiches : forme, registre, preuves, SHACL (0 : rien, 1 : à corriger, 2 : impossible)",
    "en": "check the records: form, registry, evidence, SHACL (0: clean, 1: findings, 2: could not run)",
}
EXAMPLE = "cls-graph check data/contracts/26362-3.yaml"

TEXTS = {
    "files": {"fr": "fiches à contrôler (toutes par défaut)", "en": "records to check (all by default)"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "format": {"fr": "forme du rapport", "en": "form of the report"},
    "json": {"fr": "comme --format json", "en": "same as --format json"},
    "fail": {"fr": "gravité qui fait échouer", "en": "severity that fails"},
    "show": {"fr": "gravité la plus faible à montrer en texte", "en": "lowest severity to show in text"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=TEXTS["files"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--format", choices=FORMATS, default="text", help=TEXTS["format"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--fail-on", choices=SEVERITIES, default="violation", help=TEXTS["fail"][lang])
    parser.add_argument("--show", choices=SEVERITIES, default="warning", help=TEXTS["show"][lang])


def run(args: argparse.Namespace) -> int:
    """Check and report; 1 where a finding is as grave as ``--fail-on``."""
    corpus = Corpus.open(args.corpus, args.files)
    outcome = check(corpus, args.files, progress(args.lang))
    form = "json" if args.json else args.format
    text = render(outcome.findings, form, args.lang, records=outcome.records, show=args.show)
    sys.stdout.write(text)
    return 1 if at_least(outcome.findings, args.fail_on) else 0
