"""A program of its own: where each piece of text of a PDF stands. Reads the PDF, writes JSON, a line a page.

``python glyphs.py CHARACTERS SECONDS MEBIBYTES < FILE.pdf``. The library that reads PDFs is made of native
code, which nothing in the same process could stop: it runs here, in a process that may be ended, with its
memory and time limited where the system can. It stops after the page with which it passes CHARACTERS.

A line is ``{"size": [width, height], "pieces": [[text, left, right, base, letters, space], …],
"dots": [[left, right, middle], …], "picture": whether, "pages": all}``: letters that follow one another,
their left and right edges and base line in points, from the left and the bottom of the page as it is shown,
the size of the letters, and whether a space stands before them; dots that are drawn, as the signs of lists
are; whether a picture takes much of the page. Else it is ``{"error": WHY}``: password, damaged.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

Piece = tuple[str, float, float, float, float, bool]

APART = 0.12
"""The room between two letters of one piece, in sizes of the type."""
THIN = 0.06
"""What is narrower than this, in sizes of the type, is no space: a place where a word may be cut."""
UPRIGHT = 0.1
"""How far letters may lean, in radians."""
DOT = (1.2, 9.0)
"""The least and the greatest width and height of a dot, in points."""
PICTURE = 150
"""Points of the shorter side of a picture that may hold text."""
DRAWINGS = 4000
"""Drawings of a page that are looked at for dots."""
FIELDS = 1000
"""Fields of a page that are read."""
HYPHENS = {"\x02": "-", "\ufffe": "-"}
"""What the library gives for a hyphen at the end of a line."""


def limit(seconds: float, mebibytes: int) -> None:
    """Bound what this process may use, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def pieces_of(page: Any) -> tuple[list[Piece], int]:
    """The pieces of a page, in the order of the file, and how many characters it has."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    turned = _turned(page)
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[Piece] = []
    space, last = True, (0.0, 0.0)
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        if not code or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        char = chr(code)
        if raw.FPDFText_IsGenerated(text, at):
            continue
        if not (
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            and raw.FPDFText_GetLooseCharBox(text, at, box)
            and raw.FPDFText_GetMatrix(text, at, matrix)
        ):
            continue
        size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        origin = x.value
        if (origin, y.value) == last and not matrix.b:
            x.value = max(x.value, box.left)  # one of the letters of a ligature
        last = origin, y.value
        left, base, lean = turned(x.value, y.value, math.atan2(matrix.b, matrix.a))
        if size <= 0 or abs(lean) > UPRIGHT:
            continue
        sideways = abs(matrix.b) > abs(matrix.a)
        wide = abs(box.top - box.bottom) if sideways else abs(box.right - box.left)
        if char.isspace() or char == "\u200b":
            space = space or wide > THIN * size
            continue
        char = HYPHENS.get(char, char)
        if char < " ":
            continue
        _add(found, (char, left, left + wide, base, size, space))
        space = False
    text.close()
    return found, count


def _add(found: list[Piece], new: Piece) -> None:
    """Put a letter to the piece that it goes on from, else begin one."""
    if found and not new[5]:
        words, left, right, base, size, space = found[-1]
        if (
            abs(new[3] - base) < 0.05 * size
            and abs(new[4] - size) < 0.03 * size
            and -0.3 * size < new[1] - right < APART * size
        ):
            found[-1] = (words + new[0], left, new[2], base, size, space)
            return
    found.append(new)


def drawings_of(page: Any) -> tuple[list[tuple[float, float, float]], bool]:
    """The dots that are drawn on a page, and whether a picture takes much of it."""
    import pypdfium2.raw as raw

    turned = _turned(page)
    found = set()
    picture = False
    for thing in islice(page.get_objects(max_depth=3), DRAWINGS):
        if thing.type not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        left, bottom, right, top = thing.get_bounds()
        wide, high = right - left, top - bottom
        picture = picture or (thing.type == raw.FPDF_PAGEOBJ_IMAGE and min(wide, high) > PICTURE)
        if DOT[0] < wide < DOT[1] and DOT[0] < high < DOT[1] and 0.6 < wide / high < 1.7:
            x, y, _ = turned((left + right) / 2, (bottom + top) / 2, 0.0)
            found.add((round(x - wide / 2, 1), round(x + wide / 2, 1), round(y, 1)))
    return sorted(found), picture


def fields_of(page: Any) -> list[Piece]:
    """What the fields of a form hold, a line each."""
    import pypdfium2.raw as raw

    found: list[Piece] = []
    form, turned, box = page.formenv, _turned(page), raw.FS_RECTF()
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), FIELDS) if form else 0):
        field = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetFormFieldType(form, field)
        if kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX):
            size = raw.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
            held = (raw.FPDF_WCHAR * (size // 2))()
            raw.FPDFAnnot_GetFormFieldValue(form, field, held, size)
            words = bytes(held).decode("utf-16-le", "replace").rstrip("\0").split()
            raw.FPDFAnnot_GetRect(field, box)
            left, base, lean = turned(box.left, box.bottom + 3, 0.0)
            if words and abs(lean) < UPRIGHT:
                found.append((" ".join(words), left, left + abs(box.right - box.left), base, 10.0, True))
        raw.FPDFPage_CloseAnnot(field)
    return found


def _turned(page: Any) -> Any:
    """How a place of the page is turned as the page is shown."""
    left, bottom, right, top = page.get_mediabox()
    quarter = page.get_rotation() // 90 % 4

    def turn(x: float, y: float, lean: float) -> tuple[float, float, float]:
        x, y = x - left, y - bottom
        lean = (lean - quarter * math.pi / 2 + math.pi) % (2 * math.pi) - math.pi
        if quarter == 1:
            return y, right - left - x, lean
        if quarter == 2:
            return right - left - x, top - bottom - y, lean
        return (top - bottom - y, x, lean) if quarter == 3 else (x, y, lean)

    return turn


def pages(data: bytes, enough: int) -> Iterator[dict[str, Any]]:
    """The pages with their pieces, else what is wrong with the file."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError:
        failed = raw.FPDF_GetLastError()
        yield {"error": "password" if failed in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) else "damaged"}
        return
    if not count:
        yield {"error": "damaged"}
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    read = 0
    for number in range(count):
        try:
            page = document[number]
            found, characters = pieces_of(page)
            found += fields_of(page)
        except pdfium.PdfiumError:
            yield {"size": [0, 0], "pieces": [], "dots": [], "picture": True, "pages": count}
            continue
        dots, picture = drawings_of(page)
        yield {
            "size": [round(page.get_width(), 1), round(page.get_height(), 1)],
            "pieces": [(w, *(round(one, 2) for one in numbers), space) for w, *numbers, space in found],
            "dots": dots,
            "picture": picture,
            "pages": count,
        }
        page.close()
        read += characters
        if read > enough:
            return


def main() -> None:
    """Read the PDF from the standard input."""
    enough, seconds, mebibytes = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    limit(seconds, mebibytes)
    for page in pages(sys.stdin.buffer.read(), enough):
        sys.stdout.write(json.dumps(page, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
