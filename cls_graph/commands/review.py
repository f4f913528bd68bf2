"""``cls-graph review``: the proposed statements of a draft, accepted, rejected or edited one by one."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cls_graph.corpus import Corpus
from cls_graph.counting import counted
from cls_graph.errors import CorpusError, Text, UsageError
from cls_graph.files import changed_meanwhile, replace_file
from cls_graph.findings import DOT
from cls_graph.reasons import reason

NAME = "review"
HELP = {
    "fr": "relit un brouillon : accepter, rejeter ou modifier chaque énoncé proposé",
    "en": "review a draft: accept, reject or edit each proposed statement",
}
EXAMPLE = "cls-graph review data/contracts/26362-3.yaml --list"

TEXTS: dict[str, Text] = {
    "file": {"fr": "fiche à l'état « drafted »", "en": "record in the state 'drafted'"},
    "list": {"fr": "affiche les énoncés à relire, sans rien changer", "en": "show the statements to review"},
    "xlsx": {
        "fr": "écrit les énoncés à relire dans un classeur, où l'on décide",
        "en": "write the statements to review to a workbook, to decide in",
    },
    "csv": {"fr": "avec --list : la même table en CSV", "en": "with --list: the same table as CSV"},
    "json": {"fr": "avec --list : en JSON", "en": "with --list: as JSON"},
    "decisions": {
        "fr": "applique les décisions d'un classeur fait par --xlsx, ou d'un CSV : toutes ou aucune",
        "en": "carry out the decisions of a workbook made by --xlsx, or of a CSV: all or none",
    },
    "certain": {
        "fr": "accepte les énoncés sûrs : confiance d'au moins 0,90, organisme nommé, aucun doute",
        "en": "accept the certain statements: confidence of 0.90 or more, body named, no doubt",
    },
    "again": {
        "fr": "rouvre une fiche relue : une relecture de plus, les précédentes restent dites",
        "en": "open a reviewed record again: one more review, those before stay told",
    },
    "force": {
        "fr": "avec --xlsx : remplace un classeur qui a peut-être été complété",
        "en": "with --xlsx: replace a workbook that may have been worked in",
    },
    "by": {"fr": "qui relit", "en": "who reviews"},
    "on": {"fr": "date de la relecture, AAAA-MM-JJ", "en": "date of the review, YYYY-MM-DD"},
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}
LEFT: Text = {
    "fr": "{file} : {left} ; la suite quand vous voudrez.",
    "en": "{file}: {left}; go on whenever you like.",
}
WRITTEN: Text = {"fr": "{file} : {left}.", "en": "{file}: {left}."}
CARRIED: Text = {
    "fr": "acceptés {accept}, modifiés {edit}, rejetés {reject}",
    "en": "accepted {accept}, edited {edit}, rejected {reject}",
}
WRONG: Text = {
    "fr": "Rien n'a été appliqué. Corrigez les points signalés dans le tableau, puis relancez.",
    "en": "Nothing was carried out. Mend what is reported in the table, then run again.",
}
WHO: Text = {
    "fr": "un nom d'au moins deux lettres est attendu : celui de qui relit",
    "en": "a name of at least two letters is expected: that of who reviews",
}
WHEN: Text = {"fr": "une date AAAA-MM-JJ est attendue", "en": "a date is expected, YYYY-MM-DD"}
UNSIGNED: dict[str, Text] = {
    "by": {"fr": "NOM", "en": "NAME"},
    "on": {"fr": "AAAA-MM-JJ", "en": "YYYY-MM-DD"},
}
KEPT: Text = {"fr": "rien n'est écrit", "en": "nothing is written"}
UNSAID: Text = {"fr": "la fiche n'est pas signée", "en": "the record is not signed"}
DONE: Text = {"fr": "{file} : relu par {by} le {on}.", "en": "{file}: reviewed by {by} on {on}."}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help=TEXTS["file"][lang])
    parser.add_argument("--list", action="store_true", help=TEXTS["list"][lang])
    parser.add_argument("--xlsx", type=Path, metavar="FILE.xlsx", help=TEXTS["xlsx"][lang])
    parser.add_argument("--csv", action="store_true", help=TEXTS["csv"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--decisions", type=Path, metavar="TABLE", help=TEXTS["decisions"][lang])
    parser.add_argument("--accept-all-certain", action="store_true", help=TEXTS["certain"][lang])
    parser.add_argument("--again", action="store_true", help=TEXTS["again"][lang])
    parser.add_argument("--force", action="store_true", help=TEXTS["force"][lang])
    parser.add_argument("--by", metavar="NAME", help=TEXTS["by"][lang])
    parser.add_argument("--on", metavar="DATE", help=TEXTS["on"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Review; 1 where statements are left, or the table of decisions has findings.

    Raises ``CorpusError``, ``UsageError``, ``ChecksFailed``, ``WorkbookError``, ``OutputError``.
    """
    from cls_graph.reviewing import accept, read_draft, reopen
    from cls_graph.reviewing.terminal import walk
    from cls_graph.reviewing.wording import Wording
    from cls_graph.sheets.words import Words

    file = _File(args.file)
    for name, does, expected in (("by", _is_name, WHO), ("on", _is_date, WHEN)):
        told = getattr(args, name)
        if told is not None and not does(told):
            raise UsageError(*(f"--{name} {told}{DOT[lang]}{expected[lang]}." for lang in ("fr", "en")))
    data = reopen(str(args.file), file.known) if args.again else file.known
    draft = read_draft(str(args.file), data.decode("utf-8-sig", "replace"), data)
    corpus = Corpus.open(args.corpus, [args.file])
    wording, words = Wording(corpus, args.lang), Words(corpus, args.lang)
    if args.list or args.xlsx is not None:
        if args.xlsx is not None:
            file.save(data)
        _show(args, draft, wording, words)
        return 0
    signing = not draft.open and args.by is not None and args.on is not None  # nothing is left to decide
    unattended = args.decisions is not None or args.accept_all_certain or signing
    if not unattended and not sys.stdin.isatty():
        raise UsageError(
            "sans terminal, donnez --list, --xlsx, --decisions ou --accept-all-certain.",
            "without a terminal, give --list, --xlsx, --decisions or --accept-all-certain.",
        )
    if args.accept_all_certain:
        for statement in draft.open:
            if statement.certain:
                draft = accept(draft, draft.statement(statement.name) or statement, args.lang)
    if args.decisions is not None:
        outcome = _carried_out(args, draft, corpus)
        if outcome is None:
            return 1
        draft = outcome.draft
        _signable(args, draft, KEPT)
        print(_counted(args, outcome))
    if not unattended:
        file.save(data)
        draft = walk(draft, wording, words, print, input, lambda d: file.save(d.text))
    return _end(args, draft, file, ask=not unattended)


