"""The entry of the registry for the text that a draft quotes: what its file says, and what the user tells.

Nothing is made up: who published it, where and how far it can be trusted is known where somebody says it.
What is missing stands in the entry as a comment to fill in, and ``check`` asks for it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.drafting.dates import PRINTED
from cls_graph.drafting.reading import Source
from cls_graph.errors import OutputError
from cls_graph.findings import Finding
from cls_graph.records.reader import Read, read_model
from cls_graph.records.registry import NEEDED, Documents, SourceDocument

DOCUMENTS = "documents.yaml"
BEFORE_TITLE = re.compile(
    r"(?:communiqué|dossier)s? de presse|communiqué|actualités?|extrait du registre.*"
    r"|pour diffusion immédiate|(?:publié|mis en ligne|posté)\b.*"
    r"|.{0,40}\b(?:le )?\d{1,2}(?:er)? \w+ 20\d\d|[\W\d]*",
    re.IGNORECASE,
)
"""Lines above a title that are none: what the text is, where and when it was written."""
LONGEST = 200


@dataclass
class Entry:
    """What ``documents.yaml`` is to hold of a text; ``known``: its entry there, if it has one."""

    key: str
    said: dict[str, str] = field(default_factory=dict)
    known: SourceDocument | None = None

    @property
    def missing(self) -> list[str]:
        """The keys that the registry asks for and nobody has given."""
        return [key for key in NEEDED if key not in self.said and getattr(self.known, key, None) is None]

    def line(self, lang: str) -> str:
        """The entry in a line, to show."""
        title = self.said.get("title") or (self.known.title if self.known else "")
        rest = " ".join(f"--{key}" for key in self.missing)
        todo = {"fr": f"  (reste à donner : {rest})", "en": f"  (still to be given: {rest})"}[lang]
        return f"{self.key}  {title or '…'}{todo if rest else ''}"


def entry(source: Source, key: str, corpus: Corpus, given: Mapping[str, str]) -> Entry | None:
    """What the registry lacks of the text under this key; ``None`` where it lacks nothing.

    ``given`` are values that the user tells, by key of the entry. Raises ``OutputError`` where the key is
    that of another text, or where another value stands there.
    """
    known = corpus.registry.documents.get(key)
    place = corpus.registry.place("document", key)
    if known is not None and known.sha256 != source.digest:
        other = known.sha256 or "…"
        raise OutputError(
            f"{place} : « {key} » y est un autre texte (sha256 {other}). Donnez un autre nom au fichier lu,"
            f" ou corrigez cette empreinte si c'est le même ({source.digest}). Rien n'est écrit.",
            f"{place}: '{key}' is another text there (sha256 {other}). Give the file that is read another"
            f" name, or correct that digest if it is the same one ({source.digest}). Nothing is written.",
        )
    if known is None:
        said = {**found_in(source), **given, "sha256": source.digest}
        return Entry(key, {k: said[k] for k in SourceDocument.model_fields if said.get(k)})
    for name, value in given.items():
        there = getattr(known, name)
        if there is not None and there != value:
            raise OutputError(
                f"{place} : « {key} » a déjà `{name}: {there}`, qui n'est pas remplacé par « {value} »."
                " Corrigez le fichier si c'est faux. Rien n'est écrit.",
                f"{place}: '{key}' has `{name}: {there}` already, which '{value}' does not replace."
                " Mend the file if it is wrong. Nothing is written.",
            )
    lacking = {k: v for k, v in given.items() if getattr(known, k) is None}
    return Entry(key, lacking, known) if lacking else None


def found_in(source: Source) -> dict[str, str]:
    """What the file says of itself: title, address, day of publication. Drafts are made of French texts."""
    title = unicodedata.normalize("NFC", source.title or first_line(source.text))
    return {"title": title, "url": source.address, "language": "fr", "published": source.published}


def first_line(text: str) -> str:
    """The title of a text as its first line gives it; empty where that reads as a sentence."""
    for paragraph in re.split(r"\r?\n\s*\r?\n", text[:4000])[:6]:
        lines = [
            PRINTED.sub("", re.sub(r"\s+", " ", line.replace("**", ""))).strip(" #>|")
            for line in paragraph.splitlines()
        ]
        lines = [line for line in lines if not BEFORE_TITLE.fullmatch(line)]
        if not lines:
            continue
        whole = " ".join(lines)
        title = whole if len(whole) <= LONGEST and not re.search(r"[.;:]$|[.!?] [A-ZÉÀ]", whole) else lines[0]
        return "" if len(title) > LONGEST or title.endswith((".", ";", ",", ":")) else title
    return ""


def with_entry(path: Path, old: bytes, wanted: Entry) -> bytes:
    """``documents.yaml`` with the entry at its end, or with what its entry lacks; read back to be sure.

    Raises ``OutputError`` where the file is not laid out for it, or where a value is none that it can hold.
    """
    before = read_model(Documents, path.name, old)
    if before.value is None and any(f.rule != "empty-file" for f in before.findings):
        raise _refused(path, before.findings)
    text = old.decode("utf-8-sig", "replace")
    if before.value is None or not before.value.documents:
        text = text.replace("documents: []", "documents:")
        text = text if re.search(r"^documents:", text, re.MULTILINE) else text.rstrip("\n") + "\ndocuments:\n"
    end = "\r\n" if "\r\n" in text else "\n"
    new = _filled(text, before, wanted, end) if wanted.known else _appended(text, wanted, end)
    after = read_model(Documents, path.name, new.encode())
    held = {d.key: d for d in before.value.documents} if before.value else {}
    values = {**(held[wanted.key].model_dump() if wanted.known else {"key": wanted.key}), **wanted.said}
    if after.value is None:
        raise _refused(path, after.findings)
    if {d.key: d for d in after.value.documents} != {
        **held,
        wanted.key: SourceDocument.model_validate(values),
    }:
        raise _refused(path, [])
    return new.encode()


def _appended(text: str, wanted: Entry, end: str) -> str:
    pad = next(iter(re.findall(r"^( *)- key:", text, re.MULTILINE)), "  ")
    lines = [f"{pad}- key: {wanted.key}"]
    for name in SourceDocument.model_fields:
        if name in wanted.said:
            lines.append(f"{pad}  {name}: {_scalar(wanted.said[name])}")
        elif name in NEEDED:
            lines.append(f"{pad}  # {name}: …")
    return text.rstrip("\r\n") + end + end.join([*lines, ""])


def _filled(text: str, read: Read[Documents], wanted: Entry, end: str) -> str:
    """The keys that the entry lacks right under its key, in the place of the comments that ask for them."""
    documents = read.value.documents if read.value else ()
    index = [d.key for d in documents].index(wanted.key)
    at = read.place(("documents", index, "key"))
    lines = text.split(end)
    pad = " " * (lines[at.line - 1].index("key:") if "key:" in lines[at.line - 1] else 4)
    for name, value in wanted.said.items():
        line = f"{pad}{name}: {_scalar(value)}"
        asked = f"{pad}# {name}: …"
        below = [n for n in range(at.line, len(lines)) if lines[n] == asked]
        ends = [n for n in range(at.line, len(lines)) if lines[n].lstrip().startswith("- key:")]
        if below and below[0] < min(ends, default=len(lines)):
            lines[below[0]] = line
        else:
            lines.insert(at.line, line)
    return end.join(lines)


def _scalar(value: str) -> str:
    return (
        value
        if re.fullmatch(r"[a-z][a-z0-9-]*|[0-9a-f]{64}|https?://[^\s#]+", value)
        else json.dumps(value, ensure_ascii=False)
    )


def _refused(path: Path, findings: list[Finding]) -> OutputError:
    """Why the file is not written: what keeps it from being read, or its layout."""
    if findings:
        told = findings[0]
        fr, en = (f"{told.message[k]} {told.remedy[k]}".strip() for k in ("fr", "en"))
        return OutputError(f"{path} : {fr} Rien n'est écrit.", f"{path}: {en} Nothing is written.")
    return OutputError(
        f"{path} n'est pas écrit de façon à recevoir un document : rien n'est écrit.",
        f"{path} is not laid out so that a document can be added: nothing is written.",
    )
