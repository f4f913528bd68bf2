"""The markup of a page in pieces, and what each tag is: most are on many pages, and read once."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

_ATTRIBUTES = r"""(?:[^"'>]|"[^"]*"|'[^']*')*"""
_MARKUP = re.compile(
    rf"(<(?:script|style)\b{_ATTRIBUTES}>.*?</(?:script|style)>|<!--.*?-->|<![^>]*>|</?[a-zA-Z]{_ATTRIBUTES}>)",
    re.DOTALL,
)
_PLAIN_LINK = re.compile(r'<a href="([^"]*)">')
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_LINKS = {"a": "href", "link": "href", "img": "src", "use": "href", "image": "href"}
_DROPPED = frozenset({"form", "script", "noscript"})
"""Elements that only a running service answers to."""
SERVED = "served"
"""The class of what has no use without a running service, whichever element it is."""
BOXES = frozenset({"nav", "footer", "div", "ul", "p", "span"})
"""Elements that may be menus."""
_MENUS = frozenset({("div", "tools"), ("ul", "links"), ("p", "hint"), ("span", "note")})
"""Those that their class tells."""
_WATCHED = BOXES | {"a", "main", "svg"}
"""Elements whose end matters."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
Attributes = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Tag:
    """A tag as it is written. ``plain``: it stays as ``text`` wherever it is."""

    name: str
    text: str
    plain: bool = True
    ids: tuple[str, ...] = ()
    end: bool = False
    void: bool = False
    """Whether nothing comes between it and its end."""
    dropped: bool = False
    menu: bool = False
    """Whether it is a menu or a footer, where links to nowhere are left out."""
    typed: bool = False
    """Whether it says which media type it leads to."""
    attributes: Attributes = ()
    link: str | None = None
    """The address that it leads to."""

    def leading(self, address: str) -> str:
        """The tag with another address."""
        of = _LINKS[self.name]
        return written(self.name, tuple((k, address if k == of else v) for k, v in self.attributes))


def pieces(text: str) -> list[str]:
    """A page with well-formed markup, as that of our templates is, cut: words, tag, words … tag, words."""
    return _MARKUP.split(text)


@lru_cache(maxsize=1 << 16)
def tag(raw: str) -> Tag:
    """What a piece of markup is."""
    if raw.startswith("<!"):
        return Tag("", "" if raw.startswith("<!--") else raw)
    found = _NAME.match(raw)
    assert found is not None
    name = found.group(1).lower()
    if raw.startswith("</"):
        return Tag(name, f"</{name}>", plain=name not in _WATCHED, end=True)
    if name in ("script", "style"):
        return Tag(name, "" if name in _DROPPED else raw)
    if plain := _PLAIN_LINK.fullmatch(raw):
        address = html.unescape(plain[1])
        only = (("href", address),)
        return Tag(name, written(name, only), plain=False, attributes=only, link=address)
    reader = _Reader(convert_charrefs=False)
    reader.feed(raw)
    attributes = tuple(reader.attributes)
    closed = reader.closed and name not in _VOID
    link = dict(attributes).get(_LINKS.get(name, ""))
    said = dict(attributes).get("class")
    menu = name in ("nav", "footer") or (name, said) in _MENUS
    dropped = name in _DROPPED or SERVED in (said or "").split()
    return Tag(
        name,
        written(name, attributes) + (f"</{name}>" if closed else ""),
        plain=not dropped and name not in _WATCHED and link is None,
        ids=tuple(v for k, v in attributes if k == "id" and v),
        void=closed or name in _VOID,
        dropped=dropped,
        menu=menu,
        typed="type" in dict(attributes),
        attributes=attributes,
        link=link,
    )


def written(name: str, attributes: Attributes) -> str:
    """A start tag."""
    said = "".join(f" {k}" if v is None else f' {k}="{html.escape(v)}"' for k, v in attributes)
    return f"<{name}{said}>"


class _Reader(HTMLParser):
    attributes: list[tuple[str, str | None]] = []
    closed: bool = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes = attrs

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes, self.closed = attrs, True
