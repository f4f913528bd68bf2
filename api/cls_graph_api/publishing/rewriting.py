"""Makes a page of the service one that stands alone: links to files, nothing that needs a running service."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from cls_graph.errors import Text
from cls_graph_api.publishing.layout import Layout
from cls_graph_api.publishing.tags import BOXES, Tag, pieces, tag

_EMPTY = re.compile(r'<li></li>\n?|<p class="hint"></p>\n?|<p class="meta downloads">[^<]*</p>\n?')
"""What is left of a menu, or of a line of files, whose links all are left out."""
_ALL: Text = {"fr": "Toutes les pages, par sorte de chose", "en": "All pages, by sort of thing"}
"""The heading of what is added at the end of the start page."""
_MOST = 1 << 16
"""Addresses that are remembered."""


class Rewriter:
    """Makes pages stand alone. Where an address leads is remembered: most are on many pages."""

    def __init__(self, layout: Layout) -> None:
        """``layout`` must be whole by the first page: what is published does not change any more."""
        self._layout = layout
        self._places: dict[tuple[str, str], tuple[bool, str | None]] = {}

    def stand_alone(self, text: str, file: str, lang: str, more: Iterable[tuple[str, str]] = ()) -> str:
        """The page for ``file``. A link to what is not published becomes plain text, in a menu nothing.

        ``more`` are links (file, words) that are added at the end of the content.
        """
        return _Page(self, file, lang, list(more)).rewritten(text)

    def place(self, address: str, lang: str) -> tuple[bool, str | None]:
        """Whether an address is one of the publication, and its file, if it has one."""
        key = address, lang
        found = self._places.get(key)
        if found is None:
            ours = self._layout.local(address) is not None
            found = ours, self._layout.place(address, lang) if ours else None
            if len(self._places) >= _MOST:
                self._places.clear()
            self._places[key] = found
        return found


def relative(file: str, of: str) -> str:
    """The address of a file as seen from another.

    >>> relative("page/contract/a.html", of="vocab/role/b.html")
    '../../page/contract/a.html'
    """
    return _relative(file, posixpath.dirname(of))


@lru_cache(maxsize=_MOST)
def _relative(file: str, folder: str) -> str:
    return quote(posixpath.relpath(file, folder or "."), safe="/:@!$&'()*+,;=~-._")


class _Page:
    def __init__(self, rewriter: Rewriter, file: str, lang: str, more: list[tuple[str, str]]) -> None:
        self._rewriter, self._file, self._lang, self._more = rewriter, file, lang, more
        self._folder = posixpath.dirname(file)
        self._out: list[str] = []
        self._hidden, self._depth = "", 0
        """The element that is left out, and how many of its name are open in it."""
        self._spans: list[bool] = []
        """For each open link, whether it became plain text."""
        self._open: list[tuple[int, str]] = []
        """Where each open link begins, and the place of this page that it leads to."""
        self._within: list[tuple[int, int, str]] = []
        self._ids: set[str] = set()
        self._drawn = False
        """Whether this is within a picture."""
        self._menus: list[bool] = []
        """For each open element that may be a menu, whether it is one."""

    def rewritten(self, text: str) -> str:
        """The page; links to a part of it that is not there are plain text."""
        out, markup = self._out, True
        for piece in pieces(text):
            markup = not markup
            if markup:
                known = tag(piece)
                if known.plain and not self._depth:
                    out.append(known.text)
                    if known.ids:
                        self._ids.update(known.ids)
                elif self._depth:
                    self._leave_out(known)
                elif known.end:
                    self._end(known)
                else:
                    self._start(known)
            elif not self._depth:
                out.append(piece)
        for start, end, name in self._within:
            if name and name not in self._ids:
                out[start], out[end] = "<span>", "</span>"
        return _EMPTY.sub("", "".join(out))

    @property
    def _plain(self) -> str:
        """The element that a link becomes which leads nowhere."""
        return "g" if self._drawn else "span"

    def _leave_out(self, known: Tag) -> None:
        if known.name == self._hidden and not known.void:
            self._depth += -1 if known.end else 1

    def _start(self, known: Tag) -> None:
        if known.dropped:
            self._hide(known)
            return
        if known.name in BOXES:
            self._menus.append(known.menu)
        self._drawn = self._drawn or known.name == "svg"
        here = None if known.link is None else self._address(known.link)
        if known.link is not None and here is None:
            if known.name == "a" and (any(self._menus) or known.typed):
                self._hide(known)
            elif known.name == "a":
                self._spans.append(True)
                self._out.append(f"<{self._plain}>")
            return
        if known.name == "a":
            self._spans.append(False)
            self._open.append((len(self._out), here[1:] if here and here.startswith("#") else ""))
        self._ids.update(known.ids)
        self._out.append(known.text if here is None or here == known.link else known.leading(here))

    def _hide(self, known: Tag) -> None:
        if not known.void:
            self._hidden, self._depth = known.name, 1

    def _end(self, known: Tag) -> None:
        if known.name == "main" and self._more:
            items = "".join(
                f'<li><a href="{html.escape(relative(file, self._file))}">{html.escape(words)}</a></li>'
                for file, words in self._more
            )
            self._out.append(f'<h2>{_ALL[self._lang]}</h2>\n<ul class="links">{items}</ul>\n')
        if known.name == "a" and self._spans:
            if self._spans.pop():
                self._out.append(f"</{self._plain}>")
                return
            start, name = self._open.pop()
            self._within.append((start, len(self._out), name))
        if known.name in BOXES:
            self._menus.pop()
        self._drawn = self._drawn and known.name != "svg"
        self._out.append(known.text)

    def _address(self, value: str) -> str | None:
        """What a link becomes: as it is where it leads elsewhere, a file, or ``None`` where that is not."""
        if value.startswith("#"):
            return value
        address, mark, fragment = value.partition("#")
        ours, place = self._rewriter.place(address, self._lang)
        if not ours:
            return value
        if place is None:
            return None
        if place == self._file and mark:
            return mark + fragment
        return _relative(place, self._folder) + mark + fragment
