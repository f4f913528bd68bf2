"""The text of a web page: what its page is about, without what its site puts around it.

A block is a line, the items of a list have a bullet and the depth of their list, the rows of a table a bar
between their cells. Left out are menus, banners of consent, shares, searches, lists of other pages, feet, and
what nobody sees; what a click unfolds is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cls_graph.drafting.markup import BLOCKS, HEADINGS, Element, tree
from cls_graph.drafting.surroundings import pruned

BUTTON = re.compile(
    r"(?:partager(?: (?:cette|la|sur|par|via) .{1,40})?|imprimer(?: (?:cette|la) page)?|envoyer(?: à un"
    r" ami| par .{1,20})?"
    r"|retour(?: (?:en haut|à la liste|aux actualités|à l'accueil).{0,20})?|haut de"
    r" page|facebook|twitter|x|linkedin"
    r"|instagram|youtube|whatsapp|e-?mail|copier le lien|lire la suite|en savoir plus|écouter|télécharger"
    r" en pdf"
    r"|accepter|refuser|tout accepter|tout refuser|personnaliser|aller au contenu(?: principal)?|menu|fermer"
    r"|rechercher|(?:vous êtes ici|fil d'ariane)\b.{0,120})\W*",
    re.IGNORECASE,
)
"""Lines that are something to click on."""


class _Writer:
    """Writes the elements as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self.lists: list[int] = []

    def write(self, element: Element) -> None:
        """An element and what is in it."""
        waiting: list[Element | str | tuple[str]] = [element]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                self._words(part)
            elif isinstance(part, tuple):
                self._end(part[0])
            elif part.tag == "table":
                self._table(part)
            elif part.tag == "dl":
                self._break(blank=True)
                waiting += reversed(_paired(part.parts))
            else:
                self._begin(part)
                waiting.append((part.tag,))
                waiting += reversed(part.parts)

    def _words(self, data: str) -> None:
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self.lines[-1].strip() or self.lines[-1].endswith(" "):
            words = words.lstrip(" ")
        self.lines[-1] += words

    def _begin(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._break(blank=tag in HEADINGS or tag in ("p", "summary"))
        if tag in ("ul", "ol"):
            start = element.attrs.get("start", "1")
            self.lists.append(
                int(start) - 1 if tag == "ol" and re.fullmatch(r"\d{1,4}", start) else -(tag == "ul")
            )
        if tag == "li":
            indent = "  " * max(len(self.lists), 1)
            if self.lists and self.lists[-1] >= 0:
                self.lists[-1] += 1
                self.lines[-1] = f"{indent}{self.lists[-1]}. "
            else:
                self.lines[-1] = f"{indent}• "

    def _end(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in BLOCKS and tag != "br":
            self._break(blank=tag in HEADINGS or tag in ("p", "summary"))

    def _table(self, table: Element) -> None:
        """Its rows, each on a line where all its cells are."""
        self._break(blank=False)
        below: dict[int, tuple[int, str]] = {}
        for row in _rows(table):
            if row.tag != "tr":
                for line in _lines(row):
                    self.lines[-1] += line
                    self._break(blank=False)
                continue
            cells = [one for one in row.parts if isinstance(one, Element) and one.tag in ("td", "th")]
            told = [_lines(cell) for cell in cells]
            if any(len(lines) > 1 for lines in told):
                for lines in told:
                    for line in lines:
                        self.lines[-1] += line
                        self._break(blank=False)
                continue
            words = [lines[0].strip() if lines else "" for lines in told]
            self.lines[-1] += " | ".join(_spanned(cells, words, below))
            self._break(blank=False)

    def _break(self, *, blank: bool) -> None:
        # A paragraph inside a list item stays on the line of its bullet.
        if re.fullmatch(r"\s*(?:•|\d+\.) ", self.lines[-1]):
            return
        if self.lines[-1].strip():
            self.lines.append("")
        if blank and not self.lists and len(self.lines) > 1 and self.lines[-2]:
            self.lines.append("")


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, and what stands outside of them: its caption, words that no cell holds."""
    for part in table.parts:
        if isinstance(part, str):
            if part.strip():
                yield Element("div", {}, [part])
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(part)
        else:
            yield part


def _lines(cell: Element) -> list[str]:
    """The lines of a cell."""
    writer = _Writer()
    writer.write(Element("div", {}, cell.parts))
    return [line.rstrip() for line in writer.lines if line.strip()]


def _spanned(cells: list[Element], words: list[str], below: dict[int, tuple[int, str]]) -> list[str]:
    """The words of a row, those of a cell that reaches down into it too."""
    out: list[str] = []
    waiting = list(zip(cells, words, strict=True))
    reaching = any(left for left, _ in below.values()) or any(_span(c, "rowspan") > 1 for c in cells)
    while waiting or below.get(len(out), (0, ""))[0]:
        left, said = below.get(len(out), (0, ""))
        if left:
            below[len(out)] = left - 1, said
            out.append(said)
            continue
        cell, said = waiting.pop(0)
        rows = _span(cell, "rowspan")
        for told in (said, *[""] * (_span(cell, "colspan") - 1 if reaching else 0)):
            if rows > 1:
                below[len(out)] = rows - 1, told
            out.append(told)
    return out


def _span(cell: Element, name: str) -> int:
    """Over how many rows or columns a cell reaches."""
    said = cell.attrs.get(name, "1")
    return max(int(said), 1) if re.fullmatch(r"\d{1,2}", said) else 1


def _paired(parts: list[Element | str]) -> list[Element | str]:
    """A list of terms, each on a line with what it is: "Territoire : Pau"."""
    out: list[Element | str] = []
    flat = [
        one
        for part in parts
        for one in (part.parts if isinstance(part, Element) and part.tag == "div" else [part])
        if isinstance(one, Element) or one.strip()
    ]
    at = 0
    while at < len(flat):
        term, told = flat[at], flat[at + 1] if at + 1 < len(flat) else None
        if isinstance(term, str):
            out.append(Element("div", {}, [term]))
            at += 1
            continue
        short = term.tag == "dt" and 0 < len(term.words()) <= 40
        if short and isinstance(told, Element) and told.tag == "dd" and len(_lines(told)) == 1:
            words = term.words().rstrip(" :")
            out.append(Element("div", {}, [f"{words} : {_lines(told)[0].strip()}"]))
            at += 2
            continue
        out.append(term)
        at += 1
    return out


@dataclass(frozen=True)
class WebPage:
    """The text of a page, and the title and address that it says are its own; empty where it says none."""

    text: str
    title: str
    address: str


def web_page(page: str) -> WebPage:
    """What a page holds, from its source."""
    root = tree(page)
    title, address = _stated(root)  # first: what is around the text is taken out of the tree
    return WebPage(_text(pruned(root)), title, address)


def _text(body: Element) -> str:
    """The text of what is left of a page: one block a line, lists as bullets."""
    writer = _Writer()
    writer.write(body)
    lines = [line.rstrip() for line in writer.lines]
    lines = [line for line in lines if not BUTTON.fullmatch(line.strip(" •"))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


PUBLISHED = re.compile(
    rb"""["'](?:article:published_time|datePublished|(?:dc|dcterms)\.(?:date|issued|created)|date|pubdate)["']"""
    rb"""[^<>]{0,40}?(?:content=|:)\s*["'](\d{4}-\d\d-\d\d)""",
    re.IGNORECASE,
)
"""Where a page states its day for programs: a meta element, or JSON-LD."""


def published_day(data: bytes) -> str:
    """The day on which a page says, beside its text, that it was published; empty where it does not."""
    days = {match.group(1).decode() for match in PUBLISHED.finditer(data[:400_000])}
    return days.pop() if len(days) == 1 else ""


def _stated(root: Element) -> tuple[str, str]:
    """The title and the address that a page says are its own, beside its text.

    The title is that for shares, else the one heading of the first rank, else that of the window.
    """
    elements = list(root.every())
    shared = [e.attrs.get("content", "") for e in elements if e.attrs.get("property") == "og:title"]
    heads = [e.words() for e in elements if e.tag == "h1"]
    windows = [e.words() for e in elements if e.tag == "title"]
    titles = [
        " ".join(told[0].split()) for told in (shared, heads if len(heads) == 1 else [], windows) if told
    ]
    links = [e.attrs.get("href", "") for e in elements if e.attrs.get("rel", "").lower() == "canonical"]
    links = links or [e.attrs.get("content", "") for e in elements if e.attrs.get("property") == "og:url"]
    own = {link.strip() for link in links}
    address = own.pop() if len(own) == 1 else ""
    found = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", address)
    return next((title for title in titles if title), ""), address if found else ""
