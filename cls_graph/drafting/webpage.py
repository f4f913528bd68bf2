"""The text of a web page: what its page is about, without what its site puts around it.

A block is a line, the items of a list have a bullet and the depth of their list, the rows of a table a bar
between their cells. Left out are menus, banners of consent, shares, searches, lists of other pages, feet, and
what nobody sees; what a click unfolds is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure"
    " footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th"
    " thead tr"
    " ul".split()
)
SKIPPED = frozenset(
    "audio button canvas dialog footer head iframe nav noscript object script select style svg template"
    " textarea"
    " video".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset("script style".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"),
    "th": ("td", "th"), "option": ("option",), "tbody": ("thead", "tbody", "tr", "td", "th"),
}  # fmt: skip
"""Elements that an element ends which begins inside them."""
WITHIN = frozenset("ul ol table dl select".split())
"""What an element is looked for in, when another ends it."""
ROLES = frozenset("navigation search dialog alertdialog contentinfo menu menubar toolbar alert".split())
AROUND = frozenset(
    "breadcrumb breadcrumbs ariane cookie cookies consent rgpd gdpr tarteaucitron didomi axeptio nav"
    " navbar navigation"
    " menu share sharing partage partager social socials related newsletter sidebar widget pagination pager"
    " footer popup modal skip skiplink skiplinks evitement toolbar search recherche".split()
)
"""Words of the class or name of an element that a site puts around what a page is about."""
UNSEEN = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader d-none hidden element-invisible"
    " fr-sr-only".split()
)
OTHERS = re.compile(
    r"(?:(?:à|a) (?:lire|voir|découvrir|consulter) (?:aussi|également|ensuite)|lire aussi|voir aussi"
    r"|sur le même (?:sujet|thème)|dans la même (?:rubrique|catégorie)|(?:les )?(?:autres|dernières)"
    r" actualités"
    r"|actualités? (?:liées?|récentes?|associées?|similaires?)|articles?"
    r" (?:liés?|récents?|similaires?|associés?)"
    r"|(?:ces|d'autres) (?:articles|actualités|contenus)\b.*|vous aimerez aussi|partage[rz]\b.*|en ce moment"
    r"|suivez[- ]nous\b.*|restez informés?\b.*|newsletter|lettre d'information|nos réseaux(?: sociaux)?)\W*",
    re.IGNORECASE,
)
"""Headings of what is about something else than the page."""
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
ENOUGH = 250
"""Characters of the main part of a page, from which on it is read alone."""
DEEPEST = 400


@dataclass
class Element:
    """An element of a page with what it holds."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)

    def every(self) -> Iterator[Element]:
        """The element and all in it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [part for part in reversed(element.parts) if isinstance(part, Element)]

    def words(self) -> str:
        """Its text, on one line."""
        told = (
            part for one in self.every() if one.tag not in RAW for part in one.parts if isinstance(part, str)
        )
        return " ".join(" ".join(told).split())


class _Tree(HTMLParser):
    """Reads a page as elements; what is not closed is closed where the next of its kind begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and tag not in ("br", "hr") and self.open[-1].tag == "p":
            self.open.pop()
        self._end(CLOSES.get(tag, ()))
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID and len(self.open) < DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and tag not in ("p", "div", "li", "td", "a") and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)

    def _end(self, tags: tuple[str, ...]) -> None:
        """End the innermost elements of these kinds, unless a list or table stands between."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag in WITHIN or not tags:
                return
            if self.open[at].tag in tags:
                del self.open[at:]
                self._end(tags)
                return


def tree(page: str) -> Element:
    """The elements of a page."""
    reader = _Tree()
    reader.feed(page)
    reader.close()
    return reader.root


def pruned(root: Element) -> Element:
    """The page without what its site puts around it; its main part alone, where it has one."""
    unfolded = {
        target.lstrip("#")
        for one in root.every()
        for name in ("aria-controls", "data-target", "data-bs-target")
        if (target := one.attrs.get(name, ""))
    }
    body = next((one for one in root.every() if one.tag == "body"), root)
    whole = len(body.words())
    main = next((one for one in body.every() if one.tag == "main" or one.attrs.get("role") == "main"), None)
    if main is not None and len(main.words()) >= ENOUGH:
        headers = [one for one in body.every() if one.tag == "header" and one not in list(main.every())]
        body = Element("body", {}, [*headers[:1], main])
    _prune(body, unfolded, whole)
    return body


def _prune(body: Element, unfolded: set[str], whole: int) -> None:
    """Take out of an element what is around the page."""
    waiting = [(body, False)]
    while waiting:
        element, heads = waiting.pop()
        kept: list[Element | str] = []
        other = False
        for part in element.parts:
            if isinstance(part, Element):
                other = other and part.tag in ("ul", "ol", "div", "section")
                titled = element.tag in {*HEADINGS, "summary", "dt"}
                if other or _is_around(part, unfolded, whole, heads=heads, titled=titled):
                    continue
                if part.tag in HEADINGS and part.tag != "h1" and OTHERS.fullmatch(part.words()):
                    other = True  # what it heads: a list, or cards
                    continue
                inside = heads or part.tag == "header"
                waiting.append((part, inside and not any(o.tag == "h1" for o in part.every())))
            kept.append(part)
        element.parts = kept


def _is_around(element: Element, unfolded: set[str], whole: int, *, heads: bool, titled: bool) -> bool:
    """Whether an element is no part of what the page is about, or is not seen."""
    tag, attrs = element.tag, element.attrs
    if tag == "button" and titled:
        return False  # the head of what a click unfolds
    if tag in SKIPPED or attrs.get("role", "").lower() in ROLES or (heads and tag in ("ul", "ol")):
        return True
    if tag in ("main", "article", "body", "h1"):
        return False
    classes = attrs.get("class", "").lower().split()
    hides = re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", attrs.get("style", ""), re.IGNORECASE)
    unseen = (
        "hidden" in attrs or attrs.get("aria-hidden") == "true" or hides or not UNSEEN.isdisjoint(classes)
    )
    if unseen and not (attrs.get("id") in unfolded or attrs.get("role") in ("tabpanel", "region")):
        return True
    named = {word for name in (*classes, attrs.get("id", "").lower()) for word in re.split(r"[^a-z]+", name)}
    if tag in ("aside", "form") or not AROUND.isdisjoint(named):
        holds = any(one.tag in ("h1", "main") for one in element.every())
        return not holds and len(element.words()) < 0.5 * whole
    return False


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
        for row in (one for one in _own(table) if one.tag == "tr"):
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


def _own(table: Element) -> Iterator[Element]:
    """What is in a table, without what is in tables inside it."""
    for part in table.parts:
        if isinstance(part, Element) and part.tag != "table":
            yield part
            if part.tag != "tr":
                yield from _own(part)


def _lines(cell: Element) -> list[str]:
    """The lines of a cell."""
    writer = _Writer()
    writer.write(Element("div", {}, cell.parts))
    return [line.rstrip() for line in writer.lines if line.strip()]


def _spanned(cells: list[Element], words: list[str], below: dict[int, tuple[int, str]]) -> list[str]:
    """The words of a row, those of a cell that reaches down into it too."""
    out: list[str] = []
    waiting = list(zip(cells, words, strict=True))
    while waiting or below.get(len(out), (0, ""))[0]:
        left, said = below.get(len(out), (0, ""))
        if left:
            below[len(out)] = left - 1, said
            out.append(said)
            continue
        cell, said = waiting.pop(0)
        rows = cell.attrs.get("rowspan", "1")
        if re.fullmatch(r"\d{1,2}", rows) and int(rows) > 1:
            below[len(out)] = int(rows) - 1, said
        out.append(said)
    return out


def _paired(parts: list[Element | str]) -> list[Element | str]:
    """A list of terms, each on a line with what it is: "Territoire : Pau"."""
    out: list[Element | str] = []
    flat = [
        one
        for part in parts
        if isinstance(part, Element)
        for one in (part.parts if part.tag == "div" else [part])
        if isinstance(one, Element)
    ]
    at = 0
    while at < len(flat):
        term, told = flat[at], flat[at + 1] if at + 1 < len(flat) else None
        short = term.tag == "dt" and 0 < len(term.words()) <= 40
        if short and told is not None and told.tag == "dd" and len(_lines(told)) == 1:
            words = term.words().rstrip(" :")
            out.append(Element("div", {}, [f"{words} : {_lines(told)[0].strip()}"]))
            at += 2
            continue
        out.append(term)
        at += 1
    return out


def html_text(page: str) -> str:
    """The text of a page, without what its site puts around it: one block a line, lists as bullets."""
    body = pruned(tree(page))
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
