"""The elements of a web page, as its markup nests them."""

from __future__ import annotations

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
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
RAW = frozenset("script style".split())
CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"),
    "th": ("td", "th"), "option": ("option",), "tbody": ("thead", "tbody", "tr", "td", "th"),
}  # fmt: skip
"""Elements that an element ends which begins inside them."""
WITHIN = frozenset("ul ol table dl select".split())
"""What an element is looked for in, when another ends it."""
DEEPEST = 400
"""Elements inside one another, at most."""


@dataclass(eq=False)
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
