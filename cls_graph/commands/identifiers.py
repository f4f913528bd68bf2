"""``cls-graph identifiers``: SIREN, SIRET and FINESS numbers from an official file, shown before written."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.counting import counted
from cls_graph.errors import CorpusError, UsageError
from cls_graph.findings import at_least
from cls_graph.identifiers.layouts import Official
from cls_graph.identifiers.matching import REASONS, Candidate, Matcher
from cls_graph.identifiers.taking import Taking, take
from cls_graph.identifiers.writing import write

NAME = "identifiers"
HELP = {
    "fr": "propose les numéros SIREN, SIRET et FINESS du registre, depuis un fichier officiel",
    "en": "propose SIREN, SIRET and FINESS numbers for the registry, from an official file",
}
EXAMPLE = "cls-graph identifiers StockUniteLegale_utf8.zip StockEtablissement_utf8.zip"

TEXTS = {
    "files": {
        "fr": "fichiers officiels (CSV, gzip ou zip) : SIRENE ou FINESS",
        "en": "official files (CSV, gzip or zip): SIRENE or FINESS",
    },
    "kind": {"fr": "refuse un fichier d'un autre répertoire", "en": "refuse a file of another directory"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
    "source": {
        "fr": "d'où vient le fichier (titre, date), noté à côté de chaque numéro",
        "en": "where the file comes from (title, date), noted beside each number",
    },
    "write": {
        "fr": "écrit les numéros sûrs dans organisations.yaml, après une copie de sauvegarde",
        "en": "write the certain numbers into organisations.yaml, after a backup",
    },
    "json": {"fr": "rapport en JSON", "en": "report as JSON"},
}
SHOWN = 5


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=TEXTS["files"][lang])
    parser.add_argument("--kind", choices=("sirene", "finess"), default="", help=TEXTS["kind"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])
    parser.add_argument("--source", default="", metavar="TEXT", help=TEXTS["source"][lang])
    parser.add_argument("--write", action="store_true", help=TEXTS["write"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])


def run(args: argparse.Namespace) -> int:
    """Match, show, write if asked; 1 where something is not sure or in conflict."""
    corpus = Corpus.open(args.corpus)
    if args.write and corpus.installed:
        raise UsageError(
            "Ce registre est celui du paquet installé : donnez --corpus DOSSIER.",
            "This registry is that of the installed package: give --corpus DIR.",
        )
    registry = corpus.registry
    target = corpus.root / "data" / "organisations.yaml"
    if "organisation" in registry.unsound or not target.is_file():
        raise CorpusError(
            f"{target} ne se lit pas : corrigez-le d'abord (cls-graph check).",
            f"{target} does not read: mend it first (cls-graph check).",
        )
    files = [Official.open(path, args.kind) for path in args.files]
    if len({f.kind == "finess" for f in files}) > 1:
        raise UsageError(
            "Les fichiers SIRENE et FINESS se prennent l'un après l'autre.",
            "Take SIRENE and FINESS files one after the other.",
        )
    matcher = Matcher(registry)
    matcher.read(files)
    taking = take(registry, matcher)
    backup = ""
    if args.write and taking.numbers:
        source = args.source or ", ".join(f"{f.path.name} {f.date}".strip() for f in files)
        backup = corpus.shown(write(target, taking.numbers, source))
    if args.json:
        sys.stdout.write(_json(taking, files, backup, args.lang))
    else:
        sys.stdout.write(_text(taking, files, backup, args))
    return 1 if at_least(taking.findings, "warning") else 0


def _json(taking: Taking, files: list[Official], backup: str, lang: str) -> str:
    report = {
        "files": [
            {"file": f.path.name, "layout": f.kind, "date": f.date, "rows": f.read, "unread": f.unread}
            for f in files
        ],
        "bodies": [
            {
                "key": p.entry.key,
                "label": p.entry.label,
                "set": taking.numbers.get(p.entry.key, {}),
                "confirmed": taking.confirmed.get(p.entry.key, []),
                "candidates": [_candidate(c) for c in p.candidates],
                "more": p.dropped,
            }
            for p in taking.proposals
        ],
        "written": bool(backup),
        "backup": backup,
        "findings": [f.as_json(lang) for f in taking.findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _candidate(found: Candidate) -> dict[str, object]:
    row = found.row
    return {
        "names": list(row.names),
        **row.numbers,
        "category": row.category,
        "commune": row.commune,
        "score": found.score,
        "reasons": list(found.reasons),
    }


def _text(taking: Taking, files: list[Official], backup: str, args: argparse.Namespace) -> str:
    lang = args.lang
    colon = " : " if lang == "fr" else ": "
    out = []
    for proposal in taking.proposals:
        key = proposal.entry.key
        out.append(f"{key}  {proposal.entry.label}")
        for found in proposal.candidates[:SHOWN]:
            mark = "=" if found is proposal.chosen else "?"
            numbers = " ".join(f"{k} {v}" for k, v in found.row.numbers.items())
            why = ", ".join(REASONS[reason][lang] for reason in found.reasons)
            where = f" [{found.row.commune}]" if found.row.commune else ""
            out.append(f"  {mark} {numbers}  {found.row.names[0]}{where}{colon}{why}")
        more = len(proposal.candidates[SHOWN:]) + proposal.dropped
        if more:
            out.append(f"  … {more} de plus" if lang == "fr" else f"  … {more} more")
    out += [f.text(lang) for f in taking.findings]
    rows, unread = sum(f.read for f in files), sum(f.unread for f in files)
    count = sum(map(len, taking.numbers.values()))
    read = counted(rows, "ligne{s} lue{s}", "line{s} read")
    sure = counted(count, "numéro{s} sûr{s}", "certain number{s}")
    if lang == "fr":
        done = (
            f"écrit{'s' if count > 1 else ''} (sauvegarde : {backup})" if backup else "à écrire avec --write"
        )
        tail = f"{read['fr']}, {unread} non lisible{'s' if unread > 1 else ''} ; {sure['fr']}"
    else:
        done = f"written (backup: {backup})" if backup else "to be written with --write"
        tail = f"{read['en']}, {unread} not readable; {sure['en']}"
    return "\n".join([*out, tail + (f", {done}" if count else "")]) + "\n"
