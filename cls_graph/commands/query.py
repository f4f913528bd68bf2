"""``cls-graph query``: a SPARQL query over the corpus, as a table or in a standard format."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from cls_graph import media
from cls_graph.cli import LANGUAGES
from cls_graph.corpus import Corpus
from cls_graph.errors import NotFound, UsageError
from cls_graph.findings import suggest
from cls_graph.namespaces import prefixes
from cls_graph.queries import library
from cls_graph.release import compose
from cls_graph.service.guard import inspect, wants_graph
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore
from cls_graph.table import table

NAME = "query"
HELP = {
    "fr": "pose une question SPARQL : un fichier, le nom d'une question toute prête, ou le texte lui-même",
    "en": "run a SPARQL query: a file, the name of a ready question, or the text itself",
}
EXAMPLE = "cls-graph query shared-parties --format csv"
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf")

TEXTS = {
    "query": {
        "fr": "fichier, nom ou texte ; sans rien, la liste des questions toutes prêtes",
        "en": "file, name or text; without it, the list of ready questions",
    },
    "format": {"fr": "forme de la réponse", "en": "form of the answer"},
    "json": {"fr": "comme --format json", "en": "same as --format json"},
    "infer": {"fr": "avec ce que les règles infèrent", "en": "with what the rules infer"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("query", nargs="?", metavar="FILE|NAME|TEXT", help=TEXTS["query"][lang])
    parser.add_argument("--format", choices=FORMATS, default="table", help=TEXTS["format"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--infer", action="store_true", help=TEXTS["infer"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Run the query on the corpus as it stands. Raises ``QuerySyntaxError`` with line and column."""
    if args.query is None:
        sys.stdout.write(_list(args.lang))
        return 0
    text = query_text(args.query)
    # The engine cannot be interrupted from Python: let Ctrl-C end the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    scanned = inspect(text, Settings.load())
    corpus = Corpus.open(args.corpus)
    store = EmbeddedStore.from_quads(compose(corpus))
    _warn(corpus, args.lang)
    form = "json" if args.json else args.format
    if form == "json" and wants_graph(scanned):
        form = "jsonld"
    if form == "table" and scanned.form == "SELECT":
        names, rows = store.rows(text, infer=args.infer)
        sys.stdout.write(table(names, rows, prefixes(corpus.iris.base)))
        print(_rows(len(rows), args.lang), file=sys.stderr)
        return 0
    if form == "table":
        form = "ttl" if wants_graph(scanned) else "csv"
    sys.stdout.buffer.write(store.serialize(text, media.by_name(form), infer=args.infer))
    sys.stdout.buffer.flush()
    return 0


def _warn(corpus: Corpus, lang: str) -> None:
    """An answer over part of the data says so."""
    missing = [read.file for read in corpus.records if read.value is None]
    missing += [f.place.file for f in corpus.findings]
    for file in dict.fromkeys(missing):
        text = {
            "fr": f"{file} est absent ou incomplet dans la réponse : lancez « cls-graph check ».",
            "en": f"{file} is missing from the answer, or part of it: run 'cls-graph check'.",
        }
        print(text[lang], file=sys.stderr)


def query_text(given: str) -> str:
    """The text of a file, of a ready question, or ``given`` itself. Raises ``UsageError``, ``NotFound``."""
    path = Path(given)
    try:
        if path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} n'est pas en UTF-8.", f"{path} is not UTF-8.") from None
    except OSError:
        pass
    if given in library():
        return library()[given].text
    if not any(c.isspace() or c in "{}" for c in given):
        hint = suggest(given, library())
        raise NotFound(
            f"« {given} » n'est ni un fichier, ni une question toute prête.{hint['fr']}",
            f"'{given}' is neither a file nor a ready question.{hint['en']}",
        )
    return given


def _list(lang: str) -> str:
    assert lang in LANGUAGES
    width = max(len(name) for name in library())
    return "".join(f"{q.name:<{width}}  {q.title[lang]}\n" for q in library().values())


def _rows(number: int, lang: str) -> str:
    if lang == "fr":
        return f"{number} ligne{'s' if number > 1 else ''}"
    return f"{number} row{'' if number == 1 else 's'}"
