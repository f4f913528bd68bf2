"""Makes a page of the service one that stands alone: links to files, nothing that needs a running service."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import quote

from cls_graph_api.publishing.layout import Layout

_LINKS = {"a": "href", "link": "href", "img": "src", "use": "href", "image": "href"}
_DROPPED = frozenset({"form", "script", "noscript"})
"""Elements that only a running service answers to."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_RAW = frozenset({"script", "style"})
"""Elements whose content is not markup."""
_MARKUP = re.compile(r"""<!--.*?-->|<![^>]*>|</?[a-zA-Z](?:[^"'>]|"[^"]*"|'[^']*')*>""", re.DOTALL)
_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
Attributes = list[tuple[str, str | None]]
Place = Callable[[str, str], tuple[bool, str | None]]


class Rewriter:
    """Makes pages stand alone. What a tag or an address becomes is remembered: most are on many pages."""

    def __init__(self, layout: Layout) -> None:
        """``layout`` must be whole: what is published does not change any more."""
        self._layout = layout
        self._places: dict[tuple[str, str], tuple[bool, str | None]] = {}

    def stand_alone(self, text: str, file: str, lang: str, more: Iterable[tuple[str, str]] = ()) -> str:
        """The page for ``file``. A link to what is not published becomes plain text, in a menu nothing.

        ``more`` are links (file, words) that are added at the end of the content.
        """
        page = _Page(file, lang, self.place, list(more))
        page.feed(text)
        return page.text()

    def place(self, address: str, lang: str) -> tuple[bool, str | None]:
        """Whether an address is one of the publication, and its file, if it has one."""
        key = address, lang
        if key not in self._places:
            ours = self._layout.local(address) is not None
            self._places[key] = ours, self._layout.place(address, lang) if ours else None
        return self._places[key]


def relative(file: str, of: str) -> str:
    """The address of a file as seen from another.

    >>> relative("page/contract/a.html", of="vocab/role/b.html")
    '../../page/contract/a.html'
    """
    return _relative(file, posixpath.dirname(of))


@lru_cache(maxsize=1 << 16)
def _relative(file: str, folder: str) -> str:
    return quote(posixpath.relpath(file, folder or "."), safe="/:@!$&'()*+,;=~-._")


class _Page:
    def __init__(self, file: str, lang: str, place: Place, more: list[tuple[str, str]]) -> None:
        self.out: list[str] = []
        self._file, self._lang, self._place, self._more = file, lang, place, more
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

    def feed(self, text: str) -> None:
        """Read a page whose markup is well-formed, as that of our templates is."""
        at = 0
        while (found := _MARKUP.search(text, at)) is not None:
            self._add(text[at : found.start()])
            at = found.end()
            raw = found.group()
            if raw.startswith("</"):
                self.handle_endtag(_NAME.match(raw, 2).group().lower())  # type: ignore[union-attr]
            elif raw.startswith("<!"):
                if not raw.startswith("<!--"):
                    self._add(raw)
            else:
                tag, attrs, closed = _parsed(raw)
                (self.handle_startendtag if closed else self.handle_starttag)(tag, attrs)
                if tag in _RAW and not closed:
                    end = text.lower().find(f"</{tag}", at)
                    end = len(text) if end < 0 else end
                    self._add(text[at:end])
                    at = end
        self._add(text[at:])

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

    def _link(self, name: str) -> None:
        self._spans.append(False)
        self._open.append((len(self.out), name))

    def _add(self, text: str) -> None:
        if not self._hidden:
            self.out.append(text)

    def _emit(self, tag: str, attrs: Attributes) -> None:
        self._ids |= {v for k, v in attrs if k == "id" and v}
        self.out.append(_written(tag, tuple(attrs)))

    def _address(self, value: str) -> str | None:
        """What a link becomes: as it is where it leads elsewhere, a file, or ``None`` where that is not."""
        if value.startswith("#"):
            return value
        address, mark, fragment = value.partition("#")
        ours, place = self._place(address, self._lang)
        if not ours:
            return value
        if place is None:
            return None
        if place == self._file and mark:
            return mark + fragment
        return _relative(place, posixpath.dirname(self._file)) + mark + fragment


@lru_cache(maxsize=1 << 16)
def _parsed(raw: str) -> tuple[str, Attributes, bool]:
    """The name and attributes of a start tag, and whether it ends itself."""
    found = _Tag(convert_charrefs=False)
    found.feed(raw)
    return found.tag, found.attrs, found.closed


@lru_cache(maxsize=1 << 16)
def _written(tag: str, attrs: tuple[tuple[str, str | None], ...]) -> str:
    said = "".join(f" {k}" if v is None else f' {k}="{html.escape(v)}"' for k, v in attrs)
    return f"<{tag}{said}>"


class _Tag(HTMLParser):
    tag: str = ""
    attrs: Attributes = []
    closed: bool = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.tag, self.attrs = tag, attrs

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.tag, self.attrs, self.closed = tag, attrs, True
