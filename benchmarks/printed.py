"""Prints a text as PDF, as people do: paragraphs wrapped at a margin, headings larger, bullets hung."""

from __future__ import annotations

import re
import textwrap

WIDTH, LEFT, TOP, BOTTOM = 92, 56, 780, 60
SIZE, LEADING, AFTER = 11, 14, 8
HEADING = 14
MARK = re.compile(r"\s*(?:[•*–-]|\d{1,2}[.)]) +")


def pdf(text: str, *, after: float = AFTER, width: int = WIDTH) -> bytes:
    """The text as a PDF: each of its lines a paragraph, ``after`` points of room where it has a blank line.

    Without room (``after=0``) nothing but the wrapped line tells paragraphs apart.
    """
    pages: list[list[bytes]] = [[]]
    height = float(TOP)
    for line in text.split("\n"):
        if not line.strip():
            height -= after
            continue
        words = line.strip()
        large = len(words) < 70 and words[-1] not in ".;,:" and not MARK.match(line)
        mark = MARK.match(line)
        size = HEADING if large and after else SIZE
        for at, part in enumerate(textwrap.wrap(words, width * SIZE // size)):
            if height < BOTTOM:
                pages.append([])
                height = TOP
            indent = 14 if mark and at else 0
            pages[-1].append(shown(part, size, LEFT + indent, height))
            height -= LEADING * size / SIZE
    return written([b"\n".join(page) for page in pages])


def shown(words: str, size: float, left: float, height: float) -> bytes:
    """Words at a place of a page, in the operators of PDF."""
    data = re.sub(rb"([()\\])", rb"\\\1", words.encode("cp1252", "replace"))
    return b"BT /F1 %.1f Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET" % (size, left, height, data)


def written(streams: list[bytes]) -> bytes:
    """A PDF of pages that are described so."""
    count = len(streams)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        font,
    ]
    for at, stream in enumerate(streams):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R" % (5 + 2 * at)
            + b" /Resources << /Font << /F1 3 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
