"""Reads the file a draft is made from: plain text, HTML, or PDF with a text layer.

Positions of a draft are code points of ``Source.text``: the file itself for plain text, the extracted
text for HTML, PDF and text in columns (``draft --text FILE`` writes it: ``verify`` finds it by its digest).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cls_graph.corpus import MAX_FILE
from cls_graph.drafting.bounds import in_time
from cls_graph.drafting.columns import one_column
from cls_graph.drafting.decoding import decoded
from cls_graph.drafting.pdf import pdf_text
from cls_graph.drafting.webpage import published_day, web_page
from cls_graph.errors import SourcesError
from cls_graph.reasons import reason

HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|\?xml)", re.IGNORECASE)


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
        source = _read(name, data)
    if not source.text.strip():
        raise SourcesError(f"{name} ne contient aucun texte.", f"{name} holds no text.")
    return source


def _read(name: str, data: bytes) -> Source:
    file = hashlib.sha256(data).hexdigest()

    def source(form: str, text: str, **told: Any) -> Source:
        return Source(name, form, text, hashlib.sha256(text.encode()).hexdigest(), file, **told)

    called_pdf = name.lower().endswith(".pdf")
    if data.startswith(b"%PDF-") or (called_pdf and b"%PDF-" in data[:1024]):
        text, pictures = pdf_text(name, data)
        return source("pdf", text, pictures=pictures)
    html = HTML.match(data[:2000])
    text = decoded(name, data, called_pdf=called_pdf and not html)
    if html or name.lower().endswith((".html", ".htm", ".xhtml")):
        page = web_page(text)
        published = published_day(data)
        return source("html", page.text, published=published, title=page.title, address=page.address)
    return source("text", one_column(text))
