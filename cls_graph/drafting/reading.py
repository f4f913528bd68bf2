"""Reads the file a draft is made from: plain text, HTML, or PDF with a text layer.

Positions of a draft are code points of ``Source.text``: the file itself for plain text, the extracted
text for HTML, PDF and text in columns (``draft --text FILE`` writes it: ``verify`` finds it by its digest).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from cls_graph.corpus import MAX_FILE
from cls_graph.drafting.bounds import in_time
from cls_graph.drafting.columns import one_column
from cls_graph.drafting.pdf import pdf_text
from cls_graph.drafting.webpage import html_text, published_day, stated
from cls_graph.errors import SourcesError
from cls_graph.reasons import reason


@dataclass(frozen=True)
class Source:
    """What was read. ``digest`` is the SHA-256 of ``text`` in UTF-8, ``file_digest`` that of the file."""

    name: str
    form: str
    text: str
    digest: str
    file_digest: str
    published: str = ""
    """The day of publication that the file states beside its text (a page of the web does)."""

    pictures: tuple[int, ...] = ()
    """Pages of a PDF that are pictures without text."""
    title: str = ""
    address: str = ""
    """What a page of the web says of itself, beside its text."""


def read_source(path: Path) -> Source:
    """The text of a file. Raises ``SourcesError`` saying what is wrong with it and how to mend it."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise SourcesError(
                f"{path} dépasse {MAX_FILE >> 20} Mio.", f"{path} is larger than {MAX_FILE >> 20} MiB."
            )
        data = path.read_bytes()
    except OSError as error:
        said = reason(error)
        raise SourcesError(
            f"Fichier illisible : {path} ({said['fr']}).", f"Cannot read {path} ({said['en']})."
        ) from None
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> Source:
    """The text of a file's bytes; its form is told from its content, then from its name.

    Raises ``SourcesError`` as ``read_source`` does.
    """
    with in_time(name):
        form, text, pictures = _text(name, data)
    if not text.strip():
        raise SourcesError(f"{name} ne contient aucun texte.", f"{name} holds no text.")
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(name, form, text, digest, hashlib.sha256(data).hexdigest(), pictures=pictures)
    if form != "html":
        return source
    with in_time(name):
        title, address = stated(_decode(name, data))
    return replace(source, published=published_day(data), title=title, address=address)


def _text(name: str, data: bytes) -> tuple[str, str, tuple[int, ...]]:
    """What a file is, its text, and its pages without text."""
    if data.startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in data[:1024]):
        return "pdf", *pdf_text(name, data)
    text = _decode(name, data)
    html = re.match(r"\s*<(?:!doctype html|html|head|body|\?xml)", text[:2000], re.IGNORECASE)
    if html or name.lower().endswith((".html", ".htm", ".xhtml")):
        return "html", html_text(text), ()
    return "text", one_column(text), ()


def _decode(name: str, data: bytes) -> str:
    """UTF-8, else Windows-1252. Line ends stay: positions count the characters of the file as it is."""
    if b"\x00" in data:
        raise SourcesError(
            f"{name} n'est pas un texte (octet nul). Formats lus : texte, HTML, PDF.",
            f"{name} is not a text (NUL byte). Formats read: text, HTML, PDF.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SourcesError(
            f"{name} n'est ni en UTF-8 ni en Windows-1252 (octet {error.start}) : enregistrez-le en UTF-8.",
            f"{name} is neither UTF-8 nor Windows-1252 (byte {error.start}): save it as UTF-8.",
        ) from None
