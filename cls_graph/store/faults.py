"""What is likely meant where a query cannot be read: the usual faults, each at its own place.

The engine says how far it came, and which tokens it knows there; neither says what is wrong. Here the
tokens are walked through once more, with the shape of a query in mind, and what breaks it is put in
words. The first such fault is told, where it stands at or before the place that the engine came to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cls_graph.store.fault_words import Fault, fault, near, shown
from cls_graph.store.lexing import FORMS, FUNCTIONS, KEYWORDS, MODIFIERS, TERMS, UPDATES, Token, tokens
from cls_graph.store.slips import OPENED_IRI, Around, derailing, rank, slip

_PAIRS = {"{": "}", "(": ")", "[": "]"}
_AFTER_SELECT = frozenset({"DISTINCT", "REDUCED", "FROM", "WHERE"})
_BINARY = frozenset({"=", "!=", "<", ">", "<=", ">=", "&&", "||", "/"})
_DIGITS = 18
"""Digits of a number of rows that every engine holds."""
_SCHEME = re.compile(r"(?:https?|urn|mailto):", re.IGNORECASE)


def find_fault(
    query: str, reached: int, *, update: bool = False, hint: Callable[[str], str] = lambda prefix: ""
) -> Fault | None:
    """The fault of ``query``, which the engine read up to offset ``reached``; ``None`` if unusual.

    ``hint`` gives the line that declares a prefix, or nothing. ``update``: the text is an update.
    """
    walk = _Walk(query, tokens(query), update, hint)
    return next((found for found in walk.faults(reached) if found.start <= reached), None)


@dataclass(slots=True)
class _Frame:
    """An open bracket: what it is of, and which part of a triple comes next in it."""

    opener: Token
    kind: str  # group, expression, function, nodes, data
    part: str = ""  # subject, predicate, object, after; empty where no triples are
    skip: int = 0  # terms that belong to a key word
    term: Token | None = None  # the last
    named: bool = False  # by AS
    called: str = ""  # the word before it


_OUTSIDE = _Frame(Token("open", "", 0), "")


def _compares(token: Token) -> bool:
    """Whether this may be no address but comparisons, as in ``?a<?b&&?c>?d``."""
    return token.kind == "iri" and not OPENED_IRI.match(token.text)


class _Walk:
    def __init__(self, query: str, found: list[Token], update: bool, hint: Callable[[str], str]) -> None:
        self.query, self.all, self.update, self.hint = query, found, update, hint
        self.frames: list[_Frame] = []
        self.declared = {"_"}
        self.clause = "prologue"
        self.values = False  # whether the next brace opens data
        self.skipped: Token | None = None  # the last term that belongs to a key word
        self.rank = -1  # of the last modifier
        self.triples = not any(t.text in ("<<", ">>", "~") for t in found) and "{|" not in query

    def faults(self, reached: int) -> Iterator[Fault]:
        """All that looks wrong, in the order of the text; what follows a fault may be wrong for it.

        No token past ``reached`` is looked at: to put each of many faults in words takes long.
        """
        derailed = next(derailing(self.query, self.all), None)
        if derailed is not None:
            yield derailed
            return
        for place, token in enumerate(self.all):
            if token.start > reached:
                return
            before = self.all[place - 1] if place else None
            after = self.all[place + 1] if place + 1 < len(self.all) else None
            found = slip(token, self._around(before, after)) if self.triples else None
            if found is not None:
                yield found
            if not self.frames:
                self.rank = max(self.rank, rank(token))
            yield from self._token(token, before, after)
        if self.frames:
            opener = self.frames[-1].opener
            yield fault("open", opener.start, opener.text, _PAIRS[opener.text])
        elif self.clause == "prologue" and not self.update:
            yield fault("empty", len(self.query.rstrip()) if self.all else 0)

    def _around(self, before: Token | None, after: Token | None) -> Around:
        frame = self.frames[-1] if self.frames else _OUTSIDE
        called = "VALUES" if self.values else frame.called
        part = "" if frame.skip else frame.part
        return Around(
            self.query, self.clause, frame.kind, called, part, before, after, self.rank, self.update
        )

    # --- one token

    def _token(self, token: Token, before: Token | None, after: Token | None) -> Iterator[Fault]:
        if token.kind == "word":
            yield from self._word(token, before, after)
        elif token.kind == "open":
            yield from self._open(token, before)
        elif token.kind == "close":
            yield from self._close(token, before)
        elif token.kind in TERMS:
            yield from self._term(token, before, after)
        elif token.kind == "mark":
            yield from self._mark(token, before, after)

    def _word(self, token: Token, before: Token | None, after: Token | None) -> Iterator[Fault]:
        word, frame = token.word, self.frames[-1] if self.frames else None
        if before is not None and before.text == "-" and word in ("LTR", "RTL"):
            return  # the direction of a text
        called = after is not None and after.text == "("
        if self.clause == "prologue" and not self.frames:
            yield from self._first(token, before, after)
            return
        if word == "A" and frame is not None and frame.part == "predicate":
            frame.part, frame.term = "object", token
            return
        known = word in KEYWORDS or (word in FUNCTIONS and called) or (self.update and word in UPDATES)
        if not known:
            among = _AFTER_SELECT if self.clause == "select" and frame is None and not called else KEYWORDS
            said = near(word, among | FUNCTIONS if called else among)
            yield fault("word", token.start, shown(token.text), said)
            return
        self.values = word == "VALUES"
        if word in ("TRUE", "FALSE"):
            yield from self._term(token, before, after)
        elif frame is None:
            yield from self._top(token, after)
        elif frame.kind in ("expression", "function"):
            frame.named |= word == "AS"
            if word == "AS" and frame.kind == "function":
                yield fault("as", token.start)
        elif frame.part:
            yield from self._incomplete(frame, token)
            takes = word in ("GRAPH", "SERVICE") or (word == "FILTER" and not called)
            frame.part, frame.skip = "subject", int(takes or (word == "SILENT"))
            if (
                word == "FILTER"
                and not called
                and (after is None or after.kind not in ("word", "iri", "name"))
            ):
                yield fault("filter", after.start if after else token.start)
            if word in FORMS:
                frame.part, self.clause = "", "select" if word == "SELECT" else "head"
        elif word == "WHERE" or word in MODIFIERS:
            self.clause = "modifiers"

    def _first(self, token: Token, before: Token | None, after: Token | None) -> Iterator[Fault]:
        if before is not None and before.word == "PREFIX":
            yield fault("prefix", token.start)
        if token.word in ("PREFIX", "BASE", "VERSION"):
            return
        if token.word == "SELECT":
            self.clause = "select"
            if after is None or after.text == "{" or after.word == "WHERE":
                yield fault("nothing", token.start)
        elif token.word in FORMS or self.update:
            self.clause = "head"
        elif token.word in UPDATES:
            yield fault("update", token.start, token.text)
            self.clause = "head"
        else:
            yield fault("form", token.start, shown(token.text), near(token.word, FORMS, ("", "")))
            self.clause = "head"

    def _top(self, token: Token, after: Token | None) -> Iterator[Fault]:
        """A key word that stands in no bracket."""
        word = token.word
        if self.clause == "select" and (word in FUNCTIONS or word == "AS"):
            yield fault("computed", token.start)
        if word in ("ORDER", "GROUP") and (after is None or after.word != "BY"):
            yield fault("by", token.start, word)
        if word in ("LIMIT", "OFFSET") and (after is None or after.kind != "number"):
            yield fault("number", token.start, word)
        elif word in ("LIMIT", "OFFSET") and after is not None and len(after.text.lstrip("0")) > _DIGITS:
            yield fault("large", after.start, word)
        if word == "WHERE":
            self.clause = "where"
            if after is not None and after.text != "{":
                yield fault("brace", after.start, shown(after.text))
        elif self.clause == "modifiers" and word in ("FILTER", "OPTIONAL", "UNION", "MINUS", "BIND", "GRAPH"):
            yield fault("outside", token.start, word)

    def _open(self, token: Token, before: Token | None) -> Iterator[Fault]:
        frame = self.frames[-1] if self.frames else None
        if token.text == "{":
            data, self.values = self.values, False
            if frame is not None and frame.part and not data:
                yield from self._incomplete(frame, token)
            self.frames.append(_Frame(token, "data" if data else "group", "" if data else "subject"))
            self.clause = "modifiers" if frame is None else self.clause
        elif token.text == "[":
            self.frames.append(_Frame(token, "nodes", "predicate"))
        elif self.values or (frame is not None and frame.kind == "data"):
            self.frames.append(_Frame(token, "data"))
        elif frame is not None and frame.part and not self._calls(before):
            # In the place of a property a path is bracketed, else these are the members of a list.
            self.frames.append(_Frame(token, "data"))
        else:
            function = before is not None and (before.word in FUNCTIONS or before.kind in ("iri", "name"))
            called = before.word if before is not None else ""
            self.frames.append(_Frame(token, "function" if function else "expression", called=called))

    def _calls(self, before: Token | None) -> bool:
        """Whether a bracket after ``before`` is that of a function or of a key word."""
        return before is not None and (before is self.skipped or before.word not in ("", "A"))

    def _close(self, token: Token, before: Token | None) -> Iterator[Fault]:
        if not self.frames:
            yield fault("close", token.start, token.text)
            return
        frame = self.frames[-1]
        if _PAIRS[frame.opener.text] != token.text:
            outer = next((f for f in reversed(self.frames) if _PAIRS[f.opener.text] == token.text), None)
            if outer is None:
                yield fault("close", token.start, token.text)
                return
            closing = _PAIRS[frame.opener.text]
            line = str(self.query.count("\n", 0, outer.opener.start) + 1)
            yield fault("crossed", token.start, token.text, outer.opener.text, line, closing)
            while self.frames[-1] is not outer:
                self.frames.pop()
        elif frame.part:
            yield from self._incomplete(frame, token)
        self.frames.pop()
        outer_frame = self.frames[-1] if self.frames else None
        if (
            token.text in "])"
            and outer_frame is not None
            and outer_frame.part
            and frame.kind in ("nodes", "data")
        ):
            self._next(outer_frame, token)
        elif token.text == "}" and outer_frame is not None and outer_frame.part:
            outer_frame.part = "subject"
        if frame.kind == "expression" and not frame.named:
            if outer_frame is None and self.clause == "select":
                alone = frame.called in ("DISTINCT", "REDUCED")
                yield fault("distinct" if alone else "computed", frame.opener.start)
            elif frame.called == "BIND":
                yield fault("bind", frame.opener.start)

    def _term(self, token: Token, before: Token | None, after: Token | None) -> Iterator[Fault]:
        if token.kind == "name":
            yield from self._name(token, before, after)
        frame = self.frames[-1] if self.frames else None
        if frame is None or (before is not None and before.text == "^^"):
            return
        if frame.kind in ("expression", "function"):
            ended = self.triples and before is not None and (before.kind in TERMS or before.text == ")")
            if ended and before is not None and not (_compares(before) or _compares(token)):
                yield fault("operator", token.start, shown(before.text), shown(token.text))
            return
        if not frame.part or not self.triples:
            return
        if frame.skip:
            frame.skip, self.skipped = frame.skip - 1, token
            return
        if frame.part == "after" and frame.kind == "nodes":
            yield fault("open", frame.opener.start, "[", "]")
            frame.part = "subject"
        elif frame.part == "after":
            yield fault("stop", token.start, shown(token.text))
            frame.part = "subject"
        if token.kind in ("string", "number") and frame.part == "predicate":
            yield fault("literal", token.start)
        self._next(frame, token)

    def _next(self, frame: _Frame, token: Token) -> None:
        order = {"subject": "predicate", "predicate": "object", "object": "after", "after": "after"}
        frame.part, frame.term = order[frame.part], token

    def _name(self, token: Token, before: Token | None, after: Token | None) -> Iterator[Fault]:
        prefix, _, local = token.text.partition(":")
        if before is not None and before.word == "PREFIX":
            self.declared.add(prefix)
            if local or after is None or after.kind != "iri":
                yield fault("prefix", token.start)
        elif _SCHEME.match(token.text) and self.query.startswith("//", token.start + len(token.text)):
            yield fault("bare-iri", token.start, token.text + "//")
        elif prefix not in self.declared:
            self.declared.add(prefix)
            line = self.hint(prefix)
            more = (f" Ajoutez : {line}", f" Add: {line}") if line else ("", "")
            yield fault("declare", token.start, prefix, more)

    def _mark(self, token: Token, before: Token | None, after: Token | None) -> Iterator[Fault]:
        frame, text = self.frames[-1] if self.frames else None, token.text
        if frame is None:
            if text == "," and self.clause == "select":
                yield fault("commas", token.start)
            elif text == ";" and self.update:
                self.clause = "prologue"
            elif text == ";" and self.clause == "modifiers":
                yield fault("end", token.start)
        elif frame.kind in ("expression", "function"):
            if text == "==":
                yield fault("equals", token.start)
            elif text in _BINARY and (after is None or after.text == ")" or after.text in _BINARY - {"="}):
                yield fault("operand", token.start, text)
        elif frame.part and self.triples:
            yield from self._triple_mark(frame, token)

    def _triple_mark(self, frame: _Frame, token: Token) -> Iterator[Fault]:
        text = token.text
        if text in ".;,":
            yield from self._incomplete(frame, token)
            frame.part = {".": "subject", ";": "predicate", ",": "object"}[text]
            frame.term = None if text == ";" else frame.term
        elif text in "/|" and frame.part == "object":
            frame.part = "predicate"

    def _incomplete(self, frame: _Frame, token: Token) -> Iterator[Fault]:
        """The fault of a triple that ends at ``token`` without its object."""
        if not self.triples:
            return
        if frame.part == "object" and frame.term is not None:
            yield fault("object", token.start, shown(frame.term.text))
        elif frame.part == "predicate" and frame.term is not None and frame.term.kind in TERMS:
            yield fault("predicate", token.start, shown(frame.term.text))
