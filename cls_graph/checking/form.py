"""What the model of a record cannot see alone: keys against file names, ids, evidence coverage, quotes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from cls_graph.checking.references import qualified
from cls_graph.errors import Text
from cls_graph.findings import Finding, finding
from cls_graph.records import mapping as m
from cls_graph.records.facts import Evidence, Fact
from cls_graph.records.model import Element, Record
from cls_graph.records.reader import Read
from cls_graph.records.to_graph import elements
from cls_graph.records.tree import Path
from cls_graph.table import one_line

# What is worked out or comes from elsewhere is carried by its note; every other status by a quote.
NOTE_IS_ENOUGH = frozenset(["inferred", "external", "computed"])
NEEDS_NOTE = NOTE_IS_ENOUGH | {"resolved-by-context"}

QUOTE_LIMIT = 120
DRAFTED = "drafted"


def check_form(read: Read[Record]) -> Iterator[Finding]:
    """Findings of one record that was read."""
    record = read.value
    if record is None:
        return
    yield from _key(record, read)
    yield from _ids(record, read)
    yield from _repeated(record, read)
    yield from _coverage(record, read)
    yield from check_quotes(record, read)
    yield from _review(record, read)


def _review(record: Record, read: Read[Record]) -> Iterator[Finding]:
    """A draft that nobody has reviewed, or not again; reviews that are not told in their order."""
    review, path = record.contract.review, ("contract", "review")
    if review is None:
        return
    file = shlex.quote(_seen_from_corpus(read.file))
    if review.state == DRAFTED and review.earlier:
        last = review.earlier[-1]
        yield finding("review-open", read.place((*path, "state")), file=file, by=last.by, on=last.on or "…")
    elif review.state == DRAFTED:
        yield finding("not-reviewed", read.place((*path, "state")), file=file)
    elif review.by is None or review.on is None:
        yield finding("review-unsigned", read.place((*path, "state")))
    days = [r.on for r in review.rounds if r.on is not None]
    if days != sorted(days):
        yield finding("review-order", read.place((*path, "earlier")), file=file)


def _seen_from_corpus(file: str) -> str:
    """A record as one names it who stands in the corpus: a release tells findings for all its readers."""
    within, contracts, rest = file.rpartition("data/contracts/")
    return contracts + rest if within == "" or within.endswith("/") else file


def _key(record: Record, read: Read[Record]) -> Iterator[Finding]:
    contract, stem = record.contract, PurePath(read.file).stem
    place = read.place(("contract", "key"))
    if contract.key != stem:
        yield finding("key-file", place, value=contract.key, file=PurePath(read.file).name)
    code = contract.key.rpartition("-")[0]
    if contract.carrier.rpartition("-")[2] != code:
        yield finding("key-carrier", place, value=contract.key, carrier=contract.carrier)


def _ids(record: Record, read: Read[Record]) -> Iterator[Finding]:
    groups: list[list[tuple[str, Path]]] = [
        [(getattr(item, s.id_key), (s.key, i, s.id_key)) for i, item in enumerate(getattr(record, s.key))]
        for s in m.SECTIONS
    ]
    rounds = record.contract.review.earlier if record.contract.review is not None else ()
    groups.append([(r.id, ("contract", "review", "earlier", i, "id")) for i, r in enumerate(rounds)])
    groups.append([(element.id, (*path, "id")) for element, _, path in elements(record)])
    for element, _, path in elements(record):
        for part in m.ELEMENT_SECTIONS:
            listed = enumerate(getattr(element, part.key))
            groups.append([(item.id, (*path, part.key, i, "id")) for i, item in listed])
    alternatives = record.contract.alternative_periods
    groups.append([(p.id, ("contract", "alternative_periods", i, "id")) for i, p in enumerate(alternatives)])
    for group in groups:
        seen: dict[str, Path] = {}
        for key, path in group:
            if key in seen:
                first = read.place(seen[key]).line
                yield finding("duplicate-id", read.place(path), value=key, first=first)
            seen.setdefault(key, path)


def _repeated(record: Record, read: Read[Record]) -> Iterator[Finding]:
    """A value given twice in one list is one statement in the graph, with two statuses."""
    nodes: list[tuple[Any, tuple[m.Field, ...], Path]] = [(record.contract, m.CONTRACT, ("contract",))]
    for section in m.SECTIONS:
        items = enumerate(getattr(record, section.key))
        nodes += [(item, section.fields, (section.key, index)) for index, item in items]
    nodes += [(element, m.ELEMENT.fields, path) for element, _, path in elements(record)]
    for node, rows, path in nodes:
        for row in rows:
            seen: dict[str, Path] = {}
            for index, fact in enumerate(getattr(node, row.key) if row.many else ()):
                here = (*path, row.key, index)
                if fact.value in seen:
                    first = read.place(seen[fact.value]).line
                    yield finding("duplicate-value", read.place(here), value=fact.value, first=first)
                seen.setdefault(fact.value, here)


def _coverage(record: Record, read: Read[Record]) -> Iterator[Finding]:
    for name in type(record.contract).model_fields:
        value = getattr(record.contract, name)
        facts: list[tuple[Any, Path]] = [(value, ("contract", name))]
        if isinstance(value, tuple):
            facts = [(fact, ("contract", name, i)) for i, fact in enumerate(value)]
        for fact, path in facts:
            if isinstance(fact, Fact):
                yield from _covered(fact, fact.assertion or "stated", read, path)
    for source, path in qualified(record):
        if path[0] != "contract" or path[1] == "alternative_periods":
            nested = isinstance(source, Fact)
            yield from _covered(source, source.assertion or "stated", read, path, nested=nested)


def _covered(
    source: Any, status: str, read: Read[Record], path: Path, *, nested: bool = False
) -> Iterator[Finding]:
    """``nested``: a fact inside an item, which the evidence of the item may carry."""
    if status in NEEDS_NOTE and source.note is None:
        yield finding("no-note", read.place((*path, "assertion")), value=status)
    elif not source.evidence and status not in NOTE_IS_ENOUGH and not nested:
        yield finding("no-evidence", read.place(path))


def quoting(model: Any, path: Path = ()) -> Iterator[tuple[Any, Path]]:
    """Parts of a model with evidence: those with a status, and those of the registry without one."""
    yield from qualified(model, path)
    for name in ("persons", "frameworks"):
        for index, entry in enumerate(getattr(model, name, ())):
            here: Path = (name, index)
            if hasattr(entry, "evidence") and not hasattr(entry, "assertion"):
                yield entry, here
            for number, post in enumerate(getattr(entry, "posts", ())):
                yield post, (*here, "posts", number)


def check_quotes(model: Any, read: Read[Any]) -> Iterator[Finding]:
    """Positions are there and as long as their quote; quotes are short; one position, one quote."""
    seen: dict[tuple[str, int, int], tuple[Evidence, Path]] = {}
    for source, path in quoting(model):
        for index, evidence in enumerate(source.evidence):
            here = (*path, "evidence", index)
            place, short = read.place((*here, "quote")), shorten(evidence.quote)
            if evidence.start is None or evidence.end is None:
                yield finding("no-position", place, quote=short)
                continue
            span, length = evidence.end - evidence.start, len(evidence.quote)
            if span != length:
                yield finding(
                    "position-length",
                    read.place((*here, "end" if span < 0 else "start")),
                    start=evidence.start,
                    end=evidence.end,
                    span=span,
                    length=length,
                    quote=short,
                )
            if length > QUOTE_LIMIT and not _is_title(source, evidence.quote):
                yield finding("quote-length", place, length=length, quote=short)
            key = (evidence.document, evidence.start, evidence.end)
            first, where = seen.setdefault(key, (evidence, here))
            for part in ("quote", "prefix", "suffix"):
                given, before = getattr(evidence, part), getattr(first, part)
                if given != before:
                    yield finding(
                        "evidence-conflict",
                        read.place((*here, part)) if given else place,
                        start=evidence.start,
                        end=evidence.end,
                        document=evidence.document,
                        part=part,
                        given=_shown(given),
                        before=_shown(before),
                        first=read.place(where).line,
                    )


def _is_title(source: Any, quote: str) -> bool:
    """Titles of axes, objectives and documents are quoted whole."""
    if isinstance(source, Element):
        return source.label.value in quote or quote in source.label.value
    return isinstance(source, Fact) and source.value == quote


def _shown(words: str | None) -> Text:
    """Words of a source between quotation marks, or that there are none."""
    if not words:
        return {"fr": "rien", "en": "nothing"}
    return {"fr": f"« {shorten(words)} »", "en": f"'{shorten(words)}'"}


def shorten(quote: str, limit: int = 60) -> str:
    """A quote for a message."""
    return one_line(quote, limit)
