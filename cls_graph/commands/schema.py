"""``cls-graph schema``: the JSON Schemas of the files that stewards edit."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.files import cannot_write, replace_files
from cls_graph.records.schema import RECORD, SCHEMAS, file_of, schema_text

NAME = "schema"
HELP = {
    "fr": "affiche le schéma JSON d'une fiche ou d'un fichier du registre, pour les éditeurs",
    "en": "print the JSON Schema of a record, or of a file of the registry, for editors",
}
EXAMPLE = "cls-graph schema --of organisations > organisations.schema.json"

TEXTS = {
    "of": {
        "fr": "ce qu'il décrit : une fiche (contract, par défaut) ou un fichier du registre",
        "en": "what it describes: a record (contract, the default) or a file of the registry",
    },
    "out": {
        "fr": "écrit tous les schémas dans ce dossier, docs/schema le plus souvent",
        "en": "write all schemas to this folder, usually docs/schema",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("--of", choices=SCHEMAS, default=RECORD, help=TEXTS["of"][lang])
    parser.add_argument("--out", type=Path, metavar="DIR", help=TEXTS["out"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Print a schema with the code lists of the corpus, or write all of them. Raises ``OutputError``."""
    schemes = Corpus.open(args.corpus).schemes
    if args.out is None:
        sys.stdout.write(schema_text(args.of, schemes))
        return 0
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(args.out, error) from None
    files = {args.out / file_of(name): schema_text(name, schemes).encode() for name in SCHEMAS}
    replace_files(files)
    print(*files, sep="\n")
    return 0
