"""Makes a page of the service one that stands alone: links to files, nothing that needs a running service."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import quote

from cls_graph_api.publishing.layout import Layout

_LINKS = {"a": "href", "link": "href", "img": "src", "use": "href", "image": "href"}
_DROPPED = frozenset({"form", "script", "noscript"})
"""Elements that only a running service answers to."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
Attributes = list[tuple[str, str | None]]


def stand_alone(text: str, file: str, lang: str, layout: Layout, more: Iterable[tuple[str, str]] = ()) -> str:
    """The page for ``file``. A link to what is not published becomes plain text, in a menu nothing.

    ``more`` are links (file, words) that are added at the end of the content.
    """
    page = _Page(file, lang, layout, list(more))
    page.feed(text)
    page.close()
    return page.text()


def relative(file: str, of: str) -> str:
    """The address of a file as seen from another.

    >>> relative("page/contract/a.html", of="vocab/role/b.html")
    '../../page/contract/a.html'
    """
    return quote(posixpath.relpath(file, posixpath.dirname(of) or "."), safe="/:@!$&'()*+,;=~-._")


class _Page(HTMLParser):
    def __init__(self, file: str, lang: str, layout: Layout, more: list[tuple[str, str]]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._file, self._lang, self._layout, self._more = file, lang, layout, more
        self._hidden: list[str] = []
        self._spans: list[bool] = []
        """For each open link, whether it became plain text."""
        self._open: list[tuple[int, str]] = []
        """Where each open link begins, and the place of this page that it leads to."""
        self._within: list[tuple[int, int, str]] = []
        self._ids: set[str] = set()
        self._menus = 0

    def text(self) -> str:
        """The page; links to a part of it that is not there are plain text."""
        for start, end, name in self._within:
            if name and name not in self._ids:
                self.out[start], self.out[end] = "<span>", "</span>"
        return "".join(self.out)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._hidden or tag in _DROPPED:
            if tag not in _VOID and (not self._hidden or tag == self._hidden[0]):
                self._hidden.append(tag)
            return
        self._menus += tag in ("nav", "footer") or (tag == "div" and ("class", "tools") in attrs)
        name = _LINKS.get(tag)
        value = dict(attrs).get(name) if name else None
        if name is None or value is None:
            if tag == "a":
                self._link("")
            self._emit(tag, attrs)
            return
        here = self._address(value)
        if here is not None:
            if tag == "a":
                self._link(here[1:] if here.startswith("#") else "")
            self._emit(tag, [(k, here if k == name else v) for k, v in attrs])
        elif tag == "a":
            gone = bool(self._menus) or "type" in dict(attrs)
            if gone:
                self._hidden.append("a")
            else:
                self._spans.append(True)
                self.out.append("<span>")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and not self._hidden:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag == "main" and self._more:
            items = "".join(
                f'<li><a href="{html.escape(relative(file, self._file))}">{html.escape(words)}</a></li>'
                for file, words in self._more
            )
            self.out.append(f"<ul>{items}</ul>\n")
        if tag == "a" and self._spans:
            if self._spans.pop():
                self.out.append("</span>")
                return
            start, name = self._open.pop()
            self._within.append((start, len(self.out), name))
        self._menus -= tag in ("nav", "footer")
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._add(f"<!{decl}>")

    def _link(self, name: str) -> None:
        self._spans.append(False)
        self._open.append((len(self.out), name))

    def _add(self, text: str) -> None:
        if not self._hidden:
            self.out.append(text)

    def _emit(self, tag: str, attrs: Attributes) -> None:
        self._ids |= {v for k, v in attrs if k == "id" and v}
        said = "".join(f" {k}" if v is None else f' {k}="{html.escape(v)}"' for k, v in attrs)
        self.out.append(f"<{tag}{said}>")

    def _address(self, value: str) -> str | None:
        """What a link becomes: as it is where it leads elsewhere, a file, or ``None`` where that is not."""
        if value.startswith("#"):
            return value
        address, mark, fragment = value.partition("#")
        if self._layout.local(address) is None:
            return value
        place = self._layout.place(address, self._lang)
        if place is None:
            return None
        return (
            (mark + fragment)
            if place == self._file and mark
            else relative(place, self._file) + mark + fragment
        )
