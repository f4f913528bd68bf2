"""``cls-graph import``: a workbook or CSV files back to records."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cls_graph.corpus import Corpus
from cls_graph.errors import UsageError
from cls_graph.findings import Finding

if TYPE_CHECKING:
    from cls_graph.sheets.importing import Plan

NAME = "import"
HELP = {
    "fr": "relit un classeur (XLSX) ou des CSV dans les fiches : tout, ou rien si quelque chose ne va pas",
    "en": "read a workbook (XLSX) or CSV files back to records: all, or nothing if something is wrong",
}
EXAMPLE = "cls-graph import --dry-run contrats.xlsx"

TEXTS = {
    "file": {
        "fr": "classeur, fichier CSV ou dossier de fichiers CSV",
        "en": "workbook, CSV file or folder of CSV files",
    },
    "out": {
        "fr": "dossier où écrire les fiches (sinon celles du corpus sont mises à jour)",
        "en": "folder to write the records to (else those of the corpus are updated)",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "dry": {"fr": "montre ce qui changerait, n'écrit rien", "en": "show what would change, write nothing"},
    "overwrite": {
        "fr": "importe aussi les fiches qui ont changé depuis l'export",
        "en": "import records that have changed since the export, too",
    },
    "json": {"fr": "en JSON", "en": "as JSON"},
}

SAID = {
    "nothing": {"fr": "Rien à changer.", "en": "Nothing to change."},
    "would": {"fr": "Rien n'est écrit (--dry-run).", "en": "Nothing is written (--dry-run)."},
    "wrong": {
        "fr": "Rien n'a été importé. Corrigez les points signalés dans le classeur, puis relancez.",
        "en": "Nothing was imported. Mend what is reported in the workbook, then run again.",
    },
    "new": {"fr": "nouvelle fiche", "en": "new record"},
    "backup": {"fr": "Sauvegarde : {folder}", "en": "Backup: {folder}"},
    "written": {"fr": "Fiches écrites : {n}", "en": "Records written: {n}"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help=TEXTS["file"][lang])
    parser.add_argument("--out", type=Path, metavar="DIR", help=TEXTS["out"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--dry-run", action="store_true", help=TEXTS["dry"][lang])
    parser.add_argument("--overwrite", action="store_true", help=TEXTS["overwrite"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])


def run(args: argparse.Namespace) -> int:
    """Import; 1 where the workbook has findings, and nothing is written then.

    Raises ``WorkbookError``, ``UsageError``, ``CorpusError``, ``OutputError``.
    """
    from cls_graph.sheets.importing import plan

    if not args.file.exists():
        raise UsageError(f"Fichier introuvable : {args.file}.", f"No such file: {args.file}.")
    corpus = Corpus.open(args.corpus)
    if corpus.installed and args.out is None and not args.dry_run:
        raise UsageError(
            "Ces fiches sont celles du paquet installé : donnez --corpus DOSSIER ou --out DOSSIER.",
            "These records are those of the installed package: give --corpus DIR or --out DIR.",
        )
    outcome = plan(corpus, args.file, args.lang, overwrite=args.overwrite)
    backup, written = None, 0
    if outcome.sound and not args.dry_run:
        backup, written = _write(outcome, corpus, args.out)
    if args.json:
        print(json.dumps(_as_json(outcome, args.lang, backup, written), ensure_ascii=False, indent=2))
    else:
        _tell(outcome, args, backup, written)
    return 0 if outcome.sound else 1


def _write(outcome: Plan, corpus: Corpus, out: Path | None) -> tuple[Path | None, int]:
    from cls_graph.sheets.applying import BACKUPS, write_all

    files = {change.file: change.after for change in outcome.changes}
    known = {change.file: change.before for change in outcome.changes}
    if out is not None:
        files = {out / f"{key}.yaml": data for key, data in outcome.unchanged.items()}
        files |= {out / f"{change.key}.yaml": change.after for change in outcome.changes}
        known = {}
    return write_all(files, (out or corpus.root) / BACKUPS, known)


def _tell(outcome: Plan, args: argparse.Namespace, backup: Path | None, written: int) -> None:
    lang = args.lang
    for finding in outcome.findings:
        print(finding.text(lang), file=sys.stderr)
    for change in outcome.changes:
        new = f" ({SAID['new'][lang]})" if change.before is None else ""
        print(f"{change.key}{new}")
        for line in change.told:
            print(f"  - {line[lang]}")
    if not outcome.sound:
        print(SAID["wrong"][lang], file=sys.stderr)
        return
    if not outcome.changes:
        print(SAID["nothing"][lang])
    elif args.dry_run:
        print(SAID["would"][lang])
    if backup is not None:
        print(SAID["backup"][lang].format(folder=backup))
    if written:
        print(SAID["written"][lang].format(n=written))


def _as_json(outcome: Plan, lang: str, backup: Path | None, written: int) -> dict[str, Any]:
    return {
        "sound": outcome.sound,
        "changes": [
            {"contract": c.key, "new": c.before is None, "changes": [t[lang] for t in c.told]}
            for c in outcome.changes
        ],
        "unchanged": sorted(outcome.unchanged),
        "written": written,
        "backup": str(backup) if backup else None,
        "findings": [_finding(f, lang) for f in outcome.findings],
    }


def _finding(found: Finding, lang: str) -> dict[str, Any]:
    """The finding with its sheet and cell, where it has one."""
    place = found.place
    shown = found.as_json(lang)
    return shown | {"sheet": getattr(place, "sheet", "") or None, "cell": getattr(place, "cell", "") or None}
