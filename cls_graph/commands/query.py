"""``cls-graph query``: a SPARQL query over the corpus, as a table or in a standard format."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from cls_graph import media
from cls_graph.cli import LANGUAGES
from cls_graph.corpus import Corpus
from cls_graph.errors import NotFound, UsageError
from cls_graph.findings import suggest
from cls_graph.namespaces import prefixes
from cls_graph.queries import THEMES, Parameter, Question, library
from cls_graph.queries.asking import compute, prepare
from cls_graph.queries.choices import choices_in
from cls_graph.queries.solutions import solutions
from cls_graph.release.standing import standing
from cls_graph.service.guard import inspect, wants_graph
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore
from cls_graph.store.base import Row
from cls_graph.store.writing import write_results
from cls_graph.table import table

NAME = "query"
HELP = {
    "fr": "pose une question SPARQL : un fichier, le nom d'une question toute prête, ou le texte lui-même",
    "en": "run a SPARQL query: a file, the name of a ready question, or the text itself",
}
EXAMPLE = "cls-graph query co-signatories --param organisation=ars-84 --format csv"
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf")

TEXTS = {
    "query": {
        "fr": "fichier, nom ou texte ; sans rien, la liste des questions toutes prêtes",
        "en": "file, name or text; without it, the list of ready questions",
    },
    "param": {
        "fr": "valeur d'un paramètre de la question ; peut être répété",
        "en": "value of a parameter of the question; may be repeated",
    },
    "format": {"fr": "forme de la réponse", "en": "form of the answer"},
    "json": {"fr": "comme --format json", "en": "same as --format json"},
    "infer": {"fr": "avec ce que les règles infèrent", "en": "with what the rules infer"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("query", nargs="?", metavar="FILE|NAME|TEXT", help=TEXTS["query"][lang])
    parser.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help=TEXTS["param"][lang]
    )
    parser.add_argument("--format", choices=FORMATS, default="table", help=TEXTS["format"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--infer", action="store_true", help=TEXTS["infer"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Run the query on the corpus as it stands. Raises ``QuerySyntaxError`` with line and column."""
    if args.query is None:
        sys.stdout.write(_list(args.lang))
        return 0
    asked = query_text(args.query)
    given = parameters(args.param)
    if given and not isinstance(asked, Question):
        raise UsageError(
            "Seule une question toute prête a des paramètres.", "Only a ready question has parameters."
        )
    # The engine cannot be interrupted from Python: let Ctrl-C end the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    text = prepare(asked, given, lang=args.lang) if isinstance(asked, Question) else asked
    settings = Settings.load()
    scanned = inspect(text, settings)
    corpus = Corpus.open(args.corpus)
    found = standing(corpus, settings)
    store = found.store
    _warn(found.unread, args.lang)
    if isinstance(asked, Question):
        text = prepare(asked, given, choices_in(store, args.lang), args.lang)
    form = "json" if args.json else args.format
    if form == "json" and wants_graph(scanned):
        form = "jsonld"
    made = None
    if isinstance(asked, Question) and asked.computed:
        made = computed(asked, store, text, infer=args.infer)
    if form == "table" and scanned.form == "SELECT":
        names, rows = made or store.rows(text, infer=args.infer)
        sys.stdout.write(table(names, rows, prefixes(corpus.iris.base)))
        print(_rows(len(rows), args.lang), file=sys.stderr)
        return 0
    if form == "table":
        form = "ttl" if wants_graph(scanned) else "csv"
    if made is not None:
        lines = ([row.get(name) for name in made[0]] for row in made[1])
        write_results(solutions(made[0], lines), media.choose(None, media.SOLUTIONS, form), sys.stdout.buffer)
    else:
        sys.stdout.buffer.write(store.serialize(text, media.by_name(form), infer=args.infer))
    sys.stdout.buffer.flush()
    return 0


def computed(asked: Question, store: EmbeddedStore, text: str, *, infer: bool) -> tuple[list[str], list[Row]]:
    """The columns and rows that are computed from the rows of ``text``."""
    names, rows = store.rows(text, infer=infer)
    made = compute(asked, [tuple(row.get(name) for name in names) for row in rows])
    lines = [dict(zip(asked.columns, row, strict=True)) for row in made]
    return list(asked.columns), [{n: term for n, term in line.items() if term is not None} for line in lines]


def parameters(words: Sequence[str]) -> dict[str, str]:
    """``NAME=VALUE`` words as a mapping. Raises ``UsageError``."""
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UsageError(f"« {word} » : écrivez NOM=VALEUR.", f"'{word}': write NAME=VALUE.")
        if name in given:
            raise UsageError(
                f"Le paramètre {name} est donné deux fois.", f"The parameter {name} is given twice."
            )
        given[name] = value
    return given


def _warn(unread: Sequence[str], lang: str) -> None:
    """An answer over part of the data says so."""
    for file in unread:
        text = {
            "fr": f"{file} est absent ou incomplet dans la réponse : lancez « cls-graph check ».",
            "en": f"{file} is missing from the answer, or part of it: run 'cls-graph check'.",
        }
        print(text[lang], file=sys.stderr)


def query_text(given: str) -> str | Question:
    """The text of a file, a ready question, or ``given`` itself as text.

    Raises ``UsageError``, ``NotFound``.
    """
    path = Path(given)
    try:
        if path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} n'est pas en UTF-8.", f"{path} is not UTF-8.") from None
    except OSError:
        pass
    if given in library():
        return library()[given]
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
    lines = []
    for theme, words in THEMES.items():
        lines.append(f"{words[lang]}\n")
        for q in library().values():
            if q.theme == theme:
                said = "".join(f" [{_parameter(p)}]" for p in q.parameters if p.type != "language")
                lines.append(f"  {q.name:<{width}}  {q.title[lang]}{said}\n")
    return "".join(lines)


def _parameter(parameter: Parameter) -> str:
    return parameter.name if parameter.default is None else f"{parameter.name}={parameter.default}"


def _rows(number: int, lang: str) -> str:
    if lang == "fr":
        return f"{number} ligne{'s' if number > 1 else ''}"
    return f"{number} row{'' if number == 1 else 's'}"