def _left(draft: Any, lang: str) -> str:
    return counted(len(draft.open), "énoncé{s} à relire", "statement{s} to review")[lang]


def _show(args: argparse.Namespace, draft: Any, wording: Any, words: Any) -> None:
    """The statements to review, as what was asked for."""
    from cls_graph.reviewing.book import queue_csv, queue_xlsx
    from cls_graph.sheets.keeping import sealed, write_work

    if args.xlsx is not None:
        write_work({args.xlsx: sealed(queue_xlsx(draft, wording, words))}, force=args.force)
        print(WRITTEN[args.lang].format(file=args.xlsx, left=_left(draft, args.lang)))
    if args.list and args.csv:
        sys.stdout.write(queue_csv(draft, wording, words).decode())
    elif args.list:
        sys.stdout.write(_listed(draft, wording, args.json))


def _carried_out(args: argparse.Namespace, draft: Any, corpus: Corpus) -> Any:
    """What the decisions of a table come to; ``None`` where a finding, which is said, forbids it."""
    from cls_graph.reviewing.carrying import carry_out

    outcome = carry_out(draft, args.decisions, corpus, args.lang)
    for finding in outcome.findings:
        print(finding.text(args.lang), file=sys.stderr)
    if not outcome.sound:
        print(WRONG[args.lang], file=sys.stderr)
        return None
    return outcome


