"""The review at a terminal: one statement after the other, every decision saved as it is taken."""

from __future__ import annotations

from collections.abc import Callable

from cls_graph.errors import ClsGraphError, Text
from cls_graph.findings import Place
from cls_graph.reviewing.correcting import corrections
from cls_graph.reviewing.decisions import accept, edit, reject
from cls_graph.reviewing.statements import Draft, Statement, refusal
from cls_graph.reviewing.wording import Wording
from cls_graph.sheets.cells import Problem
from cls_graph.sheets.rules import sheet_finding
from cls_graph.sheets.words import Words

KEYS: dict[str, str] = {"o": "accept", "a": "accept", "y": "accept", "r": "reject", "n": "reject"}
KEYS |= {"m": "edit", "e": "edit", "s": "skip", "p": "skip", "": "skip", "b": "back", "v": "back"}
KEYS |= {"q": "quit", "\x04": "quit"}
ASK: Text = {
    "fr": "[a]ccepter  [r]ejeter  [m]odifier  [p]asser  [v] revenir  [q]uitter > ",
    "en": "[a]ccept  [r]eject  [e]dit  [s]kip  [b]ack  [q]uit > ",
}
CHANGE: Text = {
    "fr": "nouvelle valeur, ou Champ = valeur (« | » entre plusieurs ; rien après « = » : ôter le champ) > ",
    "en": "new value, or Field = value (several: '|' between them; nothing after '=': take the field out) > ",
}
UNKNOWN: Text = {"fr": "lettre inconnue", "en": "unknown letter"}
FIRST: Text = {"fr": "rien avant", "en": "nothing before"}
NO_CHANGE: Text = {"fr": "rien n'est modifié", "en": "nothing is changed"}


def walk(
    draft: Draft,
    wording: Wording,
    words: Words,
    say: Callable[[str], None],
    ask: Callable[[str], str],
    save: Callable[[Draft], None],
) -> Draft:
    """Go through the open statements; ``save`` has each state as it becomes true. Ends where all are
    decided or skipped, or at ``q`` or the end of input."""
    lang = wording.lang
    shown: list[tuple[str, Draft]] = []
    skipped: set[str] = set()
    while statement := next((s for s in draft.open if s.name not in skipped), None):
        tell(statement, str(len(draft.open)), wording, say)
        word = KEYS.get(_asked(ask, ASK[lang]).strip().lower())
        if word == "quit":
            break
        if word == "back":
            if not shown:
                say(f"  → {FIRST[lang]}")
                continue
            name, draft = shown.pop()
            skipped.discard(name)
            save(draft)
            continue
        if word is None:
            say(f"  → {UNKNOWN[lang]}")
            continue
        before = draft
        if word == "skip":
            skipped.add(statement.name)
        else:
            decided = _decided(draft, statement, word, words, say, ask)
            if decided is None:
                continue
            save(decided)
            draft = decided
        shown.append((statement.name, before))
    return draft


def tell(statement: Statement, mark: str, wording: Wording, say: Callable[[str], None]) -> None:
    """A statement in words, with what is known of it; ``mark`` is which of how many, or how many are left."""
    say("")
    say(f"[{mark}] {statement.name}  {wording.sentence(statement)}")
    for name, text in wording.about(statement):
        say(f"    {name}{wording.words['colon']}{text}")


def _decided(
    draft: Draft,
    statement: Statement,
    word: str,
    words: Words,
    say: Callable[[str], None],
    ask: Callable[[str], str],
) -> Draft | None:
    """The draft with the decision; ``None``, with the reason said, where it cannot be carried out."""
    lang = words.lang
    try:
        if word == "accept":
            return accept(draft, statement, lang)
        if word == "reject":
            return reject(draft, statement)
        text = _asked(ask, CHANGE[lang]).strip()
        if not text:
            say(f"  → {NO_CHANGE[lang]}")
            return None
        return edit(draft, statement, corrections(statement, text, words), lang)
    except Problem as problem:
        told = sheet_finding(problem.rule, Place(draft.file), **problem.params)
        say(f"  → {told.message[lang]} {told.remedy[lang]}")
        return None
    except ClsGraphError as error:
        say(f"  → {refusal(error)[lang]}")
        return None


def _asked(ask: Callable[[str], str], prompt: str) -> str:
    try:
        return ask(prompt)
    except EOFError:
        return "q"
