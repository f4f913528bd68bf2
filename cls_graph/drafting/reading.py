"""Reads the file a draft is made from: plain text, HTML, or PDF with a text layer.

Positions of a draft are code points of ``Source.text``: the file itself for plain text, the extracted
text for HTML, PDF and text in columns (``draft --text FILE`` writes it: ``verify`` finds it by its digest).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from cls_graph.corpus import MAX_FILE
from cls_graph.drafting.bounds import in_time
from cls_graph.drafting.columns import one_column
from cls_graph.drafting.pdf import pdf_text
from cls_graph.errors import SourcesError
from cls_graph.reasons import reason

BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
SKIPPED = frozenset("aside button footer form head nav noscript script select style svg template".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


@dataclass(frozen=True)
class Source:
    """What was read. ``digest`` is the SHA-256 of ``text`` in UTF-8, ``file_digest`` that of the file."""

    name: str
    form: str
    text: str
    digest: str
    file_digest: str


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
        form, text = _text(name, data)
    if not text.strip():
        raise SourcesError(f"{name} ne contient aucun texte.", f"{name} holds no text.")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(name, form, text, digest, hashlib.sha256(data).hexdigest())


def _text(name: str, data: bytes) -> tuple[str, str]:
    """What a file is, and its text."""
    if data.startswith(b"%PDF-"):
        return "pdf", pdf_text(name, data)
    text = _decode(name, data)
    html = re.match(r"\s*<(?:!doctype html|html|head|body|\?xml)", text[:2000], re.IGNORECASE)
    if html or name.lower().endswith((".html", ".htm", ".xhtml")):
        return "html", html_text(text)
    return "text", one_column(text)


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


class _Text(HTMLParser):
    """Lines of a page: a block a line, list items with a bullet and the depth of their list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.skipping: list[str] = []
        self.lists: list[int] = []
        self.row = -1
        """The line that the row of a table begins on."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping or tag in SKIPPED:
            if tag in SKIPPED:
                self.skipping.append(tag)
            return
        if tag in ("td", "th") and self._in_row():
            self.lines[-1] = f"{self.lines[-1].rstrip()} | "
            return
        if tag == "tr":
            self.row = len(self.lines) - (not self.lines[-1].strip())
        if tag in BLOCKS:
            self._break(blank=tag in HEADINGS or tag == "p")
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else -1)
        if tag == "li":
            indent = "  " * max(len(self.lists), 1)
            if self.lists and self.lists[-1] >= 0:
                self.lists[-1] += 1
                self.lines[-1] = f"{indent}{self.lists[-1]}. "
            else:
                self.lines[-1] = f"{indent}• "

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in BLOCKS and tag not in ("br", "td", "th"):
            self._break(blank=tag in HEADINGS or tag == "p")

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self.lines[-1].strip() or self.lines[-1].endswith(" "):
            words = words.lstrip(" ")
        self.lines[-1] += words

    def _in_row(self) -> bool:
        """Whether the cells of a row so far are on one line, so that the next may stand beside them."""
        return self.row == len(self.lines) - 1 and bool(self.lines[-1].strip())

    def _break(self, *, blank: bool) -> None:
        # A paragraph inside a list item stays on the line of its bullet.
        if re.fullmatch(r"\s*(?:•|\d+\.) ", self.lines[-1]):
            return
        if self.lines[-1].strip():
            self.lines.append("")
        if blank and not self.lists and len(self.lines) > 1 and self.lines[-2]:
            self.lines.append("")


def html_text(page: str) -> str:
    """The text of a page, without menus, scripts and forms: one block a line, lists as bullets."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    lines = [line.rstrip() for line in parser.lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