def _counted(args: argparse.Namespace, outcome: Any) -> str:
    from cls_graph.reviewing.carrying import ORDER

    counts = {word: outcome.carried.get(word, 0) for word in ORDER}
    return f"{args.decisions}{' : ' if args.lang == 'fr' else ': '}{CARRIED[args.lang].format(**counts)}."


def _signable(args: argparse.Namespace, draft: Any, said: Text) -> None:
    """Raises ``UsageError``, beginning with ``said``, where nothing is left to review and nobody signs it."""
    missing = [f"--{name} {UNSIGNED[name][args.lang]}" for name in UNSIGNED if not getattr(args, name)]
    if missing and not draft.open:
        raise UsageError(
            f"{said['fr']} : plus rien n'est à relire, et une relecture se signe. Ajoutez"
            f" {' et '.join(missing)}.",
            f"{said['en']}: nothing is left to review, and a review is signed. Add {' and '.join(missing)}.",
        )


def _end(args: argparse.Namespace, draft: Any, file: _File, *, ask: bool) -> int:
    """Save what was decided; with nothing left, sign the review."""
    from cls_graph.reviewing import finish

    if draft.open:
        file.save(draft.text)
        print(LEFT[args.lang].format(file=args.file, left=_left(draft, args.lang)))
        return 1
    by, on = args.by or "", args.on or ""
    if ask:
        by = by or _asked(TEXTS["by"][args.lang], "", WHO[args.lang], _is_name)
        today = datetime.date.today().isoformat()
        on = on or (by and _asked(TEXTS["on"][args.lang], today, WHEN[args.lang], _is_date))
    if not by or not on:
        _signable(args, draft, UNSAID if ask else KEPT)
    file.save(finish(draft, by, on))
    print(DONE[args.lang].format(file=args.file, by=by, on=on))
    return 0


class _File:
    """The file under review: replaced whole, and only where nobody else has changed it meanwhile."""

    def __init__(self, path: Path) -> None:
        """Read it. Raises ``CorpusError``."""
        try:
            self.path, self.known = path, path.read_bytes()
        except OSError as error:
            said = reason(error)
            raise CorpusError(
                f"Impossible de lire {path} ({said['fr']}).", f"Cannot read {path} ({said['en']})."
            ) from None

    def save(self, text: str | bytes) -> None:
        """Write this text. Raises ``OutputError``."""
        data = text.encode() if isinstance(text, str) else text
        if self.path.read_bytes() != self.known:
            raise changed_meanwhile(self.path)
        if data != self.known:
            replace_file(self.path, data)
            self.known = data


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_name(text: str) -> bool:
    """Whether somebody may be called so; one letter is an answer to another question."""
    return sum(c.isalpha() for c in text) >= 2


def _asked(name: str, default: str, expected: str, does: Callable[[str], object]) -> str:
    """An answer that does, asked again until it does; empty at the end of the input."""
    while True:
        try:
            said = input(f"{name}{f' [{default}]' if default else ''} > ").strip() or default
        except EOFError:
            return ""
        if does(said):
            return said
        print(f"  → {expected}")


def _listed(draft: Any, wording: Any, as_json: bool) -> str:
    from cls_graph.reviewing.terminal import tell

    if as_json:
        shown = [
            {
                "statement": s.name,
                "meaning": wording.sentence(s),
                "quotes": s.quotes,
                "confidence": s.confidence,
                "doubts": wording.doubts(s),
                "candidates": s.candidates,
                "done": s.done,
            }
            for s in draft.statements
        ]
        return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
    lines: list[str] = []
    for number, statement in enumerate(draft.open, 1):
        tell(statement, f"{number}/{len(draft.open)}", wording, lines.append)
    return "\n".join([*lines, ""])
