"""The reference pages of ``docs/``, each made from the table that the code itself uses."""

from __future__ import annotations

import argparse
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.cli import commands
from cls_graph.corpus import Corpus
from cls_graph.errors import ClsGraphError, problem_classes
from cls_graph.media import FORMATS
from cls_graph.namespaces import SH, SHAPES, SKOS, VOCAB
from cls_graph.queries import Question, library
from cls_graph.queries.words import THEMES
from cls_graph.rdf import parse_graph
from cls_graph.records.mapping import FREQUENCIES
from cls_graph.rules import RULES, SEVERITIES
from cls_graph.settings import SETTINGS
from cls_graph.store.deviations import DEVIATIONS
from cls_graph_api import command as serve

Texts = dict[str, str]
NOTICE = "<!-- Made by scripts/make_docs.py: do not edit. -->\n\n"


def page(title: str, *parts: str) -> str:
    """A whole page: title, notice, then its parts with a blank line between them."""
    return f"# {title}\n\n{NOTICE}" + "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def cell(text: object) -> str:
    """A text as a cell: one line, without the sign that ends a cell or opens a tag."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; cells are text or already-made Markdown in a ``Made``."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [
        "| " + " | ".join(c if isinstance(c, Made) else cell(c) for c in row).rstrip() + " |" for row in rows
    ]
    return "\n".join(lines)


class Made(str):
    """Markdown that is kept as it is in a cell."""


def code(text: object) -> Made:
    """A word as code."""
    return Made(f"`{text}`" if str(text) else "")


# --- rules


def rules(corpus: Corpus) -> str:
    """``rules.md``: the rules of ``cls_graph/rules.py``, then those of the shapes."""
    parts = [
        "Every finding of `cls-graph check` and `cls-graph verify` names one of these rules between "
        "brackets. Words between braces are filled in by the finding. A *violation* makes `check` and "
        "`build` fail; `--fail-on warning` or `--fail-on info` is stricter. On a terminal a violation "
        "is called an error.",
        "Chaque message de `cls-graph check` et de `cls-graph verify` nomme entre crochets une de ces "
        "règles. Une *violation*, appelée « erreur » au terminal, fait échouer `check` et `build`.",
        "## Rules of the records and of the evidence",
        table(
            ("Rule", "Severity", "Français", "English"),
            (
                (code(name), r.severity, _say(r.message, r.remedy, "fr"), _say(r.message, r.remedy, "en"))
                for name, r in RULES.items()
            ),
        ),
    ]
    for path in corpus.files("shapes", ".ttl"):
        parts += [f"## Rules of `shapes/{path.name}`", _shapes(path)]
    return page("Rules", *parts)


def _say(message: Texts, remedy: Texts, lang: str) -> Made:
    said = cell(message.get(lang, ""))
    return Made(f"{said}<br>→ {cell(remedy[lang])}" if remedy.get(lang) else said)


def _shapes(path: Path) -> str:
    triples = parse_graph(path.read_bytes(), ".ttl", path.stem)
    texts, severity = _texts(triples), {}
    for t in triples:
        if t.predicate.value == SH + "severity" and isinstance(t.object, NamedNode):
            severity[str(t.subject)] = t.object.value.removeprefix(SH).lower()
    rows = []
    for subject, grade in severity.items():
        message, remedy = texts[subject, SH + "message"], texts[subject, SHAPES + "remedy"]
        name = subject.strip("<>").removeprefix(SHAPES)
        if message:
            row = (code(name), grade, _say(message, remedy, "fr"), _say(message, remedy, "en"))
            rows.append((SEVERITIES.index(grade), name, row))
    return table(("Rule", "Severity", "Français", "English"), (row for _, _, row in sorted(rows)))


def _texts(triples: Iterable[Triple]) -> dict[tuple[str, str], Texts]:
    """The texts by language of each subject and property."""
    found: dict[tuple[str, str], Texts] = defaultdict(dict)
    for t in triples:
        if isinstance(t.object, Literal):
            found[str(t.subject), t.predicate.value][t.object.language or ""] = t.object.value
    return found


# --- code lists


def codes(corpus: Corpus) -> str:
    """``codes.md``: every word that a code list allows in a record."""
    texts = _texts(corpus.vocabularies)
    parts = [
        "The words that a record may use, list by list. The first column is what is written in the file.",
        "Les mots qu'une fiche peut employer, liste par liste. La première colonne est ce qui s'écrit "
        "dans le fichier.",
    ]
    for scheme, slugs in corpus.schemes.items():
        label = texts[f"<{VOCAB}{scheme}>", SKOS + "prefLabel"]
        parts.append(f"## {scheme}\n\n{label['fr']} · {label['en']}")
        rows = []
        for slug in slugs:
            concept = f"<{VOCAB}{scheme}/{slug}>"
            names, said = texts[concept, SKOS + "prefLabel"], texts[concept, SKOS + "definition"]
            rows.append((code(slug), names["fr"], said["fr"], names["en"], said["en"]))
        parts.append(table(("Word", "Français", "Définition", "English", "Definition"), rows))
    parts.append("## frequency\n\nRythme d'un montant · Frequency of an amount")
    parts.append(" ".join(f"`{name}`" for name in FREQUENCIES))
    return page("Code lists", *parts)


# --- service


def settings() -> str:
    """``settings.md``."""
    return page(
        "Settings",
        "A setting is read from the command line of `cls-graph serve`, or of the commands that are named, "
        "else from the environment, else it has its default.",
        table(
            ("Option", "Environment", "Type", "Default", "English", "Français"),
            (
                (
                    Made(f"`--{s.name.replace('_', '-')}`{_commands(s.commands)}"),
                    code(s.env),
                    s.kind.__name__,
                    code(s.default),
                    s.en,
                    s.fr,
                )
                for s in SETTINGS
            ),
        ),
    )


def _commands(names: Sequence[str]) -> str:
    """The commands of a setting, where it is not for ``serve`` alone."""
    return "" if names == ("serve",) else f" ({', '.join(f'`{name}`' for name in names)})"


def stores() -> str:
    """``deviations.md``: the table of the stores' deviations."""
    return page(
        "Where stores differ from SPARQL 1.1",
        "What `cls-graph serve --store URL` probes at the store as it connects, and tells in its log, in "
        "`/readyz` and in the service description; and what takes data to be seen. The tests hold each store "
        "against this table: it shows these deviations and no other. The embedded store is Oxigraph too. See "
        "[stores.md](stores.md).",
        table(
            ("Name", "Stores", "Probed", "English", "Français"),
            (
                (code(d.name), ", ".join(d.seen), "yes" if d.probe else "no", d.text["en"], d.text["fr"])
                for d in DEVIATIONS
            ),
        ),
    )


