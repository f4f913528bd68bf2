"""The ``cls-graph`` command.

Each subcommand is a module with ``NAME``, ``HELP`` and ``EXAMPLE`` (texts by language),
``configure(parser, lang)`` and ``run(args) -> int``. Those of this package are listed in
``COMMANDS``; others (``serve``) are found through the entry-point group ``cls_graph.commands``.
Exit codes: 0 all well, 1 findings, 2 could not run.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from types import ModuleType

from cls_graph import __version__
from cls_graph.errors import ChecksFailed, ClsGraphError, Text
from cls_graph.findings import Finding
from cls_graph.reasons import refused

COMMANDS = (
    "init",
    "check",
    "verify",
    "draft",
    "export",
    "import",
    "identifiers",
    "codes",
    "review",
    "build",
    "query",
    "explain",
    "rules",
    "schema",
    "load",
    "score",
    "diff",
)
MODULES = {"import": "import_"}
"""Modules whose command is a word of the language."""
GROUP = "cls_graph.commands"
LANGUAGES = ("fr", "en")

DESCRIPTION: Text = {
    "fr": "Graphe ouvert des contrats locaux de santé : contrôler, publier, interroger.",
    "en": "Open graph of the French local health contracts: check, publish, query.",
}

UNEXPECTED: Text = {
    "fr": "erreur imprévue, dont on ne sait rien de plus ; signalez-la avec les lignes ci-dessus.",
    "en": "unexpected error, nothing more is known of it; please report it with the lines above.",
}
_COLON: Text = {"fr": " : ", "en": ": "}
VERSION: Text = {"fr": "affiche la version", "en": "show the version"}

FRENCH = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "affiche cette aide",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "the following arguments are required: %s": "arguments manquants : %s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": "choix « %(value)s » inconnu (parmi %(choices)s)",
    "invalid %(type)s value: %(value)r": "valeur « %(value)s » incorrecte (%(type)s)",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s : erreur : %(message)s\n",
}


def language(argv: Sequence[str], env: dict[str, str] | None = None) -> str:
    """The language of messages: ``--lang``, then the environment (``LC_ALL``, ``LANG``), then French."""
    env = dict(os.environ) if env is None else env
    for index, word in enumerate(argv):
        if word == "--lang" and index + 1 < len(argv) and argv[index + 1] in LANGUAGES:
            return argv[index + 1]
        if word.startswith("--lang=") and word[7:] in LANGUAGES:
            return word[7:]
    for name in ("CLS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(name, "")[:2].lower() in LANGUAGES:
            return env[name][:2].lower()
    return "fr"


def commands(wanted: str = "") -> dict[str, ModuleType]:
    """Every subcommand by name: ours, then those of installed packages.

    Where ``wanted`` is one of them only that one is loaded: the others take a second, and a fault in
    them is none of its business.
    """
    if wanted in COMMANDS:
        return {wanted: _ours(wanted)}
    from importlib import metadata  # as slow as a small command, and not for ours

    entries = sorted(metadata.entry_points(group=GROUP), key=lambda e: e.name)
    named = [entry for entry in entries if entry.name == wanted]
    ours = [] if named else [_ours(name) for name in COMMANDS]
    modules = [*ours, *(entry.load() for entry in named or entries)]
    return {module.NAME: module for module in modules}


def _ours(name: str) -> ModuleType:
    return importlib.import_module(f"cls_graph.commands.{MODULES.get(name, name)}")


def parser(lang: str, modules: Mapping[str, ModuleType]) -> argparse.ArgumentParser:
    """The command line in one language, with these commands."""
    setattr(argparse, "_", (lambda text: FRENCH.get(text, text)) if lang == "fr" else (lambda text: text))  # noqa: B010
    top = argparse.ArgumentParser("cls-graph", description=DESCRIPTION[lang])
    top.add_argument("--version", action="version", version=f"cls-graph {__version__}", help=VERSION[lang])
    _language_option(top, lang)
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND" if lang == "en" else "COMMANDE")
    for name, module in modules.items():
        example = {"fr": "exemple", "en": "example"}[lang]
        sub = subparsers.add_parser(
            name,
            help=module.HELP[lang],
            description=module.HELP[lang],
            epilog=f"{example}: {module.EXAMPLE}" if lang == "en" else f"{example} : {module.EXAMPLE}",
        )
        _language_option(sub, lang)
        module.configure(sub, lang)
        sub.set_defaults(run=module.run, lang=lang)
    return top


def _language_option(target: argparse.ArgumentParser, lang: str) -> None:
    text = {"fr": "langue des messages", "en": "language of messages"}[lang]
    target.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What is no error of ours is 2 too: 1 means findings."""
    words = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal without accents or arrows gets their codes rather than a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    lang = language(words)
    try:
        return _run(words, lang)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _output_fault()
        return 0  # the reader of a pipe left (``| head``): nothing to say
    except OSError as error:
        full = _output_fault()
        name = {"fr": "sortie standard", "en": "standard output"} if full else ""
        told = refused(full or error, name)
        try:
            show_error(told, lang, as_json=full is None and "--json" in words)
        except OSError:
            show_error(told, lang)  # output that takes nothing, and no buffer that could tell so before
        return 2
    except Exception:
        # For a report: where it happened is all that there is to go by.
        traceback.print_exc()
        print(f"cls-graph{_COLON[lang]}{UNEXPECTED[lang]}", file=sys.stderr)
        return 2


def _run(words: Sequence[str], lang: str) -> int:
    wanted = next((word for word in words if not word.startswith("-") and word not in LANGUAGES), "")
    asks_version = not wanted and "--version" in words
    top = parser(lang, {} if asks_version else commands(wanted))
    args = top.parse_args(words)
    if not getattr(args, "run", None):
        top.print_help()
        return 2
    try:
        code = int(args.run(args))
        sys.stdout.flush()  # here, where a reader that left, or a full disk, is understood
        return code
    except ClsGraphError as error:
        show_error(error, lang, as_json=getattr(args, "json", False))
        sys.stdout.flush()
        return error.exit_code


def _output_fault() -> OSError | None:
    """What keeps standard output from taking what is still to be written; nothing more is then."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def show_error(error: ClsGraphError, lang: str, *, as_json: bool = False) -> None:
    """An error of the tree, for a person on stderr or for a program on stdout."""
    problem = error.describe(lang)
    findings: list[Finding] = problem.pop("findings", [])
    if as_json:
        problem["findings"] = [f.as_json(lang) for f in findings]
        print(json.dumps(problem, ensure_ascii=False, indent=2))
        return
    for finding in findings:
        if finding.severity == "violation":
            print(finding.text(lang), file=sys.stderr)
    colon = _COLON[lang]
    print(f"cls-graph{colon}{problem['title']}{colon}{problem['detail']}", file=sys.stderr)
    if isinstance(problem.get("excerpt"), str):
        line, column = problem.get("line", 1), problem.get("column", 1)
        print(f"  {line}:{column}  {problem['excerpt']}", file=sys.stderr)
    if problem.get("remedy") and not isinstance(error, ChecksFailed):
        print(f"    → {problem['remedy']}", file=sys.stderr)
