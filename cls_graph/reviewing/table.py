"""Statements and decisions as a table: what ``--list --csv`` writes, ``--decisions`` reads back."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from cls_graph.errors import ChecksFailed, CorpusError, UsageError
from cls_graph.findings import suggest
from cls_graph.reviewing.decisions import accept, edit, reject
from cls_graph.reviewing.statements import Draft
from cls_graph.reviewing.wording import Wording
from cls_graph.workbooks import csv_plain, csv_safe

HEADERS = {
    "fr": ("énoncé", "sens", "citation", "confiance", "doute", "candidats", "décision", "modification"),
    "en": ("statement", "meaning", "quote", "confidence", "doubt", "candidates", "decision", "change"),
}
DECISIONS = {
    "accept": ("accept", "accepter", "accepté", "oui", "yes", "a"),
    "reject": ("reject", "rejeter", "rejeté", "non", "no", "r"),
    "edit": ("edit", "modifier", "modifié", "m", "e"),
}
BY_WORD = {word: decision for decision, words in DECISIONS.items() for word in words}
MAX_BYTES = 8 * 2**20


@dataclass(frozen=True)
class Decision:
    """One line of the table: which statement, what was decided, the keys to change."""

    line: int
    statement: str
    decision: str
    changes: dict[str, str]


def statements_csv(draft: Draft, wording: Wording) -> str:
    """The open statements, a line each, with a column for the decision."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS[wording.lang])
    for s in draft.open:
        sure = "" if s.confidence is None else f"{s.confidence:.2f}"
        cells = (s.name, wording.sentence(s), " | ".join(s.quotes), sure, " | ".join(wording.doubts(s)))
        writer.writerow([csv_safe(c) for c in (*cells, s.candidates, "", "")])
    return out.getvalue()


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a CSV file; lines without one are left out.

    Raises ``CorpusError`` (unreadable), ``UsageError`` with every line that is not understood.
    """
    try:
        data = path.read_bytes()[: MAX_BYTES + 1]
    except OSError as error:
        raise CorpusError(
            f"Impossible de lire {path} ({error.strerror}).", f"Cannot read {path} ({error.strerror})."
        ) from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} dépasse 8 Mio.", f"{path} is over 8 MiB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ","))
    except csv.Error as error:
        raise UsageError(f"{path} : CSV illisible ({error}).", f"{path}: unreadable CSV ({error}).") from None
    columns = _columns(path, rows[0] if rows else [])
    return _decisions(path, rows, columns)


def _columns(path: Path, header: list[str]) -> dict[str, int]:
    names = {h: e for lang in HEADERS.values() for h, e in zip(lang, HEADERS["en"], strict=True)}
    found = {names[h.strip().lower()]: n for n, h in enumerate(header) if h.strip().lower() in names}
    missing = [n for n in ("statement", "decision") if n not in found]
    if missing:
        fr = ", ".join(HEADERS["fr"][HEADERS["en"].index(n)] for n in missing)
        raise UsageError(
            f"{path}, ligne 1 : il manque la colonne {fr}.",
            f"{path}, line 1: the column {', '.join(missing)} is missing.",
        )
    return found


def _decisions(path: Path, rows: list[list[str]], columns: dict[str, int]) -> list[Decision]:
    found: dict[str, Decision] = {}
    for number, row in enumerate(rows[1:], 2):

        def cell(name: str, row: list[str] = row) -> str:
            index = columns.get(name, len(row))
            return csv_plain(row[index]).strip() if index < len(row) else ""

        name, word, change = cell("statement"), cell("decision").lower(), cell("change")
        if not word:
            if change:
                raise _wrong(path, number, "une modification sans décision", "a change without a decision")
            continue
        if word not in BY_WORD:
            known = ", ".join(words[1] for words in DECISIONS.values())
            raise _wrong(
                path,
                number,
                f"décision « {word} » inconnue ({known})",
                f"unknown decision '{word}' ({', '.join(DECISIONS)})",
            )
        if name in found:
            raise _wrong(
                path,
                number,
                f"{name} est déjà décidé ligne {found[name].line}",
                f"{name} is decided on line {found[name].line} already",
            )
        changes = changes_of(change) if BY_WORD[word] == "edit" else {}
        if changes is None or (BY_WORD[word] == "edit") != bool(change):
            raise _wrong(
                path,
                number,
                "une modification s'écrit clé=valeur (plusieurs : « | » entre elles), décision modifier",
                "a change is written key=value (several: separated by '|'), with the decision edit",
            )
        found[name] = Decision(number, name, BY_WORD[word], changes)
    return list(found.values())


def changes_of(text: str) -> dict[str, str] | None:
    """``party=cpam-26 | note=…`` as keys and values; ``None`` where it is not written so."""
    found: dict[str, str] = {}
    for pair in filter(str.strip, text.split("|")):
        key, equal, value = pair.partition("=")
        if not equal or not key.strip().replace("_", "").replace(".", "").isalnum():
            return None
        found[key.strip()] = value.strip()
    return found or None


def decide(draft: Draft, decisions: list[Decision], path: Path, wording: Wording) -> Draft:
    """The draft with all the decisions, or ``UsageError`` at the line that cannot be carried out."""
    for decision in decisions:
        statement = draft.statement(decision.statement)
        if statement is None:
            near = suggest(decision.statement, [s.name for s in draft.statements])
            raise _wrong(
                path,
                decision.line,
                f"énoncé « {decision.statement} » inconnu.{near['fr']}".rstrip("."),
                f"unknown statement '{decision.statement}'.{near['en']}".rstrip("."),
            )
        try:
            if decision.decision == "reject":
                draft = reject(draft, statement)
            elif decision.decision == "edit":
                draft = edit(draft, statement, wording.checked(decision.changes), wording.lang)
            else:
                draft = accept(draft, statement, wording.lang)
        except UsageError as error:
            raise _wrong(path, decision.line, error.detail["fr"], error.detail["en"]) from None
        except ChecksFailed as error:
            raise _wrong(path, decision.line, error.detail["fr"], error.detail["en"]) from None
    return draft


def _wrong(path: Path, line: int, fr: str, en: str) -> UsageError:
    return UsageError(f"{path}, ligne {line} : {fr}.", f"{path}, line {line}: {en}.")
