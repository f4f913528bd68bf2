"""``cls-graph rules``: the rules of entailment, made from the axioms of the ontology."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cls_graph.corpus import RULES_FILE, Corpus
from cls_graph.entailment import turtle
from cls_graph.entailment.loading import own_rules, stale
from cls_graph.errors import UsageError
from cls_graph.files import replace_file

NAME = "rules"
HELP = {
    "fr": "compile les axiomes de l'ontologie en règles SHACL (ontology/rules.ttl)",
    "en": "compile the axioms of the ontology to SHACL rules (ontology/rules.ttl)",
}
EXAMPLE = "cls-graph rules --check"

TEXTS = {
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "write": {"fr": "écrit ontology/rules.ttl", "en": "write ontology/rules.ttl"},
    "check": {
        "fr": "n'écrit rien ; 1 si ontology/rules.ttl n'est plus à jour",
        "en": "write nothing; 1 where ontology/rules.ttl is out of date",
    },
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--write", action="store_true", help=TEXTS["write"][lang])
    either.add_argument("--check", action="store_true", help=TEXTS["check"][lang])


def run(args: argparse.Namespace) -> int:
    """Print the rules, write them, or check the file.

    Raises ``CorpusError`` for an axiom not covered, ``UsageError`` for a file that is not the user's.
    """
    corpus = Corpus.open(args.corpus)
    path = corpus.folder("ontology") / RULES_FILE
    if args.write and (corpus.installed or corpus.root not in path.parents):
        raise UsageError(
            f"Cette ontologie est celle du paquet, et ses règles sont à jour : {path} n'est pas à vous. "
            "Donnez --corpus DOSSIER, d'un corpus qui a son propre dossier ontology.",
            f"This ontology is that of the package, and its rules are up to date: {path} is not yours. "
            "Give --corpus DIR, of a corpus with an ontology folder of its own.",
        )
    rules = own_rules(corpus)
    text = turtle(rules)
    if not args.check and not args.write:
        sys.stdout.write(text)
        return 0
    if args.write:
        replace_file(path, text.encode())
    elif not path.is_file() or stale(corpus):
        said = {
            "fr": f"{corpus.shown(path)} n'est pas à jour : lancez « cls-graph rules --write ».",
            "en": f"{corpus.shown(path)} is out of date: run 'cls-graph rules --write'.",
        }
        print(said[args.lang], file=sys.stderr)
        return 1
    said = {
        "fr": f"{corpus.shown(path)} est à jour ({len(rules)} règles).",
        "en": f"{corpus.shown(path)} is up to date ({len(rules)} rules).",
    }
    print(said[args.lang])
    return 0
