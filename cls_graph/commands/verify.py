"""``cls-graph verify``: every quote held against its text."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cls_graph.checking.report import summary
from cls_graph.corpus import Corpus
from cls_graph.counting import counted
from cls_graph.errors import UsageError
from cls_graph.evidence import SHARE_LIMIT, Verification, verify
from cls_graph.findings import DOT, at_least
from cls_graph.positions import write

NAME = "verify"
HELP = {
    "fr": "confronte chaque citation au texte source, par position",
    "en": "hold every quote against its source text, by position",
}
EXAMPLE = "cls-graph verify --sources texts"

TEXTS = {
    "files": {"fr": "fiches à confronter (toutes par défaut)", "en": "records to verify (all by default)"},
    "sources": {"fr": "dossier des textes sources", "en": "folder of the source texts"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "write": {
        "fr": "écrit dans les fiches les positions manquantes ou fausses, quand le texte n'en laisse qu'une",
        "en": "write missing or wrong positions into the records, where the text leaves one choice",
    },
    "json": {"fr": "rapport en JSON", "en": "report as JSON"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=TEXTS["files"][lang])
    parser.add_argument("--sources", type=Path, required=True, metavar="DIR", help=TEXTS["sources"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--write", action="store_true", help=TEXTS["write"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])


def run(args: argparse.Namespace) -> int:
    """Verify, repair if asked, report; 1 where a violation remains. Raises ``UsageError``."""
    corpus = Corpus.open(args.corpus, args.files)
    if args.write and corpus.installed:
        raise UsageError(
            "Ces fiches sont celles du paquet installé : donnez --corpus DOSSIER.",
            "These records are those of the installed package: give --corpus DIR.",
        )
    outcome = verify(corpus, args.sources, args.files)
    written: dict[str, int] = {}
    if args.write and outcome.repairs:
        written = write(outcome.repairs)
        outcome = verify(Corpus.open(args.corpus, args.files), args.sources, args.files)
    if args.json:
        sys.stdout.write(_json(outcome, written, args.lang))
    else:
        sys.stdout.write(_text(outcome, written, args.lang))
    return 1 if at_least(outcome.findings, "violation") else 0


def _json(outcome: Verification, written: dict[str, int], lang: str) -> str:
    report = {
        "quotes": outcome.quotes,
        "held": outcome.held,
        "shares": {key: round(share, 1) for key, share in sorted(outcome.shares.items())},
        "written": written,
        "findings": [f.as_json(lang) for f in outcome.findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _text(outcome: Verification, written: dict[str, int], lang: str) -> str:
    lines = [f.text(lang) for f in outcome.findings]
    for file, number in written.items():
        done = counted(number, "position{s} écrite{s}", "position{s} written")
        lines.append(f"{file}{DOT[lang]}{done[lang]}")
    for key, share in sorted(outcome.shares.items()):
        if lang == "fr":
            lines.append(f"{key} : {share:.1f} % du texte cité (au plus {SHARE_LIMIT} %)".replace(".", ","))
        else:
            lines.append(f"{key}: {share:.1f} % of the text quoted (at most {SHARE_LIMIT} %)")
    held = {
        "fr": f"{outcome.held} citations sur {outcome.quotes} conformes à leur texte",
        "en": f"{outcome.held} of {outcome.quotes} quotes agree with their text",
    }[lang]
    mark = " ;" if lang == "fr" else ";"
    return "\n".join([*lines, f"{held}{mark} {summary(outcome.findings, lang, None)}"]) + "\n"
