"""``cls-graph diff``: what changed from one state of the data to another."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from cls_graph.changes import compare, read_state, write_patch
from cls_graph.changes.changelog import changelog
from cls_graph.changes.report import as_json, as_markdown, as_text
from cls_graph.files import replace_file
from cls_graph.progress import ticking
from cls_graph.roots import nearest_root

NAME = "diff"
HELP = {
    "fr": "dit ce qui a changé d'une publication ou d'un corpus à l'autre, en mots du domaine",
    "en": "say what changed from one release or corpus to another, in words of the domain",
}
EXAMPLE = "cls-graph diff releases/0.1.0 releases/0.2.0 --format markdown"
FORMATS = ("text", "markdown", "json", "patch", "changelog")

TEXTS = {
    "old": {
        "fr": "ce qu'il y avait : dossier ou fichier (.nq .trig .jsonld) d'une publication, dossier d'un "
        "corpus, ou révision git du corpus où l'on se trouve",
        "en": "what there was: folder or file (.nq .trig .jsonld) of a release, folder of a corpus, or "
        "git revision of the corpus one stands in",
    },
    "new": {
        "fr": "ce qu'il y a : de même (défaut : le corpus où l'on se trouve)",
        "en": "what there is: the same (default: the corpus one stands in)",
    },
    "format": {
        "fr": "text (défaut), markdown, json, ou patch : RDF Patch, qui fait de OLD exactement NEW",
        "en": "text (default), markdown, json, or patch: RDF Patch, which makes OLD exactly NEW",
    },
    "changelog": {
        "fr": "le journal des versions, comme NEW le porterait après OLD (--format changelog)",
        "en": "the changelog, as NEW would carry it after OLD (--format changelog)",
    },
    "json": {"fr": "comme --format json", "en": "the same as --format json"},
    "out": {
        "fr": "fichier à écrire (défaut : sortie standard)",
        "en": "file to write (default: standard output)",
    },
    "exit": {
        "fr": "sortir avec 1 s'il y a une différence (comme git)",
        "en": "exit with 1 where there is a difference (as git does)",
    },
    "reading": {"fr": "Lecture de {name}", "en": "Reading {name}"},
    "comparing": {"fr": "Comparaison", "en": "Comparing"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("old", metavar="OLD", help=TEXTS["old"][lang])
    parser.add_argument("new", metavar="NEW", nargs="?", help=TEXTS["new"][lang])
    parser.add_argument("--format", choices=FORMATS, default="text", help=TEXTS["format"][lang])
    parser.add_argument("--changelog", action="store_true", help=TEXTS["changelog"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--out", type=Path, metavar="FILE", help=TEXTS["out"][lang])
    parser.add_argument("--exit-code", action="store_true", help=TEXTS["exit"][lang])


def run(args: argparse.Namespace) -> int:
    """Compare and tell; 0, or with ``--exit-code`` 1 where something differs.

    Raises ``CorpusError`` for what is neither a release nor a corpus, ``OutputError``.
    """
    form = "changelog" if args.changelog else "json" if args.json else args.format
    with ticking(args.lang) as tell:
        states = []
        for given in (args.old, args.new if args.new is not None else str(nearest_root())):
            tell({lang: text.format(name=given) for lang, text in TEXTS["reading"].items()})
            states.append(read_state(given, whole=form == "patch"))
        old, new = states
        tell(TEXTS["comparing"])
        comparison = compare(old, new)
        if form == "patch":
            chunks: Iterable[str] = write_patch(old, new)
        elif form == "changelog":
            chunks = [changelog(comparison, args.lang)]
        elif form == "json":
            chunks = [json.dumps(as_json(comparison), ensure_ascii=False, indent=2) + "\n"]
        else:
            tellers = {"markdown": as_markdown, "text": as_text}
            chunks = [line + "\n" for line in tellers[form](comparison, args.lang)]
    _write(chunks, args.out)
    return 1 if args.exit_code and comparison.graphs else 0


def _write(chunks: Iterable[str], out: Path | None) -> None:
    if out is None:
        sys.stdout.writelines(chunks)
    else:
        replace_file(out, "".join(chunks).encode())
