"""``cls-graph explain``: why a statement is in the graph."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.entailment.explaining import Explainer
from cls_graph.entailment.telling import tell
from cls_graph.release.standing import standing

NAME = "explain"
HELP = {
    "fr": "dit pourquoi un énoncé est dans le graphe : ses preuves, ou la règle et ses prémisses",
    "en": "say why a statement is in the graph: its evidence, or the rule and its premises",
}
EXAMPLE = "cls-graph explain id:contract/26362-3 cls:signatory id:organisation/ars-84"

TEXTS = {
    "subject": {"fr": "sujet : IRI, ou nom avec préfixe", "en": "subject: IRI, or name with a prefix"},
    "predicate": {"fr": "propriété, de même (a : rdf:type)", "en": "property, likewise (a: rdf:type)"},
    "object": {
        "fr": "objet, de même, ou le texte d'une valeur",
        "en": "object, likewise, or the text of a value",
    },
    "json": {"fr": "explication en JSON", "en": "explanation as JSON"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("subject", metavar="SUBJECT", help=TEXTS["subject"][lang])
    parser.add_argument("predicate", metavar="PREDICATE", help=TEXTS["predicate"][lang])
    parser.add_argument("object", metavar="OBJECT", help=TEXTS["object"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Explain a statement of the corpus as it stands. Raises ``NotFound`` and ``UsageError``."""
    corpus = Corpus.open(args.corpus)
    store = standing(corpus, apart=False).store
    explainer = Explainer(store, corpus.iris.base, args.lang)
    found = explainer.explain(explainer.find(args.subject, args.predicate, args.object))
    if args.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(tell(found, args.lang))
    return 0