def errors() -> str:
    """``errors.md``."""
    return page(
        "Errors",
        "Over HTTP an error is a problem document (RFC 9457, `application/problem+json`) whose `type` is "
        "`https://w3id.org/cls-sante/problem/` and the code below. On the command line the same sentences go "
        "to standard error, and the exit code is the one below.",
        table(
            ("Code", "HTTP", "Exit", "English", "Français", "Class", "A kind of"),
            (
                (
                    code(c.code),
                    c.status,
                    c.exit_code,
                    _problem(c, "en"),
                    _problem(c, "fr"),
                    code(c.__name__),
                    _base(c),
                )
                for c in sorted(problem_classes(), key=lambda c: c.code)
                if "code" in vars(c)
            ),
        ),
    )


def _problem(cls: type[ClsGraphError], lang: str) -> Made:
    return _say(cls.title, cls.remedy, lang)


def _base(cls: type[ClsGraphError]) -> Made:
    base = cls.__bases__[0]
    return code(base.__name__ if issubclass(base, ClsGraphError) else "")


def formats() -> str:
    """``formats.md``."""
    return page(
        "Formats",
        "The short name is what `?format=` and `cls-graph query --format` take; the media type is what an "
        "`Accept` header asks for. Places are given where they are named, never for `*/*` "
        "([more](geojson.md)).",
        table(
            ("Name", "Media type", "Also answers to", "Table of results", "Graph", "Named graphs", "Places"),
            (
                (
                    code(f.name),
                    code(f.media_type),
                    Made(", ".join(map(code, f.aliases))),
                    *map(_yes, _holds(f)),
                )
                for f in FORMATS
            ),
        ),
    )


