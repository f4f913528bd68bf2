"""Quotes held against the texts they come from, by position (Unicode code points of the file as it is).

Texts are found by their SHA-256 digest, never by name, and are not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cls_graph.checking.form import quoting, shorten
from cls_graph.corpus import MAX_FILE, Corpus
from cls_graph.errors import SourcesError, Text, UsageError
from cls_graph.findings import Finding, Place, finding, sort
from cls_graph.reasons import reason
from cls_graph.records import tree
from cls_graph.records.facts import Evidence
from cls_graph.records.reader import Read
from cls_graph.records.tree import Path as RecordPath

SHARE_LIMIT = 40
CHANGED_SHARE = 0.5


@dataclass(frozen=True)
class Citation:
    """One evidence of a file, and where it stands there."""

    read: Read[Any]
    path: RecordPath
    evidence: Evidence


@dataclass
class SourceText:
    """A text of the folder. ``document`` is the key of the document it is, or empty; ``fault`` why no quote
    can be held against it."""

    path: Path
    digest: str
    text: str
    document: str = ""
    fault: Finding | None = None


@dataclass
class Verification:
    """The outcome: findings, how many quotes were held against a text, what share of each text is quoted."""

    findings: list[Finding] = field(default_factory=list)
    quotes: int = 0
    held: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    repairs: list[tuple[Citation, int, int]] = field(default_factory=list)


def verify(corpus: Corpus, folder: Path, files: Sequence[Path] = ()) -> Verification:
    """Hold every quote of the records and the registry against the texts of ``folder``.

    With ``files``, the quotes of these records only, so that the texts of their documents do. Repairs are the
    positions that are missing or wrong and for which the text leaves one choice; ``positions.write`` carries
    them out. Raises ``SourcesError`` where the folder cannot be read, ``UsageError`` where a file is no
    record of the corpus.
    """
    cited = citations(corpus)
    chosen = _chosen(corpus, files) if files else None
    wanted = None if chosen is None else {c.evidence.document for c in cited if c.read.file in chosen}
    texts, outcome = _texts(corpus, folder), Verification(quotes=0)
    known = {t.document: t for t in texts if t.document}
    by_document: dict[str, list[Citation]] = {}
    for citation in cited:
        by_document.setdefault(citation.evidence.document, []).append(citation)
    _documents(corpus, folder, texts, known, by_document, outcome, wanted)
    for key, citations_of in sorted(by_document.items()):
        held_here = [c for c in citations_of if chosen is None or c.read.file in chosen]
        outcome.quotes += len(held_here)
        if key in known and held_here and known[key].fault is None:
            text = known[key].text
            for citation in held_here:
                outcome.findings += _hold(citation, text, outcome)
            # What all records quote of the text, whoever asks.
            _share(corpus, key, text, citations_of, outcome)
    for read in corpus.records:
        if chosen is None or read.file in chosen:
            outcome.findings += read.findings
    outcome.findings = sort([*outcome.findings, *corpus.findings])
    return outcome


def _chosen(corpus: Corpus, files: Sequence[Path]) -> set[str]:
    """The names of some records, as the corpus shows them."""
    there = {read.file for read in corpus.records}
    for path in files:
        if corpus.shown(path.resolve()) not in there:
            raise UsageError(
                f"{path} n'est pas une fiche de ce corpus (data/contracts).",
                f"{path} is no record of this corpus (data/contracts).",
            )
    return {corpus.shown(path.resolve()) for path in files}


def citations(corpus: Corpus) -> list[Citation]:
    """Every evidence of the corpus: contracts, persons' posts, frameworks."""
    reads: list[Read[Any]] = [*corpus.records, *corpus.registry.reads.values()]
    found = []
    for read in reads:
        if read.value is None:
            continue
        for source, path in quoting(read.value):
            for index, evidence in enumerate(source.evidence):
                found.append(Citation(read, (*path, "evidence", index), evidence))
    return found


def _texts(corpus: Corpus, folder: Path) -> list[SourceText]:
    try:
        paths = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    except OSError as error:
        said = reason(error)
        raise SourcesError(
            f"Dossier illisible : {folder} ({said['fr']}).", f"Cannot read folder {folder} ({said['en']})."
        ) from None
    documents = {d.sha256: k for k, d in corpus.registry.documents.items() if d.sha256}
    texts = [_text(path, documents) for path in paths]
    named = {t.path.stem for t in texts if t.document}
    strange = [t for t in texts if not t.document]
    # What a text was drawn from may lie beside it, under its name.
    read = {t.path: _as_read(t, documents) for t in strange if t.path.stem not in named}
    return [read.get(t.path, t) for t in texts if t.document or t.path in read]


def _as_read(found: SourceText, documents: Mapping[str, str]) -> SourceText:
    """A page, a PDF or a text in columns with the text that ``draft`` reads; as it is where that is none."""
    from cls_graph.drafting import read_source  # imports the rules of drafting: a second

    try:
        read = read_source(found.path)
    except SourcesError:
        return found
    if read.form == "text" and read.digest not in documents:
        return found
    return SourceText(found.path, read.digest, read.text, documents.get(read.digest, ""))


def _text(path: Path, documents: Mapping[str, str]) -> SourceText:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            large = file.tell() > MAX_FILE
            file.seek(0)
            data = b"" if large else file.read()
    except OSError as error:
        said = reason(error)
        raise SourcesError(
            f"Texte illisible : {path} ({said['fr']}).", f"Cannot read {path} ({said['en']})."
        ) from None
    found = SourceText(path, digest, data.decode("utf-8", "replace"), documents.get(digest, ""))
    if large:
        size = {"fr": f"plus de {MAX_FILE >> 20} Mio", "en": f"over {MAX_FILE >> 20} MiB"}
        found.fault = finding("unreadable-file", Place(str(path)), reason=size)
    try:
        tree.decode(data)
    except tree.TreeError as error:
        place = Place(str(path), error.mark.line, error.mark.column)
        found.fault = finding(error.rule, place, **error.params)
    return found


