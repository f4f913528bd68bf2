"""Prints texts as PDF with Chromium: proportional letters, cut words, running heads, columns, boxes.

Many texts are printed in one run, each on pages of its own whose size differs by a point from those of the
text before, so that they can be told apart again.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdfium2 import PdfDocument

from benchmarks.forms.html import body

AT_ONCE = 90
"""Texts of a run."""
PLAIN = """
body {font: 11pt/1.35 "DejaVu Serif", serif; text-align: justify; margin: 0}
h1 {font-size: 18pt; text-align: left} h2 {font-size: 14pt} h3 {font-size: 12pt}
li {margin: 0 0 .2em} table {border-collapse: collapse; width: 100%} td {border: 1px solid; padding: 3pt;
 vertical-align: top; text-align: left} pre {font-size: 8pt}
"""
COLUMNS = """
body {font: 9.5pt/1.3 "DejaVu Sans", sans-serif; margin: 0; text-align: justify}
h1 {font-size: 17pt; letter-spacing: .18em; text-transform: uppercase; text-align: left; column-span: all}
h2 {font-size: 12pt; color: #036} h3 {font-size: 10.5pt; color: #036}
.text {columns: 2; column-gap: 22pt} ul {padding-left: 1.3em; list-style: square} ol {padding-left: 1.6em}
table {border-collapse: collapse; width: 100%} td {padding: 2pt; vertical-align: top} pre {font-size: 4.8pt}
"""
BOXED = """
body {font: 10.5pt/1.4 "DejaVu Sans", sans-serif; margin: 0}
h1 {font-size: 20pt; font-weight: 300} h2, h3 {font-size: 12pt; font-variant: small-caps; letter-spacing: 1px}
aside {float: right; width: 150pt; margin: 0 0 10pt 16pt; padding: 8pt; background: #eef; font-size: 9pt}
p {margin: .5em 0} ul {list-style: disc} ul ul {list-style: "– "} td {padding: 2pt 6pt} pre {font-size: 6.8pt}
"""
ASIDE = (
    "<aside><b>Repères</b><br>Ligne ouverte du lundi au vendredi, de 9 h à 17 h.<br>Un accueil sans"
    " rendez-vous se tient chaque mercredi matin.<br>Documents à retirer sur place.</aside>"
)
STYLES = {"plain": PLAIN, "columns": COLUMNS, "boxed": BOXED}
HEADS = {
    "plain": '@top-center {content: "Santé et territoires"; font: 8pt serif} '
    '@bottom-center {content: counter(page) " / " counter(pages); font: 8pt serif}',
    "columns": '@top-right {content: "La lettre de la santé"; font: 8pt sans-serif} '
    '@bottom-right {content: "Page " counter(page); font: 8pt sans-serif}',
    "boxed": '@bottom-left {content: "Document imprimé depuis le site"; font: 7pt sans-serif} '
    "@bottom-right {content: counter(page); font: 8pt sans-serif}",
}


def page(texts: Sequence[str], style: str) -> str:
    """The page of HTML that the texts are printed from."""
    sizes = "".join(
        f"@page t{at} {{size: 595pt {842 + at % 2}pt; margin: 60pt 62pt; {HEADS[style]}}}\n"
        f".t{at} {{page: t{at}; break-before: page; counter-reset: page}}\n"
        for at in range(len(texts))
    )
    sections = (
        f'<section class="text t{at}">{ASIDE if style == "boxed" else ""}{body(text, cuts=True)}</section>'
        for at, text in enumerate(texts)
    )
    return (
        f'<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><style>{sizes}{STYLES[style]}</style>'
        f"<body>{''.join(sections)}</body></html>"
    )


def prints(texts: Sequence[str], style: str) -> Iterator[bytes]:
    """Each text as a PDF of its own."""
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        found = list(_parted(_printed(page(some, style))))
        if len(found) != len(some):
            raise RuntimeError(f"{len(found)} PDFs of {len(some)} texts")
        yield from found


def _printed(html: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name) / "page.html", Path(name) / "page.pdf"
        source.write_text(html, encoding="utf-8")
        flags = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-pdf-header-footer"
        subprocess.run(
            [
                "chromium",
                *flags.split(),
                f"--user-data-dir={name}/user",
                f"--print-to-pdf={out}",
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return out.read_bytes()


def _parted(data: bytes) -> Iterator[bytes]:
    """The PDFs of the runs of pages of one height."""
    whole = PdfDocument(data)
    at, heights = 0, [round(page.get_height()) for page in whole]
    for run in re.findall(r"0+|1+", "".join(str(height % 2) for height in heights)):
        part, out = PdfDocument.new(), io.BytesIO()
        part.import_pages(whole, list(range(at, at + len(run))))
        part.save(out)
        yield out.getvalue()
        at += len(run)