def _holds(f: object) -> tuple[bool, ...]:
    return tuple(bool(getattr(f, name)) for name in ("solutions", "graph", "dataset", "places"))


def _yes(flag: bool) -> str:
    return "yes" if flag else ""


# --- commands and queries


def command_pages() -> str:
    """``commands.md``: each command, its example and its options in both languages."""
    parts = [
        "Every command also takes `--help` and `--lang fr|en`. Without `--lang` the language is that of the "
        "environment (`CLS_LANG`, `LC_ALL`, `LC_MESSAGES`, `LANG`), else French. Exit codes: 0 all well, "
        "1 something to mend, 2 could not run."
    ]
    # `serve` is found through its entry point, once installed; in a bare checkout it is named here.
    for name, module in sorted({**commands(), serve.NAME: serve}.items()):
        parts.append(f"## cls-graph {name}")
        parts.append(f"{_sentence(module.HELP['en'])}\n\n{_sentence(module.HELP['fr'])}")
        parts.append(f"```sh\n{module.EXAMPLE}\n```")
        english, french = _options(module, "en"), _options(module, "fr")
        rows = [(Made(word), said, french[word]) for word, said in english.items()]
        parts.append(table(("Option", "English", "Français"), rows))
    return page("Commands", *parts)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:].rstrip(".") + "."


def _options(module: ModuleType, lang: str) -> dict[str, str]:
    parser = argparse.ArgumentParser(add_help=False)
    module.configure(parser, lang)
    found = {}
    for action in parser._actions:
        words = " ".join(f"`{o}`" for o in action.option_strings)
        # A bar ends a cell even inside a code span.
        words = words or f"`{action.metavar or action.dest}`".replace("|", "\\|")
        if action.choices:
            words += " " + " ".join(f"`{c}`" for c in action.choices)
        elif action.option_strings and action.nargs != 0:
            words += f" {action.metavar or action.dest.upper()}"
        found[words] = (action.help or "").replace("%%", "%")
    return found


def queries() -> str:
    """``queries.md``: the ready questions with their parameters, columns and text."""
    parts = [
        "Ready questions: `cls-graph query NAME --param PARAMETER=VALUE`, the page and the data at "
        "`/queries/NAME`, `cls_graph.open().query(NAME, PARAMETER=VALUE)` in Python. They live in "
        "`cls_graph/queries`, one file each; a file is a whole query, which runs anywhere with its defaults."
    ]
    for theme, words in THEMES.items():
        found = [question for question in library().values() if question.theme == theme]
        lines = [f"* [{question.name}](#{question.name}): {question.title['en']}" for question in found]
        parts.append("\n".join([f"{words['en']} · {words['fr']}", "", *lines]))
    parts += [part for question in library().values() for part in _question(question)]
    return page("Ready questions", *parts)


def _question(question: Question) -> Iterator[str]:
    yield f"## {question.name}"
    yield f"**{question.title['en']}** {question.description['en']}"
    yield f"**{question.title['fr']}** {question.description['fr']}"
    if question.parameters:
        rows = [
            (
                Made(f"`{p.name}`"),
                Made(p.type + (f" (`{p.scheme}`)" if p.scheme else "")),
                Made(f"`{p.default}`" if p.default is not None else "may be left out"),
                f"{p.label['en']} · {p.label['fr']}",
            )
            for p in question.parameters
        ]
        yield table(("Parameter", "Type", "Default", "Meaning"), rows)
    said = [(Made(f"`{c}`"), question.label(c, "en"), question.label(c, "fr")) for c in question.columns]
    yield table(("Column", "English", "Français"), said)
    words = "".join(
        f" --param {shlex.quote(f'{p.name}={p.default}')}"
        for p in question.parameters
        if p.default and p.type != "language"
    )
    yield f"```sh\ncls-graph query {question.name}{words}\n```"
    yield f"```sparql\n{question.query.strip()}\n```"


def pages(corpus: Corpus) -> dict[str, str]:
    """Every generated page by its name in ``docs/``."""
    return {
        "codes.md": codes(corpus),
        "commands.md": command_pages(),
        "deviations.md": stores(),
        "errors.md": errors(),
        "formats.md": formats(),
        "queries.md": queries(),
        "rules.md": rules(corpus),
        "settings.md": settings(),
    }