def _documents(
    corpus: Corpus,
    folder: Path,
    texts: list[SourceText],
    known: dict[str, SourceText],
    cited: dict[str, list[Citation]],
    outcome: Verification,
    wanted: set[str] | None,
) -> None:
    """Each document has its text, each text its document; a text that changed is told as such.

    Where only some documents are ``wanted``, texts of others may be there or not.
    """
    strangers = [t for t in texts if not t.document]
    for key, document in corpus.registry.documents.items():
        if wanted is not None and key not in wanted:
            continue
        place = corpus.registry.place("document", key)
        if document.sha256 is None:
            outcome.findings.append(finding("digest-missing", place, document=key))
            continue
        if key in known:
            fault = known[key].fault
            outcome.findings += [fault] if fault is not None else []
            continue
        changed = next((t for t in strangers if _looks_like(t, cited.get(key, []))), None)
        short = document.sha256[:12]
        if changed is None:
            missing = finding("text-missing", place, folder=folder, document=key, digest=short)
            outcome.findings.append(missing)
            continue
        strangers.remove(changed)
        where = Place(str(changed.path))
        found = finding("text-changed", where, document=key, found=changed.digest[:12], digest=short)
        outcome.findings.append(found)
        if changed.fault is not None:
            outcome.findings.append(changed.fault)
            continue
        for citation in cited.get(key, []):
            if citation.evidence.quote not in changed.text:
                outcome.findings.append(_absent(citation))
    for stranger in strangers if wanted is None else ():
        place = Place(str(stranger.path))
        outcome.findings.append(finding("digest-unknown", place, digest=stranger.digest[:12]))


def _looks_like(text: SourceText, cited: list[Citation]) -> bool:
    held = sum(c.evidence.quote in text.text for c in cited)
    return bool(cited) and held / len(cited) >= CHANGED_SHARE


def _absent(citation: Citation) -> Finding:
    quote = shorten(citation.evidence.quote)
    place = citation.read.place((*citation.path, "quote"))
    return finding("quote-absent", place, quote=quote, document=citation.evidence.document)


def _hold(citation: Citation, text: str, outcome: Verification) -> Iterator[Finding]:
    """One quote against its text."""
    e, place = citation.evidence, citation.read.place((*citation.path, "quote"))
    if e.start is not None and e.end is not None and text[e.start : e.end] == e.quote:
        outcome.held += 1
        yield from _context(citation, text, e.start, e.end)
        return
    found = positions(text, e)
    if not found and e.quote in text:
        # The words are there, several times, but never between this prefix and suffix.
        for part in _wrong_parts(text, e):
            yield finding("context-wrong", place, part=part, quote=shorten(e.quote))
        return
    if not found:
        yield _absent(citation)
        return
    if len(found) > 1:
        yield finding("quote-ambiguous", place, quote=shorten(e.quote), times=len(found))
        return
    start, end = found[0]
    outcome.repairs.append((citation, start, end))
    if e.start is None:
        yield finding("no-position", place, quote=shorten(e.quote))
    else:
        yield finding(
            "quote-moved", place, quote=shorten(e.quote), start=e.start, end=e.end, found=f"{start}-{end}"
        )


def positions(text: str, evidence: Evidence) -> list[tuple[int, int]]:
    """Where a quote stands in a text; its prefix and suffix, where given, tell occurrences apart."""
    length, found, start = len(evidence.quote), [], text.find(evidence.quote)
    while start >= 0:
        found.append((start, start + length))
        start = text.find(evidence.quote, start + 1)
    if len(found) > 1 and (evidence.prefix or evidence.suffix):
        found = [
            (s, e)
            for s, e in found
            if text[:s].endswith(evidence.prefix or "") and text[e:].startswith(evidence.suffix or "")
        ]
    return found


def _wrong_parts(text: str, evidence: Evidence) -> list[str]:
    """What is nowhere beside the quote: its prefix, its suffix; both where each is at another place."""
    places = positions(text, evidence.model_copy(update={"prefix": None, "suffix": None}))
    before, after = evidence.prefix or "", evidence.suffix or ""
    wrong = []
    if not any(text[:start].endswith(before) for start, _ in places):
        wrong.append("prefix")
    if not any(text[end:].startswith(after) for _, end in places):
        wrong.append("suffix")
    return wrong or ["prefix", "suffix"]


def _context(citation: Citation, text: str, start: int, end: int) -> Iterator[Finding]:
    e = citation.evidence
    for part, right in (
        ("prefix", e.prefix is None or text[:start].endswith(e.prefix)),
        ("suffix", e.suffix is None or text[end:].startswith(e.suffix)),
    ):
        if not right:
            place = citation.read.place((*citation.path, part))
            yield finding("context-wrong", place, part=part, quote=shorten(e.quote))


def _percent(share: float) -> Text:
    """A share in the digits of each language."""
    return {"fr": f"{share:.1f}".replace(".", ","), "en": f"{share:.1f}"}


def _share(corpus: Corpus, key: str, text: str, cited: list[Citation], outcome: Verification) -> None:
    covered = bytearray(len(text))
    for citation in cited:
        e = citation.evidence
        if e.start is not None and e.end is not None and e.start <= e.end <= len(text):
            covered[e.start : e.end] = b"\x01" * (e.end - e.start)
    share = 100 * sum(covered) / max(len(text), 1)
    outcome.shares[key] = share
    if share > SHARE_LIMIT:
        place = corpus.registry.place("document", key)
        outcome.findings.append(finding("quote-share", place, share=_percent(share), document=key))
