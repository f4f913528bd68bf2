"""``cls-graph schema``: the JSON Schema of a contract record."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.records.schema import schema_text

NAME = "schema"
HELP = {
    "fr": "affiche le schéma JSON d'une fiche, pour les éditeurs",
    "en": "print the JSON Schema of a record, for editors",
}
EXAMPLE = "cls-graph schema > contract.schema.json"


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    text = {"fr": "dossier du corpus", "en": "folder of the corpus"}[lang]
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=text)


def run(args: argparse.Namespace) -> int:
    """Print the schema with the code lists of the corpus."""
    sys.stdout.write(schema_text(Corpus.open(args.corpus).schemes))
    return 0
