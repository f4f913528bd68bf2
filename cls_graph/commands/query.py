"""``cls-graph query``: a SPARQL query over the corpus, as a table or in a standard format."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cls_graph import media
from cls_graph.analysis import asking
from cls_graph.analysis.places import endpoint
from cls_graph.cli import LANGUAGES
from cls_graph.corpus import Corpus
from cls_graph.errors import ClsGraphError, NotFound, UsageError
from cls_graph.kind import LOCAL, Kind
from cls_graph.namespaces import prefixes
from cls_graph.queries import Parameter, Question, library, themes
from cls_graph.queries.asking import compute, prepare
from cls_graph.queries.choices import choices_in
from cls_graph.queries.geojson import collection, features, members
from cls_graph.queries.parameters import THINGS
from cls_graph.queries.solutions import solutions
from cls_graph.queries.tables import Names, named
from cls_graph.release.standing import standing
from cls_graph.service.guard import inspect, wants_graph
from cls_graph.settings import Settings
from cls_graph.store import Store
from cls_graph.store.address import is_address
from cls_graph.store.base import GraphResults
from cls_graph.store.tokens import Scan
from cls_graph.store.writing import write_graph, write_results
from cls_graph.suggesting import suggest
from cls_graph.table import table

NAME = "query"
HELP = {
    "fr": "pose une question SPARQL : un fichier, le nom d'une question toute prête, ou le texte lui-même",
    "en": "run a SPARQL query: a file, the name of a ready question, or the text itself",
}
EXAMPLE = "cls-graph query in-force --param date=2026-01-01 --format csv"
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf", "geojson")

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
    "endpoint": {
        "fr": "adresse d'un point d'accès SPARQL 1.1, interrogé à la place du corpus",
        "en": "address of a SPARQL 1.1 endpoint, which is asked in place of the corpus",
    },
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
    parser.add_argument("--endpoint", metavar="URL", help=TEXTS["endpoint"][lang])


def run(args: argparse.Namespace) -> int:
    """Run the query on the corpus as it stands, or have an endpoint run it.

    Raises ``QuerySyntaxError`` with line and column, ``QueryNotEvaluated``, ``NotAcceptable``,
    ``CorpusError``; of an endpoint ``StoreFailed``, and ``TooLarge`` where it has cut its answer.
    """
    if args.query is None:
        sys.stdout.write(_list(args.lang, _kind(args)))
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
    tabular = args.format == "table" and not args.json and scanned.form == "SELECT"
    fmt = media.choose(None, _forms(scanned), _form(args, scanned))
    store, names = _store(args, settings)
    if isinstance(asked, Question):
        asked = asked.of(_kind(args))
        text = prepare(asked, given, choices_in(store, args.lang), args.lang)
    if tabular or fmt.places or isinstance(asked, Question):
        columns, rows = _rows(asked, store, text, infer=args.infer)
        if tabular:
            if isinstance(asked, Question):
                kept, rows = asked.for_people(rows)
                columns = list(kept)
            lines = [dict(zip(columns, row, strict=True)) for row in rows]
            sys.stdout.write(table(columns, lines, names))
            print(_count(len(rows), args.lang), file=sys.stderr)
            return 0
        if fmt.places:
            sys.stdout.buffer.write(_places(args, asked, store, text, columns, rows, given))
        else:
            write_results(solutions(columns, rows), fmt, sys.stdout.buffer)
    else:
        found = asking.results(store, text, infer=args.infer)
        if isinstance(found, GraphResults):
            sys.stdout.buffer.write(write_graph(found, fmt))
        else:
            write_results(found, fmt, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return 0


def _store(args: argparse.Namespace, settings: Settings) -> tuple[Store, Mapping[str, str]]:
    """What is asked, and the prefixes that shorten its names."""
    if args.endpoint is None:
        corpus = Corpus.open(args.corpus)
        found = standing(corpus, settings)
        _warn(found.unread, args.lang)
        return found.store, prefixes(corpus.iris.base)
    if args.corpus is not None:
        raise UsageError(
            "--corpus et --endpoint s'excluent : donnez l'un ou l'autre.",
            "--corpus and --endpoint exclude each other: give one of them.",
        )
    if not is_address(args.endpoint):
        raise UsageError(
            f"--endpoint {args.endpoint} : donnez une adresse qui commence par http:// ou https://.",
            f"--endpoint {args.endpoint}: give an address that begins with http:// or https://.",
        )
    return endpoint(args.endpoint).store, prefixes()


def _forms(scanned: Scan) -> tuple[media.Format, ...]:
    """The formats that the answer can have."""
    if wants_graph(scanned):
        return media.GRAPHS
    return (*media.SOLUTIONS, media.GEOJSON) if scanned.form == "SELECT" else media.SOLUTIONS


def _places(
    args: argparse.Namespace,
    asked: Question | str,
    store: Store,
    text: str,
    columns: list[str],
    rows: asking.Rows,
    given: Mapping[str, str],
) -> bytes:
    """The rows as GeoJSON. Raises ``NotAcceptable`` where no column says where they are."""
    lang = args.lang
    placer = asking.atlas(store).placer(columns, rows, lang)
    labels = asking.labels(store, named(rows), lang)
    about: list[tuple[str, object]] = [("query_label", text), *given.items()]
    heads = {column: column for column in columns}
    if isinstance(asked, Question):
        about += [("question", asked.title[lang]), ("computation", asked.how.get(lang, ""))]
        heads = {column: asked.label(column, lang) for column in columns}
    for origin in asking.strings(store, asking.ORIGIN % lang)[:1]:
        about += zip(("data_set", "release", "licence"), origin, strict=True)
    found = features(columns, rows, placer, Names(lang, labels))
    said = {**members(about, heads, placer), "inference": args.infer}
    return collection(found, said, lang=lang).body


def _form(args: argparse.Namespace, scanned: Scan) -> str:
    """The name of the format of the answer, where that is not a table of rows."""
    form = "json" if args.json else args.format
    if wants_graph(scanned):
        return {"json": "jsonld", "table": "ttl"}.get(form, form)
    return "csv" if form == "table" else form


def _rows(asked: Question | str, store: Store, text: str, *, infer: bool) -> tuple[list[str], asking.Rows]:
    """The columns and rows of a SELECT; those of a ready question as it gives them."""
    found = asking.answer(store, text, infer=infer)
    assert not isinstance(found, bool)
    columns, rows = found
    if isinstance(asked, Question):
        return list(asked.columns), compute(asked, rows)
    return columns, rows


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


def _kind(args: argparse.Namespace) -> Kind:
    """What the contracts of the corpus are called, as far as it can be read; an endpoint does not say it."""
    try:
        return LOCAL if args.endpoint is not None else Corpus.open(args.corpus).kind
    except ClsGraphError:
        return LOCAL


def _list(lang: str, kind: Kind) -> str:
    assert lang in LANGUAGES
    width = max(len(name) for name in library())
    lines = []
    for theme, words in themes(kind).items():
        lines.append(f"{words[lang]}\n")
        for q in library(kind).values():
            if q.theme == theme:
                said = "".join(f" [{_parameter(p)}]" for p in q.parameters if p.type != "language")
                lines.append(f"  {q.name:<{width}}  {q.title[lang]}{said}\n")
    return "".join(lines)


def _parameter(parameter: Parameter) -> str:
    said = parameter.default if parameter.type not in THINGS else None
    return parameter.name if said is None else f"{parameter.name}={said}"


def _count(number: int, lang: str) -> str:
    if lang == "fr":
        return f"{number} ligne{'s' if number > 1 else ''}"
    return f"{number} row{'' if number == 1 else 's'}"
