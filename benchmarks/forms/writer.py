"""Prints texts as PDF with LibreOffice Writer, as contracts are that were written in a word processor.

Titles in small capitals, signs of lists from the fonts of symbols, a table of contents with leaders of dots,
a foot note, running heads with the number of the page, justified lines with cut words.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.forms.structure import Part, cut, grouped, parts

AT_ONCE = 60
"""Texts of a run."""
SOFT = "\u00ad"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
BULLETS = (("\uf0b7", "Symbol"), ("o", "Courier New"), ("\uf0a7", "Wingdings"))


def _paragraph(name: str, letters: str = "", room: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {room}/>'
        f"<style:text-properties {letters}/></style:style>"
    )


def _levels() -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" '
        'fo:margin-left="{:.1f}cm"/></style:list-level-properties>'
    )
    signs = "".join(
        f'<text:list-level-style-bullet text:level="{at}" text:bullet-char="{sign}" '
        f'text:style-name="sign{at}">'
        f"{place.format(0.6 + 0.65 * at)}</text:list-level-style-bullet>"
        for at, (sign, _) in enumerate(BULLETS, 1)
    )
    numbers = "".join(
        f'<text:list-level-style-number text:level="{at}" style:num-format="1" style:num-suffix=".">'
        f"{place.format(0.6 + 0.65 * at)}</text:list-level-style-number>"
        for at in (1, 2, 3)
    )
    fonts = "".join(
        f'<style:style style:name="sign{at}" style:family="text"><style:text-properties '
        f'style:font-name="{font}"/></style:style>'
        for at, (_, font) in enumerate(BULLETS, 1)
    )
    return (
        f'{fonts}<text:list-style style:name="signs">{signs}</text:list-style>'
        f'<text:list-style style:name="numbers">{numbers}</text:list-style>'
    )


STYLES = "".join(
    (
        *(f'<style:font-face style:name="{f}" svg:font-family="{f}" style:font-charset="x-symbol"/>'
          for f in ("Symbol", "Wingdings")),
        '<style:font-face style:name="Courier New" svg:font-family="Courier New"/>',
    )
)  # fmt: skip
PARAGRAPHS = "".join(
    (
        _paragraph("body", 'fo:font-size="11pt" fo:language="fr" fo:country="FR"',
                   'fo:text-align="justify" fo:margin-bottom="0.2cm" fo:line-height="115%"'),
        _paragraph("tight", 'fo:font-size="11pt"', 'fo:text-align="justify" fo:margin-bottom="0.05cm"'),
        _paragraph("h1", 'fo:font-size="18pt" fo:font-variant="small-caps" fo:font-weight="bold"',
                   'fo:text-align="center" fo:margin-bottom="0.5cm"'),
        _paragraph("h2", 'fo:font-size="14pt" fo:letter-spacing="0.06cm" fo:text-transform="uppercase"',
                   'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm"'),
        _paragraph("h3", 'fo:font-size="12pt" fo:font-weight="bold" fo:font-style="italic"',
                   'fo:margin-top="0.3cm" fo:margin-bottom="0.15cm"'),
        _paragraph("pre", 'fo:font-size="7.5pt" style:font-name="Courier New"'),
        _paragraph("head", 'fo:font-size="9pt"'),
        '<style:style style:name="toc" style:family="paragraph"><style:paragraph-properties>'
        '<style:tab-stops><style:tab-stop style:position="16.5cm" style:type="right" '
        'style:leader-style="dotted" style:leader-text="."/></style:tab-stops></style:paragraph-properties>'
        '<style:text-properties fo:font-size="10pt"/></style:style>',
        '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
        'fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>',
    )
)  # fmt: skip
LAYOUT = (
    '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" '
    'fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout>'
)
MASTER = (
    '<style:master-page style:name="Standard" style:page-layout-name="A4"><style:header><text:p '
    'text:style-name="head">Document de travail, version du service</text:p></style:header>'
    '<style:footer><text:p text:style-name="head">Page <text:page-number/> sur <text:page-count/></text:p>'
    "</style:footer></style:master-page>"
)
NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    '<text:p text:style-name="tight">Données de l’observatoire, consultées à la date du document.</text:p>'
    "</text:note-body></text:note>"
)


def document(text: str) -> str:
    """The text as a document of Writer in one file."""
    groups = list(grouped(parts(text)))
    heads = [group[0].lines[0] for group in groups if group[0].kind == "heading"]
    out, noted = "", False
    for at, group in enumerate(groups):
        out += (shown := _group(group))
        if at == 0 and len(heads) > 3:
            out += _p("h3", escape("Sommaire"))
            out += "".join(_p("toc", f"{escape(h)}<text:tab/>{2 + n}") for n, h in enumerate(heads[1:]))
        if not noted and group[0].kind == "lines" and len(shown) > 400:
            out, noted = out.removesuffix("</text:p>") + NOTE + "</text:p>", True
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:font-face-decls>{STYLES}</office:font-face-decls><office:styles/>"
        f"<office:automatic-styles>{LAYOUT}{PARAGRAPHS}{_levels()}</office:automatic-styles>"
        f"<office:master-styles>{MASTER}</office:master-styles>"
        f"<office:body><office:text>{out}</office:text></office:body></office:document>"
    )


def _p(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def _words(words: str) -> str:
    return cut(words, SOFT, escape)


def _group(group: list[Part]) -> str:
    first = group[0]
    if first.kind == "heading":
        return _p(f"h{first.level}", escape(first.lines[0]))
    if first.kind == "as-is":
        return "".join(_p("pre", escape(line).replace("  ", " <text:s/>")) for line in first.lines)
    if first.kind == "item":
        return "".join(_item(item) for item in group)
    if first.kind == "row":
        return _table(group)
    return "".join(
        _p("body" if at == len(group) - 1 else "tight", _words(p.lines[0])) for at, p in enumerate(group)
    )


def _item(item: Part) -> str:
    number = item.mark[:-1] if item.mark[0].isdigit() else ""
    start = f' text:start-value="{number}"' if number else ""
    out = f"<text:list-item{start}>{_p('tight', _words(item.lines[0]))}</text:list-item>"
    for _ in range(item.level):
        out = f"<text:list-item><text:list>{out}</text:list></text:list-item>"
    return f'<text:list text:style-name="{"numbers" if number else "signs"}">{out}</text:list>'


def _table(rows: list[Part]) -> str:
    width = max(len(row.cells) for row in rows)
    out = f'<table:table><table:table-column table:number-columns-repeated="{width}"/>'
    for row in rows:
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        told = (
            f'<table:table-cell table:style-name="cell">{_p("tight", _words(c))}</table:table-cell>'
            for c in cells
        )
        out += f"<table:table-row>{''.join(told)}</table:table-row>"
    return out + "</table:table>"


def prints(texts: Sequence[str]) -> Iterator[bytes]:
    """Each text as a PDF."""
    for start in range(0, len(texts), AT_ONCE):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            sources = [folder / f"{at:03}.fodt" for at in range(len(texts[start : start + AT_ONCE]))]
            for source, text in zip(sources, texts[start:], strict=False):
                source.write_text(document(text), encoding="utf-8")
            flags = (
                f"--headless --norestore -env:UserInstallation=file://{name}/user --convert-to pdf --outdir"
            )
            subprocess.run(
                ["soffice", *flags.split(), name, *map(str, sources)],
                check=True,
                capture_output=True,
                timeout=600,
            )
            for source in sources:
                yield source.with_suffix(".pdf").read_bytes()
