"""Carries out the decisions of a filled-in queue, a workbook or a CSV file: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.errors import ChecksFailed, UsageError
from cls_graph.findings import Finding
from cls_graph.reviewing.correcting import corrections
from cls_graph.reviewing.decisions import accept, edit, reject
from cls_graph.reviewing.queue import QUEUE, proposed
from cls_graph.reviewing.statements import Draft, Statement, refusal
from cls_graph.sheets.about import say
from cls_graph.sheets.cells import Problem
from cls_graph.sheets.loading import Sheet, load
from cls_graph.sheets.reading import Line, ReadBook, read_book
from cls_graph.sheets.rules import CellPlace, sheet_finding
from cls_graph.sheets.words import Words, plain
from cls_graph.suggesting import suggest

DECISIONS = {
    "accept": ("accept", "accepter", "accepte", "accepted", "oui", "yes", "ok", "a"),
    "reject": ("reject", "rejeter", "rejete", "rejected", "non", "no", "r"),
    "edit": ("edit", "modifier", "modifie", "edited", "m", "e"),
}
BY_WORD = {word: decision for decision, words in DECISIONS.items() for word in words}
ORDER = ("edit", "accept", "reject")
"""What others refer to is rejected once they no longer do."""


@dataclass
class Outcome:
    """The draft with every decision, and what was found. With a violation the draft is not to be kept."""

    draft: Draft
    findings: list[Finding] = field(default_factory=list)
    carried: dict[str, int] = field(default_factory=dict)
    """How many statements had each decision."""

    @property
    def sound(self) -> bool:
        """Whether the draft may be kept."""
        return not any(f.severity == "violation" for f in self.findings)


@dataclass
class _Decision:
    line: Line
    name: str
    word: str
    changes: dict[str, str] = field(default_factory=dict)


def carry_out(draft: Draft, source: Path, corpus: Corpus, lang: str) -> Outcome:
    """The draft with the decisions of a workbook or a CSV file. Raises ``WorkbookError`` (unreadable)."""
    words = Words(corpus, lang)
    book = read_book(_queue_only(load(source), words), str(source), words, [QUEUE])
    if QUEUE.key not in book.tables:
        book.findings.append(sheet_finding("sheet-no-header", CellPlace(str(source), 1, 1)))
    return _Carrying(draft, book, words).run()


def _queue_only(sheets: Sequence[Sheet], words: Words) -> Sequence[Sheet]:
    """A CSV file that stands alone is the queue, whatever its name."""
    if len(sheets) == 1 and sheets[0].file:
        sheets[0].name = words.sheet(QUEUE.key)
    return sheets


class _Carrying:
    def __init__(self, draft: Draft, book: ReadBook, words: Words) -> None:
        self.before = self.draft = draft
        self.book, self.words = book, words
        self.findings = book.findings
        self.carried: dict[str, int] = {}

    def say(self, rule: str, line: Line, name: str, **params: object) -> None:
        """A finding at a cell of a line."""
        self.findings.append(say(self.words, rule, line, name, QUEUE, **params))

    def run(self) -> Outcome:
        decisions = list(self.decisions())
        self.parts_of_rejected(decisions)
        for word in ORDER:
            left = [d for d in decisions if d.word == word]
            while left and (again := [d for d in left if not self.carried_out(d, quiet=True)]) != left:
                left = again
            for decision in left:
                self.carried_out(decision)
        return Outcome(self.draft, self.findings, self.carried)

    def decisions(self) -> Iterator[_Decision]:
        """What was decided, each statement once; findings for what is not understood."""
        table = self.book.tables.get(QUEUE.key)
        known = {plain(s.name): s for s in self.before.statements}
        seen: dict[str, int] = {}
        for line in table.lines if table else ():
            name, decision, corrected = (line.text(c) for c in ("statement", "decision", "corrected"))
            if not decision and not corrected:
                continue
            word = BY_WORD.get(plain(decision), "")
            statement = known.get(plain(name))
            if statement is None and word == "reject" and name:
                continue  # Carried out before: it is no longer there.
            if statement is None:
                near = suggest(name, [s.name for s in self.before.statements])
                self.say("review-statement", line, "statement", value=name, suggestion=near)
            elif statement.name in seen:
                self.say("sheet-again", line, "statement", first=seen[statement.name])
            elif decision and not word:
                self.say("review-decision", line, "decision", value=decision)
            elif corrected and word != "edit":
                self.say("review-correction", line, "corrected", value=corrected)
            elif word == "edit" and not corrected:
                self.say("review-no-value", line, "corrected")
            else:
                seen[statement.name] = line.number
                found = self.understood(line, statement, word, corrected)
                if found is not None:
                    yield found

    def understood(self, line: Line, statement: Statement, word: str, corrected: str) -> _Decision | None:
        """The decision, if its value means something and it was taken on what the draft says."""
        found = _Decision(line, statement.name, word)
        if word == "edit":
            try:
                found.changes = corrections(statement, corrected, self.words)
            except Problem as problem:
                self.say(problem.rule, line, "corrected", **problem.params)
                return None
        told = line.text("proposed")
        now = {lang: proposed(statement, words) for lang, words in self.words.by_language.items()}
        moved = told and " ".join(told.split()) not in {" ".join(n.split()) for n in now.values()}
        if moved and not (word == "edit" and self.edited_before(statement, found.changes)):
            shown = {lang: text.replace("\n", " ; ") for lang, text in now.items()}
            self.say("review-moved", line, "proposed", value=shown)
            return None
        return found

    def edited_before(self, statement: Statement, changes: dict[str, str]) -> bool:
        """Whether the statement has these values already."""
        try:
            again = edit(self.draft, statement, changes, self.words.lang)
        except (ChecksFailed, UsageError):
            return False
        return statement.done and again.text == self.draft.text

    def parts_of_rejected(self, decisions: list[_Decision]) -> None:
        """Findings for what is kept though it is part of something that is rejected."""
        paths = {s.name: s.path for s in self.before.statements}
        rejected = [(d.name, paths[d.name]) for d in decisions if d.word == "reject"]
        for decision in decisions:
            path = paths[decision.name]
            above = next((n for n, p in rejected if len(p) < len(path) and path[: len(p)] == p), "")
            if above and decision.word != "reject":
                self.say("review-rejected", decision.line, "decision", value=above)

    def carried_out(self, decision: _Decision, *, quiet: bool = False) -> bool:
        """Carry out a decision; where it cannot be, a finding, unless it may be tried again."""
        statement = self.draft.statement(decision.name)
        lang, comment, before = self.words.lang, decision.line.text("comment"), self.draft.text
        if statement is None:
            return True  # It went with what it was a part of.
        try:
            if decision.word == "reject":
                self.draft = reject(self.draft, statement)
            elif decision.word == "edit":
                self.draft = edit(self.draft, statement, decision.changes, lang, comment)
            else:
                self.draft = accept(self.draft, statement, lang, comment)
        except (UsageError, ChecksFailed) as error:
            if not quiet:
                column = "corrected" if decision.word == "edit" else "decision"
                self.say("review-refused", decision.line, column, value=refusal(error))
            return False
        if self.draft.text != before:
            self.carried[decision.word] = self.carried.get(decision.word, 0) + 1
        return True
