"""``cls-graph export``: records as a workbook or CSV files that people work in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.errors import UsageError

NAME = "export"
HELP = {
    "fr": "met les fiches dans un classeur (XLSX) ou des fichiers CSV à compléter, que « import » relit",
    "en": "put records in a workbook (XLSX) or CSV files to work in, which 'import' reads back",
}
EXAMPLE = "cls-graph export --xlsx contrats.xlsx"

TEXTS = {
    "keys": {"fr": "clés des contrats (tous par défaut)", "en": "keys of contracts (all by default)"},
    "xlsx": {"fr": "classeur à écrire", "en": "workbook to write"},
    "csv": {"fr": "dossier des fichiers CSV à écrire", "en": "folder of CSV files to write"},
    "force": {
        "fr": "remplace un classeur ou des CSV qui ont peut-être été complétés",
        "en": "replace a workbook or CSV files that may have been worked in",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help=TEXTS["keys"][lang])
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help=TEXTS["xlsx"][lang])
    parser.add_argument("--csv", type=Path, metavar="DIR", help=TEXTS["csv"][lang])
    parser.add_argument("--force", action="store_true", help=TEXTS["force"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Export. Raises ``UsageError``, ``ChecksFailed`` (a record does not read), ``OutputError``."""
    from cls_graph.sheets.exporting import write_csv, write_xlsx

    if args.xlsx is None and args.csv is None:
        raise UsageError("Donnez --xlsx FICHIER ou --csv DOSSIER.", "Give --xlsx FILE or --csv DIR.")
    corpus = Corpus.open(args.corpus)
    for target, write in ((args.xlsx, write_xlsx), (args.csv, write_csv)):
        if target is not None:
            count = write(corpus, target, args.keys, args.lang, force=args.force)
            told = {"fr": f"{target} : fiches : {count}", "en": f"{target}: records: {count}"}
            print(told[args.lang], file=sys.stderr)
    return 0
