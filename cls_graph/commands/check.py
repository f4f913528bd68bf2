"""``cls-graph check``: all checks of a corpus or of some of its files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cls_graph.checking import check
from cls_graph.checking.crew import cores
from cls_graph.checking.engines import ENGINES
from cls_graph.checking.report import FORMATS, render, summary
from cls_graph.cli import show_error
from cls_graph.corpus import Corpus
from cls_graph.errors import ClsGraphError, UsageError
from cls_graph.files import replace_file
from cls_graph.findings import DOT, Finding, at_least
from cls_graph.progress import ticking
from cls_graph.rules import SEVERITIES

NAME = "check"
HELP = {
    "fr": "contrôle les fiches : forme, registre, preuves, SHACL (0 : rien, 1 : à corriger, 2 : impossible)",
    "en": "check the records: form, registry, evidence, SHACL (0: clean, 1: findings, 2: could not run)",
}
EXAMPLE = "cls-graph check --show info"

TEXTS = {
    "files": {"fr": "fiches à contrôler (toutes par défaut)", "en": "records to check (all by default)"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "format": {"fr": "forme du rapport", "en": "form of the report"},
    "json": {"fr": "comme --format json", "en": "same as --format json"},
    "out": {"fr": "fichier où écrire le rapport", "en": "file to write the report to"},
    "engine": {
        "fr": "moteur SHACL (auto : pyshifty s'il est installé, sinon pyshacl)",
        "en": "SHACL engine (auto: pyshifty where it is installed, else pyshacl)",
    },
    "workers": {
        "fr": "processus qui se partagent un grand corpus (défaut : un par cœur)",
        "en": "processes that share a large corpus (default: one for each core)",
    },
    "fail": {"fr": "gravité qui fait échouer", "en": "severity that fails"},
    "watch": {
        "fr": "recommence à chaque modification d'un fichier, jusqu'à Ctrl-C",
        "en": "again at each change of a file, until Ctrl-C",
    },
    "show": {"fr": "gravité la plus faible à montrer en texte", "en": "lowest severity to show in text"},
}

STOP = {"fr": "Les fichiers sont suivis ; Ctrl-C arrête.", "en": "Files are watched; Ctrl-C stops."}
GONE = {"fr": " (n'est plus là)", "en": " (no longer there)"}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=TEXTS["files"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--format", choices=FORMATS, default="text", help=TEXTS["format"][lang])
    parser.add_argument("--out", type=Path, metavar="FILE", help=TEXTS["out"][lang])
    parser.add_argument("--engine", choices=ENGINES, default="auto", help=TEXTS["engine"][lang])
    parser.add_argument("--workers", type=int, default=cores(), metavar="N", help=TEXTS["workers"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--watch", action="store_true", help=TEXTS["watch"][lang])
    parser.add_argument("--fail-on", choices=SEVERITIES, default="violation", help=TEXTS["fail"][lang])
    parser.add_argument("--show", choices=SEVERITIES, default="warning", help=TEXTS["show"][lang])


def run(args: argparse.Namespace) -> int:
    """Check and report; 1 where a finding is as grave as ``--fail-on``."""
    corpus = Corpus.open(args.corpus, args.files)
    if args.watch:
        return _watch(corpus, args)
    with ticking(args.lang) as tell:
        outcome = check(corpus, args.files, tell, args.engine, args.workers)
    form = "json" if args.json else args.format
    text = render(
        outcome.findings,
        form,
        args.lang,
        records=outcome.records,
        show=args.show,
        engine=outcome.engine,
        files=outcome.files,
    )
    if args.out is None:
        sys.stdout.write(text)
    else:
        replace_file(args.out, text.encode())
        print(f"{args.out}{DOT[args.lang]}{summary(outcome.findings, args.lang, outcome.records)}")
    return 1 if at_least(outcome.findings, args.fail_on) else 0


def _name(found: Finding) -> tuple[str, ...]:
    """What tells a finding from others, wherever its line has gone."""
    return found.rule, found.place.file, found.subject, found.value


def _watch(corpus: Corpus, args: argparse.Namespace) -> int:
    """A report at each change; the exit code is that of the last, 2 where it could not be made."""
    from cls_graph.checking.watching import Round, watch

    form = "json" if args.json else args.format
    if form not in ("text", "json") or args.out is not None or args.files:
        raise UsageError(
            "--watch suit tout un corpus, en texte ou en JSON : sans fichier, ni --out, ni autre --format.",
            "--watch follows a whole corpus and writes text or JSON: no file, no --out, no other --format.",
        )

    known: set[tuple[str, ...]] = set()

    def tell(now: Round) -> None:
        # What a change breaks elsewhere is told too: a name of the registry that records use.
        shown = [
            f
            for f in now.outcome.findings
            if not now.changed or f.place.file in now.changed or _name(f) not in known
        ]
        known.clear()
        known.update(map(_name, now.outcome.findings))
        if form == "json":
            told = json.loads(render(now.outcome.findings, "json", args.lang, records=now.outcome.records))
            line = {"changed": list(now.changed), "seconds": round(now.seconds, 3), **told}
            print(json.dumps(line, ensure_ascii=False), flush=True)
            return
        text = render(shown, "text", args.lang, show=args.show, engine=now.outcome.engine)
        head = (
            ", ".join(f + (GONE[args.lang] if f in now.gone else "") for f in now.changed)
            or {"fr": "tout le corpus", "en": "the whole corpus"}[args.lang]
        )
        total = summary(now.outcome.findings, args.lang, now.outcome.records)
        rest = [{"fr": f"corpus : {total}", "en": f"corpus: {total}"}[args.lang]] if now.changed else []
        print("\n".join([f"── {head} ({now.seconds:.1f} s)", text.rstrip(), *rest]), flush=True)

    def tell_error(error: ClsGraphError) -> None:
        if form == "json":
            told = {key: text for key, text in error.describe(args.lang).items() if key != "findings"}
            print(json.dumps({"error": told}, ensure_ascii=False), flush=True)
        else:
            show_error(error, args.lang)

    with ticking(args.lang) as progress:
        print(STOP[args.lang], file=sys.stderr, flush=True)
        last = watch(corpus, args.engine, tell, tell_error, progress=progress)
    if last is None:
        return 2
    return 1 if at_least(last.findings, args.fail_on) else 0
